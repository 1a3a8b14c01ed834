"""A document's text as it is kept: cleaned, cut into parts, within limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.models.enums import TextState
from tracker.rules import pages
from tracker.rules.pages import PART, Page, clean, file_text, parts_of


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("coopera\ufffe\nción", "cooperación"),
        ("coopera\x02ción", "cooperación"),
        ("coopera\xad\nción", "cooperación"),
        ("Panama\u0301", "Panamá"),
        ("a\x00b\x1bc", "a b c"),
        ("a\ud800b", "a b"),
        ("a\u202eb\u2066c", "a b c"),
        ("a  \n\n\n\n b", "a\n\n b"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


def test_pages_keep_their_numbers_and_blank_ones_are_left_out() -> None:
    found = file_text([(1, "one"), (2, " \n"), (3, "three")], 3)
    assert found == pages.FileText(TextState.READ, (Page(1, "one"), Page(3, "three")), 3)


def test_without_words_there_is_no_text() -> None:
    assert file_text([(1, ""), (2, " ")], 2).state is TextState.NO_TEXT
    assert file_text([]).state is TextState.NO_TEXT


def test_no_more_is_taken_than_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_CHARACTERS", 100)
    taken = []

    def endless() -> Iterator[tuple[int, str]]:
        number = 0
        while True:
            number += 1
            taken.append(number)
            yield number, "x" * 30

    found = file_text(endless())
    assert found.state is TextState.PARTLY_READ
    assert sum(len(page.text) for page in found.pages) == 100 and len(taken) == 5


def test_pages_over_the_limit_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_PAGES", 2)
    found = file_text([(number, "x") for number in (1, 2, 3)], 3)
    assert (found.state, len(found.pages), found.count) == (TextState.PARTLY_READ, 2, 3)


def test_a_long_text_is_kept_in_parts_cut_between_paragraphs() -> None:
    text = "\n\n".join(f"{number} " + "word " * 1000 for number in range(20))
    parts = list(parts_of(text))
    assert len(parts) > 4 and all(len(part) <= PART for part in parts)
    assert all(part[0].isdigit() for part in parts)


@given(st.text(max_size=400), st.integers(5, 50))
def test_parts_hold_every_word_once_and_in_order(text: str, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "PART", most)
        parts = list(parts_of(clean(text)))
    assert all(part and len(part) <= most for part in parts)
    assert "".join("".join(part.split()) for part in parts) == "".join(clean(text).split())


@given(st.text())
def test_clean_is_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)
