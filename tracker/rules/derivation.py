"""Everything that follows from one agreement's facts, in one call.

Holds one rule of its own: an entry into force counts where the agreement is not over by then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.rules.anchors import Course
from tracker.rules.dates import WrittenDate, add_days
from tracker.rules.due_dates import due_dates
from tracker.rules.endings import Ending, endings
from tracker.rules.facts import Derivation, Facts, Occurrence, Reason, Term
from tracker.rules.in_force import (
    SECTION,
    Dated,
    entry_into_force,
    first_signature,
    party_entry_into_force,
    signature,
)
from tracker.rules.milestones import milestones
from tracker.rules.standing import standings
from tracker.rules.terms import Terms, terms


def derive(facts: Facts, horizon: date) -> Derivation:
    """Standings, terms, milestones and due dates of an agreement up to ``horizon`` (docs/rules.md, section 5 and
    6).

    Terms that renew by themselves are given as far as they start on or before the horizon; an
    open-ended series is given up to the horizon and one due date beyond, so that there always is a
    next one. ``signed`` is the day of the last signature needed, or while some are missing of the
    first. ``complete`` is False where a later horizon would give more. Raises BadInput where a day
    falls outside the years 0001 to 9999.
    """
    course = _course(facts)
    entry, ends = course.entry, course.endings
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
    last_day = _last_day(course, listed)
    return Derivation(
        standings=standings(facts, entry, ends, listed),
        terms=listed,
        milestones=milestones(facts, entry, ends[0] if ends else None, listed),
        occurrences=tuple(sorted(occurrences, key=lambda one: (one.due_on, one.obligation))),
        waiting=waiting,
        signed=signed.on if signed else first_signature(facts),
        entry_into_force=entry.on if entry else None,
        party_entries={
            party: found.on if found else None
            for party, found in party_entry_into_force(facts, entry, last_day).items()
        },
        last_day=last_day,
        complete=complete,
    )


def enters_into_force(facts: Facts) -> WrittenDate | None:
    """The day on which the agreement really enters into force; None where it is never in force."""
    entry = _course(facts).entry
    return entry.on if entry else None


def _course(facts: Facts) -> Course:
    """The life of the agreement: endings and terms as the facts give them, entry into force where it takes effect.

    What is replaced, terminated, abandoned or expired on the day of entry into force is not in force on it
    (docs/rules.md, section 5: the first status that applies). A suspension that day only shadows it.
    """
    entry = entry_into_force(facts)
    ends = tuple(endings(facts, entry.on if entry else None))
    ending = ends[0] if ends else None
    course = Course(facts, entry, ends, Terms(terms(facts, entry, ending)))
    if entry is None:
        return course
    day = entry.on.lower or date.min
    term = course.terms.reaching(day)
    if not _over(ending, entry.on.lower) and (term is None or (term.to_day or date.max) >= day):
        late = term is not None and term.from_day is not None and term.from_day > day
        return replace(course, entry=_by_renewal(term)) if late and term else course
    made = terms(facts, None, ending)
    before = [one for one in ends if _over(one, entry.on.lower)]
    after = [one for one in endings(facts, None) if one not in before]
    kept = sorted([*before, *after], key=lambda one: one.from_day or date.min)
    return Course(facts, None, tuple(kept), Terms(made))


def _over(ending: Ending | None, day: date | None) -> bool:
    """Whether the agreement has ended by a day (None: an unknown one, before anything dated)."""
    return ending is not None and day is not None and (ending.from_day or date.min) <= day


def _by_renewal(term: Term) -> Dated:
    """Expired on the day of entry into force and renewed later: in force from that renewal on."""
    day = term.from_day or date.min
    reason = Reason("in force by renewal", SECTION, str(day), term.reason.precision, because=(term.reason,))
    return Dated(WrittenDate.of(day), reason)


def _last_day(course: Course, listed: tuple[Term, ...]) -> date | None:
    """The last day on which the agreement binds: of the last term, or before an earlier ending."""
    last = listed[-1].to_day if listed and not listed[-1].renews else None
    over = course.endings[0].from_day if course.endings else None
    eve = add_days(over, -1) if over and over > date.min else None
    known = [day for day in (last, eve) if day]
    return min(known, default=None)
