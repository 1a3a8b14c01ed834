"""Schedules as people write them, and the due dates they give, worked out by hand (docs/rules.md, section 6)."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Any

import pytest

from tracker.errors import BadInput
from tracker.models.enums import OccurrenceState
from tracker.rules.dates import parse_date
from tracker.rules.recurrence import rrule_days
from tracker.rules.schedules import parse_schedule, read_schedule
from tracker.rules.states import occurrence_state

from .build import HORIZON, day, derive, due_words, facts

# In force 2017-05-18, last day 2020-05-17 unless a case says otherwise.
FORCE = {"events": "signed 2017-05-18", "entry": "on signature"}
THREE = {**FORCE, "duration": "3 years"}
OPEN = {**FORCE, "indefinite": True}

CASES: list[tuple[str, dict[str, Any], str]] = [
    # One day.
    ("2018-06-30", THREE, "2018-06-30"),
    ("2018-06", THREE, "2018-06-01/2018-06-30"),
    ("2018", {}, "2018-01-01/2018-12-31"),
    ("2026-06-30", THREE, "2026-06-30"),  # after the end: stays, and lapses
    ("ongoing", THREE, ""),
    ("on request", THREE, ""),
    # So long after something.
    ("30 days after entry into force", THREE, "2017-06-17"),
    ("1 month after entry into force", {**THREE, "events": "signed 2017-01-31"}, "2017-02-28"),
    ("30 days after signature", {"events": "signed 2017-05-18 A; signed 2017-06-01 B"}, "2017-07-01"),
    ("30 days after consent", {"events": "ratified 2017-05-01 A; ratified 2017-05-31 B"}, "2017-06-30"),
    ("30 days after entry into force", {**FORCE, "events": "signed 2017-05"}, "2017-05-31/2017-06-30"),
    ("within 30 days of entry into force", THREE, "2017-06-17"),
    ("on entry into force", THREE, "2017-05-18"),
    ("30 days after expiry", THREE, "2020-06-16"),  # 14 days left in May + 16
    ("30 days after expiry", {**THREE, "renewal": "tacit", "times": 1}, "2023-06-16"),  # the last term's
    ("30 days after termination", {**OPEN, "events": "signed 2017-05-18; terminated 2018-01-01"}, "2018-01-31"),
    # Terminated from 2018-05-30, the first day without the agreement.
    (
        "1 day after termination",
        {**OPEN, "events": "signed 2017-05-18; termination-notice 2018-03-01", "notice": "90 days"},
        "2018-05-31",
    ),
    ("1 week after A1", {"activities": {1: "2018-03-05"}}, "2018-03-12"),
    ("1 week after A1", {"activities": {1: "2018-03-05 2018-03-07"}}, "2018-03-14"),  # its last day
    ("30 days after adoption", {"events": "adopted 2017-01-01"}, "2017-01-31"),
    ("30 days after suspension", {**OPEN, "events": "suspended 2018-01-01; suspended 2019-01-01"},
     "2018-01-31 2019-01-31"),  # each of them
    ("10 days after notice of termination", {**OPEN, "events": "termination-notice 2018-01-01"}, "2018-01-11"),
    # Counted from each fulfilment of another obligation.
    ("30 days after O2", {"due": ("30 days after O2", "ongoing"), "done": {2: "2018-01-01"}}, "2018-01-31"),
    ("30 days after O2", {"due": ("30 days after O2", "ongoing"), "done": {2: "2018-03-01 2018-01"}},
     "2018-01-31/2018-03-02 2018-03-31"),
    ("30 days before O2", {"due": ("30 days before O2", "2018-03-31")}, "2018-03-01"),
    ("1 week before O2", {"due": ("1 week before O2", "every year on 31 March from 2018, 2 times")},
     "2018-03-24 2019-03-24"),
    ("1 day before O2", {"due": ("1 day before O2", "1 day before O3", "2018-03-31")}, "2018-03-29"),
    # Before the expiry of each term.
    ("60 days before expiry", THREE, "2020-03-18"),  # 17 days of May, 30 of April, 13 of March
    ("60 days before expiry", {**THREE, "renewal": "tacit", "times": 1}, "2020-03-18 2023-03-18"),
    ("6 months before expiry", {**FORCE, "ends": "2018-08-31"}, "2018-02-28"),
    ("1 month before expiry", {**FORCE, "ends": "2018"}, "2017-12-01/2018-11-30"),
    ("10 days after renewal", {**THREE, "renewal": "tacit", "times": 2}, "2020-05-28 2023-05-28"),
    # Every so often, from a day (due itself) or after something (not due itself).
    ("every 6 months from 2017-09-01", THREE,
     "2017-09-01 2018-03-01 2018-09-01 2019-03-01 2019-09-01 2020-03-01"),
    ("every 6 months from 2017-09-01 until 2018-09-01", THREE, "2017-09-01 2018-03-01 2018-09-01"),
    ("every 6 months from 2017-09-01 until 2018-08", THREE, "2017-09-01 2018-03-01"),
    # A fifth Friday: months without one are skipped, and do not count as times.
    ("every month on the fifth Friday from 2018-01-01, 4 times", OPEN, "2018-03-30 2018-06-29 2018-08-31 2018-11-30"),
    ("every year on the fifth Friday of March from 2018, 2 times", OPEN, "2018-03-30 2019-03-29"),
    ("every 2 months on the 5th Friday from 2018-03-01, 3 times", OPEN, "2018-03-30 2018-11-30 2019-03-29"),
    ("every month on 15 from 2018-01-16, 2 times", OPEN, "2018-02-15 2018-03-15"),
    ("every month on day 31 from 2018-02-01, 2 times", OPEN, "2018-02-28 2018-03-31"),
    # Of an UNTIL with a time of day the date counts, the day included.
    ("RRULE:FREQ=DAILY;UNTIL=20170905T000000Z from 2017-09-03", OPEN, "2017-09-03 2017-09-04 2017-09-05"),
    ("RRULE:FREQ=DAILY;UNTIL=20170904T235959 from 2017-09-03", OPEN, "2017-09-03 2017-09-04"),
    ("every 1095 days from 2017-06-01, 2 times", OPEN, "2017-06-01 2020-05-31"),  # 2020-02-29 lies between
    ("every 6 months from 2017-09-01, 3 times", OPEN, "2017-09-01 2018-03-01 2018-09-01"),
    ("every 6 months from 2017-09-01 3 times", OPEN, "2017-09-01 2018-03-01 2018-09-01"),
    # 2020-05-18 is the day after the last day.
    ("every 6 months after entry into force", THREE, "2017-11-18 2018-05-18 2018-11-18 2019-05-18 2019-11-18"),
    ("every 6 months after entry into force until expiry", {**THREE, "survives": True},
     "2017-11-18 2018-05-18 2018-11-18 2019-05-18 2019-11-18"),
    ("every year after entry into force, 4 times", {**THREE, "survives": True},
     "2018-05-18 2019-05-18 2020-05-18 2021-05-18"),
    ("every year after entry into force, 4 times", THREE, "2018-05-18 2019-05-18"),
    # From the first anchor, never from a clamped day.
    ("every month from 2018-01-31, 5 times", OPEN, "2018-01-31 2018-02-28 2018-03-31 2018-04-30 2018-05-31"),
    ("every year from 2016-02-29, 5 times", {**OPEN, "events": "signed 2016-01-01"},
     "2016-02-29 2017-02-28 2018-02-28 2019-02-28 2020-02-29"),
    ("every 1 year and 6 months from 2018-01-31, 3 times", OPEN, "2018-01-31 2019-07-31 2021-01-31"),
    ("every 10 days from 2018-02-20, 3 times", OPEN, "2018-02-20 2018-03-02 2018-03-12"),
    ("every 2 weeks from 2018-01-01, 3 times", OPEN, "2018-01-01 2018-01-15 2018-01-29"),
    ("every quarter from 2018-01-01, 3 times", OPEN, "2018-01-01 2018-04-01 2018-07-01"),
    ("every quarter, 2 times", OPEN, "2017-08-18 2017-11-18"),
    ("every 6 months from 2017-09, 2 times", OPEN, "2017-09-01/2017-09-30 2018-03-01/2018-03-30"),
    ("every 6 months after entry into force, 2 times", {**OPEN, "events": "signed 2017-08"},
     "2018-02-01/2018-02-28 2018-08-01/2018-08-31"),
    ("every 6 months after signature, 2 times", OPEN, "2017-11-18 2018-05-18"),
    ("every month after A1, 2 times", {**OPEN, "activities": {1: "2018-01-31"}}, "2018-02-28 2018-03-31"),
    # On a day of the year, the month, the week.
    ("every year on 31 March", THREE, "2018-03-31 2019-03-31 2020-03-31"),
    ("every year on 18 May", THREE, "2017-05-18 2018-05-18 2019-05-18"),  # entry into force itself
    ("every year on 31 March from 2019", THREE, "2019-03-31 2020-03-31"),
    ("every year on 29 February", THREE, "2018-02-28 2019-02-28 2020-02-29"),
    ("every year on the last Friday of March", THREE, "2018-03-30 2019-03-29 2020-03-27"),
    ("every 2 years on 1 May from 2017-06-01, 2 times", OPEN, "2018-05-01 2020-05-01"),
    ("every month on the first Monday from 2018-02-01, 3 times", OPEN, "2018-02-05 2018-03-05 2018-04-02"),
    ("every month on the first Monday, 2 times", OPEN, "2017-06-05 2017-07-03"),
    ("every month on the fourth Thursday from 2018-01-26, 2 times", OPEN, "2018-02-22 2018-03-22"),
    ("every month on the last Friday from 2018-01-01, 3 times", OPEN, "2018-01-26 2018-02-23 2018-03-30"),
    ("every month on the 15th from 2018-02-16, 2 times", OPEN, "2018-03-15 2018-04-15"),
    ("every month on the 31st from 2018-01-01, 3 times", OPEN, "2018-01-31 2018-02-28 2018-03-31"),
    ("every month on the last day from 2020-01-01, 3 times", OPEN, "2020-01-31 2020-02-29 2020-03-31"),
    ("every 3 months on the 15th from 2018-02-20, 2 times", OPEN, "2018-03-15 2018-06-15"),
    ("every week on Monday from 2018-01-01, 3 times", OPEN, "2018-01-01 2018-01-08 2018-01-15"),
    ("every 2 weeks on Friday from 2018-01-01, 2 times", OPEN, "2018-01-05 2018-01-19"),
    ("every month on the 18th after entry into force, 2 times", OPEN, "2017-06-18 2017-07-18"),
    # RFC 5545.
    ("RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=3 from 2017-09-01", OPEN, "2017-09-04 2017-10-02 2017-11-06"),
    ("RRULE:FREQ=YEARLY;UNTIL=20190601 from 2017-06-01", OPEN, "2017-06-01 2018-06-01 2019-06-01"),
    ("RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", THREE, "2017-11-30 2018-11-30 2019-11-30"),
    ("RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2 from 2018-02-01", OPEN, "2018-02-28 2018-03-31"),
    # 31 January, skipping the short months: so RFC 5545, unlike "every month from".
    ("RRULE:FREQ=MONTHLY;COUNT=3 from 2018-01-31", OPEN, "2018-01-31 2018-03-31 2018-05-31"),
    # Working days. 2018-06-30 is a Saturday; Panama's 2018-11-03 (Saturday), 5, 10, 28 are holidays.
    ("2018-06-30, next working day", THREE, "2018-07-02"),
    ("2018-06-30, previous working day", THREE, "2018-06-29"),
    ("2018-06-29, next working day", THREE, "2018-06-29"),
    ("2018-11-28, next working day", {**THREE, "country": "PA"}, "2018-11-29"),
    ("2018-11-28, next working day", THREE, "2018-11-28"),  # no country: weekends only
    ("2018-12-25, previous working day", {**THREE, "country": "FR"}, "2018-12-24"),
    # Saturday and Sunday both go to Monday 8 January: one due date.
    ("every day from 2018-01-05 until 2018-01-08, next working day", OPEN, "2018-01-05 2018-01-08"),
    # The last day 2020-05-17 is a Sunday: moved past the end, it is not due.
    ("every year from 2018-05-17, next working day", THREE, "2018-05-17 2019-05-17"),
    ("every year from 2018-05-17, previous working day", THREE, "2018-05-17 2019-05-17 2020-05-15"),
    # The end: of the last term; of an agreement without one, the day before it is over.
    ("every year from 2018-01-01", {**THREE, "events": "signed 2017-05-18; terminated 2018-06-01"},
     "2018-01-01 2019-01-01 2020-01-01"),  # those after termination stay, and lapse
    ("every year from 2018-01-01", {**OPEN, "events": "signed 2017-05-18; terminated 2019-01-01"}, "2018-01-01"),
    ("every year from 2018-01-01", {**FORCE, "duration": "1 year",
     "events": "signed 2017-05-18; renewed 2019-06-01 for P2Y"},
     "2018-01-01 2019-01-01 2020-01-01 2021-01-01"),  # last day 2021-05-31
    ("every year from 2018-01-01", {"events": "signed 2017-05-18; abandoned 2019-06-01"}, "2018-01-01 2019-01-01"),
]  # fmt: skip


@pytest.mark.parametrize(("due", "rest", "expected"), CASES)
def test_due_dates(due: str, rest: dict[str, Any], expected: str) -> None:
    found = derive(facts(**{"due": (due,), **rest}), HORIZON)
    assert due_words(found) == expected
    assert 1 not in found.waiting
    assert all(one.due_on >= one.warn_on for one in found.occurrences)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


WAITING: list[tuple[str, dict[str, Any], str]] = [
    ("30 days after entry into force", {}, "30 days after entry into force: not yet in force"),
    ("every 6 months after entry into force", {}, "every 6 months after entry into force: not yet in force"),
    ("every year on 31 March", {}, "every year on 31 March: not yet in force"),
    ("RRULE:FREQ=DAILY", {}, "RRULE:FREQ=DAILY: not yet in force"),
    ("30 days after entry into force", {**FORCE, "events": "signed unknown"},
     "30 days after entry into force: the day of entry into force is unknown"),
    ("30 days after signature", {"events": "signed 2017-05-18 A"},
     "30 days after signature: not yet signed by every party"),
    ("30 days after consent", {}, "30 days after consent: not every party has consented yet"),
    ("30 days after termination", THREE, "30 days after termination: not terminated"),
    ("60 days before expiry", OPEN, "60 days before expiry: the agreement has no last day"),
    ("60 days before expiry", {}, "60 days before expiry: not yet in force"),
    ("30 days after expiry", {**THREE, "renewal": "tacit"},
     "30 days after expiry: the agreement renews by itself"),
    ("30 days after A1", {}, "30 days after A1: there is no activity A1"),
    ("30 days after O7", {}, "30 days after O7: there is no obligation O7"),
    ("30 days after O2", {"due": ("30 days after O2", "ongoing")}, "30 days after O2: O2 is not yet fulfilled"),
    ("30 days after O1", {}, "30 days after O1: O1 is not yet fulfilled"),
    ("30 days before O2", {"due": ("30 days before O2", "ongoing")}, "30 days before O2: O2 has no due date"),
    ("30 days before O1", {}, "30 days before O1: O1 counts from itself"),
    ("unknown", {}, "the due date is unknown"),
    ("every year from 2021-01-01", THREE, "every year from 2021-01-01: nothing falls due before it ends"),
    ("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30 from 2018-01-01", OPEN,
     "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30 from 2018-01-01: nothing falls due before it ends"),
    ("every day from 0217-01-01", OPEN,
     "every day from 0217-01-01: gives over 10,000 due dates by 0244-05-19: let it begin later"),
    ("RRULE:FREQ=DAILY from 0001-01-01", OPEN,
     "RRULE:FREQ=DAILY from 0001-01-01: gives over 10,000 due dates by 0028-05-19: let it begin later"),
]  # fmt: skip


@pytest.mark.parametrize(("due", "rest", "expected"), WAITING)
def test_what_has_no_date_says_on_what_it_waits(due: str, rest: dict[str, Any], expected: str) -> None:
    found = derive(facts(**{"due": (due,), **rest}), HORIZON)
    assert due_words(found) == ""
    assert found.waiting[1] == expected


def test_a_ring_of_obligations_waits() -> None:
    ring = ("1 day before O2", "1 day before O3", "1 day before O1")
    found = derive(facts(due=ring, **OPEN), HORIZON)
    assert found.occurrences == ()
    assert all("count from each other" in found.waiting[number] for number in (1, 2, 3))


@pytest.mark.parametrize("due", ["every month from 2018-01-01", "every 4 years on 1 May", "RRULE:FREQ=YEARLY"])
def test_an_open_series_goes_one_beyond_the_horizon(due: str) -> None:
    horizon = date(2020, 2, 29)
    found = derive(facts(due=(due,), **OPEN), horizon)
    assert [one.due_on > horizon for one in found.occurrences][-2:] == [False, True]
    assert not found.complete
    later = derive(facts(due=(due,), **OPEN), HORIZON)
    assert later.occurrences[: len(found.occurrences)] == found.occurrences


def test_before_each_expiry_there_is_always_a_next_one() -> None:
    """Terms of a month, three months' warning: terms past the horizon are looked at."""
    horizon = date(2018, 1, 1)
    short = {**FORCE, "duration": "1 month", "renewal": "tacit"}
    found = derive(facts(due=("3 months before expiry",), **short), horizon)
    assert found.occurrences[-1].due_on >= horizon
    assert len(found.occurrences) > len(found.terms)


