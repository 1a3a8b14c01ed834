"""The status over time, worked out by hand from the table of docs/rules.md, section 5. ``always``: no first day."""

from __future__ import annotations

from typing import Any

import pytest

from .build import HORIZON, derive, facts, standing_words

S = "signed 2017-05-18"
SIGN = {"entry": "on signature"}
THREE = {"entry": "on signature", "duration": "3 years"}  # last day 2020-05-17
TACIT = {**THREE, "renewal": "tacit"}
CONSENT_2 = {"entry": "on the 2nd consent", "bound": "A B C"}

CASES: list[tuple[str, dict[str, Any], str]] = [
    # No event: from recording, or from an earlier date that a provision gives.
    ("", {}, "negotiating 2017-01-01"),
    ("", {"entry": "2018-01-01"}, "negotiating 2017-01-01, in-force 2018-01-01"),
    ("", {"entry": "2016-01-01"}, "in-force 2016-01-01"),
    ("", {"entry": "2016"}, "in-force 2016-01-01"),
    ("", {"ends": "2016-12-31"}, "expired 2017-01-01"),  # the day of recording too: outranks
    ("", {"ends": "2018"}, "negotiating 2017-01-01, expired 2019-01-01"),
    ("", {"entry": "on signature", "duration": "3 years"}, "negotiating 2017-01-01"),
    (
        "",
        {"entry": "2016-01-01", "duration": "1 year"},
        "in-force 2016-01-01, expired 2017-01-01",
    ),
    # With events the status starts at the first, also where a provision gives an earlier day.
    ("signed 2017-05-18", {"entry": "2016-01-01"}, "in-force 2017-05-18"),
    ("negotiation-opened 2016-03-01", {}, "negotiating 2016-03-01"),
    ("adopted 2016-03", {}, "negotiating 2016-03-01"),
    ("registered 2018-01-01", {}, "negotiating 2018-01-01"),
    ("negotiation-opened 2016; " + S, {}, "negotiating 2016-01-01, signed 2017-05-18"),
    ("negotiation-opened unknown; " + S, {}, "negotiating always, signed 2017-05-18"),
    # Signature: of all, of each, partial, unknown.
    (S, {}, "signed 2017-05-18"),
    (S, SIGN, "in-force 2017-05-18"),
    ("signed 2017-05-18 A", SIGN, "signed 2017-05-18"),  # B has not signed
    (
        "signed 2017-05-18 A; signed 2017-06-01 B",
        SIGN,
        "signed 2017-05-18, in-force 2017-06-01",
    ),
    (
        "signed 2017-05-18 A; signed 2017-06-01 A; signed 2017-07-01 B; signed 2018-01-01 B",
        SIGN,
        "signed 2017-05-18, in-force 2017-07-01",  # the first of each counts
    ),
    ("signed 2017-05-18 A; signed 2017-06-01 X", SIGN, "signed 2017-05-18"),  # X is not bound
    ("signed 2017", SIGN, "in-force 2017-01-01"),
    ("signed unknown", SIGN, "in-force always"),
    # One day unknown: it comes first, so the known signature is the last.
    (
        "signed unknown A; signed 2017-06-01 B",
        SIGN,
        "signed always, in-force 2017-06-01",
    ),
    ("signed 2017 A; signed 2017-06-01 B", SIGN, "signed 2017-01-01, in-force 2017-06-01"),
    ("signed 2017-05-18", {"entry": "30 days after signature"},
     "signed 2017-05-18, in-force 2017-06-17"),  # 13 days left in May + 17
    ("signed 2017-01-31", {"entry": "1 month after signature"},
     "signed 2017-01-31, in-force 2017-02-28"),
    ("signed 2017-05", {"entry": "10 days after signature"},
     "signed 2017-05-01, in-force 2017-05-11"),  # lower bound
    (S, {"entry": "first day of the month following signature"},
     "signed 2017-05-18, in-force 2017-06-01"),
    ("signed 2017-06-01", {"entry": "first day of the month following signature"},
     "signed 2017-06-01, in-force 2017-07-01"),  # following, also from the first of a month
    ("signed 2017-12-15", {"entry": "first day of the month following 1 month after signature"},
     "signed 2017-12-15, in-force 2018-02-01"),
    (S, {"entry": "on signature", "bound": "A"}, "in-force 2017-05-18"),
    (S, {"entry": "on signature", "bound": ""}, "in-force 2017-05-18"),
    # Consent.
    (S + "; ratified 2017-08-31 A", {"entry": "on consent"}, "signed 2017-05-18"),
    (S + "; ratified 2017-08-31 A; accepted 2017-10-01 B", {"entry": "on consent"},
     "signed 2017-05-18, in-force 2017-10-01"),
    (S + "; ratified 2017-08 A; approved 2017-07-01 B", {"entry": "on consent"},
     "signed 2017-05-18, in-force 2017-08-01"),
    (S + "; ratified 2017-08-31", {"entry": "on consent"},
     "signed 2017-05-18, in-force 2017-08-31"),  # without a party: of both
    ("adopted 2000-01-01; acceded 2001-01-01 A; ratified 2003-01-01 B; ratified 2002-01-01 C",
     CONSENT_2, "negotiating 2000-01-01, in-force 2002-01-01"),  # 2nd by day, not as listed
    ("ratified 2001-01-01 A; accepted 2001-02-01 A; ratified 2003-01-01 B", CONSENT_2,
     "negotiating 2001-01-01, in-force 2003-01-01"),  # two acts of A are one consent
    ("ratified unknown A; ratified 2003-01-01 B", CONSENT_2,
     "negotiating always, in-force 2003-01-01"),
    ("ratified unknown A; ratified unknown B; ratified 2003-01-01 C", CONSENT_2,
     "in-force always"),
    ("ratified 2003 A; ratified 2003-06-01 B; ratified 2003-09-01 C", CONSENT_2,
     "negotiating 2003-01-01, in-force 2003-06-01"),  # lowers 01-01, 06-01; uppers 06-01, 09-01
    ("formally-confirmed 2001-01-01 A; ratified 2001-03-01 B",
     {"entry": "90 days after the 2nd consent"},
     "negotiating 2001-01-01, in-force 2001-05-30"),  # March 30 left, April 30, May 30
    ("ratified 2003-01-05 A; ratified 2003-03-14 B",
     {"entry": "first day of the month following 3 months after the 2nd consent"},
     "negotiating 2003-01-05, in-force 2003-07-01"),  # the usual form
    ("ratified 2001-01-01 A; ratified 2002-01-01 B", {"entry": "on the 3rd consent"},
     "negotiating 2001-01-01"),
    # Entry into force by event goes before the provision.
    (S + "; entered-into-force 2018-01-01", SIGN, "signed 2017-05-18, in-force 2018-01-01"),
    (S + "; entered-into-force 2018", {}, "signed 2017-05-18, in-force 2018-01-01"),
    ("entered-into-force unknown", {}, "in-force always"),
    (S + "; entered-into-force 2018-01-01 A", {}, "signed 2017-05-18"),  # of one party only
    (S + "; entered-into-force 2018-01-01 A; entered-into-force 2018-02-01 B", {},
     "signed 2017-05-18, in-force 2018-02-01"),
    (S + "; entered-into-force 2018-01-01 A; entered-into-force 2018-03-01",
     {}, "signed 2017-05-18, in-force 2018-03-01"),  # the one without party decides
    # Provisional application.
    (S + "; provisionally-applied 2017-06", {},
     "signed 2017-05-18, provisionally-applied 2017-06-01"),
    (S + "; provisionally-applied 2017-06-01; entered-into-force 2018-01-01", {},
     "signed 2017-05-18, provisionally-applied 2017-06-01, in-force 2018-01-01"),
    # Terms: the day after the last day is expired.
    (S, THREE, "in-force 2017-05-18, expired 2020-05-18"),
    ("signed 2017", {**SIGN, "duration": "2 years"},
     "in-force 2017-01-01, expired 2019-12-31"),  # last day 2019-12-30: docs/rules.md, section 4
    ("signed 2016-02-29", {**SIGN, "duration": "1 year"},
     "in-force 2016-02-29, expired 2017-02-28"),  # 2017-02-28 - 1 day is the last
    (S, {**SIGN, "ends": "2018-12-31"}, "in-force 2017-05-18, expired 2019-01-01"),
    (S, {**SIGN, "ends": "2018-12"}, "in-force 2017-05-18, expired 2019-01-01"),
    (S, {**SIGN, "ends": "unknown"}, "in-force 2017-05-18"),
    (S, {"ends": "2018-12-31"}, "signed 2017-05-18, expired 2019-01-01"),
    (S, {**SIGN, "ends": "2016-12-31"}, "expired 2017-05-18"),  # clipped to the first event
    (S, {**SIGN, "indefinite": True, "duration": "3 years"}, "in-force 2017-05-18"),
    ("signed unknown", THREE, "in-force always"),  # the end cannot be counted
    # Tacit renewal; 2 times: 2020-05-18 and 2023-05-18, last day 2026-05-17.
    (S, TACIT, "in-force 2017-05-18"),
    (S, {**TACIT, "times": 2}, "in-force 2017-05-18, expired 2026-05-18"),
    (S, {**TACIT, "times": 0}, "in-force 2017-05-18, expired 2020-05-18"),
    (S, {**TACIT, "times": 1, "period": "1 year"}, "in-force 2017-05-18, expired 2021-05-18"),
    # Notice day is 2019-11-17: on it in time, the day after acts on the next term.
    (S + "; non-renewal-notice 2019-11-17", {**TACIT, "notice": "6 months"},
     "in-force 2017-05-18, expired 2020-05-18"),
    (S + "; non-renewal-notice 2019-11-18", {**TACIT, "notice": "6 months"},
     "in-force 2017-05-18, expired 2023-05-18"),
    (S + "; non-renewal-notice 2019-11 A", {**TACIT, "notice": "6 months"},
     "in-force 2017-05-18, expired 2023-05-18"),  # upper bound 2019-11-30: too late
    # Of an unknown day: given before anything dated, and the status starts there too.
    (S + "; non-renewal-notice unknown", {**TACIT, "notice": "6 months"},
     "negotiating always, in-force 2017-05-18, expired 2020-05-18"),
    (S + "; non-renewal-notice 2020-05-17", TACIT,
     "in-force 2017-05-18, expired 2020-05-18"),  # no notice provision: until the last day
    (S + "; non-renewal-notice 2020-05-18", TACIT, "in-force 2017-05-18, expired 2023-05-18"),
    (S + "; non-renewal-notice 2018-01-01", THREE, "in-force 2017-05-18, expired 2020-05-18"),
    # Express renewal.
    (S + "; renewed 2020-04-30 for P3Y", {**THREE, "renewal": "express"},
     "in-force 2017-05-18, expired 2023-05-18"),
    (S + "; renewed 2020-04-30 until 2021-12-31", THREE,
     "in-force 2017-05-18, expired 2022-01-01"),
    (S + "; renewed 2020-04-30", {**THREE, "renewal": "express", "period": "1 year"},
     "in-force 2017-05-18, expired 2021-05-18"),
    (S + "; renewed 2020-07-01 for P1Y", THREE,  # lapsed: starts on its own day
     "in-force 2017-05-18, expired 2020-05-18, in-force 2020-07-01, expired 2021-07-01"),
    (S + "; renewed 2020-05-18 for P1Y", THREE, "in-force 2017-05-18, expired 2021-05-18"),
    (S + "; renewed 2019-01-01 until 2019-12-31", THREE,
     "in-force 2017-05-18, expired 2020-05-18"),  # until before the term would start: nothing
    (S + "; renewed 2026-01-01 for P1Y", {**TACIT, "times": 2},
     "in-force 2017-05-18, expired 2027-05-18"),  # in the last tacit term: adds one
    (S + "; renewed 2020-01-01 for P1Y", {**TACIT, "times": 2},
     "in-force 2017-05-18, expired 2026-05-18"),  # while it renews by itself: adds none
    # Suspension; terms keep running.
    (S + "; suspended 2018-01-01", SIGN, "in-force 2017-05-18, suspended 2018-01-01"),
    (S + "; suspended 2018-01-01; resumed 2018-03-01", SIGN,
     "in-force 2017-05-18, suspended 2018-01-01, in-force 2018-03-01"),
    (S + "; suspended 2018-01-01; resumed 2018-01-01", SIGN, "in-force 2017-05-18"),
    (S + "; suspended 2018-01-01; suspended 2018-02-01; resumed 2018-03-01", SIGN,
     "in-force 2017-05-18, suspended 2018-01-01, in-force 2018-03-01"),
    (S + "; suspended 2020-01-01", THREE,
     "in-force 2017-05-18, suspended 2020-01-01, expired 2020-05-18"),
    (S + "; resumed 2018-03-01", SIGN, "in-force 2017-05-18"),
    # A resumption known only roughly: on its lower bound, but never before the suspension it ends.
    (S + "; suspended 2018-03-10; resumed 2018-05", SIGN,
     "in-force 2017-05-18, suspended 2018-03-10, in-force 2018-05-01"),
    (S + "; suspended 2018-03; resumed 2018", SIGN,
     "in-force 2017-05-18, suspended 2018-03-01, in-force 2018-12-31"),
    (S + "; suspended 2018; resumed 2018", SIGN,
     "in-force 2017-05-18, suspended 2018-01-01, in-force 2018-12-31"),
    (S + "; resumed 2018; suspended 2018", SIGN,
     "in-force 2017-05-18, suspended 2018-01-01, in-force 2018-12-31"),  # as recorded the other way round
    (S + "; suspended 2018; resumed 2018-06", SIGN,
     "in-force 2017-05-18, suspended 2018-01-01, in-force 2018-06-01"),
    (S + "; suspended 2018-03-10; resumed 2018-03", SIGN,
     "in-force 2017-05-18, suspended 2018-03-10, in-force 2018-03-31"),
    (S + "; suspended 2018-03-31; resumed 2018-03", SIGN, "in-force 2017-05-18"),  # on the same day at the latest
    (S + "; suspended 2018-03-10; resumed 2017", SIGN,
     "negotiating 2017-01-01, in-force 2017-05-18, suspended 2018-03-10"),  # truly before: check A07 speaks
    (S + "; suspended 2018-03-10; resumed unknown", SIGN,
     "negotiating always, in-force 2017-05-18, suspended 2018-03-10"),  # before anything dated
    (S + "; suspended unknown; resumed 2018", SIGN, "suspended always, in-force 2018-01-01"),
    (S + "; suspended unknown; resumed unknown", SIGN, "negotiating always, in-force 2017-05-18"),
    (S + "; suspended 2018-02; resumed 2018-03-01; suspended 2018-10; resumed 2018", SIGN,
     "in-force 2017-05-18, suspended 2018-02-01, in-force 2018-03-01, suspended 2018-10-01, in-force 2018-12-31"),
    (S + "; suspended 2018-02-01; suspended 2018-10-01; resumed 2018", SIGN,
     "in-force 2017-05-18, suspended 2018-02-01, in-force 2018-12-31"),
    (S + "; suspended 2018 A; resumed 2018 B", SIGN, "in-force 2017-05-18, suspended 2018-01-01"),
    (S + "; suspended 2018 A; suspended 2018-06 B; resumed 2018 B", {**SIGN, "bound": "A B C"},
     "in-force 2017-05-18, suspended 2018-06-01, in-force 2018-12-31"),
    (S + "; suspended 2018 A", SIGN | {"bound": ""}, "in-force 2017-05-18, suspended 2018-01-01"),
    (S + "; suspended 2018-01 A", SIGN, "in-force 2017-05-18, suspended 2018-01-01"),
    (S + "; suspended 2018-01-01 A", {**SIGN, "bound": "A B C"}, "in-force 2017-05-18"),
    (S + "; suspended 2018-01-01 A; suspended 2018-02-01 B; resumed 2018-03-01 A",
     {**SIGN, "bound": "A B C"},
     "in-force 2017-05-18, suspended 2018-02-01, in-force 2018-03-01"),
    # Termination: by event on the upper bound, by notice when it has run out.
    (S + "; terminated 2018-06-01", THREE, "in-force 2017-05-18, terminated 2018-06-01"),
    (S + "; terminated 2018-06", THREE, "in-force 2017-05-18, terminated 2018-06-30"),
    (S + "; terminated unknown", SIGN, "terminated always"),
    (S + "; terminated 2021-01-01", THREE,
     "in-force 2017-05-18, expired 2020-05-18, terminated 2021-01-01"),
    (S + "; terminated 2018-06-01; suspended 2018-01-01", SIGN,
     "in-force 2017-05-18, suspended 2018-01-01, terminated 2018-06-01"),
    (S + "; termination-notice 2018-03-01", {**SIGN, "notice": "90 days"},
     "in-force 2017-05-18, terminated 2018-05-30"),  # docs/rules.md, section 5
    (S + "; termination-notice 2018-03-15",
     {**SIGN, "notice": "3 months to the end of a month"},
     "in-force 2017-05-18, terminated 2018-07-01"),  # docs/rules.md, section 5
    (S + "; termination-notice 2018-03-15",
     {**SIGN, "notice": "3 months to the end of a year"},
     "in-force 2017-05-18, terminated 2019-01-01"),
    (S + "; termination-notice 2018-03-31",
     {**SIGN, "notice": "3 months to the end of a quarter"},
     "in-force 2017-05-18, terminated 2018-07-01"),  # runs out on 06-30, itself a quarter's end
    (S + "; termination-notice 2018-03 A", {**SIGN, "notice": "90 days"},
     "in-force 2017-05-18, terminated 2018-06-29"),  # from 2018-03-31
    (S + "; termination-notice 2018-03-01", SIGN, "in-force 2017-05-18"),  # no notice provision
    (S + "; termination-notice 2018-03-01; terminated 2018-12-01", SIGN,
     "in-force 2017-05-18, terminated 2018-12-01"),
    (S + "; termination-notice 2018-03-01; terminated 2018-04-01", {**SIGN, "notice": "1 year"},
     "in-force 2017-05-18, terminated 2018-04-01"),
    # Withdrawal that leaves fewer than two.
    (S + "; withdrew 2018-01-01 A", SIGN, "in-force 2017-05-18, terminated 2018-01-01"),
    (S + "; withdrew 2018-01-01 A", {**SIGN, "bound": "A B C"}, "in-force 2017-05-18"),
    (S + "; withdrew 2018-01-01 A; withdrew 2019 C", {**SIGN, "bound": "A B C"},
     "in-force 2017-05-18, terminated 2019-12-31"),
    (S + "; withdrew 2018-01-01 X", SIGN, "in-force 2017-05-18"),  # not bound
    (S + "; withdrew 2018-01-01", {**SIGN, "bound": "A B C"},
     "in-force 2017-05-18, terminated 2018-01-01"),  # all of them
    # C never consented, so A's withdrawal leaves B alone.
    ("ratified 2001-01-01 A; ratified 2002-01-01 B; withdrew 2005-01-01 A", CONSENT_2,
     "negotiating 2001-01-01, in-force 2002-01-01, terminated 2005-01-01"),
    # A comes back in 2006, so that B's withdrawal leaves A and C.
    ("ratified 2001-01-01; withdrew 2005-01-01 A; acceded 2006-01-01 A; withdrew 2007-01-01 B",
     CONSENT_2, "in-force 2001-01-01"),
    # Abandonment counts only before entry into force.
    (S + "; abandoned 2018-01-01", {}, "signed 2017-05-18, abandoned 2018-01-01"),
    (S + "; abandoned 2018", {}, "signed 2017-05-18, abandoned 2018-12-31"),
    (S + "; abandoned 2018-01-01", SIGN, "in-force 2017-05-18"),
    ("abandoned 2018-01-01", {"entry": "2019-01-01", "duration": "1 year"},
     "abandoned 2018-01-01"),
    # Expired before it would have entered into force: never in force, so that it may be abandoned, and the withdrawal
    # of one of three leaves two.
    (S + "; abandoned 2020-01-01", {"entry": "2019-01-01", "ends": "2018-12-31"},
     "signed 2017-05-18, expired 2019-01-01, abandoned 2020-01-01"),
    ("signed 2018-01-01; ratified 2018-12-01 A; ratified 2019-01-01 B; withdrew 2020-01-01 B",
     {**CONSENT_2, "ends": "2018-12-31"}, "signed 2018-01-01, expired 2019-01-01"),
    # Replacement outranks everything.
    (S, {**THREE, "replaced": "2019-03-01"}, "in-force 2017-05-18, replaced 2019-03-01"),
    (S + "; terminated 2018-01-01", {**SIGN, "replaced": "2019-03-01"},
     "in-force 2017-05-18, terminated 2018-01-01, replaced 2019-03-01"),
    (S, {**THREE, "replaced": "2021-03-01"},
     "in-force 2017-05-18, expired 2020-05-18, replaced 2021-03-01"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "rest", "expected"), CASES)
