"""Rows of registers in the database: compared with what is recorded, all or nothing, nothing twice."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import TODAY

from tracker.actions import registers
from tracker.actions.registers import Refused, RegisterRow, Taken

SIGNED = {"events": [{"event": "signed", "on": "2020-05-18"}]}


def row(number: int, title: str = "Agreement", **values: Any) -> RegisterRow:
    return RegisterRow(number, {"title": title, "parties": [{"name": "Ministry of Health"}], **SIGNED, **values})


@pytest.fixture
def take(run: Any) -> Any:
    def takes(*rows: RegisterRow | Taken, **options: Any) -> list[tuple[int, str]]:
        return [(one.number, one.did) for one in run(registers.bring_in, rows, TODAY, **options)]

    return takes


def test_rows_are_new_once(take: Any, read: Any) -> None:
    assert take(row(2), row(3, "Other")) == [(2, "new"), (3, "new")]
    assert take(row(2), row(3, "Other"), row(4, "Third")) == [(2, "same"), (3, "same"), (4, "new")]
    assert len(read("agreements")) == 3


def test_title_parties_and_signature_together_tell_rows_apart(take: Any) -> None:
    later = {"events": [{"event": "signed", "on": "2021-05-18"}]}
    assert take(row(2), row(3, **later), row(4, parties=[{"name": "University of Kassel"}])) == [
        (2, "new"),
        (3, "new"),
        (4, "new"),
    ]
    assert take(row(2, "AGREEMENT"), row(3, **later)) == [(2, "same"), (3, "same")]


def test_a_bad_row_takes_all_back_and_says_what_each_would_have_been(take: Any, run: Any, read: Any) -> None:
    rows = [row(2), row(3, kind="nonsense"), row(4, "Other")]
    with pytest.raises(Refused) as refused:
        run(registers.bring_in, rows, TODAY)
    assert [one.did for one in refused.value.taken] == ["new", "unreadable", "new"]
    assert refused.value.unreadable and read("agreements") == []
    assert take(*rows, skip_bad=True) == [(2, "new"), (3, "unreadable"), (4, "new")]
    assert len(read("agreements")) == 2


def test_a_row_refused_late_leaves_nothing_of_itself(take: Any, read: Any) -> None:
    take(row(2, parties=[{"name": "Ministry of Health"}]))
    like = row(3, "Other", parties=[{"name": "Brand New Partner"}, {"name": "Ministery of Health"}])
    assert take(like, row(4, "Third"), skip_bad=True) == [(3, "conflicting"), (4, "new")]
    assert [party["name"] for party in read("parties")] == ["Ministry of Health"]
    assert take(like, insist=True) == [(3, "new")]


def test_references_repeat_in_no_register(take: Any) -> None:
    rows = [row(2, ref="A-1"), row(3, "Other", ref="a-1"), row(4, ref="A-1")]
    assert take(*rows, dry_run=True) == [(2, "new"), (3, "conflicting"), (4, "same")]


def test_what_differs_from_the_record_is_a_conflict_at_its_cell(take: Any, run: Any) -> None:
    take(row(2, ref="A-1", kind="treaty"))
    changed = RegisterRow(
        2, {**row(2, ref="A-1", kind="protocol").values}, lambda place: {"kind": 4}.get(str(place[0]))
    )
    [taken] = run(registers.bring_in, [changed], TODAY, dry_run=True)
    assert taken.did == "conflicting" and [(fault.column, fault.value) for fault in taken.faults] == [(4, "protocol")]
    assert "treaty" in taken.faults[0].reason


def test_what_a_row_does_not_say_is_no_difference(take: Any) -> None:
    take(row(2, ref="A-1", kind="treaty", countries=["PA"]))
    assert take(row(2, ref="A-1")) == [(2, "same")]


def test_days_worked_out_and_other_names_of_parties_are_the_same(take: Any, bring: Any) -> None:
    bring(
        {
            "ref": "A-1",
            "title": "Agreement",
            "parties": [{"name": "World Health Organization", "acronym": "WHO"}, {"name": "Ministry of Health"}],
            "events": [{"event": "signed", "on": "2020-05-18"}],
            "provisions": {"entry_into_force": "on signature", "duration": "10 years"},
        }
    )
    said = {"entry_into_force": "2020-05-18", "ends": "2030-05-17"}
    parties = [{"name": "WHO"}, {"name": "Ministry of Health"}]
    assert take(row(2, ref="A-1", parties=parties, provisions=said)) == [(2, "same")]
    other = {**said, "ends": "2031-05-17"}
    assert take(row(2, ref="A-1", parties=parties, provisions=other), dry_run=True) == [(2, "conflicting")]
    stranger = [{"name": "UNODC"}, {"name": "Ministry of Health"}]
    assert take(row(2, ref="A-1", parties=stranger, provisions=said), dry_run=True) == [(2, "conflicting")]


def test_notes_that_differ_are_said_and_no_conflict(take: Any, run: Any) -> None:
    take(row(2, notes=[{"text": "Obs: a"}]))
    [taken] = run(registers.bring_in, [row(2, notes=[{"text": "Obs: b"}])], TODAY)
    assert taken.did == "same" and "Obs: b" in taken.remarks[0].value


@pytest.mark.parametrize(
    ("typed", "contradicted"),
    [("in-force", True), ("expired", False), ("terminated", False), ("negotiating", True), ("signed", True)],
)
def test_a_status_typed_by_hand_is_compared_with_the_dates(run: Any, typed: str, contradicted: bool) -> None:
    provisions = {"entry_into_force": "on signature", "ends": "2022-05-17"}
    said = RegisterRow(2, row(2, provisions=provisions).values, status=(5, "as typed", typed))
    [taken] = run(registers.bring_in, [said], TODAY)
    assert [(remark.column, remark.value) for remark in taken.remarks] == ([(5, "as typed")] if contradicted else [])


def test_rows_that_were_no_agreements_pass_through(take: Any) -> None:
    assert take(Taken(2, "skipped"), row(3)) == [(2, "skipped"), (3, "new")]
