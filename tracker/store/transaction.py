"""One use case, one transaction: a session that commits when the block ends and rolls back when it raises."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import Session

import tracker.models.tables  # noqa: F401  (the mapping must be whole before the first flush)
from tracker.store import search_index
from tracker.store.connect import OutdatedSchema, connect, unusable
from tracker.store.engine import writing_engine
from tracker.store.reader import Rows


@contextmanager
def transaction(path: Path, *, dry_run: bool = False) -> Iterator[Session]:
    """A session over the database at ``path``; commits at the end, unless ``dry_run``.

    An older database is upgraded first. Raises DatabaseUnusable when the file cannot be used. Nothing that waits
    for a person, renders or hashes may happen inside.
    """
    _upgrade_if_older(path)
    engine = writing_engine(path)
    try:
        with Session(engine, expire_on_commit=False) as session:
            session.connection()  # takes the write lock before anything is read
            yield session
            if dry_run:
                session.rollback()
            else:
                session.flush()
                search_index.refresh(session.connection())
                session.commit()
    except IntegrityError:
        raise  # a constraint of ours: a bug, not the file's fault
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.DatabaseError):
            raise unusable(path, error.orig) from error
        raise
    finally:
        engine.dispose()


def rows_of(session: Session) -> Rows:
    """Named queries inside the session's own transaction; flush before asking."""
    session.flush()
    connection = session.connection()
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return Rows(raw, Path(connection.engine.url.database or ""))


def _upgrade_if_older(path: Path) -> None:
    try:
        connect(path).close()
    except OutdatedSchema:
        from tracker.store.migrate import upgrade

        upgrade(path)
