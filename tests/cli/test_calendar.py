"""``tracker calendar``: exported again and again as an officer would, and read by a parser of another make."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

from cli.running import Tracker

RECORD = """\
ref: PA-2026-001
title: "Work plan; border, control"
kind: cooperation-agreement
countries: [PA]
recorded_on: 2026-01-10
parties: [{name: IOM}, {name: Ministry of Public Security, acronym: MINSEG}]
scopes: [border-management]
provisions:
  entry_into_force: on signature
  duration: 2 years
  renewal: {mode: tacit, period: 1 year}
  notice: 3 months
events: [{event: signed, on: 2026-03-01}]
responsible: {name: Ana Castillo}
obligations:
  - {number: 1, text: Send the plan, clause: Art. 3(1), owed_by: [IOM], owed_to: [MINSEG], due: 2027-06-30}
  - number: 2
    text: Train officials
    owed_by: [IOM]
    due: every 6 months from 2026-09-01
    responsible: {name: Luis Vega}
  - {number: 3, text: Report, owed_by: [MINSEG], due: 2027-05}
activities:
  - {number: 1, title: Workshop, kind: training, on: 2027-02-02, until: 2027-02-04, place: Darién}
---
ref: CR-2026-001
title: Secret letter
kind: letter-of-intent
confidentiality: confidential
recorded_on: 2026-01-11
parties: [{name: IOM}, {name: Ministry of Costa Rica, country: CR}]
provisions: {entry_into_force: 2027-01-15, ends: 2027-12-31}
events: [{event: signed, on: 2026-03-01}]
---
ref: CR-2026-002
title: Letter of intent
kind: letter-of-intent
countries: [CR]
recorded_on: 2026-01-11
parties: [{name: IOM}, {name: Ministry of Costa Rica, country: CR}]
provisions: {entry_into_force: 2027-01-15, ends: 2027-12-31}
events: [{event: signed, on: 2026-03-01}]
"""


@pytest.fixture
def tracker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[str], Path]) -> Tracker:
    shutil.copy(made("empty"), tmp_path / "tracker.db")
    tracker = Tracker(tmp_path, monkeypatch, tmp_path / "tracker.db")
    Path("two.yaml").write_text(RECORD, encoding="utf-8")
    tracker("import", "two.yaml")
    return tracker


def parsed(content: str | bytes) -> Any:
    text = content if isinstance(content, str) else content.decode("utf-8")
    return vobject.readOne(text)


def components(calendar: Any) -> list[Any]:
    return [*calendar.contents.get("vevent", []), *calendar.contents.get("vtodo", [])]


def told(tracker: Tracker, *args: str) -> dict[str, tuple[str, str, int, str]]:
    """By UID: the deadline's reference, its first day, SEQUENCE and STATUS, as one who imports the file has them."""
    tracker("calendar", *args, "-o", "it.ics")
    found = components(parsed(Path("it.ics").read_bytes()))
    copy = {
        one.uid.value: (
            one.x_tracker_ref.value.partition(":")[0],
            str((one.contents.get("dtstart") or one.contents["due"])[0].value),
            int(one.sequence.value),
            one.status.value,
        )
        for one in found
    }
    assert len(copy) == len(found), "no UID twice in a file"
    return copy


def changes(tracker: Tracker, *args: str) -> set[tuple[str, str, int, str]]:
    """What has a SEQUENCE above 0."""
    return {row for row in told(tracker, *args).values() if row[2]}


def test_one_all_day_event_for_each_deadline(tracker: Tracker) -> None:
    """The same as the listing, an activity on all its days."""
    listed = tracker.json("deadlines", "--within", "2y")
    rows = sorted((row["ref"], row["on"]) for row in listed if row["agreement"] != "CR-2026-001")
    assert len(rows) > 8
    given = told(tracker)
    tracker("calendar", "-o", "it.ics")
    events = parsed(Path("it.ics").read_bytes()).vevent_list
    last = {event.uid.value: str(event.dtend.value - timedelta(days=1)) for event in events}
    assert sorted((ref, last[uid]) for uid, (ref, *_) in given.items()) == rows
    assert {type(event.dtstart.value) for event in events} == {date}
    assert {row[2:] for row in given.values()} == {(0, "CONFIRMED")}
    workshop = next(event for event in events if event.categories.value == ["activity"])
    assert (workshop.dtstart.value, workshop.dtend.value) == (date(2027, 2, 2), date(2027, 2, 5))


