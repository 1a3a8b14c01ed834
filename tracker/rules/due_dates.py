"""The days on which obligations fall due: schedules laid over an agreement's life (docs/rules.md, section 6).

Holds no grammar and no state of an occurrence. What hangs on something unknown or not yet happened
has no day and says on what it waits. A day known between bounds is due by the upper one
(``due_on``) and warned of from the lower (``warn_on``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from typing import NamedTuple

from tracker.errors import BadInput
from tracker.rules.anchors import Course, Days, days_of
from tracker.rules.dates import WrittenDate, monthly
from tracker.rules.durations import Duration
from tracker.rules.facts import Fact, ObligationFact, Occurrence, Reason
from tracker.rules.in_force import Dated
from tracker.rules.recurrence import rrule_days
from tracker.rules.rings import ring_in_words
from tracker.rules.schedules import Fixed, Offset, Recurrence, Series, Undated
from tracker.rules.working_days import public_holidays, working_day

SECTION = "section 6"

MOST = 10_000
"""Most due dates of one obligation: every day for 27 years. A slip in a year (0217 for 2017) would give far more."""


@dataclass(frozen=True, slots=True)
class Due:
    """The occurrences of one obligation, what it waits on where there are none, whether all are
    here.
    """

    occurrences: tuple[Occurrence, ...] = ()
    waiting: str = ""
    complete: bool = True


class _Day(NamedTuple):
    """A due day before it moves to a working day, and how it was found."""

    lower: date
    upper: date
    arithmetic: str
    because: tuple[Reason, ...] = ()


def due_dates(obligation: ObligationFact, course: Course, horizon: date, path: tuple[int, ...] = ()) -> Due:
    """The due dates of an obligation up to ``horizon``, and the first after it where there is one.

    A series ends on the last day of the last term unless the obligation survives; single dates
    stay. One of over MOST due dates has none, and says so. ``path`` are the obligations whose due
    dates are being found: one that leads back to itself waits.
    """
    rule = obligation.due.rule
    if obligation.number in path:
        return Due(waiting=ring_in_words(path))
    if isinstance(rule, Undated):
        return Due()
    try:
        if isinstance(rule, Fixed):
            return _fixed(obligation, rule, course)
        if isinstance(rule, Offset):
            return _offset(obligation, rule, course, horizon, path)
        return _series(obligation, rule, course, horizon, path)
    except BadInput as error:
        return Due(waiting=f"{rule}: {error.value} {error.expected}")


def _fixed(obligation: ObligationFact, rule: Fixed, course: Course) -> Due:
    if rule.on.lower is None or rule.on.upper is None:
        return Due(waiting="the due date is unknown")
    day = _Day(rule.on.lower, rule.on.upper, "")
    return Due((_Occurrences(obligation, course).on(day),))


def _anchored(anchor: str, before: bool, course: Course, horizon: date, path: tuple[int, ...]) -> Days:
    """The days a schedule counts from, what it waits on where there are none, whether all are here.

    Before an obligation counts from each of its due dates, after it from each fulfilment. Before
    expiry is of each term, after it only of the last.
    """
    if not anchor.startswith("O"):
        days, waiting, complete = days_of(anchor, course, horizon)
        if anchor == "expiry" and not before:
            return (days[-1:], waiting, True) if complete else ([], "the agreement renews by itself", False)
        return days, waiting, complete
    other = next((one for one in course.facts.obligations if f"O{one.number}" == anchor), None)
    if other is None:
        return [], f"there is no obligation {anchor}", True
    if not before:
        return [_fulfilled(anchor, on, course) for on in sorted(other.done)], f"{anchor} is not yet fulfilled", True
    due = due_dates(other, course, horizon, path)
    found = [Dated(WrittenDate.between(one.warn_on, one.due_on), one.reason) for one in due.occurrences]
    return found, due.waiting or f"{anchor} has no due date", due.complete


def _fulfilled(anchor: str, on: WrittenDate, course: Course) -> Dated:
    fact = Fact(f"{course.facts.ref}/{anchor}", "fulfilled", on.text)
    return Dated(on, Reason(f"{anchor} fulfilled", SECTION, on.text, on.precision, "", (fact,)))


def _offset(obligation: ObligationFact, rule: Offset, course: Course, horizon: date, path: tuple[int, ...]) -> Due:
    length = rule.length
    reach = _reach(length, horizon) if length and rule.before else horizon
    days, waiting, complete = _anchored(rule.anchor, rule.before, course, reach, (*path, obligation.number))
    found: list[_Day] = []
    for day in days:
        lower, upper, how = day.on.lower, day.on.upper, f"{rule.anchor} {day.on}"
        if lower is None or upper is None:
            waiting = f"the day of {rule.anchor} is unknown"
            continue
        if length:
            counted = length.before if rule.before else length.after
            lower, upper, how = counted(lower), counted(upper), f"{how} {'-' if rule.before else '+'} {length}"
        found.append(_Day(lower, upper, how, (day.reason,)))
    if not found:
        return Due((), f"{rule}: {waiting}", complete)
    return Due(_distinct(map(_Occurrences(obligation, course).on, found)), "", complete)


def _reach(length: Duration, horizon: date) -> date:
    """How far days must be known for what lies ``length`` before them to be known up to ``horizon``."""
    try:
        return length.after(horizon)
    except BadInput:  # the calendar ends before
        return date.max


def _series(
    obligation: ObligationFact,
    rule: Series | Recurrence,
    course: Course,
    horizon: date,
    path: tuple[int, ...],
) -> Due:
    if rule.start:
        start = Dated(rule.start, Reason("from", SECTION, rule.start.text, rule.start.precision))
    else:
        anchor = (isinstance(rule, Series) and rule.after) or "entry into force"
        days, waiting, complete = _anchored(anchor, False, course, horizon, (*path, obligation.number))
        if not days or days[0].on.lower is None:
            why = f"the day of {anchor} is unknown" if days else waiting
            return Due((), f"{rule}: {why}", complete)
        start = days[0]
    found: list[Occurrence] = []
    until = rule.until.upper if isinstance(rule, Series) and rule.until else None
    bounded = not obligation.survives or (isinstance(rule, Series) and rule.until_expiry)
    due = _Occurrences(obligation, course)
    for day in islice(_days(rule, start), rule.times if isinstance(rule, Series) else None):
        if until and day.upper > until:
            break
        one = due.on(day)
        if bounded:
            last = course.last_day(one.due_on)
            if last and one.due_on > last:
                break
        found.append(one)
        if len(found) > MOST:
            return Due(waiting=f"{rule}: gives over {MOST:,} due dates by {one.due_on}: let it begin later")
        if one.due_on > horizon:
            return Due(_distinct(iter(found)), "", False)
    waiting = "" if found else f"{rule}: nothing falls due before it ends"
    return Due(_distinct(iter(found)), waiting)


def _days(rule: Series | Recurrence, start: Dated) -> Iterator[_Day]:
    """The days of a series without its end, in order; stops with the year 9999."""
    lower, upper = start.on.lower, start.on.upper
    if lower is None or upper is None:
        return
    because = (start.reason,)
    if isinstance(rule, Recurrence):
        for day in rrule_days(rule.rule, lower):
            yield _Day(day, day, f"RRULE from {lower}", because)
        return
    after = rule.after is not None or (rule.start is None and rule.pattern is None)
    if rule.pattern:
        for day in rule.pattern.days(rule.step, lower):
            if not (after and day == lower):
                yield _Day(day, day, f"{rule.pattern}, on or after {lower}", because)
        return
    said, step = str(start.on), str(rule.step)
    both = zip(_steps(rule.step, lower), _steps(rule.step, upper), strict=False)
    for number, (first, last) in enumerate(both):
        if number or not after:
            yield _Day(first, last, f"{said} + {number} × {step}" if number else said, because)


def _steps(step: Duration, day: date) -> Iterator[date]:
    """``day``, one step after it, two steps and so on, each counted from ``day``; stops with the year 9999."""
    if not (step.weeks or step.days):
        yield from monthly(day, 12 * step.years + step.months)
        return
    for number in count():
        try:
            yield step.times(number).after(day)
        except BadInput:
            return


class _Occurrences:
    """Makes the due dates of one obligation from the days found for it."""

    def __init__(self, obligation: ObligationFact, course: Course) -> None:
        self._number = obligation.number
        self._shift = obligation.due.shift
        self._country = course.facts.country
        self._rule = str(obligation.due)
        self._ref, self._what = f"{course.facts.ref}/O{obligation.number}", f"due {self._rule}"

    def on(self, day: _Day) -> Occurrence:
        """One due date, moved to a working day where the schedule says so."""
        warn, due, how, because = day
        if self._shift:
            due, warn, how = self._moved(day, self._shift)
        result = written = due.isoformat()
        precision = "day"
        if warn != due:
            between = WrittenDate.between(warn, due)
            written, precision = between.text, between.precision
        reason = Reason(self._rule, SECTION, result, precision, how, (Fact(self._ref, self._what, written),), because)
        return Occurrence(self._number, warn, due, reason)

    def _moved(self, day: _Day, shift: str) -> tuple[date, date, str]:
        """The working day of a due day, from when to warn of it, and how it was found."""
        due = working_day(day.upper, shift, self._country)
        warn = min(working_day(day.lower, shift, self._country), due)
        if due == day.upper:
            return due, warn, day.arithmetic
        known = public_holidays(self._country) is not None
        free = f"holidays of {self._country}" if known else "weekends only: no country with holidays"
        moved = f"{day.upper:%A} {day.upper} moved to the {shift} working day ({free})"
        return due, warn, f"{day.arithmetic}; {moved}" if day.arithmetic else moved


def _distinct(found: Iterator[Occurrence]) -> tuple[Occurrence, ...]:
    """In order, one for each day: working days can draw several due days onto one."""
    by_day: dict[date, Occurrence] = {}
    for one in found:
        by_day.setdefault(one.due_on, one)
    return tuple(by_day[day] for day in sorted(by_day))
