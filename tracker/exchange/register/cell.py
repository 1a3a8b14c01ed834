"""One cell of a register, with what its column says of it, and what takes such a cell into a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tracker.errors import BadFile
from tracker.exchange.register.draft import Draft
from tracker.exchange.register.sheet import Value


@dataclass(slots=True)
class Cell:
    """A cell with what its column says of it; ``text`` is empty for marks that say nothing.

    ``swapped`` says that a spreadsheet program may have swapped day and month of the column's own dates.
    """

    field: str
    heading: str
    column: int
    value: Value
    text: str
    order: str | None
    short_order: str | None
    unit: str | None
    decimal: str | None
    scopes: Mapping[str, str]
    files: Mapping[str, str | BadFile]
    swapped: bool = False

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())


Taker = Callable[[Draft, Cell], str | None]
"""Takes a cell into a draft. Gives None when it is in the record, a remark when it should be kept as a note too;
raises BadInput for what must not be guessed."""