def test_the_words_are_those_of_the_listing(tracker: Tracker) -> None:
    """Every milestone is described by what ``deadlines`` says of it."""
    listed = [row for row in tracker.json("deadlines", "--within", "2y") if row["agreement"] != "CR-2026-001"]
    events = parsed(tracker("calendar").out).vevent_list
    said = {(event.categories.value[0], event.description.value.splitlines()[0].lower()) for event in events}
    for row in listed:
        if row["kind"] not in ("obligation", "activity"):
            assert (row["kind"], row["what"].lower()) in said


def test_what_people_read(tracker: Tracker) -> None:
    events = {event.summary.value: event for event in parsed(tracker("calendar").out).vevent_list}
    assert {
        "Notice day: PA-2026-001 Work plan; border, control",
        "Renews: PA-2026-001 Work plan; border, control",
        "Due: PA-2026-001/O1 Send the plan",
        "Activity: PA-2026-001/A1 Workshop",
        "Comes into effect: CR-2026-002 Letter of intent",
        "Expires: CR-2026-002 Letter of intent",
    } <= events.keys()
    assert events["Due: PA-2026-001/O1 Send the plan"].description.value.splitlines() == [
        "Agreement: PA-2026-001 Work plan; border, control",
        "Owed by: IOM",
        "Owed to: MINSEG",
        "Clause: Art. 3(1)",
        "Responsible: Ana Castillo",
        "More: tracker explain PA-2026-001/O1:2027-06-30",
    ]
    notice = events["Notice day: PA-2026-001 Work plan; border, control"]
    assert [alarm.trigger.value.days for alarm in notice.valarm_list] == [-90, -30, -7]
    assert "2027-11-29 = 2028-02-29 - 3 months" in notice.description.value
    report = events["Due: PA-2026-001/O3 Report"]
    assert report.dtstart.value == date(2027, 5, 31), "falls due on the upper bound"
    assert -30 in [alarm.trigger.value.days for alarm in report.valarm_list], "and warns from the lower one"
    for event in events.values():
        more = event.description.value.splitlines()[-1].removeprefix("More: tracker ")
        assert event.x_tracker_ref.value in more
        assert tracker(*more.split(" ")).out, "the way back leads somewhere"


def test_imported_twice_gives_no_duplicates_and_nothing_new_is_written(tracker: Tracker) -> None:
    tracker("calendar", "-o", "first.ics")
    before = tracker.rows()
    tracker("calendar", "-o", "second.ics")
    assert Path("first.ics").read_bytes() == Path("second.ics").read_bytes()
    assert tracker.rows() == before
    tracker.env(TRACKER_TODAY="2026-11-25")
    tracker("calendar", "-o", "third.ics")
    store = [one.uid.value for name in ("first", "second", "third") for one in _of(f"{name}.ics")]
    assert len(set(store)) == len(_of("first.ics"))
    assert Path("first.ics").read_bytes() == Path("third.ics").read_bytes()


def _of(name: str) -> list[Any]:
    return components(parsed(Path(name).read_bytes()))


def test_a_moved_deadline_keeps_its_identity(tracker: Tracker) -> None:
    before = told(tracker)
    tracker("edit", "PA-2026-001/O1", "due=2027-07-31")
    after = told(tracker)
    assert after.keys() == before.keys()
    assert {row for uid, row in after.items() if row != before[uid]} == {
        ("PA-2026-001/O1", "2027-07-31", 1, "CONFIRMED")
    }
    tracker("edit", "PA-2026-001/O1", "due=2027-08-31")
    assert changes(tracker) == {("PA-2026-001/O1", "2027-08-31", 2, "CONFIRMED")}


