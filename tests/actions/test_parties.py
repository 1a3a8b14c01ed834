"""Parties are found by any of their names, never doubled by a slip, never mixed up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from tracker import actions
from tracker.actions.parties import PartyBook
from tracker.actions.record import PartyDescription
from tracker.errors import BadInput, Conflict, NotFound, Similar

Run = Callable[..., Any]
MINSEG = PartyDescription(
    name="Ministerio de Seguridad Pública",
    acronym="MINSEG",
    country="PA",
    former_names=["Ministerio de Gobierno"],
    other_names=["Ministry of Public Security"],
)


def describe(session: Session, *descriptions: PartyDescription, insist: bool = False) -> list[str]:
    book = PartyBook(session, insist=insist)
    return [book.describe(item).ref for item in descriptions]


def take(session: Session, name: str) -> str:
    return PartyBook(session).take(name).ref


NAMED = """MINSEG
minseg
ministerio de seguridad publica
MINISTERIO DE  SEGURIDAD PÚBLICA
Ministerio de Gobierno
ministry of public security
party-1
PARTY-1
Ministry of Public Security (PA)
MINSEG (pa)"""


@pytest.mark.parametrize("name", NAMED.splitlines())
def test_found_by_any_name(run: Run, name: str) -> None:
    run(describe, MINSEG)
    assert run(take, name) == "party-1"


@pytest.mark.parametrize(
    "name",
    ["Ministerio de Segurida Publica", "Ministry of Public Safety", "MINSGE", "Ministry of Public Security of Panama"],
)
def test_a_name_that_may_be_a_slip_is_refused(run: Run, name: str) -> None:
    run(describe, MINSEG)
    with pytest.raises(Similar):
        run(take, name)
    assert run(describe, PartyDescription(name=name), insist=True) == ["party-2"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Austria"}, {"name": "Australia"}),
        ({"name": "Niger", "kind": "state"}, {"name": "Nigeria", "kind": "state"}),
        (
            {"name": "Republic of Korea", "kind": "state"},
            {"name": "Democratic People's Republic of Korea", "kind": "state"},
        ),
        ({"name": "Ministry of the Interior", "country": "ES"}, {"name": "Ministry of Interior", "country": "FR"}),
        ({"name": "Ministry of Health", "country": "PA"}, {"name": "Ministry of Health", "country": "CR"}),
        ({"name": "United Nations"}, {"name": "United Nations Office on Drugs and Crime"}),
    ],
)
def test_two_that_are_two(run: Run, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert run(describe, PartyDescription(**one), PartyDescription(**other)) == ["party-1", "party-2"]


def test_one_name_of_two_parties_asks_for_the_reference(run: Run) -> None:
    names = [PartyDescription(name="Ministry of Health", country=country) for country in ("PA", "CR")]
    run(describe, *names)
    with pytest.raises(BadInput, match=r"party-1 \(PA\) and party-2 \(CR\)"):
        run(take, "Ministry of Health")
    assert run(take, "Ministry of Health (CR)") == "party-2"


def test_known_by_its_acronym_alone_and_completed_later(run: Run) -> None:
    run(take, "IOM")
    full = PartyDescription(name="International Organization for Migration", acronym="IOM")
    assert run(describe, full) == ["party-1"]
    assert run(take, "International Organization for Migration") == "party-1"
    assert run(take, "IOM") == "party-1"


def test_contradictions_are_refused(run: Run) -> None:
    run(describe, MINSEG)
    with pytest.raises(Conflict, match="recorded with acronym MINSEG"):
        run(describe, PartyDescription(name=MINSEG.name, acronym="MSP"))


def test_nothing_is_a_part_of_itself(run: Run) -> None:
    def circle(session: Session) -> None:
        book = PartyBook(session)
        one = PartyDescription(name="Alpha Agency", part_of="Beta Board")
        two = PartyDescription(name="Beta Board", part_of="Alpha Agency")
        book.set_parents([one, two], [book.describe(one), book.describe(two)])

    with pytest.raises(BadInput, match="a part of itself"):
        run(circle)


def test_a_reference_that_nothing_has(run: Run) -> None:
    for use in (take, lambda session, name: describe(session, PartyDescription(name=name))):
        with pytest.raises(NotFound):
            run(use, "party-9")


@pytest.mark.parametrize(
    ("recorded", "again", "completed"),
    [
        ({"name": "Alpha Institute"}, {"name": "alpha institute", "acronym": "AI"}, ["acronym AI"]),
        ({"name": "Alpha Institute"}, {"name": "Alpha Institute", "kind": "ngo", "country": "PA"},
         ["kind ngo", "country PA"]),
        ({"name": "Alpha Institute", "acronym": "AI"}, {"name": "AI", "country": "PA"}, ["country PA"]),
        ({"name": "Alpha Institute", "acronym": "AI"}, {"name": "Alpha Institute", "acronym": "AI"}, []),
        ({"name": "AI"}, {"name": "Alpha Institute", "acronym": "ai"}, ["AI is now Alpha Institute", "acronym ai"]),
    ],
)  # fmt: skip
def test_more_is_learnt_of_a_known_one_and_said(
    run: Run, recorded: dict[str, Any], again: dict[str, Any], completed: list[str]
) -> None:
    run(describe, PartyDescription(**recorded))

    def learn(session: Session) -> list[str]:
        book = PartyBook(session)
        book.describe(PartyDescription(**again))
        return book.asides()

    said = run(learn)
    assert len(said) == len(completed)
    assert all(line.startswith("party-1 ") and line.endswith(end) for line, end in zip(said, completed, strict=True))


@pytest.mark.parametrize(
    ("name", "kind", "problem"),
    [
        ("", BadInput, "is empty"),
        ("\u200b", BadInput, "is empty"),
        ("x" * 501, BadInput, "at most 500"),
        ("a\nb", BadInput, "line break"),
        ("a\x1b[31mb", BadInput, r"U\+001B"),
        ("a\u202eb", BadInput, r"U\+202E"),
        ("a\ud800b", BadInput, r"U\+D800"),
        ("a" + "\u0301" * 11, BadInput, "marks on one letter"),
    ],
)
def test_what_is_no_name(run: Run, name: str, kind: type[BadInput], problem: str) -> None:
    with pytest.raises(kind, match=problem):
        run(take, name)


@pytest.mark.parametrize(
    "name", ["=cmd|'/c calc'!A1", "'; DROP TABLE party;--", "{{7*7}}", "[/red]", "组织", "👍", "N.R.C."]
)
def test_odd_names_are_kept_exactly(run: Run, name: str) -> None:
    assert run(take, name) == run(take, name) == "party-1"
    assert run(lambda session: PartyBook(session).known(name).name) == name


def test_names_in_two_scripts_are_two(run: Run) -> None:
    """A Cyrillic look-alike is another name, not a slip."""
    assert run(take, "ОИМ") == "party-1"
    assert run(take, "OIM") == "party-2"


def test_an_acronym_and_a_name_of_two_parties_ask(run: Run) -> None:
    run(describe, PartyDescription(name="Alpha Institute", acronym="AI"))
    run(describe, PartyDescription(name="Amnesty", acronym="AI"), insist=True)
    with pytest.raises(BadInput, match=r"party-1 .* and party-2"):
        run(take, "ai")

    def preferring(session: Session) -> str:
        book = PartyBook(session)
        book.prefer({book.take("Amnesty").id})
        return book.take("AI").ref

    assert run(preferring) == "party-2"


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_circle_of_any_length_is_refused(run: Run, length: int) -> None:
    names = ["Alpha Agency", "Beta Board", "Gamma Group", "Delta Desk", "Epsilon Union"][:length]
    items = [PartyDescription(name=name, part_of=names[(i + 1) % length]) for i, name in enumerate(names)]

    def circle(session: Session) -> None:
        book = PartyBook(session)
        book.set_parents(items, [book.describe(item) for item in items])

    with pytest.raises(BadInput, match="a part of itself") as caught:
        run(circle)
    assert caught.value.field == "part_of"


def test_one_added_twice(run: Run) -> None:
    assert run(actions.parties.add, MINSEG).said == ["added party-1 MINSEG"]
    for name in ("ministerio de gobierno", "MINSEG", "Ministry of Public Security"):
        with pytest.raises(Conflict, match="recorded already, as party-1"):
            run(actions.parties.add, PartyDescription(name=name))
    with pytest.raises(Similar) as caught:
        run(actions.parties.add, PartyDescription(name="Ministry of Publik Security"))
    assert caught.value.known == ["MINSEG (party-1)"] and "--new-party" in (caught.value.hint or "")
    outcome = run(actions.parties.add, PartyDescription(name="SENAFRONT", part_of="MINSEG"))
    assert (outcome.ref, outcome.aside) == ("party-2", [])


@pytest.mark.parametrize(
    ("written", "near"), [("Ministeryo", []), ("Ministry Public Security", ["MINSEG"]), ("x" * 5000, [])]
)
def test_an_unknown_name_gets_the_nearest(run: Run, written: str, near: list[str]) -> None:
    run(describe, MINSEG)
    with pytest.raises(NotFound) as caught:
        run(lambda session: PartyBook(session).known(written))
    assert caught.value.nearest == near
