"""What a reference on the command line names: an agreement, a part of one, a party, a person or a scope area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from tracker.actions.parties import PartyBook
from tracker.actions.people import PeopleBook
from tracker.actions.record_fields import PART
from tracker.errors import BadInput, NotFound
from tracker.models.tables import (
    Activity,
    Agreement,
    Document,
    Event,
    Figure,
    Link,
    Note,
    Obligation,
    Party,
    PartyDocument,
    Person,
    ScopeArea,
)
from tracker.store import agreements as store
from tracker.store import references

SECTIONS: dict[str, tuple[str, type[Any]]] = {
    "O": ("obligations", Obligation),
    "A": ("activities", Activity),
    "E": ("events", Event),
    "D": ("documents", Document),
    "L": ("links", Link),
    "N": ("notes", Note),
    "F": ("figures", Figure),
}
"""For each letter of a part's reference: the section of the record it stands in, and its table."""


@dataclass(frozen=True)
class PartOf:
    """One numbered part of an agreement: ``position`` is its place in the record's section, from 0."""

    agreement: Agreement
    letter: str
    number: int
    row: Any
    position: int

    @property
    def ref(self) -> str:
        return f"{self.agreement.ref}/{self.letter}{self.number}"


@dataclass(frozen=True)
class PartyFile:
    """One document of a party: ``party-2/D1``."""

    party: Party
    row: PartyDocument

    @property
    def ref(self) -> str:
        return f"{self.party.ref}/D{self.row.number}"


Target = Agreement | PartOf | PartyFile | Party | Person | ScopeArea


def find(session: Session, ref: str) -> Target:
    """What ``ref`` names. Raises NotFound with the nearest references."""
    if references.as_given(session, ref) is not None and not PART.fullmatch(ref.upper()):
        if ref.lower().startswith("party-"):
            return PartyBook(session).known(ref)
        if ref.lower().startswith("person-"):
            return PeopleBook(session, PartyBook(session)).known(ref)
        return store.agreement(session, ref)
    if (split := split_part(ref)) is not None:
        if split[1] == "D" and (owner := PartyBook(session).find(split[0])) is not None:
            return party_file(session, owner, split[2])
        return part(session, *split)
    area = session.exec(select(ScopeArea).where(ScopeArea.code == ref)).first()
    if area is not None:
        return area
    party = PartyBook(session).find(ref)
    if party is not None:
        return party
    hint = "list them with: tracker agreements"
    raise NotFound("reference", ref, references.nearest(session, ref), hint)


def split_part(ref: str) -> tuple[str, str, int] | None:
    """``PA-2017-001/O1`` as agreement, letter and number; None for anything else."""
    match = PART.fullmatch(ref) or PART.fullmatch(ref[:-1] + ref[-1:].upper())
    if match is None:
        agreement, slash, tail = ref.rpartition("/")
        match = PART.fullmatch(f"{agreement}/{tail.upper()}") if slash else None
    return (match["agreement"], match["letter"], int(match["number"])) if match else None


def numbered(session: Session, ref: str, letter: str, flag: str) -> tuple[str, int]:
    """Agreement reference and number of a part that must be of one kind. Raises BadInput for another kind."""
    split = split_part(ref)
    if split is None or split[1] != letter:
        section = SECTIONS[letter][0]
        raise BadInput(flag, ref, f"is not the reference of one of the {section}: expected REF/{letter}1")
    store.agreement(session, split[0])
    return split[0], split[2]


def party_file(session: Session, party: Party, number: int) -> PartyFile:
    """A document of a party. Raises NotFound with those there are."""
    rows = store.parts(session, PartyDocument, party_id=party.id)
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise NotFound("document", f"{party.ref}/D{number}", [f"{party.ref}/D{row.number}" for row in rows[:3]])
    return PartyFile(party, found)


def part(session: Session, ref: str, letter: str, number: int) -> PartOf:
    """The part of an agreement. Raises NotFound, BadInput for a letter that means nothing."""
    agreement = store.agreement(session, ref)
    if letter not in SECTIONS:
        known = ", ".join(f"{key} ({section})" for key, (section, _) in SECTIONS.items())
        raise BadInput("reference", f"{ref}/{letter}{number}", f"has no known letter: expected {known}")
    _, table = SECTIONS[letter]
    row = store.numbered(session, table, agreement, letter, number)
    rows = store.parts(session, table, agreement_id=agreement.id)
    return PartOf(agreement, letter, number, row, [other.id for other in rows].index(row.id))
