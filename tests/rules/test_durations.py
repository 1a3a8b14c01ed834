"""Durations and notice: what is read, what is refused, what is counted (docs/rules.md, section 4 and 5)."""

from __future__ import annotations

import pytest

from tracker.errors import BadInput
from tracker.rules.durations import Duration, parse_duration, parse_notice

from .build import day


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("P3Y", "3 years"),
        ("P6M", "6 months"),
        ("P90D", "90 days"),
        ("P2W", "2 weeks"),
        ("P1Y6M", "1 year and 6 months"),
        ("p1y0m", "1 year"),
        ("P1Y2M3W4D", "1 year, 2 months, 3 weeks and 4 days"),
        ("3 years", "3 years"),
        ("1 day", "1 day"),
        ("one year", "1 year"),
        ("Twelve Months", "12 months"),
        ("1 year and 6 months", "1 year and 6 months"),
        ("6 months, 1 year", "1 year and 6 months"),
        ("3 años", "3 years"),
        ("tres años y 6 meses", "3 years and 6 months"),
        ("36 meses", "36 months"),
        ("2 ans", "2 years"),
        ("deux ans et 6 mois", "2 years and 6 months"),
        ("90 jours", "90 days"),
        ("90 días", "90 days"),
        ("90 dias", "90 days"),
        ("três anos e um mês", "3 years and 1 month"),
        ("2 semaines", "2 weeks"),
        ("999 days", "999 days"),
        ("1095 days", "1095 days"),  # three years, as grants have it
        ("P1095D", "1095 days"),
        ("P0001095D", "1095 days"),
        ("99999 days", "99999 days"),
        ("9999 weeks", "9999 weeks"),
        ("1200 months", "1200 months"),
        ("999 years", "999 years"),
    ],
)
def test_read(text: str, canonical: str) -> None:
    found = parse_duration(text)
    assert str(found) == canonical
    assert parse_duration(canonical) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "P",
        "P0D",
        "0 days",
        "zero days",
        "-3 days",
        "+3 days",
        "100000 days",
        "10000 weeks",
        "10000 months",
        "1000 years",
        "P100000D",
        "P1000Y",
        "9" * 70 + " days",
        "3",
        "years",
        "a year",
        "3 parsecs",
        "3 days 4",
        "3 days and 3 days",
        "P3",
        "PT3H",
        "P1YT3H",
        "P3Y ago",
        "1.5 years",
        "３ years",
        "٣ years",
        "3 years\x00",
        "3\nyears\x1b",
        "3 years " * 2000,
        "thirteen days",
        "3y",
        "\ud800",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_duration(text, "period")
    assert caught.value.field == "period"
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("start", "length", "after", "before"),
    [
        ("2017-05-18", "3 years", "2020-05-18", "2014-05-18"),
        ("2017-01-31", "1 month", "2017-02-28", "2016-12-31"),
        ("2016-02-29", "1 year", "2017-02-28", "2015-02-28"),
        ("2020-03-31", "1 month", "2020-04-30", "2020-02-29"),
        ("2018-03-01", "90 days", "2018-05-30", "2017-12-01"),
        ("2018-03-01", "2 weeks", "2018-03-15", "2018-02-15"),
        # Months first, clamped, then days: 28 February + 1 day; 31 December - 1 day.
        ("2017-01-31", "1 month and 1 day", "2017-03-01", "2016-12-30"),
    ],
)
def test_counted(start: str, length: str, after: str, before: str) -> None:
    assert parse_duration(length).after(day(start)) == day(after)
    assert parse_duration(length).before(day(start)) == day(before)


def test_repeated_steps_count_from_the_anchor() -> None:
    month = Duration(months=1)
    found = [str(month.times(number).after(day("2018-01-31"))) for number in range(4)]
    assert found == ["2018-01-31", "2018-02-28", "2018-03-31", "2018-04-30"]
    assert str(month + Duration(years=1, days=2)) == "1 year, 1 month and 2 days"


@pytest.mark.parametrize(("start", "length"), [("9999-01-01", "1 year"), ("9999-12-31", "1 day")])
def test_past_the_calendar_is_bad_input(start: str, length: str) -> None:
    with pytest.raises(BadInput, match="years run from 0001 to 9999"):
        parse_duration(length).after(day(start))


def test_before_the_calendar_is_bad_input() -> None:
    for length in ("1 year", "1 day"):
        with pytest.raises(BadInput, match="years run from 0001 to 9999"):
            parse_duration(length).before(day("0001-01-01"))


@pytest.mark.parametrize(
    ("text", "canonical", "given", "over"),
    [
        ("90 days", "90 days", "2018-03-01", "2018-05-30"),  # docs/rules.md, section 5
        (
            "3 months to the end of a month",
            "3 months to the end of a month",
            "2018-03-15",
            "2018-07-01",
        ),  # docs/rules.md, section 5
        ("3 months to the end of the quarter", "3 months to the end of a quarter", "2018-03-15", "2018-07-01"),
        ("3 months to the end of a quarter", "3 months to the end of a quarter", "2018-04-01", "2018-10-01"),
        # Runs out on 30 June, which is itself the end of a quarter.
        ("3 months to the end of a quarter", "3 months to the end of a quarter", "2018-03-31", "2018-07-01"),
        ("six months to end of year", "6 months to the end of a year", "2018-07-01", "2020-01-01"),
        ("six months to end of calendar year", "6 months to the end of a year", "2018-06-30", "2019-01-01"),
        ("P1M to the end of any month", "1 month to the end of a month", "2018-01-31", "2018-03-01"),
    ],
)
def test_notice(text: str, canonical: str, given: str, over: str) -> None:
    found = parse_notice(text)
    assert str(found) == canonical
    assert parse_notice(canonical) == found
    assert found.runs_out(day(given)) == day(over)


@pytest.mark.parametrize("text", ["", "soon", "3 months to the end of a week", "to the end of a month", "x" * 10_000])
def test_notice_refused(text: str) -> None:
    with pytest.raises(BadInput):
        parse_notice(text)
