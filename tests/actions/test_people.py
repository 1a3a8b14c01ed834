"""People: one of a name is the same, two are told apart by e-mail, nothing about them changes unsaid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from tracker import actions
from tracker.actions.parties import PartyBook
from tracker.actions.people import PeopleBook
from tracker.actions.record import PersonPart
from tracker.errors import BadInput, Conflict, NotFound, TrackerError

Run = Callable[..., Any]
Edit = Callable[..., list[str]]
Read = Callable[..., list[dict[str, Any]]]
ANA = {"name": "Ana Castillo", "email": "ana@example.org"}


def take(session: Session, **values: str) -> str:
    return PeopleBook(session, PartyBook(session)).take(PersonPart(**values)).ref


def said(session: Session, **values: str) -> list[str]:
    book = PeopleBook(session, PartyBook(session))
    book.take(PersonPart(**values))
    return book.asides()


def known(session: Session, name: str) -> str:
    return PeopleBook(session, PartyBook(session)).known(name).ref


def add(session: Session, **values: str) -> Any:
    return actions.people.add(session, PersonPart(**values))


@pytest.mark.parametrize(
    "again",
    [
        {"name": "ana castillo"},
        {"name": "ANA  CASTILLO"},
        {"name": "Aná Castillo"},
        {"name": "person-1"},
        {"name": "PERSON-1"},
        {"name": "Ana Castillo", "email": "ANA@example.org"},
    ],
)
def test_the_same_person(run: Run, again: dict[str, str]) -> None:
    assert run(take, **ANA) == run(take, **again) == "person-1"


def test_another_e_mail_is_another_person_and_the_name_alone_asks(run: Run) -> None:
    assert run(take, **ANA) == "person-1"
    assert run(take, name="Ana Castillo", email="other@example.org") == "person-2"
    for use in (lambda session: take(session, name="Ana Castillo"), lambda session: known(session, "Ana Castillo")):
        with pytest.raises(BadInput, match=r"person-1 \(.*\) and person-2|person-1 and person-2"):
            run(use)


def test_one_without_an_e_mail_is_completed(run: Run, read: Read) -> None:
    run(take, name="Ana Castillo")
    assert run(take, **ANA) == "person-1"
    assert [(row["name"], row["email"]) for row in read("people")] == [("Ana Castillo", "ana@example.org")]


def test_what_is_recorded_anew_of_somebody_known_is_said(run: Run) -> None:
    assert run(said, **ANA) == ["created person-1 Ana Castillo"]
    assert run(said, name="Ana Castillo", office="Desk officer") == []
    assert run(said, name="Ana Castillo", office="Director") == [
        "person-1 Ana Castillo has now office Director, before Desk officer"
    ]
    assert run(said, name="Ana Castillo", office="Director") == []


def test_the_party_of_a_person_is_created_or_found(run: Run, read: Read) -> None:
    run(take, name="Ana", party="Alpha Institute")
    run(take, name="Eva", party="ALPHA INSTITUTE")
    assert len(read("parties")) == 1


def test_adding_one_that_is_recorded(run: Run) -> None:
    run(add, **ANA)
    with pytest.raises(Conflict, match="recorded already, as person-1"):
        run(add, name="ana castillo", email="ANA@EXAMPLE.org")
    assert run(add, name="Ana Castillo", email="other@example.org").ref == "person-2"


def test_who_has_no_e_mail_is_told_from_who_has_one(run: Run) -> None:
    assert run(take, **ANA) == "person-1"
    assert run(take, name="Ana Castillo", email="none") == "person-2"
    assert run(take, name="Ana Castillo", email="NONE") == "person-2"
    assert run(take, name="Ana Castillo") == "person-2", "the name alone is whoever has no e-mail"
    assert run(take, **ANA) == "person-1"
    assert run(take, name="Ana Castillo", email="third@example.org") == "person-3", "two are told apart already"


def test_two_are_never_made_one_by_an_edit(run: Run, edit: Edit) -> None:
    run(take, **ANA)
    run(add, name="Ana Castillo")
    run(add, name="Eva", email="ana@example.org")
    for ref, changes in (
        ("person-1", {"email": ""}),
        ("person-1", {"email": "none"}),
        ("person-2", {"email": "ANA@example.org"}),
        ("person-3", {"name": "ana castillo"}),
    ):
        with pytest.raises(Conflict, match="already"):
            edit(ref, **changes)


@pytest.mark.parametrize("name", ["person-9", "Nobody"])
def test_nobody(run: Run, name: str) -> None:
    with pytest.raises(NotFound):
        run(known, name)


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("name", "Ana María Castillo", "Ana María Castillo"),
        ("office", "Director", "Director"),
        ("office", "", None),
        ("email", "a.b@example.com", "a.b@example.com"),
        ("email", "", None),
        ("phone", "+507 305-3350", "+507 305-3350"),
        ("phone", "", None),
        ("party", "Alpha Institute", "Alpha Institute"),
        ("party", "", None),
    ],
)
def test_every_field_can_be_edited_and_emptied(
    run: Run, edit: Edit, read: Read, key: str, value: str, kept: str | None
) -> None:
    run(take, **ANA, office="Desk officer", phone="305 3350", party="Alpha Institute")
    edit("person-1", **{key: value})
    assert read("people")[0][key] == kept


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"name": ""}, "has a name"),
        ({"nmae": "x"}, "did you mean name"),
        ({"email": "nobody"}, "is not an e-mail address"),
        ({"phone": "call me"}, "is not a telephone number"),
        ({"office": "a\nb"}, "line break"),
        ({"party": "Nowhere"}, "there is no party"),
    ],
)
def test_bad_changes(run: Run, edit: Edit, changes: dict[str, str], problem: str) -> None:
    run(take, **ANA)
    with pytest.raises(TrackerError, match=problem):
        edit("person-1", **changes)
