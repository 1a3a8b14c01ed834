"""Rows of many tables on their way to the database: each gets its id here, and goes with its batch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, SQLModel, func, select

from tracker.models import tables as t
from tracker.store.batch import Batch

_ORDER: tuple[type[SQLModel], ...] = (
    t.Reference,
    t.Agreement,
    t.AgreementCountry,
    t.AgreementLanguage,
    t.AgreementScope,
    t.Participation,
    t.Event,
    t.Provision,
    t.Activity,
    t.ActivityScope,
    t.Attendance,
    t.Obligation,
    t.ObligationParty,
    t.ObligationScope,
    t.Occurrence,
    t.Note,
    t.Figure,
    t.Contact,
    t.Standing,
    t.Term,
    t.Milestone,
)
"""Tables in the order in which their rows may be written."""


class Rows:
    """Rows of new agreements that are kept until ``write``."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._batch = Batch(session, _ORDER)
        self._ids: dict[type[SQLModel], int] = {}

    def add(self, model: type[SQLModel], values: dict[str, Any]) -> int:
        """Keep a row; gives the id it will have."""
        values["id"] = ident = self._id(model)
        self._batch.add(model, values)
        return ident

    def listed(self, model: type[SQLModel], owner: dict[str, Any], name: str, values: Iterable[Any]) -> None:
        """Keep a row under ``owner`` for each of the values, in their order."""
        for position, value in enumerate(values):
            self.add(model, {**owner, "position": position, name: value})

    def refer(self, ref: str, stem: str | None, number: int | None) -> None:
        """Keep a reference as given."""
        self._batch.add(t.Reference, {"key": ref.lower(), "ref": ref, "stem": stem, "number": number})

    def count(self, model: type[SQLModel]) -> int:
        """How many rows of a table are kept."""
        return self._batch.count(model)

    def write(self) -> None:
        """Write every row that is kept."""
        self._batch.write()

    def forget(self) -> None:
        """After rows were written another way: ask the database again for ids."""
        self._ids.clear()

    def _id(self, model: type[SQLModel]) -> int:
        if model not in self._ids:
            key: Any = model
            self._ids[model] = self._session.exec(select(func.max(key.id))).one() or 0
        self._ids[model] += 1
        return self._ids[model]
