"""The people that a long import has met: asked for once, remembered until more is written of one of their name."""

from __future__ import annotations

from tracker.actions.bulk.known_parties import KnownParties
from tracker.actions.people import REFERENCE, PeopleBook
from tracker.actions.record import PersonPart, Signatory
from tracker.models.keys import fold

_Said = tuple[str, str | None, str | None, str | None, int | None]
"""What a description says: name, office, e-mail, telephone, and the party (id)."""


class KnownPeople:
    """Answers of a ``PeopleBook`` within one transaction."""

    def __init__(self, book: PeopleBook, parties: KnownParties) -> None:
        self.book = book
        self._parties = parties
        self._known: dict[str, dict[_Said, int]] = {}

    def id(self, part: PersonPart | None) -> int | None:
        """The id of the person described, created or completed; None for nobody. Raises as ``PeopleBook.take``."""
        if part is None:
            return None
        if REFERENCE.fullmatch(part.name):  # whatever else is said counts for nothing
            return self.book.take(part).id
        key = fold(part.name)
        known = self._known.setdefault(key, {})
        if known and (found := known.get(self._said(part))) is not None:
            return found
        written = self.book.written
        with self._parties.noticing():
            person = self.book.take(part)
        if self.book.written != written:
            known.clear()
        known[self._said(part)] = person.id
        return person.id

    def signatory_id(self, signatory: Signatory | None) -> int | None:
        """The id of the person who signed; None for nobody."""
        if signatory is None:
            return None
        given = {"email": signatory.email} if signatory.email else {}
        return self.id(PersonPart(name=signatory.name, **given))

    def clear(self) -> None:
        """Forget everything, after what was created is taken back."""
        self._known.clear()

    def _said(self, part: PersonPart) -> _Said:
        party = self._parties.taken(part.party).id if part.party else None
        return part.name, part.office, part.email, part.phone, party
