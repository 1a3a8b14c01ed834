"""Rows of many tables kept until there are enough of them, then written table by table, each by one statement.

What an import writes by the hundred thousand goes this way: a session makes an object and a statement of its own of
every row. Within the session's transaction, so that the journal notices them like any other.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date
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
        self._tables[model].add(values)

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
        columns = list(model.__table__.columns)  # type: ignore[attr-defined]
        self.columns: list[str] = [column.name for column in columns]
        self.days = [place for place, column in enumerate(columns) if isinstance(column.type, Date)]
        names = ", ".join(f'"{name}"' for name in self.columns)
        marks = ", ".join("?" for _ in self.columns)
        self.insert = f'INSERT INTO "{model.__tablename__}" ({names}) VALUES ({marks})'
        self.rows: list[list[Any]] = []

    def add(self, values: dict[str, Any]) -> None:
        row = list(map(values.get, self.columns))
        for place in self.days:
            if (day := row[place]) is not None:
                row[place] = day.isoformat()
        self.rows.append(row)  # a code is a text already: models.enums
