"""Records are brought in all or nothing; an update says what it changes and leaves the rest as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import activity, agreement, everything, obligation, rows

from tracker import actions
from tracker.errors import Conflict, Similar, TrackerError

Bring = Callable[..., list[Any]]
Run = Callable[..., Any]
RECORD: dict[str, Any] = {
    "ref": "X-1",
    "title": "Agreement",
    "parties": [{"name": "Alpha Institute"}, {"name": "Beta Board"}],
    "events": [{"event": "signed", "on": "2017-05-18"}, {"event": "registered", "on": "2018-01-01"}],
    "obligations": [
        {"number": 1, "text": "Report", "owed_by": ["Alpha Institute"], "due": "2018-06-30"},
        {"number": 2, "text": "Train", "owed_by": ["Beta Board"]},
    ],
    "notes": [{"on": "2017-06-01", "text": "First"}, {"text": "Second"}],
}


@pytest.mark.parametrize(
    "bad",
    [
        {"title": "B", "scopes": ["nonsense"]},
        {"title": "B", "events": [{"event": "signed", "on": "2017", "party": "Nobody"}]},
        {"title": "B", "parties": [{"name": "Alpha Institut"}]},
        {"ref": "x-1", "title": "B"},
    ],
)
def test_a_bad_second_record_leaves_nothing(database: Path, bring: Bring, bad: dict[str, Any]) -> None:
    before = rows(database)
    with pytest.raises(TrackerError) as caught:
        bring(RECORD, bad)
    assert caught.value.place[0] == 1
    assert rows(database) == before


def test_an_existing_reference_needs_update(database: Path, bring: Bring) -> None:
    bring(RECORD)
    before = rows(database)
    with pytest.raises(Conflict, match="X-1 is recorded already"):
        bring(RECORD)
    assert [item.did for item in bring(RECORD, update=True)] == ["same"]
    assert rows(database) == before


def test_an_update_says_what_changes_and_keeps_references(bring: Bring, run: Run) -> None:
    bring(RECORD)
    changed = {
        **RECORD,
        "title": "New title",
        "events": [RECORD["events"][0], {"event": "registered", "on": "2018-02-01"}],
    }
    changed["obligations"] = [RECORD["obligations"][1], {"text": "Meet", "owed_by": ["Beta Board"]}]
    found = bring(changed, update=True)[0]
    assert found.did == "updated"
    assert "title: Agreement -> New title" in found.changes
    assert "events[2].on: 2018-01-01 -> 2018-02-01" in found.changes
    assert any(line.startswith("obligations[1]: number 1") and line.endswith("-> nothing") for line in found.changes)
    assert any(line.startswith("obligations[3]: nothing -> number 3") for line in found.changes)
    with pytest.raises(TrackerError, match="X-1/O1"):
        run(actions.targets.find, "X-1/O1")
    assert run(actions.targets.find, "X-1/E2").row.on_text == "2018-02-01"


def test_a_removed_part_gives_its_number_to_nothing(bring: Bring, run: Run) -> None:
    bring(RECORD)
    run(actions.removal.remove, "X-1/O2", TODAY)
    with pytest.raises(Conflict, match="X-1/O2 has been given already"):
        bring(RECORD, update=True)


def test_links_may_name_what_is_recorded_later(bring: Bring) -> None:
    first = bring({**RECORD, "links": [{"implements": "X-2"}]})[0]
    assert first.aside[-1] == "X-1 is linked to X-2, which is not recorded yet"
    both = bring({"ref": "Y-1", "title": "Y", "links": [{"amends": "Y-2"}]}, {"ref": "Y-2", "title": "Z"})
    assert [item.aside for item in both] == [[], []]


@pytest.mark.parametrize(
    "bad",
    [
        agreement("X-2", responsible={"name": "Twin"}),
        agreement("X-2", obligations=[obligation("ongoing", owed_by=["party-77"])]),
        agreement("X-2", activities=[activity(attendance=[{"party": "Alpha Institut", "total": 3}])]),
        agreement("X-2", other_parties=[{"name": "Gamma", "part_of": "Delta"}, {"name": "Delta", "part_of": "Gamma"}]),
        agreement("X-2", parties=[{"name": "Alpha Institute", "acronym": "AI"}, {"name": "AI Board", "acronym": "AI"}]),
        agreement("X-0"),
    ],
)
def test_whatever_is_wrong_in_the_last_nothing_of_the_others_stays(
    database: Path, bring: Bring, bad: dict[str, Any]
) -> None:
    people = [{"name": "Twin", "email": f"{place}@example.org"} for place in "ab"]
    bring(agreement("X-0", contacts=people))
    before = rows(database)
    good = [everything(), agreement("X-1", parties=[{"name": "Somebody New"}])]
    with pytest.raises(TrackerError) as caught:
        bring(*good, bad)
    assert caught.value.place[0] == 2 and "\n" not in str(caught.value)
    assert rows(database) == before


def test_a_dry_run_says_the_same_and_changes_no_byte(database: Path, bring: Bring) -> None:
    bring(agreement("X-1"))
    before = database.read_bytes()
    records = [actions.record_check.check(record) for record in (agreement("X-1", title="New"), everything())]

    def use_case(session: Any) -> Any:
        return actions.records.bring_in(session, records, TODAY, update=True)

    said = actions.running.run(database, use_case, dry_run=True)
    assert database.read_bytes() == before
    assert actions.running.run(database, use_case) == said
    assert [(item.ref, item.did) for item in said] == [("X-1", "updated"), ("R-1", "new")]


def test_every_kind_of_change_is_said_key_by_key(bring: Bring) -> None:
    bring(everything())
    changed = everything() | {"kind": "treaty", "scopes": ["asylum"], "provisions": {"indefinite": True}}
    del changed["summary"], changed["responsible"]
    changed["activities"][0]["attendance"][0]["women"] = 4
    changed["obligations"][0]["due"] = "2030"
    changed["notes"].append({"text": "Another"})
    found = bring(changed, update=True)[0]
    assert found.changes == [
        "kind: other -> treaty",
        "summary: What it is about -> nothing",
        "scopes: border-management -> asylum",
        "provisions.entry_into_force: on signature -> nothing",
        "provisions.duration: 3 years -> nothing",
        "provisions.renewal: mode tacit, period 1 year, times 2 -> nothing",
        "provisions.notice: 6 months -> nothing",
        "provisions.clauses: duration Art. 8, renewal Art. 9, notice Art. 10 -> nothing",
        "provisions.indefinite: nothing -> True",
        "obligations[1].due: every 6 months from 2017-11-18 -> 2030",
        "activities[1].attendance[Beta Board].women: 3 -> 4",
        "notes[2]: nothing -> text Another",
        "responsible: name Ana Castillo, office Desk officer -> nothing",
    ]
    assert bring(changed, update=True)[0].did == "same"


@pytest.mark.parametrize("ref", ["r-1", "R-1"])
def test_a_reference_in_another_case_means_the_same_record(bring: Bring, exported: Any, ref: str) -> None:
    bring(everything())
    with pytest.raises(Conflict, match="R-1 is recorded already") as caught:
        bring({**everything(), "ref": ref})
    assert caught.value.exit_code == 4 and "--update" in (caught.value.hint or "")
    bring({**everything(), "ref": ref, "title": "New"}, update=True)
    assert (exported("R-1")["ref"], exported("R-1")["title"]) == ("R-1", "New")


def test_an_update_of_what_is_not_there_is_new(bring: Bring) -> None:
    assert [item.did for item in bring(agreement("X-1"), update=True)] == ["new"]


def test_one_record_twice_in_a_file(database: Path, bring: Bring) -> None:
    before = rows(database)
    with pytest.raises(Conflict):
        bring(agreement("X-1"), agreement("x-1"))
    assert rows(database) == before


def test_new_agreements_know_what_came_before_them_in_the_file(database: Path, bring: Bring) -> None:
    bring(agreement("X-0"))
    done = bring(
        agreement("X-1", parties=[{"name": "Alpha Institute", "acronym": "AI"}], scopes=["border-management"]),
        {"directory": {"scopes": [{"code": "own", "name_en": "Own"}], "parties": [{"name": "Gamma Office"}]}},
        agreement("X-2", links=[{"replaces": "x-3"}, {"amends": "X-0"}]),
        agreement("X-0", parties=[{"name": "Alpha Institute", "acronym": "AI"}]) | {"title": "Renamed"},
        agreement("X-3", scopes=["own"], obligations=[obligation("ongoing", owed_by=["AI"], owed_to=["Gamma Office"])]),
        update=True,
    )
    assert [(item.ref, item.did) for item in done] == [
        ("X-1", "new"),
        ("directory", "new"),
        ("X-2", "new"),
        ("X-0", "updated"),
        ("X-3", "new"),
    ]
    assert done[0].aside == ["party-1 Alpha Institute has now acronym AI"]
    assert done[1].aside == ["created party-3 Gamma Office"]
    with closing(sqlite3.connect(database)) as db:
        assert {ref for (ref,) in db.execute("SELECT to_ref FROM link")} == {"X-3", "X-0"}, "spelt as its target is"
        statuses = db.execute("SELECT status FROM standing s JOIN agreement a ON a.id = agreement_id AND ref = 'X-3'")
        assert ("replaced",) in statuses.fetchall()


def test_a_new_party_is_compared_with_names_given_earlier_in_the_file(database: Path, bring: Bring) -> None:
    bring(agreement("X-0"))
    with pytest.raises(Similar, match="AI Board"):
        bring(
            agreement("X-1", parties=[{"name": "Alpha Institute", "acronym": "AI"}]),
            agreement("X-2", parties=[{"name": "AI Board", "acronym": "AI"}]),
        )
