"""Notices what an upgrade changes: rows by the triggers of any write, and what no trigger sees by copies.

A migration that drops a table, alters it or builds it anew takes its triggers with it. So the rows of such a table are
copied before the first statement of that kind, within the file and the transaction: memory does not grow with the
database, and whoever is killed leaves nothing behind.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tracker.store.journal import capture, entries, past
from tracker.store.journal.author import Author
from tracker.store.journal.capture import Change, as_json, object_sql
from tracker.store.journal.entries import Addition
from tracker.store.journal.tables import SCHEMA, Table, is_there, journalled, quoted, rows, schema_table

_COPY = "before "
"""What the name of a table's copy begins with."""

_REBUILDS = re.compile(r"""\s*(?:DROP|ALTER)\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:main\.)?["`\[]?(\w+)""", re.IGNORECASE)

_AT_ONCE = 20_000
"""Changed rows that are written into the journal at a time."""


class Watch:
    """Sees what is done to a database from here on, on this connection, within one transaction.

    Where there is no journal yet, everything recorded is new to it.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._tables = journalled(db) if is_there(db) else {}
        self._schema = dict(rows(db, schema_table())) if is_there(db) else {}
        self._copied: dict[str, Table] = {}
        capture.watch(db, self._tables, keys=True)

    def statement(self, text: str) -> None:
        """To be told every statement before it is run."""
        found = _REBUILDS.match(text)
        if found and found[1] in self._tables and found[1] not in self._copied:
            self._copy(self._tables[found[1]])

    def _copy(self, table: Table) -> None:
        """Copy a table as it was in the beginning, by the changes of its rows since; it is compared with that later."""
        copy = self._copied[table.name] = replace(table, name=_COPY + table.name)
        self._db.execute(f"CREATE TABLE main.{quoted(copy.name)} AS SELECT * FROM main.{quoted(table.name)}")
        key = ", ".join(map(quoted, table.key))
        self._db.execute(f"CREATE UNIQUE INDEX main.{quoted(f'{copy.name} key')} ON {quoted(copy.name)} ({key})")
        for change in capture.changes(self._db, table.name):
            past.take_back(self._db, copy, change.key, change.operation, change.payload())
        capture.unwatch(self._db, table)

    def append(self, author: Author) -> None:
        """Write down as one entry what was changed, also of the schema; the copies are gone then."""
        addition, changed = Addition(), self._compared()
        while some := list(islice(changed, _AT_ONCE)):
            entries.take(self._db, addition, some)
        for copy in self._copied.values():
            self._db.execute(f"DROP TABLE main.{quoted(copy.name)}")
        entries.append(self._db, author, addition=addition)

    def _compared(self) -> Iterator[Change]:
        """What the triggers did not see."""
        now = {name: table for name, table in journalled(self._db).items() if not name.startswith(_COPY)}
        for name, copy in self._copied.items():
            yield from self._differences(name, copy, now.get(name))
        for name in (name for name in now if name not in self._tables):
            for key, new in self._db.execute(_images(now[name])):
                yield Change(name, key, None, new)
        schema = {key: image for key, image in rows(self._db, schema_table()) if not key.startswith(_COPY)}
        for key in dict.fromkeys([*self._schema, *schema]):
            old, new = self._schema.get(key), schema.get(key)
            if old != new:
                yield Change(SCHEMA, key, as_json(old) if old else None, as_json(new) if new else None)

    def _differences(self, name: str, copy: Table, table: Table | None) -> Iterator[Change]:
        if table is None or table.key != copy.key:
            yield from (Change(name, key, old, None) for key, old in self._db.execute(_images(copy)))
            if table is not None:
                yield from (Change(name, key, None, new) for key, new in self._db.execute(_images(table)))
            return
        same = " AND ".join(f"o.{quoted(column)} = t.{quoted(column)}" for column in table.key)
        there = f"t.{quoted(table.key[0])} IS NOT NULL"
        for key, old, new in self._db.execute(
            f"SELECT {copy.key_sql('o.')}, {object_sql(copy, 'o')}, CASE WHEN {there} THEN {object_sql(table, 't')} END"
            f" FROM main.{quoted(copy.name)} o LEFT JOIN main.{quoted(name)} t ON {same}"
        ):
            if new is None or (old != new and json.loads(old) != json.loads(new)):
                yield Change(name, key, old, new)
        for key, new in self._db.execute(
            f"{_images(table)} WHERE NOT EXISTS (SELECT 1 FROM main.{quoted(copy.name)} o WHERE {same})"
        ):
            yield Change(name, key, None, new)


def _images(table: Table) -> str:
    """The statement for the key and the values of every row."""
    return f"SELECT {table.key_sql('t.')}, {object_sql(table, 't')} FROM main.{quoted(table.name)} t"
