"""What several reports are made of: people counted, deadlines, activities, and the days they look ahead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.models.enums import MilestoneKind
from tracker.reports import reasons
from tracker.rules.dates import parse_date
from tracker.rules.durations import Duration
from tracker.store import reader
from tracker.store.reader import Row, Rows

WINDOW = Duration(years=1)
"""How far the deadlines of a report look ahead."""

MILESTONES = frozenset(MilestoneKind)
"""Kinds of deadlines that are days to watch in the life of an agreement."""

UNFULFILLED = frozenset({"overdue", "without-result"})
"""States of a deadline whose day has passed without it being done."""


def horizon(day: date) -> date:
    """The last day a report of ``day`` looks ahead to. Raises BadInput past the year 9999."""
    return WINDOW.after(day)


@dataclass(frozen=True, slots=True)
class Period:
    """The days a report is limited to, both included; None at an end is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, written: str | None) -> bool:
        """Whether a date as written (``2017-05-18``, ``2017-05``, ``LOWER..UPPER``) can lie in it.

        An unknown day lies in a period only where that is open at both ends.
        """
        if self.first is None and self.last is None:
            return True
        lower, upper = bounds(written)
        if lower is None or upper is None:
            return False
        return (self.first is None or upper >= self.first) and (self.last is None or lower <= self.last)


WHOLE = Period()
"""No limit."""


def journal_head(rows: Rows) -> str:
    """How many entries the journal has and the hash of the last one, ``COUNT:HASH``; empty before the first."""
    head = rows.row("journal_head")
    return f"{head['count']}:{head['hash']}" if head else ""


def bounds(written: str | None) -> tuple[date | None, date | None]:
    """First and last day that a date as written can mean; None for an unknown one."""
    if not written or written == "unknown":
        return None, None
    lower, _between, upper = written.partition("..")
    return parse_date(lower).lower, parse_date(upper or lower).upper


def split(joined: str | None) -> tuple[str, ...]:
    """The values that a query joined into one text."""
    return tuple(reader.split(joined))


@dataclass(frozen=True, slots=True)
class People:
    """How many people; ``unsplit`` are those counted without their sex."""

    women: int = 0
    men: int = 0
    other: int = 0
    unsplit: int = 0

    @property
    def total(self) -> int:
        return self.women + self.men + self.other + self.unsplit

    @classmethod
    def of(cls, row: Row) -> People:
        """The people of a row of ``attendance``."""
        return cls(row["women"] or 0, row["men"] or 0, row["other"] or 0, row["total"] or 0)

    @classmethod
    def sum(cls, many: Iterable[People]) -> People:
        items = list(many)
        return cls(
            sum(item.women for item in items),
            sum(item.men for item in items),
            sum(item.other for item in items),
            sum(item.unsplit for item in items),
        )


@dataclass(frozen=True, slots=True)
class File:
    """A document that shows that something was done: its reference, and what its file is called."""

    ref: str
    name: str


def evidence(rows: Rows, agreement: str | None = None) -> dict[str, tuple[File, ...]]:
    """The documents that belong to a part, by what they belong to: ``PA-2017-001/O1:2017-11-18``, ``PA-2017-001/A1``.

    Of every agreement, or of the one of this reference.
    """
    found: dict[str, list[File]] = {}
    for row in rows.rows("report_evidence", agreement=agreement):
        found.setdefault(row["of"], []).append(File(row["ref"], row["file"]))
    return {of: tuple(files) for of, files in found.items()}


def files_of(
    shown: Mapping[str, tuple[File, ...]], ref: str, due_on: str | None, by_activity: str | None
) -> tuple[File, ...]:
    """The files that show one fulfilment: those of the due date, then those of the activity that fulfilled it."""
    return (*shown.get(f"{ref}:{due_on}" if due_on else ref, ()), *shown.get(by_activity or "", ()))


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that falls due or happens on a day; ``days_left`` is negative once it has passed."""

    on: str
    kind: str
    ref: str
    agreement: str
    title: str
    what: str
    state: str
    responsible: str | None
    days_left: int

    @classmethod
    def of(cls, row: Row) -> Deadline:
        values = {key: row[key] for key in cls.__dataclass_fields__}
        if row["kind"] in MILESTONES:
            values["what"] = reasons.milestone(row["what"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Activity:
    """A follow-up; ``attendance`` is by party. ``trained`` where its people count as trained on the day."""

    ref: str
    agreement: str
    title: str
    kind: str
    on: str
    until: str | None
    place: str | None
    state: str
    scopes: tuple[str, ...]
    fulfils: tuple[str, ...]
    people: People
    attendance: tuple[tuple[str, People], ...]
    trained: bool

    @classmethod
    def of(cls, row: Row, day: date, attendance: Sequence[tuple[str, People]] = ()) -> Activity:
        """An activity of the query ``activities``."""
        women, men, other = (row[key] or 0 for key in ("women", "men", "other"))
        people = People(women, men, other, (row["people"] or 0) - women - men - other)
        held = row["status"] == "held" and (row["on"] == "unknown" or row["on"] <= day.isoformat())
        return cls(
            ref=row["ref"],
            agreement=row["agreement"],
            title=row["title"],
            kind=row["kind"],
            on=row["on"],
            until=row["until"],
            place=row["place"],
            state=row["state"],
            scopes=split(row["scopes"]),
            fulfils=split(row["fulfils"]),
            people=people,
            attendance=tuple(attendance),
            trained=held and row["kind"] == "training" and people.total > 0,
        )


def trained(activities: Iterable[Activity]) -> People:
    """The people trained: those who attended trainings that were held."""
    return People.sum(activity.people for activity in activities if activity.trained)


def parted(deadlines: Iterable[Deadline]) -> tuple[tuple[Deadline, ...], tuple[Deadline, ...]]:
    """Deadlines whose day has passed without result, and those ahead."""
    items = list(deadlines)
    late = tuple(item for item in items if item.state in UNFULFILLED)
    return late, tuple(item for item in items if item.state not in UNFULFILLED)


def party_names(rows: Iterable[Row]) -> dict[str, str]:
    """How each party is named, by its reference, from rows with ``party``, ``name``, ``acronym`` and ``country``.

    Two of the same name are told apart by their country, or by their reference.
    """
    parties = {row["party"]: row for row in rows}
    labels = {key: str(row["acronym"] or row["name"]) for key, row in parties.items()}
    same = Counter(labels.values())
    full = {
        key: label if same[label] == 1 else f"{label} ({parties[key]['country'] or key})"
        for key, label in labels.items()
    }
    again = Counter(full.values())
    return {key: name if again[name] == 1 else f"{labels[key]} ({key})" for key, name in full.items()}
