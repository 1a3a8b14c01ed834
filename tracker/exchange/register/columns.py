"""One pass over a sheet: where its heading stands, and what the cells of each column are like. Keeps no row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise
from typing import Any

from tracker.errors import BadInput
from tracker.exchange.register import words
from tracker.exchange.register.days import HAS_DIGITS, Evidence, looks_like_day
from tracker.exchange.register.figures import Decimals, read_amount
from tracker.exchange.register.headings import field_named
from tracker.exchange.register.sheet import Row, Sheet, Value, address, as_text, is_empty, letters, tidy
from tracker.exchange.register.terms import read_lasting, unit_in

_DATED = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|(?<![0-9])[12][0-9]{3}(?![0-9])|(?<![0-9])9999(?![0-9])")
"""What a text for a day has in it, however it goes on."""
_LOOKED_AT = 40
"""Rows among which the heading is sought."""
_SAMPLES = 4
_TRIED = 400
"""Cells of a column that are tried as this and that; the order of dates is decided from all of them."""
SURE = 75
"""How sure (0 to 100) a heading's meaning must be to be taken without asking."""


@dataclass
class Column:
    """A column: where it stands, its heading, and counts of what its cells are like."""

    index: int
    heading: str
    days: Evidence = field(default_factory=Evidence)
    decimals: Decimals = field(default_factory=Decimals)
    filled: int = 0
    samples: list[str] = field(default_factory=list)
    tried: int = 0
    like: dict[str, int] = field(default_factory=dict)
    seen: set[int] | None = None
    """Hashes of the values, where it matters whether they repeat."""

    @property
    def letters(self) -> str:
        return letters(self.index)

    @property
    def name(self) -> str:
        """The heading on one line, or ``column G`` where there is none."""
        return self.heading or f"column {self.letters}"

    @property
    def unit(self) -> str | None:
        """The unit of bare numbers of time here, where the heading names one."""
        return unit_in(self.heading)

    def share(self, likeness: str) -> float:
        """Which part (0 to 1) of the cells tried is like that."""
        return self.like.get(likeness, 0) / self.tried if self.tried else 0.0

    @property
    def repeats(self) -> bool:
        """Whether some value stands in two cells."""
        return self.seen is not None and len(self.seen) < self.filled

    def add(self, value: Value) -> None:
        """Count one cell."""
        text = words.said(value)
        if not text:
            return
        self.filled += 1
        if not isinstance(value, str) or HAS_DIGITS.search(text):
            self.days.add(value)
            self.decimals.add(value)
        if self.seen is not None:
            self.seen.add(hash(text.casefold()))
        if len(self.samples) < _SAMPLES and text not in self.samples:
            self.samples.append(text)
        if self.tried < _TRIED:
            self.tried += 1
            for likeness in _likenesses(value, text):
                self.like[likeness] = self.like.get(likeness, 0) + 1


@dataclass(frozen=True)
class Table:
    """A sheet with its heading found. ``heading_row`` counts from 1; 0 where there is none."""

    sheet: Sheet
    heading_row: int
    columns: list[Column]
    title_rows: list[str]
    count: int
    """Rows below the heading that hold something."""

    @property
    def separated(self) -> bool:
        """Whether it is text with separators, whose rows shift when a cell holds one unquoted."""
        return self.heading_row > 0 and hasattr(self.sheet, "separator")

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows below the heading that hold something, with their numbers in the sheet."""
        for number, row in enumerate(self.sheet.rows(), start=1):
            if number > self.heading_row and not all(map(is_empty, row)):
                yield number, row

    def address(self, row: int, column: int | None = None) -> str:
        return address(self.sheet.name, row, column)


def read_table(sheet: Sheet, heading_row: int | None = None) -> Table | None:
    """The sheet with heading and columns; None where no row is like a heading (unless one is named; 0: none)."""
    first = [(number, row) for number, row in enumerate(islice(sheet.rows(), _LOOKED_AT), start=1)]
    at = heading_row if heading_row is not None else find_heading(first)
    if at is None:
        return None
    named = dict(first)
    if at not in named and at:
        named = {at: next(islice(sheet.rows(), at - 1, at), [])}
    headings = [tidy(as_text(value)).replace("\n", " ") for value in named.get(at, [])]
    columns = [Column(index, heading) for index, heading in enumerate(headings)]
    for column in columns:
        if field_named(column.heading)[0] == "ref":
            column.seen = set()
    count = 0
    for row in islice(sheet.rows(), at, None):
        if all(map(is_empty, row)):
            continue
        count += 1
        columns += [Column(index, "") for index in range(len(columns), len(row))]
        for column, value in zip(columns, row, strict=False):
            column.add(value)
    above = [" ".join(filter(None, map(as_text, row))) for number, row in first if number < at]
    used = [column for column in columns if column.heading or column.filled]
    return Table(sheet, at, used, [text for text in above if text], count)


def find_heading(rows: list[tuple[int, Row]]) -> int | None:
    """The number of the row most like a heading: short texts, of which at least two are known ones."""
    best, found = 0.0, None
    for number, row in rows:
        texts = [as_text(value) for value in row if isinstance(value, str) and not is_empty(value)]
        others = sum(not isinstance(value, str) and not is_empty(value) for value in row)
        named = [field_named(text) for text in texts if len(text) <= 80]
        known = {name: sure for name, sure in named if name and sure >= SURE}
        if len(known) < min(2, len(texts)) or not known:
            continue
        score = sum(known.values()) / 100 + 0.1 * len(set(texts)) - others
        if score > best:
            best, found = score, number
    return found or _only_texts(rows)


def _only_texts(rows: list[tuple[int, Row]]) -> int | None:
    """The first row of several different short texts, none of them a value, over a row with as many cells."""
    for (number, row), (_, below) in pairwise(rows):
        texts = [as_text(value) for value in row if isinstance(value, str) and not is_empty(value)]
        filled = sum(not is_empty(value) for value in row)
        under = sum(not is_empty(value) for value in below)
        named = any(field_named(text)[0] for text in texts)
        values = any(text.isdigit() or looks_like_day(text) or words.emails_in(text) for text in texts)
        if len(texts) >= 2 and len(set(texts)) == filled == len(texts) and named and not values and under > 1:
            return number if all(len(text) <= 60 for text in texts) else None
    return None


def _likenesses(value: Value, text: str) -> Iterator[str]:
    if _is_dated(value, text):
        yield "day"
    if read_lasting(text).says_something:
        yield "lasting"
    if text.isascii() and text.isdigit() and len(text) <= 6:
        yield "count"
        if len(text) == 4 and "1900" <= text <= "2100":
            yield "calendar year"
    if _is_amount(value):
        yield "amount"
    if words.emails_in(text):
        yield "email"
    if all(map(words.country_code, words.split_words(text))) or words.country_code(text):
        yield "country"
    if words.kind_named(text):
        yield "kind"
    if words.status_named(text):
        yield "status"
    if words.party_kind_named(text):
        yield "party_kind"
    if text.casefold().startswith(("http://", "https://", "www.")):
        yield "link"


def _is_dated(value: Value, text: str) -> bool:
    """Whether a cell is a date or is meant for one, were it wrong or with words around it: it must not go unread."""
    if isinstance(value, date) or looks_like_day(value):
        return True
    if isinstance(value, int | float) and not isinstance(value, bool):
        return 20000 <= value < 80000
    return len(text) <= 60 and _DATED.search(text) is not None


def _is_amount(value: Any) -> bool:
    try:
        read_amount(value, ".", "")
    except BadInput:
        try:
            read_amount(value, ",", "")
        except BadInput:
            return False
    return True
