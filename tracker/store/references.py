"""References: gives new ones, never the same twice, and finds what was given. No rule of any noun.

Asked of the driver itself: most writes give several, and a session takes ten times as long over each.
"""

from __future__ import annotations

import sqlite3

from sqlmodel import Session

from tracker.errors import Conflict
from tracker.store.transaction import raw_of


def next_number(session: Session, stem: str) -> int:
    """The number after the highest ever given under ``stem``, from 1."""
    return _next_number(raw_of(session), stem)


def give(session: Session, ref: str, stem: str | None = None, number: int | None = None) -> str:
    """Record ``ref`` as given. Raises Conflict when it was given before, be it to something removed since."""
    db = raw_of(session)
    if (given := _as_given(db, ref)) is not None:
        raise taken(given)
    _record(db, ref, stem, number)
    return ref


def taken(ref: str) -> Conflict:
    """The error for a reference that was given before."""
    hint = "a reference is never given twice: choose another, or leave it out to have one given"
    return Conflict(f"reference {ref} has been given already", hint)


def give_next(session: Session, stem: str, *, separator: str = "", width: int = 1) -> tuple[str, int]:
    """Give the next free reference under ``stem`` (``PA-2017`` + ``-`` + ``001``) and its number."""
    db = raw_of(session)
    number = _next_number(db, stem)
    while _as_given(db, f"{stem}{separator}{number:0{width}}") is not None:
        number += 1  # somebody's own reference stands in the row
    ref = f"{stem}{separator}{number:0{width}}"
    _record(db, ref, stem, number)
    return ref, number


def as_given(session: Session, ref: str) -> str | None:
    """The reference as it was given, found without regard to case; None when it never was."""
    return _as_given(raw_of(session), ref)


def nearest(session: Session, ref: str, count: int = 2) -> list[str]:
    """Known agreement references most like ``ref``, at most ``count``."""
    from rapidfuzz import process

    known = [given for (given,) in raw_of(session).execute("SELECT ref FROM reference WHERE instr(ref, '/') = 0")]
    return [match[0] for match in process.extract(ref, known, limit=count, score_cutoff=70)]


def _next_number(db: sqlite3.Connection, stem: str) -> int:
    highest: int | None = db.execute("SELECT max(number) FROM reference WHERE stem = ?", (stem,)).fetchone()[0]
    return (highest or 0) + 1


def _as_given(db: sqlite3.Connection, ref: str) -> str | None:
    found = db.execute("SELECT ref FROM reference WHERE key = ?", (ref.lower(),)).fetchone()
    return found[0] if found else None


def _record(db: sqlite3.Connection, ref: str, stem: str | None, number: int | None) -> None:
    values = (ref.lower(), ref, stem, number)
    db.execute("INSERT INTO reference (key, ref, stem, number) VALUES (?, ?, ?, ?)", values)
