"""Reports as a workbook: real dates and numbers, text that stays text, the same bytes for the same data and day."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from textwrap import wrap
from typing import Any

import xlsxwriter

from tracker.reports import agreement_sheets, phrases, portfolio_sheets
from tracker.reports.factsheet import AgreementReport
from tracker.reports.portfolio import PortfolioReport
from tracker.reports.sheets import Column, Sheet
from tracker.reports.templating import visible
from tracker.rules.text import in_a_workbook

_SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST = 32_000
"""Characters of a heading or a footer at most; Excel takes 32,767 in a cell."""

_MOST_LINES = 27
"""Lines of the highest row that Excel allows (409 points). Longer text goes on in the rows below."""

_FIRST_DATE = date(1900, 3, 1)
"""Excel knows no dates before 1900 and counts a 29 February 1900; earlier days stay text."""

_SHAPES: dict[str, dict[str, object]] = {
    "head": {"bold": True, "bg_color": "#14213D", "font_color": "#FFFFFF", "border": 1, "border_color": "#14213D"},
    "text": {},
    "day": {"num_format": "d mmm yyyy", "align": "left"},
    "count": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.################"},
    "total": {"bold": True, "top": 1, "num_format": "#,##0"},
}


def agreement(report: AgreementReport) -> bytes:
    """The fact sheet of one agreement."""
    return _workbook(agreement_sheets.of_agreement(report), report.title, report.heading, report.ref, report.day)


def portfolio(report: PortfolioReport) -> bytes:
    """The portfolio."""
    return _workbook(portfolio_sheets.of_portfolio(report), report.title, "Portfolio", report.title, report.day)


def _workbook(found: Iterable[Sheet], title: str, subject: str, foot: str, day: date) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _SETTINGS)
    said = f"As of {phrases.day(day.isoformat())}"
    created = datetime.combine(day, time())
    properties = {
        "title": visible(title)[:255],
        "subject": visible(subject)[:255],
        "author": "Tracker",
        "comments": said,
    }
    book.set_properties({**properties, "created": created})
    base: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top"}
    formats = {name: book.add_format({**base, **shape}) for name, shape in _SHAPES.items()}
    for sheet in found:
        page = book.add_worksheet(sheet.name)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.freeze_panes(1, 0)
        page.hide_gridlines(2)
        page.set_footer(f"&L{_plain(foot)[:80]}&C{_plain(said)}&R&P / &N")
        _fill(page, sheet, formats)
    book.close()
    return target.getvalue()


def _plain(text: str) -> str:
    """Text of a footer, in which an ampersand begins a code."""
    return str(visible(text)).replace("&", "&&")


def _fill(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, _cut(visible(column.heading)), formats["head"])
    page.set_row(0, _height(tuple(column.heading for column in sheet.columns), sheet.columns))
    number = 1
    for row in sheet.rows:
        number += _write(page, number, row, sheet.columns, formats)
    page.autofilter(0, 0, max(1, number - 1), len(sheet.columns) - 1)
    if sheet.total:
        for place, value in enumerate(sheet.total):
            _cell(page, number, place, value, "count", formats, formats["total"])


def _write(page: Any, number: int, row: tuple[Any, ...], columns: tuple[Column, ...], formats: dict[str, Any]) -> int:
    """Write a row, and those below it that its long texts go on in; how many rows that made."""
    cells = [
        _parts(value, column) if isinstance(value, str) else [value] for value, column in zip(row, columns, strict=True)
    ]
    lines = list(zip_longest(*cells))
    for offset, line in enumerate(lines):
        page.set_row(number + offset, _height(line, columns))
        for place, (value, column) in enumerate(zip(line, columns, strict=True)):
            _cell(page, number + offset, place, value, column.form, formats)
    return len(lines)


def _height(line: tuple[Any, ...], columns: tuple[Column, ...]) -> float:
    """The height in points that shows every line of wrapped text; not every program finds it by itself."""
    lines = 1
    for value, column in zip(line, columns, strict=True):
        if isinstance(value, str):
            lines = max(lines, sum(-(-max(1, len(part)) // _room(column)) for part in value.split("\n")))
    return 15.0 * min(lines, _MOST_LINES)


def _room(column: Column) -> int:
    """How many characters of usual text a line of the column takes."""
    return max(4, int(column.width * 0.9))


def _parts(text: str, column: Column) -> list[str]:
    """The text in pieces that a row can show whole, broken where words end if they do."""
    room, most = _room(column), _MOST_LINES - 3
    parts: list[str] = []
    lines = 0
    for paragraph in text.split("\n"):
        for piece in wrap(paragraph, room * most, replace_whitespace=False) or [""]:
            height = -(-max(1, len(piece)) // room)
            if parts and lines + height <= most:
                parts[-1] += f"\n{piece}"
                lines += height
            else:
                parts.append(piece)
                lines = height
    return parts


def _cut(text: str) -> str:
    return in_a_workbook(text[:_LONGEST])


def _cell(page: Any, row: int, place: int, value: Any, form: str, formats: dict[str, Any], shape: Any = None) -> None:
    """A date where a day is known in full, a number where it is one, text for everything else, formulas never."""
    if value is None or value == "":
        page.write_blank(row, place, None, shape or formats["text"])
    elif isinstance(value, int):
        page.write_number(row, place, value, shape or formats["count"])
    elif form == "day" and (known := _date(value)) is not None:
        page.write_datetime(row, place, datetime.combine(known, time()), formats["day"])
    elif form == "number" and (amount := _number(value)) is not None:
        page.write_number(row, place, amount, formats["number"])
    else:
        page.write_string(row, place, _cut(visible(value)), shape or formats["text"])


def _date(text: str) -> date | None:
    if len(text) != 10:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DATE else None


def _number(text: str) -> float | None:
    """The number, where a spreadsheet can hold all its digits."""
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    held = exact.is_finite() and len(exact.as_tuple().digits) <= 15 and abs(exact.adjusted()) < 300
    return float(exact) if held else None
