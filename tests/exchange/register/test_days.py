"""Dates as registers write them. What can mean two days is refused with both; nothing is guessed."""

from datetime import date, datetime, time

import pytest

from tracker.errors import BadInput
from tracker.exchange.register.days import Evidence, dates_in, day_within, looks_like_day, read_day
from tracker.exchange.register.sheet import Broken, Value

FORMS = {
    "7 July 2021": "2021-07-07",
    "July 28, 2020": "2020-07-28",
    "February 20,2020": "2020-02-20",
    "March 31 2021": "2021-03-31",
    "Mar 5, 2020": "2020-03-05",
    "3rd of May 2017": "2017-05-03",
    "18May2017": "2017-05-18",
    "2017-May-18": "2017-05-18",
    "18-may-2017": "2017-05-18",
    "28-Jul-20": "2020-07-28",
    "August 2026": "2026-08",
    "Mar-2016": "2016-03",
    "Mar-98": "1998-03",
    "5 de marzo de 2019": "2019-03-05",
    "Mayo 18 del 2017": "2017-05-18",
    "1ero de enero de 2020": "2020-01-01",
    "5 de março de 2019": "2019-03-05",
    "1º de janeiro de 2020": "2020-01-01",
    "1 de Maio de 17": "2017-05-01",
    "18/dez/2017": "2017-12-18",
    "set/2017": "2017-09",
    "1er janvier 2020": "2020-01-01",
    "18 août 2017": "2017-08-18",
    "18 fév. 2017": "2017-02-18",
    "Mon, 3 May 2021": "2021-05-03",
    "lunes, 3 de mayo de 2021": "2021-05-03",
    "sáb. 5 dic 2020": "2020-12-05",
    "jeu. 5 mars 2020": "2020-03-05",
    "12.V.2017": "2017-05-12",
    "12-XII-2017": "2017-12-12",
    "2017": "2017",
    "2017-05": "2017-05",
    "2017/05": "2017-05",
    "05/2017": "2017-05",
    "2017/05/18": "2017-05-18",
    "2017.05.18": "2017-05-18",
    "20170518": "2017-05-18",
    "18/05/2017": "2017-05-18",
    "05/18/2017": "2017-05-18",
    "05/05/2017": "2017-05-05",
    "15 - 03 - 2020": "2020-03-15",
    "31/05/98": "1998-05-31",
    "2017-05-18T00:00:00Z": "2017-05-18",
    "18/05/2017 10:30": "2017-05-18",
    "18/05/2017 10h30": "2017-05-18",
    "5/18/2017 12:00:00 AM": "2017-05-18",
    "\u200b18/05/2017\u00a0": "2017-05-18",
}


@pytest.mark.parametrize(("text", "expected"), FORMS.items())
def test_forms_that_mean_one_day_need_no_order(text: str, expected: str) -> None:
    assert read_day(text, None, "signed").text == expected
    assert looks_like_day(text)


@pytest.mark.parametrize(
    ("text", "dmy", "mdy"),
    [
        ("05/04/2017", "2017-04-05", "2017-05-04"),
        ("1-2-2003 8:00 pm", "2003-02-01", "2003-01-02"),
    ],
)
def test_two_readings_need_the_order_and_are_named(text: str, dmy: str, mdy: str) -> None:
    assert read_day(text, "dmy", "f").text == dmy
    assert read_day(text, "mdy", "f").text == mdy
    with pytest.raises(BadInput, match=f"can mean {dmy} or {mdy}"):
        read_day(text, None, "f")


@pytest.mark.parametrize(
    ("text", "dmy", "mdy", "ymd"),
    [
        ("5/4/17", "2017-04-05", "2017-05-04", "2005-04-17"),
        ("10.11.12", "2012-11-10", "2012-10-11", "2010-11-12"),
        ("19-12-31", "1931-12-19", None, "2019-12-31"),
        ("18/05/17", "2017-05-18", None, "2018-05-17"),
    ],
)
def test_a_year_of_two_digits_may_stand_first(text: str, dmy: str, mdy: str | None, ymd: str) -> None:
    for order, reading in (("dmy", dmy), ("mdy", mdy), ("ymd", ymd)):
        if reading is not None:
            assert read_day(text, None, "f", short=order).text == reading
    named = " or ".join(reading for reading in (dmy, mdy, ymd) if reading)
    with pytest.raises(BadInput, match=f"can mean {named}"):
        read_day(text, None, "f")


