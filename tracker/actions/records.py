"""Records: brought in from files all or nothing, and compared with what was recorded before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from tracker.actions import agreements, directories
from tracker.actions.books import Books
from tracker.actions.bulk import Bulk, seldom_collecting
from tracker.actions.outcome import Brought
from tracker.actions.record import DirectoryDocument, PersonPart, Record, Signatory
from tracker.actions.revision import Recorded, Revision, Said, anew, named_parties, named_people, people_of
from tracker.errors import Conflict, at
from tracker.models.keys import NO_EMAIL, fold
from tracker.models.tables import Agreement
from tracker.store import dump, references
from tracker.store.transaction import rows_of


def bring_in(
    session: Session,
    records: Sequence[Record | DirectoryDocument],
    today: date,
    *,
    update: bool = False,
    insist: bool = False,
) -> list[Brought]:
    """Record all of a file. Errors carry the position of the document as the first step of their place.

    Raises Conflict when a reference exists, unless ``update``: then the record takes the place of what was.
    """
    rows = rows_of(session)
    refs = [record.ref for record in records if isinstance(record, Record) and record.ref] if update else []
    before = {ref: Recorded.of(rows, ref) for ref in refs}
    said, apart = Said(), _without_email(records)
    new = Bulk(Books(session, insist=insist, apart=apart), today)
    done = []
    with seldom_collecting():
        for position, record in enumerate(records):
            with at(position):
                existing = new.recorded(record.ref) if isinstance(record, Record) else None
                if isinstance(record, Record) and existing is None:
                    done.append(_new(new, record))
                    continue
                new.write()
                books = Books(session, insist=insist, said=said, apart=apart)
                if isinstance(record, Record) and existing is not None:
                    known = before.get(record.ref) if record.ref else None
                    done.append(_again(books, existing, record, known, today, update=update))
                elif isinstance(record, DirectoryDocument):
                    done.append(directories.bring_in(books, record.directory, update=update))
                new.forget()
        new.write()
    rows = rows_of(session)
    for record, item in zip(records, done, strict=True):
        for link in dump.links(rows, item.ref) if isinstance(record, Record) and record.links else ():
            if references.as_given(session, link) is None:
                item.aside.append(f"{item.ref} is linked to {link}, which is not recorded yet")
    return done


def _without_email(records: Sequence[Record | DirectoryDocument]) -> frozenset[str]:
    """The names, folded, of those who are said to have no e-mail."""
    people: list[PersonPart | Signatory] = []
    for record in records:
        people += people_of(record) if isinstance(record, Record) else record.directory.people
    return frozenset(fold(part.name) for part in people if part.email == NO_EMAIL)


def _new(bulk: Bulk, record: Record) -> Brought:
    mark = bulk.books.mark()
    ref, _ = bulk.save(record)
    return Brought(ref, record.title, "new", [], bulk.books.asides(mark))


def _again(
    books: Books, existing: Agreement, record: Record, before: Recorded | None, today: date, *, update: bool
) -> Brought:
    if not update:
        with at("ref"):
            raise Conflict(f"{existing.ref} is recorded already", "bring in its changes with --update")
    return rewrite(books, existing, record, before, today)


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
