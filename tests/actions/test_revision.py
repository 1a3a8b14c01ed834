"""What an update or an edited record says of parties and people is what is recorded, wherever they are named."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement, obligation, rows

from tracker import actions
from tracker.errors import Conflict

Bring = Callable[..., list[Any]]
Run = Callable[..., Any]
Exported = Callable[[str], dict[str, Any]]
Read = Callable[..., list[dict[str, Any]]]
MINISTRY = {
    "name": "Ministry of Health",
    "acronym": "MINSA",
    "kind": "ministry",
    "country": "PA",
    "part_of": "Beta Board",
    "former_names": ["Health Board"],
    "other_names": ["Ministerio de Salud"],
}
ANA = {
    "name": "Ana Castillo",
    "office": "Desk officer",
    "email": "ana@example.org",
    "phone": "305 3350",
    "party": "MINSA",
}


@pytest.fixture(autouse=True)
def two(bring: Bring) -> None:
    """Two agreements with one party and one person between them."""
    bring(
        agreement("X-1", parties=[MINISTRY], responsible=ANA, contacts=[ANA], obligations=[obligation("2030")]),
        agreement("X-2", parties=[{"name": "MINSA"}], responsible={"name": "Ana Castillo"}),
    )


@pytest.fixture
def put(run: Run, exported: Exported) -> Callable[..., Any]:
    """Puts a changed record in the place of X-1's, as the editor does."""

    def puts(change: Callable[[dict[str, Any]], object]) -> Any:
        before = exported("X-1")
        record = deepcopy(before)
        change(record)
        return run(actions.editing.whole, "X-1", actions.record_check.check(record), before, TODAY)

    return puts


PARTY = [
    ("acronym", None),
    ("acronym", "MS"),
    ("kind", None),
    ("kind", "agency"),
    ("country", None),
    ("country", "CR"),
    ("part_of", None),
    ("part_of", "Alpha Institute"),
    ("former_names", None),
    ("former_names", ["Board of Health", "Health Board"]),
    ("other_names", None),
    ("other_names", ["Salud"]),
]


