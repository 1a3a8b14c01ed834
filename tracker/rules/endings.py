"""What ends an agreement before its terms do: replacement, termination, abandonment (docs/rules.md, section 5).

Holds no terms and no status over time. What ends, ends on the upper bound of its day; an event on
an unknown day has happened since before anything dated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.errors import naming
from tracker.models.enums import CONSENT, EventKind, Status
from tracker.rules.dates import WrittenDate
from tracker.rules.facts import EventFact, Fact, Facts, Reason
from tracker.rules.in_force import SECTION, events_of, quote


@dataclass(frozen=True, slots=True)
class Ending:
    """A status that holds from ``from_day`` for good; None is since before anything dated."""

    status: Status
    from_day: date | None
    reason: Reason


def endings(facts: Facts, entry: WrittenDate | None) -> list[Ending]:
    """Every ending the facts give, the earliest first. ``entry`` is the day of entry into force."""
    found = [*_replaced(facts), *_terminated(facts), *_by_notice(facts)]
    found += [*_by_withdrawal(facts, entry), *_abandoned(facts, entry)]
    return sorted(found, key=lambda ending: ending.from_day or date.min)


def _ending(status: Status, day: date | None, rule: str, event: EventFact, how: str = "") -> Ending:
    result = day.isoformat() if day else "unknown"
    reason = Reason(rule, SECTION, result, event.on.precision, how, (quote(event),))
    return Ending(status, day, reason)


def _replaced(facts: Facts) -> list[Ending]:
    if facts.replaced_on is None:
        return []
    on = facts.replaced_on
    fact = Fact(facts.replaced_by or "unknown", "enters into force and replaces this", on.text)
    result = on.lower.isoformat() if on.lower else "unknown"
    reason = Reason("entry into force of what replaces it", SECTION, result, on.precision, facts=(fact,))
    return [Ending(Status.REPLACED, on.lower, reason)]


def _terminated(facts: Facts) -> list[Ending]:
    return [
        _ending(Status.TERMINATED, event.on.upper, "terminated", event)
        for event in events_of(facts, {EventKind.TERMINATED})
    ]


def _by_notice(facts: Facts) -> list[Ending]:
    """Notice of termination, once it has run out; without a provision it has no effect by itself."""
    notice = facts.provisions.notice
    if notice is None:
        return []
    found = []
    for event in events_of(facts, {EventKind.TERMINATION_NOTICE}):
        with naming(f"{event.kind} on {event.on}", "events", facts.events.index(event)):
            day = notice.runs_out(event.on.upper) if event.on.upper else None
        how = f"{event.on.upper or 'unknown'} + {notice}"
        found.append(_ending(Status.TERMINATED, day, "notice of termination has run out", event, how))
    return found


def _by_withdrawal(facts: Facts, entry: WrittenDate | None) -> list[Ending]:
    """The withdrawal that leaves fewer than two parties, if there is one.

    Counted on the day of each withdrawal: in force and with consents, the parties are those that
    had consented by then; else all that are bound. One that consents anew after withdrawing is
    back.
    """
    withdrawals = events_of(facts, {EventKind.WITHDREW})
    if not withdrawals:
        return []
    consents = events_of(facts, CONSENT)
    out: dict[str, date] = {}
    for event in sorted(withdrawals, key=lambda one: one.on.upper or date.min):
        day = event.on.upper or date.min
        out.update(dict.fromkeys(_whose(event, facts), day))
        consented: dict[str, date] = {}
        for given in consents:
            if (given.on.lower or date.min) <= day:
                consented.update(dict.fromkeys(_whose(given, facts), given.on.lower or date.min))
        in_force = entry is not None and (entry.lower or date.min) <= day
        parties = consented if in_force and consented else dict.fromkeys(facts.bound, date.min)
        left = [party for party, since in parties.items() if party not in out or since > out[party]]
        if len(left) < 2 and not parties.keys().isdisjoint(_whose(event, facts)):
            how = f"{len(left)} of {len(parties)} parties left, fewer than two"
            return [_ending(Status.TERMINATED, event.on.upper, "withdrew", event, how)]
    return []


def _whose(event: EventFact, facts: Facts) -> tuple[str, ...]:
    """The bound parties for which the event counts."""
    if event.party is None:
        return facts.bound
    return (event.party,) if event.party in facts.bound else ()


def _abandoned(facts: Facts, entry: WrittenDate | None) -> list[Ending]:
    """Abandonment counts only where the agreement has not entered into force by then."""
    return [
        _ending(Status.ABANDONED, event.on.upper, "abandoned before entry into force", event)
        for event in events_of(facts, {EventKind.ABANDONED})
        if entry is None or (entry.lower or date.min) > (event.on.upper or date.min)
    ]
