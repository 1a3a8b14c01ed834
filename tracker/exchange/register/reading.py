"""What a register's rows say: each row as the values of a record, with the cell of every value and every problem.

One ``RowReader`` reads one table by one mapping. A cell that cannot be a date though it has digits, an amount that
can be two, an unknown unit: a problem, and the row is not recorded. Words without a place in the record: kept in the
row's note, under their heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tracker.errors import BadFile, BadInput
from tracker.exchange.register import cells, words
from tracker.exchange.register.cell import Cell
from tracker.exchange.register.columns import Table
from tracker.exchange.register.days import looks_like_day
from tracker.exchange.register.draft import Draft
from tracker.exchange.register.mapping import DATES, IGNORED, KEPT_AS_NOTE, WRITTEN, Assignment
from tracker.exchange.register.sheet import Broken, Row, Value, as_text, is_empty
from tracker.models.keys import fold

Place = tuple[str | int, ...]

_AFTER_OTHERS = frozenset({"contact_email", "contact_phone"})
"""Fields that belong to what another column names, which may stand to the right."""
_TOTAL = re.compile(r"(grand |sub ?)?total(es)?( (general|general[e]?|amount|geral))?|suma|somme|totaux|soma|somatorio")


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell (None: in the whole row), and how to mend it."""

    column: int | None
    value: str
    reason: str
    remedy: str | None = None


@dataclass
class RowRead:
    """One row: ``values`` of a record, or None with ``problems``; ``skipped`` says why a row is no agreement.

    ``cells`` has the column that each place of the record came from; ``remarks`` are cells kept as notes though
    their column has a field; ``status`` is the column and text of a status typed by hand, and the standing
    that it means.
    """

    number: int
    values: dict[str, Any] | None = None
    cells: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    skipped: str | None = None
    status: tuple[int, str, str] | None = None
    title: str = ""

    def column_of(self, place: Place) -> int | None:
        """The column of a place in the record, or of the nearest place that holds it."""
        for length in range(len(place), 0, -1):
            for known, column in self.cells.items():
                if known[:length] == place[:length]:
                    return column
        return None


