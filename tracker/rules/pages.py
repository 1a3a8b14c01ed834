"""A document's text as it is kept: cleaned, cut into pages or, where it has none, into parts; within limits. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.models.enums import TextState

MOST_PAGES = 2_000
"""Most pages of a document that are read."""

MOST_CHARACTERS = 10_000_000
"""Most characters of a document that are read."""

PART = 20_000
"""Most characters of one kept part; a longer page is kept in several."""

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

IN_WORDS = {
    TextState.READ: "read for search",
    TextState.PARTLY_READ: f"only its first part is read for search (at most {MOST_PAGES} pages)",
    TextState.NO_TEXT: "without text: it is empty or scanned",
    TextState.NOT_READ: "without text: files of its kind are not read",
    TextState.ENCRYPTED: "without text: it is protected by a password",
    TextState.DAMAGED: "without text: it is damaged or not of its kind",
    TextState.UNSAFE: "without text: it holds what no honest document of its kind does (entities, or a bomb)",
    TextState.TOO_LARGE: "without text: it is too large to be read",
    TextState.TOO_SLOW: "without text: reading it took too long",
}
"""What a state of a text means, for people."""


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a text: its page from 1, or None where the document has no pages of its own."""

    number: int | None
    text: str


@dataclass(frozen=True, slots=True)
class FileText:
    """What was read of a file: how it went, its pieces in order, and how many pages it has (None: not known)."""

    state: TextState
    pages: tuple[Page, ...] = ()
    count: int | None = None


def file_text(pages: Iterable[tuple[int | None, str]], count: int | None = None) -> FileText:
    """The text of a file from its pages, cleaned, cut into parts of at most PART characters, within the limits.

    ``pages`` are taken one by one and no further than they are wanted. Blank ones are left out.
    """
    kept: list[Page] = []
    length, cut, last = 0, False, 0
    for number, raw in pages:
        if (number or 0) > MOST_PAGES or length >= MOST_CHARACTERS:
            cut = True
            break
        text = clean(raw[: MOST_CHARACTERS - length])
        cut = cut or len(raw) > MOST_CHARACTERS - length
        length += len(raw)
        last = max(last, number or 0)
        kept += [Page(number, part) for part in parts_of(text)]
    if not kept:
        return FileText(TextState.NO_TEXT, count=count)
    return FileText(TextState.PARTLY_READ if cut else TextState.READ, tuple(kept), count or last or None)


def clean(text: str) -> str:
    """Text in NFC with line feeds only, words joined again where a soft hyphen parts them, without controls."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\ufffe\x02\xad]\n?", "", text)  # pdfium marks a hyphen at the end of a line by U+FFFE or U+0002
    kept = "".join(c if c in "\n\t" or _is_text(c) else " " for c in text)
    kept = unicodedata.normalize("NFC", kept)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", kept)).strip()


def _is_text(character: str) -> bool:
    """No control, no lone surrogate, nothing unassigned, nothing that turns the direction of a line."""
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Zl", "Zp") and character not in _BIDI


def parts_of(text: str) -> Iterator[str]:
    """The text in parts of at most PART characters, cut between paragraphs, lines or words where there are any."""
    while len(text) > PART:
        end = next((at for mark in ("\n\n", "\n", " ") if (at := text.rfind(mark, PART // 2, PART)) > 0), PART)
        if part := text[:end].strip():
            yield part
        text = text[end:].lstrip()
    if text:
        yield text
