"""Records: brought in from files all or nothing, and compared with what was recorded before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.actions import agreements
from tracker.actions.books import Books
from tracker.actions.record import Record
from tracker.errors import Conflict, at
from tracker.models.tables import Agreement
from tracker.store import agreements as store
from tracker.store import dump, references
from tracker.store.transaction import rows_of


@dataclass
class Brought:
    """What one record did: ``new``, ``updated`` or ``same``, and what changed, key by key."""

    ref: str
    title: str
    did: str
    changes: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


def bring_in(
    session: Session,
    records: Sequence[Record],
    today: date,
    *,
    update: bool = False,
    insist: bool = False,
) -> list[Brought]:
    """Record every agreement of a file. Errors carry the record's position as the first step of their place.

    Raises Conflict when a reference exists, unless ``update``: then the record takes the place of what was.
    """
    done = []
    for position, record in enumerate(records):
        with at(position):
            done.append(_bring_in(session, record, today, update=update, insist=insist))
    for item in done:
        for link in dump.links(rows_of(session), item.ref):
            if references.as_given(session, link) is None:
                item.aside.append(f"{item.ref} is linked to {link}, which is not recorded yet")
    return done


def _bring_in(session: Session, record: Record, today: date, *, update: bool, insist: bool) -> Brought:
    books = Books(session, insist=insist)
    existing = store.find(session, record.ref) if record.ref else None
    if existing is None:
        agreement = agreements.save(books, record, today)
        return Brought(agreement.ref, agreement.title, "new", [], books.asides())
    if not update:
        with at("ref"):
            raise Conflict(f"{existing.ref} is recorded already", "bring in its changes with --update")
    return rewrite(books, existing, record, today)


def rewrite(books: Books, agreement: Agreement, record: Record, today: date) -> Brought:
    """Put the record in the place of what was recorded under the agreement's reference."""
    rows = rows_of(books.session)
    before = dump.record(rows, agreement.ref) or {}
    agreements.save(books, record, today, existing=agreement, overwrite_parties=True)
    books.session.flush()
    after = dump.record(rows, agreement.ref) or {}
    changes = differences(before, after)
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
