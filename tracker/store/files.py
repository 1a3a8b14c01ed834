"""The files kept beside a database, each under the SHA-256 of its content (``documents/ab/cdef...``)."""

from __future__ import annotations

import hashlib
import io
import mmap
import os
import stat
import struct
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path

from tracker.errors import BadFile
from tracker.store import schema

LARGEST = 200 * 1024 * 1024
"""Most bytes of a file that is kept."""

DRAFT = ".new-"
"""How the name of a file begins that is not whole yet."""

_CHUNK = 1024 * 1024
_OLD = 24 * 60 * 60
_LARGEST_DIRECTORY = 4 * 1024 * 1024
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Content:
    """What is looked at to tell what a file is: its first bytes; for a ZIP archive the names in it and its member
    ``mimetype``; for an older Office file whether it holds macros."""

    head: bytes
    members: tuple[str, ...] = ()
    package: str | None = None
    macros: bool = False


@dataclass(frozen=True)
class KeptFile:
    """A file that is kept: SHA-256, size in bytes and media type of its content; ``wanting`` where the store had no
    whole file of this content before."""

    sha256: str
    size: int
    media_type: str = "application/octet-stream"
    wanting: bool = field(default=False, compare=False)


Admit = Callable[[Content], str]
"""Gives the media type of what is about to be kept, or raises what says why it is not."""


class FileStore:
    """One folder of files named by their content; the same content is kept once.

    A file is kept in two steps: ``keep`` copies it, which takes its time, and ``place`` gives the copy its name inside
    the transaction that records it. So ``tracker db compact``, which holds the same lock, cannot come between.
    """

    def __init__(self, database: Path) -> None:
        # beside the file itself: a link to the database is another name for it, not another store
        self.database = Path(os.path.realpath(database))
        self.folder = self.database.with_name(schema.FOLDER)
        self._drafts: dict[str, Path] = {}
        self._wanting: set[str] = set()

    def path(self, sha256: str) -> Path:
        """Where the content with this hash is kept; it need not exist."""
        return self.folder / sha256[:2] / sha256[2:]

    def where(self, sha256: str) -> Path:
        """Where the content with this hash can be read now: the copy that waits for its name, else ``path``."""
        return self._drafts.get(sha256, self.path(sha256))

    def holds(self, sha256: str) -> bool:
        """Whether a file is kept under this hash."""
        path = self.path(sha256)
        return path.is_file() and not path.is_symlink()

    def whole(self, sha256: str) -> bool:
        """Whether a file is kept under this hash, and its content is still that of its name."""
        try:
            return self.holds(sha256) and self.hash_of(sha256) == sha256
        except OSError:
            return False

    def names(self) -> Iterator[tuple[Path, str | None]]:
        """Everything in the folder that is no folder, in order, with the SHA-256 its name says (None: no such name).

        Raises BadFile where the folder cannot be read.
        """
        if not self.folder.is_dir():
            return
        try:
            there = sorted(self.folder.rglob("*"))
        except OSError as error:
            raise BadFile(self.folder, f"cannot be read: {error.strerror}") from error
        for path in there:
            if path.is_symlink() or not path.is_dir():
                said = "".join(path.relative_to(self.folder).parts)
                named = len(said) == 64 and set(said) <= set("0123456789abcdef") and path == self.path(said)
                yield path, said if named else None

    def hash_of(self, sha256: str) -> str:
        """The SHA-256 of what is kept under this hash now. Raises OSError where it cannot be read."""
        with self.path(sha256).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def old_drafts(self) -> list[Path]:
        """Copies that were begun over a day ago by the clock of their own disk, and never got their name.

        Raises BadFile where the folder cannot be read or written.
        """
        try:
            drafts = sorted(self.folder.glob(f"{DRAFT}*")) if self.folder.is_dir() else []
            if not drafts:
                return []
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".clock-") as now:
                present = os.fstat(now.fileno()).st_mtime
            return [path for path in drafts if path.is_file() and present - path.stat().st_mtime > _OLD]
        except OSError as error:
            raise BadFile(self.folder, f"cannot be used: {error.strerror}") from error

    def remove(self, path: Path) -> None:
        """Remove a file of the store. Its folder stays: another process may be about to put a file there.

        Raises BadFile where it cannot be removed.
        """
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise BadFile(path, f"cannot be removed: {error.strerror}") from error
        sync_folder(path.parent)

    def look(self, source: Path, admit: Admit) -> str:
        """The SHA-256 that ``source`` would be kept under. Raises BadFile as ``keep`` does; copies nothing."""
        try:
            with open_regular(source, links=False) as file:
                size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise _too_large(source)
            if size == 0:
                raise BadFile(source, "is empty")
            admit(content_of(source))
            return hash_of_file(source)
        except OSError as error:
            raise BadFile(source, f"cannot be kept: {error.strerror}") from error

    def keep(self, source: Path, admit: Admit | None = None) -> KeptFile:
        """Copy ``source`` into the store, whole and synced, under a temporary name until ``place``.

        ``admit`` sees the copy. Raises BadFile for what is no regular file (a link is none), is empty, over the
        largest size, or changes while copied.
        """
        try:
            return self._copy(source, admit)
        except OSError as error:
            raise BadFile(source, f"cannot be kept: {error.strerror}") from error

    @property
    def waiting(self) -> Collection[str]:
        """The hashes of the copies that have no name yet."""
        return self._drafts.keys()

    def place(self, sha256s: Collection[str]) -> None:
        """Give the copies of these contents their names, so that a power cut does not undo it; what is kept whole
        already stays. Only in the transaction that records them, before its commit. Raises BadFile."""
        folders = set()
        for sha256 in sha256s:
            target = self.path(sha256)
            try:
                if sha256 in self._wanting or not self.holds(sha256):
                    target.parent.mkdir(mode=0o700, exist_ok=True)
                    self._drafts[sha256].replace(target)
                    del self._drafts[sha256]
                    folders.add(target.parent)
            except OSError as error:
                raise BadFile(target, f"cannot be kept: {error.strerror}", "try again") from error
        for folder in sorted(folders):
            sync_folder(folder)
        if folders:
            sync_folder(self.folder)

    def discard(self) -> None:
        """Remove the copies that have got no name."""
        for draft in self._drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        self._drafts.clear()

    def _copy(self, source: Path, admit: Admit | None) -> KeptFile:
        with open_regular(source, links=False) as fd:
            before = os.fstat(fd.fileno())
            if before.st_size > LARGEST:
                raise _too_large(source)
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=DRAFT)
            draft = Path(name)
            try:
                digest, size = hashlib.sha256(), 0
                with os.fdopen(handle, "wb") as out:
                    while chunk := fd.read(_CHUNK):
                        digest.update(chunk)
                        size += len(chunk)
                        if size > LARGEST:
                            raise _too_large(source)
                        out.write(chunk)
                    out.flush()
                    os.fsync(out.fileno())
                fd.seek(0)
                again = hashlib.file_digest(fd, "sha256").hexdigest()  # a time stamp may be too coarse to tell
                after = os.fstat(fd.fileno())
                stamps = [(at.st_size, at.st_mtime_ns) for at in (before, after)]
                if again != digest.hexdigest() or stamps[0] != stamps[1]:
                    raise BadFile(source, "changed while it was copied", "try again when it is at rest")
                if size == 0:
                    raise BadFile(source, "is empty")
                kind = admit(content_of(draft)) if admit else KeptFile.media_type
                if not self.whole(again):
                    self._wanting.add(again)
                self._drafts.setdefault(again, draft)
                return KeptFile(again, size, kind, again in self._wanting)
            finally:
                if draft not in self._drafts.values():
                    draft.unlink(missing_ok=True)


