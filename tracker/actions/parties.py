"""Parties: found by reference, acronym or any name; created when new and like no other."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz, process
from sqlmodel import Session

from tracker.actions.outcome import Outcome
from tracker.actions.record import PartyDescription
from tracker.errors import BadInput, Conflict, NotFound, Similar
from tracker.models.enums import NameKind, PartyKind
from tracker.models.keys import fold
from tracker.models.tables import Party, PartyName
from tracker.rules.text import LINE, clean_line
from tracker.store import parties as store
from tracker.store import references
from tracker.store.agreements import replace
from tracker.store.reference_data import country_named

_WITH_COUNTRY = re.compile(r"(?P<name>.+) \((?P<country>[A-Za-z]{2})\)")
_REF = re.compile(r"party-[1-9][0-9]*", re.IGNORECASE)
_WORDS_ALIKE = 50
"""Ratio from which on the words that differ may be a slip: safety and security (57)."""
_ALIKE = 86
"""Ratio (0 to 100) of two folded names from which on one may be a slip for the other."""


class PartyBook:
    """The parties within one transaction. ``insist`` creates a party though its name is like a known one.

    ``created`` and ``completed`` tell what was done on the way.
    """

    def __init__(self, session: Session, *, insist: bool = False) -> None:
        self.session = session
        self.insist = insist
        self.created: list[Party] = []
        self.completed: list[str] = []
        self._keys: list[tuple[str, int]] | None = None
        self._preferred: list[Party] = []

    def prefer(self, parties: list[Party]) -> None:
        """Let a name mean one of these where it could mean another: the parties of the record at hand."""
        self._preferred = parties

    def asides(self) -> list[str]:
        """Sentences on what was created and completed."""
        return [f"created {party.ref} {label(party)}" for party in self.created] + self.completed

    def mark(self) -> tuple[int, int, int | None]:
        """How much was created and completed so far, and how many names are known."""
        return len(self.created), len(self.completed), None if self._keys is None else len(self._keys)

    def back_to(self, mark: tuple[int, int, int | None]) -> None:
        """Forget what was created and completed since, after its rows were taken back."""
        created, completed, keys = mark
        del self.created[created:]
        del self.completed[completed:]
        self._keys = None if keys is None or self._keys is None else self._keys[:keys]
        self._preferred = []

    def find(self, name: str) -> Party | None:
        """The party with this reference, acronym or name. Raises BadInput when several have it."""
        if _REF.fullmatch(name):
            return store.with_ref(self.session, name)
        found = store.with_key(self.session, fold(name))
        if not found and (qualified := _WITH_COUNTRY.fullmatch(name)):
            country = qualified["country"].upper()
            found = [p for p in store.with_key(self.session, fold(qualified["name"])) if p.country == country]
        preferred = [party for party in found if any(party.id == other.id for other in self._preferred)]
        found = preferred or found
        if len(found) > 1:
            which = " and ".join(f"{party.ref} ({party.country or 'no country'})" for party in found)
            raise BadInput("party", name, f"is the name of {which}: give the reference")
        return found[0] if found else None

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

    def describe(self, description: PartyDescription, *, overwrite: bool = False) -> Party:
        """The party of this description, created or completed.

        Raises Conflict where it contradicts what is recorded (unless ``overwrite``), Similar where a new one
        is too like a known one.
        """
        if _REF.fullmatch(description.name):
            return self.known(description.name)
        party = self._described(description)
        if party is None:
            return self._create(description)
        self._complete(party, description, overwrite)
        return party

    def set_parents(self, descriptions: list[PartyDescription], parties: list[Party]) -> None:
        """Tie each party to the one it is part of, once all of them exist."""
        for description, party in zip(descriptions, parties, strict=True):
            if description.part_of is None:
                continue
            parent = self.take(description.part_of)
            if parent.id != party.part_of_id:
                _refuse_circle(self.session, party, parent)
                party.part_of_id = parent.id
                self.session.add(party)
                self.session.flush()

    def _described(self, description: PartyDescription) -> Party | None:
        def fits(party: Party) -> bool:
            return not (description.country and party.country and description.country != party.country)

        found = [p for p in store.with_key(self.session, fold(description.name)) if fits(p)]
        if len(found) > 1:
            exact = [p for p in found if p.name_key == fold(description.name)] or found
            found = [p for p in exact if p.country == description.country] or exact
        if len(found) > 1:
            which = " and ".join(party.ref for party in found)
            raise BadInput("party", description.name, f"is the name of {which}: give its country")
        if found or not description.acronym:
            return found[0] if found else None
        key = fold(description.acronym)
        bare = [p for p in store.with_key(self.session, key) if fits(p) and p.name_key == key and not p.acronym]
        if not bare:
            return None
        party = bare[0]  # it was known by its acronym alone until now
        self.completed.append(f"{party.ref} {party.name} is now {description.name}")
        party.name, party.name_key = description.name, fold(description.name)
        return party

    def _create(self, description: PartyDescription) -> Party:
        name = clean_line(description.name, "party")
        if not self.insist and (alike := self._alike(description, _ALIKE)):
            raise Similar(
                "party",
                name,
                [f"{label(party)} ({party.ref})" for party in alike],
                "use that name, or insist on a new party with --new-party",
            )
        ref, _ = references.give_next(self.session, "party", separator="-")
        party = Party(ref=ref, name=name, name_key=fold(name))
        self._fill(party, description)
        self.session.add(party)
        self.session.flush()
        self._write_names(party, description)
        self.created.append(party)
        if self._keys is not None and party.id is not None:
            self._keys += [(party.name_key, party.id)]
            self._keys += [(party.acronym_key, party.id)] if party.acronym_key else []
        return party

    def _fill(self, party: Party, description: PartyDescription) -> None:
        party.kind = description.kind or party.kind
        party.country = description.country or party.country
        if description.acronym:
            party.acronym, party.acronym_key = description.acronym, fold(description.acronym)

    def _complete(self, party: Party, description: PartyDescription, overwrite: bool) -> None:
        for name in ("acronym", "kind", "country"):
            said, recorded = getattr(description, name), getattr(party, name)
            if said and recorded and said != recorded and not overwrite:
                raise Conflict(
                    f"{label(party)} is recorded with {name} {recorded}, here it has {said}",
                    f"change it with: tracker edit {party.ref} {name}={said}",
                )
            if said and said != recorded:
                self.completed.append(f"{party.ref} {label(party)} has now {name} {said}")
        if overwrite and description.name != party.name and fold(description.name) == party.name_key:
            party.name = description.name
        self._fill(party, description)
        self.session.add(party)
        self.session.flush()
        self._write_names(party, description)

    def _write_names(self, party: Party, description: PartyDescription) -> None:
        recorded = store.further_names(self.session, party)
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
                    count += 1
        self.session.flush()

    def _alike(self, description: PartyDescription, cutoff: int) -> list[Party]:
        """Known parties whose name is so close (``cutoff``, 0 to 100) that one may be a slip for the other.

        Names of two different countries are no slip: Austria and Australia, or two ministries of the interior.
        """
        key = fold(description.name)
        if self._keys is None:
            self._keys = store.every_key(self.session)
        keys = [known for known, _ in self._keys]
        close = {i for _, _, i in process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=cutoff, limit=5)}
        if len(key.split()) >= 3 and description.kind is not PartyKind.STATE:
            whole = process.extract(key, keys, scorer=fuzz.token_set_ratio, score_cutoff=100, limit=5)
            close |= {i for known, _, i in whole if len(known.split()) >= 3}
        close |= {i for i, known in enumerate(keys) if len(key) <= 6 and sorted(known) == sorted(key)}
        if description.acronym:
            close |= {i for i, known in enumerate(keys) if known == fold(description.acronym)}
        here = description.country or country_named(description.name)
        found: dict[int, Party] = {}
        for index in sorted(close):
            if not _may_be_slip(key, keys[index]):
                continue
            party = self.session.get_one(Party, self._keys[index][1])
            there = party.country or country_named(party.name)
            if not (here and there and here != there):
                found[self._keys[index][1]] = party
        return list(found.values())[:3]


def _may_be_slip(one: str, other: str) -> bool:
    """Whether what tells two like names apart may be a slip: a numeral, a letter or another word is none."""
    left = [word for word in one.split() if word not in other.split()]
    right = [word for word in other.split() if word not in one.split()]
    if not left or not right:
        return True
    first, second = " ".join(left), " ".join(right)
    if max(len(first), len(second)) <= 2 or any(sign.isdigit() for sign in first + second):
        return False
    return fuzz.ratio(first, second) >= _WORDS_ALIKE


def label(party: Party) -> str:
    """How a party is called for short: its acronym, else its name."""
    return party.acronym or party.name


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
    aside = [f"created {other.ref} {label(other)}" for other in book.created if other is not party]
    return Outcome(party.ref, [f"added {party.ref} {label(party)}"], aside, "tracker parties")


def edit(session: Session, party: Party, changes: dict[str, Any]) -> Outcome:
    """Change a party's fields (keys of PartyDescription; None empties one). Raises Conflict on a taken name."""
    book = PartyBook(session, insist=True)
    renamed = {field for field, value in changes.items() if value != getattr(party, field, None)}
    for field, value in changes.items():
        if field in ("name", "acronym"):
            if value is None and field == "name":
                raise BadInput("name", "", "a party has a name: expected some text")
            setattr(party, field, value)
            setattr(party, f"{field}_key", fold(value) if value else None)
        elif field in ("former_names", "other_names"):
            kind = NameKind.FORMER if field == "former_names" else NameKind.OTHER
            rows = [
                {"position": position, "name": name, "key": fold(name)} for position, name in enumerate(value or [])
            ]
            replace(session, PartyName, {"party_id": party.id, "kind": kind}, rows)
        elif field == "part_of":
            parent = book.known(value) if value else None
            if parent is not None:
                _refuse_circle(session, party, parent)
            party.part_of_id = parent.id if parent else None
        else:
            setattr(party, field, value)
    for field, value in (("name", party.name), ("acronym", party.acronym)):
        if value and (field in renamed or "country" in changes):
            _refuse_taken(session, party, field, value, new=field in renamed)
    session.add(party)
    session.flush()
    said = [f"changed {party.ref} {label(party)}: {', '.join(changes)}"]
    return Outcome(party.ref, said, [], "tracker parties")


def _refuse_taken(session: Session, party: Party, field: str, value: str, *, new: bool) -> None:
    """Raises Conflict where a party of the same country, or of none, is called so: the name would mean two.

    A party that keeps its name may be given a country to tell it from one without.
    """
    country = party.country
    for other in store.with_key(session, fold(value)):
        same = not country or other.country == country or (new and not other.country)
        if other.id != party.id and same:
            raise Conflict(f"{other.ref} {other.name} is called {value} already", f"give another {field}")


def _refuse_circle(session: Session, party: Party, parent: Party) -> None:
    step: Party | None = parent
    while step is not None:
        if step.id == party.id:
            raise BadInput("part_of", label(parent), f"would make {label(party)} a part of itself")
        step = session.get(Party, step.part_of_id) if step.part_of_id else None
