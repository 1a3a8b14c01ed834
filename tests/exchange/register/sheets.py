"""Sheets in memory, and what the register reader makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.exchange.register.columns import Table, read_table
from tracker.exchange.register.mapping import Assignment, propose
from tracker.exchange.register.reading import Choices, RowRead, RowReader
from tracker.exchange.register.sheet import Row, Value


@dataclass
class Grid:
    """Rows in memory as a sheet."""

    cells: Sequence[Sequence[Value]]
    name: str = "Sheet1"

    def rows(self) -> Iterator[Row]:
        yield from self.cells


@dataclass
class SeparatedGrid(Grid):
    """Rows in memory as a sheet of text with separators."""

    separator: str = ","


def table_of(*rows: Sequence[Value], heading_row: int | None = None) -> Table:
    found = read_table(Grid(rows), heading_row)
    assert found is not None, "no heading was found"
    return found


def mapped(table: Table, wanted: Mapping[str, str] | None = None, ignored: Sequence[str] = ()) -> dict[str, str]:
    """The field of each column, by its name."""
    return {one.column.name: one.field for one in propose(table, wanted or {}, ignored)}


def read(table: Table, mapping: list[Assignment] | None = None, **choices: Any) -> list[RowRead]:
    return list(RowReader(table, mapping or propose(table, {}), Choices(**choices)).rows())


def one(headings: str, *cells: Value, **choices: Any) -> RowRead:
    """The one row of a sheet with these headings (between bars)."""
    [row] = read(table_of(headings.split("|"), cells), **choices)
    return row
