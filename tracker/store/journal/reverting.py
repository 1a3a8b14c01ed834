"""Makes rows again what they were before an entry, in the writer's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import Conflict
from tracker.store.journal.capture import changes
from tracker.store.journal.facts import DERIVED_TABLES, GIVEN, READ_TABLES, is_fact
from tracker.store.journal.ledger import Told
from tracker.store.journal.past import take_back
from tracker.store.journal.refs import References
from tracker.store.journal.tables import SCHEMA, journalled, quoted

FIXED = frozenset({SCHEMA, "alembic_version"})
"""Tables that only an upgrade changes."""


@dataclass(frozen=True)
class Lost:
    """Facts of other entries that would go too: their rows, and the references of what they belong to."""

    rows: list[tuple[str, str]]
    refs: list[str]


def revert(db: sqlite3.Connection, rows: Sequence[Told]) -> Lost:
    """Take back these rows, the last first; references given stay. Says what else would be lost or left hanging.

    Raises Conflict where something recorded since stands in the place of what would come back.
    """
    tables = journalled(db)
    db.execute("PRAGMA defer_foreign_keys=ON")  # until the end of the transaction: rows come back in any order
    for row in reversed(rows):
        if row.table == GIVEN or row.table in READ_TABLES or row.table not in tables:
            continue
        strict = row.table not in DERIVED_TABLES and row.is_fact
        try:
            take_back(db, tables[row.table], row.key, row.operation, row.payload, strict=strict)
        except sqlite3.IntegrityError as error:
            raise Conflict(
                f"{row.ref or row.table} cannot be brought back: something recorded since takes its place ({error})"
            ) from error
    return _lost(db, {(row.table, row.key) for row in rows})


def _lost(db: sqlite3.Connection, meant: set[tuple[str, str]]) -> Lost:
    removed = list(changes(db, gone=True))
    references = References(db, removed)
    gone = [c for c in removed if (c.table, c.key) not in meant and is_fact(c.table, "delete", c.image())]
    rows = [(change.table, change.key) for change in gone]
    refs = [references.of(change) or change.table for change in gone]
    tables = journalled(db)
    for table, rowid, *_ in db.execute("PRAGMA foreign_key_check").fetchall():
        found = db.execute(f"SELECT {tables[table].key_sql()} FROM {quoted(table)} WHERE rowid = ?", (rowid,))
        key = str(found.fetchone()[0])
        rows.append((table, key))
        refs.append(references.named(table, key) or table)
    return Lost(rows, list(dict.fromkeys(refs)))
