"""Whom and what a record names, looked up in the order in which ``agreements.save`` does: it creates on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.actions.books import Books
from tracker.actions.bulk.known_parties import KnownParties, KnownParty
from tracker.actions.bulk.known_people import KnownPeople
from tracker.actions.events import not_among
from tracker.actions.facts import labelled
from tracker.actions.obligations import refuse_rings
from tracker.actions.record import ActivityPart, ObligationPart, PartyDescription, Record
from tracker.errors import BadInput, at


@dataclass(frozen=True, slots=True)
class NamedActivity:
    """An activity's number, and the ids of its scope areas and of the parties that attended."""

    number: int
    scopes: list[int]
    attending: list[int]


@dataclass(frozen=True, slots=True)
class NamedObligation:
    """An obligation's number, and the ids of who answers for it, of both its sides and its scope areas."""

    number: int
    responsible: int | None
    owed_by: list[int]
    owed_to: list[int]
    scopes: list[int]


@dataclass(frozen=True, slots=True)
class Named:
    """What a record's rows refer to. Lists follow those of the record; ``labels`` are the short names of its parties by
    their ids, unique within the agreement, ``bound`` those of the parties bound by it (``facts.labelled``)."""

    parties: list[KnownParty]
    labels: dict[int, str]
    bound: tuple[str, ...]
    scopes: list[int]
    signatories: list[int | None]
    events: list[KnownParty | None]
    activities: list[NamedActivity]
    obligations: list[NamedObligation]
    contacts: list[int]

    def event_labels(self) -> list[str | None]:
        """The label of the party that each event concerns; None for all."""
        return [self.labels[party.id] if party else None for party in self.events]


class Names:
    """Looks up what records name, one record after the other. Errors carry their place in the record."""

    def __init__(self, books: Books) -> None:
        self._scopes = books.scopes
        self.parties = KnownParties(books.parties)
        self.people = KnownPeople(books.people, self.parties)

    def clear(self) -> None:
        """Forget everything, after what was created is taken back."""
        self.parties.clear()
        self.people.clear()

    def are_known(self, record: Record) -> bool:
        """Whether certainly nobody has to be created or completed, which a fault would have to take back."""
        people = record.responsible or record.contacts or any(part.signatory for part in record.parties)
        if people or record.other_parties or any(part.responsible for part in record.obligations):
            return False
        if any(part.part_of or self.parties.plainly(part) is None for part in record.parties):
            return False
        names = [name for part in record.obligations for name in (*part.owed_by, *part.owed_to)]
        names += [one.party for part in record.activities for one in part.attendance]
        return all(self.parties.called(name) for name in names)

    def taking_part(self, record: Record) -> list[KnownParty]:
        """The parties of the record, which its other names may mean; with them those that it mentions."""
        mentioned = [self._described("other_parties", *one) for one in enumerate(record.other_parties)]
        parties = [self._described("parties", *one) for one in enumerate(record.parties)]
        self.parties.prefer([*parties, *mentioned])
        self._set_parents("other_parties", record.other_parties, mentioned)
        self._set_parents("parties", record.parties, parties)
        return parties

    def responsible(self, record: Record) -> int | None:
        """The id of the person who answers for the agreement."""
        with at("responsible"):
            return self.people.id(record.responsible)

    def of(self, record: Record, ref: str, parties: list[KnownParty]) -> Named:
        """All that the record names beside; ``ref`` is the agreement's reference to be."""
        with at("scopes"):
            scopes = self._scopes.ids(record.scopes)
        signatories = self._signatories(record, parties)
        events = [self._concerned(position, part.party, ref, parties) for position, part in enumerate(record.events)]
        activities = self._activities(record.activities)
        obligations = self._obligations(record.obligations)
        taking_part = zip(parties, record.parties, strict=True)
        labels, bound = labelled((party.id, party.label, party.ref, part.role) for party, part in taking_part)
        contacts = self._contacts(record)
        return Named(parties, labels, bound, scopes, signatories, events, activities, obligations, contacts)

    def _described(self, section: str, position: int, part: PartyDescription) -> KnownParty:
        with at(section, position):
            return self.parties.described(part)

    def _set_parents(self, section: str, parts: Sequence[PartyDescription], parties: list[KnownParty]) -> None:
        for position, (part, party) in enumerate(zip(parts, parties, strict=True)):
            with at(section, position):
                self.parties.set_parent(part, party)

    def _signatories(self, record: Record, parties: list[KnownParty]) -> list[int | None]:
        found = []
        seen = set()
        for position, (part, party) in enumerate(zip(record.parties, parties, strict=True)):
            if (party.id, part.role) in seen:
                with at("parties", position, "name"):
                    raise BadInput("party", part.name, f"stands twice as {part.role.value}")
            seen.add((party.id, part.role))
            with at("parties", position, "signatory"):
                found.append(self.people.signatory_id(part.signatory))
        return found

    def _concerned(self, position: int, name: str | None, ref: str, parties: list[KnownParty]) -> KnownParty | None:
        if name is None:
            return None
        with at("events", position, "party"):
            party = self.parties.found(name)
            if party is None or all(party.id != other.id for other in parties):
                raise not_among(name, [other.label for other in parties], ref)
        return party

    def _activities(self, parts: list[ActivityPart]) -> list[NamedActivity]:
        found = []
        for position, (number, part) in enumerate(zip(_numbers(parts), parts, strict=True)):
            with at("activities", position):
                with at("scopes"):
                    scopes = self._scopes.ids(part.scopes)
                attending: list[int] = []
                for place, one in enumerate(part.attendance):
                    with at("attendance", place, "party"):
                        self._join(attending, one.party, "stands twice in the attendance")
            found.append(NamedActivity(number, scopes, attending))
        return found

    def _obligations(self, parts: list[ObligationPart]) -> list[NamedObligation]:
        responsible = []
        for position, part in enumerate(parts):
            with at("obligations", position, "responsible"):
                responsible.append(self.people.id(part.responsible))
        found = []
        for position, (number, part) in enumerate(zip(_numbers(parts), parts, strict=True)):
            with at("obligations", position):
                owed_by, owed_to = self._side("owed_by", part.owed_by), self._side("owed_to", part.owed_to)
                with at("scopes"):
                    scopes = self._scopes.ids(part.scopes)
            found.append(NamedObligation(number, responsible[position], owed_by, owed_to, scopes))
        refuse_rings([(one.number, part.due) for one, part in zip(found, parts, strict=True)])
        return found

    def _side(self, field: str, names: list[str]) -> list[int]:
        found: list[int] = []
        for position, name in enumerate(names):
            with at(field, position):
                self._join(found, name, f"stands twice in {field}")
        return found

    def _join(self, found: list[int], name: str, twice: str) -> None:
        party = self.parties.taken(name).id
        if party in found:
            raise BadInput("party", name, twice)
        found.append(party)

    def _contacts(self, record: Record) -> list[int]:
        found: list[int] = []
        for position, part in enumerate(record.contacts):
            with at("contacts", position):
                person = self.people.id(part)
                if person in found:
                    raise BadInput("contact", part.name, "stands twice among the contacts")
                assert person is not None
            found.append(person)
        return found


def _numbers(parts: Sequence[ActivityPart] | Sequence[ObligationPart]) -> list[int]:
    """The number of each part: its own, else the next one that was never given."""
    last = max((part.number for part in parts if part.number), default=0)
    found = []
    for part in parts:
        last += part.number is None
        found.append(part.number or last)
    return found
