"""The text of kept files and its clauses: derived from their content, written once, read anew whenever it is wanted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from tracker.models.tables import FileClause, FilePage, KeptFile
from tracker.rules import media_types
from tracker.rules.mentions import ERASED
from tracker.rules.pages import IN_WORDS, FileText
from tracker.store import files, search_index
from tracker.store.agreements import add_all
from tracker.store.files import FileStore
from tracker.store.reader import Rows
from tracker.store.transaction import rows_of


@dataclass(frozen=True)
class Unread:
    """A kept file whose text has not been read: one of the names it has, and what it is."""

    path: Path
    name: str
    kept: files.KeptFile


def write(session: Session, kept: files.KeptFile, text: FileText) -> None:
    """Record what was read of a file, in the place of what was recorded before; a text out of which somebody was
    erased stays without them."""
    before = session.exec(select(KeptFile).where(KeptFile.sha256 == kept.sha256)).first()
    if before is not None:
        if kept.sha256 in _erased(rows_of(session)):
            return
        session.delete(before)
        session.flush()
    row = KeptFile(
        sha256=kept.sha256, size=kept.size, media_type=kept.media_type, text_state=text.state, pages=text.count
    )
    add_all(session, [row])
    pages = [FilePage(file_id=row.id, position=i, page=p.number, text=p.text) for i, p in enumerate(text.pages)]
    add_all(session, pages)
    from tracker.rules.clauses import clauses_of  # its patterns take longer to prepare than most writes

    found = clauses_of((page.number, page.text) for page in text.pages)
    clauses = [
        FileClause(
            file_id=row.id,
            position=place,
            family=clause.family,
            number=clause.number,
            heading=clause.heading,
            page=clause.page,
            text=clause.text,
        )
        for place, clause in enumerate(found)
    ]
    add_all(session, clauses)


def in_words(text: FileText) -> str:
    """What became of a text, for people: ``3 pages read for search``."""
    said = IN_WORDS[text.state]
    return f"{text.count} page{'' if text.count == 1 else 's'}, {said}" if text.count else said


def unread(rows: Rows, store: FileStore, *, anew: bool = False) -> list[Unread]:
    """The kept files that documents name and whose text has not been read, by name (``anew``: all, but for those out
    of whose text a person was erased)."""
    found: dict[str, Unread] = {}
    read = _erased(rows) if anew else {row["sha256"] for row in rows.rows("read_files")}
    for row in rows.rows("named_files"):
        if row["sha256"] in read or row["sha256"] in found or not store.holds(row["sha256"]):
            continue
        path = store.path(row["sha256"])
        content = files.content_of(path)
        kind = media_types.media_type(content.head, row["file"], content.members, content.package)
        found[row["sha256"]] = Unread(path, row["file"], files.KeptFile(row["sha256"], path.stat().st_size, kind))
    return sorted(found.values(), key=lambda item: item.name)


def _erased(rows: Rows) -> set[str]:
    """The files that are not read again, since a person was erased out of their text."""
    return {row["sha256"] for row in rows.rows("erased_files", mark=ERASED)}


def rebuild_index(session: Session) -> None:
    """Make the search index anew from everything that can be found."""
    search_index.rebuild(session.connection())
    search_index.purge(session.connection())


def forget(session: Session, named: Collection[str]) -> int:
    """Drop what was read of files that are not ``named`` (SHA-256s) any more; says of how many."""
    gone = session.exec(select(KeptFile).where(col(KeptFile.sha256).not_in(named))).all()
    for row in gone:
        session.delete(row)
    session.flush()
    return len(gone)
