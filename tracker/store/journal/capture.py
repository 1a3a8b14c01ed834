"""Notices every row that a transaction changes, whoever changes it: the session, a bulk statement or a cascade.

Temporary triggers, made for one connection, write each row's old and new values into a temporary table. They are
not in the file: a stray script's edits are not journalled as if they were ours (docs/decisions/0017).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tracker.store.journal.tables import PASSING, Image, Table, journalled, quoted, rows, schema_table

BEFORE = "before "
"""What the name of a table's copy begins with, made before a migration."""


@dataclass(frozen=True)
class Change:
    """One changed row: its values before and after as JSON objects, None where it was not there."""

    table: str
    key: str
    old: str | None
    new: str | None

    @property
    def operation(self) -> str:
        return "insert" if self.old is None else "delete" if self.new is None else "update"

    def payload(self) -> str:
        """The values of a row that came or went; for one that changed each changed column's ``[old, new]``."""
        if self.old is None or self.new is None:
            return self.new or self.old or "{}"
        old, new = json.loads(self.old), json.loads(self.new)
        names = [*old, *(name for name in new if name not in old)]
        return as_json({name: [old.get(name), new.get(name)] for name in names if old.get(name) != new.get(name)})

    def image(self) -> Image:
        """The row's values: those it has now, else those it had."""
        found: Image = json.loads(self.new or self.old or "{}")
        return found


def as_json(value: Any) -> str:
    """The one spelling in which values are kept and hashed."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def watch(db: sqlite3.Connection) -> None:
    """From here on, keep every change made on this connection."""
    statements = ["CREATE TEMP TABLE journal_change (place INTEGER PRIMARY KEY, name, row_key, old, new)"]
    for table in journalled(db).values():
        if table.name != PASSING:
            statements += _triggers(table)
    for statement in statements:
        db.execute(statement)


def _triggers(table: Table) -> Iterator[str]:
    old, new = _object(table, "OLD"), _object(table, "NEW")
    name = table.name.replace("'", "''")
    differs = " OR ".join(f"OLD.{quoted(column)} IS NOT NEW.{quoted(column)}" for column in table.columns)
    for event, row, before, after in (
        ("INSERT", "NEW", "NULL", new),
        ("UPDATE", "OLD", old, new),
        ("DELETE", "OLD", old, "NULL"),
    ):
        when = f" WHEN {differs}" if event == "UPDATE" else ""
        yield (
            f"CREATE TEMP TRIGGER {quoted(f'journal {event} {table.name}')} "
            f"AFTER {event} ON main.{quoted(table.name)}{when} "
            f"BEGIN INSERT INTO journal_change (name, row_key, old, new) "
            f"VALUES ('{name}', {table.key_sql(f'{row}.')}, {before}, {after}); END"
        )


def _object(table: Table, row: str) -> str:
    """The row as a JSON object without its NULLs."""
    pairs = []
    for column in table.columns:
        literal = column.replace("'", "''")
        pairs.append(f"'{literal}', {row}.{quoted(column)}")
    return f"json_patch('{{}}', json_object({', '.join(pairs)}))"


_NET = """
    FROM (SELECT min(place) AS first, max(place) AS last FROM journal_change GROUP BY name, row_key) net
    JOIN journal_change before ON before.place = net.first JOIN journal_change after ON after.place = net.last
    WHERE before.old IS NOT after.new
"""


def changes(
    db: sqlite3.Connection, table: str | None = None, *, gone: bool = False, but: str | None = None
) -> Iterator[Change]:
    """What the transaction has changed so far, in one table or all, or all ``but`` one; ``gone``: only rows that are
    there no more.

    Each row comes once, from what it was to what it is, in the order in which they were first touched, and one by
    one: an import may have millions.
    """
    only = (" AND before.name = ?" if table else "") + (" AND before.name <> ?" if but else "")
    only += " AND after.new IS NULL" if gone else ""
    values = tuple(name for name in (table, but) if name)
    statement = f"SELECT before.name, before.row_key, before.old, after.new {_NET} {only} ORDER BY net.first"
    for name, key, old, new in db.execute(statement, values):
        yield Change(name, key, old, new)


def forget(db: sqlite3.Connection, but: str | None = None) -> None:
    """Forget what the transaction has changed so far, ``but`` in one table: it is written down."""
    db.execute("DELETE FROM temp.journal_change WHERE name IS NOT ?", (but,))


def remember(db: sqlite3.Connection) -> None:
    """Copy every table into memory, for ``difference`` after a migration."""
    for table in (*journalled(db).values(), schema_table()):
        copy = quoted(BEFORE + table.name)
        db.execute(f"CREATE TEMP TABLE {copy} AS SELECT * FROM main.{quoted(table.name)}")


def difference(db: sqlite3.Connection, before: Iterable[Table]) -> Iterator[Change]:
    """What differs from the copies that ``remember`` made; without ``before`` everything is new."""
    earlier = {table.name: table for table in before}
    now = journalled(db) | {table.name: table for table in [schema_table()]}
    for name in dict.fromkeys([*earlier, *now]):
        was = dict(rows(db, earlier[name], BEFORE + name)) if name in earlier else {}
        for key, image in rows(db, now[name]) if name in now else ():
            old = was.pop(key, None)
            if old != image:
                yield Change(name, key, None if old is None else as_json(old), as_json(image))
        for key, old in was.items():
            yield Change(name, key, as_json(old), None)
    for name in earlier:
        db.execute(f"DROP TABLE temp.{quoted(BEFORE + name)}")
