"""Verification: whatever is done behind the program's back is found, and nothing else is."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import documents as made
import pytest
from conftest import TODAY
from factories import agreement, everything

from faults.forgery import forge
from tracker import actions, exchange, paths
from tracker.actions.record import DocumentPart
from tracker.errors import DatabaseUnusable
from tracker.models.enums import TextState
from tracker.rules.pages import FileText, Page
from tracker.store import migrate, schema
from tracker.store.calendar import Request
from tracker.store.connect import connect
from tracker.store.files import FileStore
from tracker.store.journal import entries, keys, past, tables, witness
from tracker.store.journal.entries import Head
from tracker.store.reader import Reader

Run = Callable[..., Any]
FIXTURES = Path(__file__).parents[1] / "fixtures"


def silent(what: str, done: int, total: int) -> None:
    assert 0 < done <= total


def findings(path: Path, since: Head | None = None) -> list[str]:
    return [str(finding) for finding in actions.verification.verify(path, TODAY, since, silent)[1]]


def head(path: Path) -> Head:
    with closing(connect(path)) as db:
        return entries.head(db)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which every table has rows, with a file kept beside it."""
    folder = tmp_path_factory.mktemp("whole")
    path = folder / "tracker.db"
    migrate.create(path)
    (folder / "annex.pdf").write_bytes(made.pdf())
    record = everything()
    record["obligations"][0] |= {"scopes": ["asylum"], "fulfilled": [{"due": "2018-05-18", "on": "2018", "by": "A1"}]}
    record["activities"][0]["scopes"] = ["asylum"]
    record["parties"][0] |= {"signatory": {"name": "Rosa Paz", "office": "Chief"}, "former_names": ["Alpha Office"]}
    files = FileStore(path)
    checked, _ = actions.documents.keep_all_beside([actions.record_check.check(record)], folder, files)
    calendar = Request("everything", {"day": TODAY.isoformat(), "until": "2028-01-01"}, include_confidential=True)

    (folder / "statutes.txt").write_text("Article 1\nThe text of the statutes.")
    text = FileText(TextState.READ, (Page(1, "Article 1\nThe text of the statutes."),))
    statutes = actions.documents.keep(files, folder / "statutes.txt")
    part = DocumentPart(file="statutes.txt", kind="other", title="Statutes", language="en", on="2016")

    def fill(session: Any) -> None:
        actions.records.bring_in(session, checked, TODAY)
        actions.documents.add(session, "party-1", part, statutes, text)
        actions.calendar_memory.give(session, calendar, TODAY)

    actions.running.run(path, fill, files=files)
    actions.running.run(path, lambda session: actions.editing.fields(session, "R-1", {"title": "New title"}, TODAY))
    return path


@pytest.fixture
def copied(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole.parent, tmp_path / "copy")
    return tmp_path / "copy" / whole.name


def columns(path: Path) -> Iterator[tuple[str, str]]:
    with sqlite3.connect(path) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            for _, column, *_ in db.execute(f'PRAGMA table_info("{table}")').fetchall():
                yield table, column


def behind_its_back(path: Path, *statements: str, values: tuple[Any, ...] = ()) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints=ON")
        for statement in statements:
            db.execute(statement, values)
        db.commit()


def test_what_the_program_wrote_verifies(copied: Path) -> None:
    assert findings(copied) == []
    with sqlite3.connect(copied) as db:
        for table in {table for table, _ in columns(copied)} - {tables.PASSING}:
            assert db.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0], f"{table} has no row to try"


def test_every_example_verifies(database: Path, run: Run) -> None:
    records = [r for file in sorted(paths.EXAMPLES.glob("*.yaml")) for r in exchange.reading.read(file).records]
    run(actions.records.bring_in, records, TODAY)
    assert findings(database) == []


