"""Obligations: which due date is meant, what is refused, and that what is settled is settled once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import TODAY
from factories import activity, agreement, obligation

from tracker import actions
from tracker.actions.record import ObligationPart
from tracker.errors import BadInput, Conflict, NotFound
from tracker.rules.dates import parse_date

Bring = Callable[..., list[Any]]
Read = Callable[..., list[dict[str, Any]]]
Run = Callable[..., Any]
Exported = Callable[[str], dict[str, Any]]
TWICE_A_YEAR = "every 6 months from 2026-06-30, 3 times"  # 2026-06-30, 2026-12-30, 2027-06-30
HELD = [activity(status="held"), activity(2, status="held")]


@pytest.fixture
def owed(bring: Bring) -> Callable[..., None]:
    """An agreement X-1 with one obligation due by this rule."""

    def brings(due: str, **values: Any) -> None:
        bring(agreement("X-1", obligations=[obligation(due, **values)], activities=HELD))

    return brings


@pytest.fixture
def fulfil(run: Run) -> Callable[..., str]:
    def fulfils(due: str | None = None, on: str = "2026-11-01", by: int | None = None, **more: Any) -> str:
        given = {"due": parse_date(due) if due else None, "on": parse_date(on), "evidence": None, "by": by, **more}
        said: str = run(actions.obligations.fulfil, "X-1", 1, TODAY, **given).said[0]
        return said

    return fulfils


@pytest.fixture
def waive(run: Run) -> Callable[..., str]:
    def waives(due: str | None = None) -> str:
        given = {"due": parse_date(due) if due else None, "on": parse_date("2026-11-01"), "reason": "agreed"}
        said: str = run(actions.obligations.waive, "X-1", 1, TODAY, **given).said[0]
        return said

    return waives


def states(read: Read) -> dict[str | None, str]:
    return {row["due_on"]: row["state"] for row in read("occurrences", agreement="X-1")}


@pytest.mark.parametrize(
    ("rule", "due", "meant"),
    [
        ("2026-06-30", None, "2026-06-30"),  # the only one
        ("2027-06-30", None, "2027-06-30"),  # the next, where none has passed
        (TWICE_A_YEAR, None, "2026-06-30"),  # the one open up to today
        (TWICE_A_YEAR, "2026-12-30", "2026-12-30"),
        ("2026-06", "2026-06", "2026-06-30"),  # a month, as it is written
        ("2026-06", "2026-06-30", "2026-06-30"),  # or its last day
        ("2026", "2026", "2026-12-31"),
        (TWICE_A_YEAR, "2026-06", "2026-06-30"),  # the only one of that month
        (TWICE_A_YEAR, "2027", "2027-06-30"),
    ],
)
def test_which_due_date_is_meant(
    owed: Any, fulfil: Any, waive: Any, read: Read, rule: str, due: str | None, meant: str
) -> None:
    owed(rule)
    assert fulfil(due) == f"fulfilled X-1/O1 due {meant} on 2026-11-01"
    assert states(read)[meant] == "fulfilled"
    with pytest.raises(Conflict):
        waive(meant)


@pytest.mark.parametrize("use", ["fulfil", "waive"])
def test_several_open_ones_ask_which(owed: Any, fulfil: Any, waive: Any, read: Read, use: str) -> None:
    owed("every 6 months from 2025-11-24, 4 times")
    before = states(read)
    with pytest.raises(BadInput, match=r"3 open due dates up to today \(2025-11-24, 2026-05-24, 2026-11-24\)"):
        {"fulfil": fulfil, "waive": waive}[use]()
    assert states(read) == before


def test_a_month_or_year_with_several_asks_which(owed: Any, fulfil: Any, waive: Any) -> None:
    owed(TWICE_A_YEAR)
    for use in (fulfil, waive):
        with pytest.raises(BadInput, match=r"holds 2 due dates of X-1/O1 \(2026-06-30, 2026-12-30\): say which"):
            use("2026")


@pytest.mark.parametrize("due", ["2026-07-01", "2026-07", "2030", "2030-01-01", "unknown"])
def test_a_day_that_is_no_due_date(owed: Any, fulfil: Any, waive: Any, due: str) -> None:
    owed(TWICE_A_YEAR)
    for use in (fulfil, waive):
        with pytest.raises(NotFound, match="due date") as caught:
            use(due)
        assert "2026-06-30" in caught.value.nearest


def test_once_settled_it_is_settled(owed: Any, fulfil: Any, waive: Any) -> None:
    owed("every 6 months from 2025-12-30, 2 times")
    fulfil("2025-12-30", on="2025-12-01")
    waive("2026-06-30")
    for use in (fulfil, waive):
        with pytest.raises(Conflict, match="fulfilled already, on 2025-12-01"):
            use("2025-12-30")
        with pytest.raises(Conflict, match="is waived: agreed"):
            use("2026-06-30")
        with pytest.raises(Conflict, match="no open due date"):
            use()


@pytest.mark.parametrize(
    ("on", "taken"),
    [
        ("2026-11-24", True),
        ("2026-11", True),
        ("2026", True),
        ("unknown", True),
        ("2026-11-25", False),
        ("2026-12", False),
        ("2027", False),
    ],
)
def test_what_lies_ahead_is_not_done_yet(owed: Any, fulfil: Any, read: Read, on: str, taken: bool) -> None:
    owed("2026-06-30")
    if taken:
        assert fulfil(on=on).endswith(f"on {on}")
    else:
        with pytest.raises(BadInput, match="not done yet"):
            fulfil(on=on)
        assert states(read) == {"2026-06-30": "overdue"}


@pytest.mark.parametrize("rule", ["on request", "ongoing"])
def test_without_due_dates_each_time_is_noted(
    owed: Any, fulfil: Any, waive: Any, exported: Exported, rule: str
) -> None:
    owed(rule)
    for on in ("2018", "2019-05-01"):
        assert fulfil(on=on) == f"fulfilled X-1/O1 on {on}"
    assert exported("X-1")["obligations"][0]["fulfilled"] == [{"on": "2018"}, {"on": "2019-05-01"}]
    with pytest.raises(BadInput, match="no due date to waive"):
        waive()


def test_what_waits_for_something_says_so(owed: Any, fulfil: Any, waive: Any) -> None:
    owed("30 days after termination")
    for use in (fulfil, waive):
        with pytest.raises(BadInput, match="no due date yet"):
            use()


def test_evidence_and_the_activity_are_kept(owed: Any, fulfil: Any, exported: Exported, read: Read) -> None:
    owed("2026-06-30")
    fulfil(by=2, evidence="attendance list")
    assert exported("X-1")["obligations"][0]["fulfilled"] == [
        {"due": "2026-06-30", "on": "2026-11-01", "by": "A2", "evidence": "attendance list"}
    ]


@pytest.mark.parametrize(("ref", "number", "by"), [("X-9", 1, None), ("X-1", 9, None), ("X-1", 1, 9)])
def test_what_is_not_there(owed: Any, run: Run, ref: str, number: int, by: int | None) -> None:
    owed("2026-06-30")
    given = {"due": None, "on": parse_date("2026"), "evidence": None, "by": by}
    with pytest.raises(NotFound) as caught:
        run(actions.obligations.fulfil, ref, number, TODAY, **given)
    assert caught.value.exit_code == 3


def test_adding_one_says_when_it_falls_due(owed: Any, run: Run) -> None:
    owed("ongoing")
    cases = {
        "2026-06-30": "due 2026-06-30: 2026-06-30",
        "every month from 2026-01-31 5 times": "2026-01-31, 2026-02-28, 2026-03-31, 2026-04-30 ...",
        "ongoing": "due ongoing",
        "30 days after termination": "due 30 days after termination: ",
    }
    for number, (due, said) in enumerate(cases.items(), start=2):
        part = ObligationPart.model_validate({"text": "Duty", "due": due, "owed_by": ["Alpha Institute"]})
        outcome = run(actions.obligations.add, "x-1", part, TODAY)
        assert outcome.ref == f"X-1/O{number}"
        assert said in outcome.said[1]


@pytest.mark.parametrize(
    ("settled", "problem"),
    [
        ({"fulfilled": [{"due": "2018-01-01", "on": "2018"}] * 2}, "is fulfilled or waived twice"),
        ({"fulfilled": [{"due": "2018-01", "on": "2018"}],
          "waived": [{"due": "2018-01-31", "on": "2018", "reason": "x"}]}, "is fulfilled or waived twice"),
        ({"fulfilled": [{"due": "unknown", "on": "2018"}]}, "cannot be unknown"),
        ({"fulfilled": [{"on": "2018", "by": "A9"}]}, "A9, which is not among activities"),
        ({"fulfilled": [{"on": "2018", "by": "O1"}]}, "the number of an activity, such as A1"),
        ({"waived": [{"due": "2018-01-01", "on": "2018"}]}, "is missing"),
    ],
)  # fmt: skip
def test_records_that_settle_what_cannot_be(settled: dict[str, Any], problem: str) -> None:
    with pytest.raises(actions.record_check.InvalidRecord, match=problem):
        actions.record_check.check(agreement("X-1", obligations=[obligation("ongoing", **settled)]))


def test_an_update_takes_a_settlement_back(bring: Bring, owed: Any, fulfil: Any, read: Read) -> None:
    owed(TWICE_A_YEAR)
    fulfil("2026-06-30")
    bring(agreement("X-1", obligations=[obligation(TWICE_A_YEAR)], activities=HELD), update=True)
    assert states(read)["2026-06-30"] == "overdue"


def test_a_waiver_in_place_of_a_fulfilment_leaves_no_trace_of_it(
    bring: Bring, owed: Any, fulfil: Any, exported: Exported
) -> None:
    owed("2026-06-30")
    fulfil(by=1, evidence="list")
    waived = [{"due": "2026-06-30", "on": "2026", "reason": "agreed"}]
    bring(agreement("X-1", obligations=[obligation("2026-06-30", waived=waived)], activities=HELD), update=True)
    found = exported("X-1")["obligations"][0]
    assert "fulfilled" not in found and found["waived"] == waived


def test_the_state_is_that_of_the_day_asked_for(owed: Any, fulfil: Any, read: Read) -> None:
    owed("2018-06-30")
    fulfil(on="2018-09-15")

    def on(day: str) -> str:
        state: str = read("occurrences", agreement="X-1", day=day)[0]["state"]
        return state

    assert [on(day) for day in ("2018-06-30", "2018-07-01", "2018-09-14", "2018-09-15")] == [
        "pending",
        "overdue",
        "overdue",
        "fulfilled",
    ]


def test_the_activity_that_fulfilled_is_untied_when_an_update_drops_it(
    bring: Bring, owed: Any, fulfil: Any, exported: Exported
) -> None:
    owed("2026-06-30")
    fulfil(by=1)
    done = {"due": "2026-06-30", "on": "2026-11-01"}
    kept = obligation("2026-06-30", fulfilled=[done])
    bring(agreement("X-1", obligations=[kept], activities=[HELD[1]]), update=True)
    assert exported("X-1")["obligations"][0]["fulfilled"] == [done]
