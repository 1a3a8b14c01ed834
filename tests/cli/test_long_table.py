"""A table of many rows: the same as tabulate makes of them, fitted to a terminal as a short one is."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.running import Tracker
from tracker.cli import long_table, output

CELLS = st.text(alphabet="ab é漢\n\t|-", max_size=12)
ROWS = st.lists(st.tuples(st.text("ab", min_size=1, max_size=5), CELLS, CELLS).map(list), min_size=1, max_size=30)
SHAPE = output.Shape("things", (("a", "a"), ("b", "a longer heading"), ("c", "c")), wraps=frozenset({"b", "c"}))


def as_rows(cells: list[list[str]]) -> list[dict[str, Any]]:
    return [dict(zip("abc", line, strict=True)) for line in cells]


def long(cells: list[list[str]], width: int | None = None) -> str:
    return "".join(output._long_table(as_rows(cells), SHAPE, width))


@given(ROWS)
def test_it_is_what_tabulate_makes(cells: list[list[str]]) -> None:
    assert long(cells) == output.render(as_rows(cells), SHAPE, "table")


def test_pieces_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [[str(number), "x" * (number % 7), "two\nlines"] for number in range(25)]
    whole = long(cells)
    monkeypatch.setattr(long_table, "AT_ONCE", 4)
    assert long(cells) == whole == output.render(as_rows(cells), SHAPE, "table")


@given(ROWS, st.integers(50, 90))
def test_it_fits_a_terminal(cells: list[list[str]], width: int) -> None:
    text = long([[a, f"{b} " * 5, f"{c} " * 5] for a, b, c in cells], width)
    assert max(map(len, text.splitlines())) <= width
    assert "".join(text.split()).count("b") >= "".join(map("".join, cells)).count("b"), "nothing is cut off"


def test_statuses_have_their_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[31;1moverdue\x1b[0m" + " " * 2 in long([["overdue", "b", "c"], ["in-force.", "", ""]], 80)
    assert "\x1b" not in long([["overdue", "b", "c"]])
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    assert "\x1b" not in long([["overdue", "b", "c"]], 80)


@pytest.mark.parametrize("words", [("agreements",), ("check",), ("obligations", "--occurrences"), ("parties",)])
def test_listings_look_the_same(words: tuple[str, ...], examples: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    short = examples(*words, code=1 if words == ("check",) else 0)
    monkeypatch.setattr(output, "LONG", 2)
    assert examples(*words, code=1 if words == ("check",) else 0).out == short.out
    assert len(short.out.splitlines()) > 4
