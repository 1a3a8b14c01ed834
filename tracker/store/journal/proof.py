"""Proves a database against its journal; what is derived and the files are proven above (tracker.actions)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tracker.store import search_index
from tracker.store.connect import connect
from tracker.store.journal import chain, keys, replay, witness
from tracker.store.journal.chain import Finding, Progress
from tracker.store.journal.entries import Head
from tracker.store.journal.refs import References


def database(db: sqlite3.Connection, path: Path, since: Head | None, progress: Progress) -> Iterator[Finding]:
    """What is wrong with a copy of the database at ``path``: its pages, its references, its journal, its rows,
    its search index."""
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
        progress("the search index", 1, 1)
        yield from (Finding(None, problem) for problem in search_index.problems(db))
    except sqlite3.DatabaseError as error:
        yield Finding(None, f"the database cannot be read to its end: {error}")


def passed(path: Path, *, accept: bool) -> None:
    """Keep the head of a database that was proven as the last one seen; ``accept`` it though an older one."""
    with closing(connect(path)) as db:
        witness.saw(db, path, accept=accept)
