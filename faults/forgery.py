"""Forges a journal: what somebody can do who knows the program and has the file, but not the key."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tracker.store.journal import entries, keys


def forge(path: Path, change: Callable[[sqlite3.Connection], None], key: bytes | None = None) -> None:
    """Change the database and compute every hash of the journal anew; ``key`` also seals with another key."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        change(db)
        previous = entries.NOTHING
        for number, at, actor, command, salt, undoes, name in db.execute(
            "SELECT number, at, actor, command, salt, undoes, key FROM journal_entry ORDER BY number"
        ).fetchall():
            said = entries.digest(salt, entries.words(actor, command))
            rows = db.execute(
                "SELECT position, table_name, row_key, operation, ref, payload, salt FROM journal_row WHERE entry = ?"
                " ORDER BY position",
                (number,),
            ).fetchall()
            name = keys.name_of(key) if key else name
            hashed = entries.begin(previous, number, at, name, undoes, said, len(rows))
            for position, table, row, operation, ref, payload, row_salt in rows:
                left = entries.digest(row_salt, payload)
                entries.add(hashed, [position, table, row, operation, ref, left.hex()])
                db.execute(
                    "UPDATE journal_row SET digest = ? WHERE entry = ? AND position = ?", (left, number, position)
                )
            previous = hashed.hexdigest()
            db.execute(
                "UPDATE journal_entry SET hash = ?, digest = ?, count = ?, key = ? WHERE number = ?",
                (previous, said, len(rows), name, number),
            )
            if key:
                db.execute("UPDATE journal_entry SET seal = ? WHERE number = ?", (keys.seal(key, previous), number))
