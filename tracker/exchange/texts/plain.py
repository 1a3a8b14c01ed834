"""The text of plain text, Markdown and CSV; form feeds part pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tracker.rules.media_types import text_of
from tracker.rules.pages import MOST_CHARACTERS


def pages(path: Path) -> Iterator[tuple[int | None, str]]:
    """Text by page where form feeds part it; else all of it without a page. No more is read than is kept."""
    most = MOST_CHARACTERS * 4
    with path.open("rb") as file:
        raw = file.read(most + 1)
    text = text_of(raw, cut=len(raw) > most) or ""
    found = text.split("\f")
    for number, page in enumerate(found, start=1):
        yield number if len(found) > 1 else None, page
