"""What a report looks like in any format: a head, facts, sections of paragraphs, tables and charts.

Every report becomes one of these, and every format has one template that sets it. A table is described once, with
all that a workbook shows; on paper some columns are set in small type under another one. Knows no format.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal

Form = Literal["text", "day", "number", "count", "state"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is printed. ``value`` is what a workbook holds in its place: a day as ISO text, a number; ``tone`` is a
    state that is set as a label, or ``unknown`` or ``strong``."""

    words: str
    value: Any = None
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``share`` is its part of a page's width, ``width`` its characters in a workbook; ``under`` names
    the column below which it is set on paper, and ``book`` keeps it to workbooks."""

    heading: str
    share: float = 1.0
    form: Form = "text"
    width: int = 16
    under: str = ""
    book: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``total`` is a last row set apart. ``name`` is of its sheet in a workbook."""

    kind: ClassVar[str] = "table"
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Set:
    """A cell on paper: what is printed, and the lines below it in small type."""

    words: str
    tone: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A table as it is set on paper."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Set, ...], ...]
    total: tuple[Set, ...] | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, led in by a few words; ``tone`` is ``note`` for small print, ``open`` for what is unknown."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short lines."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days on an axis from 0 to 1000; an end that is open breaks up into ``pieces``."""

    x: float
    width: float
    look: str
    title: str
    text: str
    pieces: tuple[tuple[float, float], ...]
    from_day: str | None
    to_day: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a timeline: what it is of, the days in words, its bars, and marks with what they mark."""

    label: str
    note: str
    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows over a common axis of days; ``today`` is where the day of the report lies."""

    kind: ClassVar[str] = "timeline"
    name: str
    of: str
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    today: float
    today_words: str
    caption: str

    @property
    def says(self) -> str:
        """The whole chart as text."""
        return "; ".join(f"{line.label}: {line.note}" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Heat:
    """Numbers in rows and columns, the darker the more; ``unit`` says what is counted."""

    kind: ClassVar[str] = "heat"
    name: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    caption: str
    upright: bool = True

    @property
    def most(self) -> int:
        return max((number for _, line in self.rows for number in line), default=0)


@dataclass(frozen=True, slots=True)
class Bars:
    """One number for each thing, as bars beside the numbers."""

    kind: ClassVar[str] = "bars"
    name: str
    of: str
    unit: str
    items: tuple[tuple[str, int], ...]
    caption: str = ""

    @property
    def most(self) -> int:
        return max((number for _, number in self.items), default=0)

    @property
    def says(self) -> str:
        """The whole chart as text."""
        return "; ".join(f"{label}: {number}" for label, number in self.items)


Block = Paragraph | Bullets | Table | Timeline | Heat | Bars


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading; ``narrow`` ones stand two beside each other where there is room."""

    heading: str
    blocks: tuple[Block, ...]
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the facts at the head: a label, its value, and a line below. ``part`` is what has gone by of it, from 0
    to 1, drawn as a bar."""

    label: str
    value: Cell
    below: str = ""
    part: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. ``notices`` stand under the head: what was left out, what the report is limited to;
    ``journal`` is its head, ``COUNT:HASH``."""

    report: str
    language: str
    day: date
    eyebrow: str
    title: str
    lead: str
    ref: str
    status: Cell | None
    marking: str
    facts: tuple[Fact, ...]
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    foot: str
    as_of: str
    journal: str = ""

    @property
    def blocks(self) -> Iterable[tuple[Section, Block]]:
        """Every block with the section it stands in, in order."""
        return ((section, block) for section in self.sections for block in section.blocks)

    @property
    def printed(self) -> tuple[Section, ...]:
        """The sections without the tables that only workbooks hold."""
        return tuple(held for section in self.sections if (held := printed(section)))


def cell(value: object) -> Cell:
    """A cell from what a row holds: a number stands as it is, nothing as an empty cell."""
    if isinstance(value, Cell):
        return value
    return Cell("" if value is None else str(value), value)


def table(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    total: Sequence[object] | None = None,
    caption: str = "",
) -> Table:
    """A table from any rows."""
    made = tuple(tuple(cell(value) for value in row) for row in rows)
    return Table(name, tuple(columns), made, tuple(map(cell, total)) if total else None, caption)


def paper(table: Table) -> Paper:
    """The table as it is set on paper: columns that belong to workbooks left out, others under the one they name."""
    shown = [place for place, column in enumerate(table.columns) if not column.book and not column.under]
    below = {
        place: [at for at, column in enumerate(table.columns) if column.under == table.columns[place].heading]
        for place in shown
    }

    def line(row: tuple[Cell, ...]) -> tuple[Set, ...]:
        return tuple(
            Set(row[at].words, row[at].tone, tuple(row[under].words for under in below[at] if row[under].words))
            for at in shown
        )

    columns = tuple(table.columns[at] for at in shown)
    return Paper(columns, tuple(map(line, table.rows)), line(table.total) if table.total else None)


def printed(section: Section) -> Section | None:
    """The section without the tables that only workbooks hold; None where nothing is left."""
    held = tuple(
        block for block in section.blocks if not (isinstance(block, Table) and all(c.book for c in block.columns))
    )
    return Section(section.heading, held, section.narrow) if held else None


def section(heading: str, *blocks: Block | None, narrow: bool = False) -> Section | None:
    """A section with those of its blocks that hold anything; None where none does."""
    held = tuple(block for block in blocks if block is not None and _holds(block))
    return Section(heading, held, narrow) if held else None


def _holds(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text or block.lead)
    if isinstance(block, Bullets | Bars):
        return bool(block.items)
    return bool(block.lines if isinstance(block, Timeline) else block.rows)
