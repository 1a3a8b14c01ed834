"""Calendar files: whatever a text holds, two parsers that know nothing of each other read it back equal."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.exchange.calendar_file import Style, write
from tracker.rules.calendar import Deadline, Item, entry_of

DAY = date(2026, 11, 24)
DEADLINE = Deadline(
    agreement="PA-2017-001",
    key="O1/1",
    kind="obligation",
    ref="PA-2017-001/O1",
    recorded_on="2026-01-01",
    title="Agreement",
    first_day=date(2027, 6, 30),
    last_day=date(2027, 6, 30),
    warn_day=date(2027, 6, 30),
    state="pending",
    what="Train officials",
)


def written(*deadlines: Deadline, todo: bool = False, alarms: tuple[int, ...] | None = None, name: str = "X") -> bytes:
    items = [Item(entry_of(deadline, DAY), deadline) for deadline in deadlines]
    return b"".join(write(items, DAY, Style(name, todo, alarms)))


def second_parser(content: bytes) -> Any:
    """The calendar as vobject reads it, which shares no code with the library that wrote it."""
    return vobject.readOne(content.decode("utf-8"))


HOSTILE = [
    "plain",
    "semi;colon, comma\\ backslash: colon \"quotes\" 'single'",
    "ends in a backslash \\",
    "\\n is no line break, \\N neither, \\; \\,",
    "line\nbreak\nEND:VEVENT\nBEGIN:VEVENT\nUID:forged",
    "x" * 400,
    "é" * 300,
    "🇵🇦👩🏽‍⚖️" * 60,
    "معاهدة التعاون بين المنظمة والوزارة " * 10,
    "条約" * 200,
    "tab\there",
    " leading and trailing ",
    "=1+1 ^n ^' ^^ %0A &amp; <b>",
    "a\u0301" * 100,
]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], include_characters="\n"), max_size=200)


def check(text: str, *, todo: bool) -> None:
    content = written(replace(DEADLINE, what=text, owed_by=text or None, title=text), todo=todo, name=text)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line and b"\r" not in line
        line.decode("utf-8")  # no line ends inside a character
    assert content.endswith(b"END:VCALENDAR\r\n")
    said = f"Due: PA-2017-001/O1 {text}"
    first = icalendar.Calendar.from_ical(content).walk("VTODO" if todo else "VEVENT")
    assert [str(component["SUMMARY"]) for component in first] == [said]
    assert f"Agreement: PA-2017-001 {text}\n" in str(first[0]["DESCRIPTION"])
    other = second_parser(content)
    found = other.vtodo_list if todo else other.vevent_list
    assert [component.summary.value for component in found] == [said]
    assert f"Agreement: PA-2017-001 {text}\n" in found[0].description.value
    assert other.contents["x-wr-calname"][0].value == text


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("todo", [False, True])
def test_hostile_texts_come_back_equal(text: str, todo: bool) -> None:
    check(text, todo=todo)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_comes_back_equal(text: str) -> None:
    check(text, todo=False)


def test_an_all_day_event() -> None:
    (event,) = second_parser(written(DEADLINE)).vevent_list
    assert (event.dtstart.value, event.dtend.value) == (date(2027, 6, 30), date(2027, 7, 1))
    assert event.dtstamp.value == datetime(2026, 11, 24, tzinfo=UTC)
    assert (event.status.value, event.transp.value, event.sequence.value) == ("CONFIRMED", "TRANSPARENT", "0")
    assert [alarm.trigger.value for alarm in event.valarm_list] == [timedelta(days=-30), timedelta(days=-7)]
    assert {alarm.action.value for alarm in event.valarm_list} == {"DISPLAY"}
    assert {alarm.description.value for alarm in event.valarm_list} == {event.summary.value}
    assert event.refid.value == "PA-2017-001"
    assert event.x_tracker_ref.value == "PA-2017-001/O1:2027-06-30"
    assert "attendee" not in event.contents and "organizer" not in event.contents, "no mail is sent"


def test_an_activity_of_several_days() -> None:
    content = written(
        replace(DEADLINE, kind="activity", key="A1", ref="X/A1", last_day=date(2027, 7, 2), place="Darién")
    )
    (event,) = second_parser(content).vevent_list
    assert (event.dtstart.value, event.dtend.value) == (date(2027, 6, 30), date(2027, 7, 3))
    assert event.location.value == "Darién"


def test_the_last_day_of_the_calendar() -> None:
    last = date(9999, 12, 31)
    (event,) = second_parser(written(replace(DEADLINE, first_day=last, last_day=last, warn_day=last))).vevent_list
    assert event.dtstart.value == last and "dtend" not in event.contents


def test_a_day_known_within_bounds() -> None:
    """It falls due on the upper bound and warns from the lower one."""
    (event,) = second_parser(written(replace(DEADLINE, warn_day=date(2027, 6, 1)))).vevent_list
    assert event.dtstart.value == date(2027, 6, 30)
    assert [alarm.trigger.value.days for alarm in event.valarm_list] == [-30, -29, -7]
    assert "between 2027-06-01 and 2027-06-30" in event.description.value


@pytest.mark.parametrize(
    ("state", "settled", "status", "completed"),
    [
        ("pending", None, "NEEDS-ACTION", None),
        ("overdue", None, "NEEDS-ACTION", None),
        ("fulfilled", "2027-06-01", "COMPLETED", datetime(2027, 6, 1, tzinfo=UTC)),
        ("fulfilled", "2027-06", "COMPLETED", None),
        ("fulfilled", "unknown", "COMPLETED", None),
        ("waived", "2027-06-01", "CANCELLED", None),
        ("lapsed", None, "CANCELLED", None),
    ],
)
def test_tasks(state: str, settled: str | None, status: str, completed: datetime | None) -> None:
    deadline = replace(DEADLINE, state=state, settled=settled)
    calendar = second_parser(written(deadline, todo=True))
    assert "vevent" not in calendar.contents
    (todo,) = calendar.vtodo_list
    assert todo.due.value == date(2027, 6, 30) and "dtstart" not in todo.contents
    assert todo.status.value == status
    assert (todo.completed.value if "completed" in todo.contents else None) == completed
    assert ("percent-complete" in todo.contents) is (status == "COMPLETED")
    assert todo.uid.value != entry_of(deadline, DAY).uid, "a calendar may hold the event too"
    alarms = todo.contents.get("valarm", [])
    assert [alarm.trigger.params for alarm in alarms] == [{"RELATED": ["END"]}] * len(alarms), "there is no start"
    assert bool(alarms) is (status == "NEEDS-ACTION")


def test_only_obligations_are_tasks() -> None:
    kinds = {"activity": "A1", "notice": "notice/1", "renewal": "renewal/2", "expiry": "expiry/1"}
    kinds |= {"obligation": "O1/1", "entry-into-force": "entry-into-force"}
    calendar = second_parser(
        written(*(replace(DEADLINE, kind=kind, key=key) for kind, key in kinds.items()), todo=True)
    )
    assert [todo.categories.value for todo in calendar.vtodo_list] == [["obligation"]]
    assert {event.categories.value[0] for event in calendar.vevent_list} == kinds.keys() - {"obligation"}


@pytest.mark.parametrize(
    ("key", "said", "reference"),
    [
        ("O1/7", "Cancelled: Due: PA-2017-001/O1", "PA-2017-001/O1:2027-06-30"),
        ("A2", "Cancelled: Activity: PA-2017-001/A2", "PA-2017-001/A2"),
        ("notice/1", "Cancelled: Notice day: PA-2017-001", "PA-2017-001:2027-06-30"),
        ("entry-into-force", "Cancelled: Enters into force: PA-2017-001", "PA-2017-001:2027-06-30"),
    ],
)
def test_what_is_no_longer_on_record(key: str, said: str, reference: str) -> None:
    item = Item(replace(entry_of(replace(DEADLINE, key=key), DAY), cancelled=True, sequence=1), None)
    (event,) = second_parser(b"".join(write([item], DAY, Style("X")))).vevent_list
    assert (event.status.value, event.summary.value, event.sequence.value) == ("CANCELLED", said, "1")
    assert event.x_tracker_ref.value == reference
    assert "valarm" not in event.contents


@pytest.mark.parametrize(("alarms", "expected"), [(None, [-30, -7]), ((), []), ((14,), [-14]), ((0,), [0])])
def test_alarms_chosen(alarms: tuple[int, ...] | None, expected: list[int]) -> None:
    for todo in (False, True):
        found = icalendar.Calendar.from_ical(written(DEADLINE, todo=todo, alarms=alarms)).walk("VALARM")
        assert [alarm["TRIGGER"].dt.days for alarm in found] == expected


def test_no_alarm_at_all_also_for_a_day_within_bounds() -> None:
    assert b"VALARM" not in written(replace(DEADLINE, warn_day=date(2027, 1, 1)), alarms=())


def test_confidential_and_postponed() -> None:
    (event,) = second_parser(written(replace(DEADLINE, confidential=True))).vevent_list
    assert event.contents["class"][0].value == "CONFIDENTIAL"
    (event,) = second_parser(written(replace(DEADLINE, key="A1", kind="activity", state="postponed"))).vevent_list
    assert event.status.value == "TENTATIVE" and "class" not in event.contents


def test_why() -> None:
    because = (
        '{"rule":"last day to give notice for term 1","section":"Art. 8","result":"2027-06-30",'
        '"precision":"day","arithmetic":"2027-12-30 - 6 months","facts":[],"because":[]}'
    )
    deadline = replace(DEADLINE, kind="notice", key="notice/1", what="last day to give notice", because=because)
    (event,) = second_parser(written(deadline)).vevent_list
    assert event.description.value.splitlines() == [
        "Last day to give notice",
        "Agreement: PA-2017-001 Agreement",
        "Why: last day to give notice for term 1 (Art. 8): 2027-06-30 = 2027-12-30 - 6 months",
        "More: tracker explain PA-2017-001:2027-06-30",
    ]
    plain = because.replace("last day to give notice for term 1", "2027-06-30")
    assert "Why" not in second_parser(written(replace(deadline, because=plain))).vevent.description.value


def test_what_every_calendar_and_component_must_have() -> None:
    """RFC 5545, 3.6: the properties that are required once, and none twice, read line by line."""
    text = re.sub("\r\n ", "", written(DEADLINE, replace(DEADLINE, key="O1/2")).decode())
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    head = text.split("BEGIN:VEVENT")[0].split("\r\n")
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "NAME:X"} <= set(head)
    assert sum(line.startswith("PRODID:") for line in head) == 1
    events = [part.split("BEGIN:VALARM")[0] for part in text.split("BEGIN:VEVENT")[1:]]
    assert len(events) == 2
    for event in events:
        names = [re.split("[;:]", line)[0] for line in event.split("\r\n") if line]
        for once in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "LAST-MODIFIED"):
            assert names.count(once) == 1, once
        assert "DTSTART;VALUE=DATE:20270630" in event and "DTSTAMP:20261124T000000Z" in event
