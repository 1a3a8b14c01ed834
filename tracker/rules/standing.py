"""The status of an agreement over time: the table of docs/rules.md, section 5, as intervals of whole days.

Each row of the table becomes claims to some days; on every day the first row in the table's order
that claims it holds. Holds no dates of its own making: they come from events, terms and endings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.models.enums import EventKind, Status
from tracker.rules.dates import add_days
from tracker.rules.endings import Ending
from tracker.rules.facts import EventFact, Fact, Facts, Reason, Standing, Term
from tracker.rules.in_force import SECTION, Dated, events_of, quote
from tracker.rules.suspensions import steps

_ORDER = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class _Claim:
    """A row of the table that applies from one day (date.min: always) to another, both included."""

    status: Status
    from_day: date
    to_day: date
    reason: Reason


def standings(facts: Facts, entry: Dated | None, ends: Sequence[Ending], terms: Sequence[Term]) -> tuple[Standing, ...]:
    """The status over time, in order, without gap or overlap from the first event on.

    Without any event it starts with the first row that applies (recording, or an earlier date that
    a provision gives). What is known to have happened on an unknown day holds since before anything
    dated: ``from_day`` None. The last has no end: ``to_day`` None.
    """
    claims = sorted(_claims(facts, entry, ends, terms), key=lambda claim: _ORDER[claim.status])
    if not claims:
        return ()
    begin = min((event.on.lower or date.min for event in facts.events), default=None)
    if begin is None:
        begin = min(claim.from_day for claim in claims)
    days = {begin} | {claim.from_day for claim in claims if claim.from_day > begin}
    days |= {add_days(claim.to_day, 1) for claim in claims if begin <= claim.to_day < date.max}
    found: list[Standing] = []
    for day in sorted(days):
        claim = next(claim for claim in claims if claim.from_day <= day <= claim.to_day)
        if found and found[-1].status == claim.status:
            continue
        if found:
            found[-1] = replace(found[-1], to_day=add_days(day, -1))
        start = None if day == date.min else day
        found.append(Standing(claim.status, start, None, claim.reason))
    return tuple(found)


def _claims(facts: Facts, entry: Dated | None, ends: Sequence[Ending], terms: Sequence[Term]) -> Iterator[_Claim]:
    for ending in ends:
        yield _Claim(ending.status, ending.from_day or date.min, date.max, ending.reason)
    yield from _expired(terms)
    yield from _suspended(facts)
    if entry:
        begin = entry.on.lower or date.min
        yield _Claim(Status.IN_FORCE, begin, date.max, entry.reason)
    yield from _since(facts, Status.PROVISIONALLY_APPLIED, {EventKind.PROVISIONALLY_APPLIED})
    yield from _since(facts, Status.SIGNED, {EventKind.SIGNED})
    yield from _since(facts, Status.NEGOTIATING, set(EventKind))
    if not facts.events:
        on = facts.recorded_on
        fact = Fact(facts.ref, "recorded", on.isoformat())
        reason = Reason("recorded, without any event", SECTION, str(on), "day", facts=(fact,))
        yield _Claim(Status.NEGOTIATING, on, date.max, reason)


def _since(facts: Facts, status: Status, kinds: set[EventKind]) -> Iterator[_Claim]:
    """From the first event of these kinds, on its lower bound."""
    for event in events_of(facts, kinds)[:1]:
        reason = Reason(
            f"first event: {event.kind}" if status == Status.NEGOTIATING else str(event.kind),
            SECTION,
            event.on.text,
            event.on.precision,
            facts=(quote(event),),
        )
        yield _Claim(status, event.on.lower or date.min, date.max, reason)


def _expired(terms: Sequence[Term]) -> Iterator[_Claim]:
    """Between a term that lapsed and a later renewal, and after the last term."""
    for place, term in enumerate(terms):
        following = terms[place + 1] if place + 1 < len(terms) else None
        if term.to_day is None or term.renews or term.to_day == date.max:
            continue
        begin = add_days(term.to_day, 1)
        end = add_days(following.from_day, -1) if following and following.from_day else date.max
        if begin <= end:
            how = f"last day {term.to_day} + 1 day"
            rule = f"after the last day of term {term.number}"
            reason = Reason(rule, SECTION, str(begin), term.reason.precision, how, because=(term.reason,))
            yield _Claim(Status.EXPIRED, begin, end, reason)


def _suspended(facts: Facts) -> Iterator[_Claim]:
    """From ``suspended`` until the day before ``resumed``, while fewer than two parties go on."""
    parties = frozenset(facts.bound or ("",))
    events = facts.events if facts.bound else [replace(event, party=None) for event in facts.events]
    since: tuple[date, EventFact] | None = None
    for step in steps(events, parties):
        stopped = bool(step.out) and len(parties - step.out) < 2
        if stopped and since is None:
            since = (step.day, step.event)
        elif since and not stopped:
            if step.day > since[0]:
                yield _suspension(since, add_days(step.day, -1))
            since = None
    if since:
        yield _suspension(since, date.max)


def _suspension(since: tuple[date, EventFact], to_day: date) -> _Claim:
    day, event = since
    reason = Reason("suspended", SECTION, event.on.text, event.on.precision, facts=(quote(event),))
    return _Claim(Status.SUSPENDED, day, to_day, reason)
