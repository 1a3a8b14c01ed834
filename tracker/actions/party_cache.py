"""The parties that a long import has met: asked for once, remembered until one of their names gets another party."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.actions.parties import PartyBook
from tracker.actions.party_changes import label
from tracker.actions.record import PartyDescription
from tracker.errors import BadInput
from tracker.models.enums import PartyKind
from tracker.models.keys import fold
from tracker.models.tables import Party
from tracker.store import parties as store

_QUALIFIED = re.compile(r"\([A-Za-z]{2}\)$|^party-[0-9]+$", re.IGNORECASE)
"""Names that mean a party though none is called so: with a country, or a reference."""


@dataclass(frozen=True, slots=True)
class KnownParty:
    """What an agreement's rows need to know of a party."""

    id: int
    ref: str
    label: str
    acronym: str | None
    kind: PartyKind | None
    country: str | None


class PartyCache:
    """Answers of a ``PartyBook`` within one transaction."""

    def __init__(self, book: PartyBook) -> None:
        self.book = book
        self._named: dict[str, KnownParty | None] = {}
        self._described: dict[str, dict[str | None, KnownParty]] = {}
        self._keys = {key for key, _ in store.every_key(book.session)}

    def named(self, name: str) -> KnownParty | None:
        """The one party with this name; None where there is none, or where several have it."""
        key = fold(name)
        if not (key in self._keys or _QUALIFIED.search(name)):
            return None
        if key not in self._named:
            try:
                party = self.book.find(name)
            except BadInput:
                party = None
            self._named[key] = _known(party) if party else None
        return self._named[key]

    def is_a_name(self, name: str) -> bool:
        """Whether some party, or several, are called so."""
        return fold(name) in self._keys

    def plainly(self, part: PartyDescription) -> KnownParty | None:
        """The party described, where it is known and the description says nothing new of it; else None."""
        found = self._described.get(fold(part.name), {}).get(part.country)
        if found is None or part.part_of or part.former_names or part.other_names:
            return None
        said = ((part.acronym, found.acronym), (part.kind, found.kind), (part.country, found.country))
        return found if all(new is None or new == known for new, known in said) else None

    def described(self, part: PartyDescription) -> KnownParty:
        """The party of this description, created or completed. Raises as ``PartyBook.describe``."""
        found = self.plainly(part)
        if found is None:
            before = len(self.book.created), len(self.book.completed)
            party = self.book.describe(part)
            found = _known(party)
            if before != (len(self.book.created), len(self.book.completed)):
                self._forget(party)
            self._described.setdefault(fold(part.name), {})[part.country] = found
        return found

    def clear(self) -> None:
        """Forget everything, after what was created is taken back."""
        self._named.clear()
        self._described.clear()

    def _forget(self, party: Party) -> None:
        keys = {key for key in (party.name_key, party.acronym_key) if key}
        self._keys |= keys | {row.key for row in store.further_names(self.book.session, party)}
        for key in (*keys, fold(f"{party.name} ({party.country})"), fold(f"{party.acronym} ({party.country})")):
            self._named.pop(key or "", None)
        for key in keys:
            self._described.pop(key, None)


def _known(party: Party) -> KnownParty:
    return KnownParty(party.id, party.ref, label(party), party.acronym, party.kind, party.country)
