"""An unprivileged user, so that modes of files mean something where the tests run as root."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def nobody() -> Iterator[Callable[[], None]]:
    """From the call on, files are opened as a user who owns none of them (where the tests run as root)."""
    root = os.geteuid() == 0
    yield lambda: os.seteuid(NOBODY) if root else None
    if root:
        os.seteuid(0)


@pytest.fixture
def readable(template: Path) -> Iterator[Path]:
    """A database in a folder that everybody may enter (pytest's own is its user's alone)."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "tracker.db"
        shutil.copy(template, path)
        path.chmod(0o644)
        yield path
        Path(folder).chmod(0o755)
