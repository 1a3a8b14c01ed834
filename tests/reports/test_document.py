"""Documents: tables on paper and in books, sections with nothing in them, and any text in any format."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reports import document, docx, html, markdown, xlsx
from tracker.reports.document import Bullets, Cell, Column, Document, Fact, Paragraph, Section, Set, table


def small_document(text: str = "text", *sections: Section) -> Document:
    """A document in which a text stands everywhere."""
    columns = (Column(text or "x"), Column("Below", under=text or "x"), Column("State", form="state"))
    rows = [(text, text, Cell(text, None, "overdue")), (Cell(text, None, "strong"), "", text)]
    made = section_of(text, Paragraph(text, text), Bullets((text, text), "open"), table("Sheet", columns, rows))
    return Document(
        report="agreement",
        language="en",
        day=date(2026, 11, 24),
        eyebrow=text,
        title=text or "x",
        lead=text,
        ref=text,
        status=Cell(text, None, "in-force"),
        marking=text,
        facts=(Fact(text, Cell(text), text, 0.5),),
        notices=(text,),
        sections=(made, *sections),
        foot=text,
        as_of=text,
    )


def section_of(heading: str, *blocks: document.Block) -> Section:
    made = document.section(heading or "x", *blocks)
    assert made is not None
    return made


def test_columns_stand_under_others_on_paper() -> None:
    columns = (Column("A"), Column("B", under="A"), Column("C", book=True), Column("D"), Column("E", under="A"))
    made = document.paper(
        table("T", columns, [("a", "b", "c", "d", "e"), ("a", None, "c", Cell("d", 1, "strong"), "")])
    )
    assert [column.heading for column in made.columns] == ["A", "D"]
    assert made.rows == (
        (Set("a", "", ("b", "e")), Set("d", "")),
        (Set("a", ""), Set("d", "strong")),
    )


def test_what_holds_nothing_is_left_out() -> None:
    empty = table("T", (Column("A"),), [])
    assert document.section("H", empty, Bullets(()), Paragraph(""), None) is None
    kept = document.section("H", empty, Paragraph("p"))
    assert kept == Section("H", (Paragraph("p"),))


def test_tables_for_books_only_are_not_printed() -> None:
    books = table("T", (Column("A", book=True),), [("a",)])
    made = small_document("x", section_of("Books", books))
    assert [section.heading for section in made.printed] == ["x"]
    assert "Books" in [section.heading for section in made.sections]


@pytest.mark.parametrize("module", [html, markdown, xlsx, docx])
@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=100))
def test_any_text_in_any_format(module: object, text: str) -> None:
    assert module.render(small_document(text))  # type: ignore[attr-defined]