def test_an_edited_duration_moves_notice_and_renewal(tracker: Tracker) -> None:
    before = told(tracker, "--agreement", "PA-2026-001", "--deadline", "notice")
    assert [row[1] for row in before.values()] == ["2027-11-29"]
    tracker("edit", "PA-2026-001", "duration=18 months")
    after = told(tracker, "--agreement", "PA-2026-001", "--deadline", "notice")
    (uid,) = before
    assert after[uid] == ("PA-2026-001", "2027-05-31", 1, "CONFIRMED")


def test_a_series_that_begins_later_is_moved(tracker: Tracker) -> None:
    before = {uid for uid, row in told(tracker).items() if row[0] == "PA-2026-001/O2"}
    tracker("edit", "PA-2026-001/O2", "due=every 6 months from 2026-10-01")
    after = {uid: row for uid, row in told(tracker).items() if row[0] == "PA-2026-001/O2"}
    assert after.keys() == before
    assert {row[2:] for row in after.values()} == {(1, "CONFIRMED")}
    assert min(row[1] for row in after.values()) == "2026-10-01"


def test_other_words_are_told_without_a_higher_sequence(tracker: Tracker) -> None:
    def event() -> Any:
        found = parsed(tracker("calendar", "PA-2026-001/O1").out).vevent_list
        assert len(found) == 1
        return found[0]

    first = event()
    tracker("edit", "PA-2026-001/O1", "text=Send the whole plan")
    second = event()
    assert second.uid.value == first.uid.value and second.sequence.value == first.sequence.value == "0"
    assert second.dtstamp.value > first.dtstamp.value, "or a program that has the event would not take the new words"
    assert second.last_modified.value == second.dtstamp.value
    tracker("edit", "PA-2026-001", "title=Another title")
    third = event()
    assert third.uid.value == first.uid.value and third.dtstamp.value > second.dtstamp.value


@pytest.mark.parametrize(
    ("command", "ref", "day"),
    [
        (("remove", "PA-2026-001/O1", "--yes"), "PA-2026-001/O1", "2027-06-30"),
        (("fulfil", "PA-2026-001/O1", "--on", "2026-11-20"), "PA-2026-001/O1", "2027-06-30"),
        (("waive", "PA-2026-001/O1", "--reason", "agreed"), "PA-2026-001/O1", "2027-06-30"),
        (("edit", "PA-2026-001/O1", "due=ongoing"), "PA-2026-001/O1", "2027-06-30"),
        (("edit", "PA-2026-001/A1", "status=cancelled"), "PA-2026-001/A1", "2027-02-02"),
        (("remove", "PA-2026-001/A1", "--yes"), "PA-2026-001/A1", "2027-02-02"),
    ],
    ids=" ".join,
)
def test_a_deadline_that_went_away_is_cancelled_once_and_for_a_year(
    tracker: Tracker, command: tuple[str, ...], ref: str, day: str
) -> None:
    before = told(tracker)
    tracker(*command)
    for today in ("2026-11-24", "2027-05-01", "2027-11-24"):
        tracker.env(TRACKER_TODAY=today)
        gone = {uid: row for uid, row in told(tracker).items() if row[3] == "CANCELLED"}
        assert set(gone.values()) == {(ref, day, 1, "CANCELLED")}
        assert gone.keys() <= before.keys()
    assert not any(one.contents.get("valarm") for one in _of("it.ics") if one.status.value == "CANCELLED")
    tracker.env(TRACKER_TODAY="2027-11-25")
    assert "CANCELLED" not in {row[3] for row in told(tracker).values()}


def test_a_removed_agreement_cancels_all_its_deadlines(tracker: Tracker) -> None:
    before = told(tracker)
    tracker("remove", "PA-2026-001", "--yes")
    after = told(tracker)
    assert after.keys() == before.keys()
    for uid, (ref, day, sequence, status) in after.items():
        gone = ref.startswith("PA-2026-001")
        assert (sequence, status) == ((1, "CANCELLED") if gone else (0, "CONFIRMED"))
        assert (ref, day) == before[uid][:2]
    text = Path("it.ics").read_text(encoding="utf-8")
    assert "Send the plan" not in text and "Ana Castillo" not in text, "nothing of what was removed is kept"
    assert "Cancelled: Due: PA-2026-001/O1" in text
    remembered = [line for line in tracker.rows().splitlines() if line.startswith('INSERT INTO "calendar')]
    assert remembered and "Send the plan" not in "".join(remembered)


