"""Replays the journal row by row: what it says stands in every table, against what does."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from tracker.store.journal.chain import Finding, Progress
from tracker.store.journal.refs import References
from tracker.store.journal.tables import OWN, SCHEMA, Image, Table, image_of, journalled, quoted, rows, schema_table


def check(db: sqlite3.Connection, progress: Progress) -> Iterator[Finding]:
    """Where today's rows are not exactly what the journal makes them: every column of every table."""
    references = References(db)
    tables = journalled(db) | {SCHEMA: schema_table()}
    named = [name for (name,) in db.execute("SELECT DISTINCT table_name FROM journal_row") if name not in OWN]
    names = list(dict.fromkeys([*tables, *named]))
    for place, name in enumerate(names, start=1):
        progress("tables against the journal", place, len(names))
        for key, (told, real) in _rows(db, name, tables.get(name)):
            expected, ref, problems = _replayed(name, key, told)
            ref = ref or (references.named(name, key, real) if real and name != SCHEMA else None)
            yield from (Finding(ref, problem) for problem in problems)
            yield from (Finding(ref, problem) for problem in _compared(name, key, expected, real))


Told = list[list[Any]]
"""What the journal tells of one row, in order: entry, operation, payload, reference."""

_TOLD = "j.row_key, j.entry, j.operation, j.payload, j.ref"
_IN_ORDER = "j.table_name = ? ORDER BY j.row_key, j.entry, j.position"


def _rows(db: sqlite3.Connection, name: str, table: Table | None) -> Iterator[tuple[str, tuple[Told, Image | None]]]:
    """Each row of a table, by its key, that the journal tells of or that is there: what is told, and the row.

    Read along indexes, so that no table is sorted.
    """
    if table is None or name == SCHEMA:
        yield from _few_rows(db, name, table)
        return
    columns = ", ".join(f"t.{quoted(column)}" for column in table.columns)
    source, key = quoted(name), table.key_sql("t.")
    found = db.execute(
        f"SELECT {_TOLD}, {key}, {columns} FROM journal_row j LEFT JOIN main.{source} t ON {_same(table)}"
        f" WHERE {_IN_ORDER}",
        (name,),
    )
    for told_of, changes in groupby(found, key=itemgetter(0)):
        told: Told = []
        for _, entry, operation, payload, ref, there, *values in changes:  # noqa: B007 (the row is the same in each)
            told.append([entry, operation, payload, ref])
        yield str(told_of), (told, None if there is None else image_of(table, values))
    more = db.execute(
        f"SELECT {key}, {columns} FROM main.{source} t"
        f" WHERE NOT EXISTS (SELECT 1 FROM journal_row j WHERE j.table_name = ? AND {_same(table)})",
        (name,),
    )
    for there, *values in more:
        yield str(there), ([], image_of(table, values))


def _same(table: Table) -> str:
    """The condition that a row ``t`` is the one that ``j`` tells of: by its key as it is spelt, and as it compares."""
    values = ["j.row_key"]
    if table.key[1:]:
        part = "CASE WHEN json_valid(j.row_key) THEN json_extract(j.row_key, '$[{}]') END"
        values = [part.format(place) for place in range(len(table.key))]
    parts = [f"t.{quoted(column)} = {value}" for column, value in zip(table.key, values, strict=True)]
    return " AND ".join([*parts, f"j.row_key = {table.key_sql('t.')}"])


def _few_rows(
    db: sqlite3.Connection, name: str, table: Table | None
) -> Iterator[tuple[str, tuple[Told, Image | None]]]:
    """As ``_rows``, of a table that is gone, or of the table of tables: a trigger may be called there as a table is."""
    there: dict[str, list[Image]] = {}
    for key, image in rows(db, table) if table is not None else ():
        there.setdefault(key, []).append(image)
    found = db.execute(f"SELECT {_TOLD} FROM journal_row j WHERE {_IN_ORDER}", (name,))
    for told_of, changes in groupby(found, key=itemgetter(0)):
        images = there.get(str(told_of), [])
        yield str(told_of), ([change for _, *change in changes], images.pop() if images else None)
    yield from ((key, ([], image)) for key, images in there.items() for image in images)


def _replayed(table: str, key: str, told: Told) -> tuple[Image | None, str | None, list[str]]:
    """A row as the journal leaves it, with its reference and what did not fit on the way."""
    image: Image | None = None
    ref, problems = None, []
    for entry, operation, payload, ref in told:  # noqa: B007 (the last reference is the one that counts)
        try:
            image, fits = step(image, operation, json.loads(payload))
        except (ValueError, TypeError, AttributeError):
            fits = False
        if not fits:
            problems.append(f"{_row(table, key)} was changed outside of Tracker before entry {entry}")
    return image, ref, problems


def step(image: Image | None, operation: str, payload: Any) -> tuple[Image | None, bool]:
    """A row after a change, and whether it was before as the change says."""
    if operation == "insert":
        return dict(payload), image is None
    if operation == "delete":
        return None, image is not None and same(image, payload)
    after = dict(image or {})
    fits = image is not None
    for column, (old, new) in payload.items():
        fits = fits and same(after.get(column), old)
        if new is None:
            after.pop(column, None)
        else:
            after[column] = new
    return after, fits


def same(one: Any, other: Any) -> bool:
    """Equal in value and in type: 1 is not 1.0, and nothing is not an empty text."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return type(one) is type(other) and bool(one == other)


def _compared(table: str, key: str, expected: Image | None, real: Image | None) -> Iterator[str]:
    if expected is None and real is not None:
        yield f"{_row(table, key)} is there, but no entry of the journal put it there"
    elif real is None and expected is not None:
        yield f"{_row(table, key)} is gone, though no entry of the journal removed it"
    elif expected is not None and real is not None and not same(expected, real):
        for column in dict.fromkeys([*expected, *real]):
            was, now = expected.get(column), real.get(column)
            if not same(was, now):
                yield f"{_row(table, key)}: {column} is {_shown(now)}, but {_shown(was)} by the journal"


def _row(table: str, key: str) -> str:
    return f"the database's {key}" if table == SCHEMA else f"{str(table).replace('_', ' ')} {key}"


def _shown(value: Any) -> str:
    text = "empty" if value is None else repr(value)
    return text if len(text) <= 80 else f"{text[:60]} ... {text[-15:]}"
