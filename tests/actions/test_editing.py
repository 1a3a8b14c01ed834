"""Edits: every key of everything that has a reference, emptied by an empty text, refused when it changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement, everything, rows

from tracker import actions
from tracker.actions import editing
from tracker.errors import BadInput, Conflict, NotFound, TrackerError

Bring = Callable[..., list[Any]]
Run = Callable[..., Any]
Edit = Callable[..., list[str]]
Exported = Callable[[str], dict[str, Any]]
Read = Callable[..., list[dict[str, Any]]]

# For each key of an agreement: a value as typed, and where and what it is in the record then (... is: not there).
AGREEMENT: dict[str, tuple[str, tuple[Any, ...], Any]] = {
    "title": ("Another title", ("title",), "Another title"),
    "kind": ("treaty", ("kind",), "treaty"),
    "summary": ("Other words", ("summary",), "Other words"),
    "source": ("a register", ("source",), "a register"),
    "confidentiality": ("public", ("confidentiality",), "public"),
    "responsible": ("Luis Arosemena", ("responsible", "name"), "Luis Arosemena"),
    "countries": ("CR, PA", ("countries",), ["CR", "PA"]),
    "languages": ("en,fr", ("languages",), ["en", "fr"]),
    "scopes": ("asylum", ("scopes",), ["asylum"]),
    "recorded_on": ("18 May 2020", ("recorded_on",), "2020-05-18"),
    "entry_into_force": ("30 days after signature", ("provisions", "entry_into_force"), "30 days after signature"),
    "duration": ("P4Y", ("provisions", "duration"), "4 years"),
    "ends": ("2031", ("provisions", "ends"), "2031"),
    "indefinite": ("true", ("provisions", "indefinite"), True),
    "renewal": ("express", ("provisions", "renewal", "mode"), "express"),
    "renewal_period": ("2 years", ("provisions", "renewal", "period"), "2 years"),
    "renewal_times": ("5", ("provisions", "renewal", "times"), 5),
    "notice": ("P90D", ("provisions", "notice"), "90 days"),
}
ALONE = {"ends": {"duration": ""}, "indefinite": {"duration": ""}}
"""What has to go with a key that cannot stand beside another."""

PARTS: dict[str, dict[str, tuple[str, Any]]] = {
    "O1": {
        "text": ("Train them all", "Train them all"),
        "kind": ("training", "training"),
        "clause": ("Art. 4", "Art. 4"),
        "due": ("every year on 31 March", "every year on 31 March"),
        "owed_by": ("Beta Board, Alpha Institute", ["Beta Board", "Alpha Institute"]),
        "owed_to": ("party-1", ["Alpha Institute"]),
        "scopes": ("asylum", ["asylum"]),
        "responsible": ("Ana Castillo", {"name": "Ana Castillo", "office": "Desk officer"}),
        "survives": ("true", True),
    },
    "A1": {
        "title": ("Seminar", "Seminar"),
        "kind": ("meeting", "meeting"),
        "on": ("1 March 2019", "2019-03-01"),
        "until": ("2018-03-02", "2018-03-02"),
        "place": ("David", "David"),
        "status": ("cancelled", "cancelled"),
        "scopes": ("asylum", ["asylum"]),
    },
    "E1": {
        "event": ("adopted", "adopted"),
        "on": ("mayo de 2017", "2017-05"),
        "party": ("beta board", "Beta Board"),
        "note": ("a remark", "a remark"),
    },
    "D1": {
        "file": ("sub/b.pdf", "sub/b.pdf"),
        "kind": ("minutes", "minutes"),
        "title": ("Minutes", "Minutes"),
        "language": ("en", "en"),
        "on": ("unknown", "unknown"),
        "of": ("O1:2018-05-18", "O1:2018-05-18"),
    },
    "N1": {"on": ("today", "2026-11-24"), "text": ("Another", "Another")},
    "F1": {
        "what": ("departures", "departures"),
        "value": ("-1.50", "-1.50"),
        "unit": ("families", "families"),
        "period": ("2016-05", "2016-05"),
        "source": ("UN", "UN"),
    },
}
PART_CASES = [(part, key, *case) for part, keys in PARTS.items() for key, case in keys.items()]
SECTION = {letter: section for letter, (section, _) in actions.targets.SECTIONS.items()}
REQUIRED = {"title", "text", "event", "file", "what", "value"} | {"on"}
MISSING = object()


def at(record: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        if isinstance(record, dict) and step not in record:
            return MISSING
        record = record[step]
    return record


@pytest.fixture(autouse=True)
def recorded(bring: Bring) -> None:
    bring(everything())


def test_the_tables_hold_every_key() -> None:
    assert AGREEMENT.keys() == editing._AGREEMENT.keys()
    for part, keys in PARTS.items():
        assert set(editing._PARTS[part[0]]) - keys.keys() <= {"until", "for"}, part
    assert {*SECTION} == {*editing._PARTS} == {part[0] for part in PARTS} | {"L"}


@pytest.mark.parametrize("key", AGREEMENT)
def test_every_key_of_an_agreement(edit: Edit, exported: Exported, key: str) -> None:
    typed, path, kept = AGREEMENT[key]
    said = edit("r-1", **{**ALONE.get(key, {}), key: typed})
    assert said[0] == "changed R-1" and len(said) > 1
    assert at(exported("R-1"), path) == kept


def test_the_same_again_changes_nothing(edit: Edit, database: Path) -> None:
    before = rows(database)
    given = {key: at(everything(), path) for key, (_, path, _) in AGREEMENT.items()}
    typed = {key: ", ".join(value) if isinstance(value, list) else str(value) for key, value in given.items()}
    typed = {key: value for key, value in typed.items() if given[key] is not MISSING}
    assert len(typed) >= 12
    assert edit("R-1", **typed) == ["R-1 is so already"]
    assert rows(database) == before


@pytest.mark.parametrize("key", AGREEMENT)
def test_an_empty_value_empties(edit: Edit, exported: Exported, key: str) -> None:
    path = AGREEMENT[key][1]
    defaults = {"kind": "other", "confidentiality": "internal", "recorded_on": str(TODAY)}
    if key == "title":
        with pytest.raises(BadInput, match="title"):
            edit("R-1", title="")
        return
    edit("R-1", **{key: ""})
    found = exported("R-1")
    assert at(found, path) == defaults.get(key, MISSING)
    assert key.partition("_")[0] not in found["provisions"].get("clauses", {}) or key.startswith("renewal_")
    assert edit("R-1", **{key: ""}) == ["R-1 is so already"]
    expected = everything()["provisions"].keys() - {path[1]} if path[0] == "provisions" and len(path) == 2 else None
    assert expected is None or found["provisions"].keys() == expected


def test_the_renewal_goes_as_a_whole(edit: Edit, exported: Exported) -> None:
    edit("R-1", renewal="")
    found = exported("R-1")["provisions"]
    assert "renewal" not in found and found["clauses"] == {"duration": "Art. 8", "notice": "Art. 10"}


def test_the_responsible_person_goes_as_a_whole_and_stays_in_the_directory(edit: Edit, exported: Exported) -> None:
    edit("R-1", responsible="")
    assert "responsible" not in exported("R-1")
    edit("R-1", responsible="Ana Castillo")
    assert exported("R-1")["responsible"] == {"name": "Ana Castillo", "office": "Desk officer"}


@pytest.mark.parametrize(("part", "key", "typed", "kept"), PART_CASES)
def test_every_key_of_a_part(edit: Edit, exported: Exported, part: str, key: str, typed: str, kept: Any) -> None:
    if key == "until":
        edit(f"R-1/{part}", until="")
    said = edit(f"r-1/{part.lower()}", **{key: typed})
    assert said[0] == f"changed R-1/{part}"
    assert exported("R-1")[SECTION[part[0]]][0][key] == kept


@pytest.mark.parametrize(("part", "key"), [(part, key) for part, key, _, _ in PART_CASES])
def test_an_empty_value_empties_a_part(edit: Edit, exported: Exported, part: str, key: str) -> None:
    if key in REQUIRED and (part, key) not in (("D1", "on"), ("N1", "on"), ("D1", "title")):
        with pytest.raises(BadInput) as caught:
            edit(f"R-1/{part}", **{key: ""})
        assert caught.value.field == key and "is missing" in str(caught.value)
        return
    if (part, key) == ("A1", "kind"):
        with pytest.raises(BadInput, match="kind"):
            edit("R-1/A1", kind="")
        return
    edit(f"R-1/{part}", **{key: ""})
    defaults = {"kind": "other", "due": "ongoing", "status": "planned"}
    assert exported("R-1")[SECTION[part[0]]][0].get(key) == defaults.get(key)


def test_a_renewal_event_and_a_link(edit: Edit, run: Run, bring: Bring, exported: Exported) -> None:
    bring({**everything(), "events": [*everything()["events"], {"event": "renewed", "on": "2020", "for": "1 year"}]},
          update=True)  # fmt: skip
    edit("R-1/E2", **{"for": "", "until": "2023-05-17"})
    assert exported("R-1")["events"][1] == {"event": "renewed", "on": "2020", "until": "2023-05-17"}
    edit("R-1/L1", implements="", replaces="G-1")
    assert exported("R-1")["links"] == [{"replaces": "G-1"}]
    with pytest.raises(BadInput, match="exactly one of"):
        edit("R-1/L1", amends="H-1")


def test_a_party(edit: Edit, read: Read) -> None:
    cases = {
        "name": ("Alpha Institution", "Alpha Institution"),
        "acronym": ("AI", "AI"),
        "kind": ("academic", "academic"),
        "country": ("CR", "CR"),
        "part_of": ("Beta Board", "Beta Board"),
    }
    for key, (typed, kept) in cases.items():
        edit("party-1", **{key: typed})
        assert read("parties")[0][key] == kept, key
    for key in cases.keys() - {"name"}:
        edit("party-1", **{key: ""})
        assert read("parties")[0][key] is None, key
    edit("Alpha Institution", former_names="Alpha Institute, Alpha House", other_names="Alfa")
    assert edit("ALFA", other_names="")[0].startswith("changed party-1")
    with pytest.raises(NotFound):
        edit("Alfa", acronym="AI")
    edit("Alpha House", acronym="AI")


@pytest.mark.parametrize(
    ("changes", "kind", "problem"),
    [
        ({"name": ""}, BadInput, "a party has a name"),
        ({"nmae": "x"}, BadInput, "did you mean name"),
        ({"kind": "minstry"}, BadInput, "did you mean ministry"),
        ({"country": "ZZ"}, BadInput, "is not a country"),
        ({"part_of": "party-1"}, BadInput, "a part of itself"),
        ({"part_of": "Nowhere"}, NotFound, "there is no party"),
        ({"name": "beta BOARD"}, Conflict, "party-2 Beta Board is called beta BOARD already"),
        ({"acronym": "beta board"}, Conflict, "called"),
        ({"name": "a\x07b"}, BadInput, "U"),
        ({"former_names": "x" * 501}, BadInput, "at most 500"),
    ],
)
def test_bad_changes_of_a_party(
    edit: Edit, database: Path, changes: dict[str, str], kind: type[TrackerError], problem: str
) -> None:
    before = rows(database)
    with pytest.raises(kind, match=problem):
        edit("party-1", **changes)
    assert rows(database) == before


def test_two_of_one_name_are_never_made_one_by_their_country(edit: Edit, bring: Bring) -> None:
    ministry = [{"name": "Ministry of Health", "country": country} for country in ("PA", "CR")]
    bring(agreement("Y-1", parties=ministry))
    for country in ("PA", ""):
        with pytest.raises(Conflict, match="Ministry of Health already"):
            edit("Ministry of Health (CR)", country=country)
    edit("Ministry of Health (CR)", country="NI")


def test_two_of_one_name_without_a_country_can_be_told_apart(edit: Edit, bring: Bring) -> None:
    bring(agreement("Y-1", parties=[{"name": "Ministry of Health", "country": "PA"}]))
    edit("party-1", name="Ministry of Health", country="CR")
    assert edit("party-1", acronym="MH") == ["changed party-1 MH: acronym"]


@pytest.mark.parametrize(
    ("ref", "changes", "problem"),
    [
        ("R-1", {"titel": "x"}, "did you mean title"),
        ("R-1", {"zzz": "x"}, "expected one of: title, kind"),
        ("R-1", {"ref": "R-2"}, "cannot be edited here"),
        ("R-1", {"ends": "2031"}, "only one of them"),
        ("R-1", {"renewal": "none"}, "neither period nor times"),
        ("R-1", {"recorded_on": "2017"}, "expected a day"),
        ("R-1", {"countries": "PA,PA"}, "PA twice"),
        ("R-1/O1", {"on": "2018"}, "cannot be edited here"),
        ("R-1/O1", {"number": "2"}, "cannot be edited here"),
        ("R-1/A1", {"attendance": "x"}, "cannot be edited here"),
        ("R-1/E1", {"until": "2018"}, "belong to renewed"),
        ("R-1/O1", {"owed_by": "party-9"}, "there is no party"),
        ("R-1/X1", {"text": "x"}, "letter"),
        ("R-1/O2", {"text": "x"}, "did you mean R-1/O1"),
        ("R-2", {"title": "x"}, "R-2"),
    ],
)
def test_bad_changes(edit: Edit, database: Path, ref: str, changes: dict[str, str], problem: str) -> None:
    before = rows(database)
    with pytest.raises(TrackerError, match=problem):
        edit(ref, **changes)
    assert rows(database) == before


def whole(run: Run, record: dict[str, Any], before: dict[str, Any], ref: str = "R-1") -> Any:
    return run(actions.editing.whole, ref, actions.record_check.check(record), before, TODAY)


def test_a_whole_record_in_place_of_another(run: Run, exported: Exported) -> None:
    before = exported("R-1")
    assert whole(run, before, before).changes == []
    found = whole(run, {**before, "title": "New", "notes": []}, before)
    assert found.changes == ["title: Agreement R-1 -> New", "notes: on 2017-06-01, text A remark -> nothing"]
    assert exported("R-1") == {key: value for key, value in {**before, "title": "New"}.items() if key != "notes"}


def test_what_changed_meanwhile_is_not_overwritten(run: Run, edit: Edit, exported: Exported) -> None:
    before = exported("R-1")
    edit("R-1", source="a colleague's")
    now = exported("R-1")
    with pytest.raises(Conflict, match="changed meanwhile: source: the signed text -> a colleague's") as caught:
        whole(run, {**before, "title": "Mine"}, before)
    assert caught.value.exit_code == 4
    assert exported("R-1") == now


def test_a_reference_stays(run: Run, exported: Exported, bring: Bring) -> None:
    before = exported("R-1")
    with pytest.raises(BadInput, match="a reference stays"):
        whole(run, {**before, "ref": "R-2"}, before)
    without = {key: value for key, value in before.items() if key != "ref"}
    assert whole(run, {**without, "title": "New"}, before).ref == "R-1"
