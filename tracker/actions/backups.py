"""Backups: made to a file or into a folder that is thinned out by rule, and put back."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tracker import config
from tracker.errors import BadFile
from tracker.rules import retention
from tracker.store.backup import making, placing, sealing
from tracker.store.backup.making import STAMP, Made
from tracker.store.backup.placing import Restored
from tracker.store.files import sync_folder
from tracker.store.journal.chain import Progress


@dataclass(frozen=True)
class Backup:
    """A backup that was made: its file, what it holds, what is wrong with what it was made of, and the earlier ones
    that were removed."""

    file: Path
    made: Made
    removed: list[Path]


def make(
    path: Path, target: Path, passphrase: str | None, rule: Mapping[str, int] | None, progress: Progress
) -> Backup:
    """Back up the database at ``path`` to the file ``target``, or under a dated name into the folder ``target``.

    With a ``rule``, earlier backups of the same database in the folder that it does not keep are removed; none where
    something is wrong, and never the newest. Raises BadFile, DatabaseUnusable.
    """
    if not target.is_dir():
        if rule is not None:
            raise BadFile(target, "is no folder: expected one, in which earlier backups are", "make it first")
        _must_be_another(path, target)
        return Backup(target, making.make(path, target, passphrase, progress), [])
    known = making.identity(path)
    while True:
        stamp = config.now().astimezone(UTC).strftime(STAMP)
        file = target / f"{path.stem}-{known}-{stamp}.zip{'' if passphrase is None else '.age'}"
        try:
            made = making.make(path, file, passphrase, progress, replace=False)
            break
        except FileExistsError:  # another one of this very second
            time.sleep(0.2)
    removed = _thin_out(target, known, file, rule) if rule and not made.findings else []
    return Backup(file, made, removed)


def restore(
    source: Path, path: Path, passphrase: str | None, progress: Progress, *, unproven: bool, dry_run: bool
) -> Restored:
    """Prove a backup and put it in the place of the database at ``path``, which is kept; a dry run only proves it."""
    return placing.restore(source, path, passphrase, progress, unproven=unproven, dry_run=dry_run)


def is_encrypted(source: Path) -> bool:
    """Whether a file is an encrypted backup; a file that cannot be read is refused later, with what is wrong."""
    try:
        return source.is_file() and sealing.is_sealed(source)
    except OSError:
        return False


def _thin_out(folder: Path, known: str, newest: Path, rule: Mapping[str, int]) -> list[Path]:
    """Remove what the rule does not keep: days and weeks are those of this machine's time zone."""
    shape = re.compile(rf".*-{known}-([0-9]{{8}}T[0-9]{{6}}Z)\.zip(?:\.age)?", re.DOTALL)
    files: dict[Path, datetime] = {}
    for file in folder.iterdir():
        if (match := shape.fullmatch(file.name)) and file.is_file() and not file.is_symlink():
            try:
                files[file] = datetime.strptime(match[1], STAMP).replace(tzinfo=UTC).astimezone()
            except (ValueError, OverflowError):
                continue  # no moment: not one of ours
    stays = retention.kept(files.values(), rule)
    removed = sorted(file for file, moment in files.items() if moment not in stays and file != newest)
    try:
        for file in removed:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise BadFile(folder, f"holds backups that cannot be removed: {error.strerror}") from error
    sync_folder(folder)
    return removed


def _must_be_another(path: Path, target: Path) -> None:
    """Raises BadFile where the backup would take the place of the database, or of what SQLite keeps beside it."""
    database = path.resolve()
    if target.resolve() in {database.with_name(database.name + ending) for ending in ("", "-journal", "-wal", "-shm")}:
        raise BadFile(target, "is the database itself: expected another file")
