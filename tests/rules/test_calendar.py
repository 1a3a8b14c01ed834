"""What a calendar is told of each deadline: identity, SEQUENCE, cancellation, reminders."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.calendar import (
    OVER,
    REMEMBERED,
    Deadline,
    Entry,
    Plan,
    alarms,
    calendar_of,
    entry_of,
    plan,
    revised,
)

DAY = date(2026, 11, 24)
KEY = ("PA-2017-001", "O1/1")


def due(on: str = "2027-06-30", **changes: object) -> Deadline:
    day = date.fromisoformat(on)
    made = Deadline(
        agreement=KEY[0],
        key=KEY[1],
        kind="obligation",
        ref="PA-2017-001/O1",
        recorded_on="2026-01-01",
        title="Agreement",
        first_day=day,
        last_day=day,
        warn_day=day,
        state="pending",
        what="Train officials",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_identity_survives_a_changed_day_and_says_nothing() -> None:
    first, moved = entry_of(due(), DAY), entry_of(due("2028-01-01", what="x", responsible="Ana"), DAY)
    assert first.uid == moved.uid
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", first.uid)


@pytest.mark.parametrize(
    "other",
    [
        {"agreement": "PA-2017-002"},
        {"key": "O1/2"},
        {"title": "Another agreement that another office numbered the same"},
        {"recorded_on": "2026-01-02"},
    ],
)
def test_another_deadline_has_another_identity(other: dict[str, str]) -> None:
    assert entry_of(due(**other), DAY).uid != entry_of(due(), DAY).uid


@pytest.mark.parametrize(
    ("now", "sequence", "cancelled"),
    [
        (due(), 0, False),
        (due(state="overdue"), 0, False),
        (due(what="Train them"), 0, False),
        (due(responsible="Ana Castillo"), 0, False),
        (due("2027-07-31"), 1, False),
        (due(first_day=date(2027, 6, 29)), 1, False),
        *((due(state=state), 1, True) for state in sorted(OVER)),
        (due(state="held"), 0, False),
        (due(state="passed"), 0, False),
        (None, 1, True),
    ],
    ids=str,
)
def test_sequence_rises_when_the_days_change_or_it_goes_away(
    now: Deadline | None, sequence: int, cancelled: bool
) -> None:
    told = revised(entry_of(due(), DAY), now, DAY + timedelta(days=9))
    assert (told.sequence, told.cancelled) == (sequence, cancelled)
    changed = now not in (due(), due(state="overdue"), due(state="passed"))
    assert told.revised_at == ("2026-12-03T00:00:00Z" if changed else "2026-11-24T00:00:00Z")
    assert revised(told, now, DAY + timedelta(days=99)) is told, "told once"


def test_revisions_of_one_day_differ_and_never_go_back() -> None:
    entry = entry_of(due(), DAY)
    first = revised(entry, due(what="a"), DAY)
    second = revised(first, due(what="b"), DAY - timedelta(days=30))
    assert [entry.revised_at, first.revised_at, second.revised_at] == [
        "2026-11-24T00:00:00Z",
        "2026-11-24T00:00:01Z",
        "2026-11-24T00:00:02Z",
    ]


def test_it_comes_back() -> None:
    gone = revised(entry_of(due(), DAY), None, DAY)
    back = revised(gone, due(), DAY)
    assert (back.sequence, back.cancelled, back.uid) == (2, False, gone.uid)


def planned(
    deadlines: list[Deadline], told: list[Entry], before: set[str], chosen: bool = True, **more: object
) -> Plan:
    on_record = {(one.agreement, one.key): one for one in deadlines}
    day = more.pop("day", DAY)
    assert isinstance(day, date)
    return plan(
        on_record,
        dict.fromkeys(on_record) if chosen else {},
        {(one.agreement, one.key): one for one in told},
        before,
        day,
        **more,  # type: ignore[arg-type]
    )


def test_first_and_second_export() -> None:
    first = planned([due()], [], set())
    assert [item.entry for item in first.items] == list(first.new)
    assert first.given == (first.new[0].uid,)
    second = planned([due()], list(first.new), set(first.given))
    assert second.items == first.items and not second.says_something_new


def test_what_a_filter_leaves_out_is_not_cancelled() -> None:
    entry = entry_of(due(), DAY)
    assert planned([due()], [entry], {entry.uid}, chosen=False).items == ()


def test_what_moved_out_of_the_window_is_told_to_whoever_has_it() -> None:
    entry = entry_of(due(), DAY)
    found = planned([due("2050-01-01")], [entry], {entry.uid}, chosen=False)
    assert [(i.entry.first_day.year, i.entry.sequence, i.entry.cancelled) for i in found.items] == [(2050, 1, False)]
    assert planned([due("2050-01-01")], [entry], set(), chosen=False).items == (), "this calendar never had it"


@pytest.mark.parametrize(("days", "there"), [(0, True), (REMEMBERED.days, True), (REMEMBERED.days + 1, False)])
def test_a_cancellation_is_given_for_a_year(days: int, there: bool) -> None:
    gone = revised(entry_of(due(), DAY), None, DAY)
    assert bool(planned([], [gone], {gone.uid}, day=DAY + timedelta(days=days)).items) is there


def test_a_cancellation_of_what_is_confidential_is_given_only_when_asked_for() -> None:
    entry = entry_of(due(confidential=True), DAY)
    assert planned([], [entry], {entry.uid}).items == ()
    assert len(planned([], [entry], {entry.uid}, include_confidential=True).items) == 1


@pytest.mark.parametrize(
    ("deadline", "given_alarms", "days"),
    [
        (due(), None, (30, 7)),
        (due(kind="notice"), None, (90, 30, 7)),
        (due(kind="notice"), (14,), (14,)),
        (due(), (), ()),
        (due(), (7, 14, 7), (14, 7)),
        (due(warn_day=date(2027, 6, 1)), None, (30, 29, 7)),
        (due(warn_day=date(2027, 1, 1)), (3,), (180, 3)),
        (due("2026-11-24"), None, (30, 7)),
        (due("2026-11-23"), None, ()),
        (due(state="held"), None, ()),
        (due(state="fulfilled"), None, ()),
        (due(first_day=date(2026, 11, 20)), None, (30, 7)),
    ],
)
def test_alarms(deadline: Deadline, given_alarms: tuple[int, ...] | None, days: tuple[int, ...]) -> None:
    assert alarms(deadline, DAY, given_alarms) == days


def test_a_calendar_is_known_by_its_filters_whatever_their_order() -> None:
    assert calendar_of({"party": "iom", "scope": None}) == calendar_of({"party": "iom"})
    assert calendar_of({"a": 1, "b": 2}) == calendar_of({"b": 2, "a": 1})
    assert calendar_of({"party": "iom"}) != calendar_of({"party": "minseg"})


DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
LIVES = st.lists(st.tuples(st.none() | DAYS, st.booleans(), st.integers(0, 400)), min_size=1, max_size=8)


@given(LIVES)
def test_whoever_reads_some_exports_in_order_ends_with_the_truth(life: list[tuple[date | None, bool, int]]) -> None:
    """An event taken over when its SEQUENCE is higher, or equal and its stamp later (RFC 5546, 2.1.5)."""
    entry: Entry | None = None
    copy: Entry | None = None
    day = DAY
    for on, reads, later in life:
        day += timedelta(days=later)
        deadline = due(str(on)) if on else None
        if entry is None and deadline is None:
            continue
        told = revised(entry, deadline, day) if entry else entry_of(deadline or due(), day)
        if entry is not None:
            assert (told.sequence, told.revised_at) >= (entry.sequence, entry.revised_at)
            assert ((told.sequence, told.revised_at) > (entry.sequence, entry.revised_at)) is (told != entry)
        entry = told
        if reads:
            if copy is None or (told.sequence, told.revised_at) > (copy.sequence, copy.revised_at):
                copy = told
            assert copy == told and copy.cancelled is (deadline is None)
