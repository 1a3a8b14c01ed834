"""Loads people by name and by reference."""

from __future__ import annotations

from sqlmodel import Session, col, select

from tracker.models.tables import Person


def with_key(session: Session, key: str) -> list[Person]:
    """The people whose name folds to ``key``, in the order recorded."""
    return list(session.exec(select(Person).where(Person.name_key == key).order_by(col(Person.id))))


def with_ref(session: Session, ref: str) -> Person | None:
    return session.exec(select(Person).where(Person.ref == ref.lower())).first()
