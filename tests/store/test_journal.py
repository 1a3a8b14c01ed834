"""The journal itself: every changed row is noticed, whoever changes it, and entries follow each other."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, delete, insert, update

from tracker.errors import BadFile, BadInput
from tracker.models.tables import Agreement, Note, Party
from tracker.store import schema
from tracker.store.connect import connect
from tracker.store.journal import capture, chain, entries, keys, past, replay, upgrading
from tracker.store.journal.author import Author
from tracker.store.journal.capture import Change
from tracker.store.journal.entries import Head
from tracker.store.transaction import raw_of, transaction

KEY = "import sys; from tracker.store.journal import keys; print(keys.name_of(keys.own()))"


@pytest.fixture
def db(database: Path) -> Iterator[sqlite3.Connection]:
    """A connection that is watched, in a transaction that is taken back."""
    with closing(connect(database)) as opened:
        opened.execute("BEGIN IMMEDIATE")
        capture.watch(opened)
        yield opened
        opened.rollback()


def agreement(db: sqlite3.Connection, number: int = 1) -> None:
    db.execute(
        "INSERT INTO agreement (id, ref, title, kind, confidentiality, recorded_on)"
        f" VALUES ({number}, 'X-{number}', 'T', 'other', 'internal', '2026-01-01')"
    )


def note(db: sqlite3.Connection, key: int, text: str | None = "a") -> None:
    db.execute("INSERT INTO note (id, agreement_id, number, position, text) VALUES (?, 1, ?, 0, ?)", (key, key, text))


def noticed(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    return [(change.operation, change.table, change.key) for change in capture.changes(db)]


def test_statements_of_every_kind(db: sqlite3.Connection) -> None:
    agreement(db)
    db.executemany(
        "INSERT INTO note (id, agreement_id, number, position, text) VALUES (?, 1, ?, 0, 'x')", [(1, 1), (2, 2), (3, 3)]
    )
    assert noticed(db) == [("insert", "agreement", "1"), *(("insert", "note", str(n)) for n in (1, 2, 3))]


def test_cascades_and_replacements(db: sqlite3.Connection) -> None:
    agreement(db)
    note(db, 1)
    db.execute("DELETE FROM temp.journal_change")
    db.execute("INSERT OR REPLACE INTO note (id, agreement_id, number, position, text) VALUES (9, 1, 1, 0, 'b')")
    assert noticed(db) == [("delete", "note", "1"), ("insert", "note", "9")]
    db.execute("DELETE FROM agreement")
    assert sorted(noticed(db)) == [("delete", "agreement", "1"), ("delete", "note", "1")], "9 came and went"


def test_a_row_is_told_once_from_what_it_was_to_what_it_is(db: sqlite3.Connection) -> None:
    db.execute("UPDATE scope_area SET name_en = 'A' WHERE id = 1")
    db.execute("UPDATE scope_area SET name_en = 'B', gcm = NULL WHERE id = 1")
    (change,) = list(capture.changes(db))
    before = json.loads(change.old or "")
    assert json.loads(change.payload()) == {"name_en": [before["name_en"], "B"], "gcm": [before["gcm"], None]}
    db.execute("UPDATE scope_area SET name_en = ?, gcm = ? WHERE id = 1", (before["name_en"], before["gcm"]))
    assert list(capture.changes(db)) == []


def test_an_update_that_changes_nothing_is_none(db: sqlite3.Connection) -> None:
    db.execute("UPDATE scope_area SET name_en = name_en")
    assert list(capture.changes(db)) == []


@pytest.mark.parametrize(
    "text", ['"', "\\", "é \U0001f600 \x7f", "a\nb\tc", "\u202e", "{}", "null", "", "\x00a", "1e5"]
)
def test_texts_are_kept_as_they_are(db: sqlite3.Connection, text: str) -> None:
    agreement(db)
    note(db, 1, text)
    assert list(capture.changes(db))[-1].image()["text"] == text


def test_bulk_statements_of_the_session_are_noticed(database: Path) -> None:
    with transaction(database) as session:
        session.execute(insert(Party), [{"ref": f"p-{n}", "name": f"P{n}", "name_key": f"p{n}"} for n in range(3)])
        session.execute(update(Party).where(col(Party.ref) == "p-1").values(name="Q"))
        session.execute(delete(Party).where(col(Party.ref) == "p-2"))
        raw_of(session).execute("INSERT INTO reference (key, ref) VALUES ('k', 'K')")
    with closing(connect(database)) as db:
        rows = db.execute("SELECT table_name, operation, payload FROM journal_row WHERE entry = 2").fetchall()
    assert [(table, operation) for table, operation, _ in rows] == [
        ("party", "insert"), ("party", "insert"), ("reference", "insert")]  # fmt: skip
    assert json.loads(rows[1][2])["name"] == "Q"


def test_one_entry_a_write_and_none_for_nothing(database: Path) -> None:
    def write(use: Callable[[Session], Any], **kwargs: Any) -> Head:
        with transaction(database, **kwargs) as session:
            use(session)
        with closing(connect(database)) as db:
            return entries.head(db)

    add = lambda ref: lambda s: s.add(Party(ref=ref, name=ref, name_key=ref))  # noqa: E731
    assert write(lambda s: None).count == 1
    assert write(add("a")).count == 2
    assert write(add("b"), dry_run=True).count == 2
    with pytest.raises(ZeroDivisionError):
        write(lambda s: 1 / 0)
    assert write(add("b"), author=Author("Ana", "add-party b")).count == 3
    with closing(connect(database)) as db:
        found = db.execute("SELECT number, actor, command FROM journal_entry ORDER BY number").fetchall()
        assert found[2] == (3, "Ana", "add-party b")
        assert [number for number, *_ in found] == [1, 2, 3]
        assert list(chain.check(db, keys.known(), None, lambda *told: None)) == []
        assert list(replay.check(db, lambda *told: None)) == []


def test_the_journal_is_in_the_transaction(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write whose entry cannot be appended is no write."""

    def full(*given: Any, **named: Any) -> None:
        raise OSError("no space")

    monkeypatch.setattr(entries, "append", full)
    with pytest.raises(OSError, match="no space"), transaction(database) as session:
        session.add(Party(ref="a", name="a", name_key="a"))
    with closing(connect(database)) as db:
        assert db.execute("SELECT count(*) FROM party").fetchone()[0] == 0


