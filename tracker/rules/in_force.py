"""When an agreement, and each party, is bound: the days of signature, consent, entry into force.

Holds no terms and no status (docs/rules.md, section 5; Vienna Convention, articles 11 to 17 and 24). An event
without a party is of every bound party; an event of a party that is not bound counts for none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tracker.errors import naming
from tracker.models.enums import CONSENT, EventKind
from tracker.rules.dates import UNKNOWN, WrittenDate
from tracker.rules.entry_into_force import EntryRule
from tracker.rules.facts import EventFact, Fact, Facts, Reason
from tracker.rules.words import ordinal

SECTION = "section 5"
_SIGNED = frozenset({EventKind.SIGNED})
_ENTERED = frozenset({EventKind.ENTERED_INTO_FORCE})


@dataclass(frozen=True, slots=True)
class Dated:
    """A derived day, perhaps known only between bounds, and why."""

    on: WrittenDate
    reason: Reason


@dataclass(frozen=True, slots=True)
class Given:
    """The first event of some kind that counts for ``party``; ``on`` bounds the day of the first."""

    party: str
    on: WrittenDate
    event: EventFact


def quote(event: EventFact) -> Fact:
    """The event as a fact to quote in a reason."""
    return Fact(event.ref, str(event.kind), event.on.text, event.party)


def events_of(facts: Facts, kinds: Collection[EventKind]) -> list[EventFact]:
    """The events of these kinds in order of their days, unknown days first."""
    found = [event for event in facts.events if event.kind in kinds]
    return sorted(found, key=lambda event: event.on) if len(found) > 1 else found


def first_of_each(facts: Facts, kinds: Collection[EventKind]) -> list[Given]:
    """One for each bound party for which such an event counts, in order of their days."""
    listed = events_of(facts, kinds)
    if not listed:
        return []
    parties = facts.bound or ("",)
    counted: dict[str, list[EventFact]] = {party: [] for party in parties}
    for event in listed:
        to_all = event.party is None or not facts.bound
        for party in parties if to_all else (event.party or "",):
            counted.get(party, []).append(event)
    given = [
        Given(party, _nth([event.on for event in events], 1), events[0]) for party, events in counted.items() if events
    ]
    return sorted(given, key=lambda one: one.on)


def signature(facts: Facts) -> Dated | None:
    """The day of the last signature needed: of every bound party. None while one is missing."""
    return _given_by(facts, "signature", _SIGNED, None)


def consent(facts: Facts, nth: int | None = None) -> Dated | None:
    """The day of the ``nth`` consent, or of the last needed. None while one is missing."""
    return _given_by(facts, "consent", CONSENT, nth)


def first_signature(facts: Facts) -> WrittenDate | None:
    """The day of the first signature of anyone."""
    return next((event.on for event in events_of(facts, _SIGNED)), None)


def entry_into_force(facts: Facts) -> Dated | None:
    """The day of entry into force: the event where there is one, else what the provision gives.

    Events of single parties bring the agreement into force once two have one. None while unmet.
    """
    entered = events_of(facts, _ENTERED)
    of_all = [event for event in entered if event.party is None]
    of_each = first_of_each(facts, _ENTERED)
    needed = min(2, len(facts.bound) or 1)
    if of_all:
        return Dated(of_all[0].on, _entered(of_all[0].on, "entered into force", of_all[0]))
    if len(of_each) >= needed:
        on = _nth([one.on for one in of_each], needed)
        events = [one.event for one in of_each[:needed]]
        return Dated(on, _entered(on, f"entered into force for {needed} parties", *events))
    return _by_provision(facts)


def party_entry_into_force(
    facts: Facts, entry: Dated | None, last_day: date | None = None
) -> Mapping[str, Dated | None]:
    """For each bound party the day on which the agreement enters into force for it, and why; or None.

    Its own event where there is one. Else ``entry``, the agreement's day; but a party that consents after that
    counts the same provision from its own consent, and one whose consent is needed and missing has none (Vienna
    Convention, article 24(3)). None as well where the agreement was over by then (``last_day``), or the party had
    withdrawn and not consented anew.
    """
    what = "entered into force for the party"
    own = {one.party: Dated(one.on, _entered(one.on, what, one.event)) for one in first_of_each(facts, _ENTERED)}
    rule = facts.provisions.entry_into_force
    by_consent = rule.anchor == "consent" if rule else bool(events_of(facts, CONSENT))

    def counted(party: str, after: date | None) -> Dated | None:
        """From the party's first consent, or from the first one after a day."""
        if entry is None or not (by_consent or after is None):
            return None
        if not by_consent:
            return entry
        given = _consent_of(facts, party, after)
        if given is None:
            return None
        if given.on.lower is None or entry.on.upper is None or given.on.lower <= entry.on.upper:
            return entry
        return _from(facts, replace(rule, nth=None), given) if rule else None

    def of(party: str) -> Dated | None:
        found = own.get(party)
        if found is None:
            found, left = counted(party, None), _left(facts, party)
            if found and left and left <= (found.on.lower or date.min):
                found = counted(party, left)
        over = found and found.on.lower and last_day and found.on.lower > last_day
        return None if over else found

    return {party: of(party) for party in facts.bound}


