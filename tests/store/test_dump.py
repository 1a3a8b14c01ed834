"""How parties are called within a record: so that each name means one party when the record is read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import TODAY
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
        ([{"name": "Alpha Institute", "acronym": "AI"}], ["AI"]),
        ([{"name": "Alpha Institute"}], ["Alpha Institute"]),
        ([{"name": MINISTRY, "country": "PA"}, {"name": MINISTRY, "country": "CR"}], [f"{MINISTRY} (PA)"] * 1),
        ([{"name": MINISTRY}, {"name": "Ministry of Trade", "other_names": [MINISTRY]}], None),
        ([{"name": "Alpha Institute", "acronym": "AI"}, {"name": "Aid Initiative", "acronym": "AI"}], None),
    ],
)
def test_a_name_that_means_two_is_not_used(
    bring: Bring, exported: Exported, parties: list[dict[str, Any]], called: list[str] | None
) -> None:
    owed = ["party-1"]
    record = agreement(parties=parties, obligations=[{"text": "Duty", "owed_by": owed}])
    if called is None:
        # two bodies of one acronym or name are recorded only by insisting
        bring(record, insist=True)
    else:
        bring(record)
        assert exported("X-1")["obligations"][0]["owed_by"] == called
    first = exported("X-1")
    assert first["obligations"][0]["owed_by"] != ["AI"] or called == ["AI"]


def test_an_acronym_that_is_another_ones_further_name(
    bring: Bring, edit: Edit, exported: Exported, tmp_path: Any
) -> None:
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


def test_an_agreement_that_is_not_recorded(database: Any) -> None:
    with Reader(database) as rows:
        assert dump.record(rows, "X-1") is None
        assert dump.links(rows, "X-1") == []
    assert TODAY