def test_terminating_an_agreement_cancels_what_falls_later(tracker: Tracker) -> None:
    told(tracker)
    tracker("record", "PA-2026-001", "terminated", "--on", "2027-06-01")
    gone = {row[:2] for row in changes(tracker) if row[3] == "CANCELLED"}
    assert ("PA-2026-001/O1", "2027-06-30") in gone and ("PA-2026-001", "2027-11-29") in gone
    assert not {ref for ref, day in gone if day < "2027-06-01"}


def test_what_comes_back_is_confirmed_again(tracker: Tracker) -> None:
    told(tracker)
    tracker("edit", "PA-2026-001/O1", "due=ongoing")
    told(tracker)
    tracker("edit", "PA-2026-001/O1", "due=2027-06-30")
    assert changes(tracker) == {("PA-2026-001/O1", "2027-06-30", 2, "CONFIRMED")}


def test_a_filter_or_a_shorter_window_cancels_nothing(tracker: Tracker) -> None:
    whole = told(tracker)
    narrow = [
        told(tracker, "--within", "30d"),
        told(tracker, "--party", "MINSEG"),
        told(tracker, "--scope", "border-management"),
        told(tracker, "--country", "CR"),
        told(tracker, "--responsible", "Luis Vega"),
        told(tracker, "--deadline", "notice"),
        told(tracker, "--kind", "letter-of-intent"),
        told(tracker, "--overdue"),
        told(tracker, "--text", "workshop"),
        told(tracker, "PA-2026-001/O1"),
    ]
    assert all(0 < len(part) < len(whole) and part.items() <= whole.items() for part in narrow)
    assert told(tracker) == whole


def test_filters_are_those_of_the_listing(tracker: Tracker) -> None:
    for args in (["--party", "MINSEG"], ["--country", "CR"], ["--responsible", "Luis Vega"], ["--overdue"]):
        listed = tracker.json("deadlines", "--within", "2y", *args)
        assert sorted(row[0] for row in told(tracker, *args).values()) == sorted(
            row["ref"] for row in listed if row["agreement"] != "CR-2026-001"
        )
    tracker.env(TRACKER_PERSON="Luis Vega")
    assert told(tracker, "--mine") == told(tracker, "--responsible", "Luis Vega") != {}


def test_a_calendar_is_told_only_of_what_it_had(tracker: Tracker) -> None:
    """A colleague's calendar gets no cancellation of what was never in it."""
    told(tracker)
    told(tracker, "--responsible", "Luis Vega")
    tracker("remove", "PA-2026-001/O1", "--yes")
    assert changes(tracker, "--responsible", "Luis Vega") == set()
    assert len(changes(tracker)) == 1
    assert changes(tracker, "--country", "CR") == set()


def test_what_leaves_a_filter_is_told_once_more_where_it_has_moved(tracker: Tracker) -> None:
    told(tracker, "--within", "1y")
    tracker("edit", "PA-2026-001/O1", "due=2040-01-01")
    assert changes(tracker, "--within", "1y") == {("PA-2026-001/O1", "2040-01-01", 1, "CONFIRMED")}


def test_a_day_that_passes_is_no_cancellation(tracker: Tracker) -> None:
    told(tracker)
    tracker.env(TRACKER_TODAY="2027-02-01")  # the letter has come into effect
    assert changes(tracker) == set()
    tracker("edit", "PA-2026-001/A1", "status=held", "on=2027-01-30", "until=2027-01-31")
    assert changes(tracker) == {("PA-2026-001/A1", "2027-01-30", 1, "CONFIRMED")}, "it took place: not cancelled"


def test_days_beyond_the_horizon_are_not_cancelled(tracker: Tracker) -> None:
    """Read ten years ahead once; an edit derives to three years again, and the rest is only not there yet."""
    far = told(tracker, "--within", "10y")
    assert max(row[1] for row in far.values()) > "2035"
    tracker("edit", "PA-2026-001/O1", "text=Send it")
    assert changes(tracker) == set()
    assert {uid: row[2:] for uid, row in told(tracker, "--within", "10y").items()} == dict.fromkeys(
        far, (0, "CONFIRMED")
    )


