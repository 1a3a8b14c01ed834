"""The files kept beside a database, each under the SHA-256 of its content (``documents/ab/cdef...``)."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import BadFile

LARGEST = 200 * 1024 * 1024
"""Most bytes of a file that is kept."""

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class KeptFile:
    """A file in the store: the SHA-256 and size in bytes of its content."""

    sha256: str
    size: int


class FileStore:
    """One folder of files named by their content; the same content is kept once."""

    def __init__(self, database: Path) -> None:
        # beside the file itself: a link to the database is another name for it, not another store
        self.folder = Path(os.path.realpath(database)).with_name("documents")
        self._new: list[str] = []

    def path(self, sha256: str) -> Path:
        """Where the content with this hash is kept; it need not exist."""
        return self.folder / sha256[:2] / sha256[2:]

    def keep(self, source: Path) -> KeptFile:
        """Copy ``source`` into the store: whole under a temporary name, synced, then renamed.

        Raises BadFile for what is no regular file, is empty, over the largest size, or changes while copied.
        """
        try:
            return self._copy(source)
        except OSError as error:
            raise BadFile(source, f"cannot be kept: {error.strerror}") from error

    def hash_of(self, source: Path) -> str:
        """The SHA-256 of a file's content. Raises BadFile for what cannot be read."""
        try:
            with open_regular(source) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise BadFile(source, f"cannot be read: {error.strerror}") from error

    @property
    def new(self) -> list[str]:
        """The hashes of what this store was the first to keep."""
        return list(self._new)

    def remove(self, sha256: str) -> None:
        """Take a file out, and the folders that are empty without it."""
        path = self.path(sha256)
        path.unlink(missing_ok=True)
        with suppress(OSError):  # not empty: others are kept there
            path.parent.rmdir()
            self.folder.rmdir()

    def _copy(self, source: Path) -> KeptFile:
        with open_regular(source) as fd:
            before = os.fstat(fd.fileno())
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".new-")
            draft = Path(name)
            try:
                digest, size = hashlib.sha256(), 0
                with os.fdopen(handle, "wb") as out:
                    while chunk := fd.read(_CHUNK):
                        digest.update(chunk)
                        size += len(chunk)
                        if size > LARGEST:
                            raise BadFile(source, f"is over {LARGEST // 1024**2} MiB")
                        out.write(chunk)
                    out.flush()
                    os.fsync(out.fileno())
                after = os.fstat(fd.fileno())
                if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
                    raise BadFile(source, "changed while it was copied", "try again when it is at rest")
                if size == 0:
                    raise BadFile(source, "is empty")
                self._place(draft, digest.hexdigest())
                return KeptFile(digest.hexdigest(), size)
            finally:
                draft.unlink(missing_ok=True)

    def _place(self, draft: Path, sha256: str) -> None:
        target = self.path(sha256)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        if not target.exists():
            draft.rename(target)
            self._new.append(sha256)
            sync_folder(target.parent)
            sync_folder(self.folder)


def open_regular(path: Path):  # type: ignore[no-untyped-def]
    """Open a regular file for reading bytes. Raises BadFile for a missing one, a folder, link, pipe or device."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError as error:
        raise BadFile(path, "there is no such file") from error
    except (OSError, ValueError) as error:
        raise BadFile(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if stat.S_ISDIR(mode):
        raise BadFile(path, "is a folder: expected a file")
    if stat.S_ISLNK(mode) and not path.is_file():
        raise BadFile(path, "is a link to no file")
    if not stat.S_ISLNK(mode) and not stat.S_ISREG(mode):
        raise BadFile(path, "is not a regular file")
    try:
        return path.open("rb")
    except OSError as error:
        raise BadFile(path, f"cannot be read: {error.strerror}") from error


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut; does nothing where folders cannot be synced."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
