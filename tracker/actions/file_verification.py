"""Verification of kept files: each is hashed again and held against what the records name. Changes nothing.

Imports no SQLAlchemy: verifying is reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tracker.store import neighbours
from tracker.store.files import DRAFT, FileStore
from tracker.store.reader import Rows


@dataclass(frozen=True)
class FileFinding:
    """A kept file that is not as it should be: ``problem`` (missing, altered, orphaned), where it is kept, under the
    store's folder, which documents name it, and the fact in words."""

    problem: str
    file: str
    documents: tuple[str, ...]
    what: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


Progress = Callable[[int, int], None]
"""Told how many files have been hashed, and of how many."""


def findings(rows: Rows, store: FileStore, progress: Progress = lambda done, of: None) -> Iterator[FileFinding]:
    """What is wrong with the files: missing (a document names it, there is none), altered (its content is not that of
    its name, or it cannot be read), orphaned (no document names it, of this database or of another in its folder, or it
    is none of the store's), in that order."""
    named: dict[str, list[str]] = {}
    for row in rows.rows("named_files"):
        named.setdefault(str(row["sha256"]), []).append(f"{row['ref']} {row['file']}")
    for sha256, documents in named.items():
        if not store.holds(sha256):
            what = f"is missing; it was named {', '.join(documents)}"
            yield FileFinding("missing", _place(sha256), tuple(documents), what)
    there = list(store.names())
    elsewhere = neighbours.named(store.database)
    orphaned = []
    for done, (path, said) in enumerate(there, start=1):
        place = path.relative_to(store.folder).as_posix()
        names = tuple(named.get(said or "", ()))
        if said is not None and store.holds(said):
            try:
                altered = None if store.hash_of(said) == said else "is altered: its content is not that of its name"
            except OSError as error:
                altered = f"cannot be read: {error.strerror}"
            if altered is not None:
                yield FileFinding("altered", place, names, f"{altered}; {', '.join(names) or 'no document names it'}")
        if not names and said not in elsewhere:
            orphaned.append(FileFinding("orphaned", place, (), _orphaned(path.name, said)))
        progress(done, len(there))
    yield from orphaned


def _place(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:]}"


def _orphaned(name: str, said: str | None) -> str:
    if name.startswith(DRAFT):
        return "is orphaned: a copy that was not finished"
    if said is None:
        return "is orphaned: it is none of the files that are kept here"
    return "is orphaned: no document names it"
