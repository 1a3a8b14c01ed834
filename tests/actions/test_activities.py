"""Activities: what they fulfil, who attended, and that a number is never given to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import TODAY
from factories import activity, agreement, obligation

from tracker import actions
from tracker.actions.activities import Fulfils
from tracker.actions.record import ActivityPart
from tracker.errors import BadInput, Conflict, NotFound, Similar, TrackerError
from tracker.rules.dates import parse_date

Bring = Callable[..., list[Any]]
Read = Callable[..., list[dict[str, Any]]]
Run = Callable[..., Any]
Exported = Callable[[str], dict[str, Any]]
TWICE_A_YEAR = "every 6 months from 2017-11-18, 3 times"


@pytest.fixture
def add(bring: Bring, run: Run) -> Callable[..., Any]:
    """Adds an activity to X-1, which owes twice a year (O1) and on request (O2)."""
    bring(agreement("X-1", obligations=[obligation(TWICE_A_YEAR), obligation("on request", 2)]))

    def adds(*fulfils: str, insist: bool = False, **values: Any) -> Any:
        part = ActivityPart.model_validate({"title": "Workshop", "kind": "training", "on": "2017-11-16", **values})
        wanted = [item.partition(":") for item in fulfils]
        items = [Fulfils(int(number), parse_date(due) if due else None) for number, _, due in wanted]
        return run(actions.activities.add, "x-1", part, TODAY, fulfils=items, insist=insist)

    return adds


def test_a_held_one_fulfils_on_its_last_day(add: Any, exported: Exported) -> None:
    outcome = add("1:2017-11-18", "2", status="held", until="2017-11-17")
    assert outcome.said == [
        "added X-1/A1 Workshop (held)",
        "fulfilled X-1/O1 due 2017-11-18 by A1",
        "fulfilled X-1/O2 by A1",
    ]
    first, second = exported("X-1")["obligations"]
    assert first["fulfilled"] == [{"due": "2017-11-18", "on": "2017-11-17", "by": "A1"}]
    assert second["fulfilled"] == [{"on": "2017-11-17", "by": "A1"}]


@pytest.mark.parametrize("status", ["planned", "postponed", "cancelled"])
def test_what_was_not_held_fulfils_nothing(add: Any, exported: Exported, status: str) -> None:
    with pytest.raises(BadInput, match=f"{status} fulfils nothing"):
        add("2", status=status)
    assert "activities" not in exported("X-1")


@pytest.mark.parametrize(
    ("fulfils", "kind"),
    [
        (["9"], NotFound),
        (["1"], BadInput),  # three open due dates
        (["1:2017-11-19"], NotFound),
        (["1:2017-11-18", "1:2017-11-18"], Conflict),
    ],
)
def test_nothing_is_added_when_it_cannot_fulfil(
    add: Any, exported: Exported, fulfils: list[str], kind: type[TrackerError]
) -> None:
    before = exported("X-1")
    with pytest.raises(kind):
        add(*fulfils, status="held")
    assert exported("X-1") == before


def test_one_held_after_today_fulfils_nothing_yet(add: Any) -> None:
    with pytest.raises(BadInput, match="not done yet"):
        add("2", on="2026-11-25", status="held")


def test_what_is_planned_says_how_it_goes_on(add: Any) -> None:
    assert add(on="2027-01-01").next == "tracker edit X-1/A1 status=held"


def test_attendance_by_party_created_where_unknown(add: Any, exported: Exported) -> None:
    outcome = add(status="held", attendance=[{"party": "BETA BOARD", "women": 0}, {"party": "Gamma Group", "total": 7}])
    assert outcome.aside == ["created party-3 Gamma Group"]
    assert exported("X-1")["activities"][0]["attendance"] == [
        {"party": "Beta Board", "women": 0},
        {"party": "Gamma Group", "total": 7},
    ]


def test_a_slip_in_attendance_needs_to_be_insisted_on(add: Any) -> None:
    with pytest.raises(Similar):
        add(attendance=[{"party": "Beta Bord", "total": 7}])
    assert add(attendance=[{"party": "Beta Bord", "total": 7}], insist=True).aside == ["created party-3 Beta Bord"]


@pytest.mark.parametrize(
    ("counts", "problem"),
    [
        ({}, "has no count"),
        ({"women": 1, "total": 2}, "one or the other"),
        ({"women": "-1"}, "from 0 up"),
        ({"men": "1.5"}, "whole number"),
        ({"men": "1_000"}, "whole number"),
        ({"other": "1e3"}, "whole number"),
        ({"other": "1.0"}, "whole number"),
        ({"women": "١٢"}, "whole number"),
        ({"women": "true"}, "whole number"),
        ({"total": "1000001"}, "up to 1000000"),
        ({"total": "9" * 5000}, "whole number"),
    ],
)
def test_counts(counts: dict[str, Any], problem: str) -> None:
    part = activity(attendance=[{"party": "X", **counts}])
    with pytest.raises(actions.record_check.InvalidRecord, match=problem):
        actions.record_check.check(agreement(activities=[part]))


@pytest.mark.parametrize(("on", "until", "taken"), [
    ("2017-11-16", "2017-11-16", True),
    ("2017-11-16", "2017-11", True),
    ("2017", "2017-01-01", True),
    ("unknown", "2017", True),
    ("2017-11-16", "2017-11-15", False),
    ("2017-11-16", "2016", False),
    ("2017-11-16", "unknown", False),
])  # fmt: skip
def test_it_ends_no_earlier_than_it_starts(on: str, until: str, taken: bool) -> None:
    data = agreement(activities=[activity(on=on, until=until)])
    if taken:
        actions.record_check.check(data)
    else:
        with pytest.raises(actions.record_check.InvalidRecord, match="before it starts"):
            actions.record_check.check(data)


@pytest.mark.parametrize("section", ["activities", "obligations"])
def test_parts_without_numbers_are_known_by_their_words(bring: Bring, exported: Exported, section: str) -> None:
    """The same file brought in again changes nothing, and what was done meanwhile is not lost."""
    words = {"activities": activity(), "obligations": obligation("2018-06-30")}[section]
    part = {key: value for key, value in words.items() if key != "number"}
    other = {**part, "title" if section == "activities" else "text": "Another"}
    record = agreement("X-1", **{section: [part, other]})
    bring(record)
    before = exported("X-1")
    assert [item.did for item in bring(record, update=True)] == ["same"]
    assert exported("X-1") == before
    bring(agreement("X-1", **{section: [other, {**part, "kind": "other"}]}), update=True)
    assert [(row["number"], row["kind"]) for row in exported("X-1")[section]] == [
        (2, words.get("kind", "other")),
        (1, "other"),
    ]


def test_two_of_the_same_words_are_two(bring: Bring, exported: Exported) -> None:
    part = {key: value for key, value in activity().items() if key != "number"}
    bring(agreement("X-1", activities=[part, part]))
    bring(agreement("X-1", activities=[part, part, part]), update=True)
    assert [row["number"] for row in exported("X-1")["activities"]] == [1, 2, 3]
    bring(agreement("X-1", activities=[part, {**activity(2), "title": "Other"}]), update=True)
    assert [(row["number"], row["title"]) for row in exported("X-1")["activities"]] == [(1, "Workshop 1"), (2, "Other")]


def test_a_number_of_what_was_dropped_is_not_given_again(bring: Bring) -> None:
    bring(agreement("X-1", activities=[activity(1), activity(2)]))
    bring(agreement("X-1", activities=[activity(1)]), update=True)
    with pytest.raises(Conflict, match="X-1/A2 has been given already"):
        bring(agreement("X-1", activities=[activity(1), activity(2)]), update=True)
