"""Which column of a register means what: proposed from headings and cells, corrected by the officer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from tracker.errors import BadInput, NotFound
from tracker.exchange.register.columns import SURE, Column, Table
from tracker.exchange.register.errors_file import HEADING as ERRORS_HEADING
from tracker.exchange.register.headings import field_called, field_named, fields
from tracker.models.keys import fold

MANY = frozenset(
    re.findall(
        r"\w+",
        "parties our_party countries party_country languages scopes contacts contact_email contact_phone obligations"
        " figures documents source notes former_names other_names number replaces amends implements summary",
    )
)
"""Fields that several columns may be."""

DATES = frozenset({"signed", "in_force", "ends", "due", "validity"})
_WORKED_OUT = frozenset({"status", "since", "next deadline"})
"""Columns of ``tracker export agreements`` that follow from the others; all of them stand in what it writes."""
WRITTEN = "written by tracker"
KEPT_AS_NOTE = "notes"
IGNORED = "ignore"


@dataclass(frozen=True)
class Assignment:
    """What a column is taken for: a field, ``notes`` or ``ignore``; how sure that is (0 to 100), and why."""

    column: Column
    field: str
    sure: int
    why: str

    @property
    def by_hand(self) -> bool:
        return self.why == "said so"


def propose(table: Table, wanted: Mapping[str, str], ignored: Iterable[str] = ()) -> list[Assignment]:
    """What each column is taken for. ``wanted`` are fields by column (heading or letters), ``ignored`` columns.

    Raises NotFound for a column that is not there, BadInput for a field that is none.
    """
    by_hand: dict[int, str] = {}
    for name, field in wanted.items():
        known = IGNORED if field == IGNORED else field_called(field)
        if known is None:
            near = get_close_matches(field, fields(), n=1)
            expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(fields())}"
            raise BadInput("--map", f"{name}={field}", f"names no field; {expected}")
        for column in columns_called(table, name):
            by_hand[column.index] = known
    for name in ignored:
        for column in columns_called(table, name):
            by_hand[column.index] = IGNORED
    exported = {fold(column.heading) for column in table.columns} >= _WORKED_OUT
    proposed = [_proposal(column, by_hand.get(column.index), exported) for column in table.columns]
    return _each_once(_names_resolved(proposed))


def columns_called(table: Table, name: str) -> list[Column]:
    """The columns with this heading (all of them, where it stands twice), or these letters."""
    by_letters = [column for column in table.columns if column.letters == name.strip()]
    found = [column for column in table.columns if fold(column.heading) == fold(name)] or by_letters
    if not found:
        headings = [column.name for column in table.columns]
        near = get_close_matches(name, headings, n=2) or headings[:8]
        raise NotFound("column", name, near, "name a column by its heading or by its letters")
    return found


def _proposal(column: Column, said: str | None, exported: bool) -> Assignment:
    if said is not None:
        return Assignment(column, said, 100, "said so")
    if column.heading == ERRORS_HEADING or (exported and fold(column.heading) in _WORKED_OUT - {"status"}):
        return Assignment(column, IGNORED, 100, WRITTEN)
    if exported and fold(column.heading) == "status":
        return Assignment(column, "status", 100, WRITTEN)
    field, sure = field_named(column.heading) if column.heading else (None, 0)
    if field is not None:
        if problem := _contradicted(column, field):
            return _by_cells(column) or Assignment(column, KEPT_AS_NOTE, SURE, problem)
        return Assignment(column, field, sure, "by its heading" if sure >= 90 else "by a like heading")
    return _by_cells(column) or Assignment(column, KEPT_AS_NOTE, 100, "no field is called so")


def _by_cells(column: Column) -> Assignment | None:
    """What a column is by its cells alone, where nearly all of them are of one kind."""
    for likeness, field in (("email", "contact_email"), ("status", "status"), ("kind", "kind")):
        if column.filled >= 2 and column.share(likeness) >= 0.8:
            return Assignment(column, field, 80, "by its cells")
    return None


def _contradicted(column: Column, field: str) -> str | None:
    """Why a column's cells cannot be what its heading says; None where they can."""
    if not column.filled:
        return None
    day, lasting = column.share("day"), column.share("lasting")
    if field in ("signed", "in_force") and day < 0.3 and not (field == "in_force" and lasting):
        return "few of its cells are dates"
    if field == "ends" and day + lasting < 0.3:
        return "few of its cells are dates or say how long"
    if field == "duration" and column.share("calendar year") > 0.5:
        return "its cells are calendar years"
    if field == "ref" and (column.repeats or column.share("count") > 0.5):
        return "its cells repeat" if column.repeats else "its cells only count"
    for name, likeness, least in (
        ("kind", "kind", 0.3),
        ("countries", "country", 0.3),
        ("party_country", "country", 0.3),
        ("figures", "amount", 0.5),
        ("party_kind", "party_kind", 0.3),
        ("status", "status", 0.2),
    ):
        if field == name and column.share(likeness) < least:
            return f"few of its cells are {_PLURALS[likeness]}"
    return None


_PLURALS = {
    "kind": "kinds of agreement",
    "country": "countries",
    "amount": "amounts",
    "party_kind": "kinds of party",
    "status": "known statuses",
}


def _rank(one: Assignment) -> tuple[bool, bool, bool, int, int]:
    """How good a column is for a field that an agreement has once."""
    column = one.column
    bare = one.field in ("duration", "notice") and column.share("count") > 0 and column.unit is None
    return one.by_hand, column.filled > 0, not bare, one.sure, -column.index


def _names_resolved(proposed: list[Assignment]) -> list[Assignment]:
    """``Name`` is the partner's where no column says who that is, else the agreement's title."""
    taken = {one.field for one in proposed}
    field = "title" if "parties" in taken else "parties"
    return [replace(one, field=field, sure=min(one.sure, 90)) if one.field == "name" else one for one in proposed]


def _each_once(proposed: list[Assignment]) -> list[Assignment]:
    """A field that a record has once goes to the surest, fullest column; the others become notes."""
    best: dict[str, Assignment] = {}
    for one in proposed:
        if one.field in MANY or one.field in (KEPT_AS_NOTE, IGNORED):
            continue
        held = best.get(one.field)
        if held is None or _rank(one) > _rank(held):
            best[one.field] = one
    result = []
    for one in proposed:
        taken_by = best.get(one.field)
        if taken_by is not None and taken_by is not one:
            if one.by_hand:
                both = f"{taken_by.column.name} and {one.column.name}"
                raise BadInput("--map", one.field, f"is given to {both}: an agreement has it once")
            one = replace(one, field=KEPT_AS_NOTE, sure=SURE, why=f"{taken_by.column.name} is taken for {one.field}")
        elif one.sure < SURE and one.field != KEPT_AS_NOTE:
            one = replace(one, field=KEPT_AS_NOTE, why=f"may be {one.field}: too unlike to be taken for it")
        result.append(one)
    return result
