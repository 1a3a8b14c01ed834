"""A private folder beside the database for work in progress, and files that get their name only when they are whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tracker.store.files import sync_folder

PREFIX = ".tracker-work-"
STALE = 24 * 3600
"""Seconds after which the folder of a work that was killed is taken away by the next one."""


@contextmanager
def room(beside: Path) -> Iterator[Path]:
    """A new folder (mode 0700) beside a file, gone at the end whatever happens inside. Raises OSError.

    Beside the database, since what is written to it is as confidential: never in the system's temporary folder.
    """
    folder = Path(tempfile.mkdtemp(dir=beside.parent, prefix=PREFIX))
    try:
        for old in beside.parent.glob(f"{PREFIX}*"):
            with suppress(OSError):
                if folder.stat().st_mtime - old.stat().st_mtime > STALE:
                    shutil.rmtree(old)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def whole(target: Path, *, replace: bool = True) -> Iterator[IO[bytes]]:
    """A file to write to (mode 0600), which becomes ``target`` at the end: synced, renamed, its folder synced.

    Where anything fails, ``target`` is as it was. Without ``replace`` raises FileExistsError where it is there.
    Raises OSError.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}-", suffix=".new")  # mode 0600
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if not replace and target.exists():
            raise FileExistsError(17, os.strerror(17), str(target))
        draft.replace(target)
        sync_folder(target.parent)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
