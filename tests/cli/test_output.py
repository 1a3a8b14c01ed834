"""A table looks as tabulate lays it out row by row, whatever its cells hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tabulate import tabulate

from tracker.cli.output import Shape, render

WORDS = st.text(st.sampled_from("ab |é漢\n\r\x0b\u2028"), max_size=6)
ROWS = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=1))


def rendered(rows: list[list[str]], chosen: str = "table") -> str:
    columns = [(str(place), f"column {place}") for place in range(len(rows[0]))]
    return render([dict(zip("0123", row, strict=False)) for row in rows], Shape("rows", columns), chosen)


@given(ROWS)
def test_rows_are_laid_out_as_one_by_one(rows: list[list[str]]) -> None:
    lines = [["\n".join(cell.strip().splitlines()) for cell in row] for row in rows if any(map(str.strip, row))]
    two = ["first line\nsecond"] * len(rows[0])  # so that tabulate looks for lines in every cell
    headings = [f"column {place}" for place in range(len(two))]
    wanted = tabulate([*lines, two], headings, disable_numparse=True)
    assert rendered([*lines, two]) == wanted + "\n"


def test_a_row_without_a_word_keeps_its_line() -> None:
    assert rendered([["one", ""], ["", ""], ["", "two"]]).splitlines()[2:] == ["one", "", f"{'two':>15}"]


def test_a_table_without_rows_is_its_headings() -> None:
    assert render([], Shape("rows", [("a", "one"), ("b", "two")]), "table").splitlines()[0] == "one    two"


def test_other_formats_draw_lines_between_rows() -> None:
    assert rendered([["one"], ["two"]], "grid").count("+") == 8
