"""Workbooks (XLSX, ODS, XLS) through calamine, row by row; ``workbook_scan`` looks first at what that does not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.errors import BadFile
from tracker.exchange.register.sheet import MOST_COLUMNS, Broken, Row, Value
from tracker.exchange.workbook_scan import scan
from tracker.store.files import open_regular

ENDINGS = (".xlsx", ".ods", ".xls")


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet; ``broken`` are the cells of each row (from 0) that hold an error or no stored result."""

    name: str
    grid: Any
    broken: dict[int, dict[int, Broken]] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """The rows from the first on; a cell that is merged downwards counts in each of its rows."""
        if self.grid.start is None:
            return
        left = [None] * self.grid.start[1]
        merged = _merged_down(self.grid.merged_cell_ranges or ())
        held: dict[int, tuple[int, Value]] = {}
        for number, cells in enumerate(self.grid.iter_rows()):
            row: list[Value] = [*left, *(None if cell == "" else cell for cell in cells)]
            for column, broken in self.broken.get(number, {}).items():
                row += [None] * (column + 1 - len(row))
                if row[column] is None:
                    row[column] = broken
            for column, (bottom, value) in held.items():
                if number <= bottom and column < len(row) and row[column] is None:
                    row[column] = value
            for column, bottom in merged.get(number, ()):
                held[column] = (bottom, row[column] if column < len(row) else None)
            yield row


def open_workbook(path: Path) -> list[WorkbookSheet]:
    """The visible sheets of a workbook, in its order.

    Raises BadFile for what is no workbook, is larger than can be read, or holds macros.
    """
    import python_calamine

    with open_regular(path) as file:  # refuses folders, links, devices and missing files in our words
        broken = scan(path, file)
        file.seek(0)
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(file)
            visible = python_calamine.SheetVisibleEnum.Visible
            named = [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible]
            grids = [(name, book.get_sheet_by_name(name)) for name in named]
        except python_calamine.PasswordError as error:
            raise BadFile(path, "is protected by a password", "save it without one") from error
        except (python_calamine.CalamineError, ValueError) as error:
            raise BadFile(path, f"cannot be read as a workbook: {str(error).splitlines()[0]}") from error
        except BaseException as error:
            if type(error).__name__ == "PanicException":  # the parser's own failure, which is no Exception
                raise BadFile(path, "is damaged: it cannot be read as a workbook") from error
            raise
    for name, grid in grids:
        if grid.total_width > MOST_COLUMNS:
            raise BadFile(path, f"has {grid.total_width} columns in {name}: expected at most {MOST_COLUMNS}")
    return [WorkbookSheet(name, grid, broken.get(name, {})) for name, grid in grids]


def _merged_down(ranges: Any) -> dict[int, list[tuple[int, int]]]:
    """By the first row of each cell merged over several rows: its column and its last row."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in ranges:
        if bottom > top:
            found.setdefault(top, []).append((column, bottom))
    return found
