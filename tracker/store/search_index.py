"""Keeps the search index in step with what can be found, within the writer's own transaction.

Triggers note what was touched (db/migrations, revision 0002); before a commit the index is brought up to date for that.
"""

from __future__ import annotations

from sqlalchemy import Connection

from tracker.store import queries


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


def _text(name: str) -> str:
    return queries.bind(name, {})[0]
