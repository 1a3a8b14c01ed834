"""The reference by which people know a changed row: the agreement, the part of it, the party or the person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from tracker.store.journal.capture import Change
from tracker.store.journal.tables import Image, journalled, row_of

LETTERS = {
    "obligation": "O",
    "activity": "A",
    "event": "E",
    "document": "D",
    "party_document": "D",
    "link": "L",
    "note": "N",
    "figure": "F",
}
"""Tables whose rows are numbered parts of an agreement or a party, with the letter of their reference."""

_REMEMBERED = 20_000
"""References of owners that are remembered at a time: changes of one agreement stand near each other."""


class References:
    """Finds references in one transaction, also of rows that it has removed."""

    def __init__(self, db: sqlite3.Connection, removed: Iterable[Change] = ()) -> None:
        self._db = db
        self._tables = journalled(db)
        self._removed = {(change.table, change.key): change for change in removed}
        self._known: dict[tuple[str, str], str | None] = {}

    def of(self, change: Change) -> str | None:
        """The reference of a changed row; None for what has none."""
        known = self._tables.get(change.table)
        if change.owner is not None and known is not None and known.parent is not None:
            return self._part(change.table, known.parent[1], change.owner, change.number)
        return self._from(change.table, change.image())

    def named(self, table: str, key: str, image: Image | None = None) -> str | None:
        """The reference of a row that is there, or of one with these values."""
        return self._from(table, image) if image is not None else self._reference(table, key)

    def _reference(self, table: str, key: str) -> str | None:
        if (table, key) not in self._known:
            removed = self._removed.get((table, key))
            image = removed.image() if removed else self._row(table, key)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[table, key] = self._from(table, image) if image else None
        return self._known[table, key]

    def _from(self, table: str, image: Image) -> str | None:
        known = self._tables.get(table)
        if known is not None and known.parent is not None:
            column, parent = known.parent
            return self._part(table, parent, str(image.get(column)), image.get("number"))
        ref = image.get("ref") or (image.get("code") if table == "scope_area" else None)
        return None if ref is None else str(ref)

    def _part(self, table: str, parent: str, owner: str, number: int | None) -> str | None:
        """The reference of a row that is a part of another."""
        whole = self._reference(parent, owner)
        return f"{whole}/{LETTERS[table]}{number}" if whole and table in LETTERS else whole

    def _row(self, table: str, key: str) -> Image | None:
        known = self._tables.get(table)
        return row_of(self._db, known, key) if known is not None else None
