"""Cases worked out by hand from docs/rules.md, sections 4 to 6, as a user sees them: imported, listed, explained."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.running import Tracker


@dataclass(frozen=True)
class Case:
    """An agreement, and what is to be seen of it.

    ``course`` is ``STATUS SINCE`` with ``,`` between (``always``: no first day); ``in_force`` and ``signed`` as
    listed; ``ends`` the column on some days; ``due`` the due dates of each obligation, ``WARN/DUE`` where they
    differ; ``ahead`` the milestones as ``KIND DAY``, seen from the day before the first event.
    """

    events: str
    provisions: dict[str, Any]
    course: str
    in_force: str | None = None
    signed: str | None = None
    ends: dict[str, str | None] = field(default_factory=dict)
    due: dict[str, str] = field(default_factory=dict)
    ahead: str | None = None
    parties: str = "A B"
    more: dict[str, Any] = field(default_factory=dict)


SIGN = "on signature"
LASTING = {"entry_into_force": SIGN, "indefinite": True}
YEAR = {"entry_into_force": SIGN, "duration": "1 year"}
TACIT = {"mode": "tacit"}
SPRING = {"entry_into_force": SIGN, "ends": "2018-04-30", "renewal": {"mode": "tacit", "period": "1 year"}}
SPRING |= {"notice": "2 months"}  # the notice day: 30 April - 2 months = 28 February
S18 = "signed 2018-01-01"
S31 = "signed 2018-01-31"


def lasting(due: str, expected: str, events: str = S31, **more: Any) -> Case:
    """One obligation of an agreement without end, in force since 2018-01-31."""
    since = "in-force 2018-01-31"
    return Case(events, LASTING, since, "2018-01-31", due={due: expected}, more=more)


CASES: dict[str, Case] = {
    # Consents counted by their number. 15 May + 3 months.
    "nth consent": Case(
        "ratified 2010-03-31 B; ratified 2010-01-31 A; acceded 2010-05-15 C; acceded 2012-11-30 D",
        {"entry_into_force": "3 months after the 3rd consent", "duration": "5 years"},
        "negotiating 2010-01-31, in-force 2010-08-15, expired 2015-08-15",
        "2010-08-15",
        parties="A B C D",
        ends={"2010-08-14": None, "2010-08-15": "2015-08-14", "2026-01-01": "2015-08-14"},
    ),
    # 31 August + 6 months = 28 February; the first of the month after that.
    "first of the month": Case(
        "ratified 2014-08-31 A; ratified 2014-02-01 B",
        {"entry_into_force": "first day of the month following 6 months after the 2nd consent"},
        "negotiating 2014-02-01, in-force 2015-03-01",
        "2015-03-01",
    ),
    # A leap year: 29 days to 29 February, 30 to 1 March.
    "30th day": Case(
        "ratified 2016-01-30 A; ratified 2016-01-31 B",
        {"entry_into_force": "on the 30th day after the 2nd consent"},
        "negotiating 2016-01-30, in-force 2016-03-01",
        "2016-03-01",
    ),
    "two acts of one party are one consent": Case(
        "accepted 2016-01-01 A; ratified 2016-05-01 A; approved 2016-07-01 B",
        {"entry_into_force": "on the 2nd consent"},
        "negotiating 2016-01-01, in-force 2016-07-01",
        "2016-07-01",
        parties="A B C",
    ),
    # Second lowers 2016-03-01, second uppers 2016-06-15 (of 03-31, 06-15, 12-31); each + 10 days. The last day of the
    # year is that of the upper: 2016-06-25 + 1 year - 1 day.
    "partial consents": Case(
        "ratified 2016 A; ratified 2016-03 B; ratified 2016-06-15 C",
        {"entry_into_force": "10 days after the 2nd consent", "duration": "1 year"},
        "negotiating 2016-01-01, in-force 2016-03-11, expired 2017-06-25",
        "2016-03-11..2016-06-25",
        parties="A B C",
        ahead="entry-into-force 2016-03-11, expiry 2017-06-24",
    ),
    "partial signatures": Case(
        "signed 2018 A; signed 2018-06-15 B",
        {"entry_into_force": SIGN},
        "signed 2018-01-01, in-force 2018-06-15",
        "2018-06-15..2018-12-31",
        signed="2018-06-15..2018-12-31",
    ),
    "range that is no month": Case(
        "signed 2018-12",
        {"entry_into_force": "30 days after signature"},
        "signed 2018-12-01, in-force 2018-12-31",
        "2018-12-31..2019-01-30",
        signed="2018-12",
    ),
    "entry known to the month": Case(
        S18 + "; entered-into-force 2018-05",
        {"duration": "1 year"},
        "signed 2018-01-01, in-force 2018-05-01, expired 2019-05-31",  # 2018-05-31 + 1 year - 1 day = 2019-05-30
        "2018-05",
    ),
    # Ends of months: + 6, 12, 18 months from 31 August. Notice 28 February - 1 month, 30 August - 1 month.
    "month ends": Case(
        "signed 2019-08-31",
        {"entry_into_force": SIGN, "duration": "6 months", "renewal": {**TACIT, "times": 2}, "notice": "1 month"},
        "in-force 2019-08-31, expired 2021-02-28",
        "2019-08-31",
        ends={"2020-02-28": "2020-02-28", "2020-02-29": "2020-08-30", "2020-08-31": "2021-02-27"},
        ahead="entry-into-force 2019-08-31, notice 2020-01-28, renewal 2020-02-29, notice 2020-07-30, "
        "renewal 2020-08-31, expiry 2021-02-27",
    ),
    "months of a month's end": Case(
        "signed 2019-01-31",
        {"entry_into_force": SIGN, "duration": "1 month", "renewal": {**TACIT, "times": 2}},
        "in-force 2019-01-31, expired 2019-04-30",
        "2019-01-31",
        ends={"2019-02-27": "2019-02-27", "2019-02-28": "2019-03-30", "2019-03-31": "2019-04-29"},
    ),
    # 30 days end on 30 January; the month is counted from 31 January.
    "days, then months": Case(
        "signed 2019-01-01",
        {"entry_into_force": SIGN, "duration": "30 days", "renewal": {**TACIT, "period": "1 month", "times": 1}},
        "in-force 2019-01-01, expired 2019-02-28",
        "2019-01-01",
    ),
    "renewed once": Case(
        S31,
        {**YEAR, "renewal": {**TACIT, "period": "6 months", "times": 1}},
        "in-force 2018-01-31, expired 2019-07-31",
        "2018-01-31",
    ),
    # 1095 days from 2017-05-18 take in one 29 February.
    "1095 days": Case(
        "signed 2017-05-18",
        {"entry_into_force": SIGN, "duration": "P1095D"},
        "in-force 2017-05-18, expired 2020-05-17",
        "2017-05-18",
    ),
    # Notice to the end of a period.
    "runs out on a quarter's end": Case(
        S18 + "; termination-notice 2018-06-30",
        {**LASTING, "notice": "3 months to the end of a quarter"},
        "in-force 2018-01-01, terminated 2018-10-01",
        "2018-01-01",
    ),
    "runs out the day after": Case(
        S18 + "; termination-notice 2018-07-01",
        {**LASTING, "notice": "3 months to the end of a quarter"},
        "in-force 2018-01-01, terminated 2019-01-01",
        "2018-01-01",
        ends={"2018-01-01": "2018-12-31", "2018-12-31": "2018-12-31", "2020-01-01": "2018-12-31"},
    ),
    "clamped to February": Case(
        S18 + "; termination-notice 2018-11-30",
        {**LASTING, "notice": "3 months to the end of a month"},
        "in-force 2018-01-01, terminated 2019-03-01",
        "2018-01-01",
    ),
    "half a year to the year's end": Case(
        S18 + "; termination-notice 2018-07-01",
        {**LASTING, "notice": "6 months to the end of a year"},
        "in-force 2018-01-01, terminated 2020-01-01",  # runs out on 2019-01-01
        "2018-01-01",
    ),
    "the earlier of two notices": Case(
        S18 + "; termination-notice 2018-06-01 A; termination-notice 2018-03-01 B",
        {**LASTING, "notice": "90 days"},
        "in-force 2018-01-01, terminated 2018-05-30",
        "2018-01-01",
    ),
    "the earlier of two terminations": Case(
        S18 + "; terminated 2019-05; terminated 2019-03-15",
        LASTING,
        "in-force 2018-01-01, terminated 2019-03-15",
        "2018-01-01",
        ends={"2019-01-01": "2019-03-14", "2019-06-01": "2019-03-14"},
    ),
    "notice on an unknown day": Case(
        S18 + "; termination-notice unknown", {**LASTING, "notice": "90 days"}, "terminated always"
    ),
    "indefinite with notice": Case(
        S18, {**LASTING, "notice": "90 days"}, "in-force 2018-01-01", "2018-01-01", ahead="entry-into-force 2018-01-01"
    ),
    "terminated within its term": Case(
        S18 + "; terminated 2018-07-01",
        YEAR,
        "in-force 2018-01-01, terminated 2018-07-01",
        "2018-01-01",
        ends={"2018-02-01": "2018-06-30", "2026-01-01": "2018-06-30"},
    ),
    # Suspension.
    "notice while suspended": Case(
        S18 + "; suspended 2018-02-01; termination-notice 2018-03-01; resumed 2018-06-01",
        {**LASTING, "notice": "30 days"},
        "in-force 2018-01-01, suspended 2018-02-01, terminated 2018-03-31",
        "2018-01-01",
    ),
    "non-renewal while suspended, in time": Case(
        S18 + "; suspended 2018-10-01; non-renewal-notice 2018-10-31",
        {**YEAR, "renewal": TACIT, "notice": "2 months"},  # last day 12-31, notice day 10-31
        "in-force 2018-01-01, suspended 2018-10-01, expired 2019-01-01",
        "2018-01-01",
    ),
    "non-renewal while suspended, a day late": Case(
        S18 + "; suspended 2018-10-01; non-renewal-notice 2018-11-01",
        {**YEAR, "renewal": TACIT, "notice": "2 months"},
        "in-force 2018-01-01, suspended 2018-10-01, expired 2020-01-01",
        "2018-01-01",
    ),
    "suspended over the day of entry": Case(
        S18 + "; suspended 2018-03-01; resumed 2018-07-01",
        {"entry_into_force": "2018-06-01"},
        "signed 2018-01-01, suspended 2018-03-01, in-force 2018-07-01",
        "2018-06-01",
    ),
    "suspended from the day of entry": Case(
        S18 + "; suspended 2018-06-01; resumed 2018-07",
        {"entry_into_force": "2018-06-01"},
        "signed 2018-01-01, suspended 2018-06-01, in-force 2018-07-01",
        "2018-06-01",
    ),
    "resumed some time in the year": Case(
        S18 + "; suspended 2018-03; resumed 2018",
        LASTING,
        "in-force 2018-01-01, suspended 2018-03-01, in-force 2018-12-31",
        "2018-01-01",
    ),
    # Non-renewal: on the notice day, the day after, within a month, on an unknown day.
    "on the notice day": Case(
        "signed 2017-05-01; non-renewal-notice 2018-02-28",
        SPRING,
        "in-force 2017-05-01, expired 2018-05-01",
        "2017-05-01",
    ),
    "a day after the notice day": Case(
        "signed 2017-05-01; non-renewal-notice 2018-03-01",
        SPRING,
        "in-force 2017-05-01, expired 2019-05-01",
        "2017-05-01",
    ),
    "in the month of the notice day": Case(
        "signed 2017-05-01; non-renewal-notice 2018-02", SPRING, "in-force 2017-05-01, expired 2018-05-01", "2017-05-01"
    ),
    "in the year of the notice day": Case(
        "signed 2017-05-01; non-renewal-notice 2018",  # by 2018-12-31; the next notice day is 2019-02-28
        SPRING,
        "in-force 2017-05-01, expired 2019-05-01",
        "2017-05-01",
    ),
    "non-renewal on an unknown day": Case(
        "signed 2017-05-01; non-renewal-notice unknown",
        SPRING,
        "negotiating always, in-force 2017-05-01, expired 2018-05-01",
        "2017-05-01",
    ),
    "tacit, for how long is not known": Case(
        "signed 2017-05-01; non-renewal-notice 2018-03-01",
        {**SPRING, "renewal": TACIT},
        "in-force 2017-05-01",
        "2017-05-01",
        ends={"2018-04-30": "2018-04-30", "2018-05-01": None},
        ahead="entry-into-force 2017-05-01, notice 2018-02-28, renewal 2018-05-01",
    ),
    # Express renewal.
    "after it had lapsed": Case(
        S18 + "; renewed 2019-03-15 for 6 months",
        {**YEAR, "renewal": {"mode": "express"}},
        "in-force 2018-01-01, expired 2019-01-01, in-force 2019-03-15, expired 2019-09-15",
        "2018-01-01",
        ends={"2019-02-01": "2018-12-31", "2019-03-15": "2019-09-14", "2026-01-01": "2019-09-14"},
    ),
    "renewed in the year after": Case(
        S18 + "; renewed 2019 for 1 year",
        {**YEAR, "renewal": {"mode": "express"}},
        "in-force 2018-01-01, expired 2020-12-31",  # from 2019-01-01, last day of 2019-12-31 + 1 year - 1 day
        "2018-01-01",
    ),
    "renewed until some time in a month": Case(
        S18 + "; renewed 2018 until 2020-06",
        {**YEAR, "renewal": {"mode": "none"}},
        "in-force 2018-01-01, expired 2020-07-01",
        "2018-01-01",
    ),
    "renewed more often than allowed": Case(
        S18 + "; renewed 2018-12-01; renewed 2019-12-01",
        {**YEAR, "renewal": {"mode": "express", "times": 1}},
        "in-force 2018-01-01, expired 2021-01-01",
        "2018-01-01",
    ),
    # Over before it enters into force.
    "ends before entry": Case(
        S18 + "; entered-into-force 2019-01-01", {"ends": "2018-12"}, "signed 2018-01-01, expired 2019-01-01"
    ),
    "terminated before entry": Case(
        S18 + "; terminated 2018-06-01",
        {"entry_into_force": "2019-01-01", "duration": "3 years"},
        "signed 2018-01-01, terminated 2018-06-01",
        ends={"2018-03-01": None, "2020-01-01": "2018-05-31"},
        due={"30 days after entry into force": ""},
        ahead="",
    ),
    "applied provisionally, then abandoned": Case(
        S18 + "; provisionally-applied 2018-02-01; abandoned 2018-09",
        {"entry_into_force": "on consent"},
        "signed 2018-01-01, provisionally-applied 2018-02-01, abandoned 2018-09-30",
    ),
    # Withdrawal: of three, and of the two that are left.
    "withdrawals": Case(
        "ratified 2010-01-01 A; ratified 2010-02-01 B; ratified 2010-03-01 C; withdrew 2012-05 A; withdrew 2014 B",
        {"entry_into_force": "on the 2nd consent", "indefinite": True},
        "negotiating 2010-01-01, in-force 2010-02-01, terminated 2014-12-31",
        "2010-02-01",
        parties="A B C",
    ),
    # Schedules, from 2018-01-31 on.
    "monthly from a month's end": lasting(
        "every month after entry into force, 4 times", "2018-02-28 2018-03-31 2018-04-30 2018-05-31"
    ),
    "last day of each quarter": lasting(
        "every quarter on the last day from 2018-02-01, 3 times", "2018-02-28 2018-05-31 2018-08-31"
    ),
    "29 February": lasting("every year on 29 February from 2019, 3 times", "2019-02-28 2020-02-29 2021-02-28"),
    # 2018-02-01 is a Thursday.
    "every other Tuesday": lasting(
        "every 2 weeks on Tuesday from 2018-02-01, 3 times", "2018-02-06 2018-02-20 2018-03-06"
    ),
    "the 31st": lasting("every month on the 31st from 2018-02, 3 times", "2018-02-28 2018-03-31 2018-04-30"),
    "the fifth Friday": lasting(
        "every month on the fifth Friday from 2018-01-01, 3 times", "2018-03-30 2018-06-29 2018-08-31"
    ),
    "a holiday": lasting("2018-12-25, next working day", "2018-12-26", countries=["PA"]),
    "a Sunday": lasting(
        "every month from 2018-08-31, 3 times, previous working day",
        "2018-08-31 2018-09-28 2018-10-31",
        countries=["PA"],
    ),
    "RRULE by its last day": lasting(
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3 from 2018-01-31", "2018-01-31 2018-02-28 2018-03-31"
    ),
    "RRULE by the 31st": lasting(
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3 from 2018-01-31", "2018-01-31 2018-03-31 2018-05-31"
    ),
    "first Monday after entry": lasting("every month on the first Monday, 2 times", "2018-02-05 2018-03-05"),
    "until a month": lasting("every 6 months from 2018-03-31 until 2018-09", "2018-03-31 2018-09-30"),
    "after an activity's last day": lasting(
        "every 3 months after A1, 2 times",
        "2019-03-01 2019-06-01",
        activities=[{"title": "T", "kind": "training", "on": "2018-11-30", "until": "2018-12-01", "number": 1}],
    ),
    "after a suspension in a month": Case(
        S31 + "; suspended 2018-03",
        LASTING,
        "in-force 2018-01-31, suspended 2018-03-01",
        "2018-01-31",
        due={"30 days after suspension": "2018-03-31/2018-04-30"},
    ),
    # 2018-12-31 - 60 days: 31 December, 30 November back to the 1st.
    "before an end known to the year": Case(
        "signed 2017-01-01",
        {"entry_into_force": SIGN, "ends": "2018"},
        "in-force 2017-01-01, expired 2019-01-01",
        "2017-01-01",
        due={"60 days before expiry": "2017-11-02/2018-11-01"},
    ),
    "until expiry": Case(
        S31,
        {"entry_into_force": SIGN, "duration": "2 years"},
        "in-force 2018-01-31, expired 2020-01-31",
        "2018-01-31",
        due={"every 6 months after entry into force until expiry": "2018-07-31 2019-01-31 2019-07-31"},
    ),
    "before each expiry": Case(
        S31,
        {**YEAR, "renewal": {**TACIT, "times": 2}},
        "in-force 2018-01-31, expired 2021-01-31",
        "2018-01-31",
        due={"10 days before expiry": "2019-01-20 2020-01-20 2021-01-20", "10 days after expiry": "2021-02-09"},
    ),
}


def _record(name: str, case: Case) -> dict[str, Any]:
    events = []
    for words in case.events.split("; "):
        kind, on, *rest = words.split()
        event = {"event": kind, "on": on}
        if rest and rest[0] in ("for", "until"):
            event[rest[0]] = " ".join(rest[1:])
        elif rest:
            event["party"] = rest[0]
        events.append(event)
    return {
        "ref": _ref(name),
        "title": name,
        "parties": [{"name": party} for party in case.parties.split()],
        "provisions": case.provisions,
        "events": events,
        "obligations": [{"text": due, "due": due, "number": n} for n, due in enumerate(case.due, start=1)],
        **case.more,
    }


def _ref(name: str) -> str:
    return f"H{list(CASES).index(name):02}"


@pytest.fixture(scope="module")
def hand(tmp_path_factory: pytest.TempPathFactory, made: Callable[[str], Path]) -> Iterator[Tracker]:
    """A database with every case, imported from one file."""
    folder = tmp_path_factory.mktemp("hand")
    path = folder / "tracker.db"
    path.write_bytes(made("empty").read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        tracker = Tracker(folder, patch, path)
        for number, (name, case) in enumerate(CASES.items()):
            file = folder / f"{number}.json"
            file.write_text(json.dumps(_record(name, case)))
            tracker("import", str(file))
        yield tracker


def _listed(hand: Tracker, name: str, day: str) -> dict[str, Any]:
    rows = hand.json("agreements", "--text", _ref(name), "--as-of", day)
    return next((row for row in rows if row["ref"] == _ref(name)), {})


def _spans(course: str) -> list[tuple[str, str]]:
    return [(status, since) for status, since in (words.split() for words in course.split(", "))]


@pytest.mark.parametrize("name", CASES)
def test_the_status_on_each_day_it_changes_and_the_day_before(hand: Tracker, name: str) -> None:
    case, before = CASES[name], None
    for status, since in _spans(case.course):
        day = "1900-01-01" if since == "always" else since
        listed = _listed(hand, name, day)
        assert (listed["status"], listed["since"]) == (status, "unknown" if since == "always" else since)
        assert (listed["in_force"], listed["signed"]) == (case.in_force, case.signed or listed["signed"])
        if since != "always":
            eve = _listed(hand, name, str(date.fromisoformat(since) - timedelta(days=1)))
            assert eve.get("status") == before
        why = hand.json("explain", _ref(name), "--as-of", day)["values"]
        assert [value["result"] for value in why if value["value"] == "status"] == [
            since if since != "always" else None
        ]
        before = status
    assert _listed(hand, name, "2040-01-01").get("status") == before


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.ends])
def test_the_last_day_as_seen_on_a_day(hand: Tracker, name: str) -> None:
    case = CASES[name]
    assert {day: _listed(hand, name, day)["ends"] for day in case.ends} == case.ends


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.due])
def test_due_dates(hand: Tracker, name: str) -> None:
    for number, (due, expected) in enumerate(CASES[name].due.items(), start=1):
        found = hand.json("explain", f"{_ref(name)}/O{number}")["values"]
        days = [value["result"] for value in found if value["result"]]
        assert days == [one.rpartition("/")[2] for one in expected.split()], due
        for day in days:
            assert hand.json("explain", f"{_ref(name)}/O{number}:{day}")["values"][0]["reason"]["result"] == day
        rows = hand.json("obligations", "--occurrences", "--agreement", _ref(name), "--as-of", "2030-01-01")
        assert [row["due_on"] for row in rows if row["ref"].endswith(f"/O{number}") and row["due_on"]] == days


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.ahead is not None])
def test_days_to_watch(hand: Tracker, name: str) -> None:
    case = CASES[name]
    first = _spans(case.course)[0][1]
    rows = hand.json("deadlines", "--agreement", _ref(name), "--as-of", first, "--within", "20y")
    found = ", ".join(f"{row['kind']} {row['on']}" for row in rows if row["kind"] != "obligation")
    assert found == case.ahead


def test_deriving_anew_changes_none_of_them(hand: Tracker) -> None:
    assert hand("db", "rederive", "--check").out.strip() in ("", "nothing differs")
