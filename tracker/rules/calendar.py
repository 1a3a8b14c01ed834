"""What a calendar was told of each deadline, and what it must be told now (docs/decisions/0016).

Identity and revision follow RFC 5545, 3.8.4.7 and 3.8.7.4, and RFC 5546, 2.1.4: a deadline keeps its UID though its
date changes, and its SEQUENCE rises with every change that matters to the day. Reads nothing and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

NAMESPACE = UUID("5e3f7a4c-6f0b-4d0e-9c51-0a2f6f3f7d1b")
"""Under which the identities of deadlines are named (RFC 9562, 5.5)."""

ALARMS = (30, 7)
"""Days before a deadline on which it is reminded of."""

NOTICE_ALARM = 90
"""A further one for a notice day: whether to give notice takes time to decide."""

REMEMBERED = timedelta(days=365)
"""How long what has been cancelled or moved is given again, so that a calendar read once a year learns of it."""

OVER = frozenset({"fulfilled", "waived", "lapsed", "cancelled"})
"""States in which nothing falls due any more. An activity that was held took place: it is not cancelled."""

Key = tuple[str, str]
"""What a deadline is known by within a database: its agreement's reference and its own key."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something falls due or happens, in whatever state.

    ``key`` is what stays when the day changes: ``O1/3`` (third due date of obligation 1), ``A2``, ``notice/1``,
    ``renewal/2``, ``expiry/3`` (of that term), ``entry-into-force``. ``first_day`` to ``last_day`` are the days it
    takes, both included; ``warn_day`` is the earliest it may fall on. ``because`` is a reason as JSON.
    """

    agreement: str
    key: str
    kind: str
    ref: str
    recorded_on: str
    title: str
    first_day: date
    last_day: date
    warn_day: date
    state: str
    what: str
    confidential: bool = False
    clause: str | None = None
    owed_by: str | None = None
    owed_to: str | None = None
    place: str | None = None
    responsible: str | None = None
    settled: str | None = None
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A deadline as calendars were last told of it. ``revised_at`` is UTC (``2026-11-24T00:00:00Z``); ``digest``
    stands for everything else that was said."""

    uid: str
    agreement: str
    key: str
    first_day: date
    last_day: date
    sequence: int
    revised_at: str
    cancelled: bool
    confidential: bool
    digest: str


