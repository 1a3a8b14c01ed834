"""The status of an agreement over time: the table of docs/rules.md, section 5, as intervals of whole days.

Each row of the table becomes claims to some days; on every day the first row in the table's order
that claims it holds. Holds no dates of its own making: they come from events, terms and endings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.models.enums import EventKind, Status
from tracker.rules.dates import add_days
from tracker.rules.endings import Ending
from tracker.rules.facts import EventFact, Fact, Facts, Reason, Standing, Term
from tracker.rules.in_force import SECTION, Dated, events_of, quote
from tracker.rules.suspensions import Step, steps

_ANY = frozenset(EventKind)
_ORDER = {status: place for place, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class _Claim:
    """A row of the table that applies from one day (date.min: always) to another, both included.

    ``over`` is why it no longer applies on the day after; None where it applies for good.
    """

    status: Status
    from_day: date
    to_day: date
    reason: Reason
    over: Reason | None = None


def standings(facts: Facts, entry: Dated | None, ends: Sequence[Ending], terms: Sequence[Term]) -> tuple[Standing, ...]:
    """The status over time, in order, without gap or overlap from the first event on.

    Without any event it starts with the first row that applies (recording, or an earlier date that
    a provision gives). What is known to have happened on an unknown day holds since before anything
    dated: ``from_day`` None. The last has no end: ``to_day`` None. The result of each reason, read as
    a date, has ``from_day`` as its lower bound.
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
    before: _Claim | None = None
    for day in sorted(days):
        claim = next(claim for claim in claims if claim.from_day <= day <= claim.to_day)
        if not found or found[-1].status != claim.status:
            if found:
                found[-1] = replace(found[-1], to_day=add_days(day, -1))
            start = None if day == date.min else day
            found.append(Standing(claim.status, start, None, _since_day(facts, day, claim, before)))
        before = claim
    return tuple(found)


def _since_day(facts: Facts, day: date, claim: _Claim, before: _Claim | None) -> Reason:
    """Why ``claim`` holds from ``day`` on: its own reason, or where it applied earlier, the end of what hid it.

    The first status starts with the first event, also where it applied before (docs/rules.md, section 5).
    """
    if claim.from_day == day:
        return claim.reason
    if before and before.over:
        return replace(before.over, because=(claim.reason, *before.over.because))
    first = min(facts.events, key=lambda event: event.on.lower or date.min)
    return Reason(
        "told from the first event on", SECTION, str(day), first.on.precision, "", (quote(first),), (claim.reason,)
    )


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
    yield from _since(facts, Status.NEGOTIATING, _ANY)
    if not facts.events:
        on = facts.recorded_on
        fact = Fact(facts.ref, "recorded", on.isoformat())
        reason = Reason("recorded, without any event", SECTION, str(on), "day", facts=(fact,))
        yield _Claim(Status.NEGOTIATING, on, date.max, reason)


def _since(facts: Facts, status: Status, kinds: Collection[EventKind]) -> Iterator[_Claim]:
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
            yield _Claim(Status.EXPIRED, begin, end, reason, _renewed(begin, following) if following else None)


def _renewed(lapsed: date, term: Term) -> Reason:
    """Why an agreement that had expired is so no longer: the event that began a new term."""
    rule, renewal = f"renewed, having expired on {lapsed}", term.reason
    return Reason(rule, SECTION, str(term.from_day), renewal.precision, facts=renewal.facts)


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
                yield _suspension(since, add_days(step.day, -1), _resumed(step, since))
            since = None
    if since:
        yield _suspension(since, date.max)


def _suspension(since: tuple[date, EventFact], to_day: date, over: Reason | None = None) -> _Claim:
    day, event = since
    reason = Reason("suspended", SECTION, event.on.text, event.on.precision, facts=(quote(event),))
    return _Claim(Status.SUSPENDED, day, to_day, reason, over)


def _resumed(step: Step, since: tuple[date, EventFact]) -> Reason:
    """Why a suspension is over, and where the resumption counts on its upper bound, why it does."""
    on, how = step.event.on, ""
    if step.day != on.lower:
        how = f"last day of {on}, which may start no later than the suspension of {since[1].on}"
    return Reason("resumed", SECTION, str(step.day), on.precision, how, (quote(step.event),))
