"""A record that takes the place of another: what it says anew of parties and people, which others name as well.

A key that says what was recorded already says nothing anew, so that one change in one place is the change. A key
left out says nothing either (``import --update``), or that it was taken away (an edit of the record's own text).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tracker.actions.record import ObligationPart, PartyDescription, PartyPart, PersonPart, Record, Shared, Signatory
from tracker.errors import Conflict, shortened
from tracker.models.keys import NO_EMAIL, fold
from tracker.store import dump
from tracker.store.reader import Rows

R = TypeVar("R", Record, ObligationPart)
S = TypeVar("S", bound=Shared)
D = TypeVar("D", bound=PartyDescription)
P = TypeVar("P", PersonPart, Signatory)
Identity = tuple[str, str]


@dataclass
class Said:
    """What was said anew in one file, so that two places cannot say different things of the same."""

    values: dict[tuple[str, str], Any] = field(default_factory=dict)

    def once(self, ref: str, called: str, key: str, value: Any) -> None:
        """Raises Conflict where something else was said of this key before."""
        before = self.values.setdefault((ref, key), value)
        if before != value:
            one, other = (_shown(item) for item in (before, value))
            raise Conflict(f"{shortened(called)} has {key} {other} here, but {one} elsewhere in what is brought in")


@dataclass(frozen=True)
class Recorded:
    """An agreement's record before anything is changed, and the party (id) that each name in it means."""

    record: dict[str, Any]
    called: dict[str, int]

    @classmethod
    def of(cls, rows: Rows, ref: str) -> Recorded | None:
        """The record with this reference as it stands; None where there is none."""
        agreement = rows.row("record_agreement", ref=ref)
        if agreement is None:
            return None
        parties = rows.rows("record_parties", agreement=agreement["id"])
        called = {row[key]: row["id"] for row in parties for key in ("acronym_key", "name_key") if row[key]}
        return cls(dump.record(rows, ref) or {}, called)


@dataclass(frozen=True)
class Revision:
    """What a new record meets: names (folded) of parties as they were, the people of the record so far (ids), and
    the identities that the new record names."""

    called: dict[str, int]
    people: frozenset[int]
    named_parties: frozenset[Identity]
    named_people: frozenset[Identity]


def party_identity(name: str, country: str | None) -> Identity:
    """What tells parties apart: the name, folded, and the country."""
    return fold(name), country or ""


def person_identity(name: str, email: str | None) -> Identity:
    """What tells people apart: the name, folded, and the e-mail."""
    return fold(name), "" if email in (None, NO_EMAIL) else str(email).lower()


def people_of(record: Record) -> Iterator[PersonPart | Signatory]:
    """Everybody a record describes, wherever."""
    yield from (part.signatory for part in record.parties if part.signatory)
    yield from record.contacts
    yield from (part.responsible for part in record.obligations if part.responsible)
    if record.responsible:
        yield record.responsible


def named_parties(record: Record) -> frozenset[Identity]:
    """The identities of the parties a record describes."""
    return frozenset(party_identity(part.name, part.country) for part in [*record.parties, *record.other_parties])


def named_people(record: Record) -> frozenset[Identity]:
    """The identities of the people a record describes or names as signatories."""
    return frozenset(person_identity(part.name, part.email) for part in people_of(record))


def anew(record: Record, before: dict[str, Any], *, removing: bool) -> Record:
    """The record with only what is new against ``before`` counted as said of its parties and people.

    ``removing``: a key that ``before`` has in the same section and the record has not was taken away.
    """
    return _Comparison(record, before, removing).record()


class _Comparison:
    def __init__(self, record: Record, before: dict[str, Any], removing: bool) -> None:
        self.now = record
        self.before = before
        self.removing = removing
        self.parties = [*before.get("parties", []), *before.get("other_parties", [])]
        self.obligations = {part["number"]: part for part in before.get("obligations", [])}
        owners = [before, *self.obligations.values()]
        self.people = [*before.get("contacts", []), *(p["responsible"] for p in owners if "responsible" in p)]
        self.signatories = [part["signatory"] for part in self.parties if "signatory" in part]

    def record(self) -> Record:
        now, before = self.now, self.before
        taking_part = list(before.get("parties", []))
        mentioned = list(before.get("other_parties", []))
        contacts = list(before.get("contacts", []))
        changed = {
            "parties": [self.participation(part, taking_part) for part in now.parties],
            "other_parties": [self.party(part, mentioned) for part in now.other_parties],
            "obligations": [
                self.answered(part, self.obligations.get(part.number or 0, {})) for part in now.obligations
            ],
            "contacts": [self.person(part, contacts) for part in now.contacts],
        }
        return self.answered(now.model_copy(update=changed), before)

    def answered(self, part: R, before: dict[str, Any]) -> R:
        """The record or an obligation, with the person responsible."""
        if part.responsible is None:
            return part
        here = [before["responsible"]] if "responsible" in before else []
        return part.model_copy(update={"responsible": self.person(part.responsible, here)})

    def participation(self, part: PartyPart, here: list[dict[str, Any]]) -> PartyPart:
        place = next((p for p in here if fold(p["name"]) == fold(part.name)), {})
        if part.signatory is not None:
            signed = [place["signatory"]] if "signatory" in place else []
            signatory = self.person(part.signatory, signed, [*self.signatories, *self.people], ("email",))
            part = part.model_copy(update={"signatory": signatory})
        return self.party(part, here)

    def party(self, part: D, here: list[dict[str, Any]]) -> D:
        keys = ("acronym", "kind", "country", "part_of", "former_names", "other_names")
        identity = party_identity(part.name, part.country)
        before = _before(identity, self.parties, "country", party_identity)
        return self.anew(part, before, _before(identity, here, "country", party_identity, claim=True), keys)

    def person(
        self,
        part: P,
        here: list[dict[str, Any]],
        anywhere: list[dict[str, Any]] | None = None,
        keys: tuple[str, ...] = ("office", "email", "phone", "party"),
    ) -> P:
        identity = person_identity(part.name, part.email)
        before = _before(identity, self.people if anywhere is None else anywhere, "email", person_identity)
        return self.anew(part, before, _before(identity, here, "email", person_identity, claim=True), keys)

    def anew(self, part: S, before: dict[str, Any] | None, here: dict[str, Any] | None, keys: Iterable[str]) -> S:
        gone: dict[str, Any] = {}
        unsaid = []
        for key in keys:
            now = getattr(part, key)
            if key in part.model_fields_set and now and before and now == before.get(key):
                unsaid.append(key)
            if self.removing and not now and here and here.get(key):
                gone[key] = NO_EMAIL if key == "email" else [] if isinstance(here[key], list) else None
        copy = part.model_copy(update=gone)
        copy.model_fields_set.difference_update(unsaid)
        return copy


def _before(
    identity: Identity, parts: list[dict[str, Any]], key: str, identify: Any, *, claim: bool = False
) -> dict[str, Any] | None:
    """What stood for the same before: the same identity, else the only one of the name. ``claim`` takes it out."""
    known = {identify(part["name"], part.get(key)): part for part in reversed(parts)}
    alike = [part for found, part in known.items() if found[0] == identity[0]]
    part = known.get(identity) or (alike[0] if len(alike) == 1 else None)
    if claim and part is not None:
        parts.remove(part)
    return part


def _shown(value: Any) -> str:
    return shortened(", ".join(value) if isinstance(value, list) else str(value)) if value else "none"
