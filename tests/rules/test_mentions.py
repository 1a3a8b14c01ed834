"""Mentions of a person: found whatever case, accents and spacing; nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.mentions import ERASED, Mentions

JOSE = Mentions(["José Núñez"], ["jose.nunez@example.org"], ["+507 305-3350"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("José Núñez", "[erased]"),
        ("JOSE NUNEZ signed", "[erased] signed"),
        ("of josé  núñez, who", "of [erased], who"),
        ("Jose\u0301 Nu\u0301n\u0303ez.", "[erased]."),
        ("José-Núñez.pdf", "[erased].pdf"),
        ("jose_nunez.pdf", "[erased].pdf"),
        ("“José\nNúñez”", "“[erased]”"),
        ("José Núñez and José Núñez", "[erased] and [erased]"),
        ("write to Jose.Nunez@Example.ORG now", "write to [erased] now"),
        ("<jose.nunez@example.org>", "<[erased]>"),
        ("call +507 305-3350", "call [erased]"),
        ("call (507) 305 3350!", "call ([erased]!"),
        ("call 5073053350", "call [erased]"),
    ],
)
def test_found(text: str, left: str) -> None:
    assert JOSE.found_in(text)
    assert JOSE.erased_from(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "",
        "José",
        "Núñez José",
        "José Núñezal",
        "Majosé Núñez",
        "José María Núñez",
        "15073053350",
        "50730533501",
        "Straße",
    ],
)
def test_left_alone(text: str) -> None:
    assert not JOSE.found_in(text)
    assert JOSE.erased_from(text) == text


@pytest.mark.parametrize("text", ["x.ana@example.org", "ana@example.organisation", "dana@example.org"])
def test_another_address_is_not_this_one(text: str) -> None:
    assert not Mentions([], ["ana@example.org"]).found_in(text)


def test_an_address_made_of_the_name_goes_with_it() -> None:
    assert JOSE.erased_from("jose.nunez@elsewhere.org") == "[erased]@elsewhere.org"


def test_whole_words_only() -> None:
    assert Mentions(["Ana"]).erased_from("Ana in Panama, ANA; Anabel") == f"{ERASED} in Panama, {ERASED}; Anabel"


@pytest.mark.parametrize("known", [[], [""], ["..."]])
def test_nobody_is_found_nowhere(known: list[str]) -> None:
    assert not Mentions(known, known, ["123", *known]).found_in("Anything 123 at all ''")


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_around_a_mention_stays(before: str, after: str) -> None:
    text = f"{before} José Núñez {after}"
    left = JOSE.erased_from(text)
    assert not JOSE.found_in(left)
    assert left.startswith(f"{before} {ERASED}") or ERASED in left
    if not JOSE.found_in(before) and not JOSE.found_in(after) and left.count(ERASED) == 1:
        assert left == f"{before} {ERASED} {after}"


@given(st.text(max_size=60))
def test_the_places_of_letters_are_kept(text: str) -> None:
    assert JOSE.erased_from(text) == text or JOSE.found_in(text)
