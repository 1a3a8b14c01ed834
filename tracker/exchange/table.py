"""Rows on their way to a file: what a table of an export is, whatever format it is written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """The rows of one listing with the values that its JSON promises, read one by one.

    ``name`` is what its sheet is called; ``keys`` are its columns, also where there is no row; ``days`` are those
    with dates as written, ``wraps`` those with long text.
    """

    name: str
    keys: tuple[str, ...]
    rows: Iterable[Row]
    days: frozenset[str] = frozenset()
    wraps: frozenset[str] = frozenset()

    @property
    def stem(self) -> str:
        """The name as that of a file, without ending: ``due-dates``."""
        return self.name.lower().replace(" ", "-")
