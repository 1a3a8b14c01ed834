"""Scope areas: the built-in ones stay, the officers' own are checked like everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from factories import agreement

from tracker import actions
from tracker.errors import BadInput, Conflict, NotFound, TrackerError

Run = Callable[..., Any]
Edit = Callable[..., list[str]]
Read = Callable[..., list[dict[str, Any]]]


def add(session: Any, code: str, parent: str | None = None) -> Any:
    return actions.scopes.add(session, {"code": code, "name_en": code.title()}, parent)


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("border-managment", "border-management"),
        ("Border Management", "border-management"),
        ("gestión de fronteras", "border-management"),
        ("Asylum", "asylum"),
    ],
)
def test_an_unknown_code_gets_the_nearest(run: Run, code: str, near: str) -> None:
    with pytest.raises(NotFound) as caught:
        run(lambda session: actions.scopes.ScopeBook(session).ids([code]))
    assert near in caught.value.nearest and "tracker scopes" in (caught.value.hint or "")


def test_codes_come_back_in_their_order(run: Run) -> None:
    codes = ["counter-smuggling", "asylum", "border-management"]
    forwards = run(lambda session: actions.scopes.ScopeBook(session).ids(codes))
    backwards = run(lambda session: actions.scopes.ScopeBook(session).ids(codes[::-1]))
    assert backwards == forwards[::-1] and len(set(forwards)) == 3


def test_ones_own_area_has_a_place_in_the_tree_and_can_be_used(run: Run, read: Read, bring: Any) -> None:
    assert run(add, "darien", "border-management").ref == "darien"
    bring(agreement(scopes=["darien"]))
    assert [row["ref"] for row in read("agreements", scope="border-management")] == ["X-1"]
    with pytest.raises(Conflict, match="still named by agreement scope"):
        run(lambda session: actions.removal.remove(session, "darien", None))


def test_a_code_is_given_once(run: Run) -> None:
    run(add, "darien")
    for code in ("darien", "asylum"):
        with pytest.raises(Conflict, match="exists already"):
            run(add, code)
    with pytest.raises(NotFound):
        run(add, "other", "nowhere")


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("name_en", "The Gap", "The Gap"),
        ("name_es", "El Tapón", "El Tapón"),
        ("name_fr", "", None),
        ("gcm", "9;10", "9;10"),
        ("sdg", "10.7", "10.7"),
        ("dac", "", None),
        ("parent", "asylum", "asylum"),
        ("parent", "", None),
    ],
)
def test_every_field_can_be_edited_and_emptied(
    run: Run, edit: Edit, read: Read, key: str, value: str, kept: str | None
) -> None:
    run(add, "darien", "border-management")
    edit("darien", **{key: value})
    found = next(row for row in read("scopes") if row["code"] == "darien")
    assert found[key] == kept


@pytest.mark.parametrize(
    "changes",
    [
        {"name_en": ""},
        {"name_en": "x" * 501},
        {"name_es": "a\x1b[31mb"},
        {"name_fr": "a\u202eb"},
        {"gcm": "=1+1"},
        {"sdg": "10,7"},
        {"nmae_en": "x"},
        {"code": "other"},
        {"builtin": "true"},
        {"parent": "nowhere"},
        {"parent": "darien"},
    ],
)
def test_bad_changes(run: Run, edit: Edit, changes: dict[str, str]) -> None:
    run(add, "darien")
    with pytest.raises(TrackerError) as caught:
        edit("darien", **changes)
    assert "\n" not in str(caught.value) and "\x1b" not in str(caught.value)


def test_no_area_is_part_of_itself_however_far_round(run: Run, edit: Edit) -> None:
    for code, parent in (("one", None), ("two", "one"), ("three", "two")):
        run(add, code, parent)
    with pytest.raises(BadInput, match="a part of itself"):
        edit("one", parent="three")
    edit("three", parent="one")


def test_built_in_ones_stay(run: Run, edit: Edit) -> None:
    with pytest.raises(Conflict, match="stays"):
        edit("asylum", name_en="Other")
    with pytest.raises(Conflict, match="stays"):
        run(lambda session: actions.removal.remove(session, "asylum", None))
