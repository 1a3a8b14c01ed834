"""``tracker history``: who changed what, when, before and after; and a record as it was."""

from __future__ import annotations

import csv
import io
import re

import pytest

from cli.running import Tracker
from tracker.cli.output import FORMATS

A = "PA-2017-001"
KEYS = ["entry", "at", "actor", "command", "undoes", "ref", "what", "change", "field", "before", "after"]


def on(tracker: Tracker, day: str, *words: str) -> None:
    tracker.env(TRACKER_TODAY=day)
    tracker(*words)
    tracker.env(TRACKER_TODAY="2026-11-24")


def test_before_and_after(small: Tracker) -> None:
    small("--actor", "Ana Castillo", "edit", A, "title=New title", "responsible=Bea Ríos")
    rows = small.json("history", A)
    assert list(rows[0]) == KEYS
    first = [row for row in rows if row["entry"] == rows[0]["entry"]]
    assert {(row["field"], row["before"], row["after"]) for row in first} >= {
        ("title", "Cooperation agreement between IOM and the Ministry of Public Security of Panama", "New title"),
        ("responsible", "Ana Castillo", "Bea Ríos"),
    }
    assert {row["actor"] for row in first} == {"Ana Castillo"}
    assert {row["command"] for row in first} == {f"edit {A} 'title=New title' 'responsible=Bea Ríos'"}
    assert all(re.fullmatch(r"2026-11-2\dT\d\d:\d\d:\d\dZ", row["at"]) for row in rows)
    assert [row["entry"] for row in rows] == sorted((row["entry"] for row in rows), reverse=True)


def test_only_what_people_recorded(small: Tracker) -> None:
    rows = small.json("history")
    whats = {row["what"] for row in rows}
    assert {"agreement", "party", "participation MINSEG", "event", "obligation", "activity", "note"} <= whats
    assert {"provision notice", "attendance MINSEG"} <= whats
    assert whats.isdisjoint({"standing", "term", "milestone", "reference", "journal row", "sqlite schema"})
    assert {row["field"] for row in rows}.isdisjoint({"id", "agreement", "position", "name_key", "derived_until"})
    assert ("activity", "PA-2017-001/A1") in {(row["field"], row["after"]) for row in rows}
    assert "occurrence 2017-11-18" in whats


@pytest.mark.parametrize(
    ("given", "refs"),
    [
        (A, {A, f"{A}/O1", f"{A}/A1", f"{A}/E1", f"{A}/N1", f"{A}/F1"}),
        ("pa-2017-001", {A, f"{A}/O1", f"{A}/A1", f"{A}/E1", f"{A}/N1", f"{A}/F1"}),
        (f"{A}/O1", {f"{A}/O1"}),
        ("minseg", {"party-2"}),
        ("Ana Castillo", {"person-1"}),
        ("party-1", {"party-1"}),
    ],
)
def test_of_one_thing(small: Tracker, given: str, refs: set[str]) -> None:
    assert {row["ref"] for row in small.json("history", given)} == refs


def test_of_something_removed(small: Tracker) -> None:
    small("remove", A)
    rows = small.json("history", A)
    assert {row["change"] for row in rows} == {"added", "changed", "removed"}


def test_filters(small: Tracker) -> None:
    small("edit", A, "title=One")
    entry = small.json("history")[0]["entry"]
    assert {row["entry"] for row in small.json("history", "--entry", str(entry))} == {entry}
    assert small.json("history", "--since", "2026-11-25") == []
    assert small.json("history", "--since", "2026-11-24")
    assert len(small.json("history", "--limit", "2")) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(small: Tracker, name: str) -> None:
    small("edit", A, "title==SUM(1)")
    out = small("history", A, "--format", name).out
    assert "SUM(1)" in out
    if name == "csv":
        row = next(iter(csv.DictReader(io.StringIO(out))))
        assert list(row) == KEYS and row["after"] == "'=SUM(1)"


def test_as_it_was(small: Tracker) -> None:
    on(small, "2026-11-25", "edit", A, "title=Second", "notice=1 month")
    on(small, "2026-11-26", "add-note", A, "Later")
    on(small, "2026-11-27", "remove", A)
    first = small("history", A, "--at", "2026-11-24", "--format", "json").json
    assert first["title"].startswith("Cooperation") and first["provisions"]["notice"] == "6 months"
    second = small("history", A, "--at", "2026-11-25", "--format", "json")
    assert second.json["title"] == "Second" and len(second.json["notes"]) == 1
    assert re.search(r"as recorded on 2026-11-25, after entry \d+", second.err)
    assert len(small("history", A, "--at", "2026-11-26", "--format", "json").json["notes"]) == 2
    assert "it was not recorded on 2026-11-27" in small("history", A, "--at", "2026-11-27", code=3).err
    assert "the journal begins later" in small("history", A, "--at", "2026-11-01", code=3).err
    assert "Second" in small("history", A, "--at", "2026-11-25").out


def test_as_it_was_is_what_show_said_then(small: Tracker) -> None:
    """Going back gives exactly what was shown, for every kind of thing."""
    refs = [A, f"{A}/O1", f"{A}/A1", f"{A}/N1", "party-1", "person-1"]
    shown = {ref: small("show", ref, "--format", "json").json for ref in refs}
    on(small, "2026-11-25", "edit", A, "title=X", "duration=9 years", "scopes=asylum", "countries=CR")
    on(small, "2026-11-25", "edit", f"{A}/O1", "due=every year on 1 May from 2018", "text=Y")
    on(small, "2026-11-25", "fulfil", f"{A}/O1", "--due", "2019-05-01", "--on", "2019-05-01")
    on(small, "2026-11-25", "edit", "party-1", "name=Renamed", "acronym=RN")
    on(small, "2026-11-25", "edit", "person-1", "name=Somebody")
    on(small, "2026-11-25", "remove", f"{A}/N1")
    for ref, before in shown.items():
        assert small("history", ref, "--at", "2026-11-24", "--format", "json").json == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("NOWHERE",), 3, "NOWHERE"),
        (("--at", "2026-11-24"), 2, "reference is missing"),
        ((A, "--at", "2026"), 2, "not a single day"),
        ((A, "--at", "2026-11-24", "--format", "csv"), 2, "expected table or json"),
        (("--entry", "0"), 2, "--entry"),
        (("--since", "soon"), 2, "--since"),
    ],
)
def test_wrong_usage(small: Tracker, words: tuple[str, ...], code: int, said: str) -> None:
    found = small("history", *words, code=code)
    assert said in found.err and found.out == ""
