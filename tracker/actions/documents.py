"""Documents: files kept by their content beside the database, and named in the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlmodel import Session

from tracker.actions.events import written
from tracker.actions.numbering import keep_numbered
from tracker.actions.outcome import Outcome
from tracker.actions.record import DirectoryDocument, DocumentPart, Record
from tracker.errors import Conflict, TrackerError, at
from tracker.models.tables import Agreement, Document
from tracker.store import agreements as store
from tracker.store.files import FileStore, KeptFile
from tracker.store.reader import Reader


def save(session: Session, agreement: Agreement, parts: list[DocumentPart]) -> None:
    """Make the agreement's documents be these; one without a kept file is only named."""
    keep_numbered(session, Document, agreement, "D", [_columns(part) for part in parts])


def keep_beside(record: Record, folder: Path, files: FileStore) -> tuple[Record, list[str]]:
    """Keep the record's documents that lie in ``folder``; gives the record with their hashes, and what is missing.

    Runs before the transaction: a file is copied and hashed outside of it.
    """
    missing = []
    parts = []
    for position, part in enumerate(record.documents):
        source = folder / part.file
        if source.is_file():
            with at("documents", position, "sha256" if part.sha256 else "file"):
                part = part.model_copy(update={"sha256": _keep_as_said(source, part.sha256, files)})
        elif part.sha256 is None or not files.path(part.sha256).is_file():
            missing.append(f"document {part.file} is named only: the file is not in {folder}")
        parts.append(part)
    return record.model_copy(update={"documents": parts}), missing


def _keep_as_said(source: Path, sha256: str | None, files: FileStore) -> str:
    """The hash of a file that was kept. Raises Conflict where the record says that it holds something else."""
    found = files.hash_of(source)
    if sha256 is not None and found != sha256:
        raise Conflict(
            f"the file {source.name} has the SHA-256 {found[:12]}..., the record says {sha256[:12]}...",
            f"put back the file that was recorded, or leave sha256 out to keep this one: {source}",
        )
    return files.keep(source).sha256


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


@contextmanager
def keeping(database: Path) -> Iterator[FileStore]:
    """The store beside ``database``; when the block raises, what it was the first to keep is taken out again.

    What a record names by now (another process may have brought in the same file) stays.
    """
    files = FileStore(database)
    try:
        yield files
    except BaseException:
        # a database that cannot be read does not tell what it names: then all stays
        with suppress(TrackerError), Reader(database) as rows:
            for sha256 in files.new:
                if rows.row("document_of_hash", content=sha256) is None:
                    files.remove(sha256)
        raise


def add_unless_kept(session: Session, ref: str, part: DocumentPart, kept: KeptFile) -> None:
    """Record a file with an agreement, unless the agreement has it already."""
    agreement = store.agreement(session, ref)
    if all(row.sha256 != kept.sha256 for row in store.parts(session, Document, agreement_id=agreement.id)):
        add(session, ref, part, kept)


def keep_all_beside(
    records: Sequence[Record | DirectoryDocument], folder: Path, files: FileStore
) -> tuple[list[Record | DirectoryDocument], list[str]]:
    """``keep_beside`` for every record of a file. Errors carry their place, the record's position first."""
    kept: list[Record | DirectoryDocument] = []
    missing: list[str] = []
    for position, record in enumerate(records):
        if isinstance(record, Record):
            with at(position):
                record, said = keep_beside(record, folder, files)
            missing += said
        kept.append(record)
    return kept, missing