EDITS = [
    ("edit", "PA-2026-001/O1", "due=2027-07-31"),
    ("edit", "PA-2026-001/O2", "due=every 4 months from 2026-10-01"),
    ("fulfil", "PA-2026-001/O2", "--due", "2026-10-01", "--on", "2026-11-20"),
    ("add-obligation", "PA-2026-001", "Meet", "--owed-by", "IOM", "--due", "60 days before expiry"),
    ("edit", "PA-2026-001", "duration=30 months"),
    ("edit", "PA-2026-001/O2", "due=every year on 31 March"),
    ("remove", "PA-2026-001/O1", "--yes"),
    ("edit", "PA-2026-001/A1", "on=2027-03-03", "until=2027-03-03", "status=postponed"),
    ("record", "PA-2026-001", "non-renewal-notice", "--on", "2026-11-20"),
    ("waive", "PA-2026-001/O3", "--reason", "agreed"),
    ("record", "CR-2026-002", "terminated", "--on", "2027-06-01"),
    ("edit", "PA-2026-001", "title=Another title"),
    ("remove", "CR-2026-002", "--yes"),
]


@pytest.mark.parametrize(("every", "args"), [(1, ()), (3, ()), (2, ("--party", "MINSEG"))], ids=str)
def test_whoever_imports_now_and_then_has_what_is_listed(tracker: Tracker, every: int, args: tuple[str, ...]) -> None:
    """A program takes an event over when its SEQUENCE is higher, or equal and its stamp later (RFC 5546, 2.1.5)."""
    copy: dict[str, Any] = {}
    for number, edit in enumerate([None, *EDITS, None]):
        if edit is not None:
            tracker(*edit)
        if number % 4 == 0:
            tracker("calendar", "--within", "5y", "--todo", "-o", "others.ics")  # somebody else's, in between
        if number % every and number <= len(EDITS):
            continue
        for event in components(parsed(tracker("calendar", "--within", "5y", *args).out)):
            had = copy.get(event.uid.value)
            stamp = (int(event.sequence.value), event.dtstamp.value)
            if had is None or stamp > (int(had.sequence.value), had.dtstamp.value):
                copy[event.uid.value] = event
    there = sorted(
        (one.x_tracker_ref.value.partition(":")[0], str(one.dtend.value - timedelta(days=1)), one.summary.value)
        for one in copy.values()
        if one.status.value != "CANCELLED"
    )
    now = sorted(
        (one.x_tracker_ref.value.partition(":")[0], str(one.dtend.value - timedelta(days=1)), one.summary.value)
        for one in components(parsed(tracker("calendar", "--within", "5y", *args).out))
        if one.status.value != "CANCELLED"
    )
    assert there == now != []
    if not args:
        listed = tracker.json("deadlines", "--within", "5y")
        assert [row[:2] for row in there] == sorted(
            (row["ref"], row["on"]) for row in listed if row["agreement"] != "CR-2026-001"
        )


def test_tasks(tracker: Tracker) -> None:
    events = told(tracker)
    tasks = told(tracker, "--todo")
    calendar = parsed(Path("it.ics").read_bytes())
    assert {todo.categories.value[0] for todo in calendar.vtodo_list} == {"obligation"}
    assert "obligation" not in {event.categories.value[0] for event in calendar.vevent_list}
    assert len(tasks) == len(events)
    assert {row[3] for row in tasks.values()} == {"NEEDS-ACTION", "CONFIRMED"}
    overlap = tasks.keys() & events.keys()
    assert {events[uid][0] for uid in overlap} & {"PA-2026-001/O1", "PA-2026-001/O2"} == set()
    tracker("fulfil", "PA-2026-001/O1", "--on", "2026-11-20")
    tracker("waive", "PA-2026-001/O3", "--reason", "agreed")
    told(tracker, "--todo")
    todos = {todo.x_tracker_ref.value: todo for todo in parsed(Path("it.ics").read_bytes()).vtodo_list}
    done = todos["PA-2026-001/O1:2027-06-30"]
    assert (done.status.value, done.percent_complete.value, str(done.completed.value)[:10]) == (
        "COMPLETED",
        "100",
        "2026-11-20",
    )
    assert done.summary.value == "Fulfilled: Due: PA-2026-001/O1 Send the plan"
    assert todos["PA-2026-001/O3:2027-05-31"].status.value == "CANCELLED"


