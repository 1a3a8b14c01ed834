"""Documents: files kept by their content beside the database, and named in the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlmodel import Session

from tracker.actions.events import written
from tracker.actions.numbering import keep_numbered
from tracker.actions.outcome import Outcome
from tracker.actions.record import DocumentPart, Record
from tracker.errors import Conflict
from tracker.models.tables import Agreement, Document
from tracker.store import agreements as store
from tracker.store.files import FileStore, KeptFile


def save(session: Session, agreement: Agreement, parts: list[DocumentPart]) -> None:
    """Make the agreement's documents be these; one without a kept file is only named."""
    keep_numbered(session, Document, agreement, "D", [_columns(part) for part in parts])


def keep_beside(record: Record, folder: Path, files: FileStore) -> tuple[Record, list[str]]:
    """Keep the record's documents that lie in ``folder``; gives the record with their hashes, and what is missing.

    Runs before the transaction: a file is copied and hashed outside of it.
    """
    missing = []
    parts = []
    for part in record.documents:
        source = folder / part.file
        if source.is_file():
            part = part.model_copy(update={"sha256": files.keep(source).sha256})
        elif part.sha256 is None or not files.path(part.sha256).is_file():
            missing.append(f"document {part.file} is named only: the file is not in {folder}")
        parts.append(part)
    return record.model_copy(update={"documents": parts}), missing


def add(session: Session, ref: str, part: DocumentPart, kept: KeptFile) -> Outcome:
    """Record a file that has been kept. Raises Conflict when the agreement has the same content already."""
    agreement = store.agreement(session, ref)
    rows = store.parts(session, Document, agreement_id=agreement.id)
    for row in rows:
        if row.sha256 == kept.sha256:
            raise Conflict(f"{agreement.ref}/D{row.number} ({row.file}) is the same file")
    values = {**_columns(part), "sha256": kept.sha256}
    there = [row.model_dump(exclude={"id", "agreement_id", "number", "position"}) for row in rows]
    keep_numbered(session, Document, agreement, "D", [*there, values])
    number = max(row.number for row in store.parts(session, Document, agreement_id=agreement.id))
    name = f"{agreement.ref}/D{number}"
    said = f"added {name} {part.file} ({part.kind.value}, {kept.size} bytes)"
    return Outcome(name, [said], [], f"tracker documents --agreement {agreement.ref}")


def _columns(part: DocumentPart) -> dict[str, Any]:
    return {
        "file": part.file,
        "kind": part.kind,
        "title": part.title,
        "language": part.language,
        "sha256": part.sha256,
        **written("on", part.on),
    }


def keep(database: Path, source: Path) -> KeptFile:
    """Copy a file into the store beside ``database``. Raises BadFile for what is no regular file."""
    return FileStore(database).keep(source)


def add_unless_kept(session: Session, ref: str, part: DocumentPart, kept: KeptFile) -> None:
    """Record a file with an agreement, unless the agreement has it already."""
    agreement = store.agreement(session, ref)
    if all(row.sha256 != kept.sha256 for row in store.parts(session, Document, agreement_id=agreement.id)):
        add(session, ref, part, kept)


def keep_all_beside(records: list[Record], folder: Path, database: Path) -> tuple[list[Record], list[str]]:
    """``keep_beside`` for every record of a file."""
    files = FileStore(database)
    kept, missing = [], []
    for record in records:
        changed, said = keep_beside(record, folder, files)
        kept.append(changed)
        missing += said
    return kept, missing
