"""After every kind of change, what is stored as derived is what would be derived: verification has nothing to say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import activity, agreement, obligation, signed

from tracker import actions

Bring = Callable[..., list[Any]]
Run = Callable[..., Any]


def findings(path: Path) -> list[str]:
    return [str(f) for f in actions.verification.verify(path, TODAY, None, lambda *told: None)[1]]


@pytest.fixture
def two(bring: Bring) -> None:
    """X-2 replaces X-1, which has obligations that hang on its end and on an activity."""
    bring(
        agreement("X-1", obligations=[obligation("every 6 months after entry into force"),
                                      obligation("30 days after A1", 2)], activities=[activity()]),
        agreement("X-2", events=[signed("2020-01-01")], links=[{"replaces": "X-1"}]),
    )  # fmt: skip


@pytest.mark.parametrize(
    "again",
    [
        agreement("X-2", events=[signed("2020-01-01")]),
        agreement("X-2", events=[signed("2021-01-01")], links=[{"replaces": "X-1"}]),
        agreement("X-2", events=[signed("2020-01-01")], links=[{"amends": "X-1"}]),
        agreement("X-2", events=[signed("2020-01-01")], links=[{"replaces": "X-3"}]),
        agreement("X-2", events=[], links=[{"replaces": "X-1"}]),
        agreement("X-1", obligations=[obligation("every 6 months after entry into force")]),
        agreement("X-3", links=[{"replaces": "X-2"}]),
        agreement("X-3", events=[signed("2019-01-01")], links=[{"replaces": "X-1"}]),
    ],
)
def test_records_that_take_the_place_of_others(two: None, bring: Bring, database: Path, again: dict[str, Any]) -> None:
    bring(again, update=True)
    assert findings(database) == []


@pytest.mark.parametrize("ref", ["X-2", "X-2/L1", "X-2/E1", "X-1/A1", "X-1/O1", "X-1/E1", "X-1"])
def test_removals(two: None, run: Run, database: Path, ref: str) -> None:
    run(actions.removal.remove, ref, TODAY)
    assert findings(database) == []
    run(actions.undoing.undo, None, TODAY)
    assert findings(database) == []


@pytest.mark.parametrize(
    ("ref", "changes"),
    [
        ("X-1", {"countries": "PA"}),
        ("X-1", {"recorded_on": "2019-01-01"}),
        ("X-2", {"duration": "2 years", "indefinite": ""}),
        ("X-1/A1", {"on": "2018-05-01"}),
        ("X-1/O1", {"due": "every year on 1 May, next working day"}),
        ("party-1", {"name": "Renamed"}),
        ("party-1", {"acronym": "RN"}),
    ],
)
def test_edits(two: None, edit: Run, database: Path, ref: str, changes: dict[str, str]) -> None:
    edit(ref, **changes)
    assert findings(database) == []


def test_derived_far_ahead(two: None, database: Path) -> None:
    actions.databases.extend(database, TODAY.replace(year=2070))
    assert findings(database) == []
