"""The store of files: whole or not at all, once for the same content, never what is no regular file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tracker.errors import BadFile
from tracker.store import files
from tracker.store.files import FileStore


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "tracker.db")


def kept(store: FileStore) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()] if store.folder.exists() else []


def test_kept_under_its_hash_once(store: FileStore, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"signed")
    first, second = store.keep(tmp_path / "a.pdf"), store.keep(tmp_path / "b.pdf")
    assert first == second and first.size == 6
    assert first.sha256 == hashlib.sha256(b"signed").hexdigest()
    assert kept(store) == [store.path(first.sha256)]
    assert store.path(first.sha256).read_bytes() == b"signed"


def test_what_is_no_file_is_refused_and_nothing_kept(store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loose").symlink_to(tmp_path / "gone")
    for name in ("empty", "pipe", "loose", "missing", "."):
        with pytest.raises(BadFile):
            store.keep(tmp_path / name)
    with pytest.raises(BadFile):
        store.keep(Path("/dev/zero"))
    assert kept(store) == []


def test_too_large(store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "large").write_bytes(b"x" * 11)
    with pytest.raises(BadFile, match="is over"):
        store.keep(tmp_path / "large")
    assert kept(store) == []
