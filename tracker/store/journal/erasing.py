"""Takes a person's data out of rows and out of the journal, whose chain still holds (docs/decisions/0018)."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.store.connect import connect, unusable
from tracker.store.journal import ledger
from tracker.store.journal.capture import as_json
from tracker.store.journal.entries import digest, words
from tracker.store.journal.facts import READ_TABLES
from tracker.store.journal.refs import References
from tracker.store.journal.tables import Image, journalled, quoted, rows

FREE_TEXT: Mapping[str, frozenset[str]] = {
    "activity": frozenset({"title", "place"}),
    "agreement": frozenset({"title", "summary", "source"}),
    "document": frozenset({"file", "title"}),
    "event": frozenset({"note"}),
    "file_clause": frozenset({"heading", "text"}),
    "file_page": frozenset({"text"}),
    "figure": frozenset({"what", "unit", "period", "source"}),
    "note": frozenset({"text"}),
    "obligation": frozenset({"text", "clause"}),
    "occurrence": frozenset({"evidence", "waived_reason"}),
    "participation": frozenset({"signatory_office"}),
    "party_document": frozenset({"file", "title"}),
    "person": frozenset({"office"}),
    "provision": frozenset({"clause"}),
}
"""Columns in which people write what they like, and so about people."""

NAMES: Mapping[str, frozenset[str]] = {
    "agreement": frozenset({"ref"}),
    "party": frozenset({"name", "acronym"}),
    "party_name": frozenset({"name"}),
    "person": frozenset({"name", "email", "phone"}),
    "scope_area": frozenset({"name_en", "name_es", "name_fr"}),
}
"""Columns that name somebody or something else: a mention there is told, and stays."""

OWN = frozenset({"name", "name_key", "email", "phone", "office"})
"""Columns of a person that are erased whole."""


@dataclass(frozen=True)
class Eraser:
    """Erases one person: the row ``key`` of table ``person`` whole, and mentions of them (``mentions``: a text
    without them) in free text; ``erased`` stands in place of the person's own values."""

    key: str
    erased: str
    mentions: Callable[[str], str]
    command: Callable[[str], str]

    def words(self, text: str) -> str:
        """Who wrote or by which command, without the person."""
        return self.command(text)

    def payload(self, table: str, key: str, payload: str) -> str:
        """The values of a changed row without the person; the same text where nothing is erased."""
        values = json.loads(payload)
        after = {column: self._value(table, key, column, value) for column, value in values.items()}
        return payload if after == values else as_json(after)

    def _value(self, table: str, key: str, column: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._value(table, key, column, side) for side in value]
        if not isinstance(value, str):
            return value
        if table == "person" and key == self.key and column in OWN:
            return value if column in ("name", "name_key") and value.lower() == self.erased_name else self.erased
        return self.mentions(value) if column in FREE_TEXT.get(table, ()) else value

    @property
    def erased_name(self) -> str:
        return f"erased person {self.key}"


def known_values(db: sqlite3.Connection, key: str) -> dict[str, set[str]]:
    """Every name, e-mail address and telephone number that a person's row ever had by the journal."""
    found: dict[str, set[str]] = {"name": set(), "email": set(), "phone": set()}
    query = "SELECT payload FROM journal_row WHERE table_name = 'person' AND row_key = ? AND operation <> 'erase'"
    for (payload,) in db.execute(query, (key,)):
        for column, value in json.loads(payload).items():
            if column in found:
                found[column] |= {one for one in (value if isinstance(value, list) else [value]) if one}
    return found


@dataclass(frozen=True)
class Mention:
    """A text that names the person: its row, column, the reference of what it belongs to."""

    table: str
    key: str
    column: str
    ref: str | None
    text: str

    def __str__(self) -> str:
        if self.table in READ_TABLES:
            return f"{self.ref or 'a removed document'} (text of the file)"
        return f"{self.ref or self.table} ({self.table.replace('_', ' ')} {self.column.replace('_', ' ')})"


def mentions(
    db: sqlite3.Connection, found_in: Callable[[str], bool], where: Mapping[str, frozenset[str]], key: str
) -> Iterator[Mention]:
    """Texts in the columns ``where`` that name the person with this key, but for the person's own row."""
    references = References(db)
    for name, table in journalled(db).items():
        columns = where.get(name, frozenset())
        if not columns:
            continue
        for row, image in rows(db, table):
            if name == "person" and row == key:
                continue
            for column in sorted(columns & image.keys()):
                if isinstance(image[column], str) and found_in(image[column]):
                    ref = _naming(db, references, image) if name in READ_TABLES else None
                    yield Mention(name, row, column, ref or references.named(name, row, image), image[column])


def _naming(db: sqlite3.Connection, references: References, image: Image) -> str:
    """The references of the documents that name the file of which this was read."""
    sha256 = "(SELECT sha256 FROM kept_file WHERE id = ?)"
    found = []
    for table in ("document", "party_document"):
        for (key,) in db.execute(f"SELECT id FROM {table} WHERE sha256 = {sha256} ORDER BY id", (image["file_id"],)):
            found.append(references.named(table, str(key)) or table)
    return ", ".join(found)


def replace(db: sqlite3.Connection, mention: Mention, text: str) -> None:
    """Put another text in the place of a mention."""
    table = journalled(db)[mention.table]
    db.execute(
        f"UPDATE {quoted(mention.table)} SET {quoted(mention.column)} = ? WHERE {table.where_key}",
        [text, *table.key_values(mention.key)],
    )


def erase_journal(db: sqlite3.Connection, eraser: Eraser) -> list[tuple[str, str, str]]:
    """Take the person out of every entry; gives what was changed with the new digests, for the entry to come."""
    erased = []
    for entry in ledger.every_entry(db):
        actor, command = eraser.words(entry.actor), eraser.words(entry.command)
        if (actor, command) != (entry.actor, entry.command):
            salt = os.urandom(16)
            db.execute(
                "UPDATE journal_entry SET actor = ?, command = ?, salt = ? WHERE number = ?",
                (actor, command, salt, entry.number),
            )
            erased.append(("journal_entry", str(entry.number), digest(salt, words(actor, command)).hex()))
    changed = []
    for row in ledger.every_row(db):
        if row.operation != "erase" and (payload := eraser.payload(row.table, row.key, row.payload)) != row.payload:
            changed.append((row.entry, row.position, payload))
    for number, position, payload in changed:
        salt = os.urandom(16)
        db.execute(
            "UPDATE journal_row SET payload = ?, salt = ? WHERE entry = ? AND position = ?",
            (payload, salt, number, position),
        )
        erased.append(("journal_row", f"{number}/{position}", digest(salt, payload).hex()))
    return erased


def compact(path: Path) -> None:
    """Write the database anew without a trace of what was deleted. Raises DatabaseUnusable where it stays locked."""
    with closing(connect(path)) as db:
        db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # VACUUM writes the new file as an attached one
        try:
            db.execute("VACUUM")
        except sqlite3.DatabaseError as error:
            raise unusable(path, error) from error