def edits(path: Path, table: str, column: str, values: tuple[Any, ...]) -> Iterator[Any]:
    """Put each value into a row's column, one after the other, and yield it; SQLite itself refuses some."""
    choose = random.Random(f"{table}.{column}")
    kept = path.read_bytes()
    try:
        for value in values:
            path.write_bytes(kept)
            with closing(sqlite3.connect(path)) as db:
                db.executescript("PRAGMA ignore_check_constraints=ON; PRAGMA writable_schema=ON")
                there = [value for (value,) in db.execute(f'SELECT "{column}" FROM "{table}"')]
                if not there:
                    return
                try:
                    done = db.execute(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" IS ? AND "{column}" IS NOT ?',
                        (value, choose.choice(there), value),
                    )
                except sqlite3.IntegrityError:
                    continue
                db.commit()
            if done.rowcount:
                yield value
    finally:
        path.write_bytes(kept)


def test_an_edit_of_any_column_of_any_table_is_found(copied: Path) -> None:
    tried, unseen = set(), []
    for table, column in columns(copied):
        for value in edits(copied, table, column, ("behind", None, 12345.5, b"\xff\x00")):
            tried.add(table)
            if not findings(copied):
                unseen.append((table, column, value))
            if not table.startswith("search"):
                break  # one for each column is enough where all are compared alike
    assert unseen == []
    assert tried == {table for table, _ in columns(copied)} - {tables.PASSING}


def test_an_edit_of_the_table_of_tables_is_found(copied: Path) -> None:
    names = ("type", "name", "tbl_name", "rootpage", "sql")
    unseen = [(name, v) for name in names for v in edits(copied, "sqlite_schema", name, ("x", 3)) if not broken(copied)]
    assert unseen == []


def broken(path: Path) -> bool:
    """Whether it is found to be wrong, or cannot even be opened."""
    try:
        return bool(findings(path))
    except DatabaseUnusable:
        return True


def test_a_row_taken_from_behind_the_search_index_or_put_there_is_found(copied: Path) -> None:
    """The tables that SQLite keeps for it are not in the journal: what follows from the texts proves them."""
    kept, tried, unseen = copied.read_bytes(), 0, []
    behind = sorted({table for table, _ in columns(copied) if table.startswith("search_")} - {tables.PASSING})
    for table in behind:
        with closing(sqlite3.connect(copied)) as db:
            names = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
            keys_ = [name for _, name, *_, place in db.execute(f"PRAGMA table_info({table})") if place]
            rows = db.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
        for row in [*rows[:3], *rows[-3:]]:
            at = dict(zip(names, row, strict=True))
            others = {key: at[key] + (1 << 20 if isinstance(at[key], int) else type(at[key])()) for key in keys_}
            others = others if others != {key: at[key] for key in keys_} else {keys_[-1]: "x"}
            where = " AND ".join(f"{key} IS :{key}" for key in keys_)
            for statement, given in (
                (f"DELETE FROM {table} WHERE {where}", at),
                (f"INSERT INTO {table} VALUES ({', '.join(f':{name}' for name in names)})", at | others),
            ):
                copied.write_bytes(kept)
                with closing(sqlite3.connect(copied)) as db:
                    assert db.execute(statement, given).rowcount == 1
                    db.commit()
                tried += 1
                if not findings(copied):
                    unseen.append((table, statement, given))
    assert unseen == [] and tried > 40


