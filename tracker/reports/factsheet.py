"""What the fact sheet of one agreement says: frozen values, one class for each kind of line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.reports.parts import Activity, Deadline, File, People, Period
from tracker.rules.wording import Wording
from tracker.store.picture import holds


@dataclass(frozen=True, slots=True)
class Party:
    """A party in its role; ``in_force`` is the day of entry into force for it, where it is bound."""

    name: str
    acronym: str | None
    kind: str | None
    country: str | None
    part_of: str | None
    role: str
    signatory: str | None
    office: str | None
    in_force: str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope area with its codes in the Global Compact for Migration, the SDGs and the OECD DAC list."""

    code: str
    name: str
    gcm: str | None
    sdg: str | None
    dac: str | None


@dataclass(frozen=True, slots=True)
class Provision:
    """What the agreement provides, in words; ``key`` is that of the record."""

    key: str
    what: str
    rule: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A status over days; None at an end is open. ``why`` is one or two sentences."""

    status: str
    words: str
    from_day: str | None
    to_day: str | None
    why: tuple[str, ...]

    def holds(self, day: str) -> bool:
        """Whether it is the status on ``day``."""
        return holds({"from_day": self.from_day, "to_day": self.to_day}, day)


@dataclass(frozen=True, slots=True)
class Term:
    """A period for which the agreement binds; ``place`` is past, current or next."""

    number: int
    from_day: str | None
    to_day: str | None
    notice_day: str | None
    renews: bool
    origin: str
    place: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Obligation:
    """A commitment with its state on the day."""

    ref: str
    text: str
    kind: str | None
    clause: str | None
    owed_by: tuple[str, ...]
    owed_to: tuple[str, ...]
    scopes: tuple[str, ...]
    due: str
    next_due: str | None
    state: str
    overdue: int
    fulfilled: int
    waits_for: str | None
    survives: bool
    responsible: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A due date that was met or waived; ``how`` is the evidence or the reason."""

    ref: str
    text: str
    due_on: str | None
    state: str
    on: str
    how: str | None
    by_activity: str | None
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact in the agreement's life; ``ahead`` where it lies after the day of the report."""

    kind: str
    words: str
    on: str
    party: str | None
    until: str | None
    duration: str | None
    note: str | None
    ahead: bool


@dataclass(frozen=True, slots=True)
class Link:
    """What this agreement does to another, or (``back``) another to it."""

    kind: str
    ref: str
    title: str | None
    back: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to turn to."""

    name: str
    office: str | None
    email: str | None
    phone: str | None
    party: str | None


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Everything the fact sheet says, as seen on ``day``."""

    day: date
    journal: str
    period: Period
    heading: str
    words: Wording
    ref: str
    title: str
    kind: str
    confidentiality: str
    summary: str | None
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    status: str | None
    since: str | None
    signed: str | None
    in_force: str | None
    last_day: str | None
    standings: tuple[Standing, ...]
    terms: tuple[Term, ...]
    parties: tuple[Party, ...]
    scopes: tuple[Scope, ...]
    provisions: tuple[Provision, ...]
    obligations: tuple[Obligation, ...]
    overdue: tuple[Deadline, ...]
    ahead: tuple[Deadline, ...]
    next_deadline: Deadline | None
    settled: tuple[Settled, ...]
    activities: tuple[Activity, ...]
    trained: People
    events: tuple[Event, ...]
    documents: tuple[dict[str, Any], ...]
    links: tuple[Link, ...]
    links_left_out: int
    figures: tuple[dict[str, Any], ...]
    contacts: tuple[Person, ...]
    notes: tuple[dict[str, Any], ...]
    responsible: Person | None
    source: str | None
    questions: tuple[str, ...]

    @property
    def standing(self) -> Standing | None:
        """The standing on the day of the report."""
        return next((item for item in self.standings if item.holds(self.day.isoformat())), None)

    @property
    def term(self) -> Term | None:
        """The term that runs on the day of the report."""
        return next((item for item in self.terms if item.place == "current"), None)
