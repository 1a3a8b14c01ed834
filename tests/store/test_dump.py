"""How parties are called within a record: so that each name means one party when the record is read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from factories import agreement, everything

from tracker import actions
from tracker.store import dump
from tracker.store.reader import Reader

Bring = Callable[..., list[Any]]
Edit = Callable[..., list[str]]
Exported = Callable[[str], dict[str, Any]]
MINISTRY = "Ministry of Health"


@pytest.mark.parametrize(
    ("parties", "called"),
    [
        ([{"name": "Alpha Institute", "acronym": "AI"}], "AI"),
        ([{"name": "Alpha Institute"}], "Alpha Institute"),
        (
            [{"name": "Alpha Institute", "acronym": "AI"}, {"name": "Aid Initiative", "acronym": "AI"}],
            "Alpha Institute",
        ),
        ([{"name": MINISTRY, "country": "PA"}, {"name": MINISTRY, "country": "CR"}], f"{MINISTRY} (PA)"),
        ([{"name": MINISTRY, "country": "PA", "acronym": "MH"}, {"name": MINISTRY, "country": "CR"}], "MH"),
    ],
)
def test_a_name_that_means_two_is_not_used(
    bring: Bring, exported: Exported, parties: list[dict[str, Any]], called: str
) -> None:
    bring(agreement(parties=parties, obligations=[{"text": "Duty", "owed_by": ["party-1"]}]), insist=True)
    assert exported("X-1")["obligations"][0]["owed_by"] == [called]


def test_an_acronym_that_is_another_ones_further_name(bring: Bring, edit: Edit, exported: Exported) -> None:
    bring(
        agreement(
            parties=[{"name": "Alpha Institute", "acronym": "AI"}, {"name": "Ministry of Trade"}],
            obligations=[{"text": "Duty", "owed_by": ["AI"]}],
        )
    )
    edit("Ministry of Trade", other_names="AI")
    assert exported("X-1")["obligations"][0]["owed_by"] == ["Alpha Institute"]


def test_empty_values_are_left_out_and_zero_is_not(bring: Bring, exported: Exported) -> None:
    part = {"title": "Workshop", "kind": "training", "on": "2018", "attendance": [{"party": "Beta Board", "women": 0}]}
    bring(agreement(activities=[part]))
    found = exported("X-1")
    assert found["activities"][0]["attendance"] == [{"party": "Beta Board", "women": 0}]
    assert not {"summary", "links", "notes", "obligations", "responsible"} & found.keys()


def test_what_is_recorded_is_checked_as_it_is_written_out(bring: Bring, exported: Exported) -> None:
    bring(everything())
    record = exported("R-1")
    assert actions.record_check.check(record).model_dump(mode="json", by_alias=True, exclude_unset=True) == record


def test_an_agreement_that_is_not_recorded(database: Path) -> None:
    with Reader(database) as rows:
        assert dump.record(rows, "X-1") is None
        assert dump.links(rows, "X-1") == []
