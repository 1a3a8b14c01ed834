"""Removals: everything under it goes, nothing that rests on it breaks, no reference comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement, everything, rows

from tracker import actions
from tracker.errors import Conflict, NotFound
from tracker.models.tables import METADATA

Bring = Callable[..., list[Any]]
Run = Callable[..., Any]
Read = Callable[..., list[dict[str, Any]]]
Exported = Callable[[str], dict[str, Any]]
DIRECTORY = {"party", "party_name", "person", "scope_area", "reference"}


@pytest.fixture
def remove(run: Run) -> Callable[[str], str]:
    def removes(ref: str) -> str:
        said: str = run(actions.removal.remove, ref, TODAY).said[0]
        return said

    return removes


def filled(database: Path) -> set[str]:
    """The tables that hold a row, beside the journal."""
    with sqlite3.connect(database) as db:
        names = [table.name for table in METADATA.sorted_tables if not table.name.startswith("journal_")]
        return {name for name in names if db.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()}


def test_an_agreement_goes_with_everything_under_it(bring: Bring, remove: Any, database: Path) -> None:
    bring({**everything(), "obligations": [{"text": "Duty", "owed_by": ["party-1"], "scopes": ["asylum"],
                                            "due": "2018-06-30", "fulfilled": [{"due": "2018-06-30", "on": "2018",
                                                                                "by": "A1"}]}]})  # fmt: skip
    assert len(filled(database) - DIRECTORY) >= 16
    assert remove("r-1") == "removed R-1 Agreement R-1, with everything recorded under it"
    assert filled(database) == DIRECTORY - {"party_name"}


def test_what_is_removed_is_said_so_and_its_reference_is_taken_for_ever(bring: Bring, remove: Any, run: Run) -> None:
    bring(agreement("X-1"))
    remove("X-1")
    for use in (lambda: remove("x-1"), lambda: run(actions.editing.fields, "X-1", {"title": "A"}, TODAY)):
        with pytest.raises(NotFound) as caught:
            use()
        assert caught.value.hint == "it has been removed" and caught.value.exit_code == 3
    with pytest.raises(Conflict, match="given already"):
        bring(agreement("x-1"))


@pytest.mark.parametrize(
    ("part", "said", "section"),
    [
        ("O1", "R-1/O1 Duty 1", "obligations"),
        ("A1", "R-1/A1 Workshop 1", "activities"),
        ("E1", "R-1/E1 signed", "events"),
        ("D1", "R-1/D1 Annex", "documents"),
        ("L1", "R-1/L1 implements", "links"),
        ("N1", "R-1/N1 A remark", "notes"),
        ("F1", "R-1/F1 arrivals", "figures"),
    ],
)
def test_a_part(bring: Bring, remove: Any, exported: Exported, part: str, said: str, section: str) -> None:
    bring(everything())
    before = exported("R-1")
    assert remove(f"r-1/{part.lower()}") == f"removed {said}"
    assert exported("R-1") == {key: value for key, value in before.items() if key != section}


@pytest.mark.parametrize(
    ("ref", "by"),
    [
        ("Alpha Institute", "obligation party (1), participation (1)"),
        ("party-2", "attendance (1), obligation party (1), participation (1)"),
        ("person-1", "agreement (1)"),
        ("person-2", "contact (1)"),
    ],
)
def test_what_is_still_named_stays(bring: Bring, remove: Any, database: Path, ref: str, by: str) -> None:
    bring(everything())
    before = rows(database)
    with pytest.raises(Conflict, match="is still named by") as caught:
        remove(ref)
    assert sorted(str(caught.value).partition("named by ")[2].split(", ")) == by.split(", ")
    assert rows(database) == before


def test_a_parent_stays_and_an_unused_party_goes_with_its_names(bring: Bring, remove: Any, read: Read) -> None:
    parties = [{"name": "Alpha Institute", "part_of": "Omega House", "other_names": ["Alpha House"]}]
    bring(agreement("X-1", parties=parties))
    remove("X-1")
    with pytest.raises(Conflict, match=r"still named by party \(1\)"):
        remove("Omega House")
    remove("Alpha House")
    remove("Omega House")
    assert read("parties") == []
    assert bring(agreement("Y-1", parties=[{"name": "New Body"}]))[0].aside == ["created party-3 New Body"]


def test_an_activity_that_is_evidence_stays_until_that_is_taken_back(
    bring: Bring, remove: Any, exported: Exported
) -> None:
    done = [{"due": "2018-06-30", "on": "2018", "by": "A1"}, {"on": "2019", "by": "A1"}]
    record = everything()
    duty = {"number": 1, "text": "Duty", "due": "2018-06-30", "fulfilled": done}
    bring({**record, "obligations": [duty]})
    with pytest.raises(Conflict, match="R-1/A1 fulfils O1 due 2018-06-30, O1"):
        remove("R-1/A1")
    bring({**record, "obligations": [{**duty, "fulfilled": []}]}, update=True)
    remove("R-1/A1")
    assert "activities" not in exported("R-1")


@pytest.mark.parametrize("ref", ["X-9", "X-1/O1", "party-9", "person-9", "Nobody", "", "no-such-scope", "X-1/"])
def test_what_is_not_there(bring: Bring, remove: Any, ref: str) -> None:
    bring(agreement("X-1"))
    with pytest.raises(NotFound):
        remove(ref)


def test_describing_changes_nothing(bring: Bring, run: Run, database: Path) -> None:
    bring(everything())
    before = rows(database)
    assert run(actions.removal.describe, "R-1/O1") == ("R-1/O1 Duty 1", 2)
    assert run(actions.removal.describe, "person-1") == ("person-1 Ana Castillo", 2)
    assert run(actions.removal.describe, "asylum") == ("scope area asylum", 1)
    assert rows(database) == before
