"""A private copy of the database, as it is now or as it was after an earlier entry."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tracker.errors import DatabaseUnusable
from tracker.models.keys import fold
from tracker.store.backup.room import room
from tracker.store.connect import connect, unusable
from tracker.store.journal.tables import Image, Table, journalled, put, quoted, row_of

LARGEST_IN_MEMORY = 64 * 1024 * 1024
"""Bytes of a database that is copied into memory; a larger one is copied into a private folder beside it."""


@contextmanager
def copy(path: Path) -> Iterator[sqlite3.Connection]:
    """The database at ``path`` as it is at one moment, a private copy: nobody waits for what is read from it.

    Raises DatabaseUnusable, OutdatedSchema.
    """
    with ExitStack() as work:
        db = work.enter_context(closing(connect(path)))
        try:
            private = work.enter_context(closing(_room_for(db, path, work)))
            db.backup(private)
        except sqlite3.DatabaseError as error:
            raise unusable(path, error) from error
        db.close()  # holds up no writer any more
        private.create_function("fold", 1, fold, deterministic=True)
        private.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        yield private


def _room_for(db: sqlite3.Connection, path: Path, work: ExitStack) -> sqlite3.Connection:
    """Where a copy has room: in memory, or in a file that is gone when ``work`` ends. Raises DatabaseUnusable."""
    size = db.execute("PRAGMA page_count").fetchone()[0] * db.execute("PRAGMA page_size").fetchone()[0]
    if size <= LARGEST_IN_MEMORY:
        file = ":memory:"
    else:
        try:
            place = work.enter_context(room(path.resolve())) / path.name
            place.touch(mode=0o600)
        except OSError as error:
            raise DatabaseUnusable(str(path), f"cannot be copied: {error.strerror or error}") from error
        file = str(place)
    private = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    for setting in ("temp_store=MEMORY", "synchronous=OFF", "journal_mode=MEMORY"):
        private.execute(f"PRAGMA {setting}")
    return private


def go_back(db: sqlite3.Connection, number: int) -> None:
    """Take back, in a private copy, every change of the entries after ``number``; the journal itself stays."""
    known = journalled(db)
    before: dict[tuple[str, str], Image | None] = {}
    for table, key, operation, payload in db.execute(
        "SELECT table_name, row_key, operation, payload FROM journal_row WHERE entry > ?"
        " ORDER BY entry DESC, position DESC",
        (number,),
    ):
        if table in known:
            at = (table, key)
            image = before[at] if at in before else row_of(db, known[table], key)
            before[at] = _before(image, operation, json.loads(payload))
    db.execute("PRAGMA foreign_keys=OFF")
    for table, key in before:  # all go before any comes back: two may have changed places
        db.execute(f"DELETE FROM {quoted(table)} WHERE {known[table].where_key}", known[table].key_values(key))
    for (table, _), image in before.items():
        if image is not None:
            put(db, known[table], {name: value for name, value in image.items() if name in known[table].columns})


def _before(image: Image | None, operation: str, payload: Image) -> Image | None:
    """A row before a change, from what it was after it."""
    if operation == "insert":
        return None
    if operation == "delete":
        return payload
    changed = dict(image or {})
    for column, (old, _) in payload.items():
        changed[column] = old
    return {column: value for column, value in changed.items() if value is not None}


def go_back_to(db: sqlite3.Connection, moment: str) -> int:
    """Take back, in a private copy, what was done after ``moment`` (UTC, as entries have it).

    Gives the number of the last entry that stays, 0 where the journal begins later.
    """
    number = int(db.execute("SELECT max(number) FROM journal_entry WHERE at <= ?", (moment,)).fetchone()[0] or 0)
    if number:
        go_back(db, number)
    return number


def take_back(
    db: sqlite3.Connection, table: Table, key: str, operation: str, payload: str, *, strict: bool = False
) -> None:
    """Make one row what it was before a change. One that would stand in the place of another is left out; where
    ``strict`` that raises sqlite3.IntegrityError."""
    values = {name: value for name, value in json.loads(payload).items() if name in table.columns}
    name, otherwise = quoted(table.name), "" if strict else "OR IGNORE "
    if operation == "insert":
        db.execute(f"DELETE FROM {name} WHERE {table.where_key}", table.key_values(key))
    elif operation == "delete":
        put(db, table, values, otherwise)
    elif values:
        sets = ", ".join(f"{quoted(column)} = ?" for column in values)
        bound = [*(old for old, _ in values.values()), *table.key_values(key)]
        db.execute(f"UPDATE {otherwise}{name} SET {sets} WHERE {table.where_key}", bound)