@pytest.mark.parametrize(
    ("values", "past", "order"),
    [
        (["21-03-04", "19-12-31", "20-01-09"], True, None),  # dmy or ymd
        (["21-03-04", "19-12-31", "20-01-09", "31-12-98"], True, "dmy"),
        (["21-03-04", "98-12-31"], True, "ymd"),
        (["28/07/20", "03/04/19"], True, None),  # month first is out by the 28th; 2028 lies ahead: day or year
        (["29/07/20", "03/04/19"], True, "dmy"),
        (["29/07/20", "03/04/19"], False, None),
        (["21/08/14", "30/06/2021"], True, "dmy"),  # written as the others are
        (["21-08-14", "30/06/2021"], True, None),  # written otherwise
        (["05/13/20", "05/14/98"], True, "mdy"),
    ],
)
def test_a_column_leaves_one_order_or_is_asked(
    monkeypatch: pytest.MonkeyPatch, values: list[Value], past: bool, order: str | None
) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2027-11-24")
    assert evidence(*values).short_order(past=past) == order


@pytest.mark.parametrize(("text", "order"), [("18/05/2017", "mdy"), ("05/18/2017", "dmy")])
def test_a_date_against_the_order_of_its_column_is_refused(text: str, order: str) -> None:
    with pytest.raises(BadInput, match="order of this column") as refused:
        read_day(text, order, "f")
    assert "2017-05-18" in str(refused.value.hint)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (44197, "2021-01-01"),
        (44197.5, "2021-01-01"),
        (3, "is not a date"),
        (True, "is not a date"),
        ("44197", "is not a date"),
        ("31/02/2020", "has 29 days"),
        ("30/13/2020", "months run"),
        ("18-05-2560", "another calendar"),
        ("18 May 2560", "another calendar"),
        (date(9999, 12, 31), "outside the years"),
        ("0018-05-18", "outside the years"),
        (time(0, 0), "is a time"),
        (date(1899, 12, 30), "empty date"),
        (datetime(1900, 1, 1), "empty date"),
        (date(1905, 7, 9), "the year 2017"),
        (Broken("holds the error #N/A"), "#N/A"),
        ("Mar-16", "a day or a year"),
        ("18 May", "a day or a year"),
        ("mar 5 de mayo 2020", "is not a date"),
        ("18/05/2017 (renovado)", "is not a date"),
        ("18/05/2017\n20/06/2018", "is not a date"),
        ("2017-18-05", "months run"),
        ("12/2/201", "is not a date"),
        ("circa 2017", "is not a date"),
        ("tomorrow", "is not a date"),
        ("today", "is not a date"),
        ("+30d", "is not a date"),
        ("", "is empty"),
    ],
)
def test_what_is_no_day_is_refused(value: Value, why: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_day(value, None, "signed")
    assert why in f"{refused.value.expected} {refused.value.hint}"


@pytest.mark.parametrize("value", [date(2017, 5, 4), datetime(2017, 5, 4), datetime(2017, 5, 4, 23, 59)])
def test_a_workbooks_own_dates_are_days_whatever_the_order(value: date) -> None:
    assert {read_day(value, order, "f").text for order in ("dmy", "mdy", None)} == {"2017-05-04"}


@pytest.mark.parametrize(
    ("text", "ahead", "expected"),
    [
        ("18/05/26", 1, "2026-05-18"),
        ("18/05/27", 1, "2027-05-18"),
        ("18/05/28", 1, "1928-05-18"),
        ("18/05/75", 1, "1975-05-18"),
        ("18/05/28", 30, "2028-05-18"),
        ("18/05/56", 30, "2056-05-18"),
        ("18/05/57", 30, None),
        ("18/05/70", 30, "1970-05-18"),
        ("28 Jul 60", 30, None),
        ("18/05/45", 3, None),
    ],
)
def test_two_digits_of_a_year(monkeypatch: pytest.MonkeyPatch, text: str, ahead: int, expected: str | None) -> None:
    monkeypatch.setenv("TRACKER_TODAY", "2026-11-24")
    if expected is None:
        with pytest.raises(BadInput, match=r"can mean 19\d\d or 20\d\d"):
            read_day(text, "dmy", "ends", ahead=ahead, short="dmy")
    else:
        assert read_day(text, "dmy", "ends", ahead=ahead, short="dmy").text == expected


def evidence(*values: Value) -> Evidence:
    found = Evidence()
    for value in values:
        found.add(value)
    return found


@pytest.mark.parametrize(
    ("values", "order", "undecided"),
    [
        (["05/04/2017", "18/05/2017"], "dmy", False),
        (["05/04/2017", "05/18/2017"], "mdy", False),
        (["05/04/2017", "05/18/2017", "18/05/2017"], None, True),
        (["05/04/2017", "06/06/2017"], None, True),
        (["06/06/2017", date(2017, 5, 18)], None, False),
        (["05/04/2017", date(2017, 5, 18)], None, True),
        (["2017-05-18", "18 May 2017"], None, False),
        (["05/04/2017 a 28/02/2019"], "dmy", False),
        (["05/04/2017 10:00", "13.5.17"], None, True),  # 13.5.17 may be 2013-05-17
        (["05/04/2017 10:00", "13.5.2017"], "dmy", False),
    ],
)
def test_the_whole_column_decides(values: list[Value], order: str | None, undecided: bool) -> None:
    found = evidence(*values)
    assert (found.order, found.undecided) == (order, undecided)


@pytest.mark.parametrize(
    "late", [["13/05/2020", "14/05/2020", "31/05/2020"], ["05/13/2020", "05/14/2020", "05/31/2020"]]
)
def test_a_program_may_have_swapped_the_early_days(late: list[str]) -> None:
    early = [date(2020, 3, day) for day in range(1, 7)]
    assert evidence(*early, *late).swapped
    assert not evidence(*early, date(2020, 3, 13), *late).swapped
    assert not evidence(*early, *late, "05/04/2020").swapped
    assert not evidence(*early).swapped
    assert evidence(*early[:3], *late).swapped
    assert not evidence(*early[:2], *late).swapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24/12/2024 a 09/12/2026", ["24/12/2024", "09/12/2026"]),
        ("24/12/2024 - 09/12/2026", ["24/12/2024", "09/12/2026"]),
        ("del 1 de enero de 2020 al 31 de diciembre de 2021", ["1 de enero de 2020", "31 de diciembre de 2021"]),
        ("du 1er avril 2020 au 31 mars 2023", ["1er avril 2020", "31 mars 2023"]),
        ("from May 2017 to June 2019", ["May 2017", "June 2019"]),
        ("15 - 03 - 2020", ["15 - 03 - 2020"]),
        ("15 / 3 / 2020", ["15 / 3 / 2020"]),
        ("2020-01-01", ["2020-01-01"]),
        ("18 août 2017", ["18 août 2017"]),
    ],
)
def test_the_first_and_the_last_day_in_one_cell(text: str, expected: list[str]) -> None:
    assert dates_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("until 31 December 2025", ("31 December 2025", "until")),
        ("31/12/2025, automatic renewal", ("31/12/2025", "automatic renewal")),
        ("5 years (31/12/2025)", ("31/12/2025", "5 years")),
        ("31/12/2025 or 01/01/2026", None),
        ("no date here, 5 years", None),
        ("N° 12/05/2017-A", None),
    ],
)
def test_the_one_day_within_words(text: str, expected: tuple[str, str] | None) -> None:
    assert day_within(text) == expected
