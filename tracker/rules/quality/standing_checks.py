"""Checks of an agreement's course: signature, entry into force, terms, notice days, the order of events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.models.enums import EventKind
from tracker.rules.dates import add_months, parse_date
from tracker.rules.quality.finding import BINDS, YEAR, Found, Subject, bounds, check

if TYPE_CHECKING:
    from tracker.rules.suspensions import Step

NOTICE_WARNING = timedelta(days=60)
"""How long before a notice day a decision should be on record."""

_DECISIONS = ("renewed", "non-renewal-notice", "termination-notice", "terminated", "withdrew")


@check(
    "A01",
    "signed-day-unknown",
    "warning",
    title="Signed, but the day is unknown",
    why="Terms, entry into force and due dates are counted from the signature.",
    mend="tracker edit REF/E1 on=DATE",
)
def signed_on_unknown_day(s: Subject) -> Iterator[Found]:
    if s.signed == "unknown":
        yield Found(s.ref, "is signed, but the day is unknown")


@check(
    "A02",
    "signed-not-in-force",
    "warning",
    title="Signed and not in force for a year",
    why="It may be in force without anybody having recorded so, or be forgotten.",
    mend="tracker record REF entered-into-force --on DATE, or abandoned",
)
def signed_not_in_force(s: Subject) -> Iterator[Found]:
    if s.status == "signed" and s.since is not None and add_months(s.since, YEAR) <= s.day:
        yield Found(s.ref, "is signed since {since} and not in force after a year", {"since": s.since})


@check(
    "A17",
    "no-entry-into-force",
    "warning",
    title="Signed, and nothing said on entry into force",
    why="Whether it binds cannot be told.",
    mend='tracker edit REF entry_into_force="on signature"',
)
def no_entry_into_force(s: Subject) -> Iterator[Found]:
    rule = s.provisions.get("entry_into_force")
    if s.status in ("signed", "negotiating") and s.signed and not rule and not s.events("entered-into-force"):
        yield Found(s.ref, "says nothing on entry into force: neither an event nor a provision")


@check(
    "A03",
    "no-end",
    "warning",
    title="In force without an end and not said to be indefinite",
    why="Nobody is warned before an end that is not recorded.",
    mend="tracker edit REF duration=..., ends=... or indefinite=true",
)
def no_end(s: Subject) -> Iterator[Found]:
    ends = any(term["to_day"] for term in s.terms)
    if s.status in BINDS and not ends and not s.provisions.get("indefinite"):
        yield Found(s.ref, "is {status} without an end, and is not said to be indefinite", {"status": s.status})


@check(
    "A04",
    "notice-day-near",
    "error",
    title="Notice day within 60 days and no decision recorded",
    why="After the notice day it renews by itself for another term.",
    mend="tracker record REF non-renewal-notice --on DATE, or renewed",
)
def notice_day_near(s: Subject) -> Iterator[Found]:
    for milestone in s.milestones:
        if milestone["kind"] != "notice":
            continue
        day = date.fromisoformat(milestone["on_day"])
        term = next((t for t in s.terms if t["number"] == milestone["term"]), None)
        begin = date.fromisoformat(term["from_day"]) if term and term["from_day"] else date.min
        decided = any((bounds(e["on"])[1] or date.min) >= begin for e in s.events(*_DECISIONS))
        if s.day <= day <= s.day + NOTICE_WARNING and not decided:
            yield Found(
                s.ref,
                "renews by itself unless notice is given by {day} ({n} days left), no decision recorded",
                {"day": day, "n": (day - s.day).days},
                one="renews by itself unless notice is given by {day} ({n} day left), no decision recorded",
            )


@check(
    "A18",
    "expiry-near",
    "error",
    title="Expires within 60 days and no renewal is recorded",
    why="After its last day it no longer binds.",
    mend="tracker record REF renewed --on DATE --for TIME",
)
def expiry_near(s: Subject) -> Iterator[Found]:
    for milestone in s.milestones:
        if milestone["kind"] == "expiry":
            day = date.fromisoformat(milestone["on_day"])
            if s.day <= day <= s.day + NOTICE_WARNING:
                yield Found(s.ref, "expires on {day}, and no renewal is recorded", {"day": day})


@check(
    "A20",
    "notice-without-provision",
    "error",
    title="Notice of termination without a period of notice",
    why="When the notice runs out cannot be told: the agreement counts as in force.",
    mend='tracker edit REF notice="90 days", or tracker record REF terminated --on DATE',
)
def notice_without_provision(s: Subject) -> Iterator[Found]:
    for event in s.events("termination-notice"):
        if not s.provisions.get("notice"):
            yield Found(
                s.ref,
                "notice of termination was given ({day}), but no period of notice is recorded",
                {"day": event["on"]},
            )


@check(
    "A07",
    "out-of-order",
    "error",
    title="An event out of order",
    why="One of the two dates is wrong, and with it the status.",
    mend="tracker edit REF/E1 on=DATE, or tracker remove REF/E1",
)
def out_of_order(s: Subject) -> Iterator[Found]:
    for step in _suspensions(s):
        if not step.matched:
            yield Found(s.ref, "is resumed on {day} without having been suspended before", {"day": step.event.on.text})
    signed = {event.get("party"): bounds(event["on"])[0] for event in s.events("signed")}
    for event in s.events("ratified", "accepted", "approved"):
        day = bounds(event["on"])[1]
        before = signed.get(event.get("party")) or signed.get(None)
        if day and before and day < before:
            values = {"event": event["event"], "party": event.get("party"), "day": event["on"], "before": before}
            if event.get("party"):
                yield Found(s.ref, "is {event} by {party} on {day}, before it was signed on {before}", values)
            else:
                yield Found(s.ref, "is {event} on {day}, before it was signed on {before}", values)
    for event in s.events("renewed", "suspended", "withdrew"):
        day = bounds(event["on"])[1]
        values = {"event": event["event"], "day": event["on"], "before": s.in_force_on}
        if day and s.in_force_on and day < s.in_force_on:
            yield Found(s.ref, "is {event} on {day}, before it entered into force on {before}", values)
        elif s.in_force is None:
            yield Found(s.ref, "is {event} on {day}, though never in force", values)


def _suspensions(s: Subject) -> Iterator[Step]:
    """Suspensions and resumptions in the order in which they take effect, each party as it is written."""
    events = list(s.events("suspended", "resumed"))
    if not events:
        return iter(())
    from tracker.rules.facts import EventFact  # what the rules take; most agreements are never suspended
    from tracker.rules.suspensions import steps

    found = [EventFact("", EventKind(event["event"]), parse_date(event["on"]), event.get("party")) for event in events]
    return steps(found, frozenset(event.party or "" for event in found) | {""})


@check(
    "A11",
    "ended-with-open-obligations",
    "warning",
    title="Ended with obligations still open",
    why="What survives is still owed; what does not should be fulfilled or waived.",
    mend="tracker fulfil REF/O1, tracker waive REF/O1",
)
def expired_with_pending(s: Subject) -> Iterator[Found]:
    if s.status in ("expired", "terminated", "replaced"):
        owed = [o for o in s.obligations if o["state"] in ("overdue", "pending")]
        if owed:
            values = {"status": s.status, "since": s.since, "refs": [str(o["ref"]).rpartition("/")[2] for o in owed]}
            yield Found(s.ref, "is {status} since {since}, with obligations still open: {refs}", values)
