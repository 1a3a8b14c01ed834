"""Parties: found by reference, acronym or any name; created when new and like no other."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session

from tracker.actions.known_names import KnownNames
from tracker.actions.outcome import Outcome
from tracker.actions.party_changes import NAMES, change, keep_names_apart, label, refuse_names_of_others
from tracker.actions.record import PartyDescription
from tracker.actions.revision import Revision, Said, party_identity
from tracker.actions.similar_parties import alike
from tracker.errors import BadInput, Conflict, NotFound, Similar, at, shortened
from tracker.models.enums import NameKind
from tracker.models.keys import fold
from tracker.models.tables import Party, PartyName
from tracker.rules.text import LINE, clean_line
from tracker.store import parties as store
from tracker.store import references

_WITH_COUNTRY = re.compile(r"(?P<name>.+) \((?P<country>[A-Za-z]{2})\)")
_REF = re.compile(r"party-[1-9][0-9]*", re.IGNORECASE)
_ALIKE = 86
"""Ratio (0 to 100) of two folded names from which on one may be a slip for the other."""


class PartyBook:
    """The parties within one transaction. ``insist`` creates a party though its name is like a known one.

    ``created`` (ids) and ``completed`` tell what was done on the way.
    """

    def __init__(self, session: Session, *, insist: bool = False, said: Said | None = None) -> None:
        self.session = session
        self.insist = insist
        self.said = said or Said()
        self.revision: Revision | None = None
        self.created: list[int] = []
        self.completed: list[str] = []
        self._names: KnownNames | None = None
        self._named = 0
        self._preferred: Collection[int] = ()

    def prefer(self, parties: Collection[int]) -> None:
        """Let a name mean one of these (ids) where it could mean another: the parties of the record at hand."""
        self._preferred = parties

    def asides(self, created: int = 0, completed: int = 0) -> list[str]:
        """Sentences on what was created and completed, after the first so many of each."""
        new = [self.session.get_one(Party, party) for party in self.created[created:]]
        return [f"created {party.ref} {label(party)}" for party in new] + self.completed[completed:]

    def know_all(self) -> KnownNames:
        """Have every name of every party at hand, which pays where many are looked up."""
        if self._names is None:
            self._names = KnownNames(self.session)
        return self._names

    def forget_names(self) -> None:
        """After parties were changed another way: ask the database again for their names."""
        self._names = None

    def mark(self) -> tuple[int, int, int]:
        """How much was created and completed so far, and how many names were given."""
        return len(self.created), len(self.completed), self._named

    def back_to(self, mark: tuple[int, int, int]) -> None:
        """Forget what was created and completed since, after its rows were taken back."""
        if mark[2] != self._named:
            self.forget_names()
        created, completed, self._named = mark
        del self.created[created:]
        del self.completed[completed:]
        self._preferred = ()

    def find(self, name: str) -> Party | None:
        """The party with this reference, acronym or name. Raises BadInput when several have it."""
        found = self.called(name)
        found = [party for party in found if party.id in self._preferred] or found
        if len(found) > 1:
            which = " and ".join(f"{party.ref} ({party.country or 'no country'})" for party in found)
            raise BadInput("party", name, f"is the name of {which}: give the reference")
        return found[0] if found else None

    def called(self, name: str) -> list[Party]:
        """The parties that a name may mean: those with this reference, acronym or name."""
        if _REF.fullmatch(name):
            one = store.with_ref(self.session, name)
            return [one] if one else []
        found = self._with_key(fold(name))
        if not found and (qualified := _WITH_COUNTRY.fullmatch(name)):
            country = qualified["country"].upper()
            found = [p for p in self._with_key(fold(qualified["name"])) if p.country == country]
        return found or self._called_before(name)

    def known(self, name: str) -> Party:
        """The party with this name. Raises NotFound with the nearest names."""
        party = self.find(name)
        if party is None:
            hint = "list them with: tracker parties"
            raise NotFound(
                "party", name, [label(other) for other in self._alike(PartyDescription(name=name[:LINE]), 70)], hint
            )
        return party

    def take(self, name: str) -> Party:
        """The party with this name, created where none is like it. Raises Similar where one is."""
        party = self.find(name)
        if party is not None:
            return party
        if _REF.fullmatch(name):
            raise NotFound("party", name, [], "list them with: tracker parties")
        return self._create(PartyDescription(name=clean_line(name, "party")))

    def describe(self, description: PartyDescription) -> Party:
        """The party of this description, created or completed; in a revision, changed.

        Raises Conflict where it contradicts what is recorded (a revision may), Similar where a new one is too
        like a known one.
        """
        if _REF.fullmatch(description.name):
            party: Party | None = self.known(description.name)
            description = description.model_copy(update={"name": self.known(description.name).name})
        else:
            with at("name"):
                party = self._described(description)
        if party is None:
            with at("name"):
                return self._create(description)
        if self.revision is None:
            self._complete(party, description)
        else:
            self._change(party, description)
        return party

    def set_parents(self, descriptions: Sequence[PartyDescription], parties: list[Party]) -> None:
        """Tie each party to the one it is part of, once all of them exist."""
        for description, party in zip(descriptions, parties, strict=True):
            if "part_of" not in description.model_fields_set:
                continue
            parent = self.take(description.part_of) if description.part_of else None
            parent_id = parent.id if parent else None
            if parent_id == party.part_of_id or (parent is None and self.revision is None):
                continue
            if self.revision is not None:
                self.said.once(party.ref, label(party), "part_of", description.part_of)
            elif party.part_of_id is not None and parent is not None:
                self._refuse(party, "part_of", label(self.session.get_one(Party, party.part_of_id)), label(parent))
            with at("part_of"):
                change(self.session, party, {"part_of": parent})
            if self.revision is not None:
                self._tell(party, "part_of", label(parent) if parent else None)

    def _described(self, description: PartyDescription) -> Party | None:
        key = fold(description.name)
        acronym = fold(description.acronym) if description.acronym else None

        def fits(party: Party) -> bool:
            if description.country and party.country and description.country != party.country:
                return False
            by_acronym = party.acronym_key == key and party.name_key != key
            return not (by_acronym and acronym and acronym != key)

        known = self._with_key(key)
        found = [party for party in known if fits(party)]
        if len(found) > 1:
            exact = [party for party in found if party.name_key == key] or found
            found = [party for party in exact if party.country == description.country] or exact
        if len(found) != 1 and self.revision is not None:
            found = [party for party in known if party.name_key == key and self._to_change(party)] or found
        found = found or self._called_before(description.name)
        if len(found) > 1:
            which = " and ".join(party.ref for party in found)
            raise BadInput("party", description.name, f"is the name of {which}: give its country")
        if found or not acronym:
            return found[0] if found else None
        alike = self._with_key(acronym)
        bare = [p for p in alike if fits(p) and p.name_key == acronym and not p.acronym]
        if not bare:
            return None
        party = bare[0]  # it was known by its acronym alone until now
        self.completed.append(f"{party.ref} {party.name} is now {description.name}")
        party.name, party.name_key = description.name, key
        self._note_names(party, [key])
        return party

    def _called_before(self, name: str) -> list[Party]:
        """The party that the name meant in the record so far: a change of its name is not a change of all mentions."""
        party_id = self.revision.called.get(fold(name)) if self.revision else None
        return [self.session.get_one(Party, party_id)] if party_id else []

    def _to_change(self, party: Party) -> bool:
        """Whether the record so far names the party, and the new one names it so no longer."""
        revision = self.revision
        if revision is None or party.id not in revision.called.values():
            return False
        return party_identity(party.name, party.country) not in revision.named_parties

    def _create(self, description: PartyDescription) -> Party:
        name = clean_line(description.name, "party")
        if re.fullmatch(r"person-[1-9][0-9]*", name, re.IGNORECASE):
            raise BadInput("party", name, "is kept for people: expected the name of a party")
        if not self.insist and (near := self._alike(description, _ALIKE)):
            raise Similar(
                "party",
                name,
                [f"{label(party)} ({party.ref})" for party in near],
                "use that name, or insist on a new party with --new-party",
            )
        ref, _ = references.give_next(self.session, "party", separator="-")
        party = Party(ref=ref, name=name, name_key=fold(name))
        self._fill(party, description)
        self.session.add(party)
        self.session.flush()
        self._note_names(party, [party.name_key, party.acronym_key])
        if description.former_names or description.other_names:
            self._write_names(party, description)
        self.created.append(party.id)
        return party

    def _fill(self, party: Party, description: PartyDescription) -> None:
        party.kind = description.kind or party.kind
        party.country = description.country or party.country
        if description.acronym:
            party.acronym, party.acronym_key = description.acronym, fold(description.acronym)

    def _complete(self, party: Party, description: PartyDescription) -> None:
        for name in ("acronym", "kind", "country"):
            said, recorded = getattr(description, name), getattr(party, name)
            if said and recorded and said != recorded:
                self._refuse(party, name, recorded, said)
            if said and said != recorded:
                self.completed.append(f"{party.ref} {label(party)} has now {name} {said}")
        acronym = party.acronym_key
        self._fill(party, description)
        self.session.add(party)
        self.session.flush()
        if party.acronym_key != acronym:
            self._note_names(party, [party.acronym_key])
        if description.former_names or description.other_names:
            self._write_names(party, description)

    def _change(self, party: Party, description: PartyDescription) -> None:
        """Make the party what the description says of it."""
        further = store.further_names(self.session, party)
        recorded: dict[str, Any] = {key: getattr(party, key) for key in ("acronym", "kind", "country")}
        recorded |= {key: [row.name for row in further if row.kind is kind] for key, kind in NAMES.items()}
        said = {key: getattr(description, key) for key in recorded if key in description.model_fields_set}
        if fold(description.name) == party.name_key:
            recorded["name"], said["name"] = party.name, description.name
        changes = {key: value for key, value in said.items() if value != recorded[key]}
        called = label(party)
        for key, value in changes.items():
            self.said.once(party.ref, called, key, value)
        change(self.session, party, changes)
        self.forget_names()
        for key, value in changes.items():
            if key != "name":
                self._tell(party, key, ", ".join(value) if isinstance(value, list) else value)

    def _refuse(self, party: Party, key: str, recorded: str, said: str) -> None:
        recorded, said, called = shortened(recorded), shortened(said), shortened(label(party))
        with at(key):
            raise Conflict(
                f"{called} is recorded with {key} {recorded}, here it has {said}",
                f"change it with: tracker edit {party.ref} {key}={said}",
            )

    def _tell(self, party: Party, key: str, value: str | None) -> None:
        """Say a change, and that it holds wherever the party is named."""
        count = store.agreements_of(self.session, party)
        others = f", in all {count} agreements with it" if count > 1 else ""
        now = f"has now {key} {shortened(value)}" if value else f"has no {key} any more"
        self.completed.append(f"{party.ref} {shortened(label(party))} {now}{others}")

    def _write_names(self, party: Party, description: PartyDescription) -> None:
        recorded = store.further_names(self.session, party)
        refuse_names_of_others(self.session, party, [*description.former_names, *description.other_names])
        for kind, names in (
            (NameKind.FORMER, description.former_names),
            (NameKind.OTHER, description.other_names),
        ):
            known = {row.key for row in recorded} | {party.name_key, party.acronym_key}
            count = sum(row.kind is kind for row in recorded)
            for name in names:
                if fold(name) not in known:
                    known.add(fold(name))
                    row = PartyName(party_id=party.id, kind=kind, position=count, name=name, key=fold(name))
                    self.session.add(row)
                    self._note_names(party, [row.key])
                    count += 1
        self.session.flush()
        keep_names_apart(self.session, party)

    def _alike(self, description: PartyDescription, cutoff: int) -> list[Party]:
        return alike(self.session, self.know_all(), description, cutoff)

    def _with_key(self, key: str) -> list[Party]:
        """The parties of which some name or the acronym folds to ``key``, in the order recorded."""
        if self._names is None:
            return store.with_key(self.session, key)
        return [self.session.get_one(Party, party) for party in self._names.parties(key)]

    def _note_names(self, party: Party, keys: Sequence[str | None]) -> None:
        self._named += 1
        if self._names is not None:
            for key in filter(None, keys):
                self._names.add(key, party.id)


def add(session: Session, description: PartyDescription, *, insist: bool = False) -> Outcome:
    """Record a party. Raises Conflict when it exists, Similar when its name is like a known one."""
    book = PartyBook(session, insist=insist)
    existing = book._described(description)
    if existing is not None:
        raise Conflict(
            f"{existing.name} is recorded already, as {existing.ref}",
            f"change it with: tracker edit {existing.ref} KEY=VALUE",
        )
    party = book.describe(description)
    book.set_parents([description], [party])
    book.created.remove(party.id)
    aside = book.asides()
    return Outcome(party.ref, [f"added {party.ref} {label(party)}"], aside, "tracker parties")


def edit(session: Session, party: Party, changes: dict[str, Any]) -> Outcome:
    """Change a party's fields (keys of PartyDescription; None empties one). Raises Conflict on a taken name."""
    if value := changes.get("part_of"):
        changes = {**changes, "part_of": PartyBook(session, insist=True).known(value)}
    change(session, party, changes)
    said = [f"changed {party.ref} {label(party)}: {', '.join(changes)}"]
    return Outcome(party.ref, said, [], "tracker parties")
