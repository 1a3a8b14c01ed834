"""Puts a backup back: everything is proven in a folder of its own before anything is replaced.

Documents first, whose names are their content, so that old and new ones stand side by side; then the database, by
one rename. What stood there before keeps its content under another name.
"""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import IO

from tracker import config
from tracker.errors import BadFile, Conflict, DatabaseUnusable
from tracker.store import neighbours, schema
from tracker.store.backup import container, sealing
from tracker.store.backup.making import STAMP, damage, problems
from tracker.store.backup.manifest import DATABASE, Manifest
from tracker.store.backup.room import room
from tracker.store.connect import LOCK_TIMEOUT, connect, unusable
from tracker.store.files import FileStore, open_regular, sync_folder
from tracker.store.journal import entries, keys, tables, witness
from tracker.store.journal.chain import Progress
from tracker.store.journal.entries import Head
from tracker.store.neighbours import named_files


@dataclass
class Restored:
    """What came back, what it took the place of, and the journal's head that this machine had seen there before.

    ``lacking`` are references of documents whose file is neither in the backup nor kept here, ``strange`` the names of
    keys that seal its journal and are not known here.
    """

    manifest: Manifest
    aside: list[Path] = field(default_factory=list)
    seen: Head | None = None
    lacking: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    documents: int = 0