def test_a_moved_due_day_says_so() -> None:
    found = derive(facts(due=("2018-06-30, next working day",), **OPEN), HORIZON)
    how = found.occurrences[0].reason.arithmetic
    assert how == "Saturday 2018-06-30 moved to the next working day (weekends only: no country with holidays)"


CANONICAL = [
    ("Every 6 MONTHS From 2017-09-01, 6 times", "every 6 months from 2017-09-01, 6 times"),
    ("every P6M from 2017-09-01", "every 6 months from 2017-09-01"),
    ("every six months from 2017-09-01", "every 6 months from 2017-09-01"),
    ("every 1 month from 2017-09-01", "every month from 2017-09-01"),
    ("every quarter", "every 3 months after entry into force"),
    ("every year on March 31", "every year on 31 March"),
    ("every year on the 31st of March", "every year on 31 March"),
    ("every month on the 1st Monday", "every month on the first Monday"),
    ("every month on last day", "every month on the last day"),
    ("30 days after the entry into force", "30 days after entry into force"),
    ("P30D after o2", "30 days after O2"),
    ("2026-06-30 next working day", "2026-06-30, next working day"),
    ("rrule:freq=daily from 2018", "RRULE:FREQ=DAILY from 2018"),
]


@pytest.mark.parametrize(("text", "canonical"), CANONICAL)
def test_canonical_words(text: str, canonical: str) -> None:
    assert str(parse_schedule(text)) == canonical


