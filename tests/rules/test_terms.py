"""Terms, their notice days and milestones, worked out by hand (docs/rules.md, section 4 and 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .build import HORIZON, day, derive, facts, term_words

S = "signed 2017-05-18"
THREE = {"entry": "on signature", "duration": "3 years"}
TACIT = {**THREE, "renewal": "tacit"}

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("", THREE, ""),
    (S, {"entry": "on signature"}, "2017-05-18..?"),
    (S, {"entry": "on signature", "indefinite": True}, "2017-05-18..?"),
    (S, THREE, "2017-05-18..2020-05-17"),
    ("signed 2017", {"entry": "on signature", "duration": "2 years"}, "2017-01-01..2019-12-30"),
    ("signed unknown", THREE, "?..?"),
    (S, {"ends": "2018-12-31"}, "?..2018-12-31"),
    ("", {"ends": "unknown"}, ""),
    (S, {"entry": "on signature", "ends": "9999-12-31", "renewal": "tacit", "period": "1 year"},
     "2017-05-18..9999-12-31"),
    (S, {"entry": "on signature", "ends": "2016-12-31"}, "?..2016-12-31"),  # contradictory: no first day
    (S, {**TACIT, "times": 2},
     "2017-05-18..2020-05-17 renews, 2020-05-18..2023-05-17 renews, 2023-05-18..2026-05-17"),
    # From the first anchor, never from a clamped day: 31 Aug, 28 Feb, 31 Aug.
    ("signed 2017-08-31", {"entry": "on signature", "duration": "6 months", "renewal": "tacit", "times": 2},
     "2017-08-31..2018-02-27 renews, 2018-02-28..2018-08-30 renews, 2018-08-31..2019-02-27"),
    # 90 days are 90 days: 2017-05-18 + 90 = 2017-08-16.
    (S, {"entry": "on signature", "duration": "90 days", "renewal": "tacit", "times": 1},
     "2017-05-18..2017-08-15 renews, 2017-08-16..2017-11-13"),
    (S, {**TACIT, "period": "1 year", "times": 1}, "2017-05-18..2020-05-17 renews, 2020-05-18..2021-05-17"),
    ("signed 2017", {**TACIT, "duration": "1 year", "times": 1},
     "2017-01-01..2018-12-30 renews, 2018-12-31..2019-12-30"),
    (S, {"entry": "on signature", "ends": "2018-12-31", "renewal": "tacit", "period": "1 year", "times": 1},
     "2017-05-18..2018-12-31 renews, 2019-01-01..2019-12-31"),
    # Renewed by itself, for how long is not said.
    (S, {"entry": "on signature", "ends": "2018-12-31", "renewal": "tacit"},
     "2017-05-18..2018-12-31 renews, 2019-01-01..?"),
    # To the horizon, and what starts on it still.
    (S, {**TACIT, "period": "10 years"}, "2017-05-18..2020-05-17 renews, 2020-05-18..2030-05-17 renews, "
     "2030-05-18..2040-05-17 renews"),
    # Ended: no term starts from then on.
    (S + "; terminated 2021-01-01", TACIT, "2017-05-18..2020-05-17 renews, 2020-05-18..2023-05-17"),
    (S + "; terminated 2020-05-18", TACIT, "2017-05-18..2020-05-17"),
    (S + "; terminated 2020-05-19", TACIT, "2017-05-18..2020-05-17 renews, 2020-05-18..2023-05-17"),
    (S + "; terminated unknown", TACIT, ""),  # before anything dated: never in force
    (S + "; terminated 2017-05-18", THREE, ""),
    # Notice longer than the term: of 2019-11-18, the first notice day still ahead is term 4's.
    (S + "; non-renewal-notice 2019-11-18",
     {"entry": "on signature", "duration": "1 year", "renewal": "tacit", "notice": "18 months"},
     "2017-05-18..2018-05-17 renews, 2018-05-18..2019-05-17 renews, 2019-05-18..2020-05-17 renews, "
     "2020-05-18..2021-05-17 renews, 2021-05-18..2022-05-17"),
    # Express.
    (S + "; renewed 2020-04-30 for P3Y", THREE, "2017-05-18..2020-05-17, 2020-05-18..2023-05-17"),
    (S + "; renewed 2020-04-30 until 2021", THREE, "2017-05-18..2020-05-17, 2020-05-18..2021-12-31"),
    (S + "; renewed 2020-04-30 until unknown", THREE, "2017-05-18..2020-05-17, 2020-05-18..?"),
    (S + "; renewed 2020-04-30; renewed 2023-04-30", THREE,
     "2017-05-18..2020-05-17, 2020-05-18..2023-05-17, 2023-05-18..2026-05-17"),
    (S + "; renewed 2020-08-31 for P6M; renewed 2021-01-01 for P6M", THREE,
     "2017-05-18..2020-05-17, 2020-08-31..2021-02-27, 2021-02-28..2021-08-30"),
    (S + "; renewed 2019-01-01 until 2019-06-30; renewed 2020-01-01 for P1Y", THREE,
     "2017-05-18..2020-05-17, 2020-05-18..2021-05-17"),  # the first would end before it begins
    (S + "; renewed 2020-04-30 for P20Y", THREE, "2017-05-18..2020-05-17, 2020-05-18..2040-05-17"),
    (S + "; renewed 2020-04-30 for P20Y; renewed 2040-01-01 for P1Y", THREE,  # past the horizon too
     "2017-05-18..2020-05-17, 2020-05-18..2040-05-17, 2040-05-18..2041-05-17"),
    (S + "; renewed unknown for P1Y", THREE, "2017-05-18..2020-05-17, 2020-05-18..2021-05-17"),
    # The end of the first term was not known; it was over when the renewal was made.
    (S + "; renewed 2020-05-18 until 2023-05-17", {"entry": "on signature"},
     "2017-05-18..2020-05-17, 2020-05-18..2023-05-17"),
    (S + "; renewed 2020-05-18 until 2023-05-17", {"entry": "on signature", "indefinite": True}, "2017-05-18..?"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "rest", "expected"), CASES)
def test_terms(events: str, rest: dict[str, Any], expected: str) -> None:
    found = derive(facts(events, **rest), HORIZON)
    assert term_words(found) == expected
    assert [term.number for term in found.terms] == list(range(1, len(found.terms) + 1))


MILESTONES: list[tuple[str, dict[str, Any], str]] = [
    ("", {"entry": "2018-01-01"}, "entry-into-force 2018-01-01"),
    (S, {"entry": "on signature"}, "entry-into-force 2017-05-18"),
    (S, THREE, "entry-into-force 2017-05-18, expiry 2020-05-17"),
    (S, {**THREE, "notice": "6 months"}, "entry-into-force 2017-05-18, expiry 2020-05-17"),  # nothing to prevent
    # The notice day of the renewed term: 2023-05-17 - 6 months.
    (S, {**TACIT, "notice": "6 months", "times": 2},
     "entry-into-force 2017-05-18, notice 2019-11-17, renewal 2020-05-18, notice 2022-11-17, "
     "renewal 2023-05-18, expiry 2026-05-17"),
    (S, {**TACIT, "times": 1}, "entry-into-force 2017-05-18, renewal 2020-05-18, expiry 2023-05-17"),
    ("signed 2017-08-31", {"entry": "on signature", "duration": "6 months", "renewal": "tacit", "times": 1,
      "notice": "1 month"},
     "entry-into-force 2017-08-31, notice 2018-01-27, renewal 2018-02-28, expiry 2018-08-30"),
    (S + "; renewed 2020-04-30 for P3Y", THREE, "entry-into-force 2017-05-18, expiry 2023-05-17"),
    # Once it has ended nothing more is to be watched.
    (S + "; terminated 2019-01-01", {**TACIT, "notice": "6 months"}, "entry-into-force 2017-05-18"),
    (S + "; terminated 2019-12-01", {**TACIT, "notice": "6 months"}, "entry-into-force 2017-05-18"),
    (S + "; abandoned 2018-01-01", {"entry": "2019-01-01"}, ""),
    (S + "; terminated unknown", THREE, ""),
]  # fmt: skip


@pytest.mark.parametrize(("events", "rest", "expected"), MILESTONES)
def test_milestones(events: str, rest: dict[str, Any], expected: str) -> None:
    found = derive(facts(events, **rest), HORIZON)
    assert ", ".join(f"{one.kind} {one.on_day}" for one in found.milestones) == expected


def test_what_ends_warns_from_its_lower_bound() -> None:
    partial = {"entry": "on signature", "duration": "1 year", "renewal": "tacit", "times": 1, "notice": "30 days"}
    found = derive(facts("signed 2017-05", **partial), HORIZON)
    assert [(str(one.kind), str(one.warn_day), str(one.on_day)) for one in found.milestones] == [
        ("entry-into-force", "2017-05-01", "2017-05-01"),
        ("notice", "2018-03-31", "2018-04-30"),  # last day between 2018-04-30 and 2018-05-30
        ("renewal", "2018-05-01", "2018-05-31"),
        ("expiry", "2019-04-30", "2019-05-30"),
    ]


def test_notice_day_is_kept_on_each_term() -> None:
    found = derive(facts(S, **TACIT, notice="6 months", times=1), HORIZON)
    assert [term.notice_day for term in found.terms] == [day("2019-11-17"), day("2022-11-17")]
    assert [term.origin for term in found.terms] == ["entry-into-force", "tacit"]


def test_arithmetic_of_a_term_gives_its_last_day() -> None:
    found = derive(facts("signed 2017-08-31", entry="on signature", duration="6 months", renewal="tacit"), HORIZON)
    assert found.terms[1].reason.arithmetic == "2017-08-31 + 12 months - 1 day"
    assert found.terms[1].reason.result == "2018-08-30"


def test_clauses_are_quoted() -> None:
    from dataclasses import replace

    one = facts(S, **TACIT)
    clauses = {"entry_into_force": "Art. 17", "duration": "Art. 18", "renewal": "Art. 19"}
    one = replace(one, provisions=replace(one.provisions, clauses=clauses))
    found = derive(one, HORIZON)
    assert found.standings[0].reason.section == "Art. 17"
    assert [term.reason.section for term in found.terms[:2]] == ["Art. 18", "Art. 19"]


@pytest.mark.parametrize(("renewal", "complete"), [("none", True), ("tacit", False)])
def test_complete_unless_terms_were_cut(renewal: str, complete: bool) -> None:
    assert derive(facts(S, **THREE, renewal=renewal), HORIZON).complete == complete


def test_terms_end_with_the_calendar() -> None:
    found = derive(facts("signed 9990-01-01", **TACIT), date.max)
    assert [str(term.to_day) for term in found.terms] == ["9992-12-31", "9995-12-31", "9998-12-31"]
