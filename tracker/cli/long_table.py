"""A table of many rows, printed as tabulate prints a short one; its rows wait packed until the widths are known.

They wait in memory: what is listed may be confidential, and goes into no file.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice, zip_longest

AT_ONCE = 1_000
"""Rows that are packed, and printed, at a time."""

_BESIDE = 2
"""Blanks between two columns, and at the least after a heading."""


class Packed:
    """Rows of cells in a tenth of their memory or less, and the ``widths`` of the columns that hold them."""

    def __init__(self, headings: Sequence[str], rows: Iterable[list[str]]) -> None:
        self.headings = headings
        self.widths = [len(heading) + _BESIDE for heading in headings]
        self._packs: list[bytes] = []
        left = iter(rows)
        while some := [list(map(str.strip, row)) for row in islice(left, AT_ONCE)]:
            columns = zip(self.widths, zip(*some, strict=True), strict=True)
            self.widths = [max(width, *map(_width, column)) for width, column in columns]
            self._packs.append(zlib.compress(json.dumps(some).encode(), 1))

    def __iter__(self) -> Iterator[list[list[str]]]:
        """The rows, so many at a time."""
        for pack in self._packs:
            yield json.loads(zlib.decompress(pack))


def text(
    packed: Packed, widths: Sequence[int], wraps: Collection[int], dress: Callable[[str], str] | None
) -> Iterator[str]:
    """The table piece by piece. Its columns have these ``widths``; those at the places ``wraps`` are wrapped to them.

    ``dress`` puts the last touch on a cell without changing how wide it looks.
    """
    yield _line(packed.headings, widths) + _line(["-" * width for width in widths], widths)
    for rows in packed:
        yield "".join(_row(row, widths, wraps, dress) for row in rows)


def _row(row: list[str], widths: Sequence[int], wraps: Collection[int], dress: Callable[[str], str] | None) -> str:
    cells = [_lines(cell, widths[place] if place in wraps else None) for place, cell in enumerate(row)]
    return "".join(_line(parts, widths, dress) for parts in zip_longest(*cells, fillvalue=""))


def _line(parts: Iterable[str], widths: Sequence[int], dress: Callable[[str], str] | None = None) -> str:
    padded = [
        (dress(part) if dress else part) + " " * (width - len(part)) for part, width in zip(parts, widths, strict=True)
    ]
    return (" " * _BESIDE).join(padded).rstrip() + "\n"


def _lines(cell: str, width: int | None) -> list[str]:
    """The lines of a cell, wrapped where it is to be and has to be."""
    if width is not None and (len(cell) > width or not cell.isprintable()):
        from textwrap import wrap

        return wrap(cell, width) or [""]
    return cell.splitlines() or [""]


def _width(cell: str) -> int:
    return len(cell) if cell.isprintable() else max(map(len, cell.splitlines()), default=0)
