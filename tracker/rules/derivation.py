"""Everything that follows from one agreement's facts, in one call. Holds no rule of its own."""

from __future__ import annotations

from datetime import date

from tracker.rules.anchors import Course
from tracker.rules.dates import add_days
from tracker.rules.due_dates import due_dates
from tracker.rules.endings import endings
from tracker.rules.facts import Derivation, Facts, Occurrence, Term
from tracker.rules.in_force import (
    entry_into_force,
    first_signature,
    party_entry_into_force,
    signature,
)
from tracker.rules.milestones import milestones
from tracker.rules.standing import standings
from tracker.rules.terms import Terms, terms

__all__ = ["derive", "party_entry_into_force"]


def derive(facts: Facts, horizon: date) -> Derivation:
    """Standings, terms, milestones and due dates of an agreement up to ``horizon`` (docs/rules.md, section 5 and
    6).

    Terms that renew by themselves are given as far as they start on or before the horizon; an
    open-ended series is given up to the horizon and one due date beyond, so that there always is a
    next one. ``signed`` is the day of the last signature needed, or while some are missing of the
    first. ``complete`` is False where a later horizon would give more. Raises BadInput where a day
    falls outside the years 0001 to 9999.
    """
    entry = entry_into_force(facts)
    ends = tuple(endings(facts, entry.on if entry else None))
    ending = ends[0] if ends else None
    course = Course(facts, entry, ends, Terms(terms(facts, entry, ending)))
    listed = course.terms.until(horizon)
    complete = not (listed and listed[-1].renews)

    occurrences: list[Occurrence] = []
    waiting: dict[int, str] = {}
    for obligation in facts.obligations:
        due = due_dates(obligation, course, horizon)
        occurrences.extend(due.occurrences)
        complete = complete and due.complete
        if due.waiting:
            waiting[obligation.number] = due.waiting

    signed = signature(facts)
    return Derivation(
        standings=standings(facts, entry, ends, listed),
        terms=listed,
        milestones=milestones(facts, entry, ending, listed),
        occurrences=tuple(sorted(occurrences, key=lambda one: (one.due_on, one.obligation))),
        waiting=waiting,
        signed=signed.on if signed else first_signature(facts),
        entry_into_force=entry.on if entry else None,
        last_day=_last_day(course, listed),
        complete=complete,
    )


def _last_day(course: Course, listed: tuple[Term, ...]) -> date | None:
    """The last day on which the agreement binds: of the last term, or before an earlier ending."""
    last = listed[-1].to_day if listed and not listed[-1].renews else None
    over = course.endings[0].from_day if course.endings else None
    eve = add_days(over, -1) if over and over > date.min else None
    known = [day for day in (last, eve) if day]
    return min(known, default=None)
