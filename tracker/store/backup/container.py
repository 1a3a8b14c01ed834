"""The file of a backup: a plain ZIP archive, so that any program can open it when this one is not there.

Reading trusts nothing: only names that the manifest may hold, no links, no part larger than it said, every hash.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tracker.errors import BadFile
from tracker.store.backup.manifest import LARGEST, NAME, Manifest, Part

_CHUNK = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError)
_BROKEN += (OverflowError, MemoryError)  # type: ignore[assignment]


def add(archive: zipfile.ZipFile, name: str, source: IO[bytes], *, deflate: bool) -> Part:
    """Write one part from where ``source`` stands to its end; gives what the manifest says of it."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    info.compress_type = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return Part(name, size, digest.hexdigest())


@contextmanager
def reading(source: Path) -> Iterator[None]:
    """Whatever is wrong with the archive inside becomes BadFile of ``source``."""
    try:
        yield
    except _BROKEN as error:
        said = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise BadFile(source, f"is no backup of Tracker, or is damaged: {said}") from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a part that begins before the file does
            raise
        raise BadFile(source, "is no backup of Tracker, or is damaged: its parts are not where it says") from error


def manifest(archive: zipfile.ZipFile) -> Manifest:
    """What the archive says it holds, and nothing else may be in it. Raises ValueError and what zipfile raises."""
    entries = archive.infolist()
    for info in entries:
        mode = info.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise ValueError(f"{info.filename[:60]!r} is no regular file")
        if info.flag_bits & 1:
            raise ValueError(f"{info.filename[:60]!r} is encrypted by ZIP")
    if NAME not in archive.namelist():
        raise ValueError(f"it has no {NAME}")
    with archive.open(NAME) as file:
        text = file.read(LARGEST + 1)
    if len(text) > LARGEST:
        raise ValueError("its manifest is too large")
    found = Manifest.parse(text)
    named = {part.name: part for part in found.parts}
    there = [info.filename for info in entries if info.filename != NAME]
    if sorted(there) != sorted(named) or len(entries) != len(there) + 1:
        raise ValueError("what is in it is not what its manifest lists")
    for info in entries:
        if info.filename in named and info.file_size != named[info.filename].size:
            raise ValueError(f"{info.filename} is not of the size that its manifest says")
    return found


def unpack(archive: zipfile.ZipFile, part: Part, target: Path) -> None:
    """Write one part to a new file (mode 0600), synced. Raises ValueError where its size or hash is another."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, archive.open(part.name) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > part.size:
                raise ValueError(f"{part.name} is larger than its manifest says")
            if not out.tell() and not part.is_document:
                _must_be_whole(chunk, part)
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if size != part.size or digest.hexdigest() != part.sha256:
        raise ValueError(f"{part.name} is not what was backed up: its hash differs")


def _must_be_whole(start: bytes, part: Part) -> None:
    """The head of a database file says how large it is: nothing else is unpacked, however much it would become."""
    if len(start) < 100 or not start.startswith(b"SQLite format 3\0"):
        raise ValueError(f"{part.name} is no database")
    page = int.from_bytes(start[16:18], "big")
    page = 65536 if page == 1 else page
    if page * int.from_bytes(start[28:32], "big") != part.size:
        raise ValueError(f"{part.name} is not of the size that it says itself")
