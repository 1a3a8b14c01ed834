"""The table for people: it looks as tabulate's does, whatever its cells hold, and fits the terminal."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabulate import tabulate

from cli.running import Tracker
from tracker.cli import tables

HEADINGS = ("one", "a longer heading", "last")
CELLS = st.text(alphabet="ab é漢\n\r\x0b\u2028\t|-", max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=30)


def table(cells: list[list[str]], width: int | None = None) -> str:
    return "".join(tables.table(HEADINGS, cells, (1, 2), width))


def by_tabulate(cells: list[list[str]]) -> str:
    """The same by tabulate, which puts two blanks more after a heading, and so gets headings shorter by two."""
    short = [heading[:-2] for heading in HEADINGS]
    _, rule, *rest = tabulate(cells, short, disable_numparse=True).splitlines()
    first = "  ".join(heading.ljust(len(dashes)) for heading, dashes in zip(HEADINGS, rule.split(), strict=True))
    return "\n".join([first.rstrip(), rule, *rest]) + "\n"


@given(ROWS)
def test_it_is_what_tabulate_makes(rows: list[list[str]]) -> None:
    two = ["first line\nsecond"] * 3  # so that tabulate looks for lines in every cell
    cells = [["\n".join(cell.strip().splitlines()) for cell in row] for row in rows if any(map(str.strip, row))]
    assert [*filter(None, table([*rows, two]).splitlines())] == [*filter(None, table([*cells, two]).splitlines())]
    assert table([*cells, two]) == by_tabulate([*cells, two])


def test_a_row_without_a_word_keeps_its_line() -> None:
    assert table([["one", "", ""], ["", "", ""], ["", "two", ""]]).splitlines()[2:] == ["one", "", "     two"]


def test_a_table_without_rows_is_its_headings() -> None:
    assert table([]).splitlines()[0] == "one  a longer heading  last"


def test_pieces_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [[str(number), "x" * (number % 7), "two\nlines"] for number in range(25)]
    whole = table(cells)
    monkeypatch.setattr(tables, "AT_ONCE", 4)
    assert len(list(tables.table(HEADINGS, cells))) > 6
    assert table(cells) == whole == by_tabulate(cells)


@given(ROWS, st.integers(50, 90))
def test_it_fits_a_terminal(cells: list[list[str]], width: int) -> None:
    text = table([[a, f"{b} " * 5, f"{c} " * 5] for a, b, c in cells], width)
    assert max(map(len, text.splitlines())) <= width
    assert "".join(text.split()).count("b") >= "".join(map("".join, cells)).count("b"), "nothing is cut off"


def test_statuses_have_their_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31;1moverdue\x1b[0m" + " " * 2 in table([["overdue", "b", "c"], ["in-force.", "", ""]], 80)
    assert "\x1b" not in table([["overdue", "b", "c"]])
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    assert "\x1b" not in table([["overdue", "b", "c"]], 80)


@pytest.mark.parametrize("words", [("agreements",), ("check",), ("obligations", "--occurrences"), ("parties",)])
def test_listings_have_the_cells_of_the_simple_format(words: tuple[str, ...], examples: Tracker) -> None:
    code = 1 if words == ("check",) else 0
    shown = examples(*words, code=code).out.splitlines()
    simple = examples(*words, "--format", "simple", code=code).out.splitlines()
    assert [line.split() for line in shown[2:]] == [line.split() for line in simple[2:]]
    assert len(shown) > 4
