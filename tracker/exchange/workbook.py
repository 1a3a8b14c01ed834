"""Writes tables as a workbook for officers: one sheet each, real dates, filters, what is overdue in colour.

Rows are streamed: XlsxWriter keeps none in memory, and neither does this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name

from tracker.exchange.safe_text import spreadsheet_safe
from tracker.exchange.table import Table
from tracker.rules.text import in_a_workbook

SETTINGS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INK = "#14213D"
_MOST_ROWS = 1_048_576
_LONGEST = 32_767
"""Characters (UTF-16) that Excel takes in a cell. A longer text is cut, and says so at its end."""

_SHORT = 1_000
"""Characters of a text that no one doubts: begun with a letter or digit, and printable, it is a cell as it is."""

_CUT = " ... [cut here: {} characters in all; the CSV, JSON and record files have the whole text]"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DATE = "1900-03-01"
"""Excel knows no dates before 1900 and counts a 29 February 1900; earlier days stay text."""

_EPOCH = date(1899, 12, 30).toordinal()
_WIDEST = 30
_WRAPPED = {"title": 40, "text": 40, "what": 40}
"""Characters in a line of a column that wraps; 26 in others."""

_MOST_LINES = 27
"""Lines of the highest row that Excel allows (409 points)."""

_COLOURS: dict[str, dict[str, object]] = {
    "overdue": {"bg_color": "#FBE3E0", "font_color": "#8C1D18"},
    "without-result": {"bg_color": "#FFF1D6", "font_color": "#6B4A00"},
    **{state: {"font_color": "#7A7A7A"} for state in ("lapsed", "cancelled", "waived")},
    **{status: {"font_color": "#7A7A7A"} for status in ("replaced", "terminated", "abandoned", "expired")},
}
"""How a row looks by its state or status, which stands in words in its column."""


def write(tables: Iterable[Table], path: Path, day: date, about: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Write the tables to a new workbook at ``path``, each on a sheet of its name; how many rows each has.

    ``about`` is written on a last sheet, with the numbers of rows; ``day`` is the day the tables are looked from.
    The same tables and day give the same bytes.
    """
    with TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(path, {**SETTINGS, "constant_memory": True, "tmpdir": folder})
        counts = _fill(book, tables, day, about)
        close(book)
    return counts


def close(book: Any) -> None:
    """Write the file. Raises OSError where that cannot be done."""
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(0, getattr(error.args[0], "strerror", None) or str(error)) from error


def _fill(book: Any, tables: Iterable[Table], day: date, about: Sequence[tuple[str, str]]) -> dict[str, int]:
    book.set_properties(
        {
            "title": "Register of agreements",
            "author": "Tracker",
            "comments": "; ".join(f"{what}: {value}" for what, value in about)[:255],
            "created": datetime.combine(day, time()),
        }
    )
    looks = _Looks(book)
    counts = {table.name: _Sheet(book, looks, table, day).fill() for table in tables}
    _about(book, looks, [*about, *((name, str(count)) for name, count in counts.items())])
    return counts


class _Looks:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        base: dict[str, object] = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
        self.head = book.add_format(
            {**base, "bold": True, "bg_color": INK, "font_color": "#FFFFFF", "valign": "vcenter", "border_color": INK}
        )
        self.plain = book.add_format(base)
        self.wrapped = book.add_format({**base, "text_wrap": True})
        self.day = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self.number = book.add_format({**base, "align": "right", "indent": 1})
        self.count = book.add_format({**base, "num_format": "#,##0", "align": "left"})
        self.bold = book.add_format({**base, "bold": True})
        self.quoted = book.add_format({**base, "quote_prefix": True})
        self.quoted_wrapped = book.add_format({**base, "quote_prefix": True, "text_wrap": True})
        self.rows = {state: book.add_format(look) for state, look in _COLOURS.items()}

    def of_text(self, *, wraps: bool) -> tuple[Any, Any]:
        """The formats of a text, and of one that a program would take for a formula."""
        return (self.wrapped, self.quoted_wrapped) if wraps else (self.plain, self.quoted)


