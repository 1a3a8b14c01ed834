"""Every name of every party, for finding without asking the database, and for what is like them."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session

from tracker.store import parties as store


class KnownNames:
    """The folded names and acronyms of all parties within one transaction, each with its party's id."""

    def __init__(self, session: Session) -> None:
        self.keys: list[str] = []
        self.ids: list[int] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        for key, party in store.every_key(session):
            self.add(key, party)

    def add(self, key: str, party: int) -> None:
        """A party (id) has this name now."""
        self._places[key].append(len(self.keys))
        self.keys.append(key)
        self.ids.append(party)

    def places(self, key: str) -> list[int]:
        """Where a name stands in ``keys`` and ``ids``."""
        return self._places.get(key, [])

    def parties(self, key: str) -> list[int]:
        """The parties (ids) that have a name, in the order recorded."""
        return sorted({self.ids[place] for place in self.places(key)})