@pytest.mark.parametrize("table", [table.name for table in actions.removal.METADATA.sorted_tables])
def test_a_row_taken_or_put_behind_its_back_is_found(copied: Path, table: str) -> None:
    taken, put = copied.with_name("taken.db"), copied.with_name("put.db")
    shutil.copy(copied, taken)
    shutil.copy(copied, put)
    only = "ORDER BY entry DESC, position DESC" if table == "journal_row" else "ORDER BY rowid DESC"
    keys_of = {"reference": "key", "journal_entry": "number", "journal_row": "payload"}
    key = (keys_of | {"calendar_entry": "uid", "calendar_given": "uid"}).get(table, "id")
    behind_its_back(taken, f'DELETE FROM "{table}" WHERE "{key}" = (SELECT "{key}" FROM "{table}" {only} LIMIT 1)')
    assert findings(taken)
    with closing(sqlite3.connect(put)) as db:
        names = [name for _, name, *_ in db.execute(f'PRAGMA table_info("{table}")')]
        row = list(db.execute(f'SELECT * FROM "{table}" {only} LIMIT 1').fetchone())
        unique = {"id": 9999, "number": 9999, "key": "x-9", "ref": "x-9", "position": 9999, "kind": "other"}
        unique |= {"party_id": 9999, "scope_id": 9999, "person_id": 9999}
        row = [unique.get(name, value) for name, value in zip(names, row, strict=True)]
        row = [f"{v} else" if isinstance(v, str) and v not in unique.values() else v for v in row]
        db.execute("PRAGMA ignore_check_constraints=ON")
        db.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" for _ in row)})', row)
        db.commit()
    assert findings(put)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON agreement BEGIN DELETE FROM note; END",
        "CREATE TABLE other (id INTEGER PRIMARY KEY)",
        "DROP INDEX ix_journal_row__ref",
        "CREATE INDEX more ON note (text)",
        "CREATE VIEW v AS SELECT * FROM person",
        "DROP TRIGGER search_agreement_update",
        "ANALYZE",
        "UPDATE alembic_version SET version_num = '0001'",
        "DELETE FROM alembic_version",
        "DROP TABLE search_idx",
        "DROP TABLE search",
    ],
)
def test_a_change_of_the_schema_is_found(copied: Path, statement: str) -> None:
    behind_its_back(copied, statement)
    assert findings(copied)


def test_an_edit_before_a_later_write_is_found_after_it(copied: Path) -> None:
    """A write does not launder what was done behind its back to the same row, or to another."""
    behind_its_back(copied, "UPDATE agreement SET title = 'X'")
    actions.running.run(copied, lambda session: actions.editing.fields(session, "R-1", {"summary": "S"}, TODAY))
    assert any("title" in finding for finding in findings(copied))
    actions.running.run(copied, lambda session: actions.editing.fields(session, "R-1", {"title": "Y"}, TODAY))
    assert "R-1: agreement 1 was changed outside of Tracker before entry 5" in findings(copied)


def test_findings_name_the_reference(copied: Path) -> None:
    behind_its_back(copied, "UPDATE obligation SET text = 'Nothing'", "UPDATE person SET name = 'X' WHERE id = 1")
    found = findings(copied)
    assert any(finding.startswith("R-1/O1: obligation 1: text is 'Nothing', but ") for finding in found)
    assert any(finding.startswith("person-1: person 1: name is 'X', but ") for finding in found)


def new_title(db: sqlite3.Connection) -> None:
    db.execute("UPDATE agreement SET title = 'Forged'")
    db.execute("UPDATE journal_row SET payload = replace(payload, 'New title', 'Forged')")


def another_actor(db: sqlite3.Connection) -> None:
    db.execute("UPDATE journal_entry SET actor = 'somebody@else' WHERE number = 2")


def earlier(db: sqlite3.Connection) -> None:
    db.execute("UPDATE journal_entry SET at = '2001-01-01T00:00:00Z' WHERE number = 2")


def cut(db: sqlite3.Connection) -> None:
    """The last entry taken out, and the row put back as it was."""
    db.execute("DELETE FROM journal_row WHERE entry = 3")
    db.execute("DELETE FROM journal_entry WHERE number = 3")
    db.execute("UPDATE agreement SET title = 'Agreement R-1'")
    db.execute("UPDATE search SET title = replace(title, 'New title', 'Agreement R-1')")
    db.execute("DELETE FROM search_stale")


@pytest.mark.parametrize("change", [new_title, another_actor, earlier], ids=lambda change: change.__name__)
@pytest.mark.parametrize("key", [None, b"a key of their own"])
def test_a_forged_journal_is_found(copied: Path, change: Callable[[sqlite3.Connection], None], key: bytes) -> None:
    forge(copied, change, key)
    found = findings(copied)
    assert any("forged" in finding or "sealed with the key" in finding for finding in found)
    if key is None:
        assert not any("hash does not fit" in finding for finding in found), "the hashes were computed anew"


def test_forging_without_a_change_shows_that_the_forger_computes_as_we_do(copied: Path) -> None:
    forge(copied, lambda db: None)
    assert findings(copied) == []


