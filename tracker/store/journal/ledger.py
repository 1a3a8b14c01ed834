"""Reads entries and their rows for undoing and erasing: who touched what, and when."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from tracker.store.journal.facts import is_fact


@dataclass(frozen=True)
class Entry:
    """One entry: its number, time (UTC), author and command, and which entry it reverts."""

    number: int
    at: str
    actor: str
    command: str
    undoes: int | None

    def __str__(self) -> str:
        return f"entry {self.number} ({self.at[:10]}, {self.actor}{': ' + self.command if self.command else ''})"


@dataclass(frozen=True)
class Told:
    """One changed row as an entry tells it."""

    entry: int
    position: int
    table: str
    key: str
    operation: str
    ref: str | None
    payload: str

    @property
    def values(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.payload)
        return found

    @property
    def is_fact(self) -> bool:
        return is_fact(self.table, self.operation, self.values)


_ENTRY = "SELECT number, at, actor, command, undoes FROM journal_entry"
_ROW = "SELECT entry, position, table_name, row_key, operation, ref, payload FROM journal_row"


def entry(db: sqlite3.Connection, number: int) -> Entry | None:
    """The entry with this number; None where there is none."""
    found = db.execute(f"{_ENTRY} WHERE number = ?", (number,)).fetchone()
    return Entry(*found) if found else None


def last_with_facts(db: sqlite3.Connection) -> Entry | None:
    """The last entry that changed a fact; those that only derived further ahead are passed over."""
    for found in db.execute(f"{_ENTRY} ORDER BY number DESC"):
        if any(row.is_fact for row in rows(db, found[0])):
            return Entry(*found)
    return None


def rows(db: sqlite3.Connection, number: int) -> Iterator[Told]:
    """The rows of an entry in order."""
    return (Told(*row) for row in db.execute(f"{_ROW} WHERE entry = ? ORDER BY position", (number,)))


def every_row(db: sqlite3.Connection) -> Iterator[Told]:
    """The rows of every entry in order."""
    return (Told(*row) for row in db.execute(f"{_ROW} ORDER BY entry, position"))


def every_entry(db: sqlite3.Connection) -> list[Entry]:
    """The entries in order."""
    return [Entry(*found) for found in db.execute(f"{_ENTRY} ORDER BY number")]


def touching(db: sqlite3.Connection, changed: Iterable[tuple[str, str]], after: int) -> list[Entry]:
    """Entries after ``after`` that changed a fact in one of these rows, but for those undone since."""
    numbers: set[int] = set()
    if db.execute("SELECT 1 FROM journal_entry WHERE number > ?", (after,)).fetchone() is None:
        return []
    for table, key in changed:
        found = db.execute(f"{_ROW} WHERE table_name = ? AND row_key = ? AND entry > ?", (table, key, after))
        numbers.update(row[0] for row in found if Told(*row).is_fact)
    left = sorted(numbers - _void(db, after)) if numbers else []
    return [known for number in left if (known := entry(db, number)) is not None]


def _void(db: sqlite3.Connection, after: int) -> Set[int]:
    """Entries that were undone, and those that undid them, as far as both came after ``after``."""
    void: set[int] = set()
    undone = "SELECT number, undoes FROM journal_entry WHERE undoes > ? ORDER BY number DESC"
    for number, undoes in db.execute(undone, (after,)):
        if number not in void:
            void |= {number, undoes}
    return void


def last_touching(db: sqlite3.Connection, ref: str) -> int:
    """The number of the last entry about what ``ref`` names or a part of it; 0 where there is none."""
    found = db.execute(
        "SELECT max(entry) FROM journal_row WHERE ref = ?1 OR substr(ref, 1, length(?1) + 1) = ?1 || '/'", (ref,)
    ).fetchone()[0]
    return int(found or 0)
