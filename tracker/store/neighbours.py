"""Other databases in a database's folder: they share one store of files, so what any of them names is kept."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tracker.errors import BadFile, DatabaseUnusable
from tracker.store import schema
from tracker.store.connect import connect, unusable

_SQLITE = b"SQLite format 3\0"
_APPLICATION_ID = 68
"""Where an SQLite file has its application's number, in four bytes, the highest first."""


def of(path: Path) -> list[Path]:
    """The other Tracker databases in the folder of the one at ``path``, by name; what cannot be read is none."""
    own = Path(os.path.realpath(path))
    try:
        files = (file for file in own.parent.iterdir() if file != own and not file.is_symlink())
        return sorted(file for file in files if is_database(file))
    except OSError:
        return []


def is_database(file: Path) -> bool:
    """Whether a file, or what a link leads to, is a Tracker database; False for what cannot be read."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as content:
            head = content.read(_APPLICATION_ID + 4)
    except (OSError, ValueError):
        return False
    return head.startswith(_SQLITE) and head[_APPLICATION_ID:] == schema.APPLICATION_ID.to_bytes(4, "big")


def must_not_be_replaced(path: Path) -> None:
    """Raises BadFile for a Tracker database or a place of a kept file: output never takes their place."""
    if is_database(path):
        raise BadFile(path, "is a Tracker database: nothing is written over it", "give another name")
    place = Path(os.path.realpath(path)).parent
    if len(place.name) == 2 and place.parent.name == schema.FOLDER and of(place.parent):
        raise BadFile(path, "lies among the files kept beside a database: nothing is written there")


@contextmanager
def held(paths: list[Path]) -> Iterator[set[str]]:
    """The SHA-256s of the files that documents of these databases name; nobody writes to them meanwhile.

    Raises DatabaseUnusable for one that cannot be read, is newer than the program, or locked too long.
    """
    with ExitStack() as opened:
        named: set[str] = set()
        for path in paths:
            db = connect(path, any_version=True)
            opened.callback(db.close)
            try:
                _lock(db)
                named |= named_files(db).keys()
            except sqlite3.DatabaseError as error:
                raise unusable(path, error) from error
        yield named


def named(path: Path) -> set[str]:
    """The SHA-256s of the files that the databases beside ``path`` name; those that cannot be read name none."""
    found: set[str] = set()
    for other in of(path):
        try:
            db = connect(other, any_version=True)
        except DatabaseUnusable:
            continue
        try:
            found |= named_files(db).keys()
        except sqlite3.DatabaseError:
            continue
        finally:
            db.close()
    return found


def named_files(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The references of the documents that each kept file stands for, by its SHA-256; of any schema."""
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    found: dict[str, list[str]] = {}
    for table, owner in (("document", "agreement"), ("party_document", "party")):
        if table in there:
            rows = db.execute(
                f"SELECT d.sha256, o.ref || '/D' || d.number FROM {table} d JOIN {owner} o ON o.id = d.{owner}_id"
                " WHERE d.sha256 IS NOT NULL ORDER BY d.id"
            )
            for sha256, ref in rows:
                found.setdefault(str(sha256), []).append(str(ref))
    return found


def _lock(db: sqlite3.Connection) -> None:
    """Let nobody write until the connection is closed; a file that may only be read needs no lock."""
    try:
        db.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise
        db.execute("BEGIN")
