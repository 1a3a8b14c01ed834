"""Records are brought in all or nothing; an update says what it changes and leaves the rest as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY

from tracker import actions
from tracker.errors import Conflict, TrackerError

Bring = Callable[..., list[Any]]
Run = Callable[..., Any]
RECORD: dict[str, Any] = {
    "ref": "X-1",
    "title": "Agreement",
    "parties": [{"name": "Alpha Institute"}, {"name": "Beta Board"}],
    "events": [{"event": "signed", "on": "2017-05-18"}, {"event": "registered", "on": "2018-01-01"}],
    "obligations": [
        {"number": 1, "text": "Report", "owed_by": ["Alpha Institute"], "due": "2018-06-30"},
        {"number": 2, "text": "Train", "owed_by": ["Beta Board"]},
    ],
    "notes": [{"on": "2017-06-01", "text": "First"}, {"text": "Second"}],
}


def rows(database: Path) -> str:
    with sqlite3.connect(database) as db:
        return "\n".join(db.iterdump())


@pytest.mark.parametrize(
    "bad",
    [
        {"title": "B", "scopes": ["nonsense"]},
        {"title": "B", "events": [{"event": "signed", "on": "2017", "party": "Nobody"}]},
        {"title": "B", "parties": [{"name": "Alpha Institut"}]},
        {"ref": "x-1", "title": "B"},
        {"title": "B", "links": [{"amends": "B-1"}], "ref": "B-1"},
    ],
)
def test_a_bad_second_record_leaves_nothing(database: Path, bring: Bring, bad: dict[str, Any]) -> None:
    before = rows(database)
    with pytest.raises(TrackerError) as caught:
        bring(RECORD, bad)
    assert caught.value.place[0] == 1
    assert rows(database) == before


def test_an_existing_reference_needs_update(database: Path, bring: Bring) -> None:
    bring(RECORD)
    before = rows(database)
    with pytest.raises(Conflict, match="X-1 is recorded already"):
        bring(RECORD)
    assert [item.did for item in bring(RECORD, update=True)] == ["same"]
    assert rows(database) == before


def test_an_update_says_what_changes_and_keeps_references(bring: Bring, run: Run) -> None:
    bring(RECORD)
    changed = {
        **RECORD,
        "title": "New title",
        "events": [RECORD["events"][0], {"event": "registered", "on": "2018-02-01"}],
    }
    changed["obligations"] = [RECORD["obligations"][1], {"text": "Meet", "owed_by": ["Beta Board"]}]
    found = bring(changed, update=True)[0]
    assert found.did == "updated"
    assert "title: Agreement -> New title" in found.changes
    assert "events[2].on: 2018-01-01 -> 2018-02-01" in found.changes
    assert any(line.startswith("obligations[1]: number 1") and line.endswith("-> nothing") for line in found.changes)
    assert any(line.startswith("obligations[3]: nothing -> number 3") for line in found.changes)
    with pytest.raises(TrackerError, match="X-1/O1"):
        run(actions.targets.find, "X-1/O1")
    assert run(actions.targets.find, "X-1/E2").row.on_text == "2018-02-01"


def test_a_removed_part_gives_its_number_to_nothing(bring: Bring, run: Run) -> None:
    bring(RECORD)
    run(actions.removal.remove, "X-1/O2", TODAY)
    with pytest.raises(Conflict, match="X-1/O2 has been given already"):
        bring(RECORD, update=True)


def test_links_may_name_what_is_recorded_later(bring: Bring) -> None:
    first = bring({**RECORD, "links": [{"implements": "X-2"}]})[0]
    assert first.aside[-1] == "X-1 is linked to X-2, which is not recorded yet"
    both = bring({"ref": "Y-1", "title": "Y", "links": [{"amends": "Y-2"}]}, {"ref": "Y-2", "title": "Z"})
    assert [item.aside for item in both] == [[], []]
