"""What holds for every agreement: properties over facts and texts made up by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import BadInput
from tracker.models.enums import EventKind, MilestoneKind, RenewalMode, Status
from tracker.rules.dates import UNKNOWN, WrittenDate, add_months, parse_date, read_date
from tracker.rules.derivation import derive
from tracker.rules.durations import Duration, Notice, parse_duration, parse_notice
from tracker.rules.entry_into_force import EntryRule, parse_entry_rule
from tracker.rules.facts import Derivation, EventFact, Facts, ObligationFact, Provisions
from tracker.rules.patterns import LAST, Pattern
from tracker.rules.schedules import ANCHORS, Fixed, Offset, Recurrence, Schedule, Series, parse_schedule

HORIZON = date(2026, 6, 30)
DAYS = st.dates(date(2015, 1, 1), date(2024, 12, 31))


def _partial(on: date, precision: int) -> WrittenDate:
    return parse_date(on.isoformat()[:precision])


KNOWN = st.builds(_partial, DAYS, st.sampled_from([10, 10, 10, 7, 4]))
WRITTEN = st.one_of(KNOWN, KNOWN, KNOWN, st.just(UNKNOWN))
NUMBERS = st.integers(0, 999)
DURATIONS = st.builds(Duration, NUMBERS, NUMBERS, NUMBERS, NUMBERS).filter(lambda one: one != Duration())
SHORT = st.one_of(
    st.builds(Duration, years=st.integers(1, 4)),
    st.builds(Duration, months=st.integers(1, 30)),
    st.builds(Duration, days=st.integers(20, 400)),
)
NOTICES = st.builds(Notice, SHORT, st.sampled_from([None, None, "month", "quarter", "year"]))
ENTRY_RULES = st.one_of(
    st.builds(EntryRule, on=KNOWN),
    st.builds(EntryRule, anchor=st.just("signature"), after=st.none() | SHORT, first_of_month=st.booleans()),
    st.builds(
        EntryRule,
        anchor=st.just("consent"),
        nth=st.none() | st.integers(1, 3),
        after=st.none() | SHORT,
        first_of_month=st.booleans(),
    ),
)
PARTIES = ("A", "B", "C")


@st.composite
def events(
    draw: st.DrawFn, kinds: tuple[EventKind, ...] = tuple(EventKind), on: st.SearchStrategy = WRITTEN
) -> EventFact:
    kind = draw(st.sampled_from(kinds))
    renewed = kind == EventKind.RENEWED
    return EventFact(
        f"E{draw(st.integers(1, 999))}",
        kind,
        draw(on),
        draw(st.sampled_from([None, *PARTIES])),
        draw(st.none() | WRITTEN) if renewed else None,
        draw(st.none() | SHORT) if renewed else None,
    )


COMMON = (EventKind.SIGNED, EventKind.RATIFIED, EventKind.RENEWED, EventKind.NON_RENEWAL_NOTICE, EventKind.WITHDREW)
PROVISIONS = st.builds(
    Provisions,
    entry_into_force=st.none() | ENTRY_RULES,
    duration=st.none() | SHORT,
    ends=st.none() | WRITTEN,
    indefinite=st.booleans(),
    renewal=st.sampled_from(RenewalMode),
    period=st.none() | SHORT,
    times=st.none() | st.integers(0, 4),
    notice=st.none() | NOTICES,
)
FACTS = st.builds(
    Facts,
    ref=st.just("XX-2017-001"),
    recorded_on=DAYS,
    bound=st.sampled_from([(), ("A",), ("A", "B"), PARTIES]),
    events=st.lists(st.one_of(events(), events(COMMON)), max_size=8).map(tuple),
    provisions=PROVISIONS,
    replaced_on=st.none() | st.none() | WRITTEN,
)


def status_on(found: Derivation, on: date) -> Status | None:
    for one in found.standings:
        if (one.from_day or date.min) <= on <= (one.to_day or date.max):
            return one.status
    return None


@settings(max_examples=400, deadline=None)
@given(FACTS)
def test_standings_never_overlap_and_leave_no_gap_from_the_first_event_on(facts: Facts) -> None:
    found = derive(facts, HORIZON).standings
    assert found
    if facts.events:
        first = min(event.on.lower or date.min for event in facts.events)
        assert (found[0].from_day or date.min) == first
    for one, following in pairwise(found):
        assert one.to_day is not None
        assert following.from_day == one.to_day + timedelta(days=1)
        assert one.status != following.status
        assert one.from_day is None or one.from_day <= one.to_day
    assert found[-1].to_day is None


# What says when the agreement entered into force goes before the provision, also for earlier days.
LATER = tuple(kind for kind in EventKind if kind != EventKind.ENTERED_INTO_FORCE)


@settings(max_examples=600, deadline=None)
@given(FACTS.filter(lambda facts: facts.events), st.one_of(events(LATER, KNOWN), events(COMMON, KNOWN)))
def test_a_later_event_never_changes_the_past(facts: Facts, later: EventFact) -> None:
    assert later.on.lower
    before = derive(facts, HORIZON)
    after = derive(replace(facts, events=(*facts.events, later)), HORIZON)
    eve = later.on.lower - timedelta(days=1)
    first = min(event.on.lower or date.min for event in facts.events)
    days = {eve, date(2015, 1, 1)}
    days |= {one.from_day for found in (before, after) for one in found.standings if one.from_day}
    for on in sorted(on for on in days if first <= on <= eve):
        assert status_on(after, on) == status_on(before, on), on


def test_what_expired_before_a_late_signature_stays_expired() -> None:
    """Signed on the day it is replaced, after its agreed end: it expired at that end, as it had before."""
    facts = Facts(
        ref="X",
        recorded_on=date(2015, 1, 1),
        bound=(),
        events=(EventFact("E1", EventKind.NEGOTIATION_OPENED, UNKNOWN),),
        provisions=Provisions(entry_into_force=parse_entry_rule("on signature"), ends=parse_date("2015-01-01")),
        replaced_on=parse_date("2015-02-01"),
    )
    late = EventFact("E2", EventKind.SIGNED, parse_date("2015-02-01"))
    for found in (facts, replace(facts, events=(*facts.events, late))):
        assert status_on(derive(found, HORIZON), date(2015, 1, 2)) == Status.EXPIRED


@settings(max_examples=300, deadline=None)
@given(FACTS)
def test_terms_follow_one_another(facts: Facts) -> None:
    found = derive(facts, HORIZON)
    for one, following in pairwise(found.terms):
        assert one.to_day is not None
        assert following.from_day is not None
        if one.renews:
            assert following.origin == "tacit"
            assert following.from_day == one.to_day + timedelta(days=1)
        else:
            assert following.origin == "express"
            assert following.from_day > one.to_day
    for term in found.terms:
        assert term.from_day is None or term.to_day is None or term.from_day <= term.to_day
        assert term.warn_day is None or term.to_day is None or term.warn_day <= term.to_day
    assert not any(term.renews for term in found.terms) or facts.provisions.renewal == RenewalMode.TACIT


@settings(max_examples=200, deadline=None)
@given(FACTS)
def test_a_later_horizon_only_adds(facts: Facts) -> None:
    near, far = derive(facts, date(2020, 1, 1)), derive(facts, HORIZON)
    assert far.terms[: len(near.terms)] == near.terms
    assert all(status_on(near, on) == status_on(far, on) for on in (date(2016, 5, 5), date(2020, 1, 1)))
    if near.complete:
        assert near == far


SERIES = (
    "every month from 2017-01-31",
    "every 6 months after entry into force",
    "every year on 29 February",
    "every month on the last Friday, next working day",
    "every 45 days after signature, previous working day",
    "RRULE:FREQ=MONTHLY;BYDAY=2TU from 2016-01-01",
)


@settings(max_examples=300, deadline=None)
@given(FACTS, st.sampled_from(SERIES), st.booleans())
def test_a_series_never_passes_the_last_day_unless_it_survives(facts: Facts, due: str, survives: bool) -> None:
    obligation = ObligationFact(1, parse_schedule(due), survives)
    found = derive(replace(facts, obligations=(obligation,)), HORIZON)
    days = [one.due_on for one in found.occurrences]
    assert days == sorted(set(days))
    assert bool(days) != bool(found.waiting)
    last = found.terms[-1] if found.terms else None
    if last and last.to_day and not last.renews and not survives:
        assert all(on <= last.to_day for on in days)
    if days and survives:
        assert days[-1] > HORIZON


@settings(max_examples=200, deadline=None)
@given(FACTS)
def test_each_party_is_bound_no_earlier_than_the_agreement(facts: Facts) -> None:
    found = derive(facts, HORIZON)
    whole = found.entry_into_force
    own = {event.party for event in facts.events if event.kind == EventKind.ENTERED_INTO_FORCE}
    for party, on in found.party_entries.items():
        if on and on.lower and None not in own and party not in own:
            assert whole is not None
            assert whole.lower is None or whole.lower <= on.lower


@settings(max_examples=300, deadline=None)
@given(FACTS)
def test_an_entry_into_force_is_told_only_where_the_standing_has_it(facts: Facts) -> None:
    found = derive(facts, HORIZON)
    on = found.entry_into_force
    if on is None:
        assert Status.IN_FORCE not in [one.status for one in found.standings]
        assert MilestoneKind.ENTRY_INTO_FORCE not in [one.kind for one in found.milestones]
    elif on.lower:
        begin = found.standings[0].from_day or date.min
        if begin <= on.lower:
            assert status_on(found, on.lower) in (Status.IN_FORCE, Status.SUSPENDED)
    for party in found.party_entries.values():
        if party and party.lower and found.last_day:
            assert party.lower <= found.last_day


@given(DURATIONS)
def test_durations_print_and_parse(one: Duration) -> None:
    assert parse_duration(str(one)) == one


@given(NOTICES)
def test_notices_print_and_parse(one: Notice) -> None:
    assert parse_notice(str(one)) == one


@given(ENTRY_RULES)
def test_entry_rules_print_and_parse(one: EntryRule) -> None:
    assert parse_entry_rule(str(one)) == one


ANCHOR = st.sampled_from([*ANCHORS, "A1", "O12"])
MONTHS = st.builds(Duration, months=st.integers(1, 11))
YEARS = st.builds(Duration, years=st.integers(1, 99))
WEEKS = st.builds(Duration, weeks=st.integers(1, 99))
WEEKDAY, PLACE, DAY = st.integers(0, 6), st.sampled_from([1, 2, 3, 4, LAST]), st.sampled_from([*range(1, 29), LAST])
STEPS = st.one_of(
    st.tuples(DURATIONS, st.none()),
    st.tuples(WEEKS, st.builds(Pattern, weekday=WEEKDAY)),
    st.tuples(MONTHS, st.builds(Pattern, day=DAY) | st.builds(Pattern, weekday=WEEKDAY, place=PLACE)),
    st.tuples(
        YEARS,
        st.builds(Pattern, day=DAY, month=st.integers(1, 12))
        | st.builds(Pattern, weekday=WEEKDAY, place=PLACE, month=st.integers(1, 12)),
    ),
)
STARTS = st.one_of(
    st.builds(lambda on: {"start": on}, KNOWN), st.builds(lambda name: {"after": name}, ANCHOR)
)  # fmt: skip
ENDS = st.one_of(
    st.just({}),
    st.just({"until_expiry": True}),
    st.builds(lambda on: {"until": on}, KNOWN),
    st.builds(lambda times: {"times": times}, st.integers(1, 999)),
)
SCHEDULES = st.builds(
    Schedule,
    st.one_of(
        st.builds(Fixed, WRITTEN),
        st.builds(Offset, DURATIONS, st.booleans(), ANCHOR),
        st.builds(Offset, st.none(), st.just(False), ANCHOR),
        st.builds(lambda step, start, end: Series(*step, **start, **end), STEPS, STARTS, ENDS),
        st.builds(Recurrence, st.sampled_from(["FREQ=DAILY", "FREQ=YEARLY;BYDAY=-1FR;COUNT=3"]), st.none() | KNOWN),
    ),
    st.sampled_from([None, "next", "previous"]),
)


@settings(max_examples=500)
@given(SCHEDULES)
def test_schedules_print_and_parse(one: Schedule) -> None:
    assert parse_schedule(str(one)) == one


WORDS = (
    "every month on the first Monday from 2017-09-01 until expiry , 6 times after before entry into force 40th consent",
    "signature day of following P3Y 3 years and months to end quarter RRULE:FREQ=DAILY ;COUNT=2 next working mayo de",
    "2017 18 May today +30d unknown O1 A1 09/10/2017 0 -1 99999999999999999999 \x00 \u202e ３ \ud800 é",
)
SOME_WORDS = st.lists(st.sampled_from(" ".join(WORDS).split(" ")), max_size=40).map(" ".join)
TEXTS = st.text(max_size=80) | SOME_WORDS | SOME_WORDS.map(lambda text: f"{text} " * 500)


@pytest.mark.parametrize(
    "read",
    [
        parse_date,
        lambda text: read_date(text, date(2026, 5, 20)),
        lambda text: read_date(text, date.max),
        parse_duration,
        parse_notice,
        parse_entry_rule,
        parse_schedule,
    ],
)
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_whatever_the_text_it_is_read_or_bad_input(read, text: str) -> None:
    try:
        found = read(text)
    except BadInput as error:
        assert len(str(error)) < 900
    else:
        assert str(found)


@given(DAYS, st.integers(-100, 100))
def test_month_arithmetic_keeps_the_day_or_clamps_to_the_months_end(on: date, months: int) -> None:
    found = add_months(on, months)
    assert (found.year - on.year) * 12 + found.month - on.month == months
    assert found.day == on.day or (found.day < on.day and (found + timedelta(days=1)).day == 1)
