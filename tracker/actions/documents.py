"""Documents: files kept by their content beside the database, and named in the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from tracker.actions import kept_texts, targets
from tracker.actions.events import written
from tracker.actions.numbering import keep_numbered
from tracker.actions.outcome import Outcome
from tracker.actions.record import DirectoryDocument, DocumentPart, Record
from tracker.errors import BadFile, BadInput, Conflict, NotFound, at
from tracker.models.tables import Agreement, Document, Obligation, Occurrence, Party, PartyDocument
from tracker.rules import media_types
from tracker.rules.pages import FileText
from tracker.store import agreements as store
from tracker.store import references
from tracker.store.files import Content, FileStore, KeptFile, hash_of_file


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
    """The hash of a file that was kept. Raises Conflict where the record says that it holds something else, BadFile
    for what is not kept."""
    if sha256 is not None and (found := hash_of_file(source)) != sha256:
        raise Conflict(
            f"the file {source.name} has the SHA-256 {found[:12]}..., the record says {sha256[:12]}...",
            f"put back the file that was recorded, or leave sha256 out to keep this one: {source}",
        )
    return keep(files, source).sha256


def add(session: Session, ref: str, part: DocumentPart, kept: KeptFile, text: FileText | None = None) -> Outcome:
    """Record a file that has been kept, and its ``text`` where it was read.

    ``ref`` is an agreement, an activity (``REF/A1``), an obligation (``REF/O1``), one due date of it
    (``REF/O1:2017-11-18``) or a party. Where the same was recorded already and its file was missing or altered, the
    file is kept again, else that is a Conflict. Raises NotFound, BadInput.
    """
    to, of_part = owner(session, ref)
    table, key = (PartyDocument, "party_id") if isinstance(to, Party) else (Document, "agreement_id")
    there: list[Any] = store.parts(session, table, **{key: to.id})
    if same := _same(there, kept, of_part):
        known = f"{to.ref}/D{same.number}"
        if not kept.wanting:
            raise Conflict(f"{known} ({same.file}) is the same file")
        return Outcome(known, [f"{known} {same.file}: its file, missing or altered, is kept again"], [], _VERIFY)
    values = {**_columns(part), "sha256": kept.sha256}
    if isinstance(to, Party):
        _, number = references.give_next(session, f"{to.ref}/D")
        values.pop("of_part")
        store.add_all(session, [PartyDocument(party_id=to.id, number=number, **values)])
        following = f"tracker documents --party {to.ref}"
    else:
        _, number = references.give_next(session, f"{to.ref}/D")
        position = max((row.position for row in there), default=-1) + 1
        values["of_part"] = of_part
        store.add_all(session, [Document(agreement_id=to.id, number=number, position=position, **values)])
        following = f"tracker open {to.ref}/D{number}"
    said = [f"added {to.ref}/D{number} {part.file} ({part.kind.value}, {kept.size} bytes)"]
    if text is not None:
        kept_texts.write(session, kept, text)
        said.append(kept_texts.in_words(text))
    return Outcome(f"{to.ref}/D{number}", said, [], following)


def owner(session: Session, ref: str) -> tuple[Agreement | Party, str | None]:
    """The agreement or party a document is added to by ``ref``, and the part of the agreement it is of.

    Raises NotFound, and BadInput for what takes no documents.
    """
    whole, colon, due = ref.rpartition(":")
    target = targets.find(session, whole if colon and targets.split_part(whole) else ref)
    if isinstance(target, (Agreement, Party)):
        return target, None
    if not isinstance(target, targets.PartOf) or target.letter not in "AO":
        raise BadInput("REF", ref, "takes no document: expected an agreement, activity, obligation, due date or party")
    part = f"{target.letter}{target.number}"
    if not colon or ref == target.ref:
        return target.agreement, part
    days = _due_dates(session, target)
    if due not in days:
        raise NotFound("due date", f"{target.ref}:{due}", days[:3])
    return target.agreement, f"{part}:{due}"


def _due_dates(session: Session, target: targets.PartOf) -> list[str]:
    if not isinstance(target.row, Obligation):
        return []
    rows = store.parts(session, Occurrence, obligation_id=target.row.id)
    return sorted(str(row.due_on) for row in rows if row.due_on is not None)


_VERIFY = "tracker verify --files"


def _same(rows: list[Any], kept: KeptFile, of_part: str | None) -> Any:
    """The document among these that is the same file of the same part; None where there is none."""
    same = (row for row in rows if row.sha256 == kept.sha256 and getattr(row, "of_part", None) == of_part)
    return next(same, None)


def _columns(part: DocumentPart) -> dict[str, Any]:
    return {
        "file": part.file,
        "kind": part.kind,
        "title": part.title,
        "language": part.language,
        "of_part": part.of,
        "sha256": part.sha256,
        **written("on", part.on),
    }


@contextmanager
def keeping(database: Path) -> Iterator[FileStore]:
    """The store beside ``database``; copies that no transaction in the block has recorded are removed at its end."""
    files = FileStore(database)
    try:
        yield files
    finally:
        files.discard()


def keep(files: FileStore, source: Path) -> KeptFile:
    """Copy a file into the store, where the transaction that is given ``files`` gives it its name.

    Raises BadFile for what is no regular file, is not what its name promises, is a program or holds macros.
    """
    return files.keep(source, _admit(source))


def attach(files: FileStore, folder: Path, names: Iterable[str], *, dry_run: bool) -> dict[str, str | BadFile]:
    """Keep the files of these names that lie in ``folder`` itself; gives the SHA-256 of each, or why it is not kept.
    A dry run only looks at them."""
    found: dict[str, str | BadFile] = {}
    for name in dict.fromkeys(names):
        source = folder / name
        if "/" in name or "\\" in name or len(name) > 255 or not source.is_file():
            continue
        try:
            found[name] = files.look(source, _admit(source)) if dry_run else keep(files, source).sha256
        except BadFile as error:
            found[name] = error
    return found


def _admit(source: Path) -> Any:
    def admit(content: Content) -> str:
        found = media_types.media_type(content.head, source.name, content.members, content.package)
        refused = media_types.refusal(source.name, found, content.head, content.members, macros=content.macros)
        if refused is not None:
            raise BadFile(source, refused.problem, refused.hint)
        return found

    return admit


@dataclass(frozen=True)
class Evidence:
    """A file that shows that something was done: what is said of it, the file that was kept, and its text."""

    part: DocumentPart
    kept: KeptFile
    text: FileText


def add_evidence(session: Session, agreement: Agreement, of_part: str, file: Evidence) -> list[str]:
    """Record a file as the document of an obligation or a due date (``O1``, ``O1:2017-11-18``), unless it is already;
    gives what to say."""
    for row in store.parts(session, Document, agreement_id=agreement.id):
        if row.sha256 == file.kept.sha256 and row.of_part == of_part:
            return [f"{agreement.ref}/D{row.number} {row.file} is its evidence"]
    return add(session, f"{agreement.ref}/{of_part}", file.part, file.kept, file.text).said


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