def test_confidential_agreements_are_left_out(tracker: Tracker) -> None:
    found = tracker("calendar", "-o", "it.ics")
    assert found.err.splitlines() == [
        f"wrote it.ics ({len(_of('it.ics'))} deadlines)",
        "left out 2 of confidential agreements: --include-confidential gives them too",
    ]
    assert "Secret" not in Path("it.ics").read_text() and "CR-2026-001" not in Path("it.ics").read_text()
    everything = told(tracker, "--include-confidential")
    secret = [one for one in _of("it.ics") if one.refid.value == "CR-2026-001"]
    assert [one.contents["class"][0].value for one in secret] == ["CONFIDENTIAL"] * 2
    assert len(everything) == len(told(tracker)) + 2
    tracker("remove", "CR-2026-001", "--yes")
    assert "CR-2026-001" not in {row[0] for row in told(tracker).values()}
    assert ("CR-2026-001", "2027-01-15", 1, "CANCELLED") in told(tracker, "--include-confidential").values()


def test_a_confidential_agreement_by_name(tracker: Tracker) -> None:
    found = tracker("calendar", "CR-2026-001", code=2)
    assert found.errors == ["error: REF: 'CR-2026-001' is confidential: give --include-confidential to export it"]
    assert len(told(tracker, "CR-2026-001", "--include-confidential")) == 2


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("PA-2026-001/O1", {("PA-2026-001/O1", "2027-06-30")}),
        ("pa-2026-001/o1:2027-06-30", {("PA-2026-001/O1", "2027-06-30")}),
        ("PA-2026-001/A1", {("PA-2026-001/A1", "2027-02-02")}),
        ("PA-2026-001:2027-11-29", {("PA-2026-001", "2027-11-29")}),
        ("CR-2026-002", {("CR-2026-002", "2027-01-15"), ("CR-2026-002", "2027-12-31")}),
    ],
)
def test_files_of_what_a_reference_names(tracker: Tracker, ref: str, expected: set[tuple[str, str]]) -> None:
    whole = told(tracker)
    one = told(tracker, ref)
    assert {row[:2] for row in one.values()} == expected
    assert one.items() <= whole.items(), "the same events as in the whole calendar"


def test_a_reference_has_no_window(tracker: Tracker) -> None:
    tracker("edit", "PA-2026-001/O1", "due=2044-02-29")
    assert [row[:2] for row in told(tracker, "PA-2026-001/O1").values()] == [("PA-2026-001/O1", "2044-02-29")]
    assert told(tracker, "PA-2026-001/O1", "--within", "1y") == {}
    far = told(tracker, "PA-2026-001/O2:2040-09-01")
    assert [row[1] for row in far.values()] == ["2040-09-01"]


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["PA-2026-009"], 3, "there is no agreement 'PA-2026-009'; did you mean PA-2026-001"),
        (["PA-2026-001/O9"], 3, "there is no obligation 'PA-2026-001/O9'"),
        (["PA-2026-001/A9"], 3, "there is no activity 'PA-2026-001/A9'"),
        (["PA-2026-001/O1:2027-06-29"], 3, "there is no deadline 'PA-2026-001/O1:2027-06-29'; did you mean 2027-06-30"),
        (["PA-2026-001:2020-01-01"], 3, "there is no deadline 'PA-2026-001:2020-01-01'"),
        (["PA-2026-001/O1:2027"], 2, "REF: '2027' is not a single day"),
        (["PA-2026-001", "--party", "IOM"], 2, "--party: does not go with REF"),
        (["PA-2026-001", "--overdue"], 2, "--overdue: does not go with REF"),
        (["-o", "calendar.xlsx"], 2, "--output: 'calendar.xlsx' does not end in .ics"),
        (["-o", "folder.ics"], 2, "folder.ics: is a folder"),
        (["-o", "no/such/it.ics"], 2, "no/such/it.ics: cannot be written"),
        (["--alarm", "soon"], 2, "--alarm: 'soon' is not a time before: expected such as 14d, 2w, at most 3650d"),
        (["--alarm", "9999d"], 2, "--alarm: '9999d'"),
        (["--alarm", "-3d"], 2, "--alarm: '-3d'"),
        (["--alarm", "٣d"], 2, "--alarm: '٣d'"),
        (["--alarm", "3d", "--no-alarms"], 2, "--no-alarms: does not go with --alarm"),
        (["--within", "soon"], 2, "--within: 'soon' is not a length of time"),
        (["--within", "200y"], 2, "is more than 150 years ahead"),
        (["--party", "NOBODY"], 3, "there is no party 'NOBODY'"),
        (["--title", "a\nb"], 2, "--title: holds a line break"),
        (["--title", ""], 2, "--title: is empty"),
        (["--deadline", "party"], 2, "party"),
        (["--as-of", "2026"], 2, "--as-of: '2026' is not a single day"),
    ],
    ids=str,
)
def test_wrong_ways_to_ask(tracker: Tracker, args: list[str], code: int, says: str) -> None:
    Path("folder.ics").mkdir()
    names, rows = sorted(path.name for path in Path().iterdir()), tracker.rows()
    found = tracker("calendar", *args, code=code)
    assert len(found.errors) == 1 and says in found.errors[0], found.err
    assert sorted(path.name for path in Path().iterdir()) == names
    assert tracker.rows() == rows, "nothing counts as given"


