"""Migrations: the migrated schema is the models' schema, whoever upgrades and however many at once."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from sqlalchemy import Column, Table, create_engine
from sqlalchemy.exc import IntegrityError

from tracker import paths
from tracker.errors import Conflict, DatabaseUnusable
from tracker.models import enums
from tracker.models.tables import METADATA
from tracker.store import migrate, references, schema
from tracker.store.connect import OutdatedSchema
from tracker.store.reader import Reader
from tracker.store.transaction import transaction

CREATE = """
import sys
from pathlib import Path
from tracker.errors import Conflict
from tracker.store import migrate
try:
    migrate.create(Path(sys.argv[1]))
except Conflict:
    sys.exit(4)
"""
UPGRADE = "import sys; from pathlib import Path; from tracker.store import migrate; migrate.upgrade(Path(sys.argv[1]))"


def statements(path: Path, *, of_search: bool = True) -> dict[str, str]:
    """Every table and index as SQL, in one spelling."""
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
        return {name: _normal(sql) for name, sql in rows if of_search or not of_the_index(name)}


def of_the_index(name: str | None) -> bool:
    """Whether a table, view or trigger is of the search index, which is SQLite's own and in no model."""
    return (name or "").partition("_")[0] == "search"


def _normal(sql: str) -> str:
    words = re.sub(r"\s+", " ", sql)
    head, _, body = words.partition("(")
    parts = re.split(r", (?=CONSTRAINT|[a-z\"_]+ [A-Z])", body)
    return head + "|".join(sorted(part.strip(" )") for part in parts))


def test_the_migrated_schema_is_that_of_the_models(template: Path, tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    METADATA.create_all(made)
    assert statements(template, of_search=False) == statements(tmp_path / "made.db")


def test_autogenerate_finds_nothing(template: Path) -> None:
    engine = create_engine(f"sqlite:///{template}")
    opts = {"compare_type": True, "include_name": lambda name, kind, parents: not of_the_index(name)}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, METADATA) == []


def test_the_version_counts_the_migrations() -> None:
    files = sorted(file.name for file in (paths.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert len(files) == schema.VERSION
    assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, schema.VERSION + 1)]
    assert len(list(migrate.script_directory().walk_revisions())) == schema.VERSION


