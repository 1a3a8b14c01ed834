"""Opening a database: what is not one, is newer or is gone is refused with exit code 5 and left as it was."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import DatabaseUnusable
from tracker.store import schema
from tracker.store.connect import OutdatedSchema, connect
from tracker.store.reader import Reader


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
