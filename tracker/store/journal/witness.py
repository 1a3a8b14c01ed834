"""What this user last saw of each database's journal, kept beside the key: a journal cut short is behind it.

One small file for each path. It is a lower bound: written after the commit, never synced, never lowered.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from pathlib import Path

from tracker.errors import BadInput
from tracker.store.files import sync_folder
from tracker.store.journal import keys
from tracker.store.journal.entries import Head, head


def last(db: sqlite3.Connection, path: Path) -> Head | None:
    """The last head seen of the database at ``path``; None where it was never seen, or another stood there."""
    try:
        first, seen = _file(path).read_text(encoding="ascii").split()[:2]
        return Head.parse(seen) if first == _first(db) else None
    except (OSError, ValueError, BadInput):  # never written, or not whole
        return None


def saw(db: sqlite3.Connection, path: Path, *, accept: bool = False) -> None:
    """Keep the present head; not where the journal no longer holds the one kept before, unless ``accept``."""
    now, before = head(db), last(db, path)
    if before is not None and not accept and not holds(db, before):
        return
    target = _file(path)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")  # mode 0600
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(f"{_first(db)} {now}\n")
        Path(name).replace(target)
    except OSError:
        pass  # what was committed is committed


def forget(path: Path) -> None:
    """Take away what was kept of the database at ``path``, for good: another one is about to take its place.

    Raises OSError: what is replaced without this would be taken for a journal that was cut short.
    """
    file = _file(path)
    if file.exists():
        file.unlink()
        sync_folder(file.parent)


def holds(db: sqlite3.Connection, seen: Head) -> bool:
    """Whether the journal has the entry that was its last one then."""
    found = db.execute("SELECT hash FROM journal_entry WHERE number = ?", (seen.count,)).fetchone()
    return found is not None and found[0] == seen.hash


def _file(path: Path) -> Path:
    place = os.path.realpath(path)
    return keys.file().with_name("journal-heads") / hashlib.sha256(os.fsencode(place)).hexdigest()[:32]


def _first(db: sqlite3.Connection) -> str:
    """The hash of the first entry, by which a database is told from another at the same place."""
    found = db.execute("SELECT hash FROM journal_entry WHERE number = 1").fetchone()
    return str(found[0]) if found else "-"
