"""Entries of the journal: how one is hashed and sealed, the last of them, and appending the next.

An entry's hash is the SHA-256 of length-prefixed JSON texts: the hash before it, its number, time, key and the
digest of its words (who, which command), then each row's place, table, key, operation, reference and digest. A digest
is the HMAC of the values under a salt of their own that stands beside them: values and salt can be erased, and the
chain still holds (docs/decisions/0017).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from itertools import islice
from typing import Protocol

from tracker import config
from tracker.errors import BadInput
from tracker.store.journal import keys
from tracker.store.journal.author import Author
from tracker.store.journal.capture import Change, as_json, changes
from tracker.store.journal.capture import count as counted
from tracker.store.journal.refs import References

_BATCH = 2000
"""Rows that are written at a time."""

NOTHING = "0" * 64
"""The hash before the first entry."""


class Eraser(Protocol):
    """Takes a person's data out of what the journal holds."""

    def words(self, text: str) -> str:
        """A text without them."""

    def payload(self, table: str, key: str, payload: str) -> str:
        """The values of a row without them."""


@dataclass
class Addition:
    """What a use case has to say about its own entry, beside the rows it changed.

    ``undoes`` is the entry that it reverts. ``eraser`` is applied to everything that the entry would hold;
    ``erased`` are the rows of the journal from which data was taken (table, key as ``ENTRY`` or
    ``ENTRY/POSITION``), with the new digests of what is left of them in hexadecimal.
    """

    undoes: int | None = None
    eraser: Eraser | None = None
    erased: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Head:
    """The last entry: how many there are, and its hash."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}:{self.hash}"

    @classmethod
    def parse(cls, text: str, name: str = "--since") -> Head:
        """A head as ``tracker journal head`` prints it. Raises BadInput for anything else."""
        match = re.fullmatch(r"([1-9][0-9]{0,17}):([0-9a-f]{64})", text.strip().lower())
        if match is None:
            raise BadInput(name, text, "is no head of a journal: expected COUNT:HASH as tracker journal head prints it")
        return cls(int(match[1]), match[2])


@dataclass(frozen=True)
class Row:
    """One changed row as an entry holds it."""

    position: int
    table: str
    key: str
    operation: str
    ref: str | None
    payload: str
    salt: bytes
    digest: bytes


def digest(salt: bytes, values: str) -> bytes:
    """The commitment to a text of values: without the salt nothing can be learned from it."""
    return hmac.new(salt, values.encode("utf-8"), hashlib.sha256).digest()


def words(actor: str, command: str) -> str:
    """Who and by which command, as the entry's own digest commits to them."""
    return as_json([actor, command])


def begin(previous: str, number: int, at: str, key: str, undoes: int | None, said: bytes, count: int) -> hashlib._Hash:
    """The hash of an entry before its rows are added."""
    found = hashlib.sha256()
    add(found, [previous, number, at, key, undoes, said.hex(), count])
    return found


def add(hash_: hashlib._Hash, values: Sequence[object]) -> None:
    """Add values to a hash: their JSON, with its length in front so that no two sequences look alike."""
    text = as_json(values).encode("utf-8")
    hash_.update(len(text).to_bytes(8, "big"))
    hash_.update(text)


def head(db: sqlite3.Connection) -> Head:
    """The last entry of the journal; count 0 before the first."""
    found = db.execute("SELECT number, hash FROM journal_entry ORDER BY number DESC LIMIT 1").fetchone()
    return Head(*found) if found else Head(0, NOTHING)


def append(
    db: sqlite3.Connection,
    author: Author,
    changed: Iterable[Change] | None = None,
    addition: Addition | None = None,
) -> Head | None:
    """Append what the running transaction changed as one entry; gives the new head, None where nothing changed."""
    addition = addition or Addition()
    if changed is None:
        found: Iterable[Change] = changes(db)
        count, removed = counted(db), changes(db, gone=True)
    else:
        listed = list(changed)
        found, count, removed = listed, len(listed), (one for one in listed if one.new is None)
    count += len(addition.erased)
    if not count:
        return None
    last = head(db)
    number = last.count + 1
    key = keys.own()
    at = config.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    actor, command = author.actor, author.command
    if addition.eraser:
        actor, command = addition.eraser.words(actor), addition.eraser.words(command)
    salt = os.urandom(16)
    said = digest(salt, words(actor, command))
    hashed = begin(last.hash, number, at, keys.name_of(key), addition.undoes, said, count)
    db.execute(
        "INSERT INTO journal_entry (number, at, actor, command, salt, digest, undoes, count, key, hash, seal)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')",
        (number, at, actor, command, salt, said, addition.undoes, count, keys.name_of(key)),
    )
    rows = _rows(found, References(db, removed), addition)
    while batch := list(islice(rows, _BATCH)):
        for row in batch:
            add(hashed, [row.position, row.table, row.key, row.operation, row.ref, row.digest.hex()])
        db.executemany(
            "INSERT INTO journal_row (entry, position, table_name, row_key, operation, ref, payload, salt, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((number, r.position, r.table, r.key, r.operation, r.ref, r.payload, r.salt, r.digest) for r in batch),
        )
    new = Head(number, hashed.hexdigest())
    seal = keys.seal(key, new.hash)
    db.execute("UPDATE journal_entry SET hash = ?, seal = ? WHERE number = ?", (new.hash, seal, number))
    return new


def _rows(changed: Iterable[Change], references: References, addition: Addition) -> Iterator[Row]:
    eraser = addition.eraser
    position = 0
    for position, change in enumerate(changed, start=1):
        payload = change.payload()
        if eraser:
            payload = eraser.payload(change.table, change.key, payload)
        ref = references.of(change)
        yield _row(position, change.table, change.key, change.operation, ref, payload)
    for place, (table, key, left) in enumerate(addition.erased, start=position + 1):
        yield _row(place, table, key, "erase", None, as_json({"digest": left}))


def _row(position: int, table: str, key: str, operation: str, ref: str | None, payload: str) -> Row:
    salt = os.urandom(16)
    return Row(position, table, key, operation, ref, payload, salt, digest(salt, payload))
