"""Obligations that count from each other."""

from __future__ import annotations

import pytest

from tracker.rules.rings import ring, ring_in_words
from tracker.rules.schedules import parse_schedule

CASES: list[tuple[dict[int, str], dict[int, tuple[int, ...]]]] = [
    ({1: "30 days after O1"}, {1: (1,)}),
    ({1: "30 days before O1"}, {1: (1,)}),
    ({1: "every month after O1"}, {1: (1,)}),
    ({1: "30 days after O2", 2: "every month after O1"}, {1: (1, 2), 2: (2, 1)}),
    ({1: "on O2", 2: "1 day before O3", 3: "1 day after O1"}, {1: (1, 2, 3), 2: (2, 3, 1), 3: (3, 1, 2)}),
    # One that hangs on a ring is in none itself.
    ({1: "on O2", 2: "on O3", 3: "on O2"}, {1: (), 2: (2, 3), 3: (3, 2)}),
    ({1: "30 days after O2", 2: "2018-01-01"}, {1: (), 2: ()}),
    ({1: "30 days after O9"}, {1: ()}),
    ({1: "30 days after A1"}, {1: ()}),
    ({1: "every month from 2018-01-01"}, {1: ()}),
]


@pytest.mark.parametrize(("dues", "expected"), CASES)
def test_ring(dues: dict[int, str], expected: dict[int, tuple[int, ...]]) -> None:
    schedules = {number: parse_schedule(due) for number, due in dues.items()}
    assert {number: ring(number, schedules) for number in schedules} == expected


def test_in_words() -> None:
    assert ring_in_words((1,)) == "O1 counts from itself"
    assert ring_in_words((2, 3, 1)) == "O2 and O3 and O1 count from each other"
