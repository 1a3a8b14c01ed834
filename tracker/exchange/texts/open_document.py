"""The text of an OpenDocument text (ODT): its paragraphs and headings, with the pages it was last laid out on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tracker.exchange.texts.limits import members, walk
from tracker.models.enums import TextState
from tracker.rules.pages import FileText, file_text

_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
_FORMAT = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
_MANIFEST = "META-INF/manifest.xml"


def pages(path: Path) -> FileText:
    """Text by page where the file says where pages break; else all of it without a page."""
    parts = members(path, "content.xml", _MANIFEST)
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        return FileText(TextState.ENCRYPTED)
    breaks = _Breaks()
    walk(parts["content.xml"], breaks.start, lambda name: None, lambda text: None)
    story = _Story(breaks.before, breaks.after)
    walk(parts["content.xml"], story.start, story.end, story.text)
    return file_text(_numbered(story.pages))


def _numbered(found: list[list[str]]) -> Iterator[tuple[int | None, str]]:
    for number, lines in enumerate(found, start=1):
        yield number if len(found) > 1 else None, "\n".join(lines)


class _Breaks:
    """Collects the paragraph styles of the text that begin a new page before, or after."""

    def __init__(self) -> None:
        self.before: set[str] = set()
        self.after: set[str] = set()
        self._style = ""

    def start(self, full: str, attributes: dict[str, str]) -> None:
        if full == f"{_STYLE} style":
            self._style = attributes.get(f"{_STYLE} name", "")
            if attributes.get(f"{_STYLE} master-page-name"):
                self.before.add(self._style)
        elif full == f"{_STYLE} paragraph-properties":
            if attributes.get(f"{_FORMAT} break-before") == "page":
                self.before.add(self._style)
            if attributes.get(f"{_FORMAT} break-after") == "page":
                self.after.add(self._style)


class _Story:
    """Collects paragraphs by page; what tracked changes took out is passed over."""

    def __init__(self, before: set[str], after: set[str]) -> None:
        self._before, self._after = before, after
        self._break = False
        self.pages: list[list[str]] = [[]]
        self._words: list[str] = []
        self._depth = 0
        self._removed = 0

    def start(self, full: str, attributes: dict[str, str]) -> None:
        space, _, name = full.rpartition(" ")
        if space != _TEXT:
            return
        if name == "tracked-changes":
            self._removed += 1
        elif name in ("p", "h"):
            style = attributes.get(f"{_TEXT} style-name", "")
            if not self._removed and (self._break or style in self._before) and any(map(str.strip, self.pages[-1])):
                self.pages.append([])
            self._break = style in self._after
            self._depth += 1
        elif name == "s":
            count = attributes.get(f"{_TEXT} c", "1")
            self._words.append(" " * min(int(count) if count.isdigit() else 1, 100))
        elif name == "tab":
            self._words.append("\t")
        elif name == "line-break":
            self._words.append("\n")
        elif name == "soft-page-break":
            self._finish()
            self.pages.append([])

    def end(self, full: str) -> None:
        space, _, name = full.rpartition(" ")
        if space == _TEXT and name == "tracked-changes":
            self._removed -= 1
            self._words.clear()
        elif space == _TEXT and name in ("p", "h"):
            self._depth -= 1
            self._finish(blank=True)

    def text(self, text: str) -> None:
        if self._depth and not self._removed:
            self._words.append(text)

    def _finish(self, *, blank: bool = False) -> None:
        line = "".join(self._words)
        if line.strip() or blank:
            self.pages[-1].append(line)
        self._words.clear()