@pytest.mark.parametrize("text", [due for due, _, _ in CASES + WAITING])
def test_printing_and_parsing_gives_the_same_schedule(text: str) -> None:
    schedule = parse_schedule(text)
    assert parse_schedule(str(schedule)) == schedule
    assert str(parse_schedule(str(schedule))) == str(schedule)


REFUSED = [
    "",
    " ",
    "foo",
    "every",
    "every foo",
    "every 0 days",
    "every -1 days",
    "every 100000 days from 2018-01-01",
    "every 6 months from",
    "every 6 months from 03/04/2017",
    "every 6 months from unknown",
    "every 6 months from entry into force",
    "every 6 months from 2018-01-01 until never",
    "every month from 2018-01-01, 0 times",
    "every month from 2018-01-01, 1000 times",
    "every month from 2018-01-01 until 2019, 3 times",
    "every month on the sixth Monday",
    "every month on 32",
    "every month on 0",
    "every year on 15",
    "every week on 15",
    "RRULE:FREQ=DAILY;UNTIL=20190201T250000Z",
    "RRULE:FREQ=DAILY;UNTIL=20190201T00Z",
    "every month on the 32nd",
    "every month on 31 March",
    "every month on Monday",
    "every year on 31 June",
    "every year on 30 February",
    "every year on the 15th",
    "every week on the first Monday",
    "every week on the 15th",
    "every day on Monday",
    "30 days after lunch",
    "30 days after A0",
    "30 days after A99999",
    "30 after signature",
    "ongoing, next working day",
    "2026-02-30",
    "2026-06-30, next holiday",
    "2026-06-30\n",
    "2026-06-30\x00",
    "every month on the first Monday" * 400,
    "٣٠ days after signature",
    "RRULE:",
    "RRULE:FREQ=HOURLY",
    "RRULE:FREQ=MINUTELY from 2018-01-01",
    "RRULE:FREQ=SECONDLY",
    "RRULE:INTERVAL=2",
    "RRULE:FREQ=DAILY;FREQ=DAILY",
    "RRULE:FREQ=DAILY;DTSTART=20180101",
    "RRULE:FREQ=DAILY;BYHOUR=1",
    "RRULE:FREQ=DAILY;COUNT=3;UNTIL=20190101",
    "RRULE:FREQ=DAILY;UNTIL=20190231",
    "RRULE:FREQ=DAILY;INTERVAL=0",
    "RRULE:FREQ=DAILY;INTERVAL=99999999999",
    "RRULE:FREQ=WEEKLY;BYDAY=1MO",
    "RRULE:FREQ=MONTHLY;BYMONTH=13",
    "RRULE:FREQ=MONTHLY;BYDAY=XX",
    "RRULE:FREQ=MONTHLY;BYSETPOS=1",
    "RRULE:FREQ=MONTHLY;BYWEEKNO=1",
]


