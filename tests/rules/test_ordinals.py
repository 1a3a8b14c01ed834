"""Numbers as headings write them, in three languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.ordinals import LARGEST_WORD, number_in_words, roman, word_pattern

WORDS = {
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth",
    "es": "primera segunda tercera cuarta quinta sexta séptima octava novena décima undécima duodécima decimotercera "
    "decimocuarta decimoquinta decimosexta decimoséptima decimoctava decimonovena vigésima vigesimoprimera "
    "vigesimosegunda vigesimotercera vigesimocuarta vigesimoquinta vigesimosexta vigesimoséptima vigesimoctava "
    "vigesimonovena trigésima",
    "fr": "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième "
    "treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième vingt-et-unième "
    "vingt-deuxième vingt-troisième vingt-quatrième vingt-cinquième vingt-sixième vingt-septième vingt-huitième "
    "vingt-neuvième trentième",
}


@pytest.mark.parametrize("language", WORDS)
def test_ordinals_up_to_thirty(language: str) -> None:
    assert [number_in_words(word) for word in WORDS[language].split()] == list(range(1, LARGEST_WORD + 1))


@pytest.mark.parametrize("language", WORDS)
def test_in_any_case_and_without_accents(language: str) -> None:
    plain = WORDS[language].translate(str.maketrans("éèí", "eei"))
    for word, bare in zip(WORDS[language].split(), plain.split(), strict=True):
        assert number_in_words(word.upper()) == number_in_words(bare) == number_in_words(word)
        assert re.fullmatch(word_pattern(), bare, re.IGNORECASE), bare
        assert re.fullmatch(word_pattern(), word.upper(), re.IGNORECASE), word


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("décima tercera", 13),
        ("DÉCIMO TERCERO", 13),
        ("Vigésimo Primera", 21),
        ("sétima", 7),
        ("primer", 1),
        ("tercer", 3),
        ("première", 1),
        ("seconde", 2),
        ("vingt et unième", 21),
        ("Twenty First", 21),
        ("One", 1),
        ("thirty", 30),
        ("uno", 1),
        ("dieciséis", 16),
        ("veintiún", 21),
        ("trente", 30),
        ("dix-sept", 17),
        ("thirty-first", None),
        ("the", None),
        ("", None),
        ("primero tercera", None),
    ],
)
def test_further_spellings(word: str, number: int | None) -> None:
    assert number_in_words(word) == number


@given(st.integers(1, 3999))
def test_a_roman_numeral_there_and_back(number: int) -> None:
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    written, left = "", number
    for value, sign in (*signs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        written += sign * (left // value)
        left %= value
    assert roman(written) == number


@pytest.mark.parametrize("wrong", ["", "IIII", "VX", "IC", "iv", "A", "MMMM", "4"])
def test_no_roman_numeral(wrong: str) -> None:
    assert roman(wrong) is None
