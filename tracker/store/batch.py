"""Rows of many tables kept until there are enough of them, then written table by table, each by one statement.

What an import writes by the hundred thousand goes this way: a session makes an object and a statement of its own of
every row. Within the session's transaction, so that the journal notices them like any other.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Any

from sqlmodel import Session, SQLModel

from tracker.store.transaction import raw_of


class Batch:
    """Rows to be written within the transaction of ``session``; ``order`` are the tables that may come, in the order
    in which their rows may be written."""

    def __init__(self, session: Session, order: tuple[type[SQLModel], ...]) -> None:
        self._session = session
        self._tables = {model: _Table(model) for model in order}

    def add(self, model: type[SQLModel], values: dict[str, Any]) -> None:
        """Keep a row; columns that are not given stay empty, whatever the model's default is."""
        table = self._tables[model]
        given = values.get
        table.rows.append([_stored(given(name)) for name in table.columns])

    def count(self, model: type[SQLModel]) -> int:
        """How many rows of a table are kept."""
        return len(self._tables[model].rows)

    def write(self) -> None:
        """Write every row that is kept, after what the session has to write itself."""
        self._session.flush()
        raw = raw_of(self._session)
        for table in self._tables.values():
            if table.rows:
                raw.executemany(table.insert, table.rows)
                table.rows.clear()


class _Table:
    def __init__(self, model: type[SQLModel]) -> None:
        self.columns: list[str] = list(model.__table__.columns.keys())  # type: ignore[attr-defined]
        names = ", ".join(f'"{name}"' for name in self.columns)
        marks = ", ".join("?" for _ in self.columns)
        self.insert = f'INSERT INTO "{model.__tablename__}" ({names}) VALUES ({marks})'
        self.rows: list[list[Any]] = []


def _stored(value: Any) -> Any:
    """A value as the database holds it: days as ISO dates, codes as their text."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