def test_an_upgrade_between_opening_and_writing_is_noticed(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.errors import DatabaseUnusable

    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA user_version=77")
    monkeypatch.setattr(schema, "VERSION", 77)
    with transaction(database):
        pass
    monkeypatch.setattr("tracker.store.transaction._upgrade_if_older", lambda path: None)
    monkeypatch.setattr("tracker.store.connect._must_be_ours", lambda db, path, any_version: None)
    monkeypatch.setattr(schema, "VERSION", schema.VERSION - 1)
    with pytest.raises(DatabaseUnusable, match="another version"), transaction(database):
        raise AssertionError("nothing is read or written")


Upgrade = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture
def upgraded(database: Path) -> Upgrade:
    """Runs the statements of a migration, and gives what its entry tells: table, key, operation."""
    with transaction(database) as session:
        kinds: Any = {"kind": "other", "confidentiality": "internal"}
        session.add(Agreement(ref="X-1", title="T", recorded_on=date(2026, 1, 1), **kinds))
        session.flush()
        session.add_all(Note(agreement_id=1, number=number, position=0, text=f"n{number}") for number in (1, 2, 3))

    def run(*statements: str) -> list[tuple[str, str, str]]:
        with closing(connect(database)) as db:
            db.execute("PRAGMA foreign_keys=OFF")
            db.execute("BEGIN IMMEDIATE")
            watch = upgrading.Watch(db)
            for statement in statements:
                watch.statement(statement)
                db.execute(statement)
            db.execute("DELETE FROM search_stale")  # as the search index is brought up to date
            watch.append(Author("a", "upgrade"))
            db.execute("COMMIT")
            assert list(replay.check(db, lambda *told: None)) == []
            assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'before %'").fetchone() == (0,)
            last = "SELECT table_name, row_key, operation FROM journal_row WHERE entry = ? ORDER BY position"
            return list(db.execute(last, (entries.head(db).count,)))

    return run


def test_a_later_migration_is_an_entry_with_what_it_changed(upgraded: Upgrade) -> None:
    told = upgraded(
        "ALTER TABLE person ADD COLUMN title TEXT",
        "CREATE TABLE other (a TEXT, b TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "INSERT INTO other VALUES ('x', 'y')",
        "UPDATE scope_area SET name_en = 'Z' WHERE id = 1",
        "DELETE FROM scope_area WHERE id = (SELECT max(id) FROM scope_area)",
        "UPDATE alembic_version SET version_num = '9999'",
    )
    assert sorted((table, operation) for table, _, operation in told) == [
        ("alembic_version", "delete"), ("alembic_version", "insert"),
        ("other", "insert"), ("scope_area", "delete"), ("scope_area", "update"), ("sqlite_schema", "insert"),
        ("sqlite_schema", "update")]  # fmt: skip
    assert [key for table, key, _ in told if table == "other"] == ['["x","y"]']


NEW_NOTE = "CREATE TABLE _new (id INTEGER PRIMARY KEY, agreement_id, number, position, text, more DEFAULT 1)"


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (
            ["ALTER TABLE note ADD COLUMN more INTEGER NOT NULL DEFAULT 7"],
            {"1": "update", "2": "update", "3": "update"},
        ),
        (["ALTER TABLE note ADD COLUMN more"], {}),
        (["DROP TABLE note"], {"1": "delete", "2": "delete", "3": "delete"}),
        (["UPDATE note SET text = 'x' WHERE id = 2", "DROP TABLE note"], {"1": "delete", "2": "delete", "3": "delete"}),
        (
            [
                "UPDATE note SET text = 'changed before' WHERE id = 1",
                "DELETE FROM note WHERE id = 2",
                "INSERT INTO note (id, agreement_id, number, position, text) VALUES (9, 1, 9, 0, 'new')",
                "INSERT INTO note (id, agreement_id, number, position, text) VALUES (10, 1, 10, 0, 'new and gone')",
                'ALTER TABLE "note" ADD COLUMN more INTEGER',
                "UPDATE note SET text = 'changed after' WHERE id = 3",
                "DELETE FROM note WHERE id = 10",
            ],
            {"1": "update", "2": "delete", "3": "update", "9": "insert"},
        ),
        (
            [
                NEW_NOTE,
                "INSERT INTO _new (id, agreement_id, number, position, text) SELECT id, agreement_id, number, position,"
                " text FROM note WHERE id < 3",
                "DROP TABLE note",
                "ALTER TABLE _new RENAME TO note",
                "UPDATE note SET text = 'after', more = NULL WHERE id = 2",
            ],
            {"1": "update", "2": "update", "3": "delete"},
        ),
        (
            [
                "CREATE TABLE _new (place INTEGER PRIMARY KEY, text)",
                "INSERT INTO _new SELECT id, text FROM note WHERE id < 3",
                "drop table if exists main.note",
                "alter table _new rename to note",
            ],
            {"1": "insert", "2": "insert", "3": "delete"},
        ),
    ],
    ids=[
        "column with a value",
        "empty column",
        "gone",
        "changed, gone",
        "changed on both sides",
        "anew",
        "another key",
    ],
)
def test_what_a_migration_does_to_a_whole_table_is_told_row_by_row(
    statements: list[str], told: dict[str, str], upgraded: Upgrade
) -> None:
    """The last that is told of each row, and the journal's rows are those of the table (``upgraded``)."""
    assert {key: operation for table, key, operation in upgraded(*statements) if table == "note"} == told


