"""The key that seals journal entries: in the user's configuration folder, outside of every database.

``journal.key`` holds one key a line, 32 bytes in hexadecimal. The first one seals what is written here; others are
of machines whose databases are verified here.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import tempfile
from pathlib import Path

from tracker import config
from tracker.errors import BadFile


def file() -> Path:
    """Where the key is kept; it need not exist."""
    return config.journal_key_file()


def own() -> bytes:
    """The key of this user on this machine, made where there is none. Raises BadFile when it cannot be had."""
    path = file()
    try:
        if not path.exists():
            _make(path)
    except OSError as error:
        raise BadFile(path, f"the journal's key cannot be made: {error.strerror}") from error
    return next(iter(known().values()))


def known() -> dict[str, bytes]:
    """Every key in the file by its name, the own one first; none where there is no file. Raises BadFile."""
    path = file()
    try:
        lines = path.read_text(encoding="ascii").split() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "is not text"
        raise BadFile(path, f"the journal's key cannot be read: {said}") from error
    for line in lines:
        if not re.fullmatch("[0-9a-f]{64}", line):
            raise BadFile(path, "holds a line that is no key: expected 64 hexadecimal digits on each")
    if path.exists() and not lines:
        raise BadFile(path, "is empty: expected the journal's key", "put it back from a copy, or remove the file")
    keys = [bytes.fromhex(line) for line in lines]
    return {name_of(key): key for key in keys}


def name_of(key: bytes) -> str:
    """What entries call a key: the beginning of its SHA-256, which does not give it away."""
    return hashlib.sha256(b"tracker journal key\0" + key).hexdigest()[:16]


def seal(key: bytes, digest: str) -> str:
    """The HMAC-SHA-256 of an entry's hash, in hexadecimal."""
    return hmac.new(key, digest.encode("ascii"), hashlib.sha256).hexdigest()


def _make(path: Path) -> None:
    """Write a new key whole, under its name only when it is complete; another process may be faster."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".journal-", suffix=".new")  # mode 0600
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_hex(32) + "\n")
            out.flush()
            os.fsync(out.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            if not path.exists():
                draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
