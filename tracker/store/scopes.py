"""Loads scope areas by their codes."""

from __future__ import annotations

from sqlmodel import Session, select

from tracker.models.tables import ScopeArea


def with_code(session: Session, code: str) -> ScopeArea | None:
    return session.exec(select(ScopeArea).where(ScopeArea.code == code)).first()