def test_a_table_that_gets_another_name_is_told_under_both(upgraded: Upgrade) -> None:
    told = upgraded("ALTER TABLE note RENAME TO remark")
    assert [(table, operation) for table, _, operation in told if table in ("note", "remark")] == [
        *[("note", "delete")] * 3,
        *[("remark", "insert")] * 3,
    ]


def test_going_back_gives_what_was(database: Path) -> None:
    def dump(db: sqlite3.Connection) -> list[str]:
        return [line for line in db.iterdump() if not re.search("journal_|search", line)]

    with past.copy(database) as db:
        before = dump(db)
    with transaction(database) as session:
        for number in range(3):
            kinds: Any = {"kind": "other", "confidentiality": "internal"}
            session.add(Agreement(ref=f"X-{number}", title="T", recorded_on=date(2026, 1, 1), **kinds))
    with transaction(database) as session:
        session.execute(update(Agreement).values(title="U"))
        session.add(Note(agreement_id=1, number=1, position=0, text="n"))
    with transaction(database) as session:
        raw_of(session).execute("UPDATE agreement SET ref = 'tmp' WHERE ref = 'X-0'")
        raw_of(session).execute("UPDATE agreement SET ref = 'X-0' WHERE ref = 'X-1'")
        raw_of(session).execute("UPDATE agreement SET ref = 'X-1' WHERE ref = 'tmp'")
        raw_of(session).execute("DELETE FROM agreement WHERE id = 3")
    with past.copy(database) as db:
        past.go_back(db, 2)
        assert db.execute("SELECT id, ref, title FROM agreement ORDER BY id").fetchall() == [
            (1, "X-0", "T"), (2, "X-1", "T"), (3, "X-2", "T")]  # fmt: skip
        past.go_back(db, 1)
        assert dump(db) == before


