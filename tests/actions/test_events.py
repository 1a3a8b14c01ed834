"""Events and provisions: recorded one by one, numbered, each of a party to the agreement or of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement, signed

from tracker import actions
from tracker.actions.record import EventPart
from tracker.errors import BadInput, NotFound

Bring = Callable[..., list[Any]]
Run = Callable[..., Any]
Exported = Callable[[str], dict[str, Any]]


@pytest.fixture
def record(run: Run) -> Callable[..., Any]:
    def records(event: str, on: str, **values: str) -> Any:
        part = EventPart.model_validate({"event": event, "on": on, **values})
        return run(actions.events.record, "x-1", part, TODAY)

    return records


def test_it_says_what_it_gave_and_what_follows(bring: Bring, record: Any) -> None:
    bring(agreement("X-1"))
    outcome = record("terminated", "2020-01-31")
    assert outcome.ref == "X-1/E2"
    assert outcome.said == [
        "recorded X-1/E2 terminated on 2020-01-31",
        "X-1 is terminated since 2020-01-31, last day 2020-01-30",
    ]
    assert outcome.next == "tracker show X-1"


def test_a_future_agreement_has_no_status_yet(bring: Bring, record: Any) -> None:
    bring(agreement("X-1", events=[], recorded_on="2027-01-01"))
    assert record("signed", "2030-01-01").said[1] == "X-1 has no status yet: its first event lies ahead"


@pytest.mark.parametrize("name", ["Beta Board", "BETA BOARD", "party-2"])
def test_of_one_party_by_any_of_its_names(bring: Bring, record: Any, exported: Exported, name: str) -> None:
    bring(agreement("X-1"))
    record("ratified", "2018", party=name, note="by decree")
    assert exported("X-1")["events"][1] == {
        "event": "ratified",
        "on": "2018",
        "party": "Beta Board",
        "note": "by decree",
    }


@pytest.mark.parametrize("name", ["Gamma Group", "party-3", "party-9", "Beta Bord"])
def test_of_somebody_who_takes_no_part(bring: Bring, record: Any, exported: Exported, name: str) -> None:
    bring(agreement("X-1"), agreement("Y-1", parties=[{"name": "Gamma Group"}]))
    before = exported("X-1")
    with pytest.raises(NotFound, match="party to this agreement") as caught:
        record("ratified", "2018", party=name)
    assert caught.value.nearest == ["Alpha Institute", "Beta Board"]
    assert exported("X-1") == before


def test_a_name_of_two_parties_means_the_one_that_takes_part(bring: Bring, record: Any, exported: Exported) -> None:
    here, there = ({"name": "Ministry of Health", "country": country} for country in ("PA", "CR"))
    bring(agreement("X-1", parties=[here]), agreement("Y-1", parties=[there]))
    record("ratified", "2018", party="Ministry of Health")
    assert exported("X-1")["events"][1]["party"] == "Ministry of Health"


def test_a_renewal_without_a_clause_is_remarked_on(bring: Bring, record: Any) -> None:
    bring(agreement("X-1", provisions={"entry_into_force": "on signature", "duration": "1 year"}))
    said = record("renewed", "2018-01-01", **{"for": "1 year"}).said
    assert any("no renewal clause" in line for line in said)


def test_what_contradicts_the_record_is_refused(bring: Bring, record: Any, exported: Exported) -> None:
    bring(agreement("X-1", provisions={"ends": "2016"}, events=[]))
    before = exported("X-1")
    with pytest.raises(BadInput, match="before it was signed"):
        record("signed", "2017-05-18")
    assert exported("X-1") == before


def test_numbers_stay_when_events_move(bring: Bring, run: Run, exported: Exported) -> None:
    events = [signed(), {"event": "registered", "on": "2018"}, {"event": "suspended", "on": "2019"}]
    bring(agreement("X-1", events=events))
    bring(agreement("X-1", events=[events[2], events[0]]), update=True)
    found = {n: run(actions.targets.find, f"X-1/E{n}").row.kind.value for n in (1, 3)}
    assert found == {1: "signed", 3: "suspended"}
    with pytest.raises(NotFound):
        run(actions.targets.find, "X-1/E2")
    assert [event["event"] for event in exported("X-1")["events"]] == ["suspended", "signed"]


@pytest.mark.parametrize(
    ("provisions", "kept"),
    [
        ({"duration": "P3Y"}, {"duration": "3 years"}),
        ({"duration": "6 months", "clauses": {"duration": "Art. 1"}}, None),
        ({"ends": "2020-05"}, None),
        ({"indefinite": True}, None),
        ({"indefinite": False}, {}),
        ({"renewal": {"mode": "none"}}, None),
        ({"renewal": {"mode": "tacit", "period": "1 year", "times": 2}}, None),
        ({"notice": "3 months to the end of a quarter", "clauses": {"notice": "Art. 2"}}, None),
        ({"entry_into_force": "on the 9th day after the 4th consent"},
         {"entry_into_force": "9 days after the 4th consent"}),
    ],
)  # fmt: skip
def test_provisions_are_kept_in_canonical_words(
    bring: Bring, exported: Exported, provisions: dict[str, Any], kept: dict[str, Any] | None
) -> None:
    bring(agreement("X-1", provisions=provisions))
    assert exported("X-1").get("provisions", {}) == (provisions if kept is None else kept)


@pytest.mark.parametrize("rule", ["entry_into_force", "duration", "ends", "indefinite", "renewal", "notice"])
def test_the_clause_of_what_is_not_given_is_refused_not_lost(rule: str) -> None:
    data = {"title": "A", "provisions": {"clauses": {rule: "Art. 9"}}}
    with pytest.raises(actions.record_check.InvalidRecord) as caught:
        actions.record_check.check(data)
    assert caught.value.problems == [
        (("provisions", "clauses", rule), f"clauses say where {rule} stands, but {rule} is not given")
    ]