def _consent_of(facts: Facts, party: str, after: date | None) -> Dated | None:
    """The day of a party's first consent, or of its first after a day."""
    given = [event for event in events_of(facts, CONSENT) if event.party in (party, None)]
    if after is not None:
        given = [event for event in given if event.on.lower and event.on.lower > after][:1]
    if not given:
        return None
    on = _nth([event.on for event in given], 1)
    what = "its own consent" if after is None else f"its own consent after it withdrew on {after}"
    return Dated(on, Reason(what, SECTION, on.text, on.precision, f"{what} {on}", (quote(given[0]),)))


def _left(facts: Facts, party: str) -> date | None:
    """The day by which a party had withdrawn for the first time; an unknown one is before anything dated."""
    days = [
        event.on.upper or date.min for event in events_of(facts, {EventKind.WITHDREW}) if event.party in (party, None)
    ]
    return min(days, default=None)


def _nth(days: list[WrittenDate], number: int) -> WrittenDate:
    """The ``number``-th smallest lower and upper bound; unknown days come first."""
    if len(days) == 1 and number == 1:
        return days[0]
    known = [day for day in days if day.lower is not None]
    place = number - 1 - (len(days) - len(known))
    if place < 0:
        return UNKNOWN
    lowers = sorted(day.lower or date.min for day in known)
    uppers = sorted(day.upper or date.min for day in known)
    return WrittenDate.between(lowers[place], uppers[place])


def _given_by(facts: Facts, what: str, kinds: Collection[EventKind], nth: int | None) -> Dated | None:
    given = first_of_each(facts, kinds)
    needed = nth or len(facts.bound) or 1
    if len(given) < needed:
        return None
    on = _nth([one.on for one in given], needed)
    which = f"{ordinal(needed)} {what}" if nth else f"last {what} needed"
    count = f"{needed} of {len(given)} listed" if nth else f"{needed} of {needed}"
    reason = Reason(
        rule=which,
        section=SECTION,
        result=on.text,
        precision=on.precision,
        arithmetic=f"{which} {on} ({count})",
        facts=(quote(given[needed - 1].event),),
    )
    return Dated(on, reason)


def _entered(on: WrittenDate, what: str, *events: EventFact) -> Reason:
    return Reason(what, SECTION, on.text, on.precision, facts=tuple(quote(one) for one in events))


def _by_provision(facts: Facts) -> Dated | None:
    rule = facts.provisions.entry_into_force
    if rule is None:
        return None
    section = facts.provisions.clauses.get("entry_into_force", SECTION)
    if rule.on:
        said = Fact(facts.ref, "entry into force", rule.on.text)
        return Dated(
            rule.on,
            Reason("date of entry into force", section, str(rule), rule.on.precision, facts=(said,)),
        )
    anchor = signature(facts) if rule.anchor == "signature" else consent(facts, rule.nth)
    if anchor is None:
        return None
    return _from(facts, rule, anchor)


def _from(facts: Facts, rule: EntryRule, anchor: Dated) -> Dated:
    """The day that the provision gives, counted from ``anchor``."""
    section = facts.provisions.clauses.get("entry_into_force", SECTION)
    with naming("entry_into_force", "provisions", "entry_into_force"):
        on = rule.applied_to(anchor.on)
    steps = [anchor.reason.arithmetic]
    if rule.after:
        steps.append(f" + {rule.after}")
    if rule.first_of_month:
        steps.append(", then the first day of the following month")
    reason = Reason(str(rule), section, on.text, on.precision, "".join(steps), because=(anchor.reason,))
    return Dated(on, reason)
