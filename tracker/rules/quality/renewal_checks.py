"""Checks of an agreement's renewal: what its text foresees, and what was recorded beside it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.rules.quality.finding import Found, Subject, Values, bounds, check


def _renewal(s: Subject) -> Values:
    found: Values = s.provisions.get("renewal") or {}
    return found


@check(
    "A05",
    "tacit-without-notice",
    "warning",
    title="Tacit renewal without a period of notice",
    why="Without it there is no notice day to watch: it renews unnoticed.",
    mend='tracker edit REF notice="3 months"',
)
def tacit_without_notice(s: Subject) -> Iterator[Found]:
    if s.provisions.get("renewal", {}).get("mode") == "tacit" and not s.provisions.get("notice"):
        yield Found(s.ref, "renews by itself, but no period of notice is recorded")


@check(
    "A19",
    "renewal-without-end",
    "warning",
    title="A renewal clause, but nothing to renew from",
    why="Without a duration or last day no term ends, and no renewal follows.",
    mend='tracker edit REF duration="3 years"',
)
def renewal_without_end(s: Subject) -> Iterator[Found]:
    renews = s.provisions.get("renewal", {}).get("mode") in ("tacit", "express")
    if renews and not (s.provisions.get("duration") or s.provisions.get("ends")):
        yield Found(s.ref, "has a renewal clause, but no duration and no last day to renew from")


@check(
    "A22",
    "renewal-of-unknown-length",
    "warning",
    title="Renews by itself, for how long is not known",
    why="From the first renewal on it counts as in force without an end, and no notice day is watched.",
    mend='tracker edit REF renewal_period="1 year"',
)
def renewal_of_unknown_length(s: Subject) -> Iterator[Found]:
    known = _renewal(s).get("period") or s.provisions.get("duration")
    if _renewal(s).get("mode") != "tacit" or known or not s.provisions.get("ends"):
        return
    ends = s.provisions["ends"]
    message = "renews by itself after {day}, for how long is not known: no later end is derived"
    yield Found(s.ref, message, {"day": ends})
    end = bounds(ends)[1]
    for event in s.events("non-renewal-notice"):
        given = bounds(event["on"])[1]
        if given and end and given > end:
            yield Found(
                s.ref, "when the notice of non-renewal ({day}) takes effect cannot be told", {"day": event["on"]}
            )


@check(
    "A23",
    "renewal-not-foreseen",
    "warning",
    title="Renewed otherwise than the renewal clause says",
    why="The parties may agree on more than their text foresees, and the renewal counts; or the clause is recorded "
    "wrongly.",
    mend="tracker edit REF renewal=express, renewal_times=...; or tracker remove REF/E1",
)
def renewal_not_foreseen(s: Subject) -> Iterator[Found]:
    renewed, mode, times = s.events("renewed"), _renewal(s).get("mode", "none"), _renewal(s).get("times")
    if renewed and mode == "none":
        values = {"day": renewed[0]["on"]}
        yield Found(s.ref, "is renewed on {day}, though no renewal is provided for; it counts", values)
    if mode == "express" and times is not None and len(renewed) > times:
        yield Found(
            s.ref,
            "is renewed {renewed} times, though its text allows it {n} times; each counts",
            {"renewed": len(renewed), "n": times},
            one="is renewed {renewed} times, though its text allows it once; each counts",
        )


@check(
    "A24",
    "renewal-without-effect",
    "warning",
    title="A renewal that adds no term",
    why="The agreement may end earlier, or run on otherwise, than whoever recorded the renewal thinks.",
    mend="tracker explain REF, then tracker edit REF/E1 or tracker remove REF/E1",
)
def renewal_without_effect(s: Subject) -> Iterator[Found]:
    renewed = s.events("renewed")
    added = sum(term.get("origin") == "express" for term in s.terms)
    if s.in_force and len(renewed) > added:
        values = {"idle": len(renewed) - added, "n": len(renewed), "days": [event["on"] for event in renewed]}
        one = "{idle} of {n} renewal ({days}) adds no term"
        yield Found(s.ref, "{idle} of {n} renewals ({days}) add no term", values, one=one)
