"""What a sheet of a report's workbook is, and the columns that several share. Writes no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tracker.reports import phrases
from tracker.reports.parts import Deadline, People

Form = Literal["text", "day", "number", "count"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what its cells are. A day known in full is a date;
    ``number`` takes decimals as text."""

    heading: str
    width: int = 16
    form: Form = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows; ``total`` is a last row set apart."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] | None = None


PEOPLE_COLUMNS = tuple(Column(word, 10, "count") for word in ("Women", "Men", "Other", "Not split", "Total"))


def sheet(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], total: Sequence[Any] | None = None
) -> Sheet:
    """A sheet from any rows."""
    return Sheet(name, tuple(columns), tuple(map(tuple, rows)), tuple(total) if total else None)


def day(heading: str) -> Column:
    """A column of days."""
    return Column(heading, 14, "day")


def people_cells(them: People) -> tuple[int, ...]:
    """The cells of PEOPLE_COLUMNS."""
    return (them.women, them.men, them.other, them.unsplit, them.total)


def deadlines(name: str, items: Iterable[Deadline]) -> Sheet:
    """A sheet of deadlines."""
    columns = (
        day("Day"),
        Column("Days left", 10, "count"),
        Column("What", 50),
        Column("Kind", 14),
        Column("Reference", 22),
    )
    more = (Column("Agreement", 20), Column("State", 14), Column("Responsible", 24))
    rows = (
        (i.on, i.days_left, i.what, phrases.code(i.kind), i.ref, i.agreement, phrases.code(i.state), i.responsible)
        for i in items
    )
    return sheet(name, (*columns, *more), rows)


def filled(*sheets: Sheet) -> tuple[Sheet, ...]:
    """The sheets that hold anything."""
    return tuple(sheet for sheet in sheets if sheet.rows)
