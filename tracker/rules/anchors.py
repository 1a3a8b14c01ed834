"""What due dates are counted from, other than obligations: the days in an agreement's life (docs/rules.md,
section 6).

Holds no schedules. ``Course`` is an agreement's life as far as it is derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.models.enums import Status
from tracker.rules.dates import UNKNOWN, WrittenDate, add_days
from tracker.rules.endings import Ending
from tracker.rules.facts import Fact, Facts, Reason
from tracker.rules.in_force import SECTION, Dated, consent, events_of, quote, signature
from tracker.rules.schedules import EVENT_ANCHORS
from tracker.rules.terms import Terms

Days = tuple[list[Dated], str, bool]


@dataclass(frozen=True, slots=True)
class Course:
    """The life of an agreement: entry into force, endings (earliest first) and terms."""

    facts: Facts
    entry: Dated | None
    endings: tuple[Ending, ...]
    terms: Terms

    def last_day(self, day: date) -> date | None:
        """The last day on which a series can fall, where that lies before ``day``.

        The last day of the last term; where that has no known end, the day before an ending.
        """
        term = self.terms.reaching(day)
        if term and term.to_day:
            return term.to_day if term.to_day < day else None
        ending = self.endings[0].from_day if self.endings else None
        return add_days(ending, -1) if ending and date.min < ending <= day else None


def days_of(anchor: str, course: Course, horizon: date) -> Days:
    """The days an anchor stands for, in order; what it waits on, if none; whether all are here.

    Expiry is the last day of each term, renewal the first day of each term but the first, both as
    far as the terms whose day lies up to ``horizon`` and one more; an activity counts from its
    last day. Termination is the first day on which the agreement is terminated.
    """
    if anchor == "entry into force":
        return _one(course.entry, "not yet in force")
    if anchor == "signature":
        return _one(signature(course.facts), "not yet signed by every party")
    if anchor == "consent":
        return _one(consent(course.facts), "not every party has consented yet")
    if anchor == "expiry":
        return _expiries(course, horizon)
    if anchor == "renewal":
        return _renewals(course, horizon)
    if anchor == "termination":
        return _termination(course)
    if anchor in EVENT_ANCHORS:
        return _events(anchor, course)
    return _activity(anchor, course)


def _one(day: Dated | None, waiting: str) -> Days:
    return [day] if day else [], waiting, True


def _expiries(course: Course, horizon: date) -> Days:
    found: list[Dated] = []
    for term in course.terms:
        if term.to_day is None:
            return found, "the agreement has no last day", True
        on = WrittenDate.between(term.warn_day or term.to_day, term.to_day)
        found.append(Dated(on, term.reason))
        if term.to_day > horizon and term.renews:
            return found, "", False
    return found, "not yet in force" if course.entry is None else "its last day is not known", True


def _renewals(course: Course, horizon: date) -> Days:
    found: list[Dated] = []
    for term in course.terms:
        if term.number > 1 and term.from_day:
            found.append(Dated(WrittenDate.of(term.from_day), term.reason))
            if term.from_day > horizon and term.renews:
                return found, "", False
    return found, "not yet renewed", True


def _termination(course: Course) -> Days:
    for ending in course.endings:
        if ending.status == Status.TERMINATED:
            on = WrittenDate.of(ending.from_day) if ending.from_day else UNKNOWN
            return [Dated(on, ending.reason)], "", True
    return [], "not terminated", True


def _events(anchor: str, course: Course) -> Days:
    """Each event of that kind, one for each day it is written with."""
    found = {
        event.on: Dated(
            event.on,
            Reason(str(event.kind), SECTION, event.on.text, event.on.precision, "", (quote(event),)),
        )
        for event in events_of(course.facts, {EVENT_ANCHORS[anchor]})
    }
    return list(found.values()), f"no event of {anchor} yet", True


def _activity(anchor: str, course: Course) -> Days:
    number = int(anchor[1:])
    activity = next((one for one in course.facts.activities if one.number == number), None)
    if activity is None:
        return [], f"there is no activity {anchor}", True
    on = activity.until or activity.on
    if on is None:
        return [], f"{anchor} has no day yet", True
    fact = Fact(f"{course.facts.ref}/{anchor}", "last day of the activity", on.text)
    reason = Reason(f"activity {anchor}", "section 6", on.text, on.precision, "", (fact,))
    return [Dated(on, reason)], "", True
