"""A record in the place of what was recorded before, and how the two differ."""

from __future__ import annotations

from datetime import date
from typing import Any

from tracker.actions import agreements
from tracker.actions.books import Books
from tracker.actions.outcome import Brought
from tracker.actions.record import Record
from tracker.actions.revision import Recorded, Revision, anew, named_parties, named_people
from tracker.models.tables import Agreement
from tracker.store import dump
from tracker.store.transaction import rows_of


def rewrite(
    books: Books,
    agreement: Agreement,
    record: Record,
    before: Recorded | None,
    today: date,
    *,
    removing: bool = False,
) -> Brought:
    """Put the record in the place of what was recorded (``before``) under the agreement's reference.

    Parties and people become what it says of them anew; with ``removing``, without what it says no longer.
    """
    rows = rows_of(books.session)
    recorded = before or Recorded.of(rows, agreement.ref) or Recorded({}, {})
    books.parties.revision = Revision(
        recorded.called,
        frozenset(row["id"] for row in rows.rows("record_people", agreement=agreement.id)),
        named_parties(record),
        named_people(record),
    )
    agreements.save(books, anew(record, recorded.record, removing=removing), today, existing=agreement)
    books.session.flush()
    after = dump.record(rows, agreement.ref) or {}
    changes = differences(recorded.record, after)
    did = "updated" if changes else "same"
    return Brought(agreement.ref, agreement.title, did, changes, books.asides())


def differences(before: Any, after: Any, key: str = "") -> list[str]:
    """What is not the same in two records, one line a value: ``notice: 3 months -> 6 months``."""
    if before == after:
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [*before, *(name for name in after if name not in before)]
        return [
            line
            for name in keys
            for line in differences(before.get(name), after.get(name), f"{key}.{name}" if key else name)
        ]
    if isinstance(before, list) and isinstance(after, list) and _all_parts(before + after):
        old, new = _by_identity(before), _by_identity(after)
        names = [*old, *(name for name in new if name not in old)]
        return [line for name in names for line in differences(old.get(name), new.get(name), f"{key}[{name}]")]
    return [f"{key}: {_shown(before)} -> {_shown(after)}"]


def _all_parts(values: list[Any]) -> bool:
    return all(isinstance(value, dict) for value in values)


def _by_identity(parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Parts by their number or name where they have one, else by their position from 1."""
    return {
        str(part.get("number") or part.get("name") or part.get("party") or position): part
        for position, part in enumerate(parts, start=1)
    }


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(inner) for inner in value)
    return str(value)