def _too_large(source: Path) -> BadFile:
    return BadFile(source, f"is over {LARGEST // 1024**2} MiB")


def content_of(path: Path) -> Content:
    """What tells the kind of a file that lies on this disk. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(65_536)
        if head.startswith(b"PK"):
            members, package = _archive(file)
            return Content(head, members, package)
        if head.startswith(_OLE):
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                return Content(head, macros=whole.find(_MACROS) >= 0)
    return Content(head)


def _archive(file: BufferedReader) -> tuple[tuple[str, ...], str | None]:
    """The names in a ZIP archive and its member ``mimetype``; none for a damaged one or one of very many names."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22 or struct.unpack_from("<I", tail, end + 12)[0] > _LARGEST_DIRECTORY:
        return (), None
    try:
        with zipfile.ZipFile(file) as archive:
            package = None
            if "mimetype" in archive.NameToInfo:
                with archive.open("mimetype") as member:
                    package = member.read(200).decode("ascii", errors="replace")
            return tuple(archive.namelist()), package
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return (), None


def hash_of_file(source: Path) -> str:
    """The SHA-256 of a file's content, wherever it lies. Raises BadFile for what cannot be read."""
    try:
        with open_regular(source) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BadFile(source, f"cannot be read: {error.strerror}") from error


def open_regular(path: Path, *, links: bool = True) -> BufferedReader:
    """Open a regular file for reading bytes, without waiting for a writer.

    Raises BadFile for a missing one, a folder, a pipe or device, a link to none of these; without ``links`` for any
    link.
    """
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
    if stat.S_ISLNK(mode) and not links:
        raise BadFile(path, "is a link, which may lead elsewhere later", f"name the file itself: {path.resolve()}")
    if not stat.S_ISLNK(mode) and not stat.S_ISREG(mode):
        raise BadFile(path, "is not a regular file")
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags if links else flags | getattr(os, "O_NOFOLLOW", 0))
        if not stat.S_ISREG(os.fstat(handle).st_mode):  # it was exchanged since
            os.close(handle)
            raise BadFile(path, "is not a regular file")
        return os.fdopen(handle, "rb")
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
