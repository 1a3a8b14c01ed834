"""The fact sheet of one agreement: rows into one frozen value. Knows no layout, reads no clock."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from tracker.errors import BadInput, NotFound
from tracker.models.enums import BOUND_ROLES, Status
from tracker.reports import phrases, provisions, questions, reasons
from tracker.reports.factsheet import (
    AgreementReport,
    Event,
    Link,
    Obligation,
    Party,
    Person,
    Provision,
    Scope,
    Settled,
    Standing,
    Term,
)
from tracker.reports.parts import (
    WHOLE,
    Activity,
    Deadline,
    People,
    Period,
    evidence,
    files_of,
    horizon,
    journal_head,
    parted,
    split,
    trained,
)
from tracker.rules.wording import status_in_words, wording
from tracker.store import dump
from tracker.store.picture import holds
from tracker.store.reader import Row, Rows

BINDS = (Status.IN_FORCE, Status.PROVISIONALLY_APPLIED, Status.SUSPENDED)
"""Statuses during which a term runs."""


def build(
    rows: Rows,
    ref: str,
    day: date,
    *,
    title: str = "",
    include_confidential: bool = False,
    period: Period = WHOLE,
) -> AgreementReport:
    """The fact sheet of ``ref`` on ``day``. Raises NotFound, and BadInput for a confidential agreement.

    ``title`` heads it instead of the words "Agreement fact sheet". ``period`` limits the due dates, deadlines and
    activities it lists; without an end, deadlines reach a year ahead.
    """
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
    standings = tuple(_standing(row, ref, kind, hidden) for row in rows.rows("show_standing", agreement=ref))
    now = next((item for item in standings if item.holds(today)), None)
    row = rows.row("agreements", agreement=ref, day=today) or {}
    last = period.last or horizon(day)
    until = max(last.isoformat(), row.get("next_deadline") or "")
    overdue, later = parted(map(Deadline.of, rows.rows("deadlines", agreement=ref, day=today, until=until)))
    activities = tuple(item for item in _activities(rows, ref, day) if period.holds(item.on))
    links = tuple(_links(rows, ref))
    report = AgreementReport(
        day=day,
        journal=journal_head(rows),
        period=period,
        heading=title,
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
        provisions=tuple(Provision(*item) for item in provisions.provided(record.get("provisions", {}), kind)),
        obligations=tuple(_obligation(item) for item in rows.rows("obligations", agreement=ref, day=today)),
        overdue=tuple(item for item in overdue if period.holds(item.on)),
        ahead=tuple(item for item in later if period.holds(item.on) and item.on <= last.isoformat()),
        next_deadline=next((item for item in later if item.on >= today), None),
        settled=tuple(item for item in _settled(rows, ref, today) if period.holds(item.due_on or item.on)),
        activities=activities,
        trained=trained(activities),
        events=_events(record, today),
        documents=_whole(record, "documents", "file kind title language on of sha256"),
        links=tuple(link for link in links if link.ref not in hidden),
        links_left_out=sum(link.ref in hidden for link in links),
        figures=_whole(record, "figures", "what value unit period source"),
        contacts=_contacts(record),
        notes=_whole(record, "notes", "on text"),
        responsible=_person(record["responsible"]) if "responsible" in record else None,
        source=record.get("source"),
        questions=(),
    )
    return questions.answered(report)


def _standing(row: Row, ref: str, kind: str, hidden: Collection[str]) -> Standing:
    words = status_in_words(row["status"], kind)
    why = reasons.why(json.loads(row["because"]), ref, kind, hidden, by_rule=True)
    return Standing(row["status"], words, row["from_day"], row["to_day"], why)


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
            why = reasons.why(json.loads(row["because"]), ref, kind, hidden)
            terms.append(Term(**values, place=place, why=why))
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


def _whole(record: dict[str, Any], section: str, keys: str) -> tuple[dict[str, Any], ...]:
    """The parts of a section with all their keys; the record leaves out what says nothing."""
    return tuple({key: part.get(key) for key in keys.split()} for part in record.get(section, ()))


def _scopes(rows: Rows, codes: Collection[str]) -> tuple[Scope, ...]:
    known = {row["code"]: row for row in rows.rows("scopes")} if codes else {}

    def said(code: str, key: str) -> str | None:
        return (known[code][key] or "").replace(";", ", ") or None

    return tuple(
        Scope(code, phrases.scope(known[code]), said(code, "gcm"), said(code, "sdg"), said(code, "dac"))
        for code in codes
    )


def _obligation(row: Row) -> Obligation:
    values = {key: row[key] for key in Obligation.__dataclass_fields__}
    values |= {key: split(row[key]) for key in ("owed_by", "owed_to", "scopes")}
    return Obligation(**values | {"survives": bool(row["survives"])})


def _settled(rows: Rows, ref: str, today: str) -> tuple[Settled, ...]:
    shown = evidence(rows, ref)
    return tuple(
        Settled(
            ref=row["ref"],
            text=row["text"],
            due_on=row["due_on"],
            state=row["state"],
            on=row["done_on"] if row["state"] == "fulfilled" else row["waived_on"],
            how=row["evidence"] if row["state"] == "fulfilled" else row["waived_reason"],
            by_activity=row["by_activity"] if row["state"] == "fulfilled" else None,
            files=files_of(shown, row["ref"], row["due_on"], row["by_activity"]) if row["state"] == "fulfilled" else (),
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


def _contacts(record: dict[str, Any]) -> tuple[Person, ...]:
    """Those to turn to, beside the one responsible, who is named before them."""
    responsible = record.get("responsible", {}).get("name")
    return tuple(_person(item) for item in record.get("contacts", ()) if item["name"] != responsible)


def _person(values: dict[str, Any]) -> Person:
    return Person(values["name"], *(values.get(key) for key in ("office", "email", "phone", "party")))
