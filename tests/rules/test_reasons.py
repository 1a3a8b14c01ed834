"""The reason of every derived value: it gives that value, and names what decided it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.rules.dates import parse_date
from tracker.rules.facts import Derivation, Facts, ObligationFact, Reason
from tracker.rules.in_force import entry_into_force, party_entry_into_force
from tracker.rules.schedules import parse_schedule

from .build import HORIZON, day, derive, facts
from .test_properties import FACTS, SERIES
from .test_properties import HORIZON as NEAR

S = "signed 2017-05-18"
SIGN = {"entry": "on signature"}
THREE = {**SIGN, "duration": "3 years"}  # last day 2020-05-17
TWICE = {**THREE, "renewal": "tacit", "period": "2 years", "times": 2, "notice": "6 months"}
ONCE = {**SIGN, "duration": "1 year", "renewal": "tacit", "times": 1}
DUE = (*SERIES, "30 days before expiry", "2 months after signature", "2019-03", "on entry into force")


@settings(max_examples=500, deadline=None)
@given(FACTS, st.sampled_from(DUE))
@example(facts("signed 2010-01-01; suspended 2011-03; resumed 2011-06", **SIGN, duration="5 years"), DUE[0])
@example(facts("signed 2010-01-01; suspended 2018-03; resumed 2018", **SIGN), DUE[0])
@example(facts(S, entry="2016-01-01"), DUE[0])
@example(facts(S + "; renewed 2020-09-10 until 2022-01-31", **THREE, renewal="express"), DUE[0])
@example(facts(S + "; renewed 2020-09-10 until 2022-01-31", **SIGN), DUE[0])
def test_the_result_of_every_reason_is_the_row_itself(facts: Facts, due: str) -> None:
    found = derive(replace(facts, obligations=(ObligationFact(1, parse_schedule(due)),)), NEAR)
    for standing in found.standings:
        assert _lower(standing.reason) == standing.from_day, standing
    for term in found.terms:
        assert term.reason.result == str(term.to_day or "open"), term
    for milestone in found.milestones:
        assert _lower(milestone.reason) == milestone.on_day, milestone
    for occurrence in found.occurrences:
        assert occurrence.reason.result == str(occurrence.due_on), occurrence


@settings(max_examples=200, deadline=None)
@given(FACTS)
def test_the_result_of_the_reason_for_a_party_is_its_day(facts: Facts) -> None:
    for party in party_entry_into_force(facts, entry_into_force(facts)).values():
        assert party is None or party.reason.result == party.on.text or _is_given(facts, party.on.text)


def _is_given(facts: Facts, day: str) -> bool:
    """Whether the provision names a day, which its reason then gives as written."""
    rule = facts.provisions.entry_into_force
    return rule is not None and rule.on is not None and rule.on.text == day


def test_a_party_that_consents_later_counts_the_provision_from_its_own_consent() -> None:
    events = "ratified 2018-01-01 A; ratified 2018-02-01 B; ratified 2018-09-03 C; withdrew 2018-10-01 C"
    late = facts(events + "; acceded 2019-01-01 C", entry="90 days after the 2nd consent", bound="A B C")
    found = party_entry_into_force(late, entry_into_force(late))["C"]
    assert found and found.on.text == "2019-04-01"
    assert found.reason.rule == "90 days after consent"
    what = "its own consent after it withdrew on 2018-10-01"
    assert found.reason.arithmetic == f"{what} 2019-01-01 + 90 days"
    assert [fact.ref for fact in found.reason.because[0].facts] == ["E5"]


# Events and provisions; the day; rule, result and arithmetic of the status then, with the facts it quotes.
SINCE: list[tuple[str, dict[str, Any], str, str, list[str]]] = [
    (
        "signed 2010-01-01; suspended 2011-03; resumed 2011-06",
        {**SIGN, "duration": "5 years"},
        "2011-07-01",
        "resumed 2011-06-01",
        ["resumed 2011-06", "[on signature]"],
    ),
    (
        "signed 2010-01-01; suspended 2018-03; resumed 2018",
        SIGN,
        "2019-01-01",
        "resumed 2018-12-31 = last day of 2018, which may start no later than the suspension of 2018-03",
        ["resumed 2018", "[on signature]"],
    ),
    (
        S + "; renewed 2020-09-10 until 2022-01-31",
        {**THREE, "renewal": "express"},
        "2021-01-01",
        "renewed, having expired on 2020-05-18 2020-09-10",
        ["renewed 2020-09-10", "[on signature]"],
    ),
    (
        "signed 2017-01-01; renewed 2019-06-01 for P1Y",
        ONCE,
        "2019-07-01",
        "renewed, having expired on 2019-01-01 2019-06-01",
        ["renewed 2019-06-01", "[on signature]"],
    ),
    (
        S,
        {"entry": "2016-01-01"},
        "2018-01-01",
        "told from the first event on 2017-05-18",
        ["signed 2017-05-18", "[2016-01-01]"],
    ),
    # A suspension that shows again once the lapsed agreement is renewed.
    (
        S + "; suspended 2020-03-01; renewed 2020-09-10 until 2022-01-31",
        THREE,
        "2021-01-01",
        "renewed, having expired on 2020-05-18 2020-09-10",
        ["renewed 2020-09-10", "[suspended]"],
    ),
    # Not yet in force: back to signed.
    (
        S + "; suspended 2017-06-01; resumed 2017-08-01",
        {},
        "2018-01-01",
        "resumed 2017-08-01",
        ["resumed 2017-08-01", "[signed]"],
    ),
]


@pytest.mark.parametrize(("events", "provisions", "on", "said", "rests"), SINCE)
def test_what_a_status_starts_with(
    events: str, provisions: dict[str, Any], on: str, said: str, rests: list[str]
) -> None:
    reason = _status(derive(facts(events, **provisions), HORIZON), day(on))
    assert _said(reason) == said
    quoted = [f"{fact.what} {fact.on}" for fact in reason.facts]
    first = reason.because[0]
    named = first.result if first.rule == "date of entry into force" else first.rule
    assert [*quoted, f"[{named}]"] == rests


NOTICE = "non-renewal-notice"
LAST: list[tuple[str, dict[str, Any], int, str]] = [
    (
        f"{S}; {NOTICE} 2019-11-17",
        TWICE,
        1,
        "no term 2 by itself notice 2019-11-17, on or before the notice day 2019-11-17 of term 1 ← E2",
    ),
    (
        f"{S}; {NOTICE} 2019-11-18",
        TWICE,
        2,
        "no term 3 by itself notice 2019-11-18, after the notice day 2019-11-17 of term 1,"
        " but on or before the notice day 2021-11-17 of term 2 ← E2",
    ),
    (
        f"{S}; {NOTICE} 2019-11",
        TWICE,
        2,
        "no term 3 by itself notice 2019-11, at the latest 2019-11-30, after the notice day 2019-11-17 of term 1,"
        " but on or before the notice day 2021-11-17 of term 2 ← E2",
    ),
    (
        f"{S}; {NOTICE} 2019-11-18; {NOTICE} 2019-10-01",
        TWICE,
        1,
        "no term 2 by itself notice 2019-10-01, on or before the notice day 2019-11-17 of term 1 ← E3",
    ),
    (f"{S}; {NOTICE} unknown", TWICE, 1, "no term 2 by itself notice unknown, so before anything dated ← E2"),
    (
        f"{S}; {NOTICE} 2020-05-17",
        {**THREE, "renewal": "tacit"},
        1,
        "no term 2 by itself notice 2020-05-17, on or before the last day 2020-05-17 of term 1 ← E2",
    ),
    (S, TWICE, 3, "no term 4 by itself renewal 2 of 2 was the last"),
    (S, {**TWICE, "times": 0}, 1, "no term 2 by itself no renewal is provided for"),
    # Given in the last term, when no renewal was left: the notice decides nothing.
    (f"{S}; {NOTICE} 2023-01-01", TWICE, 3, "no term 4 by itself renewal 2 of 2 was the last"),
    (S, {**THREE, "renewal": "express"}, 1, "no term 2 by itself renewed only by agreement"),
    (
        f"{S}; renewed 2020-05-01 until 2022-01-31",
        {**THREE, "renewal": "express"},
        2,
        "no term 3 by itself renewed only by agreement",
    ),
    (S, THREE, 1, ""),
    (f"{S}; terminated 2018-01-01", {**THREE, "renewal": "tacit"}, 1, ""),
]


@pytest.mark.parametrize(("events", "provisions", "number", "said"), LAST)
def test_why_no_term_follows_by_itself(events: str, provisions: dict[str, Any], number: int, said: str) -> None:
    found = derive(facts(events, **provisions), HORIZON)
    assert found.terms[-1].number == number
    told = [(term.number, _said(one)) for term in found.terms for one in term.reason.because]
    assert [one for one in told if one[1].startswith("no term")] == ([(number, said)] if said else [])
    expiry = [one.reason for one in found.milestones if one.kind == "expiry"]
    assert not expiry or expiry == [found.terms[-1].reason]


def _status(found: Derivation, on: date) -> Reason:
    rows = found.standings
    return next(one.reason for one in rows if (one.from_day or date.min) <= on <= (one.to_day or date.max))


def _lower(reason: Reason) -> date | None:
    """The first day a result can mean; of a range, ``LOWER..UPPER``, the lower bound."""
    return parse_date(reason.result.partition("..")[0]).lower


def _said(reason: Reason) -> str:
    """A reason in one line, as ``explain`` says it."""
    said = f"{reason.rule} {reason.result}"
    how = reason.arithmetic.removeprefix(said)
    said += f" = {how}" if how and how == reason.arithmetic else how
    return " ".join([said, *(f"← {fact.ref}" for fact in reason.facts)]) if said.startswith("no term") else said
