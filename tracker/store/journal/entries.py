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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from itertools import islice
from json.encoder import encode_basestring as _quoted
from typing import Protocol

from tracker import config
from tracker.errors import BadInput
from tracker.store.journal import keys
from tracker.store.journal.author import Author
from tracker.store.journal.capture import Change, as_json, changes, forget
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
    number: int | None = None
    """The number of the entry, once some of its rows are written (``take``)."""
    rows: int = 0
    """How many of its rows are written."""


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


def digest(salt: bytes, values: str) -> bytes:
    """The commitment to a text of values: without the salt nothing can be learned from it."""
    return hmac.digest(salt, values.encode("utf-8"), "sha256")


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
    hash_.update(len(text).to_bytes(8, "big") + text)


def add_row(
    hash_: hashlib._Hash, position: int, table: str, key: str, operation: str, ref: str | None, row_digest: bytes
) -> None:
    """Add a row of an entry to its hash: what ``add`` does with these values, in a tenth of the time."""
    named = "null" if ref is None else _quoted(ref)
    text = (
        f"[{position},{_quoted(table)},{_quoted(key)},{_quoted(operation)},{named},{_quoted(row_digest.hex())}]"
    ).encode()
    hash_.update(len(text).to_bytes(8, "big") + text)


def head(db: sqlite3.Connection) -> Head:
    """The last entry of the journal; count 0 before the first."""
    found = db.execute("SELECT number, hash FROM journal_entry ORDER BY number DESC LIMIT 1").fetchone()
    return Head(*found) if found else Head(0, NOTHING)


def take(
    db: sqlite3.Connection, addition: Addition, changed: Iterable[Change] | None = None, *, but: str | None = None
) -> None:
    """Write what the running transaction changed so far, ``but`` in one table, as rows of its entry to be; forget it.

    A long import does so from time to time, so that its changes do not gather in memory. A row that is changed again
    afterwards stands in the entry twice, in the order in which that happened.
    """
    if changed is None:
        found: Iterable[Change] = changes(db, but=but)
        removed: Iterable[Change] = changes(db, gone=True)
    else:
        listed = list(changed)
        found, removed = listed, (one for one in listed if one.new is None)
    references = References(db, removed)
    _write(db, addition, (_told(change, references, addition.eraser) for change in found))
    if changed is None:
        forget(db, but)


def append(
    db: sqlite3.Connection,
    author: Author,
    changed: Iterable[Change] | None = None,
    addition: Addition | None = None,
) -> Head | None:
    """Append what the running transaction changed as one entry; gives the new head, None where nothing changed."""
    addition = addition or Addition()
    take(db, addition, changed)
    _write(db, addition, ((t, place, "erase", None, as_json({"digest": left})) for t, place, left in addition.erased))
    if addition.number is None:
        return None
    number = addition.number
    key = keys.own()
    at = config.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    actor, command = author.actor, author.command
    if addition.eraser:
        actor, command = addition.eraser.words(actor), addition.eraser.words(command)
    salt = os.urandom(16)
    said = digest(salt, words(actor, command))
    before = db.execute("SELECT hash FROM journal_entry WHERE number = ?", (number - 1,)).fetchone()
    previous = before[0] if before else NOTHING
    hashed = begin(previous, number, at, keys.name_of(key), addition.undoes, said, addition.rows)
    for row in db.execute(
        "SELECT position, table_name, row_key, operation, ref, digest FROM journal_row WHERE entry = ?"
        " ORDER BY position",
        (number,),
    ):
        add_row(hashed, *row)
    new = Head(number, hashed.hexdigest())
    db.execute(
        "UPDATE journal_entry SET at = ?, actor = ?, command = ?, salt = ?, digest = ?, undoes = ?, count = ?, key = ?,"
        " hash = ?, seal = ? WHERE number = ?",
        (
            *(at, actor, command, salt, said, addition.undoes, addition.rows),
            *(keys.name_of(key), new.hash, keys.seal(key, new.hash), number),
        ),
    )
    return new


Told = tuple[str, str, str, str | None, str]
"""A changed row: its table, key, operation, reference and values."""


def _told(change: Change, references: References, eraser: Eraser | None) -> Told:
    payload = change.payload()
    if eraser is not None:
        payload = eraser.payload(change.table, change.key, payload)
    return change.table, change.key, change.operation, references.of(change), payload


def _write(db: sqlite3.Connection, addition: Addition, told: Iterable[Told]) -> None:
    """Write rows of the entry to be, a batch at a time; the entry itself stands there unfinished from the first on."""
    left = iter(told)
    while batch := list(islice(left, _BATCH)):
        if addition.number is None:
            addition.number = head(db).count + 1
            db.execute(
                "INSERT INTO journal_entry (number, at, actor, command, salt, digest, count, key, hash, seal)"
                " VALUES (?, '', '', '', x'', x'', 0, '', '', '')",
                (addition.number,),
            )
        salts = os.urandom(16 * len(batch))
        rows = []
        for place, (table, key, operation, ref, payload) in enumerate(batch):
            salt = salts[16 * place : 16 * place + 16]
            position = addition.rows + 1 + place
            rows.append((addition.number, position, table, key, operation, ref, payload, salt, digest(salt, payload)))
        db.executemany(
            "INSERT INTO journal_row (entry, position, table_name, row_key, operation, ref, payload, salt, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        addition.rows += len(rows)
