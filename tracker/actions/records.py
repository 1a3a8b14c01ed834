"""Records brought in from files, all of a file or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from tracker.actions import directories
from tracker.actions.books import Books
from tracker.actions.bulk import Bulk, seldom_collecting
from tracker.actions.outcome import Brought
from tracker.actions.record import DirectoryDocument, PersonPart, Record, Signatory
from tracker.actions.revision import Recorded, Said, people_of
from tracker.actions.rewriting import rewrite
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
