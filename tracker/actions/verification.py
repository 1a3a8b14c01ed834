"""Proves that nothing was lost or changed behind the program's back: the journal, the rows, what is derived, files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

from sqlmodel import Session, col, select

from tracker.actions import derivation, file_verification
from tracker.actions.file_verification import FileFinding
from tracker.errors import DatabaseUnusable
from tracker.models.tables import Agreement
from tracker.store.engine import private_engine
from tracker.store.files import FileStore
from tracker.store.journal import entries, past, proof
from tracker.store.journal.chain import Finding, Progress
from tracker.store.journal.entries import Head
from tracker.store.reader import Rows


def verify(path: Path, today: date, since: Head | None, progress: Progress) -> tuple[Head, list[Finding | FileFinding]]:
    """The journal's head, and everything that is wrong with the database at ``path`` and the files beside it.

    All but the files is read from one copy in memory, so that nobody waits. Where nothing is wrong (a file that no
    document names is left over, not wrong), the head is kept as the last one that this machine saw; with ``since``
    also where it saw a later one. Raises DatabaseUnusable where the file cannot be read at all.
    """
    with past.copy(path) as db:
        found: list[Finding | FileFinding] = list(proof.database(db, path, since, progress))
        now = entries.head(db)
        with Session(private_engine(db)) as session:
            found += _derived(session, today, progress)
        found += _files(Rows(db, path), path, progress)
    if all(isinstance(one, FileFinding) and one.problem == "orphaned" for one in found):
        proof.passed(path, accept=since is not None)
    return now, found


def _files(rows: Rows, path: Path, progress: Progress) -> Iterator[FileFinding]:
    """What is wrong with the kept files; where their names cannot be read, the database's own findings say so."""
    with suppress(DatabaseUnusable):
        yield from file_verification.findings(rows, FileStore(path), partial(progress, "files"))


def _derived(session: Session, today: date, progress: Progress) -> Iterator[Finding]:
    """Agreements whose derived rows do not follow from their facts."""
    known = session.exec(select(Agreement.id, Agreement.ref).order_by(col(Agreement.id))).all()
    for place, (key, ref) in enumerate(known, start=1):
        progress("agreements derived anew", place, len(known))
        try:
            if derivation.anew(session, session.get_one(Agreement, key), today):
                yield Finding(ref, "what is derived does not follow from its facts")
        except Exception as error:  # a fact that was altered may be anything, and no rule can read it
            yield Finding(ref, f"what follows from its facts cannot be derived: {error}")
        session.rollback()
