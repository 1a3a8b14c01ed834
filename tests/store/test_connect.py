"""Opening a database: what is not one, is newer or is gone is refused with exit code 5 and left as it was."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import DatabaseUnusable
from tracker.store import migrate, references, schema
from tracker.store.connect import OutdatedSchema, connect
from tracker.store.files import FileStore
from tracker.store.reader import Reader
from tracker.store.transaction import transaction


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE somebody_elses (x)")


def newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version={schema.VERSION + 1}")


def header_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def not_sqlite(path: Path) -> None:
    path.write_text("title: not a database\n" * 100)


def empty(path: Path) -> None:
    path.write_bytes(b"")


CASES: list[tuple[Callable[[Path], None], str]] = [
    (newer, "newer than this program"),
    (header_cut, "not a Tracker database"),
    (not_sqlite, "not a Tracker database"),
    (empty, "is empty"),
]


@pytest.mark.parametrize(("spoil", "said"), CASES)
def test_refused_and_unchanged(database: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(database)
    before = database.read_bytes()
    with pytest.raises(DatabaseUnusable) as caught:
        connect(database)
    assert said in str(caught.value) and caught.value.exit_code == 5
    assert database.read_bytes() == before


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    foreign(tmp_path / "x.db")
    with pytest.raises(DatabaseUnusable, match="not a Tracker database"):
        connect(tmp_path / "x.db")


def test_a_missing_path_is_never_made(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="no database here"):
        connect(tmp_path / "mistyped.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_and_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(DatabaseUnusable):
            connect(path)


def test_an_older_one_asks_for_an_upgrade(database: Path) -> None:
    with sqlite3.connect(database) as db:
        db.execute("PRAGMA user_version=0")
    with pytest.raises(OutdatedSchema):
        connect(database)
    connect(database, any_version=True).close()


def test_settings_are_those_proven(database: Path) -> None:
    db = connect(database)
    found = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "synchronous", "trusted_schema")
    }
    assert found == {"foreign_keys": 1, "synchronous": 3, "trusted_schema": 0}
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    with pytest.raises(sqlite3.OperationalError):
        db.execute("ATTACH ':memory:' AS other")
    db.close()


def test_a_name_with_odd_characters_and_a_link(database: Path, tmp_path: Path) -> None:
    odd = tmp_path / "a ?#%b.db"
    database.rename(odd)
    (tmp_path / "link.db").symlink_to(odd)
    connect(odd).close()
    connect(tmp_path / "link.db").close()


def test_readers_cannot_write(database: Path) -> None:
    with Reader(database) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader._db.execute("DELETE FROM scope_area")


def test_damage_is_told_not_crashed_on(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[4096:60000] = b"\xff" * (60000 - 4096)
    database.write_bytes(content)
    with pytest.raises(DatabaseUnusable), Reader(database) as reader:
        reader.rows("scopes")


def loop(folder: Path) -> Path:
    (folder / "loop.db").symlink_to(folder / "loop.db")
    return folder / "loop.db"


def dangling(folder: Path) -> Path:
    (folder / "dangling.db").symlink_to(folder / "gone.db")
    return folder / "dangling.db"


def link_to_a_folder(folder: Path) -> Path:
    (folder / "folder.db").symlink_to(folder)
    return folder / "folder.db"


def below_a_file(folder: Path) -> Path:
    (folder / "file").write_text("x")
    return folder / "file" / "x.db"


@pytest.mark.parametrize(
    "place",
    [
        loop,
        dangling,
        link_to_a_folder,
        below_a_file,
        lambda folder: folder,
        lambda folder: folder / ("x" * 300),
        lambda folder: folder / "a\0b",
        lambda folder: Path("/dev/null"),
        lambda folder: Path("/dev/zero"),
    ],
)
def test_what_cannot_be_a_database_ends_with_code_5(tmp_path: Path, place: Callable[[Path], Path]) -> None:
    path = place(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DatabaseUnusable) as caught:
        connect(path)
    assert caught.value.exit_code == 5 and "\n" not in str(caught.value)
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_may_not_be_entered(readable: Path, nobody: Callable[[], None]) -> None:
    readable.parent.chmod(0)
    nobody()
    with pytest.raises(DatabaseUnusable, match="Permission denied"):
        connect(readable)


def test_a_file_that_may_only_be_read_is_read_and_never_written(readable: Path, nobody: Callable[[], None]) -> None:
    readable.chmod(0o444)
    readable.parent.chmod(0o555)
    before = readable.read_bytes()
    nobody()
    with Reader(readable) as rows:
        assert len(rows.rows("scopes")) > 30
    with pytest.raises(DatabaseUnusable, match="read-only"), transaction(readable) as session:
        references.give(session, "X-1")
    assert readable.read_bytes() == before


def test_an_older_one_that_may_only_be_read_is_said_so(readable: Path, nobody: Callable[[], None]) -> None:
    with sqlite3.connect(readable) as db:
        db.execute("PRAGMA user_version=0")
    readable.chmod(0o444)
    readable.parent.chmod(0o555)
    nobody()
    with pytest.raises(DatabaseUnusable, match="read-only"):
        migrate.upgrade(readable)


def test_a_lock_held_too_long_is_told_not_waited_for_forever(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.connect.LOCK_TIMEOUT", 0.05)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    uses: list[Callable[[], object]] = [
        lambda: connect(database),
        lambda: Reader(database),
        lambda: transaction(database).__enter__(),
        lambda: migrate.upgrade(database),
    ]
    for use in uses:
        with pytest.raises(DatabaseUnusable, match="locked"):
            use()
    holder.close()
    connect(database).close()


def test_a_foreign_database_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    foreign(path)
    before = path.read_bytes()
    for use in (connect, Reader, migrate.upgrade, lambda path: transaction(path).__enter__()):
        with pytest.raises(DatabaseUnusable, match="not a Tracker database"):
            use(path)
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_newer_one_is_neither_read_nor_upgraded(database: Path) -> None:
    newer(database)
    before = database.read_bytes()
    for use in (Reader, migrate.upgrade, lambda path: transaction(path).__enter__()):
        with pytest.raises(DatabaseUnusable, match="newer than this program"):
            use(database)
    assert database.read_bytes() == before


def test_a_link_is_another_name_for_the_same_database_and_its_files(database: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(database)
    with transaction(link) as session:
        references.give(session, "X-1")
    assert [path.name for path in link.parent.iterdir()] == ["link.db"]
    with transaction(database) as session:
        assert references.as_given(session, "x-1") == "X-1"
    assert FileStore(link).folder == FileStore(database).folder


def test_a_file_left_in_another_journal_mode_is_put_right(database: Path) -> None:
    with sqlite3.connect(database) as db:
        assert db.execute("PRAGMA journal_mode=WAL").fetchone()[0] == "wal"
    db.close()
    opened = connect(database)
    assert opened.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    opened.close()
    assert [path.name for path in database.parent.iterdir()] == ["tracker.db"]
