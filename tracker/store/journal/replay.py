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
from tracker.store.journal.tables import OWN, SCHEMA, Image, journalled, rows, schema_table


def check(db: sqlite3.Connection, progress: Progress) -> Iterator[Finding]:
    """Where today's rows are not exactly what the journal makes them: every column of every table."""
    references = References(db)
    tables = journalled(db) | {SCHEMA: schema_table()}
    named = [name for (name,) in db.execute("SELECT DISTINCT table_name FROM journal_row") if name not in OWN]
    names = list(dict.fromkeys([*tables, *named]))
    for place, name in enumerate(names, start=1):
        progress("tables against the journal", place, len(names))
        told = _replayed(db, name)
        there = rows(db, tables[name]) if name in tables else iter(())
        for key, said, real in _paired(told, there):
            expected, ref, problems = said or (None, None, [])
            ref = ref or (references.named(name, key, real) if real and name != SCHEMA else None)
            yield from (Finding(ref, problem) for problem in problems)
            yield from (Finding(ref, problem) for problem in _compared(name, key, expected, real))


Told = tuple[Image | None, str | None, list[str]]


def _replayed(db: sqlite3.Connection, table: str) -> Iterator[tuple[str, Told]]:
    """Each row of a table as the journal leaves it, with its reference and what did not fit on the way."""
    found = db.execute(
        "SELECT row_key, entry, operation, payload, ref FROM journal_row WHERE table_name = ?"
        " ORDER BY row_key, entry, position",
        (table,),
    )
    for key, changes in groupby(found, key=itemgetter(0)):
        image: Image | None = None
        ref, problems = None, []
        for _, entry, operation, payload, ref in changes:  # noqa: B007 (the last reference is the one that counts)
            try:
                image, fits = step(image, operation, json.loads(payload))
            except (ValueError, TypeError, AttributeError):
                fits = False
            if not fits:
                problems.append(f"{_row(table, key)} was changed outside of Tracker before entry {entry}")
        yield key, (image, ref, problems)


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


def _paired(
    told: Iterator[tuple[str, Told]], there: Iterator[tuple[str, Image]]
) -> Iterator[tuple[str, Told | None, Image | None]]:
    """Two sequences in the order of their keys, side by side."""
    one, other = next(told, None), next(there, None)
    while one is not None or other is not None:
        first = min(pair[0].encode("utf-8", "surrogateescape") for pair in (one, other) if pair is not None)
        key = first.decode("utf-8", "surrogateescape")
        said = real = None
        if one is not None and one[0] == key:
            said, one = one[1], next(told, None)
        if other is not None and other[0] == key:
            real, other = other[1], next(there, None)
        yield key, said, real


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
