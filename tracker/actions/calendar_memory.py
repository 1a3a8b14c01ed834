"""Calendars: what is given is remembered, so that the next export tells changes from repetitions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from sqlmodel import Session, insert, update

from tracker.actions.calendar import plan
from tracker.models.tables import CalendarEntry, CalendarGiven
from tracker.rules.calendar import Plan
from tracker.store.calendar import Request
from tracker.store.transaction import rows_of


def give(session: Session, request: Request, day: date) -> tuple[Plan, int]:
    """What the calendar asked for is given on ``day``, as ``calendar.plan`` says; it counts as given from now on."""
    made, left_out = plan(rows_of(session), request, day)
    if made.new:
        session.execute(insert(CalendarEntry), [asdict(entry) for entry in made.new])
    if made.changed:
        session.execute(update(CalendarEntry), [asdict(entry) for entry in made.changed])
    if made.given:
        session.execute(insert(CalendarGiven), [{"calendar": request.calendar, "uid": uid} for uid in made.given])
    return made, left_out
