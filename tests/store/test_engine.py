"""The write side's engine: the lock before the first read, references between rows kept, settings as proven."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import TODAY
from factories import agreement, rows
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from tracker import actions
from tracker.models.tables import Agreement, Event, Participation, ScopeArea
from tracker.store import references
from tracker.store.connect import connect
from tracker.store.engine import writing_engine
from tracker.store.reader import Reader
from tracker.store.transaction import rows_of, transaction

ADD_ONE = """
import sys
from pathlib import Path
from sqlmodel import select
from tracker.models.tables import Reference
from tracker.store.transaction import transaction
for _ in range(25):
    with transaction(Path(sys.argv[1])) as session:
        row = session.exec(select(Reference).where(Reference.key == "counter")).one()
        row.number = row.number + 1
        session.add(row)
"""


def test_four_processes_that_read_add_one_and_commit_lose_nothing(database: Path) -> None:
    with transaction(database) as session:
        references.give(session, "counter", "counter", 0)
    writers = [subprocess.Popen([sys.executable, "-c", ADD_ONE, str(database)]) for _ in range(4)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 4
    with transaction(database) as session:
        assert references.next_number(session, "counter") == 101


def test_a_writer_holds_the_lock_before_its_first_read(database: Path) -> None:
    with transaction(database):
        other = sqlite3.connect(database, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM scope_area").fetchone()[0] > 30, "readers go on"
        other.close()


def test_what_a_writer_read_cannot_change_before_it_commits(database: Path) -> None:
    entered, order = threading.Event(), []

    def second() -> None:
        entered.set()
        with transaction(database) as session:
            order.append(("second", references.next_number(session, "X")))

    thread = threading.Thread(target=second)
    with transaction(database) as session:
        thread.start()
        assert entered.wait(10)
        references.give_next(session, "X")
        order.append(("first", 1))
    thread.join(60)
    assert order == [("first", 1), ("second", 2)]


def test_settings_on_the_write_side(database: Path) -> None:
    engine = writing_engine(database)
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "synchronous", "trusted_schema", "secure_delete", "mmap_size")
        }
    engine.dispose()
    assert found == {"foreign_keys": 1, "synchronous": 3, "trusted_schema": 0, "secure_delete": 1, "mmap_size": 0}


def test_a_part_goes_with_its_whole_and_what_is_named_stays(database: Path) -> None:
    record = actions.record_check.check(agreement())
    actions.running.run(database, lambda session: actions.agreements.add(session, record, TODAY))
    with transaction(database) as session:
        session.delete(session.exec(select(Agreement)).one())
    with transaction(database) as session:
        assert session.exec(select(Participation)).all() == session.exec(select(Event)).all() == []
    with Reader(database) as reader:
        assert len(reader.rows("parties")) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO agreement_country (agreement_id, position, country) VALUES (99, 0, 'PA')",
        "INSERT INTO participation (agreement_id, position, party_id, role) VALUES (99, 0, 99, 'party')",
        "UPDATE scope_area SET parent_id = 9999 WHERE code = 'asylum'",
    ],
)
def test_a_row_that_names_nothing_is_refused(database: Path, statement: str) -> None:
    db = connect(database)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute(statement)
    db.close()


def test_a_constraint_of_ours_that_breaks_is_a_bug_and_nothing_stays(database: Path) -> None:
    before = rows(database)
    with pytest.raises(IntegrityError), transaction(database) as session:
        references.give(session, "X-1")
        session.add(ScopeArea(code="asylum", name_en="twice"))
    assert rows(database) == before


def test_an_error_after_the_flush_takes_everything_back(database: Path) -> None:
    before = rows(database)
    with pytest.raises(KeyboardInterrupt), transaction(database) as session:
        references.give(session, "X-1")
        session.flush()
        raise KeyboardInterrupt
    assert rows(database) == before
    with transaction(database):
        pass


def test_a_dry_run_changes_no_byte(database: Path) -> None:
    before = database.read_bytes()
    with transaction(database, dry_run=True) as session:
        references.give(session, "X-1")
        assert references.as_given(session, "X-1") == "X-1"
    assert database.read_bytes() == before
    assert sorted(path.name for path in database.parent.iterdir()) == ["tracker.db"]


def test_named_queries_see_the_writers_own_changes(database: Path) -> None:
    def count(session: Session) -> int:
        return len(rows_of(session).rows("scopes"))

    with transaction(database, dry_run=True) as session:
        before = count(session)
        session.add(ScopeArea(code="own", name_en="Own"))
        assert count(session) == before + 1
