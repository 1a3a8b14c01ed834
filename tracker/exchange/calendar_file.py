"""Deadlines as an iCalendar object (RFC 5545, 7986 and 9253), escaped and folded by ``icalendar``.

One component at a time, so that a calendar of any length takes little memory. The same items give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event, Todo, vText

from tracker.rules.calendar import OVER, Item, alarms

PRODID = "-//Tracker//Tracker of cooperation agreements//EN"

_LABELS = {
    "obligation": "Due",
    "activity": "Activity",
    "notice": "Notice day",
    "renewal": "Renews",
    "expiry": "Expires",
    "entry-into-force": "Enters into force",
}


class Text(vText):
    """A text as it is: the library takes a backslash before N for a line break, also in a text that means neither."""

    def to_ical(self) -> bytes:
        return b"\\\\N".join(vText(part).to_ical() for part in str(self).split("\\N"))


@dataclass(frozen=True, slots=True)
class Style:
    """How a calendar is written: its ``name``; ``todo`` makes due dates of obligations tasks; ``alarms`` are days
    before each deadline in the place of the usual ones, none at all where empty."""

    name: str
    todo: bool = False
    alarms: tuple[int, ...] | None = None


def write(items: Iterable[Item], day: date, style: Style) -> Iterator[bytes]:
    """The calendar in pieces: its head, one for each item, its end. ``day`` is the one looked from."""
    calendar = Calendar()
    for name, value in (
        ("prodid", PRODID),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", Text(style.name)),  # the library takes it, and what it does not know, for escaped already
        ("x-wr-calname", Text(style.name)),
    ):
        calendar.add(name, value)
    head, end, _ = calendar.to_ical().partition(b"END:VCALENDAR")
    yield head
    for item in items:
        component = _todo(item) if style.todo and kind_of(item) == "obligation" else _event(item)
        _common(component, item)
        if item.deadline and not (style.alarms is not None and not style.alarms):
            for days in alarms(item.deadline, day, style.alarms):
                component.add_component(_alarm(days, str(component["summary"]), of_task=isinstance(component, Todo)))
        yield component.to_ical()
    yield end + b"\r\n"


def kind_of(item: Item) -> str:
    """``obligation``, ``activity``, ``notice``, ``renewal``, ``expiry`` or ``entry-into-force``."""
    key = item.entry.key
    return {"O": "obligation", "A": "activity"}.get(key[0]) or key.partition("/")[0]


def _event(item: Item) -> Event:
    """An all-day event over the days of the deadline; it takes nobody's time."""
    entry, state = item.entry, item.deadline.state if item.deadline else None
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstart", entry.first_day)
    if entry.last_day < date.max:
        event.add("dtend", entry.last_day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.cancelled else "TENTATIVE" if state == "postponed" else "CONFIRMED")
    if item.deadline and item.deadline.place:
        event.add("location", Text(item.deadline.place))
    return event


def _todo(item: Item) -> Todo:
    """A task; its UID is another than the event's, since a calendar may hold both."""
    entry, deadline = item.entry, item.deadline
    todo = Todo()
    todo.add("uid", str(uuid5(UUID(entry.uid), "VTODO")))
    todo.add("due", entry.last_day)
    done = deadline is not None and deadline.state == "fulfilled"
    todo.add("status", "COMPLETED" if done else "CANCELLED" if entry.cancelled else "NEEDS-ACTION")
    if done and deadline:
        todo.add("percent-complete", 100)
        if moment := _moment_done(deadline.settled):
            todo.add("completed", moment)
    return todo


def _common(component: Event | Todo, item: Item) -> None:
    entry = item.entry
    moment = datetime.fromisoformat(entry.revised_at)
    component.add("dtstamp", moment)
    component.add("last-modified", moment)
    component.add("sequence", entry.sequence)
    component.add("summary", Text(summary(item)))
    component.add("description", Text("\n".join(_description(item))))
    component.add("categories", [kind_of(item)])
    component.add("refid", Text(entry.agreement))
    component.add("x-tracker-ref", Text(reference(item)))
    if entry.confidential:
        component.add("class", "CONFIDENTIAL")


def _alarm(days: int, said: str, *, of_task: bool) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", Text(said))
    alarm.add("trigger", timedelta(days=-days), parameters={"RELATED": "END"} if of_task else {})
    return alarm


def reference(item: Item) -> str:
    """How ``tracker explain`` and ``tracker calendar`` name the deadline."""
    agreement, part = item.entry.agreement, item.entry.key.partition("/")[0]
    kind = kind_of(item)
    if kind == "activity":
        return f"{agreement}/{part}"
    return f"{agreement}/{part}:{item.entry.last_day}" if kind == "obligation" else f"{agreement}:{item.entry.last_day}"


def summary(item: Item) -> str:
    """One line: what kind of deadline, its reference, what it is about; first of all that it is over."""
    deadline, kind = item.deadline, kind_of(item)
    label = _LABELS[kind]
    if deadline is None:
        part = f"/{item.entry.key.partition('/')[0]}" if kind in ("obligation", "activity") else ""
        return f"Cancelled: {label}: {item.entry.agreement}{part}"
    if kind == "entry-into-force":
        label = deadline.what.capitalize()
    said = deadline.what if kind in ("obligation", "activity") else deadline.title
    over = f"{'Fulfilled' if deadline.state == 'fulfilled' else 'Cancelled'}: " if deadline.state in OVER else ""
    return f"{over}{label}: {deadline.ref} {said}"


def _description(item: Item) -> Iterator[str]:
    """What falls due, under which agreement, owed by whom, why that day, who answers for it, where to read more."""
    deadline = item.deadline
    if deadline is None:
        yield "No longer on record: nothing falls due."
        return
    kind = kind_of(item)
    if kind not in ("obligation", "activity"):
        yield f"{deadline.what[:1].upper()}{deadline.what[1:]}"
    yield f"Agreement: {deadline.agreement} {deadline.title}"
    if deadline.owed_by:
        yield f"Owed by: {deadline.owed_by}"
    if deadline.owed_to:
        yield f"Owed to: {deadline.owed_to}"
    if deadline.clause:
        yield f"Clause: {deadline.clause}"
    if why := _why(deadline.because):
        yield f"Why: {why}"
    if deadline.warn_day < deadline.first_day:
        yield f"The day is known only as between {deadline.warn_day} and {deadline.last_day}"
    if deadline.responsible:
        yield f"Responsible: {deadline.responsible}"
    if deadline.state in OVER:
        when = f" {deadline.settled}" if deadline.settled and deadline.state in ("fulfilled", "waived") else ""
        yield f"No longer due: {deadline.state}{when}"
    yield f"More: tracker explain {reference(item)}"


def _why(because: str | None) -> str:
    """The rule with its clause and the arithmetic, in one line; nothing where the rule is the day itself."""
    reason = json.loads(because) if because else {"rule": "", "result": ""}
    if reason["rule"] == reason["result"]:
        return ""
    clause = "" if reason["section"].startswith("section ") else f" ({reason['section']})"
    how = reason["arithmetic"]
    return f"{reason['rule']}{clause}: {reason['result']}{f' = {how}' if how and how != reason['result'] else ''}"


def _moment_done(settled: str | None) -> datetime | None:
    """Midnight of the day it was done, in UTC; None where no single day is known."""
    try:
        day = date.fromisoformat(settled or "")
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
