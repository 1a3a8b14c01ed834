"""Headings told from references in running text and from tables of contents, in three languages."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.clauses import LONGEST, Clause, canonical_number, clauses_of


def found(text: str) -> list[tuple[str, str]]:
    return [(clause.family, clause.number) for clause in clauses_of([(1, text)])]


HEADINGS = [
    ("Article 3", "article", "3"),
    ("ARTICLE 3", "article", "3"),
    ("Article III", "article", "3"),
    ("Article 3: Training", "article", "3"),
    ("Article 3 – Training", "article", "3"),
    ("Article 3 - Training of officials", "article", "3"),
    ("Article 3. The Parties shall cooperate.", "article", "3"),
    ("Article 3 Training of officials", "article", "3"),
    ("Article 3 (Training)", "article", "3"),
    ("Article 3 bis", "article", "3 bis"),
    ("Article Three", "article", "3"),
    ("  Article 3", "article", "3"),
    ("## Article 3", "article", "3"),
    ("**Article 3**", "article", "3"),
    ("Art. 3", "article", "3"),
    ("Art. 3(2)", "article", "3.2"),
    ("Artículo 3", "article", "3"),
    ("ARTÍCULO 3.- OBJETO", "article", "3"),
    ("ARTICULO TERCERO: Objeto", "article", "3"),
    ("Artículo 3º. Las Partes se comprometen a lo siguiente:", "article", "3"),
    ("Artículo 3.º Objeto", "article", "3"),
    ("Artículo Décimo Tercero", "article", "13"),
    ("Article premier", "article", "1"),
    ("Article 1er", "article", "1"),
    ("ARTICLE 1ER - OBJET", "article", "1"),
    ("Article 3 – Formation", "article", "3"),
    ("Cláusula tercera", "clause", "3"),
    ("CLÁUSULA TERCERA.- OBLIGACIONES", "clause", "3"),
    ("CLAUSULA DÉCIMA PRIMERA: Vigencia", "clause", "11"),
    ("Clause 3", "clause", "3"),
    ("TERCERA.- OBLIGACIONES DE LAS PARTES", "clause", "3"),
    ("DÉCIMA SEGUNDA. Vigencia", "clause", "12"),
    ("VIGÉSIMA: Solución de controversias", "clause", "20"),
    ("Section IV", "section", "4"),
    ("SECTION 4 – FINAL PROVISIONS", "section", "4"),
    ("Section 3.2", "section", "3.2"),
    ("Section B", "section", "B"),
    ("§ 4", "section", "4"),
    ("Sección Primera", "section", "1"),
    ("Chapter II", "chapter", "2"),
    ("CAPÍTULO II", "chapter", "2"),
    ("Chapitre premier", "chapter", "1"),
    ("Part I", "part", "1"),
    ("TÍTULO PRELIMINAR", None, None),
    ("Annex A", "annex", "A"),
    ("ANEXO II", "annex", "2"),
    ("Annexe 1 : Budget", "annex", "1"),
]


@pytest.mark.parametrize(("line", "family", "number"), HEADINGS)
@pytest.mark.parametrize(
    "before", ["", "The Parties have agreed as follows:\n", "y se obligan.\n", "AGREEMENT ON COOPERATION\n", "x\n\n"]
)
def test_headings(before: str, line: str, family: str | None, number: str | None) -> None:
    expected = [] if family is None else [(family, number)]
    assert found(f"{before}{line}\nThe body of the provision stands here.\n") == expected


REFERENCES = [
    "Pursuant to Article 3, the Parties cooperate.",
    "The training is held pursuant to\nArticle 3 of this Agreement.",
    "The training is held under the conditions that are laid down in\nArticle 3. It is evaluated.",
    "as described in\nArticle 3",
    "in accordance with the\nArticle 3(2) of the Convention",
    "Article 3 of this Agreement applies.",
    "Article 3, paragraph 2, shall not apply.",
    "Article 3 shall not apply.",
    "Article 3(2) shall not apply.",
    "Articles of the Agreement",
    "Artistic freedom 3",
    "article 3",
    "de conformidad con el\nArtículo 3",
    "lo dispuesto en la\nCláusula tercera.",
    "según lo previsto en el\nArtículo 3 del presente Convenio, las Partes se obligan.",
    "El artículo 3 no se aplica.",
    "conformément à\nArticle 3",
    "en vertu de l'\narticle premier",
    "Primera reunión del comité",
    "PRIMERA REUNIÓN DEL COMITÉ",
    "PRIMERO.- Que la Organización es un organismo",
    "Section of the river",
    "Part of the work",
    "The first sentence\nSections are numbered",
    "See also Annex A.",
    "Article\n3",
    "The obligations set out in the agreement of the two sides are those that follow from this same\nArticle 3.",
]


@pytest.mark.parametrize("text", REFERENCES)
def test_references_are_no_headings(text: str) -> None:
    assert found(text) == []


CONTENTS = """CONTENTS
Article 1 Purpose .......... 2
Article 2 Training ......... 3
Article 3   Duration\t4
Artículo 4 … 5

