"""Opens a database file with the standard library's driver, checked and set up; no SQLAlchemy here.

Settings follow experiments: EXTRA keeps every acknowledged commit through a power cut, a foreign or newer file
is refused before anything is read from it (docs/decisions/0004).
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tracker.errors import DatabaseUnusable
from tracker.store import schema

_SETTINGS = (
    "foreign_keys=ON",
    "synchronous=EXTRA",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
)

LOCK_TIMEOUT = 60.0
"""Seconds to wait for another writer."""


class OutdatedSchema(Exception):
    """The database is older than the program: upgrade it, then open it again."""


def connect(path: Path, *, create: bool = False, any_version: bool = False) -> sqlite3.Connection:
    """Open ``path`` read-write in autocommit; the caller begins transactions.

    ``create`` allows a file that does not exist yet; ``any_version`` skips the check of the schema (migrations).
    Raises DatabaseUnusable for a missing, foreign, newer, damaged or locked file, OutdatedSchema for an older one.
    """
    path = _real(path)
    if not create:
        _must_be_file(path)
    mode = "rwc" if create else "rw"
    try:
        db = sqlite3.connect(
            f"{path.as_uri()}?mode={mode}",
            uri=True,
            timeout=LOCK_TIMEOUT,
            isolation_level=None,
            check_same_thread=False,
        )
    except sqlite3.Error as error:
        raise DatabaseUnusable(str(path), f"cannot be opened: {error}") from error
    try:
        if not create:
            _must_be_ours(db, path, any_version=any_version)
        for setting in _SETTINGS:
            db.execute(f"PRAGMA {setting}")
        if db.execute("PRAGMA journal_mode").fetchone()[0] != "delete":  # another program's choice stays in the file
            db.execute("PRAGMA journal_mode=DELETE")
        db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        if hasattr(db, "setconfig"):  # Python 3.12
            db.setconfig(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009
    except sqlite3.DatabaseError as error:
        db.close()
        raise unusable(path, error) from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema quotes it
        db.close()
        raise DatabaseUnusable(str(path), "cannot be used: its schema is damaged") from error
    except BaseException:
        db.close()
        raise
    return db


def _real(path: Path) -> Path:
    """The file itself where ``path`` is a link to it: two names for one file would give its journal two names."""
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
        said = getattr(error, "strerror", None) or "its links lead in a circle"
        raise DatabaseUnusable(str(path), f"cannot be opened: {said}") from error


def unusable(path: Path, error: sqlite3.Error) -> DatabaseUnusable:
    """Say in words why the driver gave up on the file."""
    said = str(error)
    if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_DBMOVED":
        return DatabaseUnusable(str(path), "was replaced meanwhile: a backup was restored", "try again")
    if "is full" in said:
        return DatabaseUnusable(str(path), "cannot be written: the disk is full", "make room, then do it again")
    if "locked" in said:
        return DatabaseUnusable(str(path), "is locked by another program", "try again when it has finished")
    if "not a database" in said:
        return DatabaseUnusable(str(path), "is not a Tracker database")
    if "readonly" in said or "read-only" in said:
        return DatabaseUnusable(str(path), "cannot be written: the file or its folder is read-only")
    return DatabaseUnusable(str(path), f"cannot be used: {said}")


def _must_be_file(path: Path) -> None:
    try:
        if path.is_file():
            if path.stat().st_size == 0:
                raise DatabaseUnusable(str(path), "is empty, not a Tracker database", _MAKE)
            return
        problem = "is a folder, not a database" if path.is_dir() else "there is no database here"
        if path.exists() and not path.is_dir():
            problem = "is not a regular file"
    except OSError as error:
        raise DatabaseUnusable(str(path), f"cannot be opened: {error.strerror}") from error
    raise DatabaseUnusable(str(path), problem, None if path.exists() else _MAKE)


_MAKE = "make one with: tracker init (or look around first with: tracker demo)"


def _must_be_ours(db: sqlite3.Connection, path: Path, *, any_version: bool) -> None:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if application != schema.APPLICATION_ID:
        raise DatabaseUnusable(str(path), "is not a Tracker database")
    if version > schema.VERSION:
        raise DatabaseUnusable(
            str(path),
            f"has schema {version}, newer than this program, which knows {schema.VERSION}",
            "install the newer Tracker that wrote it",
        )
    if version < schema.VERSION and not any_version:
        raise OutdatedSchema(version)
