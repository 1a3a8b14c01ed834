"""The text of a web page: what a reader would see, without scripts and styles. Nothing is fetched, nothing run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tracker.rules.media_types import text_of
from tracker.rules.pages import MOST_CHARACTERS

_UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "iframe", "object", "svg"))
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "tr", "table", "section", "article", "header", "footer", "blockquote", "pre")
) | {f"h{level}" for level in range(1, 7)}


def pages(path: Path) -> Iterator[tuple[None, str]]:
    """All of the text as one piece; a web page has no pages."""
    with path.open("rb") as file:
        yield None, seen(decoded(file.read(4 * MOST_CHARACTERS)))


def decoded(raw: bytes) -> str:
    """A web page as text, in the encoding it names, else in UTF-8 or Windows-1252."""
    named = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", raw[:4096], re.IGNORECASE)
    if named and not raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode(named[1].decode("ascii"), errors="replace")
        except LookupError:
            pass
    return text_of(raw, cut=True) or raw.decode("utf-8", errors="replace")


def seen(html: str) -> str:
    """The text a reader would see, one line for each block."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r"[ \t\r\f\v\n]+", " ", line).strip() for line in "".join(parser.words).split("\x00"))
    return "\n".join(parser.titles + list(lines))


class _Parser(HTMLParser):
    """Collects words; ``\\0`` stands for the end of a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.titles: list[str] = []
        self._unseen: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "body":
            self._unseen.clear()
        if tag in _UNSEEN:
            self._unseen.append(tag)
        self._in_title = tag == "title"
        if tag in _BLOCKS:
            self.words.append("\x00")
        elif tag in ("td", "th"):
            self.words.append("\t")

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCKS:
            self.words.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.words.append("\x00")

    def handle_data(self, data: str) -> None:
        if self._in_title and data.strip():
            self.titles.append(data.strip())
        elif not self._unseen:
            self.words.append(data.replace("\x00", " "))