def test_standing(events: str, rest: dict[str, Any], expected: str) -> None:
    assert standing_words(derive(facts(events, **rest), HORIZON)) == expected


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80


def test_a_convention_enters_into_force_for_each_party_on_its_own_day() -> None:
    found = derive(
        facts(
            "ratified 2003-01-05 A; ratified 2003-03-14 B; ratified 2003-06-30 C;"
            "acceded 2004-02-29 D; entered-into-force 2010-01-01 E; signed 2002-01-01 F",
            bound="A B C D E F",
            entry="first day of the month following 3 months after the 2nd consent",
        ),
        HORIZON,
    ).party_entries
    assert {party: str(on) for party, on in found.items()} == {
        "A": "2003-07-01",
        "B": "2003-07-01",
        "C": "2003-07-01",  # consented before the agreement entered into force
        "D": "2004-06-01",  # 29 February + 3 months = 29 May, then 1 June
        "E": "2010-01-01",  # its own event
        "F": "None",  # has not consented
    }


def test_untoc_like_count_of_two_hundred_parties() -> None:
    """The 40th of 167 consents on 2003-09-26, 90 days later 2003-12-25."""
    parties = [f"P{number}" for number in range(1, 201)]
    days = [f"2002-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(39)] + ["2003-09-26"]
    days += [f"2004-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(127)]
    events = ";".join(f"ratified {on} {party}" for on, party in zip(days, parties, strict=False))
    found = derive(
        facts(events, bound=" ".join(parties), entry="on the 90th day after the 40th consent"),
        HORIZON,
    )
    assert str(found.entry_into_force) == "2003-12-25"
    reason = found.standings[-1].reason
    assert reason.arithmetic == "40th consent 2003-09-26 (40 of 167 listed) + 90 days"
    assert reason.rule == "90 days after the 40th consent"
    assert [fact.party for fact in reason.because[0].facts] == ["P40"]


def test_reasons_survive_json() -> None:
    import json

    from tracker.rules.facts import as_json, from_json

    found = derive(facts(S + "; suspended 2018-01-01", **TACIT, notice="6 months"), HORIZON)
    reasons = [one.reason for one in (*found.standings, *found.terms, *found.milestones)]
    assert len(reasons) > 8
    for reason in reasons:
        assert from_json(json.loads(json.dumps(as_json(reason)))) == reason


@pytest.mark.parametrize(
    ("rest", "last"),
    [
        ({}, "2020-05-17"),
        ({"renewal": "tacit"}, None),
        ({"renewal": "tacit", "times": 1}, "2023-05-17"),
        ({"replaced": "2019-01-01"}, "2018-12-31"),
        ({"replaced": "2022-01-01"}, "2020-05-17"),
        ({"indefinite": True}, None),
    ],
)
def test_last_day(rest: dict[str, Any], last: str | None) -> None:
    found = derive(facts(S, **THREE, **rest), HORIZON)
    assert (str(found.last_day) if found.last_day else None) == last