"""
BODY = """Article 1 Purpose
The purpose is cooperation
between the Parties.

Article 2 Training
IOM trains officials of the
Government.
"""


def test_a_table_of_contents_holds_no_headings() -> None:
    clauses = clauses_of([(1, CONTENTS), (2, BODY)])
    assert [(clause.number, clause.page) for clause in clauses] == [("1", 2), ("2", 2)]


def test_nor_does_one_without_leaders_where_the_provisions_follow() -> None:
    clauses = clauses_of([(1, "Article 1 Purpose\nArticle 2 Training\n"), (2, BODY)])
    assert [(clause.number, clause.page) for clause in clauses] == [("1", 2), ("2", 2)]


def test_a_clause_runs_to_the_next_over_pages_and_page_numbers() -> None:
    pages = [(1, "Article 1\nFirst half\n- 1 -"), (2, "second half.\nPage 2 of 3"), (3, "Article 2\nEnd.\n3")]
    assert clauses_of(pages) == [
        Clause("article", "1", "Article 1", 1, "First half\nsecond half."),
        Clause("article", "2", "Article 2", 3, "End."),
    ]


def test_a_section_holds_the_articles_that_follow_it() -> None:
    text = "Section I\nGeneral\nArticle 1\nOne.\nArticle 2\nTwo.\nSection II\nFinal\nArticle 3\nThree.\n"
    texts = {(c.family, c.number): c.text for c in clauses_of([(1, text)])}
    assert texts["section", "1"] == "General\nArticle 1\nOne.\nArticle 2\nTwo."
    assert texts["article", "2"] == "Two."
    assert texts["section", "2"].endswith("Three.")


def test_an_article_holds_the_sections_that_follow_it() -> None:
    text = "Article I\nGeneral\nSection 1\nOne.\nSection 2\nTwo.\nArticle II\nFinal\n"
    texts = {(c.family, c.number): c.text for c in clauses_of([(1, text)])}
    assert texts["article", "1"] == "General\nSection 1\nOne.\nSection 2\nTwo."
    assert texts["section", "2"] == "Two."


def test_an_annex_ends_every_clause() -> None:
    text = "Article 1\nOne.\nArticle 2\nTwo.\nAnnex A\nBudget\n"
    assert {(c.family, c.number): c.text for c in clauses_of([(1, text)])}["article", "2"] == "Two."


def test_a_text_without_pages_has_clauses_without() -> None:
    assert [clause.page for clause in clauses_of([(None, "Article 1\nOne.")])] == [None]


def test_the_heading_keeps_its_title_and_the_text_what_follows_it() -> None:
    [clause] = clauses_of([(4, "Artículo 3.- Vigencia. El convenio dura\ntres años.")])
    assert clause == Clause(
        "article", "3", "Artículo 3.- Vigencia. El convenio dura", 4, "Vigencia. El convenio dura\ntres años."
    )


def test_a_very_long_clause_is_cut() -> None:
    [clause] = clauses_of([(1, "Article 1\n" + "word " * LONGEST)])
    assert len(clause.text) == LONGEST


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("3", "3"),
        ("03", "3"),
        ("IV", "4"),
        ("3º", "3"),
        ("3.º", "3"),
        ("1er", "1"),
        ("2nd", "2"),
        ("tercera", "3"),
        ("3 BIS", "3 bis"),
        ("3-ter", "3 ter"),
        ("3.2", "3.2"),
        ("A", "A"),
        ("C", "C"),
        ("I", "1"),
        ("AB", None),
        ("", None),
        ("?", None),
    ],
)
def test_numbers_are_compared_in_one_form(written: str, number: str | None) -> None:
    assert canonical_number(written) == number


@given(st.lists(st.tuples(st.none() | st.integers(1, 99), st.text(max_size=300)), max_size=4))
def test_any_text_is_read(pages: list[tuple[int | None, str]]) -> None:
    for clause in clauses_of(pages):
        assert clause.number and clause.heading and len(clause.text) <= LONGEST


@given(
    st.lists(st.sampled_from(["Article 1", "ARTÍCULO 2.- X", "Section IV", "text of the body.", "", "Annex A", "x,"]))
)
def test_texts_of_clauses_are_parts_of_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    for clause in clauses_of([(1, text)]):
        assert clause.heading in text
        assert all(line in text for line in clause.text.split("\n"))


RUNNING = {
    "Article {n}\nTraining\n": """
        The Parties shall, pursuant to Article {k} of this Agreement, cooperate in the training of
        officials, subject to Article {k}, paragraph 2, and to the conditions referred to in Article {k}.
        The costs mentioned in Article {k} shall be borne by IOM under Article {k}(2); Article {k} applies.
        The obligations described under Section {k} remain; see Annex A and Article {k}.""",
    "ARTÍCULO {n}.- FORMACIÓN\n": """
        Las Partes, de conformidad con el Artículo {k} del presente Convenio, cooperarán en la formación de
        funcionarios, según lo previsto en el Artículo {k}, numeral 2, y en las condiciones señaladas en la
        Cláusula Tercera. Los gastos a que se refiere el Artículo {k} correrán a cargo de la OIM conforme al
        Artículo {k}. Lo dispuesto en los Artículos {k} y 4 no se aplica; el Artículo {k} sí.""",
    "Article {n} – Formation\n": """
        Les Parties, conformément à l'Article {k} du présent Accord, coopèrent à la formation des
        fonctionnaires, sous réserve de l'Article {k}, paragraphe 2, et des conditions visées à l'Article
        {k}. Les frais mentionnés à l'Article {k} sont à la charge de l'OIM en vertu de l'Article {k}. Les
        dispositions de la Section II et de l'article premier s'appliquent ; voir Article {k}.""",
}


@pytest.mark.parametrize("heading", RUNNING)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_wherever_a_line_breaks_a_reference_is_no_heading(heading: str, gap: str) -> None:
    for width in range(30, 110):
        text = "AGREEMENT\n\n"
        for number in range(1, 6):
            text += heading.format(n=number)
            for named in (number % 5 + 1, 9):
                text += textwrap.fill(" ".join(RUNNING[heading].split()).replace("{k}", str(named)), width) + gap
        assert found(text) == [("article", str(number)) for number in range(1, 6)], width


UNNUMBERED = """MEMORANDUM

