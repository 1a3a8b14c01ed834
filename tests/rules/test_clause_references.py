"""What a clause as officers write it names, and the passage it leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.clause_references import find, references_in
from tracker.rules.clauses import clauses_of

WRITTEN = [
    ("Art. 3", ["article 3"]),
    ("art 3", ["article 3"]),
    ("Art. 3(1)", ["article 3(1)"]),
    ("Art. 3 (1) (b)", ["article 3(1)(b)"]),
    ("Article 3.1", ["article 3.1"]),
    ("Article 3, paragraph 2", ["article 3(2)"]),
    ("Article 3, para. 2 (a)", ["article 3(2)(a)"]),
    ("Article 3 para 2", ["article 3(2)"]),
    ("paragraph 2 of Article 3", ["article 3(2)"]),
    ("subparagraph (a) of paragraph 2 of Article 3", ["article 3(2)(a)"]),
    ("Artículo 3", ["article 3"]),
    ("artículo 3, inciso b)", ["article 3(b)"]),
    ("artículo 3, apartado 2, letra a)", ["article 3(2)(a)"]),
    ("párrafo 2 del artículo 3", ["article 3(2)"]),
    ("Cláusula tercera", ["clause 3"]),
    ("CLÁUSULA DÉCIMA SEGUNDA", ["clause 12"]),
    ("cláusula tercera, numeral 2", ["clause 3(2)"]),
    ("article premier", ["article 1"]),
    ("art. 3 al. 2", ["article 3(2)"]),
    ("article 3, alinéa 2", ["article 3(2)"]),
    ("Section IV", ["section 4"]),
    ("§ 4", ["section 4"]),
    ("Annex A", ["annex A"]),
    ("Anexo II, punto 3", ["annex 2(3)"]),
    ("Art. 5 bis", ["article 5 bis"]),
    ("Arts. 3 and 5", ["article 3", "article 5"]),
    ("Arts. 3(1), 4(2)", ["article 3(1)", "article 4(2)"]),
    ("Articles 3-5", ["article 3", "article 4", "article 5"]),
    ("Artículos 3 a 5", ["article 3", "article 4", "article 5"]),
    ("Art. 3; Annex II", ["article 3", "annex 2"]),
    ("Art. 3 and Art. 3", ["article 3"]),
    ("Preamble", []),
    ("", []),
    ("page 3", []),
    ("Part of the work", []),
]


@pytest.mark.parametrize(("written", "expected"), WRITTEN)
def test_what_is_named(written: str, expected: list[str]) -> None:
    assert [str(reference) for reference in references_in(written)] == expected


TEXT = """Article 1
Purpose
Article 2 Training
1. IOM shall train officials.
2. The Ministry shall:
(a) host the trainings, and:
(i) pay for rooms;
(ii) pay for meals;
(b) report.
3. Both report.
Article 3
3.1 It lasts three years.
3.2 It is renewed.
Article 4
It is not numbered.
It has two paragraphs.
Article 5 bis
More.
"""

PASSAGES = [
    ("Art. 1", "Purpose", None),
    ("Art. 2(1)", "1. IOM shall train officials.", None),
    ("Art. 2.1", "1. IOM shall train officials.", None),
    ("Art. 2, para. 3", "3. Both report.", None),
    ("Art. 2(2)(b)", "(b) report.", None),
    ("Art. 2(2)(a)", "(a) host the trainings, and:\n(i) pay for rooms;\n(ii) pay for meals;", None),
    ("Art. 2(2)(a)(i)", "(i) pay for rooms;", None),
    ("Art. 2(2)(a)(ii)", "(ii) pay for meals;", None),
    ("Art. 3(2)", "3.2 It is renewed.", None),
    ("Art. 3.1", "3.1 It lasts three years.", None),
    ("Art. 4(1)", "It is not numbered.\nIt has two paragraphs.", None),
    ("Art. 2(7)", None, "7"),
    ("Art. 2(2)(c)", None, "c"),
    ("Art. 5 bis", "More.", None),
]


@pytest.mark.parametrize(("written", "text", "missing"), PASSAGES)
def test_passages(written: str, text: str | None, missing: str | None) -> None:
    [reference] = references_in(written)
    passage = find(clauses_of([(1, TEXT)]), reference)
    assert passage is not None and passage.missing == missing
    if text is not None:
        assert passage.text == text


@pytest.mark.parametrize("written", ["Art. 6", "Art. 5", "Annex A", "Art. 3 bis", "Chapter 2"])
def test_what_the_text_does_not_have(written: str) -> None:
    [reference] = references_in(written)
    assert find(clauses_of([(1, TEXT)]), reference) is None


def test_articles_clauses_and_sections_stand_for_each_other_where_there_is_but_one_kind() -> None:
    spanish = clauses_of([(1, "PRIMERA.- OBJETO\nUno.\nSEGUNDA.- FORMACIÓN\nDos.\n")])
    [reference] = references_in("Art. 2")
    passage = find(spanish, reference)
    assert passage is not None and passage.clause.family == "clause" and passage.text == "FORMACIÓN\nDos."
    both = clauses_of([(1, "Section II\nGeneral.\nArticle 1\nOne.\n")])
    assert find(both, reference) is None


@given(st.text(max_size=200))
def test_any_words_are_read(written: str) -> None:
    clauses = clauses_of([(1, TEXT)])
    for reference in references_in(written):
        find(clauses, reference)


@given(st.text(alphabet="ArtiículoClas.§ 0123456789(),;IVXabterc-", max_size=60))
def test_words_like_clauses_are_read(written: str) -> None:
    clauses = clauses_of([(1, TEXT)])
    for reference in references_in(written):
        passage = find(clauses, reference)
        assert passage is None or passage.text in TEXT or passage.text in passage.clause.text
