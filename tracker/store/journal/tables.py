"""Which tables are journalled, and how a row of each is known: read from the database itself, so none is forgotten."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

OWN = ("journal_entry", "journal_row")
"""The journal itself: its entries prove each other."""

PASSING = "search_stale"
"""Filled and emptied within each transaction: not journalled, and so proven to be empty between two."""

SCHEMA = "sqlite_schema"
"""The database's own table of tables, indexes and triggers, journalled by upgrades."""

Image = dict[str, Any]
"""A row's values by column, without those that are NULL."""


@dataclass(frozen=True)
class Table:
    """A journalled table; ``parent`` is the column that names the row which this one is a part of, and its table."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    parent: tuple[str, str] | None = None

    def key_sql(self, prefix: str = "") -> str:
        """The SQL expression that gives a row's key as text."""
        if len(self.key) == 1:
            return f"CAST({prefix}{quoted(self.key[0])} AS TEXT)"
        return f"json_array({', '.join(prefix + quoted(name) for name in self.key)})"

    def key_values(self, key: str) -> list[Any]:
        """The values of the key's columns, as the database compares them."""
        if len(self.key) == 1:
            return [key]
        try:
            found = json.loads(key)
        except ValueError:
            found = None
        known = isinstance(found, list) and len(found) == len(self.key)
        return found if known else [None] * len(self.key)  # a journal that was altered may hold anything

    @property
    def where_key(self) -> str:
        """The SQL condition on the key's columns, with a mark for each."""
        return " AND ".join(f"{quoted(name)} = ?" for name in self.key)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def is_there(db: sqlite3.Connection) -> bool:
    """Whether the database has a journal (schema 2 and later)."""
    found = db.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'journal_entry'")
    return bool(found.fetchone()[0])


_known: dict[tuple[bytes, ...], dict[str, Table]] = {}
"""The tables of the last schema that was looked at, by its very text: one command asks several times."""


def journalled(db: sqlite3.Connection) -> dict[str, Table]:
    """Every table of the database but the journal's own, virtual ones and their shadows."""
    schema = tuple(text for (text,) in db.execute("SELECT CAST(sql AS BLOB) FROM main.sqlite_schema ORDER BY rowid"))
    if schema not in _known:
        _known.clear()
        _known[schema] = _tables(db)
    return dict(_known[schema])


def _tables(db: sqlite3.Connection) -> dict[str, Table]:
    parents = {
        name: (column, table)
        for name, column, table in db.execute(
            """SELECT m.name, f."from", f."table" FROM pragma_table_list m JOIN pragma_foreign_key_list(m.name) f
               WHERE m.schema = 'main' AND f.on_delete = 'CASCADE'"""
        )
    }
    columns: dict[str, list[tuple[str, int]]] = {}
    for name, column, place in db.execute(
        """SELECT m.name, c.name, c.pk FROM pragma_table_list m JOIN pragma_table_info(m.name) c
           WHERE m.schema = 'main' AND m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_'
           ORDER BY m.name, c.cid"""
    ):
        if name not in OWN:
            columns.setdefault(name, []).append((column, place))
    found = {}
    for name, known in columns.items():
        key = tuple(column for column, place in sorted(known, key=lambda one: one[1]) if place)
        found[name] = Table(name, tuple(column for column, _ in known), key or ("rowid",), parents.get(name))
    return found


def schema_table() -> Table:
    """The table of tables, as if it were one of ours."""
    return Table(SCHEMA, ("type", "name", "tbl_name", "sql"), ("name",))


def rows(db: sqlite3.Connection, table: Table) -> Iterator[tuple[str, Image]]:
    """Every row of a table with its key, in the order of keys."""
    names = ", ".join(quoted(name) for name in table.columns)
    only = " WHERE sql IS NOT NULL" if table.name == SCHEMA else ""
    found = db.execute(f"SELECT {table.key_sql()}, {names} FROM {quoted(table.name)}{only} ORDER BY 1")
    for key, *values in found:
        yield str(key), image_of(table, values)


def image_of(table: Table, values: Iterable[Any]) -> Image:
    """A row from the values of all its columns."""
    return {name: value for name, value in zip(table.columns, values, strict=True) if value is not None}


def row_of(db: sqlite3.Connection, table: Table, key: str) -> Image | None:
    """The row with this key; None where there is none."""
    names = ", ".join(quoted(name) for name in table.columns)
    found = db.execute(
        f"SELECT {names} FROM {quoted(table.name)} WHERE {table.where_key}", table.key_values(key)
    ).fetchone()
    return None if found is None else image_of(table, found)


def put(db: sqlite3.Connection, table: Table, image: Image, otherwise: str = "") -> None:
    """Insert a row; ``otherwise`` (``OR IGNORE ``) says what to do where another stands in its place."""
    columns, marks = ", ".join(map(quoted, image)), ", ".join("?" for _ in image)
    db.execute(f"INSERT {otherwise}INTO {quoted(table.name)} ({columns}) VALUES ({marks})", list(image.values()))
