"""Who else on this machine may read what is kept: the modes of the database and of everything beside it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from tracker.store.journal import keys

OTHERS = 0o077
"""The bits of a mode that let in anybody but the owner."""


def kept(path: Path) -> Iterator[Path]:
    """The database at ``path``, what is kept beside it, and the journal's key: those that are there."""
    real = Path(os.path.realpath(path))
    yield real
    yield real.with_name("documents")
    yield from copies(path)
    yield keys.file()
    yield keys.file().with_name("journal-heads")


def copies(path: Path) -> list[Path]:
    """What upgrades and restores left beside the database at ``path``: it holds what was recorded then."""
    real = Path(os.path.realpath(path))
    beside = (f"{real.stem}-schema-", f"{real.stem}-replaced-", "documents-replaced-")
    return sorted(file for file in real.parent.iterdir() if file.name.startswith(beside))


def open_to_others(path: Path) -> Iterator[tuple[str, str]]:
    """Each that somebody else may read, write or enter, with its mode as ``0644``; none on Windows, without modes."""
    if os.name == "nt":
        return
    for file in kept(path):
        try:
            mode = stat.S_IMODE(file.stat().st_mode)
        except OSError:
            continue  # not there
        if mode & OTHERS:
            yield str(file), f"{mode:04o}"


def close_to_others(file: Path) -> str:
    """Take away what others may; gives the mode it has now. Raises OSError."""
    mode = stat.S_IMODE(file.stat().st_mode) & ~OTHERS
    file.chmod(mode)
    return f"{mode:04o}"