def restore(
    source: Path, path: Path, passphrase: str | None, progress: Progress, *, unproven: bool, dry_run: bool
) -> Restored:
    """Prove the backup ``source``, then put it in the place of the database at ``path``; a dry run only proves.

    ``unproven`` takes one whose journal does not prove it. Raises BadFile for what is no whole backup, DatabaseUnusable
    for one of a newer program, or where the place cannot be written. Nothing is replaced by then.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        raise DatabaseUnusable(str(path), "is no regular file: expected a database, or none yet")
    with _archive(source, passphrase) as archive:
        with container.reading(source):
            manifest = container.manifest(archive)
        if manifest.schema > schema.VERSION:
            problem = f"has schema {manifest.schema}, newer than this program, which knows {schema.VERSION}"
            raise DatabaseUnusable(str(source), problem, "install the newer Tracker that wrote it")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with room(path) as folder:
                _unpack(archive, manifest, source, folder, progress)
                restored = Restored(manifest, documents=len(manifest.parts) - 1)
                wanted = _prove(folder / DATABASE, restored, source, progress, unproven=unproven)
                kept = {part.sha256 for part in manifest.parts}
                store = FileStore(path)
                for sha256, refs in wanted.items():
                    if sha256 not in kept and not store.holds(sha256):
                        restored.lacking += refs
                if not dry_run:
                    _place(folder, manifest, path, restored)
                return restored
        except OSError as error:
            raise DatabaseUnusable(str(path), f"cannot be restored: {error.strerror or error}") from error


@contextmanager
def _archive(source: Path, passphrase: str | None) -> Iterator[zipfile.ZipFile]:
    with open_regular(source) as file:
        content: IO[bytes] = file
        if file.read(len(sealing.MARK)) == sealing.MARK:
            if passphrase is None:
                raise BadFile(source, "is encrypted", "give its passphrase: --passphrase-file or --passphrase-command")
            content = io.BytesIO(sealing.unseal(source, passphrase))
        content.seek(0)
        with container.reading(source):
            archive = zipfile.ZipFile(content)
        with archive:
            yield archive


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, source: Path, folder: Path, progress: Progress) -> None:
    size = sum(part.size for part in manifest.parts)
    if size > (free := shutil.disk_usage(folder).free):
        raise BadFile(source, f"would take {size // 1024**2} MiB: only {free // 1024**2} MiB are free")
    for place, part in enumerate(manifest.parts, start=1):
        progress("parts of the backup", place, len(manifest.parts))
        target = folder / part.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with container.reading(source):
            container.unpack(archive, part, target)


def _prove(copy: Path, restored: Restored, source: Path, progress: Progress, *, unproven: bool) -> dict[str, list[str]]:
    """Raises for a database that is not whole; gives the documents that it needs, by their SHA-256."""
    manifest = restored.manifest
    try:
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)) as db:
            db.execute("PRAGMA trusted_schema=OFF")
            db.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            if said := damage(db):
                raise BadFile(source, f"holds a damaged database: {said}")
            if db.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
                raise BadFile(source, "holds a database that is not Tracker's")
            if db.execute("PRAGMA user_version").fetchone()[0] != manifest.schema:
                raise BadFile(source, "holds a database of another schema than its manifest says")
            head = entries.head(db) if tables.is_there(db) else None
            if (str(head) if head else None) != manifest.journal:
                raise BadFile(source, "holds another journal than its manifest says")
            found = list(problems(db, head, progress))
            if found and not unproven:
                more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
                raise BadFile(source, f"is not proven by its journal: {found[0]}{more}", _TAKE_IT)
            if head:
                sealed = [key for (key,) in db.execute("SELECT DISTINCT key FROM journal_entry ORDER BY number")]
                restored.strange = [key for key in sealed if key not in keys.known()]
            return named_files(db)
    except sqlite3.DatabaseError as error:
        raise BadFile(source, f"holds a damaged database: {error}") from error


_TAKE_IT = "take it all the same with --unproven, then look at: tracker verify"


def _place(folder: Path, manifest: Manifest, path: Path, restored: Restored) -> None:
    stamp = config.now().astimezone(UTC).strftime(STAMP)
    store = FileStore(path)
    brought = {part.sha256 for part in manifest.parts if part.is_document}
    aside = store.folder.with_name(f"documents-replaced-{stamp}")
    altered = [sha256 for sha256 in brought if store.holds(sha256) and store.hash_of(sha256) != sha256]
    _put_aside(store, altered, aside)
    try:
        for part in manifest.parts:
            if part.is_document:
                store.keep(folder / part.name)
        if path.exists():
            with _held(path) as old:
                restored.seen = _seen(old)
                store.place(brought)
                witness.forget(path)  # killed after the next line, nothing may look as if the journal were cut short
                restored.aside.insert(0, _replace(folder / DATABASE, path, stamp))
        else:
            store.place(brought)
            witness.forget(path)
            _publish(folder / DATABASE, path)
    finally:
        store.discard()
    if manifest.documents and _alone(path):  # those of the database that was replaced stay with it
        _put_aside(store, [said for _, said in store.names() if said is not None and said not in brought], aside)
    if aside.exists():
        restored.aside.append(aside)
    with closing(connect(path, any_version=True)) as db:
        if tables.is_there(db):
            witness.saw(db, path, accept=True)


def _alone(path: Path) -> bool:
    """Whether no other database lies in the folder, whose documents would lie in the same store."""
    return all(other.name.startswith(f"{path.stem}-replaced-") for other in neighbours.of(path))


def _put_aside(store: FileStore, names: list[str], aside: Path) -> None:
    """Move files out of the store to a folder of the same shape."""
    for sha256 in names:
        target = aside / sha256[:2] / sha256[2:]
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside.chmod(0o700)
        store.path(sha256).replace(target)
        sync_folder(target.parent)
        sync_folder(store.path(sha256).parent)


def _seen(old: sqlite3.Connection | None) -> Head | None:
    """The head of the journal that is replaced, where it can still be read."""
    try:
        return entries.head(old) if old and tables.is_there(old) else None
    except (sqlite3.Error, TypeError):
        return None


@contextmanager
def _held(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The database, to which nobody writes meanwhile; None for a damaged one, to which nobody can write.

    A writer that waits for the lock finds afterwards that its file has been moved, and gives up. Raises
    DatabaseUnusable for another program's database, which is never replaced.
    """
    db = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=LOCK_TIMEOUT, isolation_level=None)
    with closing(db):
        try:
            db.execute("PRAGMA journal_mode=DELETE")
            db.execute("BEGIN EXCLUSIVE")
            ours = db.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
            if not ours and db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                raise DatabaseUnusable(str(path), "is another program's database, and is not replaced")
        except sqlite3.DatabaseError as error:
            told = unusable(path, error)
            if "locked" in told.problem:
                raise told from error
            yield None
        else:
            yield db


def _replace(draft: Path, path: Path, stamp: str) -> Path:
    """Give the draft the database's name by one rename, so that there is always one; gives the old one's new name."""
    number, aside = 1, path.with_name(f"{path.stem}-replaced-{stamp}{path.suffix}")
    while True:
        try:
            aside.hardlink_to(path)
            break
        except FileExistsError:
            number += 1
            aside = path.with_name(f"{path.stem}-replaced-{stamp}-{number}{path.suffix}")
        except OSError:  # a file system without hard links
            shutil.copy2(path, aside)
            break
    for ending in ("-journal", "-wal", "-shm"):  # of a damaged one, or it would be applied to the new one
        left = path.with_name(path.name + ending)
        if left.exists():
            left.replace(aside.with_name(aside.name + ending))
    draft.replace(path)
    sync_folder(path.parent)
    return aside


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError as error:
        raise Conflict(f"{path}: was made meanwhile", "try again") from error
    except OSError:  # a file system without hard links
        draft.replace(path)
    sync_folder(path.parent)
