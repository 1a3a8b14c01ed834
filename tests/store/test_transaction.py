"""One use case, one transaction: nothing half done, nothing lost between writers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from tracker import actions
from tracker.models.tables import Reference
from tracker.store import references
from tracker.store.transaction import transaction

WRITER = """
import sys
from pathlib import Path
from tracker.store.transaction import transaction
from tracker.store import references
for _ in range(25):
    with transaction(Path(sys.argv[1])) as session:
        references.give_next(session, "PA-2017", separator="-", width=3)
"""


def count(database: Path) -> int:
    with transaction(database) as session:
        return len(session.exec(select(Reference)).all())


def test_an_error_takes_everything_back(database: Path) -> None:
    with pytest.raises(ZeroDivisionError), transaction(database) as session:
        references.give(session, "X-1")
        session.flush()
        raise ZeroDivisionError
    assert count(database) == 0


def test_a_dry_run_takes_everything_back(database: Path) -> None:
    def use_case(session: Session) -> str:
        return references.give(session, "X-1")

    assert actions.running.run(database, use_case, dry_run=True) == "X-1"
    assert count(database) == 0


def test_four_writers_lose_nothing(database: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(database)]) for _ in range(4)]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 4
    with transaction(database) as session:
        numbers = sorted(row.number or 0 for row in session.exec(select(Reference)).all())
    assert numbers == list(range(1, 101))


def test_references_are_never_given_twice(run: Callable[..., Any], bring: Callable[..., list[Any]]) -> None:
    from conftest import TODAY

    from tracker.errors import Conflict

    signed = {"events": [{"event": "signed", "on": "2017-05-18"}], "countries": ["PA"]}
    refs = [brought.ref for brought in bring({"title": "A", **signed}, {"title": "B", **signed})]
    assert refs == ["PA-2017-001", "PA-2017-002"]
    run(actions.removal.remove, "PA-2017-002", TODAY)
    assert bring({"title": "C", **signed})[0].ref == "PA-2017-003"
    with pytest.raises(Conflict, match="given already"):
        bring({"ref": "pa-2017-002", "title": "D"})
    assert bring({"ref": "PA-2017-007", "title": "E"})[0].ref == "PA-2017-007"
    assert bring({"title": "F", **signed})[0].ref == "PA-2017-008"


LOADED = """
import sys
from pathlib import Path
from tracker import actions
from tracker.store.journal import capture, entries
watch, append = capture.watch, entries.append
before = set()
def watched(db):
    watch(db)
    before.update(sys.modules)
def appended(*given, **named):
    print(*sorted(name for name in set(sys.modules) - before if name.startswith("tracker.") or "." not in name))
    return append(*given, **named)
capture.watch, entries.append = watched, appended
from tracker.cli.app import main
main()
"""


@pytest.mark.parametrize("words", ["add-note X-1 text", "edit X-1 summary=text", "add-activity X-1 T --kind meeting "
                                   "--on 2021-01-01", "undo", "remove X-1 --yes", "forget person-1"])  # fmt: skip
def test_nothing_is_loaded_while_others_wait_for_the_lock(
    database: Path, bring: Callable[..., Any], words: str
) -> None:
    from factories import agreement

    bring(agreement("X-1", responsible={"name": "Ana"}))
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--db", str(database), *words.split()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[0].split() == []