def test_a_journal_cut_short_is_found_by_its_head(copied: Path) -> None:
    kept = head(copied)
    with closing(sqlite3.connect(copied, isolation_level=None)) as db:
        cut(db)
    assert findings(copied) == [], "by itself a shorter journal is a journal"
    assert any("entries are missing" in finding for finding in findings(copied, since=kept))


def test_a_journal_cut_short_is_found_by_what_this_machine_saw(copied: Path) -> None:
    assert findings(copied) == []  # and so it is seen
    with closing(sqlite3.connect(copied, isolation_level=None)) as db:
        cut(db)
    assert any("the last one that this machine saw (3)" in finding for finding in findings(copied))
    actions.running.run(copied, lambda session: actions.editing.fields(session, "R-1", {"summary": "S"}, TODAY))
    assert any("was written anew" in finding for finding in findings(copied)), "a later write does not hide it"


def test_an_older_copy_put_back_is_taken_for_good_with_its_own_head(copied: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    shutil.copy(copied, older)
    kept = head(older)
    actions.running.run(copied, lambda session: actions.editing.fields(session, "R-1", {"summary": "S"}, TODAY))
    shutil.copy(older, copied)
    assert any("entries are missing" in finding for finding in findings(copied))
    assert findings(copied, since=kept) == []
    assert findings(copied) == []


def test_since_is_checked_against_the_chain(copied: Path) -> None:
    kept = head(copied)
    assert findings(copied, since=kept) == []
    actions.running.run(copied, lambda session: actions.editing.fields(session, "R-1", {"summary": "S"}, TODAY))
    assert findings(copied, since=kept) == []
    assert any("written anew" in finding for finding in findings(copied, since=Head(2, "ab" * 32)))


def test_a_database_of_another_machine(copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its key the chain and the rows are proven, who sealed it is not; with the head or the key it is."""
    kept, theirs = head(copied), keys.file().read_text()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "another"))
    found = findings(copied)
    assert len(found) == 1 and "3 entries from 1 to 3: sealed with the key" in found[0]
    assert findings(copied, since=kept) == []
    actions.running.run(copied, lambda session: actions.editing.fields(session, "R-1", {"summary": "S"}, TODAY))
    assert keys.file().stat().st_mode & 0o777 == 0o600
    assert findings(copied, since=kept) == []
    assert len(findings(copied)) == 1
    with keys.file().open("a") as file:
        file.write(theirs)
    assert findings(copied) == []


def test_flipped_and_missing_files_are_found(copied: Path) -> None:
    store = FileStore(copied)
    with Reader(copied) as rows:
        kept = {row["ref"]: row["sha256"] for row in rows.rows("named_files")}["R-1/D1"]
    file, where = store.path(kept), f"{kept[:2]}/{kept[2:]}"
    content = bytearray(file.read_bytes())
    for place in (0, len(content) // 2, len(content) - 1):
        content[place] ^= 1
        file.write_bytes(content)
        assert findings(copied) == [f"{where}: is altered: its content is not that of its name; R-1/D1 annex.pdf"]
        content[place] ^= 1
    file.write_bytes(content)
    assert findings(copied) == []
    file.unlink()
    assert findings(copied) == [f"{where}: is missing; it was named R-1/D1 annex.pdf"]


def test_an_upgraded_database_verifies_and_is_in_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript((FIXTURES / "schema-1.sql").read_text(encoding="utf-8"))
    assert migrate.upgrade(path) == 1
    assert findings(path) == []
    with Reader(path) as rows:
        assert len(rows.rows("agreements", day=TODAY.isoformat())) == 2
    with sqlite3.connect(path) as db:
        replayed = db.execute("SELECT count(*) FROM journal_row WHERE table_name = 'agreement'").fetchone()[0]
    assert replayed == 2 and head(path).count == 1
    actions.running.run(path, lambda s: actions.editing.fields(s, "IOM-PA-MINSEG", {"summary": "S"}, TODAY))
    assert findings(path) == []


@pytest.mark.parametrize("version", range(2, schema.VERSION))
def test_a_database_of_each_earlier_schema_with_a_journal_is_upgraded(tmp_path: Path, version: int) -> None:
    """Written by the program of that time, on another machine: its key is not known here, so its head vouches."""
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript((FIXTURES / f"schema-{version}.sql").read_text(encoding="utf-8"))
        before = entries.head(db)
        known = sorted(db.execute("SELECT ref, title FROM agreement"))
    assert migrate.upgrade(path) == version
    assert head(path).count == before.count + 1
    assert findings(path, since=before) == []
    with Reader(path) as rows:
        assert sorted((row["ref"], row["title"]) for row in rows.rows("agreements", day=TODAY.isoformat())) == known
        assert len(known) == 2
    actions.running.run(path, lambda s: actions.editing.fields(s, "XN-1", {"summary": "S"}, TODAY))
    actions.running.run(path, lambda s: actions.undoing.undo(s, None, TODAY))
    assert findings(path, since=before) == []


def test_a_renamed_party_is_called_by_its_new_name_in_every_reason(bring: Run, edit: Run, database: Path) -> None:
    bring(agreement("X-1", events=[{"event": "signed", "on": "2017-05-18"},
                                   {"event": "ratified", "on": "2018", "party": "Alpha Institute"}]))  # fmt: skip
    edit("party-1", acronym="AI")
    assert findings(database) == []


def test_a_large_database_is_copied_into_a_private_folder_beside_it(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "LARGEST_IN_MEMORY", 0)
    before = sorted(copied.parent.iterdir())
    with past.copy(copied) as db:
        (file,) = [Path(file) for _, name, file in db.execute("PRAGMA database_list") if name == "main"]
        assert file.parent.parent == copied.parent and file.parent.name.startswith(".tracker-work-")
        assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert findings(copied) == []
    behind_its_back(copied, "UPDATE obligation SET text = 'Nothing'", "DELETE FROM note", "DELETE FROM standing")
    found = findings(copied)
    assert sorted(copied.parent.iterdir()) == before
    monkeypatch.undo()
    assert found == findings(copied) and len(found) > 3


def test_what_was_derived_far_ahead_to_its_end_verifies(bring: Run, run: Run, database: Path) -> None:
    signed = [{"event": "signed", "on": "2026-11-01"}]
    provisions = {"entry_into_force": "on signature", "duration": "6 years"}
    parties = [{"name": "Alpha Institute", "role": "party"}, {"name": "Beta Ministry", "role": "party"}]
    owed = {"text": "Report", "owed_by": ["Alpha Institute"], "due": "every year after entry into force"}
    bring(agreement("X-1", parties=parties, events=signed, provisions=provisions, obligations=[owed]))
    assert run(actions.derivation.extend, TODAY.replace(year=2036)) == 1
    with Reader(database) as rows:
        assert max(row["due_on"] for row in rows.rows("occurrences", day=TODAY.isoformat())) > "2031"
    assert findings(database) == []


def test_every_table_is_journalled(database: Path) -> None:
    with closing(connect(database)) as db:
        known = tables.journalled(db)
    assert {table.name for table in actions.removal.METADATA.sorted_tables} - set(tables.OWN) <= known.keys()


def test_the_witness_is_no_reason_to_fail(copied: Path) -> None:
    file = witness._file(copied)
    file.parent.mkdir(exist_ok=True)
    for content in ("", "x", "x y z", "\xff"):
        file.write_text(content, encoding="latin-1")
        assert findings(copied) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE search SET title = 'Nothing' WHERE rowid = 17",
        "DELETE FROM search WHERE rowid = 17",
        "INSERT INTO search (rowid, title) VALUES (9999, 'Nothing')",
        "DELETE FROM search_data WHERE id > 10",
    ],
)
def test_a_search_index_that_is_not_in_step_is_found_and_mended(copied: Path, statement: str) -> None:
    behind_its_back(copied, statement)
    (found,) = [finding for finding in findings(copied) if "search index" in finding]
    assert "db reindex" in found
    if "search_data" not in statement:
        actions.running.run(copied, actions.kept_texts.rebuild_index)
        assert findings(copied) == []
