"""References: each given once for ever, whatever its case, with the officers' own in the same row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from tracker.errors import Conflict
from tracker.store import references

Run = Callable[..., Any]


def give_next(session: Session, *stems: str) -> list[str]:
    return [references.give_next(session, stem, separator="-", width=3)[0] for stem in stems]


def test_numbers_go_up_for_each_stem(run: Run) -> None:
    assert run(give_next, "PA-2017", "PA-2017", "CR-2017", "PA-2018") == [
        "PA-2017-001",
        "PA-2017-002",
        "CR-2017-001",
        "PA-2018-001",
    ]
    assert run(give_next, "PA-2017") == ["PA-2017-003"]


def test_ones_own_reference_in_the_row_is_stepped_over(run: Run) -> None:
    run(references.give, "pa-2017-001")
    assert run(give_next, "PA-2017", "PA-2017") == ["PA-2017-002", "PA-2017-003"]


def test_a_number_given_by_hand_is_counted_on_from(run: Run) -> None:
    run(references.give, "PA-2017-041", "PA-2017", 41)
    assert run(give_next, "PA-2017") == ["PA-2017-042"]


def test_numbers_outgrow_their_width(run: Run) -> None:
    run(references.give, "PA-2017-999", "PA-2017", 999)
    assert run(give_next, "PA-2017") == ["PA-2017-1000"]


@pytest.mark.parametrize("again", ["X-1", "x-1", "X-1"])
def test_never_twice_whatever_the_case(run: Run, again: str) -> None:
    run(references.give, "X-1")
    with pytest.raises(Conflict, match="X-1 has been given already") as caught:
        run(references.give, again)
    assert caught.value.exit_code == 4


def test_found_as_it_was_given(run: Run) -> None:
    run(references.give, "MoU-2017.a")
    assert run(references.as_given, "mou-2017.A") == "MoU-2017.a"
    assert run(references.as_given, "mou-2017") is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("PA-2017-01", ["PA-2017-001"]), ("pa-2017-001", ["PA-2017-001"]), ("ZZZ", []), ("", []), ("x" * 5000, [])],
)
def test_the_nearest_ones_are_agreements(run: Run, written: str, expected: list[str]) -> None:
    for ref in ("PA-2017-001", "PA-2017-001/O1"):
        run(references.give, ref)
    assert run(references.nearest, written) == expected
