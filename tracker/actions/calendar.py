"""Calendars: what an export gives, decided from what calendars were told before. Only reads, and loads no model."""

from __future__ import annotations

from datetime import date

from tracker.rules import calendar as rules
from tracker.store.calendar import Request, load
from tracker.store.reader import Rows


def plan(rows: Rows, request: Request, day: date) -> tuple[rules.Plan, int]:
    """What the calendar asked for is given on ``day``, and how many confidential deadlines are left out."""
    found = load(rows, request)
    deadlines = {key: rules.Deadline(**row) for key, row in found.deadlines.items()}
    entries = {key: rules.Entry(**row) for key, row in found.entries.items()}
    chosen = dict.fromkeys(found.chosen)
    made = rules.plan(deadlines, chosen, entries, found.before, day, include_confidential=request.include_confidential)
    return made, found.left_out
