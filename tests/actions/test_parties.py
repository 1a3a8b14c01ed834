"""Parties are found by any of their names, never doubled by a slip, never mixed up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

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
