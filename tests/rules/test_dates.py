"""Dates: what is read, what is refused and with which words (docs/rules.md, section 4, pitfalls of bad input)."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from tracker.errors import BadInput
from tracker.rules.dates import WrittenDate, add_days, add_months, end_of, parse_date, read_date

from .build import day

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("text", "lower", "upper", "precision"),
    [
        ("2017-05-18", "2017-05-18", "2017-05-18", "day"),
        ("2028-02-29", "2028-02-29", "2028-02-29", "day"),
        ("2017-05", "2017-05-01", "2017-05-31", "month"),
        ("2028-02", "2028-02-01", "2028-02-29", "month"),
        ("2017", "2017-01-01", "2017-12-31", "year"),
        ("0001-01-01", "0001-01-01", "0001-01-01", "day"),
        ("9999", "9999-01-01", "9999-12-31", "year"),
    ],
)
def test_strict(text: str, lower: str, upper: str, precision: str) -> None:
    found = parse_date(text)
    assert (found.lower, found.upper, found.precision, str(found)) == (day(lower), day(upper), precision, text)
    assert read_date(text, TODAY) == found


def test_unknown_has_no_bounds() -> None:
    found = parse_date("unknown")
    assert (found.lower, found.upper, found.precision) == (None, None, "unknown")
    assert read_date("Unknown", TODAY) == found


REFUSED = [
    ("2026-02-29", "February 2026 has 28 days"),
    ("2026-04-31", "April 2026 has 30 days"),
    ("2026-01-00", "January 2026 has 31 days"),
    ("2026-13-01", "months run from 01 to 12"),
    ("2026-00", "months run from 01 to 12"),
    ("0000-01-01", "years run from 0001 to 9999"),
    ("0000", "years run from 0001 to 9999"),
    ("10000-01-01", "years run from 0001 to 9999"),
    ("20260301", "write 2026-03-01"),
    ("2026-W10-1", "write 2026-03-02"),
    ("2026-W99-1", "write YYYY-MM-DD"),
    ("2026-1-1", "write 2026-01-01"),
    ("2026/03/01", "write 2026-03-01"),
    ("2026-03-01T10:00", "write 2026-03-01"),
    ("2026-03-01 10:00:00Z", "write 2026-03-01"),
    ("03/04/2017", "can mean two days: write 2017-04-03 or 2017-03-04"),
    ("3.4.2017", "can mean two days: write 2017-04-03 or 2017-03-04"),
    ("25/03/2017", "write 2017-03-25"),
    ("03/25/2017", "write 2017-03-25"),
    ("04/04/2017", "write 2017-04-04"),
    ("40/50/2017", "write YYYY-MM-DD"),
    ("03/04/17", "write YYYY-MM-DD"),
    ("٢٠٢٦-٠١-٠١", "digits other than 0 to 9"),
    ("２０２６-01-01", "digits other than 0 to 9"),
    (" 2026-01-01", "spaces around"),
    ("2026-01-01\n", "spaces around"),
    ("", "is empty"),
    ("   ", "is empty"),
    ("9" * 5_000, "too long"),
    ("2026-01-01\x00", "write YYYY-MM-DD"),
    ("\ud800", "write YYYY-MM-DD"),
    ("-2026-01-01", "write YYYY-MM-DD"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_refused_by_both_readers(text: str, said: str) -> None:
    for read in (lambda: parse_date(text, "ends"), lambda: read_date(text, TODAY, "ends")):
        with pytest.raises(BadInput) as caught:
            read()
        assert said in str(caught.value)
        assert caught.value.field == "ends"
        assert str(caught.value).isprintable()


@pytest.mark.parametrize("text", ["today", "+30d", "18 May 2017", "mayo de 2017", "Unknown", "eom"])
def test_files_take_the_strict_forms_only(text: str) -> None:
    with pytest.raises(BadInput):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-05-20"),
        ("Yesterday", "2026-05-19"),
        ("tomorrow", "2026-05-21"),
        ("+30d", "2026-06-19"),
        ("-2w", "2026-05-06"),
        ("+3m", "2026-08-20"),
        ("-3m", "2026-02-20"),
        ("+1y", "2027-05-20"),
        ("eom", "2026-05-31"),
        ("eoq", "2026-06-30"),
        ("eoy", "2026-12-31"),
        ("18 May 2017", "2017-05-18"),
        ("May 18, 2017", "2017-05-18"),
        ("18 May, 2017", "2017-05-18"),
        ("18th May 2017", "2017-05-18"),
        ("the 1st of May 2017", "2017-05-01"),
        ("18 MAYO 2017", "2017-05-18"),
        ("mayo de 2017", "2017-05"),
        ("18 de mayo de 2017", "2017-05-18"),
        ("el 18 de mayo del 2017", "2017-05-18"),
        ("le 3 novembre 2026", "2026-11-03"),
        ("1er mars 2024", "2024-03-01"),
        ("primero de enero de 2020", "2020-01-01"),
        ("1º de março de 2021", "2021-03-01"),
        ("aout 2020", "2020-08"),
        ("Août 2020", "2020-08"),
        ("15 févr. 2020", "2020-02-15"),
        ("18 Dezembro 2017", "2017-12-18"),
        ("May 2017", "2017-05"),
        ("sept. 2019", "2019-09"),
        ("setiembre 2019", "2019-09"),
    ],
)
def test_typed(text: str, expected: str) -> None:
    assert str(read_date(text, TODAY)) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31 June 2020", "June 2020 has 30 days"),
        ("29 febrero 2019", "February 2019 has 28 days"),
        ("0 May 2017", "May 2017 has 31 days"),
        ("May 18 19", "year of four digits"),
        ("May", "year of four digits"),
        ("18 2017 May", "year of four digits"),
        ("2017 May", "year of four digits"),
        ("May 20170", "year of four digits"),
        ("May May 2017", "year of four digits"),
        ("+99999y", "too far away"),
        ("-99999y", "too far away"),
        ("+999999d", "is not a date"),
        ("next week", "is not a date"),
        ("18 Brumaire 1799", "is not a date"),
        ("dentro de 3 meses", "is not a date"),
    ],
)
def test_typed_and_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_date(text, TODAY)


def test_a_month_and_two_digits_name_both_readings() -> None:
    with pytest.raises(BadInput) as caught:
        read_date("May 17", TODAY)
    assert caught.value.hint == "write 17 May 2026 or May 2017"


def test_unknown_sorts_before_everything() -> None:
    texts = ["2018", "2017-05", "unknown", "2017-05-01", "2017", "2017-01-01"]
    found = [str(one) for one in sorted(map(parse_date, texts))]
    assert found == ["unknown", "2017-01-01", "2017", "2017-05-01", "2017-05", "2018"]


@pytest.mark.parametrize("text", ["2017-05-18", "2017-05", "2017", "2016-02"])
def test_a_range_takes_its_shortest_text(text: str) -> None:
    one = parse_date(text)
    assert one.lower and one.upper
    assert WrittenDate.between(one.lower, one.upper) == one


def test_another_range_shows_both_bounds() -> None:
    found = WrittenDate.between(day("2017-05-02"), day("2017-06-01"))
    assert (str(found), found.precision) == ("2017-05-02..2017-06-01", "range")


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2017-01-31", 1, "2017-02-28"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2017-12-31", 2, "2018-02-28"),
        ("2017-03-31", -1, "2017-02-28"),
        ("2017-01-15", -1, "2016-12-15"),
        ("2016-02-29", 12, "2017-02-28"),
        ("2016-02-29", 48, "2020-02-29"),
        ("2017-05-18", 0, "2017-05-18"),
        ("0001-02-01", -1, "0001-01-01"),
        ("9999-11-30", 1, "9999-12-30"),
    ],
)
def test_add_months(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


def test_leaving_the_calendar_is_bad_input() -> None:
    for step in (lambda: add_months(date.max, 1), lambda: add_months(date.min, -1), lambda: add_days(date.max, 1)):
        with pytest.raises(BadInput, match="years run from 0001 to 9999"):
            step()


@pytest.mark.parametrize(("on", "end"), [("2018-01-01", "2018-03-31"), ("2018-06-30", "2018-06-30")])
def test_end_of_quarter(on: str, end: str) -> None:
    assert end_of(day(on), "quarter") == day(end)


def test_importing_dates_is_cheap() -> None:
    code = (
        "import sys, tracker.rules.dates, tracker.rules.derivation;"
        "print(sorted({'dateutil', 'holidays', 'pydantic', 'sqlmodel', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
