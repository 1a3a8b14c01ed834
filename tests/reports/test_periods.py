"""Periods, quarters, whether something was in time, and the axis of a timeline."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.reports.activities import quarter
from tracker.reports.charts import Axis
from tracker.reports.obligations import timely
from tracker.reports.parts import Period, party_names

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("2026-01-01", True),
        ("2026-12-31", True),
        ("2025-12-31", False),
        ("2027-01-01", False),
        ("2026", True),
        ("2025", False),
        ("2025-12..2026-01", True),
        ("unknown", False),
        (None, False),
    ],
)
def test_what_lies_in_a_period(written: str | None, held: bool) -> None:
    assert YEAR.holds(written) is held
    assert Period().holds(written)


def test_a_period_open_at_one_end() -> None:
    assert Period(first=date(2026, 1, 1)).holds("2030-01-01") and not Period(first=date(2026, 1, 1)).holds("2025")
    assert Period(last=date(2026, 1, 1)).holds("1990-01-01") and not Period(last=date(2026, 1, 1)).holds("2026-02")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-01", "2026-Q1"),
        ("2026-03-31", "2026-Q1"),
        ("2026-04-01", "2026-Q2"),
        ("2026-12", "2026-Q4"),
        ("2026", "2026"),
        ("unknown", "unknown"),
        ("2025-12-31..2026-01-01", "unknown"),
    ],
)
def test_quarters(written: str, expected: str) -> None:
    assert quarter(written) == expected


@pytest.mark.parametrize(
    ("due", "done", "expected"),
    [
        ("2026-03-31", "2026-03-31", True),
        ("2026-03-31", "2026-04-01", False),
        ("2026-03-31", "2026-03", True),
        ("2026-03-31", "2026", None),
        ("2026-03-31", "2026-04", False),
        ("2026-03-31", "unknown", None),
        (None, "2026-03-31", None),
    ],
)
def test_in_time_late_or_not_told(due: str | None, done: str, expected: bool | None) -> None:
    assert timely(due, done) is expected


def test_an_axis_keeps_every_day_and_breaks_open_ends() -> None:
    axis = Axis.over([date(2010, 1, 1), date(2020, 1, 1)], date(2026, 11, 24))
    assert 0 < axis.at(date(2010, 1, 1)) < axis.at(date(2026, 11, 24)) < 1000
    assert axis.at(date(1, 1, 1)) == 0 and axis.at(date.max) == 1000
    whole = axis.bar("2010-01-01", "2020-01-01", "in-force", "")
    assert whole.pieces == () and whole.x == axis.at(date(2010, 1, 1))
    both = axis.bar(None, None, "in-force", "")
    assert len(both.pieces) == 6 and all(x >= 0 and x + width <= 1000 for x, width in both.pieces)
    assert len(axis.ticks()) <= 7 and all(30 <= x <= 970 for x, _ in axis.ticks())


@pytest.mark.parametrize("day", [date.min, date.max, date(9999, 1, 1)])
def test_an_axis_at_the_ends_of_time(day: date) -> None:
    axis = Axis.over([day], day)
    assert 0 <= axis.at(day) <= 1000
    assert axis.bar(day.isoformat(), None, "x", "").width >= 2


def test_parties_of_the_same_name_are_told_apart() -> None:
    rows = [
        {"party": "party-1", "name": "Ministry of Interior", "acronym": "MOI", "country": "PA"},
        {"party": "party-2", "name": "Ministry of Interior", "acronym": "MOI", "country": "CR"},
        {"party": "party-3", "name": "Ministry of Interior", "acronym": "MOI", "country": None},
        {"party": "party-4", "name": "IOM", "acronym": None, "country": None},
    ]
    assert party_names(rows) == {
        "party-1": "MOI (PA)",
        "party-2": "MOI (CR)",
        "party-3": "MOI (party-3)",
        "party-4": "IOM",
    }
