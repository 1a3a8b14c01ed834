"""Encryption of a backup under a passphrase, in the age format: ``age --decrypt`` opens it without Tracker."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import BadFile

MARK = b"age-encryption.org/v1"
"""How a file in the age format begins."""

LARGEST = 2 * 1024**3
"""Most bytes that are encrypted: it happens in memory, so that nothing plain is ever written beside the target."""


def seal(content: bytes, passphrase: str) -> bytes:
    """The content encrypted under a passphrase."""
    from pyrage import passphrase as age

    sealed: bytes = age.encrypt(content, passphrase)
    return sealed


def is_sealed(source: Path) -> bool:
    """Whether the file is in the age format. Raises OSError."""
    with source.open("rb") as file:
        return file.read(len(MARK)) == MARK


def unseal(source: Path, passphrase: str) -> bytes:
    """The content of an encrypted file. Raises BadFile for a wrong passphrase, or a file that is damaged."""
    from pyrage import DecryptError
    from pyrage import passphrase as age

    if source.stat().st_size > LARGEST + LARGEST // 100:
        raise BadFile(source, f"is over {LARGEST // 1024**3} GiB: expected a smaller encrypted backup", _BY_HAND)
    try:
        plain: bytes = age.decrypt(source.read_bytes(), passphrase)
    except DecryptError as error:
        raise BadFile(source, "cannot be decrypted: the passphrase is wrong, or the file is damaged") from error
    return plain


_BY_HAND = "decrypt it with: age --decrypt -o FILE.zip FILE"
