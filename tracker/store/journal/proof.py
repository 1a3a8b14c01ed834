"""Proves a database against its journal and its files; what is derived is proven above, where the rules are."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tracker.store.connect import connect
from tracker.store.files import FileStore
from tracker.store.journal import chain, keys, replay, witness
from tracker.store.journal.chain import Finding, Progress
from tracker.store.journal.entries import Head
from tracker.store.journal.refs import References

_CHUNK = 1024 * 1024


def database(db: sqlite3.Connection, path: Path, since: Head | None, progress: Progress) -> Iterator[Finding]:
    """What is wrong with a copy of the database at ``path``: its pages, its references, its journal, its rows."""
    try:
        progress("the database itself", 1, 1)
        for (said,) in db.execute("PRAGMA integrity_check"):
            if said != "ok":
                yield Finding(None, f"the database is damaged: {said}")
        references = References(db)
        for table, row, other, _ in db.execute("PRAGMA foreign_key_check").fetchall():
            ref = references.named(table, str(row))
            yield Finding(ref, f"{table.replace('_', ' ')} {row} names a {other.replace('_', ' ')} that is not there")
        yield from chain.check(db, keys.known(), since, progress)
        if since is None:
            yield from chain.behind(db, witness.last(db, path))
        yield from replay.check(db, progress)
    except sqlite3.DatabaseError as error:
        yield Finding(None, f"the database cannot be read to its end: {error}")


def documents(db: sqlite3.Connection) -> dict[str, list[str]]:
    """The references of the documents that each kept file stands for, by its SHA-256."""
    references = References(db)
    found: dict[str, list[str]] = {}
    try:
        for key, sha256 in db.execute("SELECT id, sha256 FROM document WHERE sha256 IS NOT NULL ORDER BY id"):
            found.setdefault(str(sha256), []).append(references.named("document", str(key)) or f"document {key}")
    except sqlite3.DatabaseError:
        return found  # said by ``database``
    return found


def files(wanted: dict[str, list[str]], path: Path, progress: Progress) -> Iterator[Finding]:
    """Documents whose file is gone, and files beside the database that are no longer what was kept."""
    store = FileStore(path)
    kept = sorted(file for file in store.folder.glob("??/*") if file.is_file()) if store.folder.is_dir() else []
    names = {file.parent.name + file.name for file in kept}
    for place, file in enumerate(kept, start=1):
        progress("files", place, len(kept))
        name = file.parent.name + file.name
        if _sha256(file) != name:
            for ref in wanted.get(name, [None]):
                yield Finding(ref, f"the file {file} is no longer what was kept: its hash differs")
    for name, refs in wanted.items():
        if name not in names:
            yield from (Finding(ref, f"its file is gone: {store.path(name)}") for ref in refs)


def passed(path: Path, *, accept: bool) -> None:
    """Keep the head of a database that was proven as the last one seen; ``accept`` it though an older one."""
    with closing(connect(path)) as db:
        witness.saw(db, path, accept=accept)


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()
