"""Compaction: removes from the store the files that no record names any more, and what was read of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tracker.actions import kept_texts
from tracker.store.files import FileStore
from tracker.store.journal.author import Author
from tracker.store.transaction import rows_of, transaction


@dataclass(frozen=True)
class Compacted:
    """What was removed, or would be: files (place under the store's folder, and bytes), and of how many the text."""

    files: tuple[tuple[str, int], ...]
    texts: int


def compact(path: Path, *, dry_run: bool = False, author: Author | None = None) -> Compacted:
    """Remove the files that no document of the database at ``path`` names, and unfinished copies over an hour old.

    The write lock is held meanwhile: what is being recorded is named either before or after, never in between. What
    is in the folder but none of the store's own is left alone.
    """
    store = FileStore(path)
    with transaction(path, dry_run=dry_run, author=author) as session:
        named = {row["sha256"] for row in rows_of(session).rows("named_files")}
        texts = kept_texts.forget(session, named)
        gone = [file for file, said in store.names() if said is not None and said not in named and store.holds(said)]
        gone += store.old_drafts()
        found = tuple((file.relative_to(store.folder).as_posix(), file.stat().st_size) for file in gone)
        if not dry_run:
            for file in gone:
                store.remove(file)
    return Compacted(found, texts)