Article 1 Purpose
Article 2 Training
Article 3 Reports
Section IV Settlement

The Participants have agreed as follows:

ARTICLE 1
PURPOSE
The purpose is cooperation.

Article 2 - Training
IOM trains officials.

Article 3. Reports
The Participants report each year.

SECTION IV
Settlement of disputes
Amicably."""


def test_a_table_of_contents_without_page_numbers_is_passed_over() -> None:
    found = [(clause.family, clause.number, clause.text.split("\n")[-1]) for clause in clauses_of([(1, UNNUMBERED)])]
    assert found == [
        ("article", "1", "The purpose is cooperation."),
        ("article", "2", "IOM trains officials."),
        ("article", "3", "Amicably."),
        ("section", "4", "Amicably."),
    ]


def test_an_article_of_one_line_stays_where_an_annex_has_one_of_its_number() -> None:
    text = "Article 1\nThe seat is in Panama.\nANNEX I\nArticle 1\nBudget\nThe budget follows.\nIt is long."
    found = clauses_of([(1, text)])
    assert next(clause.text for clause in found if clause.number == "1" and clause.family == "article") == (
        "The seat is in Panama."
    )


@pytest.mark.parametrize("heading", ["ARTICLE 1ER", "Article 1er", "ARTICLE PREMIER", "Article premier"])
def test_the_first_article_in_french(heading: str) -> None:
    assert [clause.number for clause in clauses_of([(1, f"{heading}\nObjet")])] == ["1"]


@pytest.mark.parametrize(
    "text",
    [
        " " * 300_000 + "Article 3",
        "Article 3" + "\t" * 300_000 + "x",
        "Article 3 " + ". " * 150_000 + "x",
        "*" * 300_000,
        "Article 1\n" * 30_000,
        "Section 1\nArticle 1 A\n" * 15_000,
        "1" + " " * 300_000 + "x",
    ],
    ids=["spaces", "tabs", "points", "stars", "headings", "nested", "page number"],
)
def test_a_text_made_to_take_long_does_not(text: str) -> None:
    started = time.process_time()
    clauses_of([(1, text)])
    assert time.process_time() - started < 10
