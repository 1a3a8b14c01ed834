"""The journal as people read it: values by the words of the vocabulary, rows by their references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.models.keys import fold
from tracker.store.reader import Reader, Row, Rows


def history(
    rows: Reader, *, ref: str | None = None, entry: int | None = None, since: str | None = None
) -> Iterator[Row]:
    """Every changed value, the last entry first: of everything, or of what ``ref`` names and its parts.

    ``since`` is a moment as entries have it (UTC). Numbers of other rows are given as the names they stand for. What is
    told is read as it is asked for, and ``rows`` are closed after the last (``Reader.last``).
    """
    names: dict[tuple[str, Any], str] = {}
    for row in rows.last("history", ref=ref, entry=entry, since=since):
        yield _told(row, rows, names)


def reference(rows: Rows, given: str) -> str | None:
    """The reference that ``given`` names, be it of something removed; by name for parties and people, by code for
    scope areas. None where nothing has it."""
    known = rows.row("known_reference", ref=given)
    if known is not None:
        return str(known["ref"])
    party = rows.row("parties", party=fold(given)) or rows.row("people", person=fold(given))
    if party is not None:
        return str(party["ref"])
    return given if any(area["code"] == given for area in rows.rows("scopes")) else None


def _told(row: Row, rows: Rows, names: dict[tuple[str, Any], str]) -> Row:
    field, what = row["field"], row["what"].replace("_", " ")
    which = row.pop("which")
    row.pop("row_key")
    for side in ("before", "after"):
        if field.endswith("_id") and row[side] is not None:
            row[side] = _name(rows, names, field, row[side])
    row["what"] = f"{what} {which}" if which else what
    row["field"] = field.removesuffix("_id").removesuffix("_text")
    return row


def _name(rows: Rows, names: dict[tuple[str, Any], str], field: str, number: Any) -> str:
    """What the number in a value stands for; a row that is there no more is called by its kind."""
    if (field, number) not in names:
        found = rows.row("history_name", field=field, id=number)
        name = found["name"] if found else None
        names[field, number] = name or f"{field.removesuffix('_id').replace('_', ' ')} {number}"
    return names[field, number]