def change(part: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        del part[key]
    else:
        part[key] = value


@pytest.mark.parametrize(("key", "value"), PARTY)
def test_what_is_edited_of_a_party_holds_everywhere(
    put: Callable[..., Any], exported: Exported, read: Read, key: str, value: Any
) -> None:
    count = len(read("parties"))
    found = put(lambda record: change(record["parties"][0], key, value))
    assert exported("X-1")["parties"][0].get(key) == exported("X-2")["parties"][0].get(key) == value
    assert [line.split(":")[0] for line in found.changes if line.startswith("parties")] == [
        f"parties[Ministry of Health].{key}"
    ]
    assert any(key in line and line.endswith(", in all 2 agreements with it") for line in found.aside), found.aside
    assert len(read("parties")) == count


PERSON = [
    ("office", None),
    ("office", "Director"),
    ("email", None),
    ("email", "castillo@example.org"),
    ("phone", None),
    ("phone", "+507 305-3350"),
    ("party", None),
    ("party", "Beta Board"),
]


@pytest.mark.parametrize("place", ["responsible", "contacts"])
@pytest.mark.parametrize(("key", "value"), PERSON)
def test_what_is_edited_of_a_person_in_one_place_holds_everywhere(
    put: Callable[..., Any], exported: Exported, read: Read, place: str, key: str, value: Any
) -> None:
    found = put(lambda record: change(record["contacts"][0] if place == "contacts" else record[place], key, value))
    if key == "email":
        # the other place still names the one with the e-mail: these are two from now on
        assert len(read("people")) == 2
        return
    for ref in ("X-1", "X-2"):
        assert exported(ref)["responsible"].get(key) == value
    assert exported("X-1")["contacts"][0].get(key) == value
    assert any(line.startswith("person-1 Ana Castillo has ") for line in found.aside)


def both(record: dict[str, Any], key: str, value: Any) -> None:
    change(record["responsible"], key, value)
    change(record["contacts"][0], key, value)


@pytest.mark.parametrize("value", [None, "castillo@example.org"])
def test_an_e_mail_is_changed_and_taken_away(
    put: Callable[..., Any], exported: Exported, read: Read, value: str | None
) -> None:
    put(lambda record: both(record, "email", value))
    assert exported("X-2")["responsible"].get("email") == value
    assert len(read("people")) == 1


def test_two_places_cannot_say_different_things(put: Callable[..., Any], database: Path) -> None:
    def contradict(record: dict[str, Any]) -> None:
        record["responsible"]["phone"] = "305 0001"
        record["contacts"][0]["phone"] = "305 0002"

    before = rows(database)
    with pytest.raises(Conflict, match=r"has phone 305 000\d here, but 305 000\d elsewhere"):
        put(contradict)
    assert rows(database) == before


def test_a_second_person_of_a_name_is_added_not_mixed_up(put: Callable[..., Any], read: Read) -> None:
    put(lambda record: record["contacts"].append({"name": "Ana Castillo", "email": "other@example.org"}))
    assert sorted(row["email"] for row in read("people")) == ["ana@example.org", "other@example.org"]


def test_naming_somebody_once_more_takes_nothing_away(put: Callable[..., Any], exported: Exported) -> None:
    before = exported("X-1")["responsible"]

    def add(record: dict[str, Any]) -> None:
        record["obligations"][0]["responsible"] = {"name": "Ana Castillo"}
        record["parties"].append({"name": "MINSA", "role": "donor"})

    put(add)
    assert exported("X-1")["responsible"] == before
    assert exported("X-1")["parties"][0]["acronym"] == "MINSA"


@pytest.mark.parametrize(("key", "value"), [case for case in PARTY if case[1] is not None])
def test_an_update_changes_a_party_in_all_its_records(bring: Bring, exported: Exported, key: str, value: Any) -> None:
    """The second record of the file still says what was: that is no change, and takes nothing back."""
    one, other = exported("X-1"), exported("X-2")
    one["parties"][0][key] = value
    found = bring(one, other, update=True)
    assert exported("X-1")["parties"][0][key] == exported("X-2")["parties"][0][key] == value
    assert [item.did for item in found] == ["updated", "updated"]
    assert bring(exported("X-1"), exported("X-2"), update=True)[0].did == "same"


@pytest.mark.parametrize("key", ["acronym", "kind", "country", "part_of", "former_names", "other_names"])
def test_in_an_update_a_key_left_out_says_nothing_and_an_empty_one_takes_away(
    bring: Bring, exported: Exported, key: str
) -> None:
    record = exported("X-1")
    del record["parties"][0][key]
    assert bring(record, update=True)[0].did == "same"
    record["parties"][0][key] = None
    bring(record, update=True)
    assert key not in exported("X-1")["parties"][0]
    assert key not in exported("X-2")["parties"][0]


@pytest.mark.parametrize("key", ["office", "phone", "party"])
def test_the_same_of_a_person(bring: Bring, exported: Exported, key: str) -> None:
    record = exported("X-1")
    del record["responsible"][key], record["contacts"][0][key]
    assert bring(record, update=True)[0].did == "same"
    record["responsible"][key] = None
    bring(record, update=True)
    assert key not in exported("X-2")["responsible"]


def test_a_new_record_takes_nothing_away_and_changes_no_party(bring: Bring, exported: Exported) -> None:
    empty = {key: None for key in MINISTRY if key != "name"}
    bring(agreement("X-3", parties=[{"name": "Ministry of Health", **empty}]))
    assert exported("X-3")["parties"] == exported("X-1")["parties"]
    for key, value in (("acronym", "MS"), ("kind", "agency"), ("part_of", "Alpha Institute")):
        with pytest.raises(Conflict, match=f"is recorded with {key}") as caught:
            bring(agreement("X-4", parties=[{"name": "Ministry of Health", key: value}]))
        assert caught.value.place == (0, "parties", 0, key)


def test_a_conflict_over_a_long_value_is_cut(bring: Bring) -> None:
    with pytest.raises(Conflict) as caught:
        bring(agreement("X-4", parties=[{"name": "Ministry of Health", "acronym": "M" * 500}]))
    assert len(str(caught.value)) < 200 and len(caught.value.hint or "") < 200
