"""Compaction: removes from the store the files that no record names any more, and what was read of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tracker.actions import kept_texts
from tracker.errors import DatabaseUnusable
from tracker.store import neighbours
from tracker.store.files import FileStore
from tracker.store.journal.author import Author
from tracker.store.transaction import rows_of, transaction


@dataclass(frozen=True)
class Compacted:
    """What was removed, or would be: files (place under the store's folder, and bytes), and of how many the text."""

    files: tuple[tuple[str, int], ...]
    texts: int


def compact(path: Path, *, dry_run: bool = False, author: Author | None = None) -> Compacted:
    """Remove the files that no document names, of the database at ``path`` or of another in its folder, and copies
    over a day old that never got their name.

    The write locks of all these databases are held meanwhile, taken in the order of their names: what is being
    recorded gets its name in the store under one of them, either before or after. What is in the folder but none of
    the store's own is left alone. Raises DatabaseUnusable also for a neighbour that cannot be read.
    """
    store = FileStore(path)
    own = Path(os.path.realpath(path))
    others = neighbours.of(path)
    opened = _identity(path)
    with (
        neighbours.held([other for other in others if other < own]) as before,
        transaction(path, dry_run=dry_run, author=author) as session,
        neighbours.held([other for other in others if other > own]) as after,
    ):
        if _identity(path) != opened:  # the lock is that of the file that was there
            raise DatabaseUnusable(str(path), "was replaced meanwhile: a backup was restored", "try again")
        named = {row["sha256"] for row in rows_of(session).rows("named_files")}
        texts = kept_texts.forget(session, named)
        named |= before | after
        gone = [file for file, said in store.names() if said is not None and said not in named and store.holds(said)]
        gone += store.old_drafts()
        found = tuple((file.relative_to(store.folder).as_posix(), file.stat().st_size) for file in gone)
        if not dry_run:
            for file in gone:
                store.remove(file)
    return Compacted(found, texts)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