def test_four_upgrade_one_database_at_once(tmp_path: Path) -> None:
    path = old(tmp_path / "old.db")
    racers = [subprocess.Popen([sys.executable, "-c", UPGRADE, str(path)], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(racer.communicate(timeout=60)[1], racer.returncode) for racer in racers] == [(b"", 0)] * 4
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        count, codes = db.execute("SELECT count(*), count(DISTINCT code) FROM scope_area").fetchone()
        assert count == codes > 30


def test_a_failing_migration_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old(tmp_path / "old.db")
    before = statements(path)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_load_scopes", lambda connection: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            migrate.upgrade(path)
    assert statements(path) == before
    assert migrate.upgrade(path) == 0
    assert len(statements(path)) > 50


def test_create_refuses_what_is_there_and_leaves_no_draft(database: Path, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="exists already"):
        migrate.create(database)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tracker.db"]


def test_a_new_database_is_its_users_alone(tmp_path: Path) -> None:
    migrate.create(tmp_path / "folder" / "new.db")
    assert (tmp_path / "folder" / "new.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["new.db"]


def old(path: Path) -> Path:
    """A database of ours before its first migration."""
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        db.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    return path


def test_four_create_one_database_at_once(tmp_path: Path) -> None:
    """One makes it, the others are told; none takes the other's half-made file for its own."""
    path = tmp_path / "folder" / "new.db"
    racers = [subprocess.Popen([sys.executable, "-c", CREATE, str(path)], stderr=subprocess.PIPE) for _ in range(4)]
    ended = [(racer.communicate(timeout=60)[1], racer.returncode) for racer in racers]
    assert sorted(ended, key=lambda end: end[1]) == [(b"", 0), *[(b"", 4)] * 3]
    assert [file.name for file in path.parent.iterdir()] == ["new.db"]
    with Reader(path) as rows:
        assert len(rows.rows("scopes")) > 30


@pytest.mark.parametrize("hard_links", [True, False])
def test_one_made_meanwhile_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hard_links: bool
) -> None:
    path = tmp_path / "new.db"
    if not hard_links:

        def refuse(self: Path, target: Path) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(Path, "hardlink_to", refuse)

    def slow(connection: object) -> None:
        path.write_text("somebody else's")

    with monkeypatch.context() as patch, pytest.raises(Conflict, match="exists already"):
        patch.setattr(migrate, "_load_scopes", slow)
        migrate.create(path)
    assert path.read_text() == "somebody else's"
    path.unlink()
    migrate.create(path)
    assert [file.name for file in tmp_path.iterdir()] == ["new.db"]


def test_an_interrupted_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(connection: object) -> None:
        assert not (tmp_path / "new.db").exists(), "the final name is given last"
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(migrate, "_load_scopes", interrupted)
        migrate.create(tmp_path / "new.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300, "file/new.db"])
def test_a_path_that_cannot_be_made(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatabaseUnusable, match="cannot be made") as caught:
        migrate.create(tmp_path / name)
    assert caught.value.exit_code == 5
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_link_to_nothing_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "new.db").symlink_to(tmp_path / "target.db")
    with pytest.raises(Conflict):
        migrate.create(tmp_path / "new.db")
    assert not (tmp_path / "target.db").exists()


def test_a_writer_upgrades_an_older_database_by_itself(tmp_path: Path) -> None:
    path = old(tmp_path / "old.db")
    with pytest.raises(OutdatedSchema), Reader(path):
        pass
    with transaction(path) as session:
        assert references.give(session, "X-1") == "X-1"
    with Reader(path) as rows:
        assert len(rows.rows("scopes")) > 30


def test_upgrading_twice_changes_nothing(database: Path) -> None:
    before = database.read_bytes()
    assert migrate.upgrade(database) == schema.VERSION
    assert database.read_bytes() == before


def test_the_first_migration_can_be_taken_back(template: Path, tmp_path: Path) -> None:
    """Down from head to nothing and up again gives the same schema."""
    path = tmp_path / "tracker.db"
    shutil.copy(template, path)
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM scope_area")
    engine = create_engine(f"sqlite:///{path}")
    for direction in ("base", "head"):
        with engine.begin() as connection:
            script = migrate.script_directory()
            config = migrate._config(connection)
            config.attributes["connection"] = connection

            def moves(revision, context, to=direction, script=script):  # type: ignore[no-untyped-def]
                move = script._downgrade_revs if to == "base" else script._upgrade_revs
                return move(to, revision)

            with EnvironmentContext(config, script, fn=moves):
                script.run_env()
        assert bool(statements(path)) == (direction == "head")
    assert statements(path) == statements(template)


def test_every_constraint_has_a_name_of_ours(template: Path) -> None:
    with sqlite3.connect(template) as db:
        tables = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    nameless = []
    for name, sql in tables:
        if name.startswith(("alembic_", "sqlite_")) or of_the_index(name):
            continue
        words = re.findall(r"(CONSTRAINT \S+ )?\b(CHECK|UNIQUE|FOREIGN KEY|PRIMARY KEY)\b", sql)
        nameless += [(name, what) for named, what in words if not named]
        for constraint in re.findall(r"CONSTRAINT (\S+)", sql):
            assert re.match(rf"(ck|uq|fk|pk)_{name}", constraint.strip('"')), constraint
    assert nameless == []


def coded_columns() -> list[tuple[Table, Column[Any]]]:
    return [
        (table, column)
        for table in METADATA.sorted_tables
        for column in table.columns
        if getattr(column.type, "enums", None)
    ]


@pytest.mark.parametrize(("table", "column"), coded_columns(), ids=str)
def test_each_code_is_taken_and_no_other(database: Path, table: Table, column: Column[Any]) -> None:
    alone = len(table.primary_key.columns) == 1
    others = [c for c in table.columns if not c.nullable and c is not column and not (alone and c.primary_key)]
    filled = ", ".join(f'"{c.name}"' for c in (column, *others))
    engine = create_engine(f"sqlite:///{database}")

    def insert(value: str, number: int) -> None:
        values = [value]
        for other in others:
            codes = getattr(other.type, "enums", None)
            shaped = {"country": "PA", "sha256": f"{number:064}"}
            values.append(codes[0] if codes else shaped.get(other.name, str(number)))
        with engine.begin() as connection:
            marks = ", ".join("?" for _ in values)
            connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({filled}) VALUES ({marks})', tuple(values))

    codes: list[str] = column.type.enums  # type: ignore[attr-defined]
    for number, value in enumerate(codes, start=1001):
        insert(value, number)
    for wrong in ("nonsense", codes[0].upper(), f"{codes[0]} ", ""):
        with pytest.raises(IntegrityError, match="CHECK"):
            insert(wrong, 9999)
    engine.dispose()


def test_every_code_list_is_the_enumeration_itself() -> None:
    """A code list that no column checks, or a column whose codes are not those of its enumeration, is a slip."""
    checked = {tuple(column.type.enums) for _, column in coded_columns()}  # type: ignore[attr-defined]
    lists = [kind for kind in vars(enums).values() if isinstance(kind, type) and issubclass(kind, StrEnum)]
    lists = [kind for kind in lists if kind not in (StrEnum, enums.OccurrenceState, enums.RenewalMode)]
    missing = [kind.__name__ for kind in lists if tuple(member.value for member in kind) not in checked]
    assert missing == []
    assert len(coded_columns()) >= 15
