"""The journal as people read it: values by the words of the vocabulary, rows by their references."""

from __future__ import annotations

from typing import Any

from tracker.models.keys import fold
from tracker.store.reader import Row, Rows


def history(
    rows: Rows, *, ref: str | None = None, entry: int | None = None, since: str | None = None, actor: str | None = None
) -> list[Row]:
    """Every changed value, the last entry first: of everything, or of what ``ref`` names and its parts.

    ``since`` is a moment as entries have it (UTC). Numbers of other rows are given as the names they stand for.
    """
    names = {(row["field"], row["id"]): row["name"] for row in rows.rows("history_names")}
    return [_told(row, names) for row in rows.stream("history", ref=ref, entry=entry, since=since, actor=actor)]


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


def _told(row: Row, names: dict[tuple[str, Any], str]) -> Row:
    field, what = row["field"], row["what"].replace("_", " ")
    which = row.pop("which")
    row.pop("row_key")
    for side in ("before", "after"):
        value = row[side]
        if field.endswith("_id") and value is not None:
            row[side] = names.get((field, value), f"{field.removesuffix('_id').replace('_', ' ')} {value}")
    row["what"] = f"{what} {which}" if which else what
    row["field"] = field.removesuffix("_id").removesuffix("_text")
    return row