@pytest.mark.parametrize(
    ("text", "until", "start"),
    [
        ("every 6 months from 2018-01-01 until 2017-12-31", "2017-12-31", "2018-01-01"),
        ("every 6 months from 2018-01 until 2017", "2017", "2018-01"),
        ("every month on the first Monday from 2018-02-01 until 2018-01-31", "2018-01-31", "2018-02-01"),
        ("RRULE:FREQ=DAILY;UNTIL=20171231T235959Z from 2018-01-01", "2017-12-31", "2018-01-01"),
    ],
)
def test_nobody_writes_an_end_before_the_start(text: str, until: str, start: str) -> None:
    with pytest.raises(BadInput, match=f"ends on {until}, before it starts on {start}"):
        read_schedule(text)
    assert parse_schedule(text)  # what was recorded once is still read


@pytest.mark.parametrize(
    "text",
    ["every 6 months from 2018-01-01 until 2018-01-01", "every month from 2018-06 until 2018", "every year until 2017"],
)
def test_an_end_that_may_be_the_start_or_later_is_taken(text: str) -> None:
    assert read_schedule(text) == parse_schedule(text)


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_schedule(text)
    assert caught.value.field == "due"
    assert "\n" not in str(caught.value)


def test_rules_are_those_of_dateutil_on_the_real_dates() -> None:
    """They are expanded in another 400 years of the same calendar: weekdays and leap days agree."""
    from datetime import datetime

    from dateutil.rrule import rrulestr

    for rule in ("FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO"):
        for year in (1999, 2000, 2001, 2199, 2200):
            expected = [one.date() for one in islice(rrulestr(rule, dtstart=datetime(year, 3, 1)), 20)]
            assert list(islice(rrule_days(rule, date(year, 3, 1)), 20)) == expected