@dataclass(frozen=True, slots=True)
class Item:
    """One component of a calendar; ``deadline`` None where it is no longer on record."""

    entry: Entry
    deadline: Deadline | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What one export gives, in order of the days, and what is to be remembered of it: ``new`` and ``changed``
    entries, and the UIDs that this calendar had not been given before."""

    items: tuple[Item, ...]
    new: tuple[Entry, ...]
    changed: tuple[Entry, ...]
    given: tuple[str, ...]

    @property
    def says_something_new(self) -> bool:
        return bool(self.new or self.changed or self.given)


def plan(
    deadlines: Mapping[Key, Deadline],
    chosen: Collection[Key],
    entries: Mapping[Key, Entry],
    before: Collection[str],
    day: date,
    *,
    include_confidential: bool = False,
) -> Plan:
    """What a calendar is to be given on ``day``.

    ``deadlines`` are those on record, ``chosen`` those that the filters leave, ``entries`` what calendars were told so
    far and ``before`` the UIDs that this calendar has. Given are the chosen ones, and of those this calendar has what
    was moved or cancelled within ``REMEMBERED``: one that the filters leave out is not cancelled for that.
    """
    now = {key: revised(entry, deadlines.get(key), day) for key, entry in entries.items()}
    new = {key: entry_of(deadlines[key], day) for key in chosen if key not in now}
    items = [Item(now.get(key) or new[key], deadlines[key]) for key in chosen]
    for key, entry in now.items():
        told = entry.uid in before and entry.sequence and (include_confidential or not entry.confidential)
        if key not in chosen and told and _recent(entry, day):
            items.append(Item(entry, deadlines.get(key)))
    items.sort(key=lambda item: (item.entry.first_day, item.entry.agreement, item.entry.key))
    return Plan(
        tuple(items),
        tuple(new.values()),
        tuple(entry for key, entry in now.items() if entry is not entries[key]),
        tuple(item.entry.uid for item in items if item.entry.uid not in before),
    )


def entry_of(deadline: Deadline, day: date) -> Entry:
    """What calendars are told the first time.

    The UID is named after the agreement's reference, title and day of recording, which a record file carries: it is
    the same on another machine, and another one where two databases gave one reference to different agreements.
    """
    named = "\x1f".join((deadline.agreement.lower(), deadline.recorded_on, deadline.title, deadline.key))
    return Entry(
        uid=str(uuid5(NAMESPACE, named)),
        agreement=deadline.agreement,
        key=deadline.key,
        first_day=deadline.first_day,
        last_day=deadline.last_day,
        sequence=0,
        revised_at=_moment(datetime(day.year, day.month, day.day)),
        cancelled=deadline.state in OVER,
        confidential=deadline.confidential,
        digest=_digest(deadline),
    )


def revised(entry: Entry, deadline: Deadline | None, day: date) -> Entry:
    """What calendars are told now; ``entry`` itself where nothing has changed.

    SEQUENCE rises when the days change, when the deadline goes away (it is no longer on record, fulfilled, waived,
    lapsed, called off) and when it comes back. The moment of revision rises with every change.
    """
    if deadline is None:
        now = replace(entry, cancelled=True)
    else:
        now = replace(
            entry,
            first_day=deadline.first_day,
            last_day=deadline.last_day,
            cancelled=deadline.state in OVER,
            confidential=deadline.confidential,
            digest=_digest(deadline),
        )
    if now == entry:
        return entry
    moved = (now.first_day, now.last_day, now.cancelled) != (entry.first_day, entry.last_day, entry.cancelled)
    return replace(now, sequence=entry.sequence + moved, revised_at=_later(entry.revised_at, day))


def alarms(deadline: Deadline, day: date, given: Iterable[int] | None = None) -> tuple[int, ...]:
    """Days before the deadline's first day on which it is reminded of, the earliest first.

    ``given`` stands in the place of ``ALARMS`` and ``NOTICE_ALARM``. One known only within bounds is reminded of on
    the lower one too. None for what is over, was held, or whose day has passed.
    """
    if deadline.state in OVER or deadline.state == "held" or deadline.last_day < day:
        return ()
    days = set(ALARMS if given is None else given)
    if given is None and deadline.kind == "notice":
        days.add(NOTICE_ALARM)
    if deadline.warn_day < deadline.first_day:
        days.add((deadline.first_day - deadline.warn_day).days)
    return tuple(sorted(days, reverse=True))


def calendar_of(filters: Mapping[str, object]) -> str:
    """The identity of the calendar made with these filters, without saying what they are."""
    named = "\x1f".join(f"{key}={value}" for key, value in sorted(filters.items()) if value is not None)
    return str(uuid5(NAMESPACE, f"calendar\x1f{named}"))


def _digest(deadline: Deadline) -> str:
    """Stands for all that is said of a deadline but its days; overdue or not is for the reader of the calendar."""
    said = [getattr(deadline, field.name) for field in fields(deadline) if field.name not in _NOT_SAID]
    said.append(deadline.state if deadline.state in OVER or deadline.state in ("held", "postponed") else "open")
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


_NOT_SAID = frozenset({"state", "first_day", "last_day", "recorded_on"})


def _recent(entry: Entry, day: date) -> bool:
    return day - date.fromisoformat(entry.revised_at[:10]) <= REMEMBERED


def _later(moment: str, day: date) -> str:
    """The beginning of ``day``, or a second after ``moment`` where that is later: revisions of one day differ."""
    last = datetime.fromisoformat(moment.removesuffix("Z"))
    return _moment(max(datetime(day.year, day.month, day.day), last + timedelta(seconds=1)))


def _moment(when: datetime) -> str:
    return f"{when.isoformat(timespec='seconds')}Z"
