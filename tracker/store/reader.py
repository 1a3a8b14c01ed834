"""The read side: rows from a named query over the plain driver. Never loads SQLAlchemy, never writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from tracker.models.keys import fold
from tracker.store import queries
from tracker.store.connect import connect, unusable

Row = dict[str, Any]

_MOST = 2**63 - 1
"""The largest number that SQLite knows."""


def split(joined: str | None) -> list[str]:
    """The values that a query joined into one text (``char(31)`` between them); none for NULL."""
    return joined.split("\x1f") if joined else []


class Rows:
    """Runs named queries on a connection somebody else owns: a writer's, inside its transaction."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._db.create_function("fold", 1, fold, deterministic=True)
        self.path = path

    def rows(self, query: str, /, **values: Any) -> list[Row]:
        """All rows of the named query; ``values`` that are None leave their condition out."""
        return list(self.stream(query, **values))

    def stream(self, query: str, /, **values: Any) -> Iterator[Row]:
        """The rows one by one, ``limit`` of them at most. Raises DatabaseUnusable when the file cannot be read."""
        left: int | None = values.get("limit")
        try:
            for text, bound in queries.bind(query, values):
                if "limit" in bound and left is not None:
                    bound["limit"] = min(left, _MOST)
                cursor = self._db.execute(text, bound)
                names = _names(cursor)
                for row in cursor:
                    if left is not None:
                        left -= 1
                    yield dict(zip(names, row))  # noqa: B905 (a last column that orders the rows is not handed on)
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            raise unusable(self.path, error) from error

    def columns(self, query: str, /, **values: Any) -> list[str]:
        """The columns of the named query, without reading a row."""
        text, bound = queries.bind(query, values)[0]
        cursor = self._db.execute(f"SELECT * FROM ({text}) LIMIT 0", bound)
        return _names(cursor)

    def row(self, query: str, /, **values: Any) -> Row | None:
        """The first row of the named query, or None."""
        return next(iter(self.stream(query, **values)), None)


def _names(cursor: sqlite3.Cursor) -> list[str]:
    """The columns of the rows; the last is none of them where it is there to put them in order."""
    names = [column[0] for column in cursor.description]
    return names[:-1] if names[-1] == "place_in_order" else names


class Reader(Rows):
    """One read-only connection; use as a context manager so that it never outlives the answer."""

    def __init__(self, path: Path) -> None:
        super().__init__(connect(path), path)
        self._db.execute("PRAGMA query_only=1")
        self._db.execute("BEGIN")  # every answer is of the same moment

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def last(self, query: str, /, **values: Any) -> Iterator[Row]:
        """The rows of the last query that is asked, one by one; after them the connection is closed, so that what is
        done with them later holds up no writer."""
        with self:
            yield from self.stream(query, **values)

    def close(self) -> None:
        """Close the connection."""
        self._db.close()
