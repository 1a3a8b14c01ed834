"""References: gives new ones, never the same twice, and finds what was given. No rule of any noun."""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from tracker.errors import Conflict
from tracker.models.tables import Reference


def next_number(session: Session, stem: str) -> int:
    """The number after the highest ever given under ``stem``, from 1."""
    highest = session.exec(select(func.max(Reference.number)).where(Reference.stem == stem)).one()
    return (highest or 0) + 1


def give(session: Session, ref: str, stem: str | None = None, number: int | None = None) -> str:
    """Record ``ref`` as given. Raises Conflict when it was given before, be it to something removed since."""
    key = ref.lower()
    if (given := session.get(Reference, key)) is not None:
        raise taken(given.ref)
    session.add(Reference(key=key, ref=ref, stem=stem, number=number))
    return ref


def taken(ref: str) -> Conflict:
    """The error for a reference that was given before."""
    hint = "a reference is never given twice: choose another, or leave it out to have one given"
    return Conflict(f"reference {ref} has been given already", hint)


def give_next(session: Session, stem: str, *, separator: str = "", width: int = 1) -> tuple[str, int]:
    """Give the next free reference under ``stem`` (``PA-2017`` + ``-`` + ``001``) and its number."""
    number = next_number(session, stem)
    while session.get(Reference, f"{stem}{separator}{number:0{width}}".lower()) is not None:
        number += 1  # somebody's own reference stands in the row
    ref = f"{stem}{separator}{number:0{width}}"
    session.add(Reference(key=ref.lower(), ref=ref, stem=stem, number=number))
    return ref, number


def as_given(session: Session, ref: str) -> str | None:
    """The reference as it was given, found without regard to case; None when it never was."""
    found = session.get(Reference, ref.lower())
    return found.ref if found else None


def nearest(session: Session, ref: str, count: int = 2) -> list[str]:
    """Known agreement references most like ``ref``, at most ``count``."""
    from rapidfuzz import process

    known = session.exec(select(Reference.ref).where(~col(Reference.ref).contains("/"))).all()
    return [match[0] for match in process.extract(ref, known, limit=count, score_cutoff=70)]
