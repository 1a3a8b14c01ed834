"""The store of files: whole or not at all, once for the same content, never what is no regular file."""

from __future__ import annotations

import errno
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
    assert kept(store) == [store.where(first.sha256)], "a copy without its name"
    store.place([first.sha256])
    assert kept(store) == [store.path(first.sha256)] == [store.where(first.sha256)]
    assert store.path(first.sha256).read_bytes() == b"signed"


def test_a_copy_that_gets_no_name_is_removed_and_what_was_kept_stays(store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"signed")
    (tmp_path / "b.pdf").write_bytes(b"other")
    assert store.keep(tmp_path / "a.pdf").wanting
    store.place(list(store.waiting))
    again = FileStore(tmp_path / "tracker.db")
    assert not again.keep(tmp_path / "a.pdf").wanting
    again.keep(tmp_path / "b.pdf")
    again.discard()
    assert len(kept(store)) == 1


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


def test_each_refusal_says_what_is_wrong_in_one_line(store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "to-pipe").symlink_to(tmp_path / "pipe")
    (tmp_path / "loose").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    said = {
        "empty": "is empty",
        "pipe": "is not a regular file",
        "to-pipe": "is a link to no file",
        "loose": "is a link to no file",
        "loop": "",
        "missing": "there is no such file",
        ".": "is a folder",
        "x" * 300: "cannot be read: File name too long",
        "empty/below": "cannot be read: Not a directory",
        "a\0b": "cannot be read",
    }
    for name, problem in said.items():
        with pytest.raises(BadFile) as caught:
            store.keep(tmp_path / name)
        assert problem in str(caught.value) and "\n" not in str(caught.value), name
        assert caught.value.exit_code == 2
    assert kept(store) == []


def test_a_link_to_a_file_is_refused_and_says_what_it_leads_to(store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"signed")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    with pytest.raises(BadFile, match="is a link") as caught:
        store.keep(tmp_path / "link.pdf")
    assert caught.value.hint == f"name the file itself: {tmp_path / 'real.pdf'}"
    assert kept(store) == []


def test_exactly_the_largest_size_is_kept(store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    monkeypatch.setattr(files, "_CHUNK", 3)
    (tmp_path / "fits").write_bytes(b"0123456789")
    assert store.keep(tmp_path / "fits").size == 10


def test_a_sparse_giant_is_refused_before_it_fills_the_disk(store: FileStore, tmp_path: Path) -> None:
    with (tmp_path / "giant").open("wb") as file:
        file.truncate(50 * 1024**3)
    with pytest.raises(BadFile, match="is over 200 MiB"):
        store.keep(tmp_path / "giant")
    assert kept(store) == []


def test_a_file_that_changes_while_it_is_copied_is_refused(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "log"
    source.write_bytes(b"first")

    def grows(file: int) -> None:
        with source.open("ab") as more:
            more.write(b"second")

    monkeypatch.setattr(files.os, "fsync", grows)
    with pytest.raises(BadFile, match="changed while it was copied"):
        store.keep(source)
    assert kept(store) == []


def test_only_the_user_may_read_what_is_kept(store: FileStore, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"signed")
    sha256 = store.keep(tmp_path / "a.pdf").sha256
    store.place([sha256])
    path = store.path(sha256)
    modes = {place: place.stat().st_mode & 0o777 for place in (path, path.parent, store.folder)}
    assert modes == {path: 0o600, path.parent: 0o700, store.folder: 0o700}


def test_a_full_disk_leaves_no_part_of_a_file(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"signed")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(BadFile, match="cannot be kept: No space left"):
        store.keep(tmp_path / "a.pdf")
    assert kept(store) == []


@pytest.mark.parametrize("name", ["-rf", "CON", "a\nb.pdf", "x" * 255, "\u202egpj.exe", "عقد.pdf"])
def test_the_name_of_the_source_never_becomes_a_path(store: FileStore, tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(b"signed")
    found = store.keep(tmp_path / "in" / name)
    store.place([found.sha256])
    assert [path.relative_to(store.folder).as_posix() for path in kept(store)] == [
        f"{found.sha256[:2]}/{found.sha256[2:]}"
    ]


def test_what_cannot_be_removed_is_told(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be removed"):
        store.remove(tmp_path)
    store.remove(tmp_path / "not there")


def test_a_folder_that_breaks_while_it_is_listed_is_told(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: str) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    (tmp_path / "x.txt").write_text("x")
    store.keep(tmp_path / "x.txt", lambda content: None)
    monkeypatch.setattr(os, "scandir", broken)
    with pytest.raises(BadFile, match="documents: cannot be read: Input/output error"):
        list(store.names())
    with pytest.raises(BadFile, match="documents: cannot be used: Input/output error"):
        store.old_drafts()
