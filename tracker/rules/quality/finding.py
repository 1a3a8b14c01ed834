"""What a check is, what it looks at, and what it finds. Holds no check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.rules.clauses import Clause

Values = Mapping[str, Any]

YEAR = 12
"""Months after which silence is worth a question."""

BINDS = ("in-force", "suspended", "provisionally-applied")
"""Statuses in which an agreement has effects."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One agreement on one day: its record (docs/record-file.md) and what is derived from it.

    ``obligations`` have ``number``, ``state``, ``next_due``, ``overdue``, ``waits_for``, ``responsible``;
    ``off_schedule`` are due dates fulfilled or waived that do not follow from the due rule, each with its number.
    ``open_after_end`` are numbers of obligations whose due dates lie after the last day and lapse.
    ``implemented_by`` are references of agreements that implement this one; ``unrecorded`` those it is
    linked to that are not recorded. ``texts`` are the kept texts with clauses: document and clauses.
    """

    ref: str
    day: date
    record: Values
    status: str | None = None
    since: date | None = None
    signed: str | None = None
    in_force: str | None = None
    in_force_on: date | None = None
    last_day: date | None = None
    terms: Sequence[Values] = ()
    milestones: Sequence[Values] = ()
    obligations: Sequence[Values] = ()
    open_after_end: Sequence[int] = ()
    off_schedule: Sequence[tuple[int, str]] = ()
    implemented_by: Sequence[str] = ()
    unrecorded: Sequence[str] = ()
    texts: Sequence[tuple[str, Sequence[Clause]]] = ()

    def section(self, key: str) -> list[Values]:
        """A section of the record; empty where it has none."""
        return list(self.record.get(key, ()))

    def events(self, *kinds: str) -> list[Values]:
        return [event for event in self.section("events") if event["event"] in kinds]

    @property
    def provisions(self) -> Values:
        found: Values = self.record.get("provisions", {})
        return found


@dataclass(frozen=True, slots=True)
class Directory:
    """All parties and people on one day, and the files, for findings that are about no single agreement.

    ``open_files`` are those that others may read: path and mode, as ``0644``. Parties have ``ref``, ``name``,
    ``acronym``, ``kind``, ``country``, ``agreements``, ``keys`` (folded names).
    """

    parties: Sequence[Values] = ()
    people: Sequence[Values] = ()
    alike: Sequence[tuple[Values, Values]] = ()
    open_files: Sequence[tuple[str, str]] = ()


MODE = "mode"
"""The key of a fix that takes a file away from others, instead of editing what is recorded."""


@dataclass(frozen=True, slots=True)
class Fix:
    """A safe mend: the edit to make (``tracker edit REF KEY=VALUE``); with the key ``MODE``, the file to close."""

    ref: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a check found: where, what, and a fix where one is safe.

    ``message`` says what in English, with named places for ``values`` (a text, a number, a day, or several); ``one``
    is the message where its ``n`` is 1. A report words both in its own language.
    """

    ref: str
    message: str
    values: Values = field(default_factory=dict)
    fix: Fix | None = None
    one: str = ""

    @property
    def what(self) -> str:
        """What was found, in English."""
        said = {key: ", ".join(value) if isinstance(value, list) else value for key, value in self.values.items()}
        if "kind" in said:
            said["kind"] = said["kind"].replace("-", " ")
        return (self.one if self.one and said["n"] == 1 else self.message).format(**said)


@dataclass(frozen=True, slots=True)
class Check:
    """A named check. ``severity`` is error, warning or note; ``why`` it matters, ``mend`` how to set it right.

    ``example`` is a record's situation in which it speaks.
    """

    code: str
    name: str
    severity: str
    title: str
    why: str
    mend: str
    of_agreement: Callable[[Subject], Iterator[Found]] | None = None
    of_directory: Callable[[Directory], Iterator[Found]] | None = None


REGISTERED: list[Check] = []
"""Every check whose module has been imported; ``catalogue`` imports them all."""

Looks = Callable[[Any], Iterator[Found]]


def check(code: str, name: str, severity: str, *, title: str, why: str, mend: str) -> Callable[[Looks], Looks]:
    """Makes a function a check: of the directory where its code begins with P or F, else of an agreement."""

    def register(function: Looks) -> Looks:
        of = "of_directory" if code.startswith(("P", "F")) else "of_agreement"
        REGISTERED.append(Check(code, name, severity, title, why, mend, **{of: function}))
        return function

    return register


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check said of one thing."""

    check: Check = field(repr=False)
    found: Found

    @property
    def ref(self) -> str:
        return self.found.ref

    @property
    def what(self) -> str:
        return self.found.what

    @property
    def fix(self) -> Fix | None:
        return self.found.fix


def bounds(written: str | None) -> tuple[date | None, date | None]:
    """First and last day a date of the record can mean; None for an unknown or absent one."""
    from tracker.rules.dates import parse_date

    if written is None:
        return None, None
    read = parse_date(written)
    return read.lower, read.upper
