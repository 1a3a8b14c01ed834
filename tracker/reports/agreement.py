"""The fact sheet of one agreement: rows into one frozen value. Knows no layout, reads no clock."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.errors import BadInput, NotFound
from tracker.models.enums import BOUND_ROLES, Status
from tracker.reports import phrases, questions
from tracker.reports.parts import Activity, Deadline, People, horizon, parted, split, trained
from tracker.rules.wording import Wording, status_in_words, wording
from tracker.store import dump
from tracker.store.picture import holds
from tracker.store.reader import Row, Rows

BINDS = (Status.IN_FORCE, Status.PROVISIONALLY_APPLIED, Status.SUSPENDED)
"""Statuses during which a term runs."""


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
    """What the agreement provides, in words."""

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
        return next((item for item in self.standings if holds(_interval(item), self.day.isoformat())), None)

    @property
    def term(self) -> Term | None:
        """The term that runs on the day of the report."""
        return next((item for item in self.terms if item.place == "current"), None)


def build(
    rows: Rows, ref: str, day: date, *, heading: str = "Agreement fact sheet", include_confidential: bool = False
) -> AgreementReport:
    """The fact sheet of ``ref`` on ``day``. Raises NotFound, and BadInput for a confidential agreement."""
    found, record = rows.row("record_agreement", ref=ref), dump.record(rows, ref)
    if found is None or record is None:
        raise NotFound("agreement", ref, [])
    ref = str(found["ref"])
    if record["confidentiality"] == "confidential" and not include_confidential:
        raise BadInput("REF", ref, "is confidential: give --include-confidential to report on it")
    confidential = {row["ref"] for row in rows.rows("report_confidential")} - {ref}
    hidden = frozenset() if include_confidential else frozenset(confidential)
    today, kind = day.isoformat(), str(record["kind"])
    columns = rows.row("show_derived", agreement=ref) or {}
    standings = tuple(_standing(row, kind, hidden) for row in rows.rows("show_standing", agreement=ref))
    now = next((item for item in standings if holds(_interval(item), today)), None)
    row = rows.row("agreements", agreement=ref, day=today) or {}
    until = max(horizon(day).isoformat(), row.get("next_deadline") or "")
    overdue, later = parted(map(Deadline.of, rows.rows("deadlines", agreement=ref, day=today, until=until)))
    activities = _activities(rows, ref, day)
    links = tuple(_links(rows, ref))
    report = AgreementReport(
        day=day,
        heading=heading,
        words=wording(kind),
        ref=ref,
        title=record["title"],
        kind=kind,
        confidentiality=record["confidentiality"],
        summary=record.get("summary"),
        countries=tuple(record.get("countries", ())),
        languages=tuple(record.get("languages", ())),
        status=now.status if now else None,
        since=(now.from_day or phrases.UNKNOWN) if now else None,
        signed=columns["signed"],
        in_force=columns["in_force"],
        last_day=columns["last_day"],
        standings=standings,
        terms=_terms(rows, ref, kind, today, hidden, binds=now is not None and now.status in BINDS),
        parties=_parties(rows, found["id"], record),
        scopes=_scopes(rows, record.get("scopes", [])),
        provisions=tuple(Provision(*item) for item in phrases.provisions(record.get("provisions", {}), kind)),
        obligations=tuple(_obligation(item) for item in rows.rows("obligations", agreement=ref, day=today)),
        overdue=overdue,
        ahead=tuple(item for item in later if item.on <= horizon(day).isoformat()),
        next_deadline=next((item for item in later if item.on >= today), None),
        settled=_settled(rows, ref, today),
        activities=activities,
        trained=trained(activities),
        events=_events(record, today),
        documents=tuple(record.get("documents", ())),
        links=tuple(link for link in links if link.ref not in hidden),
        links_left_out=sum(link.ref in hidden for link in links),
        figures=tuple(record.get("figures", ())),
        contacts=tuple(_person(item) for item in record.get("contacts", ())),
        notes=tuple(record.get("notes", ())),
        responsible=_person(record["responsible"]) if "responsible" in record else None,
        source=record.get("source"),
        questions=(),
    )
    return questions.answered(report)


def _interval(item: Standing | Term) -> Row:
    return {"from_day": item.from_day, "to_day": item.to_day}


def _why(row: Row, kind: str, hidden: Collection[str]) -> tuple[str, ...]:
    return phrases.why(json.loads(row["because"]), kind, hidden) if row["because"] else ()


def _standing(row: Row, kind: str, hidden: Collection[str]) -> Standing:
    words = status_in_words(row["status"], kind)
    return Standing(row["status"], words, row["from_day"], row["to_day"], _why(row, kind, hidden))


def _terms(rows: Rows, ref: str, kind: str, today: str, hidden: Collection[str], *, binds: bool) -> tuple[Term, ...]:
    """The terms begun by the day and the one after them: how far others are derived depends on the database."""
    terms, following = [], 0
    for row in rows.rows("show_terms", agreement=ref):
        place = "past"
        if (row["from_day"] or "") > today:
            place, following = "next", following + 1
        elif binds and holds(row, today):
            place = "current"
        if following <= 1:
            keys = ("number", "from_day", "to_day", "notice_day")
            values = {key: row[key] for key in keys} | {"renews": bool(row["renews"]), "origin": row["origin"]}
            terms.append(Term(**values, place=place, why=_why(row, kind, hidden)))
    return tuple(terms)


def _parties(rows: Rows, agreement: int, record: dict[str, Any]) -> tuple[Party, ...]:
    bound = rows.rows("record_participations", agreement=agreement)
    return tuple(
        Party(
            name=party["name"],
            acronym=party.get("acronym"),
            kind=party.get("kind"),
            country=party.get("country"),
            part_of=party.get("part_of"),
            role=party["role"],
            signatory=party.get("signatory", {}).get("name"),
            office=party.get("signatory", {}).get("office"),
            in_force=row["in_force_text"] if row["role"] in BOUND_ROLES else None,
        )
        for party, row in zip(record.get("parties", []), bound, strict=True)
    )


def _scopes(rows: Rows, codes: Collection[str]) -> tuple[Scope, ...]:
    known = {row["code"]: row for row in rows.rows("scopes")} if codes else {}
    return tuple(Scope(code, *(known[code][key] for key in ("name_en", "gcm", "sdg", "dac"))) for code in codes)


def _obligation(row: Row) -> Obligation:
    lists = {key: split(row[key]) for key in ("owed_by", "owed_to", "scopes")}
    plain = ("ref", "text", "kind", "clause", "due", "next_due", "state", "overdue", "fulfilled", "waits_for")
    kept = {key: row[key] for key in (*plain, "responsible")}
    return Obligation(**kept, **lists, survives=bool(row["survives"]))


def _settled(rows: Rows, ref: str, today: str) -> tuple[Settled, ...]:
    return tuple(
        Settled(
            ref=row["ref"],
            text=row["text"],
            due_on=row["due_on"],
            state=row["state"],
            on=row["done_on"] if row["state"] == "fulfilled" else row["waived_on"],
            how=row["evidence"] if row["state"] == "fulfilled" else row["waived_reason"],
            by_activity=row["by_activity"] if row["state"] == "fulfilled" else None,
        )
        for row in rows.rows("occurrences", agreement=ref, day=today)
        if row["state"] in ("fulfilled", "waived")
    )


def _activities(rows: Rows, ref: str, day: date) -> tuple[Activity, ...]:
    attendance: dict[str, list[tuple[str, People]]] = {}
    for row in rows.rows("attendance", agreement=ref):
        attendance.setdefault(f"{ref}/A{row['number']}", []).append((row["party"], People.of(row)))
    found = rows.rows("activities", agreement=ref, day=day.isoformat())
    return tuple(Activity.of(row, day, attendance.get(row["ref"], ())) for row in found)


def _events(record: dict[str, Any], today: str) -> tuple[Event, ...]:
    kinds = {party.get(key): party.get("kind") for party in record.get("parties", []) for key in ("name", "acronym")}
    kind = record["kind"]
    events = [
        Event(
            kind=item["event"],
            words=phrases.event(item["event"], kind, kinds.get(item.get("party"))),
            on=item["on"],
            party=item.get("party"),
            until=item.get("until"),
            duration=item.get("for"),
            note=item.get("note"),
            ahead=item["on"] != phrases.UNKNOWN and item["on"] > today,
        )
        for item in record.get("events", [])
    ]
    return tuple(sorted(events, key=lambda event: "" if event.on == phrases.UNKNOWN else event.on))


def _links(rows: Rows, ref: str) -> list[Link]:
    forth = [Link(row["kind"], row["ref"], row["title"], False) for row in rows.rows("show_links", agreement=ref)]
    back = [Link(row["kind"], row["ref"], row["title"], True) for row in rows.rows("show_links_here", agreement=ref)]
    return forth + back


def _person(values: dict[str, Any]) -> Person:
    return Person(values["name"], *(values.get(key) for key in ("office", "email", "phone", "party")))
