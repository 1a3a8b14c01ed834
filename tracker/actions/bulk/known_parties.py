"""The parties that a long import has met: asked for once, remembered until one of their names gets another party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tracker.actions.parties import PartyBook
from tracker.actions.party_changes import label
from tracker.actions.record import PartyDescription
from tracker.models.enums import PartyKind
from tracker.models.keys import fold
from tracker.models.tables import Party
from tracker.store import parties as store

_QUALIFIED = re.compile(r"\([A-Za-z]{2}\)$|^party-[0-9]+$", re.IGNORECASE)
"""Names that mean a party though none is called so: with a country, or a reference."""

_OFTEN = 50
"""Questions after which all names are read: so many take as long as reading some thousands."""


@dataclass(frozen=True, slots=True)
class KnownParty:
    """What an agreement's rows need to know of a party; ``part_of`` is the id of the one above it."""

    id: int
    ref: str
    label: str
    acronym: str | None
    kind: PartyKind | None
    country: str | None
    part_of: int | None


class KnownParties:
    """Answers of a ``PartyBook`` within one transaction."""

    def __init__(self, book: PartyBook) -> None:
        self.book = book
        self._preferred: set[int] = set()
        self._asked = 0
        self._called: dict[str, dict[str, tuple[KnownParty, ...]]] = {}
        self._described: dict[str, dict[str | None, KnownParty]] = {}
        self._named_so: set[tuple[int, tuple[str, ...], tuple[str, ...]]] = set()

    def prefer(self, parties: Iterable[KnownParty]) -> None:
        """Let a name mean one of these where it could mean another: the parties of the record at hand."""
        self._preferred = {party.id for party in parties}
        self.book.prefer(self._preferred)

    def named(self, name: str) -> KnownParty | None:
        """The one party with this name; None where there is none, or where several have it."""
        if not (self.is_a_name(name) or _QUALIFIED.search(name)):
            return None
        found = self.called(name)
        return found[0] if len(found) == 1 else None

    def is_a_name(self, name: str) -> bool:
        """Whether some party, or several, are called so."""
        return bool(self.book.know_all().places(fold(name)))

    def called(self, name: str) -> tuple[KnownParty, ...]:
        """The parties that a name may mean."""
        known = self._called.setdefault(fold(name), {})
        if name not in known:
            self._ask()
            known[name] = tuple(_known(party) for party in self.book.called(name))
        return known[name]

    def taken(self, name: str) -> KnownParty:
        """The party with this name, created where none is like it. Raises as ``PartyBook.take``."""
        found = self.called(name)
        found = tuple(party for party in found if party.id in self._preferred) or found
        if len(found) == 1:
            return found[0]
        with self.noticing():
            return _known(self.book.take(name))

    def found(self, name: str) -> KnownParty | None:
        """The party with this name. Raises BadInput where several have it."""
        return self.taken(name) if self.called(name) else None

    def plainly(self, part: PartyDescription) -> KnownParty | None:
        """The party described, where it is known and the description says nothing new of it; else None."""
        found = self._described.get(fold(part.name), {}).get(part.country)
        if found is None or not (_bare(part) or _names(found.id, part) in self._named_so):
            return None
        said = ((part.acronym, found.acronym), (part.kind, found.kind), (part.country, found.country))
        return found if all(new is None or new == known for new, known in said) else None

    def described(self, part: PartyDescription) -> KnownParty:
        """The party of this description, created or completed. Raises as ``PartyBook.describe``."""
        found = self.plainly(part)
        if found is None:
            self._ask()
            created, completed = len(self.book.created), len(self.book.completed)
            party = self.book.describe(part)
            if len(self.book.created) > created and _bare(part):
                self._forget(party, bare=True)
            elif (created, completed) != (len(self.book.created), len(self.book.completed)) or not _bare(part):
                self._forget(party)
            found = _known(party)
            self._described.setdefault(fold(part.name), {})[part.country] = found
            if not _bare(part):
                self._named_so.add(_names(found.id, part))
        return found

    def set_parent(self, part: PartyDescription, party: KnownParty) -> None:
        """Tie a party to the one it is described as part of. Raises as ``PartyBook.set_parents``."""
        if part.part_of and self.taken(part.part_of).id != party.part_of:
            row = self.book.session.get_one(Party, party.id)
            with self.noticing():
                self.book.set_parents([part], [row])
            self._forget(row)

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Notice the parties that are created inside, by the book itself."""
        before = len(self.book.created)
        yield
        for party in self.book.created[before:]:
            self._forget(self.book.session.get_one(Party, party), bare=True)

    def clear(self) -> None:
        """Forget everything, after what was created is taken back."""
        self.prefer(())
        self._called.clear()
        self._described.clear()
        self._named_so.clear()

    def _ask(self) -> None:
        """The book is asked once more: after some time it had better know all names."""
        self._asked += 1
        if self._asked > _OFTEN:
            self.book.know_all()

    def _forget(self, party: Party, *, bare: bool = False) -> None:
        """Forget what the names of a party meant; ``bare``: it has no further ones."""
        further = [] if bare else [row.key for row in store.further_names(self.book.session, party)]
        keys = [key for key in (party.name_key, party.acronym_key, *further) if key]
        for key in (*keys, *(f"{key} {(party.country or '').lower()}" for key in keys), fold(party.ref)):
            self._called.pop(key, None)
        for key in keys:
            self._described.pop(key, None)


def _known(party: Party) -> KnownParty:
    return KnownParty(party.id, party.ref, label(party), party.acronym, party.kind, party.country, party.part_of_id)


def _bare(part: PartyDescription) -> bool:
    return not (part.former_names or part.other_names)


def _names(party: int, part: PartyDescription) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    return party, tuple(part.former_names), tuple(part.other_names)
