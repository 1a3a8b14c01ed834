"""The register written back with what is wrong in it: bad cells coloured, and a column that says how to mend them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from tracker.errors import BadFile
from tracker.exchange.register.sheet import Broken, Sheet, as_text

HEADING = "Tracker: to mend"
"""The heading of the added column; an import passes it over."""

LONGEST = 32_767
"""Most characters of a cell in a workbook."""


def write(path: Path, sheet: Sheet, heading_row: int, faults: Mapping[int, Iterable[tuple[int | None, str]]]) -> None:
    """Write the sheet as a workbook. ``faults`` are by row (from 1): the column (None: the row) and what is wrong.

    Raises BadFile where it cannot be written.
    """
    import xlsxwriter

    if path.suffix.lower() != ".xlsx":
        raise BadFile(path, "is no workbook: expected the ending .xlsx")
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with xlsxwriter.Workbook(str(draft), options) as book:
            _fill(book, book.add_worksheet(_sheet_name(sheet.name)), sheet, heading_row, faults)
        draft.replace(path)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise BadFile(path, f"cannot be written: {getattr(error, 'strerror', None) or error}") from error
    finally:
        draft.unlink(missing_ok=True)


def _fill(
    book: Any,
    page: Any,
    sheet: Sheet,
    heading_row: int,
    faults: Mapping[int, Iterable[tuple[int | None, str]]],
) -> None:
    formats = {
        (bad, kind): book.add_format(
            ({"bg_color": "#F8CBAD", "border": 1} if bad else {}) | ({"num_format": kind} if kind else {})
        )
        for bad in (False, True)
        for kind in ("", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm")
    }
    bold = book.add_format({"bold": True})
    wide = 0
    for row in sheet.rows():
        wide = max(wide, len(row))
    page.freeze_panes(heading_row, 0)
    page.set_column(0, max(wide - 1, 0), 18)
    page.set_column(wide, wide, 70)
    for number, row in enumerate(sheet.rows(), start=1):
        found = list(faults.get(number, ()))
        bad = {column for column, _ in found}
        for index, value in enumerate(row):
            _cell(page, number - 1, index, value, formats, bold if number == heading_row else None, index in bad)
        if number == heading_row:
            page.write_string(number - 1, wide, HEADING, bold)
        elif found:
            page.write_string(number - 1, wide, "\n".join(text for _, text in found)[:LONGEST], formats[True, ""])


def _cell(page: Any, row: int, column: int, value: Any, formats: Any, heading: Any, bad: bool) -> None:
    plain = heading or formats[bad, ""]
    if value is None or isinstance(value, Broken):
        if bad:
            page.write_blank(row, column, None, plain)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value, plain)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, plain)
    elif isinstance(value, datetime):
        kind = "yyyy-mm-dd" if value.time() == time() else "yyyy-mm-dd hh:mm"
        page.write_datetime(row, column, value, formats[bad, kind])
    elif isinstance(value, date):
        page.write_datetime(row, column, datetime.combine(value, time()), formats[bad, "yyyy-mm-dd"])
    elif isinstance(value, time):
        page.write_string(row, column, as_text(value), plain)
    else:
        page.write_string(row, column, str(value)[:LONGEST], plain)


def _sheet_name(name: str) -> str:
    """The name as workbooks allow it: at most 31 characters, without ``[]:*?/\\``."""
    plain = "".join("_" if sign in "[]:*?/\\" else sign for sign in name).strip("'")[:31]
    return plain or "Sheet1"
