"""Many new agreements at once: their rows are worked out from the records and written in batches.

``agreements.save`` asks the database at every step, which is right for one agreement and slow for a hundred thousand.
What is plain (nothing fulfilled, no activities, links or documents) takes this way instead; the rows are the same ones
(tests/actions/test_bulk.py holds the two ways to each other).
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel, col, func, select

from tracker.actions import agreements, annexes, derivation, events, facts, obligations
from tracker.actions.books import Books
from tracker.actions.party_cache import KnownParty, PartyCache
from tracker.actions.record import Record
from tracker.errors import BadInput, at
from tracker.models import tables as t
from tracker.models.enums import BOUND_ROLES
from tracker.rules import facts as f
from tracker.rules.derivation import derive
from tracker.store import references
from tracker.store.batch import Batch
from tracker.store.transaction import write_down

_BATCH = 200
"""Agreements whose rows are kept before they are written."""

_ORDER: tuple[type[SQLModel], ...] = (
    t.Reference,
    t.Agreement,
    t.AgreementCountry,
    t.AgreementLanguage,
    t.AgreementScope,
    t.Participation,
    t.Event,
    t.Provision,
    t.Obligation,
    t.ObligationScope,
    t.Occurrence,
    t.Note,
    t.Figure,
    t.Contact,
    t.Standing,
    t.Term,
    t.Milestone,
)
"""Tables in the order in which their rows may be written."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for objects that hold each other in a circle a seventieth as often: rows make none, and looking goes
    through every row that is kept; not at all at those that are there already."""
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(70 * often[0], *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()


class Bulk:
    """New agreements within one transaction. ``add`` takes them one by one, ``write`` writes what is left."""

    def __init__(self, books: Books, parties: PartyCache, today: date) -> None:
        self.books = books
        self.session: Session = books.session
        self.today = today
        self._parties = parties
        self._batch = Batch(self.session, _ORDER)
        self._ids: dict[type[SQLModel], int] = {}
        self._numbers: dict[str, int] = {}
        self._given = set(self.session.exec(select(t.Reference.key).where(~col(t.Reference.ref).contains("/"))))
        self._awaited = {ref.lower() for ref in self.session.exec(select(t.Link.to_ref))} - self._given

    def takes(self, record: Record) -> bool:
        """Whether the record is plain enough for its rows to be worked out here."""
        due = record.obligations
        return not (
            record.activities
            or record.links
            or record.documents
            or record.other_parties
            or any(event.party for event in record.events)
            or any(o.fulfilled or o.waived or o.owed_by or o.owed_to or o.responsible or o.number for o in due)
            or any(part.part_of or part.former_names or part.other_names for part in record.parties)
            or (self._awaited and (record.ref is None or record.ref.lower() in self._awaited))
        )

    def add(self, record: Record) -> tuple[str, tuple[f.Standing, ...]]:
        """Take one agreement; gives its reference and standings. Raises as ``agreements.save`` does."""
        parties = self._taken_parties(record)
        with at("responsible"):
            responsible = self.books.person_id(record.responsible)
        signatories = [self._signatory(position, part) for position, part in enumerate(record.parties)]
        contacts = self._contacts(record)
        with at("scopes"):
            scopes = self.books.scopes.ids(record.scopes)
        for position, obligation in enumerate(record.obligations):
            with at("obligations", position, "scopes"):
                self.books.scopes.ids(obligation.scopes)
        obligations.refuse_rings([(number, part.due) for number, part in enumerate(record.obligations, start=1)])
        day = agreements.recorded_on(record, self.today)
        labels, bound = _labels(record, parties)
        ref = self._next_ref(record, day)
        horizon = derivation.horizon_of(max(self.today, day))
        try:
            derived = derive(facts.of_record(record, ref, day, bound), horizon)
        except BadInput as error:
            error.place = error.place or agreements.whence(record, error.value)
            raise
        self._give(ref)
        agreement = self._id(t.Agreement)
        in_force = derived.entry_into_force
        self._row(
            t.Agreement,
            id=agreement,
            ref=ref,
            title=record.title,
            kind=record.kind,
            summary=record.summary,
            source=record.source,
            confidentiality=record.confidentiality,
            responsible_id=responsible,
            recorded_on=day,
            signed_text=derived.signed.text if derived.signed else None,
            in_force_text=in_force.text if in_force else None,
            in_force_on=in_force.lower if in_force else None,
            last_day=derived.last_day,
            derived_until=None if derived.complete else horizon,
        )
        self._listed(t.AgreementCountry, agreement, "country", record.countries)
        self._listed(t.AgreementLanguage, agreement, "language", record.languages)
        self._listed(t.AgreementScope, agreement, "scope_id", scopes)
        for position, (part, party, label) in enumerate(zip(record.parties, parties, labels, strict=True)):
            entry = derived.party_entries.get(label)
            self._part(
                t.Participation,
                agreement,
                position=position,
                party_id=party.id,
                role=part.role,
                signatory_id=signatories[position],
                signatory_office=part.signatory.office if part.signatory else None,
                in_force_text=entry.text if entry else None,
            )
        self._numbered(t.Event, agreement, ref, "E", [events.columns(part, None) for part in record.events])
        for values in events.provision_columns(record.provisions):
            self._part(t.Provision, agreement, **values)
        text = derivation.reasons()
        self._obligations(record, agreement, ref, derived, text)
        self._numbered(t.Note, agreement, ref, "N", [annexes.note_columns(part) for part in record.notes])
        self._numbered(t.Figure, agreement, ref, "F", [part.model_dump() for part in record.figures])
        self._listed(t.Contact, agreement, "person_id", contacts)
        for model, rows in (
            (t.Standing, [derivation.standing_columns(row, text) for row in derived.standings]),
            (t.Term, [derivation.term_columns(row, text) for row in derived.terms]),
            (t.Milestone, [derivation.milestone_columns(row, text) for row in derived.milestones]),
        ):
            for values in rows:
                self._part(model, agreement, **values)
        if self._batch.count(t.Agreement) >= _BATCH:
            self.write()
        return ref, derived.standings

    def write(self) -> None:
        """Write every row that is kept, table by table, and what was changed so far into the journal."""
        self._batch.write()
        write_down(self.session)

    def is_given(self, ref: str) -> bool:
        """Whether a reference was given, be it to something removed since."""
        key = ref.lower()
        if key in self._given:
            return True
        return "/" in key and self.session.get(t.Reference, key) is not None  # somebody's own: 901234/2020

    def forget(self) -> None:
        """After rows were written another way: ask the database again for ids and numbers."""
        self._ids.clear()
        self._numbers.clear()

    def reserve(self, ref: str) -> None:
        """A reference that was given another way."""
        self._given.add(ref.lower())

    def brings_somebody(self, record: Record) -> bool:
        """Whether a party or person may have to be created or completed, which a fault must take back."""
        people = record.responsible or record.contacts or any(part.signatory for part in record.parties)
        return bool(people) or any(self._parties.plainly(part) is None for part in record.parties)

    def _taken_parties(self, record: Record) -> list[KnownParty]:
        found = []
        seen = set()
        for position, part in enumerate(record.parties):
            with at("parties", position):
                party = self._parties.described(part)
                if (party.id, part.role) in seen:
                    raise BadInput("party", part.name, f"stands twice as {part.role.value}")
            seen.add((party.id, part.role))
            found.append(party)
        return found

    def _signatory(self, position: int, part: Any) -> int | None:
        with at("parties", position, "signatory"):
            return agreements.signatory_id(self.books, part.signatory)

    def _contacts(self, record: Record) -> list[int]:
        found: list[int] = []
        for position, part in enumerate(record.contacts):
            with at("contacts", position):
                person = self.books.people.take(part).id
                if person in found:
                    raise BadInput("contact", part.name, "stands twice among the contacts")
            found.append(person)
        return found

    def _obligations(
        self, record: Record, agreement: int, ref: str, derived: f.Derivation, text: derivation.ReasonText
    ) -> None:
        due: dict[int, list[f.Occurrence]] = defaultdict(list)
        for occurrence in derived.occurrences:
            due[occurrence.obligation].append(occurrence)
        for number, part in enumerate(record.obligations, start=1):
            row = self._part(
                t.Obligation,
                agreement,
                number=number,
                position=number - 1,
                waits_for=derived.waiting.get(number),
                **obligations.columns(part, None),
            )
            self._refer(f"{ref}/O", number)
            scopes = self.books.scopes.ids(part.scopes)
            for position, scope in enumerate(scopes):
                values = {"obligation_id": row, "position": position, "scope_id": scope}
                self._row(t.ObligationScope, id=self._id(t.ObligationScope), **values)
            for occurrence in due[number]:
                values = derivation.occurrence_columns(occurrence, text)
                self._batch.add(t.Occurrence, {"id": self._id(t.Occurrence), "obligation_id": row, **values})

    def _next_ref(self, record: Record, day: date) -> str:
        """The reference that ``agreements.save`` would give, from what was given so far. Raises Conflict."""
        if record.ref is not None:
            if self.is_given(record.ref):
                with at("ref"):
                    raise references.taken(record.ref)
            own: str = record.ref
            return own
        stem = agreements.stem(record, day)
        number = self._next(stem)
        while f"{stem}-{number:03}".lower() in self._given:
            number += 1
        return f"{stem}-{number:03}"

    def _give(self, ref: str) -> None:
        stem, number = agreements.counted(ref)
        if stem is not None and number is not None:
            self._numbers[stem] = max(self._next(stem) - 1, number)
        self._given.add(ref.lower())
        self._batch.add(t.Reference, {"key": ref.lower(), "ref": ref, "stem": stem, "number": number})

    def _next(self, stem: str) -> int:
        if stem not in self._numbers:
            self._numbers[stem] = references.next_number(self.session, stem) - 1
        return self._numbers[stem] + 1

    def _refer(self, stem: str, number: int) -> None:
        ref = f"{stem}{number}"
        self._batch.add(t.Reference, {"key": ref.lower(), "ref": ref, "stem": stem, "number": number})

    def _numbered(
        self, model: type[SQLModel], agreement: int, ref: str, letter: str, rows: Iterable[dict[str, Any]]
    ) -> None:
        for number, values in enumerate(rows, start=1):
            self._part(model, agreement, number=number, position=number - 1, **values)
            self._refer(f"{ref}/{letter}", number)

    def _listed(self, model: type[SQLModel], agreement: int, name: str, values: Iterable[Any]) -> None:
        for position, value in enumerate(values):
            self._part(model, agreement, position=position, **{name: value})

    def _part(self, model: type[SQLModel], agreement: int, **values: Any) -> int:
        ident = self._id(model)
        self._row(model, id=ident, agreement_id=agreement, **values)
        return ident

    def _row(self, model: type[SQLModel], **values: Any) -> None:
        self._batch.add(model, values)

    def _id(self, model: type[SQLModel]) -> int:
        if model not in self._ids:
            key: Any = model
            self._ids[model] = self.session.exec(select(func.max(key.id))).one() or 0
        self._ids[model] += 1
        return self._ids[model]


def _labels(record: Record, parties: list[KnownParty]) -> tuple[list[str], tuple[str, ...]]:
    """Each party's short name, unique within the agreement, and those bound by it (``facts.labels_of``)."""
    by_id: dict[int, str] = {}
    bound: list[str] = []
    for part, party in zip(record.parties, parties, strict=True):
        if party.id not in by_id:
            by_id[party.id] = party.label if party.label not in by_id.values() else f"{party.label} ({party.ref})"
        if part.role in BOUND_ROLES and by_id[party.id] not in bound:
            bound.append(by_id[party.id])
    return [by_id[party.id] for party in parties], tuple(bound)
