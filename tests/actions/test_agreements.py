"""Agreements: the references they are given, and what a record becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement, signed

from tracker import actions
from tracker.errors import BadInput, Conflict, NotFound, TrackerError

Bring = Callable[..., list[Any]]
Read = Callable[..., list[dict[str, Any]]]
Run = Callable[..., Any]
Exported = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    ("record", "ref"),
    [
        ({"countries": ["PA"], "events": [signed("2017-05-18")]}, "PA-2017-001"),
        ({"countries": ["PA", "CR"], "events": [signed("2017")]}, "PA-2017-001"),
        ({"countries": ["CR"], "events": [signed("2019-01-01"), signed("2017-12-31")]}, "CR-2017-001"),
        ({"events": [signed("2017-05")]}, "XX-2017-001"),
        ({"countries": ["PA"]}, "PA-2026-001"),
        ({"countries": ["PA"], "events": [signed("unknown")]}, "PA-2026-001"),
        ({"countries": ["PA"], "events": [{"event": "adopted", "on": "1990"}]}, "PA-2026-001"),
        ({"countries": ["PA"], "recorded_on": "1999-12-31"}, "PA-1999-001"),
        ({"events": [signed("0987-06-05")]}, "XX-0987-001"),
        ({"ref": "MoU/2017.a-b_c"}, "MoU/2017.a-b_c"),
    ],
)
def test_a_reference_is_country_year_of_signature_and_number(bring: Bring, record: dict[str, Any], ref: str) -> None:
    assert bring({"title": "A", **record})[0].ref == ref


def test_counting_goes_on_from_what_was_given_by_hand(bring: Bring) -> None:
    given = {"title": "A", "countries": ["PA"], "events": [signed()]}
    refs = [bring({**given, **own})[0].ref for own in ({}, {"ref": "pa-2017-07"}, {}, {"ref": "PA-2017-x"}, {})]
    assert refs == ["PA-2017-001", "pa-2017-07", "PA-2017-008", "PA-2017-x", "PA-2017-009"]


@pytest.mark.parametrize("ref", ["x-1", "X-1"])
def test_a_reference_in_another_case_is_the_same(bring: Bring, ref: str) -> None:
    bring(agreement("X-1"))
    with pytest.raises(Conflict):
        bring(agreement(ref))


@pytest.mark.parametrize(
    "ref",
    ["", "X-1\n", " X-1", "AG/../x", "/x", "x/", "x--1", "РА-2017-001", "PA-2017-００1", "X%", "X_-1", "party-7",
     "x" * 65, "PA-2017-001/O1", "person-1"],
)  # fmt: skip
def test_what_is_no_reference(ref: str) -> None:
    with pytest.raises(actions.record_check.InvalidRecord) as caught:
        actions.record_check.check({"title": "A", "ref": ref})
    assert caught.value.problems[0][0] == ("ref",)


@pytest.mark.parametrize(
    ("changes", "kind", "place"),
    [
        ({"scopes": ["asylum", "nonsense"]}, NotFound, ("scopes", 1)),
        ({"events": [signed(party="Nobody")]}, NotFound, ("events", 0, "party")),
        ({"parties": [{"name": "Alpha"}, {"name": "ALPHA"}]}, BadInput, ("parties", 1, "name")),
        ({"contacts": [{"name": "Ana"}, {"name": "ana"}]}, BadInput, ("contacts", 1)),
        ({"obligations": [{"text": "T", "owed_by": ["Alpha Institute", "alpha institute"]}]}, BadInput,
         ("obligations", 0, "owed_by", 1)),
        ({"obligations": [{"text": "T", "scopes": ["nonsense"]}]}, NotFound, ("obligations", 0, "scopes", 0)),
        ({"activities": [{"title": "T", "kind": "meeting", "on": "2018",
                          "attendance": [{"party": "Beta Board", "women": 1}, {"party": "beta board", "men": 1}]}]},
         BadInput, ("activities", 0, "attendance", 1, "party")),
    ],
)  # fmt: skip
def test_errors_carry_their_place(
    bring: Bring, read: Read, changes: dict[str, Any], kind: type[TrackerError], place: tuple[Any, ...]
) -> None:
    with pytest.raises(kind) as caught:
        bring(agreement("X-1", **changes))
    assert caught.value.place == (0, *place)
    assert read("record_refs") == read("parties") == []


def test_one_party_may_stand_in_two_roles(bring: Bring, exported: Exported) -> None:
    parties = [{"name": "Alpha", "role": role} for role in ("party", "depositary")]
    bring(agreement("X-1", parties=parties))
    assert exported("X-1")["parties"] == parties


def test_what_was_created_on_the_way_is_said(run: Run) -> None:
    record = actions.record_check.check(agreement("X-1", responsible={"name": "Ana"}))
    outcome = run(actions.agreements.add, record, TODAY)
    assert outcome.ref == "X-1" and outcome.said == ["added X-1 Agreement X-1"]
    assert outcome.aside == ["created party-1 Alpha Institute", "created party-2 Beta Board", "created person-1 Ana"]
    assert outcome.next.startswith("tracker add-obligation X-1 ")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_like_any_other(bring: Bring, exported: Exported, day: str) -> None:
    bring(agreement("X-1", recorded_on=day, events=[]))
    assert exported("X-1")["recorded_on"] == day


def test_the_day_of_recording_is_today_and_stays(bring: Bring, exported: Exported) -> None:
    bring(agreement("X-1"))
    bring(agreement("X-1", title="Other"), update=True)
    assert exported("X-1")["recorded_on"] == str(TODAY)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"events": [{"event": "registered", "on": "2018"}, {"event": "signed", "on": "9999-12-31"}],
          "provisions": {"entry_into_force": "on signature", "duration": "3 years"}}, ("provisions", "duration")),
        ({"events": [{"event": "signed", "on": "2018"}],
          "provisions": {"entry_into_force": "9999-12-31", "duration": "3 years"}},
         ("provisions", "duration")),
    ],
)  # fmt: skip
def test_what_leaves_the_calendar_is_placed(bring: Bring, changes: dict[str, Any], place: tuple[Any, ...]) -> None:
    with pytest.raises(BadInput, match="leaves the calendar") as caught:
        bring(agreement("X-1", **changes))
    assert caught.value.place == (0, *place)