def test_mine_with_a_reference(tracker: Tracker) -> None:
    tracker.env(TRACKER_PERSON="Luis Vega")
    assert "--mine: does not go with REF" in tracker("calendar", "PA-2026-001", "--mine", code=2).err


def test_alarms(tracker: Tracker) -> None:
    def triggers(*args: str) -> set[int]:
        calendar = parsed(tracker("calendar", "--deadline", "notice", *args).out)
        return {
            alarm.trigger.value.days for event in calendar.vevent_list for alarm in event.contents.get("valarm", [])
        }

    assert triggers() == {-90, -30, -7}
    assert triggers("--alarm", "14d", "--alarm", "2w", "--alarm", "1d") == {-14, -1}
    assert triggers("--no-alarms") == set()
    told(tracker)
    tracker("calendar", "--no-alarms", "-o", "quiet.ics")
    assert {one.sequence.value for one in _of("quiet.ics")} == {"0"}, "reminders are no change of the deadline"


def test_no_alarm_for_what_has_passed(tracker: Tracker) -> None:
    late = [one for one in components(parsed(tracker("calendar").out)) if one.dtstart.value < date(2026, 11, 24)]
    assert [one.x_tracker_ref.value for one in late] == ["PA-2026-001/O2:2026-09-01"]
    assert "valarm" not in late[0].contents


def test_to_stdout_and_to_a_file_are_the_same_bytes(tracker: Tracker) -> None:
    tracker("calendar", "-o", "it.ics")
    for args in ([], ["-o", "-"]):
        found = tracker.real("calendar", *args)
        assert found.stdout == Path("it.ics").read_bytes()
        assert b"\r\n" in found.stdout and b"\r\r\n" not in found.stdout
        assert found.stderr.decode().splitlines() == [
            "left out 2 of confidential agreements: --include-confidential gives them too"
        ]


