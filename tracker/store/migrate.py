"""Runs the migrations from code: in one transaction, safe when two processes start at once."""

from __future__ import annotations

import csv
import os
import sqlite3
import tempfile
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event
from sqlalchemy.exc import DatabaseError, IntegrityError

from tracker import paths
from tracker.errors import Conflict, DatabaseUnusable
from tracker.models.tables import METADATA
from tracker.store import schema, search_index
from tracker.store.backup.making import before_upgrade
from tracker.store.connect import connect, unusable
from tracker.store.engine import writing_engine
from tracker.store.files import sync_folder
from tracker.store.journal import witness
from tracker.store.journal.author import Author
from tracker.store.journal.upgrading import Watch


def create(path: Path, author: Author | None = None) -> None:
    """Make a new database at ``path`` with the schema and the reference data; the folder is made too.

    A file half made by an interrupted attempt never bears the final name, nor does one of two made at once
    replace the other. Raises Conflict when a file is there already, DatabaseUnusable when the folder cannot be
    written.
    """
    try:
        if path.exists() or path.is_symlink():
            raise _taken(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tracker-", suffix=".new")
        os.close(handle)
        draft = Path(name)
        try:
            upgrade(draft, new=True, author=author)
            _publish(draft, path)
            _witness(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise DatabaseUnusable(str(path), f"cannot be made: {error.strerror}") from error


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name. Raises Conflict where another process was faster."""
    try:
        path.hardlink_to(draft)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError:  # a file system without hard links
        if path.exists():
            raise _taken(path) from None
        draft.rename(path)
    sync_folder(path.parent)


def _taken(path: Path) -> Conflict:
    return Conflict(f"{path}: exists already", "use it as it is, or give another path with --db")


def upgrade(path: Path, *, new: bool = False, author: Author | None = None) -> int:
    """Bring the database at ``path`` to this program's schema; gives the schema it had before.

    Before that, a backup is made beside it. What it changes is an entry of the journal; where there is none yet,
    everything recorded becomes the first.

    The lock is taken before the schema is read, so of two processes one upgrades and the other finds it done.
    Raises DatabaseUnusable for a file that is none of ours, or cannot be written.
    """
    if not new:
        connect(path, any_version=True).close()  # refuses a foreign or a newer file
    engine = writing_engine(path, create=new, any_version=True)
    try:
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA foreign_keys=OFF")  # a batch migration would cascade; ignored inside BEGIN
            before: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if before < schema.VERSION:
                if not new:
                    before_upgrade(path)
                watch = Watch(raw)
                event.listen(connection, "before_cursor_execute", lambda _c, _d, text, *_: watch.statement(text))
                _run(connection)
                _load_scopes(connection)
                search_index.refresh(connection)
                connection.exec_driver_sql(f"PRAGMA application_id={schema.APPLICATION_ID}")
                connection.exec_driver_sql(f"PRAGMA user_version={schema.VERSION}")
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise DatabaseUnusable(str(path), f"the upgrade would break {len(broken)} references")
                watch.append(author or Author.default())
            connection.commit()
            raw.execute("PRAGMA foreign_keys=ON")
            if before < schema.VERSION and not new:
                witness.saw(raw, path)
            return before
    except IntegrityError:
        raise  # a constraint of ours: a bug, not the file's fault
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.DatabaseError):
            raise unusable(path, error.orig) from error
        raise
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:  # of the journal, which speaks to the driver itself
        raise unusable(path, error) from error
    finally:
        engine.dispose()


def _witness(path: Path) -> None:
    db = connect(path)
    try:
        witness.saw(db, path)
    finally:
        db.close()


def script_directory() -> ScriptDirectory:
    """The migrations, read from ``db/migrations`` without an ini file."""
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _run(connection: Connection) -> None:
    config = _config(connection)
    script = ScriptDirectory.from_config(config)

    def to_head(revision, context):  # type: ignore[no-untyped-def]
        return script._upgrade_revs("head", revision)

    with EnvironmentContext(config, script, fn=to_head):
        script.run_env()


def _load_scopes(connection: Connection) -> None:
    """Write the built-in scope areas: new ones are added, changed ones mended, officers' own left alone."""
    table = METADATA.tables["scope_area"]
    ids: dict[str, int] = {row.code: row.id for row in connection.execute(table.select().order_by(table.c.id))}
    with (paths.REFERENCE / "scopes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = {key: value or None for key, value in row.items() if key != "parent"}
            values |= {"parent_id": ids[row["parent"]] if row["parent"] else None, "builtin": True}
            if row["code"] in ids:
                connection.execute(table.update().where(table.c.id == ids[row["code"]]).values(**values))
            else:
                result = connection.execute(table.insert().values(**values))
                assert result.inserted_primary_key is not None
                ids[row["code"]] = result.inserted_primary_key[0]
