"""Older Office files (OLE storage) are not read; what is told is whether a password protects a newer one."""

from __future__ import annotations

import mmap
from pathlib import Path

from tracker.models.enums import TextState
from tracker.rules.pages import FileText

_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def pages(path: Path) -> FileText:
    """Without text: encrypted where the storage holds an encrypted package, else not read."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return FileText(TextState.ENCRYPTED if whole.find(_PACKAGE) >= 0 else TextState.NOT_READ)