def test_the_hash_depends_on_every_part() -> None:
    given: list[Any] = ["0" * 64, 1, "2026-01-01T00:00:00Z", "k", None, b"d", 2]
    first = entries.begin(*given).hexdigest()
    for place, other in enumerate(["1" * 64, 2, "2026-01-01T00:00:01Z", "l", 1, b"e", 3]):
        assert entries.begin(*given[:place], other, *given[place + 1 :]).hexdigest() != first
    one, two = entries.begin(*given), entries.begin(*given)
    entries.add(one, ["ab", "c"])
    entries.add(two, ["a", "bc"])
    assert one.hexdigest() != two.hexdigest()


def test_the_key_is_made_once_by_whoever_is_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    racers = [subprocess.Popen([sys.executable, "-c", KEY], stdout=subprocess.PIPE) for _ in range(4)]
    assert len({racer.communicate(timeout=60)[0] for racer in racers}) == 1
    assert keys.file().stat().st_mode & 0o777 == 0o600
    assert keys.file().parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in keys.file().parent.iterdir()] == ["journal.key"]


@pytest.mark.parametrize("content", ["", "\n", "abc\n", "g" * 64, "a" * 64 + "\nxyz\n", "é"])
def test_a_key_file_that_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    keys.file().parent.mkdir()
    keys.file().write_text(content, encoding="utf-8")
    with pytest.raises(BadFile, match="key"):
        keys.own()
    assert keys.file().read_text(encoding="utf-8") == content


def test_a_key_that_cannot_be_made(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    before = database.read_bytes()
    with pytest.raises(BadFile, match="key cannot be"), transaction(database) as session:
        session.add(Party(ref="a", name="a", name_key="a"))
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "1", "0:" + "a" * 64, "1:abc", "x:" + "a" * 64, "1:" + "g" * 64, "-1:" + "a" * 64]
)
def test_what_is_no_head(text: str) -> None:
    with pytest.raises(BadInput, match="COUNT:HASH"):
        Head.parse(text)


def test_a_head_there_and_back() -> None:
    head = Head(12, "ab" * 32)
    assert Head.parse(str(head)) == Head.parse(f" {head}\n".upper()) == head


def test_payload_of_a_change() -> None:
    assert Change("t", "1", None, '{"a":1}').payload() == '{"a":1}'
    assert Change("t", "1", '{"a":1}', None).operation == "delete"
    assert Change("t", "1", '{"a":1,"b":2}', '{"a":3,"c":4}').payload() == '{"a":[1,3],"b":[2,null],"c":[null,4]}'
