"""Takes a backup: the database as it is at one moment, while others write, and the files kept beside it."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import IO

from tracker import __version__, config
from tracker.errors import BadFile, DatabaseUnusable
from tracker.store import neighbours, schema
from tracker.store.backup import container, sealing
from tracker.store.backup.manifest import DATABASE, NAME, Manifest, Part, document_name
from tracker.store.backup.room import room, whole
from tracker.store.connect import connect, unusable
from tracker.store.files import FileStore
from tracker.store.journal import chain, entries, keys, tables
from tracker.store.journal.chain import Progress
from tracker.store.journal.refs import References
from tracker.store.neighbours import named_files

KEPT = 3
"""How many backups of upgrades stay beside a database."""

STAMP = "%Y%m%dT%H%M%SZ"
"""How a moment (UTC) stands in the name of a file."""


@dataclass(frozen=True)
class Made:
    """A backup that was written: what it holds, and what is wrong with what it was made of."""

    manifest: Manifest
    findings: list[str]


def make(path: Path, target: Path, passphrase: str | None, progress: Progress, *, replace: bool = True) -> Made:
    """Write a backup of the database at ``path`` to ``target``, encrypted where there is a passphrase.

    A journal that does not prove itself and documents that are gone are findings: the backup holds what there is.
    Raises DatabaseUnusable for a database that cannot be read to its end, BadFile where ``target`` cannot be written,
    FileExistsError where it is there and may not be replaced.
    """
    neighbours.must_not_be_replaced(target)
    with _snapshot(path) as copy:
        try:
            with whole(target, replace=replace) as out:
                if passphrase is None:
                    return _write(copy, path, out, progress, with_documents=True)
                plain = io.BytesIO()
                made = _write(copy, path, plain, progress, with_documents=True)
                if plain.tell() > sealing.LARGEST:
                    raise BadFile(
                        target, f"would be over {sealing.LARGEST // 1024**3} GiB, too large to be encrypted here"
                    )
                out.write(sealing.seal(plain.getvalue(), passphrase))
                return made
        except FileExistsError:
            raise
        except OSError as error:
            raise BadFile(target, f"cannot be written: {error.strerror or error}") from error


def before_upgrade(path: Path) -> Path:
    """Write a backup of the database alone, before it is changed for good; gives the file, named by schema and day.

    An upgrade touches no document. Raises DatabaseUnusable, also where the upgrade itself could not be written.
    """
    effective = os.access in os.supports_effective_ids
    if not all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.resolve().parent)):
        raise DatabaseUnusable(str(path), "cannot be written: the file or its folder is read-only")
    with _snapshot(path) as copy, closing(_open(copy)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        name = f"{path.stem}-schema-{version}-{config.today()}.zip"
        target = Path(path.resolve()).with_name(name)
        try:
            with whole(target) as out:
                _write(copy, path, out, _silent, with_documents=False)
        except OSError as error:
            problem = f"cannot be upgraded: no backup can be made first: {error.strerror or error}"
            raise DatabaseUnusable(str(path), problem) from error
    _thin_out(target, path.stem)
    return target


def _thin_out(made: Path, stem: str) -> None:
    """Keep the last ``KEPT`` backups that upgrades made, by the time they were written; never remove ``made``."""
    shape = re.compile(rf"{re.escape(stem)}-schema-[0-9]+-[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\.zip")
    with suppress(OSError):
        earlier = [file for file in made.parent.iterdir() if shape.fullmatch(file.name) and file != made]
        for file in sorted(earlier, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT - 1 :]:
            file.unlink()


def identity(path: Path) -> str:
    """Eight hexadecimal digits that tell this database from others, whatever it is called (its first entry's hash)."""
    with closing(connect(path, any_version=True)) as db:
        found = (
            db.execute("SELECT hash FROM journal_entry WHERE number = 1").fetchone() if tables.is_there(db) else None
        )
    return str(found[0])[:8] if found else "00000000"


def problems(db: sqlite3.Connection, since: entries.Head | None, progress: Progress) -> Iterator[str]:
    """What is wrong with a database by itself: references that lead nowhere, a journal that is not whole.

    ``since`` is a head that vouches for entries whose key is not known on this machine.
    """
    references = References(db)
    for table, row, other, _ in db.execute("PRAGMA foreign_key_check").fetchall():
        where = references.named(table, str(row)) or f"{table} {row}"
        yield f"{where}: names a {other.replace('_', ' ')} that is not there"
    if tables.is_there(db):
        yield from (str(finding) for finding in chain.check(db, keys.known(), since, progress))


def damage(db: sqlite3.Connection) -> str | None:
    """What SQLite says is broken in the file itself; None where nothing is."""
    try:
        said: str = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if said == "ok" else said.splitlines()[-1]


@contextmanager
def _snapshot(path: Path) -> Iterator[Path]:
    """A copy of the database at one moment, in a folder of its own beside it."""
    with ExitStack() as work:
        try:
            db = work.enter_context(closing(connect(path, any_version=True)))
            copy = work.enter_context(room(Path(os.path.realpath(path)))) / DATABASE
            copy.touch(mode=0o600)
            with closing(sqlite3.connect(copy)) as target:
                target.execute("PRAGMA synchronous=OFF")  # what is lost by a power cut here is nobody's yet
                target.execute("PRAGMA journal_mode=MEMORY")
                db.backup(target)
                if said := damage(target):
                    raise DatabaseUnusable(str(path), f"is damaged: {said}", _DAMAGED)
        except sqlite3.DatabaseError as error:
            raise unusable(path, error) from error
        except OSError as error:
            raise DatabaseUnusable(str(path), f"cannot be copied: {error.strerror or error}") from error
        yield copy


_DAMAGED = "keep a copy of the file as it is, and put an earlier backup back with: tracker restore FILE"


def _open(copy: Path) -> sqlite3.Connection:
    db = sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    db.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    return db


def _write(copy: Path, path: Path, out: IO[bytes], progress: Progress, *, with_documents: bool) -> Made:
    with closing(_open(copy)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        head = entries.head(db) if tables.is_there(db) else None
        wanted = named_files(db) if with_documents else {}
        found = list(problems(db, head, progress))
    with zipfile.ZipFile(out, "w", allowZip64=True) as archive:
        with copy.open("rb") as source:
            parts = [container.add(archive, DATABASE, source, deflate=True)]
        missing = []
        if with_documents:
            kept, lost = _documents(archive, path, wanted, progress)
            parts += kept
            for sha256 in lost:
                missing.append(sha256)
                named = wanted.get(sha256) or [sha256[:12]]
                found += [
                    f"{ref}: its file is gone or is no longer what was kept: it is not in the backup" for ref in named
                ]
        made = config.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        journal = str(head) if head else None
        manifest = Manifest(made, __version__, version, journal, with_documents, missing, parts)
        container.add(archive, NAME, io.BytesIO(manifest.to_json()), deflate=True)
    assert version <= schema.VERSION
    return Made(manifest, found)


def _documents(
    archive: zipfile.ZipFile, path: Path, wanted: dict[str, list[str]], progress: Progress
) -> tuple[list[Part], list[str]]:
    """Every kept file, also of documents that were removed: ``undo`` brings those back. And the hashes of those that
    are wanted and not there, or not what they were."""
    store = FileStore(path)
    names = sorted(wanted.keys() | {said for _, said in store.names() if said is not None})
    parts, lost = [], []
    for place, sha256 in enumerate(names, start=1):
        progress("documents", place, len(names))
        try:
            if store.hash_of(sha256) != sha256:
                raise FileNotFoundError
            with store.path(sha256).open("rb") as source:
                parts.append(container.add(archive, document_name(sha256), source, deflate=False))
        except FileNotFoundError:
            if sha256 in wanted:
                lost.append(sha256)
    return parts, lost


def _silent(what: str, done: int, total: int) -> None:
    """Tells nobody."""
