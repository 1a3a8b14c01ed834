"""The rows of one new agreement, from its record, what that names and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import SQLModel

from tracker.actions import activities, annexes, derivation, events, obligations
from tracker.actions.bulk.named import Named
from tracker.actions.bulk.rows import Rows
from tracker.actions.record import Fulfilment, Record, Waiver
from tracker.models import tables as t
from tracker.rules import facts as f


class AgreementRows:
    """Keeps the rows of one agreement, in the order in which ``agreements.save`` makes them."""

    def __init__(self, rows: Rows, ref: str, record: Record, named: Named, derived: f.Derivation) -> None:
        self._rows = rows
        self._ref = ref
        self._record = record
        self._named = named
        self._derived = derived
        self._text = derivation.reasons()
        self._owner: dict[str, int] = {}

    def keep(self, day: date, responsible: int | None, horizon: date) -> None:
        """Keep all of them. ``day`` is that of recording, ``horizon`` the one up to which it was derived."""
        record, derived = self._record, self._derived
        in_force = derived.entry_into_force
        agreement = {
            "ref": self._ref,
            "title": record.title,
            "kind": record.kind,
            "summary": record.summary,
            "source": record.source,
            "confidentiality": record.confidentiality,
            "responsible_id": responsible,
            "recorded_on": day,
            "signed_text": derived.signed.text if derived.signed else None,
            "in_force_text": in_force.text if in_force else None,
            "in_force_on": in_force.lower if in_force else None,
            "last_day": derived.last_day,
            "derived_until": None if derived.complete else horizon,
        }
        self._owner = {"agreement_id": self._rows.add(t.Agreement, agreement)}
        self._rows.listed(t.AgreementCountry, self._owner, "country", record.countries)
        self._rows.listed(t.AgreementLanguage, self._owner, "language", record.languages)
        self._rows.listed(t.AgreementScope, self._owner, "scope_id", self._named.scopes)
        self._participations()
        concerned = zip(record.events, self._named.events, strict=True)
        self._numbered(t.Event, "E", [events.columns(part, party.id if party else None) for part, party in concerned])
        self._parts(t.Provision, events.provision_columns(record.provisions))
        self._obligations(self._activities())
        self._numbered(t.Note, "N", [annexes.note_columns(part) for part in record.notes])
        self._numbered(t.Figure, "F", [part.model_dump() for part in record.figures])
        self._rows.listed(t.Contact, self._owner, "person_id", self._named.contacts)
        self._parts(t.Standing, [derivation.standing_columns(row, self._text) for row in derived.standings])
        self._parts(t.Term, [derivation.term_columns(row, self._text) for row in derived.terms])
        self._parts(t.Milestone, [derivation.milestone_columns(row, self._text) for row in derived.milestones])

    def _participations(self) -> None:
        named = self._named
        for position, (part, party) in enumerate(zip(self._record.parties, named.parties, strict=True)):
            entry = self._derived.party_entries.get(named.labels[party.id])
            values = {
                "position": position,
                "party_id": party.id,
                "role": part.role,
                "signatory_id": named.signatories[position],
                "signatory_office": part.signatory.office if part.signatory else None,
                "in_force_text": entry.text if entry else None,
            }
            self._part(t.Participation, values)

    def _activities(self) -> dict[int, int]:
        """Keeps the activities; gives their ids by number."""
        ids = {}
        for position, (part, named) in enumerate(zip(self._record.activities, self._named.activities, strict=True)):
            values = {"number": named.number, "position": position, **activities.columns(part)}
            ids[named.number] = row = self._part(t.Activity, values)
            self._refer("A", named.number)
            self._rows.listed(t.ActivityScope, {"activity_id": row}, "scope_id", named.scopes)
            for place, (one, party) in enumerate(zip(part.attendance, named.attending, strict=True)):
                counts = activities.attendance_columns(one, party)
                self._rows.add(t.Attendance, {"activity_id": row, "position": place, **counts})
        return ids

    def _obligations(self, activity_ids: dict[int, int]) -> None:
        due: dict[int, dict[date, f.Occurrence]] = defaultdict(dict)
        for occurrence in self._derived.occurrences:
            due[occurrence.obligation][occurrence.due_on] = occurrence
        rows = []
        for position, (part, named) in enumerate(zip(self._record.obligations, self._named.obligations, strict=True)):
            waits_for = self._derived.waiting.get(named.number)
            values = {"number": named.number, "position": position, "waits_for": waits_for}
            row = self._part(t.Obligation, {**values, **obligations.columns(part, named.responsible)})
            rows.append(row)
            self._refer("O", named.number)
            for side, parties in ((t.Side.OWED_BY, named.owed_by), (t.Side.OWED_TO, named.owed_to)):
                self._rows.listed(t.ObligationParty, {"obligation_id": row, "side": side}, "party_id", parties)
            self._rows.listed(t.ObligationScope, {"obligation_id": row}, "scope_id", named.scopes)
            facts: list[Fulfilment | Waiver] = [*part.fulfilled, *part.waived]
            for fact in sorted(facts, key=lambda one: one.due is None):
                self._settled(row, fact, activity_ids, due[named.number])
        for row, named in zip(rows, self._named.obligations, strict=True):
            for occurrence in due[named.number].values():
                values = derivation.occurrence_columns(occurrence, self._text)
                values["obligation_id"] = row
                self._rows.add(t.Occurrence, values)

    def _settled(
        self, row: int, fact: Fulfilment | Waiver, activity_ids: dict[int, int], due: dict[date, f.Occurrence]
    ) -> None:
        """A due date that was met or waived: what follows for that day is no longer ``due``."""
        values = {"obligation_id": row, **obligations.settled_columns(fact, activity_ids)}
        if fact.due is not None and fact.due.upper is not None:
            values |= {"due_on": fact.due.upper, "warn_on": fact.due.lower}
            derived = due.pop(fact.due.upper, None)
            if derived is not None:
                values |= derivation.occurrence_columns(derived, self._text)
        self._rows.add(t.Occurrence, values)

    def _numbered(self, model: type[SQLModel], letter: str, rows: Iterable[dict[str, Any]]) -> None:
        for number, values in enumerate(rows, start=1):
            self._part(model, {"number": number, "position": number - 1, **values})
            self._refer(letter, number)

    def _parts(self, model: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
        for values in rows:
            self._part(model, values)

    def _part(self, model: type[SQLModel], values: dict[str, Any]) -> int:
        values |= self._owner
        return self._rows.add(model, values)

    def _refer(self, letter: str, number: int) -> None:
        stem = f"{self._ref}/{letter}"
        self._rows.refer(f"{stem}{number}", stem, number)
