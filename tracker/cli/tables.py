"""The table for people: aligned columns, fitted to a terminal, made piece by piece.

It looks as tabulate's "simple" format does, without the two blanks that stand there after a long heading. tabulate
would hold every row of a long listing at once, and asks of every cell what it may be (docs/decisions/0040). Rows wait
in memory until the widths of the columns are known: what is listed may be confidential, and goes into no file.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice, zip_longest

AT_ONCE = 5_000
"""Rows that wait as they are; of those that follow so many are packed at a time."""

_GAP = "  "
"""What stands between two columns."""

_NARROWEST = 12
"""Characters under which no column is made narrower."""

_COLOURS = {"overdue": "31;1", "without-result": "31", "expired": "33", "terminated": "33", "suspended": "33"}


def table(
    headings: Sequence[str],
    rows: Iterable[list[str]],
    wraps: Collection[int] = (),
    width: int | None = None,
    *,
    coloured: bool = True,
) -> Iterator[str]:
    """The text of a table, in pieces that are made when they are asked for; all ``rows`` are read at once.

    With a ``width`` (characters) the columns at the places ``wraps`` are wrapped so that lines fit, as far as words
    allow, and statuses are ``coloured`` unless the environment has NO_COLOR.
    """
    waiting = _Waiting(headings, rows)
    if width is None:
        return _pieces(waiting, waiting.widths, (), None)
    colour = _in_colour if coloured and not os.environ.get("NO_COLOR") else None
    return _pieces(waiting, _fitted(waiting, wraps, width), wraps, colour)


class _Waiting:
    """Rows of cells, most of them in a tenth of their memory, and the ``widths`` of the columns that hold them."""

    def __init__(self, headings: Sequence[str], rows: Iterable[list[str]]) -> None:
        self.headings = headings
        self.widths = [len(heading) for heading in headings]
        left = iter(rows)
        self._first = self._measured(islice(left, AT_ONCE))
        self._packs: list[bytes] = []
        while some := self._measured(islice(left, AT_ONCE)):
            self._packs.append(zlib.compress(json.dumps(some).encode(), 1))

    def _measured(self, rows: Iterable[list[str]]) -> list[list[str]]:
        some = [[cell.strip() for cell in row] for row in rows]
        for place, column in enumerate(zip(*some, strict=True)):
            self.widths[place] = max(self.widths[place], *map(_width, column))
        return some

    def __iter__(self) -> Iterator[list[list[str]]]:
        """The rows, so many at a time."""
        yield self._first
        for pack in self._packs:
            yield json.loads(zlib.decompress(pack))


def _pieces(
    waiting: _Waiting, widths: Sequence[int], wraps: Collection[int], dress: Callable[[str], str] | None
) -> Iterator[str]:
    yield _line(waiting.headings, widths) + _line(["-" * width for width in widths], widths)
    for rows in waiting:
        yield "".join(_row(row, widths, wraps, dress) for row in rows)


def _row(row: list[str], widths: Sequence[int], wraps: Collection[int], dress: Callable[[str], str] | None) -> str:
    if not wraps and all(map(str.isprintable, row)):
        return _line(row, widths, dress)
    cells = [_lines(cell, widths[place] if place in wraps else None) for place, cell in enumerate(row)]
    return "".join(_line(parts, widths, dress) for parts in zip_longest(*cells, fillvalue=""))


def _line(parts: Iterable[str], widths: Sequence[int], dress: Callable[[str], str] | None = None) -> str:
    """One line of the screen; what ``dress`` puts around a cell takes no room on it."""
    if dress is None:
        return _GAP.join(map(str.ljust, parts, widths)).rstrip() + "\n"
    padded = (dress(part) + " " * (width - len(part)) for part, width in zip(parts, widths, strict=True))
    return _GAP.join(padded).rstrip() + "\n"


def _lines(cell: str, width: int | None) -> list[str]:
    """The lines of a cell, wrapped where it is to be and has to be."""
    if width is not None and (len(cell) > width or not cell.isprintable()):
        from textwrap import wrap

        return wrap(cell, width) or [""]
    return cell.splitlines() or [""]


def _width(cell: str) -> int:
    return len(cell) if cell.isprintable() else max(map(len, cell.splitlines()), default=0)


def _fitted(waiting: _Waiting, wraps: Collection[int], width: int) -> list[int]:
    """The widths of columns, those that may wrap made narrower until a line fits or it is of no more use; and then as
    narrow as their lines are, since words seldom fill one."""
    found = list(waiting.widths)
    while sum(found) + len(_GAP) * (len(found) - 1) > width and wraps:
        widest = max(wraps, key=lambda place: found[place])
        if found[widest] <= _NARROWEST:
            break
        found[widest] -= 1
    for place in wraps:
        if found[place] < waiting.widths[place]:
            lines = (_lines(row[place], found[place]) for rows in waiting for row in rows)
            longest = max((len(part) for cell in lines for part in cell), default=0)
            found[place] = max(len(waiting.headings[place]), longest)
    return found


def _in_colour(cell: str) -> str:
    return f"\x1b[{_COLOURS[cell]}m{cell}\x1b[0m" if cell in _COLOURS else cell
