"""One use case, one transaction: a session that commits when the block ends and rolls back when it raises."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlmodel import Session

import tracker.models.tables  # noqa: F401  (the mapping must be whole before the first flush)
from tracker.errors import DatabaseUnusable
from tracker.store import schema, search_index
from tracker.store.connect import OutdatedSchema, connect, unusable
from tracker.store.engine import writing_engine
from tracker.store.files import FileStore
from tracker.store.journal import capture, entries, witness
from tracker.store.journal.author import Author
from tracker.store.journal.capture import Change
from tracker.store.journal.entries import Addition
from tracker.store.reader import Rows


@contextmanager
def transaction(
    path: Path, *, dry_run: bool = False, author: Author | None = None, files: FileStore | None = None
) -> Iterator[Session]:
    """A session over the database at ``path``; commits at the end with an entry in the journal, unless ``dry_run``.

    The copies in ``files`` that a document names by then get their names in the store before the commit. An older
    database is upgraded first. Raises DatabaseUnusable when the file cannot be used. Nothing that waits
    for a person, renders or hashes files may happen inside. ``addition`` reaches the entry to be.
    """
    _upgrade_if_older(path)
    engine = writing_engine(path)
    try:
        with Session(engine, expire_on_commit=False) as session:
            raw = raw_of(session)  # takes the write lock before anything is read
            if raw.execute("PRAGMA user_version").fetchone()[0] != schema.VERSION:  # upgraded since it was opened
                raise DatabaseUnusable(str(path), "was changed by another version of the program", "try again")
            capture.watch(raw)
            session.info["journal"] = Addition()
            yield session
            if dry_run:
                session.rollback()
                return
            session.flush()
            search_index.refresh(session.connection())
            head = entries.append(raw, author or Author.default(), addition=addition(session))
            if files is not None:
                rows = rows_of(session)
                files.place([one for one in files.waiting if rows.row("document_of_hash", content=one) is not None])
            session.commit()
            if head is not None:
                witness.saw(raw, path)
    except IntegrityError:
        raise  # a constraint of ours: a bug, not the file's fault
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.DatabaseError):
            raise unusable(path, error.orig) from error
        raise
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:  # of the journal, which speaks to the driver itself
        raise unusable(path, error) from error
    finally:
        engine.dispose()


def rows_of(session: Session) -> Rows:
    """Named queries inside the session's own transaction."""
    session.flush()
    return Rows(raw_of(session), Path(session.connection().engine.url.database or ""))


def raw_of(session: Session) -> sqlite3.Connection:
    """The driver's connection under a session, in its transaction; flush the session before asking it anything."""
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def addition(session: Session) -> Addition:
    """What the use case has to say about its own entry in the journal."""
    found = session.info["journal"]
    assert isinstance(found, Addition)
    return found


def write_down(session: Session) -> None:
    """Put what was changed so far into the entry to be, so that a long import does not gather it in memory.

    Changes of parties wait: what rests on their names is looked at in the end (``changed_rows``).
    """
    session.flush()
    entries.take(raw_of(session), addition(session), but="party")


def changed_rows(session: Session, table: str) -> list[Change]:
    """The rows of a table that the session's transaction has changed so far."""
    session.flush()
    return list(capture.changes(raw_of(session), table))


def _upgrade_if_older(path: Path) -> None:
    try:
        connect(path).close()
    except OutdatedSchema:
        from tracker.store.migrate import upgrade

        upgrade(path)
