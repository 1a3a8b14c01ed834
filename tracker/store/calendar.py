"""Reads deadlines and what calendars were told of them, as the rules take them. Decides nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.store.reader import Row, Rows

_DAYS = ("first_day", "last_day", "warn_day")


@dataclass(frozen=True, slots=True)
class Request:
    """What a calendar is to hold: ``filters`` are the values of the query ``deadlines``, ``named`` leaves those of its
    rows that a reference names; ``calendar`` is its identity."""

    calendar: str
    filters: dict[str, Any]
    include_confidential: bool
    named: Callable[[Row], bool] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of deadlines and entries by (agreement, key); ``left_out`` deadlines are confidential."""

    deadlines: dict[tuple[str, str], Row]
    chosen: list[tuple[str, str]]
    entries: dict[tuple[str, str], Row]
    before: frozenset[str]
    left_out: int


def load(rows: Rows, request: Request) -> Found:
    """What is on record of the deadlines that the request chooses or the calendar was given before."""
    agreement = request.filters.get("agreement")
    before = frozenset(row["uid"] for row in rows.stream("calendar_given", calendar=request.calendar))
    wanted = {
        (row["kind"], row["ref"], row["on"])
        for row in rows.stream("deadlines", **request.filters)
        if request.named is None or request.named(row)
    }
    entries = {(row["agreement"], row["key"]): row for row in rows.stream("calendar_entries", agreement=agreement)}
    deadlines: dict[tuple[str, str], Row] = {}
    chosen: list[tuple[str, str]] = []
    left_out = 0
    for row in rows.stream("calendar_deadlines", day=request.filters["day"], agreement=agreement):
        key = (row["agreement"], row["key"])
        if (row["kind"], row["ref"], row["last_day"]) in wanted:
            if row["confidential"] and not request.include_confidential:
                left_out += 1
            else:
                chosen.append(key)
                deadlines[key] = _typed(row)
        if key in entries and key not in deadlines:
            deadlines[key] = _typed(row)
    asked = frozenset(chosen)
    entries = {key: _typed(row) for key, row in entries.items() if key in asked or row["uid"] in before}
    for key in _beyond(rows, [entry for key, entry in entries.items() if key not in deadlines]):
        del entries[key]
    return Found(deadlines, chosen, entries, before, left_out)


def _beyond(rows: Rows, absent: list[Row]) -> list[tuple[str, str]]:
    """Those of the entries without a deadline that lie beyond the day up to which their agreement is derived."""
    derived: dict[str, dict[str, str]] = {}
    beyond = []
    for entry in absent:
        agreement, key = entry["agreement"], entry["key"]
        if agreement not in derived:
            found = rows.stream("calendar_open_ended", agreement=agreement)
            derived[agreement] = {row["part"]: row["derived_until"] for row in found}
        until = derived[agreement].get(key.partition("/")[0] if key[0] == "O" else "term")
        if until is not None and key[0] != "A" and entry["first_day"].isoformat() > until:
            beyond.append((agreement, key))
    return beyond


def _typed(row: Row) -> Row:
    """The row with its days as dates and its flags as True and False."""
    typed = dict(row)
    for name in _DAYS:
        if name in row:
            typed[name] = date.fromisoformat(row[name])
    for name in ("confidential", "cancelled"):
        if name in row:
            typed[name] = bool(row[name])
    return typed
