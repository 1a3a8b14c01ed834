"""Reports as a workbook: real dates and numbers, native charts, text that stays text, the same bytes every time.

The first sheet holds what is no table; every table and chart has a sheet of its own.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from textwrap import wrap
from typing import Any

import xlsxwriter

from tracker.reports import xlsx_charts
from tracker.reports.document import Bars, Bullets, Cell, Column, Document, Heat, Paragraph, Table, Timeline, table
from tracker.reports.plain import visible
from tracker.reports.words import _
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
    "left": {"num_format": "#,##0", "align": "left"},
    "number": {"num_format": "#,##0.################"},
    "total": {"bold": True, "top": 1, "num_format": "#,##0"},
}


def render(document: Document) -> bytes:
    """The workbook of a document."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _SETTINGS)
    properties = {
        "title": visible(document.title)[:255],
        "subject": visible(document.eyebrow)[:255],
        "author": "Tracker",
        "keywords": f"tracker-journal {document.journal}" if document.journal else "",
        "comments": visible(document.as_of)[:255],
    }
    book.set_properties({**properties, "created": datetime.combine(document.day, time())})
    base: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top"}
    formats = {name: book.add_format({**base, **shape}) for name, shape in _SHAPES.items()}
    taken: set[str] = set()
    for block in _sheets(document):
        page = book.add_worksheet(_name(block.name, taken))
        _set_up(page, document)
        if isinstance(block, Table):
            _fill(page, block, formats)
        else:
            data = xlsx_charts.data(block, document.day)
            _fill(page, data, formats)
            xlsx_charts.draw(book, page, block, data)
    book.close()
    return target.getvalue()


def _sheets(document: Document) -> Iterator[Table | Bars | Heat | Timeline]:
    yield _first(document)
    for _section, block in document.blocks:
        if isinstance(block, Table | Bars | Heat | Timeline):
            yield block


def _first(document: Document) -> Table:
    """The facts, and what is said in words, as a sheet of two columns."""
    rows: list[tuple[str, Cell | str]] = [(_("Title"), document.title)]
    rows += [(_("Reference"), document.ref)] if document.ref else []
    rows += [(_("Status"), document.status.words)] if document.status else []
    rows += [(fact.label, _of_fact(fact.value, fact.below)) for fact in document.facts]
    rows += [(_("Marking"), document.marking)] if document.marking else []
    rows += [(_("Report"), document.eyebrow), (_("As of"), Cell("", document.day.isoformat()))]
    rows += [(_("Of"), document.lead)] if document.lead else []
    rows += [(_("Limits"), notice) for notice in document.notices]
    for section, block in document.blocks:
        if isinstance(block, Paragraph):
            rows.append((section.heading, f"{block.lead} {block.text}".strip()))
        elif isinstance(block, Bullets):
            rows += [(section.heading, item) for item in block.items]
    rows.append((_("Made"), document.as_of))
    rows += [(_("Head of the journal"), document.journal)] if document.journal else []
    columns = (Column(_("What"), width=26), Column(_("Value"), form="day", width=90))
    return table(_("Summary"), columns, rows)


def _of_fact(value: Cell, below: str) -> Cell:
    plain = value.value if value.value is not None else value.words
    return Cell("", f"{value.words}, {below}") if below and not isinstance(plain, int) else Cell("", plain)


def _name(name: str, taken: set[str]) -> str:
    """A name Excel takes for a sheet: 31 characters at most, none of those it forbids, unlike any before."""
    plain = "".join(" " if c in "[]:*?/\\'" else c for c in visible(name)).strip()[:28] or "Sheet"
    found, number = plain, 1
    while found.casefold() in taken:
        number += 1
        found = f"{plain} {number}"
    taken.add(found.casefold())
    return found


def _set_up(page: Any, document: Document) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 0)
    page.hide_gridlines(2)
    page.set_footer(f"&L{_plain(document.foot)[:80]}&C{_plain(document.as_of)}&R&P / &N")


def _plain(text: str) -> str:
    """Text of a footer, in which an ampersand begins a code."""
    return str(visible(text)).replace("&", "&&")


def _fill(page: Any, sheet: Table, formats: dict[str, Any]) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, _cut(visible(column.heading)), formats["head"])
    page.set_row(0, _height(tuple(column.heading for column in sheet.columns), sheet.columns))
    number = 1
    for row in sheet.rows:
        number += _write(page, number, tuple(map(_value, row)), sheet.columns, formats)
    page.autofilter(0, 0, max(1, number - 1), len(sheet.columns) - 1)
    if sheet.total:
        for place, cell in enumerate(sheet.total):
            _cell(page, number, place, _value(cell), "count", formats, formats["total"])
    if sheet.caption:
        page.write_string(number + 2, 0, _cut(visible(sheet.caption)))


def _value(cell: Cell) -> Any:
    return cell.words if cell.value is None else cell.value


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
    if len(text) <= room and text.isprintable():
        return [text]
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
        page.write_number(row, place, value, shape or formats["left" if form == "day" else "count"])
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
