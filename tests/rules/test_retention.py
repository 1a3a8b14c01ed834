"""Which backups are kept: tables of cases, and what holds for any moments and any rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadInput
from tracker.rules.retention import PERIODS, kept, parse

RULE = {"d": 7, "w": 5, "m": 12}


def at(*days: str) -> list[datetime]:
    return [datetime.fromisoformat(f"{day}T12:00" if "T" not in day else day) for day in days]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("7d,5w,12m", {"d": 7, "w": 5, "m": 12}),
        ("1d", {"d": 1}),
        (" 12m , 7d ", {"m": 12, "d": 7}),
        ("10y", {"y": 10}),
        ("10000d", {"d": 10000}),
    ],
)
def test_a_rule_is_read(text: str, rule: dict[str, int]) -> None:
    assert parse(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",",
        "7",
        "d",
        "0d",
        "7d,",
        "7d,7d",
        "7D",
        "-1d",
        "+7d",
        "7h",
        "1.5d",
        "7 d",
        "٧d",
        "7d5w",
        "10001d",
        "99999999d",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="expected days, weeks, months or years to keep, as 7d,5w,12m"):
        parse(text)


@pytest.mark.parametrize(
    ("rule", "moments", "stays"),
    [
        ("1d", [], []),
        ("1d", ["2026-01-01"], ["2026-01-01"]),
        ("2d", ["2026-01-01", "2026-01-02", "2026-01-03"], ["2026-01-02", "2026-01-03"]),
        # the newest of a day, whatever the order in which they are given
        ("2d", ["2026-01-02T09:00", "2026-01-02T18:00", "2026-01-01T23:59"], ["2026-01-01T23:59", "2026-01-02T18:00"]),
        # days that have a backup count, not those of the calendar
        ("2d", ["2020-05-05", "2026-01-02"], ["2020-05-05", "2026-01-02"]),
        # ISO weeks: Monday 2026-01-05 begins the second, and 2025-12-29 is of the first of 2026
        ("2w", ["2025-12-28", "2025-12-29", "2026-01-04", "2026-01-05"], ["2026-01-04", "2026-01-05"]),
        ("2m", ["2025-11-30", "2025-12-01", "2025-12-31", "2026-01-01"], ["2025-12-31", "2026-01-01"]),
        ("2y", ["2023-07-01", "2024-01-01", "2024-12-31", "2026-01-01"], ["2024-12-31", "2026-01-01"]),
        # each unit counts for itself, and one backup may stand for several
        ("1d,2m", ["2025-12-30", "2025-12-31", "2026-01-01"], ["2025-12-31", "2026-01-01"]),
    ],
)
def test_what_stays(rule: str, moments: list[str], stays: list[str]) -> None:
    assert kept(at(*moments), parse(rule)) == set(at(*stays))


def test_daily_backups_of_three_years() -> None:
    """Seven days, five weeks, twelve months, each counted by hand; 2026-11-24 is a Tuesday."""
    last = datetime(2026, 11, 24, 3)
    stays = kept([last - timedelta(days=n) for n in range(3 * 365)], RULE)
    days = {last - timedelta(days=n) for n in range(7)}  # 24 back to 18 November
    weeks = {datetime(2026, 11, day, 3) for day in (22, 15, 8, 1)} | {
        last
    }  # the Sundays before, and this week's newest
    months = {datetime(2026, month, 1, 3) - timedelta(days=1) for month in range(2, 12)}  # 31 January to 31 October
    months |= {last, datetime(2025, 12, 31, 3)}
    assert stays == days | weeks | months
    assert len(stays) == 7 + 3 + 11


def test_thinned_out_every_day_it_stays_the_same_as_thinned_out_once() -> None:
    start = datetime(2024, 1, 1, 3)
    daily: set[datetime] = set()
    for day in range(800):
        daily = kept(daily | {start + timedelta(days=day)}, RULE)
        assert len(daily) <= 24
    at_once = kept([start + timedelta(days=n) for n in range(800)], RULE)
    assert daily == at_once


moments = st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)), max_size=40)
rules = st.dictionaries(st.sampled_from(sorted(PERIODS)), st.integers(1, 20))


@given(moments, rules)
def test_for_any_moments_and_rule(given_: list[datetime], rule: dict[str, int]) -> None:
    stays = kept(given_, rule)
    assert stays <= set(given_)
    assert not given_ or max(given_) in stays, "the newest is never removed"
    assert kept(stays, rule) == stays, "thinning out again removes nothing"
    for unit, count in rule.items():
        there = {PERIODS[unit](one) for one in given_}
        for period in sorted(there)[-count:]:
            of_it = [one for one in given_ if PERIODS[unit](one) == period]
            assert max(of_it) in stays, "the newest of each of the last periods is kept"
    assert len(stays) <= sum(rule.values()) + 1


@given(moments, rules, st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_one_more_backup_brings_nothing_back(given_: list[datetime], rule: dict[str, int], more: datetime) -> None:
    assert kept([*given_, more], rule) - {more} <= kept(given_, rule)
