"""Notices every row that a transaction changes, whoever changes it: the session, a bulk statement or a cascade.

Temporary triggers, made for one connection, write each row's values before its first change into a temporary table;
what it is now is read from the row itself. They are not in the file: a stray script's edits are not journalled as if
they were ours (docs/decisions/0017).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from tracker.store.journal.tables import PASSING, Image, Table, journalled, quoted


class Change(NamedTuple):
    """One changed row: its values before and after as JSON objects, None where it was not there.

    ``owner`` is the key of the row that it is a part of, and ``number`` its own number there, where these are known
    without reading the values.
    """

    table: str
    key: str
    old: str | None
    new: str | None
    owner: str | None = None
    number: int | None = None

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
    return _encode(value)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def watch(db: sqlite3.Connection, tables: Mapping[str, Table] | None = None, *, keys: bool = False) -> None:
    """From here on, keep every change made on this connection, in these tables or in all.

    With ``keys`` also where a row gets another key, which no use case does and a migration may.
    """
    statements = ["CREATE TEMP TABLE journal_change (place INTEGER PRIMARY KEY, name, row_key, old)"]
    for table in (journalled(db) if tables is None else tables).values():
        if table.name != PASSING:
            statements += _triggers(table)
            statements += [_key_trigger(table)] if keys else []
    for statement in statements:
        db.execute(statement)


def unwatch(db: sqlite3.Connection, table: Table) -> None:
    """Keep no further changes of a table, and forget those kept."""
    for event in ("INSERT", "UPDATE", "DELETE", "KEY"):
        db.execute(f"DROP TRIGGER IF EXISTS temp.{quoted(f'journal {event} {table.name}')}")
    db.execute("DELETE FROM temp.journal_change WHERE name = ?", (table.name,))


def _triggers(table: Table) -> Iterator[str]:
    name = table.name.replace("'", "''")
    differs = " OR ".join(f"OLD.{quoted(column)} IS NOT NEW.{quoted(column)}" for column in table.columns)
    for event, row, before in (("INSERT", "NEW", "NULL"), ("UPDATE", "OLD", ""), ("DELETE", "OLD", "")):
        when = f" WHEN {differs}" if event == "UPDATE" else ""
        yield (
            f"CREATE TEMP TRIGGER {quoted(f'journal {event} {table.name}')} "
            f"AFTER {event} ON main.{quoted(table.name)}{when} "
            f"BEGIN INSERT INTO journal_change (name, row_key, old) "
            f"VALUES ('{name}', {table.key_sql(f'{row}.')}, {before or object_sql(table, 'OLD')}); END"
        )


def _key_trigger(table: Table) -> str:
    differs = " OR ".join(f"OLD.{quoted(column)} IS NOT NEW.{quoted(column)}" for column in table.key)
    name = table.name.replace("'", "''")
    return (
        f"CREATE TEMP TRIGGER {quoted(f'journal KEY {table.name}')} AFTER UPDATE ON main.{quoted(table.name)}"
        f" WHEN {differs} BEGIN INSERT INTO journal_change (name, row_key, old)"
        f" VALUES ('{name}', {table.key_sql('NEW.')}, NULL); END"
    )


def object_sql(table: Table, row: str) -> str:
    """The SQL expression that gives a row as a JSON object without its NULLs."""
    pairs = []
    for column in table.columns:
        literal = column.replace("'", "''")
        pairs.append(f"'{literal}', {row}.{quoted(column)}")
    return f"json_patch('{{}}', json_object({', '.join(pairs)}))"


def changes(
    db: sqlite3.Connection, table: str | None = None, *, gone: bool = False, but: str | None = None
) -> Iterator[Change]:
    """What the transaction has changed so far, in one table or all, or all ``but`` one; ``gone``: only rows that are
    there no more.

    Each row comes once, from what it was to what it is, in the order in which they were first touched, and one by
    one: an import may have millions.
    """
    _first_touches(db)
    tables = journalled(db)
    only = [f"name {sign} ?" for sign, name in (("=", table), ("<>", but)) if name]
    only += ["old IS NOT NULL"] if gone else []
    touched = db.execute(
        f"SELECT name, place FROM temp.journal_change WHERE {' AND '.join(only) or 'true'} ORDER BY place",
        [name for name in (table, but) if name],
    )
    for name, places in groupby(touched, key=itemgetter(0)):
        first, *later = (place for _, place in places)
        for found in db.execute(_now(tables[name]), (name, first, later[-1] if later else first)):
            if found[2] != found[3] and not (gone and found[3] is not None):
                yield Change._make(found)


def _first_touches(db: sqlite3.Connection) -> None:
    """Of each row leave the first change, which has what the row was before; new rows alone are touched once."""
    if db.execute("SELECT 1 FROM temp.journal_change WHERE old IS NOT NULL LIMIT 1").fetchone():
        db.execute(
            "DELETE FROM temp.journal_change"
            " WHERE place NOT IN (SELECT min(place) FROM temp.journal_change GROUP BY name, row_key)"
        )


def _now(table: Table) -> str:
    """The statement for what touched rows of a table were and are, by their place among all that were touched."""
    there = " AND ".join(
        f"t.{quoted(name)} = " + (f"json_extract(c.row_key, '$[{place}]')" if table.key[1:] else "c.row_key")
        for place, name in enumerate(table.key)
    )
    owner = f"CAST(t.{quoted(table.parent[0])} AS TEXT)" if table.parent else "NULL"
    number = "t.number" if "number" in table.columns else "NULL"
    return (
        f"SELECT c.name, c.row_key, c.old,"
        f" CASE WHEN t.{quoted(table.key[0])} IS NOT NULL THEN {object_sql(table, 't')} END,"
        f" {owner}, {number} FROM temp.journal_change c LEFT JOIN main.{quoted(table.name)} t ON {there}"
        " WHERE c.name = ? AND c.place BETWEEN ? AND ? ORDER BY c.place"
    )


def forget(db: sqlite3.Connection, but: str | None = None) -> None:
    """Forget what the transaction has changed so far, ``but`` in one table: it is written down."""
    db.execute("DELETE FROM temp.journal_change WHERE name IS NOT ?", (but,))