def test_an_interrupted_export_leaves_the_old_file(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker import exchange

    tracker("calendar", "-o", "it.ics")
    before, names = Path("it.ics").read_bytes(), sorted(path.name for path in Path().iterdir())

    def interrupted(*args: object) -> Iterator[bytes]:
        yield b"BEGIN:VCALENDAR"
        raise KeyboardInterrupt

    monkeypatch.setattr(exchange.calendar_file, "write", interrupted)
    tracker("calendar", "-o", "it.ics", code=None)
    assert Path("it.ics").read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == names


def test_no_deadlines(tracker: Tracker) -> None:
    found = tracker("calendar", "--text", "nothing like it", "-o", "it.ics")
    assert found.err == "wrote it.ics (no deadlines)\n"
    assert tracker("calendar", "--text", "nothing like it").err == "no deadlines\n"
    calendar = parsed(Path("it.ics").read_bytes())
    assert components(calendar) == [] and calendar.version.value == "2.0"


def test_its_name(tracker: Tracker) -> None:
    assert parsed(tracker("calendar").out).contents["x-wr-calname"][0].value == "Deadlines"
    assert parsed(tracker("calendar", "--title", "IOM; Panamá").out).contents["name"][0].value.replace("\\;", ";") == (
        "IOM; Panamá"
    )


def test_another_machine_gives_the_same_identities(tracker: Tracker, tmp_path: Path) -> None:
    """A record file carries all that an identity is made of; another agreement of the same reference has another."""
    here = told(tracker)
    tracker("export", "-o", "all.yaml")
    tracker("init", "--db", "other.db")
    tracker("import", "all.yaml", "--db", "other.db")
    assert told(tracker, "--db", "other.db") == here
    text = Path("two.yaml").read_text(encoding="utf-8").replace("Work plan", "Another plan of another office")
    Path("three.yaml").write_text(text, encoding="utf-8")
    tracker("init", "--db", "third.db")
    tracker("import", "three.yaml", "--db", "third.db")
    shared = told(tracker, "--db", "third.db").keys() & here.keys()
    assert {here[uid][0] for uid in shared} == {"CR-2026-002"}


def test_a_database_that_cannot_be_written_gives_its_calendar_all_the_same(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker import actions
    from tracker.errors import DatabaseUnusable

    def refuse(*args: object, **kwargs: object) -> None:
        raise DatabaseUnusable(str(tracker.db), "cannot be written: the file or its folder is read-only")

    before = tracker.rows()
    with monkeypatch.context() as patch:
        patch.setattr(actions.running, "run", refuse)
        found = tracker("calendar", "-o", "it.ics")
    assert found.err.startswith(f"{tracker.db}: cannot be written") and "is not remembered" in found.err
    assert tracker.rows() == before
    first = Path("it.ics").read_bytes()
    tracker("calendar", "-o", "it.ics")
    assert Path("it.ics").read_bytes() == first


def test_a_database_somebody_else_owns(tracker: Tracker) -> None:
    """As a user who may read the file but not write it, for real also where the tests run as root."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(tracker.db or "", f"{folder}/tracker.db")
        Path(f"{folder}/tracker.db").chmod(0o444)
        Path(folder).chmod(0o555)
        tracker.env(TRACKER_DB=f"{folder}/tracker.db", HOME=folder)
        root = os.geteuid() == 0
        try:
            if root:
                os.seteuid(65534)
            first, second = tracker("calendar"), tracker("calendar")
        finally:
            if root:
                os.seteuid(0)
            Path(folder).chmod(0o755)
        assert first.out == second.out and "BEGIN:VEVENT" in first.out
        assert "what this calendar was given is not remembered" in first.err


def test_a_repeated_export_loads_no_model(tracker: Tracker) -> None:
    probe = (
        "import sys; from tracker.cli.app import main; sys.argv = ['tracker', 'calendar', '-o', 'it.ics']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('sqlalchemy' in sys.modules, 'pydantic' in sys.modules, 'icalendar' in sys.modules)"
    )
    said = [subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True).stdout for _ in range(2)]
    assert [line.strip() for line in said] == ["True True True", "False False True"]


def test_every_example_has_a_calendar_that_both_parsers_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[str], Path]
) -> None:
    shutil.copy(made("examples"), tmp_path / "tracker.db")
    tracker = Tracker(tmp_path, monkeypatch, tmp_path / "tracker.db")
    tracker("calendar", "--within", "3y", "-o", "it.ics")
    content = Path("it.ics").read_bytes()
    first = icalendar.Calendar.from_ical(content).walk("VEVENT")
    second = components(parsed(content))
    assert len(second) > 15
    assert {(str(one["UID"]), str(one["SUMMARY"]), one["DTSTART"].dt) for one in first} == {
        (one.uid.value, one.summary.value, one.dtstart.value) for one in second
    }
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    listed = json.loads(tracker("deadlines", "--within", "3y", "--format", "json").out)
    assert len(second) == len(listed)
    assert not re.search(rb"[^\r]\n", content)
