"""Migrations: the migrated schema is the models' schema, whoever upgrades and however many at once."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from tracker import paths
from tracker.errors import Conflict
from tracker.models.tables import METADATA
from tracker.store import migrate, schema

UPGRADE = "import sys; from pathlib import Path; from tracker.store import migrate; migrate.upgrade(Path(sys.argv[1]))"


def statements(path: Path) -> dict[str, str]:
    """Every table and index as SQL, in one spelling."""
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
        return {name: _normal(sql) for name, sql in rows}


def _normal(sql: str) -> str:
    words = re.sub(r"\s+", " ", sql)
    head, _, body = words.partition("(")
    parts = re.split(r", (?=CONSTRAINT|[a-z\"_]+ [A-Z])", body)
    return head + "|".join(sorted(part.strip(" )") for part in parts))


def test_the_migrated_schema_is_that_of_the_models(template: Path, tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    METADATA.create_all(made)
    assert statements(template) == statements(tmp_path / "made.db")


def test_autogenerate_finds_nothing(template: Path) -> None:
    engine = create_engine(f"sqlite:///{template}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_the_version_counts_the_migrations() -> None:
    files = sorted(file.name for file in (paths.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert len(files) == schema.VERSION
    assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, schema.VERSION + 1)]
    assert len(list(migrate.script_directory().walk_revisions())) == schema.VERSION


def test_four_upgrade_one_database_at_once(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    with sqlite3.connect(old) as db:
        db.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        db.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    racers = [subprocess.Popen([sys.executable, "-c", UPGRADE, str(old)], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(racer.communicate(timeout=60)[1], racer.returncode) for racer in racers] == [(b"", 0)] * 4
    with sqlite3.connect(old) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("SELECT count(*), count(DISTINCT code) FROM scope_area").fetchone()[0] > 30


def test_a_failing_migration_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old.db"
    with sqlite3.connect(old) as db:
        db.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        db.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    before = statements(old)
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "_load_scopes", lambda connection: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            migrate.upgrade(old)
    assert statements(old) == before
    assert migrate.upgrade(old) == 0
    assert len(statements(old)) > 50


def test_create_refuses_what_is_there_and_leaves_no_draft(database: Path, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="exists already"):
        migrate.create(database)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tracker.db"]
    assert database.stat().st_mode & 0o077 == database.stat().st_mode & 0o077


def test_a_new_database_is_its_users_alone(tmp_path: Path) -> None:
    migrate.create(tmp_path / "folder" / "new.db")
    assert (tmp_path / "folder" / "new.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["new.db"]


def test_every_code_list_is_checked_by_the_database(database: Path) -> None:
    engine = create_engine(f"sqlite:///{database}")
    checked = 0
    for table in METADATA.sorted_tables:
        for column in table.columns:
            codes = getattr(column.type, "enums", None)
            if codes:
                required = [c for c in table.columns if not c.nullable and c is not column and not c.primary_key]
                filled = ", ".join([f'"{column.name}"', *(f'"{c.name}"' for c in required)])
                with engine.connect() as connection, pytest.raises(IntegrityError, match="CHECK"):
                    values = ", ".join(["'nonsense'", *("1" for _ in required)])
                    connection.exec_driver_sql(f"INSERT INTO {table.name} ({filled}) VALUES ({values})")
                checked += 1
    assert checked >= 15
