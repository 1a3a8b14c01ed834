"""The text of a Word document (DOCX): its paragraphs, with the pages Word last laid it out on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tracker.exchange.texts.limits import members, walk
from tracker.exchange.texts.word_numbers import Numbering

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")


def pages(path: Path) -> Iterator[tuple[int | None, str]]:
    """Text by page where the file says where pages break; else all of it without a page. Notes come last."""
    parts = members(path, _MAIN, _NUMBERING, _STYLES, *_NOTES)
    numbering = Numbering(parts.get(_NUMBERING), parts.get(_STYLES))
    body = _Story(numbering)
    walk(parts[_MAIN], body.start, body.end, body.text)
    broken = len(body.pages) > 1
    for number, lines in enumerate(body.pages, start=1):
        yield number if broken else None, "\n".join(lines)
    for name in _NOTES:
        if name in parts:
            notes = _Story(Numbering(None, None))
            walk(parts[name], notes.start, notes.end, notes.text)
            yield None, "\n".join(line for lines in notes.pages for line in lines)


class _Story:
    """Collects the paragraphs of one part by page; deleted text and instructions of fields are passed over."""

    def __init__(self, numbering: Numbering) -> None:
        self.pages: list[list[str]] = [[]]
        self.numbering = numbering
        self._words: list[str] = []
        self._inside: list[str] = []
        self._style: str | None = None
        self._list: tuple[str | None, str | None] = (None, None)

    def start(self, full: str, attributes: dict[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        if space not in (_W, _STRICT):
            name = f"other {name}"
        value = attributes.get(f"{space} val")
        if name == "p":
            self._finish()
        elif name == "pStyle":
            self._style = value
        elif name == "ilvl" and "numPr" in self._inside:
            self._list = (self._list[0], value)
        elif name == "numId" and "numPr" in self._inside:
            self._list = (value, self._list[1])
        elif name == "tab" and "r" in self._inside:
            self._words.append("\t")
        elif name == "lastRenderedPageBreak" or (name == "br" and attributes.get(f"{space} type") == "page"):
            self._break(rendered=name == "lastRenderedPageBreak")
        elif name in ("br", "cr"):
            self._words.append("\n")
        elif name == "noBreakHyphen":
            self._words.append("-")
        self._inside.append(name)

    def end(self, full: str) -> None:
        name = self._inside.pop()
        if name == "p":
            self._finish()

    def text(self, text: str) -> None:
        if (
            self._inside
            and self._inside[-1] == "t"
            and "del" not in self._inside
            and "other Fallback" not in self._inside
        ):
            self._words.append(text)

    def _break(self, *, rendered: bool) -> None:
        """A new page, but only one for a break that stands in the text and was laid out as well."""
        line = "".join(self._words)
        if rendered and not line and not self.pages[-1]:
            return
        if line.strip():
            self.pages[-1].append(self._numbered(line))
            self._words.clear()
        self.pages.append([])

    def _finish(self) -> None:
        line = "".join(self._words)
        self.pages[-1].append(self._numbered(line) if line.strip() else "")
        self._words.clear()
        self._style, self._list = None, (None, None)

    def _numbered(self, line: str) -> str:
        label = self.numbering.label(self._style, *self._list)
        self._style, self._list = None, (None, None)
        return f"{label} {line}" if label else line
