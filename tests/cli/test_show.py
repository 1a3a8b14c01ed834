"""tracker show: an agreement, its parts, a party, a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import Tracker

DERIVED = (
    *("as_of", "status", "since", "signed", "in_force", "last_day", "standing", "terms", "milestones"),
    *("obligations", "linked_from"),
)


def test_agreement(small: Tracker) -> None:
    found = small("show", "PA-2017-001", "--as-of", "2018-06-01").out
    for said in ("in force", "2020-05-17", "Train government", "Workshop on forged documents", "MINSEG"):
        assert said in found


def test_agreement_as_json(small: Tracker) -> None:
    found = small("show", "PA-2017-001", "--as-of", "2018-06-01", "--format", "json").json
    assert found["ref"] == "PA-2017-001"
    assert set(found["derived"]) >= set(DERIVED)
    assert found["derived"]["status"] == "in-force"
    assert found["derived"]["obligations"][0]["state"] == "overdue"
    assert [part["number"] for part in found["notes"]] == [1]


def test_day_before_the_first_event(small: Tracker) -> None:
    derived = small("show", "PA-2017-001", "--as-of", "2010-01-01", "--format", "json").json["derived"]
    assert (derived["status"], derived["since"]) == (None, None)
    assert "PA-2017-001" in small("show", "PA-2017-001", "--as-of", "2010-01-01").out


@pytest.mark.parametrize("ref", ["PA-2017-001/O1", "PA-2017-001/A1", "PA-2017-001/E1", "PA-2017-001/N1"])
def test_parts(small: Tracker, ref: str) -> None:
    for given in (ref, ref.lower()):
        assert small("show", given, "--format", "json").json["ref"] == ref
        assert ref in small("show", given).out


def test_obligation_lists_its_due_dates(small: Tracker) -> None:
    found = small("show", "PA-2017-001/O1", "--format", "json", "--as-of", "2018-06-01").json
    assert [(row["due_on"], row["state"]) for row in found["occurrences"]][:3] == [
        ("2017-11-18", "fulfilled"),
        ("2018-05-18", "overdue"),
        ("2018-11-18", "pending"),
    ]


@pytest.mark.parametrize("name", ["MINSEG", "party-2", "ministry of public security", "Ana Castillo", "person-1"])
def test_parties_and_people(small: Tracker, name: str) -> None:
    found = small("show", name, "--format", "json").json
    assert found["ref"] in ("party-2", "person-1")
    assert found["name"] in small("show", name).out


@pytest.mark.parametrize(
    ("ref", "code"),
    [
        ("PA-2017-002", 3),
        ("PA-2017-001/O9", 3),
        ("PA-2017-001/D1", 3),
        ("РА-2017-001", 3),
        ("PA-2017-００１", 3),
        ("PA-2017-001\n", 3),
        ("", 3),
        ("%", 3),
        ("'; DROP TABLE agreement; --", 3),
        ("x" * 10_000, 3),
        ("a\x1b[31mb", 3),
    ],
)
def test_nothing_has_this_reference(small: Tracker, ref: str, code: int) -> None:
    found = small("show", "--", ref, code=code)
    assert found.out == ""
    assert len(found.errors) == 1
    assert "\x1b" not in found.err


def test_into_a_file(small: Tracker) -> None:
    small("show", "PA-2017-001", "-o", "one.json")
    assert json.loads(Path("one.json").read_text(encoding="utf-8"))["ref"] == "PA-2017-001"
    small("show", "PA-2017-001", "-o", "one.txt")
    assert "\x1b" not in Path("one.txt").read_text(encoding="utf-8")
    assert "expected table or json" in small("show", "PA-2017-001", "--format", "csv", code=2).err
