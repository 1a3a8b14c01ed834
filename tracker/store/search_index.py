"""Keeps the search index in step with what can be found, within the writer's own transaction.

Triggers note what was touched (db/migrations, revision 0004); before a commit the index is brought up to date for that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.store import queries, search_pages

if TYPE_CHECKING:
    from sqlalchemy import Connection


def refresh(connection: Connection) -> None:
    """Bring the index up to date for everything that was touched since it last was."""
    if connection.exec_driver_sql("SELECT 1 FROM search_stale LIMIT 1").first() is None:
        return
    connection.exec_driver_sql("DELETE FROM search WHERE rowid IN (SELECT id FROM search_stale)")
    connection.exec_driver_sql("INSERT INTO search (rowid, title, words) " + _text("search_now"))
    connection.exec_driver_sql("DELETE FROM search_stale")


def rebuild(connection: Connection) -> None:
    """Make the whole index anew."""
    connection.exec_driver_sql("INSERT INTO search_stale (id) " + _text("search_everything"))
    refresh(connection)


def purge(connection: Connection) -> None:
    """Leave no word in the index that is not in what it holds now: by itself it keeps words of earlier texts."""
    refresh(connection)
    connection.exec_driver_sql("INSERT INTO search (search) VALUES ('rebuild')")


def problems(db: sqlite3.Connection) -> Iterator[str]:
    """Whether the index is sound, and holds exactly what making it anew gives; ``db`` is a private copy."""
    db.execute("BEGIN")
    try:
        db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        for table in search_pages.strange(db):
            yield f"the search index is damaged ({table}): {_MEND}"
            return
        db.execute("DELETE FROM search_stale")
        db.execute("INSERT INTO search_stale (id) " + _text("search_everything"))
        there, wanted = "SELECT rowid, title, words FROM search", f"SELECT * FROM ({_text('search_now')})"
        for one, other in ((there, wanted), (wanted, there)):
            if db.execute(f"{one} EXCEPT {other} LIMIT 1").fetchone() is not None:
                yield f"the search index does not hold what is recorded: {_MEND}"
                return
    except sqlite3.DatabaseError as error:
        yield f"the search index is damaged ({error}): {_MEND}"
    finally:
        db.execute("ROLLBACK")


_MEND = "make it anew with tracker db reindex"


def _text(name: str) -> str:
    return queries.bind(name, {})[0][0]
