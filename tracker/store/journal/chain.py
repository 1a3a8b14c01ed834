"""Proves that the journal is whole: no entry missing, altered or added by somebody without the key."""

from __future__ import annotations

import hmac
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tracker.store.journal import keys
from tracker.store.journal.entries import NOTHING, Head, add_row, begin, digest, words

Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, and of how much."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be; ``ref`` is the reference of what it is about, where it has one."""

    ref: str | None
    problem: str

    def __str__(self) -> str:
        return f"{self.ref}: {self.problem}" if self.ref else self.problem


def check(
    db: sqlite3.Connection, known: Mapping[str, bytes], since: Head | None, progress: Progress
) -> Iterator[Finding]:
    """What is wrong with the entries and their rows.

    ``known`` are the keys of this machine by name. ``since`` is an earlier head from elsewhere: it must be in the
    chain, and vouches for entries up to it whose key is not known here.
    """
    erased = _erased(db)
    total = db.execute("SELECT count(*) FROM journal_entry").fetchone()[0]
    previous, expected = NOTHING, 1
    unproven: dict[str, list[int]] = {}
    entries = db.execute(
        "SELECT number, at, actor, command, salt, digest, undoes, count, key, hash, seal FROM journal_entry"
        " ORDER BY number"
    )
    for number, at, actor, command, salt, said, undoes, count, key, hash_, seal in entries:
        progress("entries of the journal", expected, total)
        if number != expected:
            yield Finding(None, f"the journal has no entry {expected}: {number} stands in its place")
            expected = number
        try:
            left = erased.get(("journal_entry", str(number)), said)
            if not _is(digest(salt, words(actor, command)), left):
                yield Finding(None, f"entry {number}: who wrote it, or by which command, was altered")
            hashed = begin(previous, number, at, key, undoes, said, count)
            rows = _rows(db, number)
            for place, (position, table, row_key, operation, ref, payload, row_salt, row_digest) in enumerate(rows, 1):
                left = erased.get(("journal_row", f"{number}/{position}"), row_digest)
                if position != place or not _is(digest(row_salt, payload), left):
                    yield Finding(ref, f"entry {number}, change {position}: its values were altered")
                add_row(hashed, position, table, row_key, operation, ref, row_digest)
            if hashed.hexdigest() != hash_:
                yield Finding(None, f"entry {number}: it, or an entry before it, was altered: its hash does not fit")
        except (TypeError, AttributeError, ValueError):
            yield Finding(None, f"entry {number}: was altered: it holds a value of the wrong kind")
        if not isinstance(hash_, str) or key not in known:
            unproven.setdefault(str(key), []).append(number)
        elif not hmac.compare_digest(keys.seal(known[key], hash_).encode(), str(seal).encode()):
            yield Finding(None, f"entry {number}: its seal was not made with the key: the journal was forged")
        previous, expected = str(hash_), expected + 1
    orphans = "SELECT DISTINCT entry FROM journal_row WHERE entry NOT IN (SELECT number FROM journal_entry)"
    for (number,) in db.execute(orphans):
        yield Finding(None, f"entry {number} is missing, though changes of it are there")
    if total == 0:
        yield Finding(None, "the journal is empty: its first entry is missing")
    yield from _unproven(unproven, since)
    yield from _holds(db, since, "the head given")


def _unproven(unproven: Mapping[str, list[int]], since: Head | None) -> Iterator[Finding]:
    for key, numbers in unproven.items():
        left = [number for number in numbers if since is None or number > since.count]
        if left:
            which = f"entry {left[0]}" if len(left) == 1 else f"{len(left)} entries from {left[0]} to {left[-1]}"
            yield Finding(
                None,
                f"{which}: sealed with the key {key}, which is not in {keys.file()}: add it from the machine that"
                " wrote them, or give a head kept elsewhere with --since",
            )


def _holds(db: sqlite3.Connection, seen: Head | None, name: str) -> Iterator[Finding]:
    if seen is None:
        return
    found = db.execute("SELECT hash FROM journal_entry WHERE number = ?", (seen.count,)).fetchone()
    if found is None:
        last = db.execute("SELECT max(number) FROM journal_entry").fetchone()[0] or 0
        yield Finding(None, f"the journal ends at entry {last}, before {name} ({seen.count}): entries are missing")
    elif found[0] != seen.hash:
        yield Finding(None, f"entry {seen.count} is not the one of {name}: the journal was written anew")


def behind(db: sqlite3.Connection, seen: Head | None) -> Iterator[Finding]:
    """What this machine saw before and the journal no longer has."""
    yield from _holds(db, seen, "the last one that this machine saw")


def _rows(db: sqlite3.Connection, number: int) -> Iterator[tuple[int, str, str, str, str | None, str, bytes, bytes]]:
    yield from db.execute(
        "SELECT position, table_name, row_key, operation, ref, payload, salt, digest FROM journal_row"
        " WHERE entry = ? ORDER BY position",
        (number,),
    )


def _erased(db: sqlite3.Connection) -> dict[tuple[str, str], bytes]:
    """The digests of what is left of entries and rows after the last erasure, by table and key."""
    found = {}
    rows = db.execute(
        "SELECT table_name, row_key, payload FROM journal_row WHERE operation = 'erase' ORDER BY entry, position"
    )
    for table, key, payload in rows:
        try:
            found[table, key] = bytes.fromhex(json.loads(payload)["digest"])
        except (ValueError, TypeError, KeyError):
            found[table, key] = b""
    return found


def _is(found: bytes, expected: object) -> bool:
    return isinstance(expected, bytes) and hmac.compare_digest(found, expected)