# done, waived, last day, survives, on the day -> state; due 2018-06-30.
STATES = [
    (None, None, None, False, "2018-06-29", OccurrenceState.PENDING),
    (None, None, None, False, "2018-06-30", OccurrenceState.PENDING),
    (None, None, None, False, "2018-07-01", OccurrenceState.OVERDUE),
    ("2018-07-05", None, None, False, "2018-07-04", OccurrenceState.OVERDUE),
    ("2018-07-05", None, None, False, "2018-07-05", OccurrenceState.FULFILLED),
    ("2018-07", None, None, False, "2018-07-01", OccurrenceState.FULFILLED),
    ("unknown", None, None, False, "2018-01-01", OccurrenceState.FULFILLED),
    (None, "2018-06-01", None, False, "2018-05-31", OccurrenceState.PENDING),
    (None, "2018-06-01", None, False, "2018-07-31", OccurrenceState.WAIVED),
    (None, "2018-06", None, False, "2018-06-01", OccurrenceState.WAIVED),
    (None, "unknown", None, False, "2018-01-01", OccurrenceState.WAIVED),
    (None, None, "2018-05-31", False, "2018-05-31", OccurrenceState.PENDING),
    (None, None, "2018-05-31", False, "2018-06-01", OccurrenceState.LAPSED),
    (None, None, "2018-05-31", False, "2018-07-01", OccurrenceState.LAPSED),
    (None, None, "2018-05-31", True, "2018-07-01", OccurrenceState.OVERDUE),
    (None, None, "2018-06-30", False, "2018-07-01", OccurrenceState.OVERDUE),
    ("2018-05-01", "2018-05-01", "2018-05-31", False, "2018-07-01", OccurrenceState.FULFILLED),
]


@pytest.mark.parametrize(("done", "waived", "last", "survives", "on", "state"), STATES)
def test_state(
    done: str | None, waived: str | None, last: str | None, survives: bool, on: str, state: OccurrenceState
) -> None:
    found = occurrence_state(
        day("2018-06-30"),
        parse_date(done) if done else None,
        parse_date(waived) if waived else None,
        day(last) if last else None,
        survives,
        day(on),
    )
    assert found == state