class _Sheet:
    """One table on its sheet; goes on on a further one where a sheet is full."""

    def __init__(self, book: Any, looks: _Looks, table: Table, day: date) -> None:
        self.book, self.looks, self.table, self.day = book, looks, table, day
        self.state = next((key for key in ("state", "status") if key in table.keys), None)
        self.part = 0
        self.open()

    def open(self) -> None:
        self.part += 1
        self.page = self.book.add_worksheet(self.table.name if self.part == 1 else f"{self.table.name} {self.part}")
        self.longest = [0] * len(self.table.keys)
        self.with_days: set[int] = set()
        self.page.set_row(0, 22)
        for place, key in enumerate(self.table.keys):
            self.page.write_string(0, place, heading(key), self.looks.head)
        self.used = 1

    def fill(self) -> int:
        """Write every row; how many there were."""
        count = 0
        rooms = [_WRAPPED.get(key, 26) if key in self.table.wraps else None for key in self.table.keys]
        dated = [key in self.table.days for key in self.table.keys]
        looks = [self.looks.of_text(wraps=room is not None) for room in rooms]
        for row in self.table.rows:
            if self.used == _MOST_ROWS:
                self.finish()
                self.open()
            cells = ["; ".join(value) if isinstance(value, list) else value for value in row.values()]
            self.height(cells, rooms)
            for place, value in enumerate(cells):
                if value is not None and value != "":
                    self.cell(place, value, dated[place], looks[place])
            self.used += 1
            count += 1
        self.finish()
        return count

    def height(self, cells: list[Any], rooms: list[int | None]) -> None:
        """Set the height that shows every line of wrapped text; not every program finds it by itself."""
        lines = 1
        for value, room in zip(cells, rooms, strict=True):
            if room and isinstance(value, str) and (len(value) > room or "\n" in value):
                lines = max(lines, sum(-(-max(1, len(part)) // room) for part in value.split("\n")))
        if lines > 1:
            self.page.set_row(self.used, 15.0 * min(lines, _MOST_LINES))
        for kept in (self.page.row_info, self.page.row_sizes):
            kept.pop(self.used - 2, None)  # written already; XlsxWriter would keep it in memory to the end

    def cell(self, place: int, value: Any, dated: bool, of_text: tuple[Any, Any]) -> None:
        """A date where a day is known in full, numbers as such, text for the rest; formulas never.

        ``of_text`` is how a text looks here, and one that a program would take for a formula.
        """
        page, row, looks = self.page, self.used, self.looks
        if not isinstance(value, str):
            if isinstance(value, bool):
                page.write_boolean(row, place, value, looks.plain)
            else:
                page.write_number(row, place, value, looks.number)
        elif dated and (serial := serial_of(value)) is not None:
            page.write_number(row, place, serial, looks.day)
            self.with_days.add(place)
        else:
            text, look = value, of_text[0]
            if not (value[:1].isalnum() and len(value) < _SHORT and value.isprintable()):
                text = cell_text(value)
                look = of_text[spreadsheet_safe(text) is not text]
            page.write_string(row, place, text, look)
            if self.longest[place] < len(text):
                self.longest[place] = len(text)

    def finish(self) -> None:
        """Widths, filters, colours and the print set-up, once the rows are known."""
        page, last = self.page, max(1, self.used - 1)
        for place, key in enumerate(self.table.keys):
            widest = _WRAPPED.get(key, 26) * 1.15 if key in self.table.wraps else _WIDEST
            longest = self.longest[place] * 1.1 + 2 if self.longest[place] else 0
            width = max(len(heading(key)) + 4, longest, 12 if place in self.with_days else 0)
            page.set_column(place, place, min(width, widest))
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, last, len(self.table.keys) - 1)
        if self.state is not None:
            column = xl_col_to_name(self.table.keys.index(self.state))
            for state, look in self.looks.rows.items():
                rule = {"type": "formula", "criteria": f'=${column}2="{state}"', "format": look}
                page.conditional_format(1, 0, last, len(self.table.keys) - 1, rule)
        set_up_print(page, f"{self.table.name}, {self.day.isoformat()}")


def heading(key: str) -> str:
    """A key as the heading of its column: ``Next deadline``."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=4096)
def serial_of(text: str) -> int | None:
    """The number Excel counts a day by, for a day known in full from 1900-03-01 on; else None."""
    if text < _FIRST_DATE or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text).toordinal() - _EPOCH
    except ValueError:
        return None


def cell_text(text: str) -> str:
    """The text as a cell takes it, cut where it is too long for one."""
    text = in_a_workbook(text)
    if len(text) <= _LONGEST // 2 or len(units := text.encode("utf-16-le")) <= 2 * _LONGEST:
        return text
    said = _CUT.format(f"{len(text):,}")
    return units[: 2 * (_LONGEST - len(said))].decode("utf-16-le", errors="ignore") + said


def set_up_print(page: Any, foot: str) -> None:
    """A4, landscape, as wide as the page, the headings on every page, ``foot`` and page numbers beneath."""
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer(f"&L{foot.replace('&', '&&')[:120]}&R&P / &N")


def _about(book: Any, looks: _Looks, lines: Iterable[tuple[str, str]]) -> None:
    page = book.add_worksheet("About")
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 60)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(9)
    for number, (what, value) in enumerate(lines):
        page.write_string(number, 0, cell_text(what), looks.bold)
        if value.isdecimal():
            page.write_number(number, 1, int(value), looks.count)
        else:
            text = cell_text(value)
            page.write_string(number, 1, text, looks.wrapped if spreadsheet_safe(text) is text else looks.quoted)
