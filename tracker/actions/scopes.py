"""Scope areas: looked up by code, and the officers' own."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from sqlmodel import Session, select

from tracker.actions.outcome import Outcome
from tracker.errors import BadInput, Conflict, NotFound, at
from tracker.models.keys import fold
from tracker.models.tables import ScopeArea


class ScopeBook:
    """Scope areas by code within one transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._ids: dict[str, int] | None = None

    def forget(self) -> None:
        """After areas were added another way: ask the database again."""
        self._ids = None

    def ids(self, codes: list[str]) -> list[int]:
        """The ids of these codes, in their order. Raises NotFound with the nearest code, its place the position."""
        found = []
        for position, code in enumerate(codes):
            with at(position):
                found.append(self.id(code))
        return found

    def id(self, code: str) -> int:
        """The id of a code. Raises NotFound with the nearest code."""
        if self._ids is None:
            areas = self.session.exec(select(ScopeArea)).all()
            self._ids = {area.code: area.id for area in areas if area.id is not None}
        if code not in self._ids:
            names = self.session.exec(select(ScopeArea)).all()
            said = [a.code for a in names if fold(code) in (fold(a.name_en), fold(a.name_es or ""))]
            near = said or get_close_matches(code, list(self._ids), n=2, cutoff=0.6)
            hint = "list them with: tracker scopes; add your own with: tracker add-scope"
            raise NotFound("scope area", code, near, hint)
        return self._ids[code]


def add(session: Session, values: dict[str, Any], parent: str | None) -> Outcome:
    """Record a scope area of the officers' own. Raises Conflict when the code exists."""
    code = values["code"]
    if session.exec(select(ScopeArea).where(ScopeArea.code == code)).first() is not None:
        raise Conflict(f"scope area {code} exists already", "list them with: tracker scopes")
    parent_id = ScopeBook(session).id(parent) if parent else None
    session.add(ScopeArea(**values, parent_id=parent_id, builtin=False))
    session.flush()
    return Outcome(code, [f"added scope area {code}"], [], "tracker scopes")


def edit(session: Session, area: ScopeArea, changes: dict[str, Any]) -> Outcome:
    """Change one of the officers' own areas. Raises Conflict for a built-in one."""
    if area.builtin:
        raise Conflict(f"scope area {area.code} comes with the program and stays as it is")
    for field, value in changes.items():
        if field == "parent":
            parent_id = ScopeBook(session).id(value) if value else None
            _refuse_circle(session, area, parent_id, value)
            area.parent_id = parent_id
        elif field == "name_en" and value is None:
            raise BadInput("name_en", "", "a scope area has an English name: expected some text")
        else:
            setattr(area, field, value)
    session.add(area)
    session.flush()
    return Outcome(area.code, [f"changed scope area {area.code}: {', '.join(changes)}"], [], "tracker scopes")


def _refuse_circle(session: Session, area: ScopeArea, parent_id: int | None, name: str) -> None:
    while parent_id is not None:
        if parent_id == area.id:
            raise BadInput("parent", name, "would make the area a part of itself")
        parent_id = session.get_one(ScopeArea, parent_id).parent_id
