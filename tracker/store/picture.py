"""One agreement on one day: its record, the numbers of its parts, and what is derived from it, as plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.store import dump
from tracker.store.reader import Row, Rows, split

NUMBERED = ("events", "links", "documents", "figures", "notes")
"""Sections whose parts have a number that the record file does not carry."""


def picture(rows: Rows, ref: str, day: date) -> dict[str, Any]:
    """The record of the agreement ``ref`` (as it was given), with ``derived`` beside it as seen on ``day``.

    ``derived`` has status, since, signed, in_force, last_day, standing, terms, milestones (from ``day`` on),
    obligations (with state and next due date), parties (with the day of entry into force for each) and
    linked_from. Reasons are left out.
    """
    record = dump.record(rows, ref) or {}
    found = rows.row("record_agreement", ref=ref) or {}
    for section in NUMBERED:
        numbers = rows.rows(f"record_{section}", agreement=found["id"])
        parts = record.get(section, [])
        record[section] = [{"number": row["number"], **part} for row, part in zip(numbers, parts, strict=True)]
    record["derived"] = derived(rows, ref, day)
    return record


def derived(rows: Rows, ref: str, day: date) -> dict[str, Any]:
    """What follows from an agreement's facts, as seen on ``day``; ``since`` is ``unknown`` for an unknown day."""
    today = day.isoformat()
    standing = rows.rows("show_standing", agreement=ref)
    now = next((row for row in standing if holds(row, today)), None)
    columns = rows.row("show_derived", agreement=ref) or {}
    obligations = rows.rows("obligations", day=today, agreement=ref)
    for row in obligations:
        for key in ("owed_by", "owed_to", "scopes"):
            row[key] = split(row[key])
        row["survives"] = bool(row["survives"])
    return {
        "as_of": today,
        "status": now["status"] if now else None,
        "since": (now["from_day"] or "unknown") if now else None,
        "signed": columns["signed"],
        "in_force": columns["in_force"],
        "last_day": columns["last_day"],
        "standing": [_plain(row) for row in standing],
        "terms": [{**_plain(row), "renews": bool(row["renews"])} for row in rows.rows("show_terms", agreement=ref)],
        "milestones": [_plain(row) for row in rows.rows("show_milestones", agreement=ref, day=today)],
        "obligations": obligations,
        "parties": _bound(rows, ref),
        "linked_from": rows.rows("show_links_here", agreement=ref),
    }


def _bound(rows: Rows, ref: str) -> list[Row]:
    """For each party bound by the agreement the day it enters into force for that party (None: not known)."""
    return rows.rows("show_bound", agreement=ref)


def holds(row: Row, day: str) -> bool:
    """Whether an interval (``from_day`` to ``to_day``, both included; None is open) holds on a day."""
    return (row["from_day"] or "") <= day <= (row["to_day"] or "9999-12-31")


def _plain(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "because"}
