"""Characters the shipped fonts can set, and what becomes of the others."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reports import glyphs, pdf
from tracker.reports.document import Bars


@pytest.mark.parametrize(
    ("text", "expected", "replaced"),
    [
        ("plain", "plain", False),
        ("Señor – “ñ” … ½ €", "Señor – “ñ” … ½ €", False),
        ("Ελλάδα Україна", "Ελλάδα Україна", False),
        ("مرحبا שלום", "مرحبا שלום", False),
        ("e\u0301", "é", False),
        ("x\u0323", "x\u0323", False),
        ("漢字", "□□", True),
        ("👍", "□", True),
        ("a\ufe0fb", "ab", False),
        ("\u0915\u093f", "□□", True),
    ],
)
def test_cases(text: str, expected: str, replaced: bool) -> None:
    assert glyphs.settable(text) == (expected, replaced)


def test_bold_and_italic_have_the_same_letters() -> None:
    """Coverage is read from the regular face: no other face may have less of what is written in it."""
    regular = _points("SourceSans3-Regular.ttf")
    for name in ("SourceSans3-Bold.ttf", "SourceSans3-SemiBold.ttf", "SourceSans3-Italic.ttf"):
        assert regular <= _points(name), name


def _points(name: str) -> set[int]:
    return {point for first, last in glyphs.covered(glyphs.FONTS / name) for point in range(first, last + 1)}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_set(text: str) -> None:
    """PDF/UA refuses a character without a shape; a chart is the quickest thing to set."""
    assert pdf.chart(Bars("Name", text, "Unit", ((text, 1), ("plain", 2)))).startswith(b"\x89PNG")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_stands_in_a_tagged_pdf(text: str) -> None:
    from reports.test_document import small_document

    assert pdf.render(small_document(text)).startswith(b"%PDF")