@dataclass(frozen=True)
class Choices:
    """What the officer says of the sheet as a whole.

    ``orders`` are the orders of day and month by column (index; None for all others); ``decimal`` the sign before
    decimals; ``defaults`` values by field where a row has none (parties: in each row); ``values`` what a written value
    of a field means; ``scopes`` the code of each scope area by its folded names; ``files`` the SHA-256 of each file
    that lies beside the register, by its name, or why it is not kept.
    """

    orders: Mapping[int | None, str] = field(default_factory=dict)
    decimal: str | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str | BadFile] = field(default_factory=dict)

    def order(self, assignment: Assignment) -> str | None:
        """The order of day and month in a column: as said for it, as its cells prove, as said for all."""
        index = assignment.column.index
        return self.orders.get(index) or assignment.column.days.order or self.orders.get(None)

    def short_order(self, assignment: Assignment) -> str | None:
        """The order of dates whose year has two digits: as said, else as the column's cells leave only one."""
        said = self.orders.get(assignment.column.index) or self.orders.get(None)
        return said or assignment.column.days.short_order(past=assignment.field == "signed")


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, mapping: list[Assignment], choices: Choices) -> None:
        self.table = table
        read = [one for one in mapping if one.field not in (IGNORED, "number")]
        self.mapping = sorted(read, key=lambda one: one.field in _AFTER_OTHERS)
        self.choices = choices
        self._headings = {one.column.index: fold(one.column.heading) for one in mapping if one.column.heading}
        self._cell = {one.column.index: self._cell_of(one) for one in self.mapping}
        self._section: str | None = None
        self._said_by_field = {
            name: {fold(written): meant for written, meant in meanings.items()}
            for name, meanings in choices.values.items()
        }

    def _cell_of(self, one: Assignment) -> Callable[..., Cell]:
        """Makes cells of a column from their value and text; what the whole column says of them is settled here."""
        index, choices = one.column.index, self.choices
        return partial(
            Cell,
            field=one.field,
            heading=one.column.name,
            column=index,
            order=choices.order(one) if one.field in DATES else None,
            short_order=choices.short_order(one) if one.field in DATES else None,
            unit=one.column.unit,
            decimal=choices.decimal or one.column.decimals.sign,
            scopes=choices.scopes,
            files=choices.files,
            swapped=one.column.days.swapped and index not in choices.orders,
        )

    def rows(self) -> Iterator[RowRead]:
        """Every row below the heading that holds something."""
        for number, row in self.table.rows():
            yield self.read(number, row)

    def file_names(self) -> Iterator[str]:
        """What the columns of documents name, whether there is such a file or not."""
        columns = [one.column.index for one in self.mapping if one.field == "documents"]
        for _, row in self.table.rows() if columns else ():
            for index in columns:
                value = row[index] if index < len(row) else None
                if not is_empty(value):
                    yield from words.split_names(words.said(self._meant("documents", value)))

    def read(self, number: int, row: Row) -> RowRead:
        """One row of the table."""
        if skipped := self._no_record(row):
            return RowRead(number, skipped=skipped)
        draft = Draft(self.choices.defaults)
        read = RowRead(number, cells=draft.cells)
        for one in self.mapping:
            index = one.column.index
            value = row[index] if index < len(row) else None
            if is_empty(value):
                continue
            try:
                self._take(draft, one, self._meant(one.field, value), read)
            except BadInput as error:
                read.problems.append(Problem(index, as_text(value), error.expected, error.hint))
        if self.table.separated and not all(map(is_empty, row[self._width :])):
            where = max(index for index, value in enumerate(row) if not is_empty(value))
            reason = f"has {where + 1} cells, the headings {self._width}: its values may stand in wrong columns"
            read.problems.append(Problem(where, as_text(row[where]), reason, "quote cells that hold the separator"))
        if self._section:
            draft.note("Section", self._section)
        try:
            read.values = draft.finished()
        except BadInput as error:
            read.problems.append(Problem(None, error.value, error.expected, error.hint))
        read.title = draft.title
        read.remarks += [Problem(*remark) for remark in draft.remarks]
        if read.problems:
            read.values = None
        return read

    @property
    def _width(self) -> int:
        """How many columns have a heading or were given a field by hand."""
        return max((one.column.index for one in self.mapping if one.column.heading or one.by_hand), default=-1) + 1

    def _meant(self, field_name: str, value: Value) -> Value:
        """The value, or what the officer says it means."""
        meanings = self._said_by_field.get(field_name)
        if meanings and not isinstance(value, bool):
            return meanings.get(fold(as_text(value)), value)
        return value

    def _take(self, draft: Draft, one: Assignment, value: Value, read: RowRead) -> None:
        heading, index = one.column.name, one.column.index
        text = words.said(value)
        if one.field in (KEPT_AS_NOTE, "status") and isinstance(value, Broken):
            read.remarks.append(Problem(index, "", value.reason))
            return
        if one.field == KEPT_AS_NOTE:
            draft.note(heading, as_text(value))
            return
        if one.field == "status":
            if one.why != WRITTEN:
                draft.note(heading, as_text(value))
            if meant := words.status_named(text):
                read.status = (index, text, meant)
            return
        if not text and not isinstance(value, bool) and not isinstance(value, Broken):
            return
        taker = cells.TAKERS.get(one.field)
        if taker is None:
            raise AssertionError(one.field)
        if remark := taker(draft, self._cell[index](value=value, text=text)):
            draft.note(heading, as_text(value))
            read.remarks.append(Problem(index, as_text(value), remark))

    def _no_record(self, row: Row) -> str | None:
        """Why a row is no agreement: a note, the heading once more, or the heading of a section."""
        filled = [(index, as_text(value)) for index, value in enumerate(row) if not is_empty(value)]
        first = filled[0][1]
        if first.startswith("#") and len(first) > 1:
            return "a row of notes: it begins with #"
        texts = {index: fold(text) for index, text in filled}
        same = sum(self._headings.get(index) == text for index, text in texts.items())
        if same > 1 and same >= len(texts) - 1:
            return "the heading once more"
        if _TOTAL.fullmatch(fold(first)) and all(
            isinstance(row[at], int | float) or _amount(text) for at, text in filled[1:]
        ):
            return "a row of totals"
        mapped = [one for one in self.mapping if one.column.filled]
        if len(filled) == 1 and len(mapped) >= 3 and not isinstance(row[filled[0][0]], int | float):
            self._section = first
            return f"the heading of a section: {first}"
        if not any(index == one.column.index for index, _ in filled for one in self.mapping):
            return "a row with nothing but its number"
        return None


def _amount(text: str) -> bool:
    return not any(sign.isalpha() for sign in text) and not looks_like_day(text)
