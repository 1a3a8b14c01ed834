"""Small numbers hidden: nothing hidden can be worked out of what is shown, by any sum or difference."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.reports import suppression
from tracker.reports.suppression import Relation

Figures = dict[Hashable, list[str]]


def grid(numbers: list[list[int]]) -> tuple[Figures, dict[str, int], list[Relation]]:
    """A table with its rows, columns and the total of all."""
    rows, columns = len(numbers), len(numbers[0])
    cells = {f"{r}{c}": numbers[r][c] for r, c in product(range(rows), range(columns))}
    figures: Figures = {cell: [cell] for cell in cells}
    figures |= {f"row{r}": [f"{r}{c}" for c in range(columns)] for r in range(rows)}
    figures |= {f"column{c}": [f"{r}{c}" for r in range(rows)] for c in range(columns)}
    figures["all"] = list(cells)
    sums: list[Relation] = [(f"row{r}", [f"{r}{c}" for c in range(columns)]) for r in range(rows)]
    sums += [(f"column{c}", [f"{r}{c}" for r in range(rows)]) for c in range(columns)]
    sums += [("all", [f"row{r}" for r in range(rows)]), ("all", [f"column{c}" for c in range(columns)])]
    return figures, cells, sums


def can_be_worked_out(
    figures: Mapping[Hashable, list[str]], cells: Mapping[str, int], hidden: frozenset[Hashable]
) -> bool:
    """Whether a hidden figure is a combination of shown ones and of cells known to be zero: by exact elimination."""
    order = [cell for cell, number in cells.items() if number]

    def vector(key: Hashable) -> list[Fraction]:
        return [Fraction(cell in figures[key]) for cell in order]

    rows = [vector(key) for key in figures if key not in hidden]
    pivots: list[tuple[int, list[Fraction]]] = []

    def reduce(row: list[Fraction]) -> list[Fraction]:
        for place, pivot in pivots:
            factor = row[place]
            row = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        return row

    for row in rows:
        rest = reduce(row)
        place = next((place for place, number in enumerate(rest) if number), None)
        if place is not None:
            pivots.append((place, [number / rest[place] for number in rest]))
    return any(not any(reduce(vector(key))) for key in hidden)


def value(figures: Figures, cells: dict[str, int], key: Hashable) -> int:
    return sum(cells[cell] for cell in figures[key])


def test_nothing_small_hides_nothing() -> None:
    assert suppression.hidden(*grid([[10, 12], [0, 7]]), below=5) == frozenset()


def test_one_small_cell_takes_others_with_it() -> None:
    """3 alone would be 13 - 10 and 33 - 30: one more in its row, one in its column, and the fourth of the corner."""
    figures, cells, sums = grid([[3, 10, 20], [30, 40, 50], [60, 70, 80]])
    gone = suppression.hidden(figures, cells, sums, 5)
    assert "00" in gone and len([key for key in gone if len(str(key)) == 2]) >= 4
    assert not can_be_worked_out(figures, cells, gone)


def test_two_hidden_cells_that_are_one_each_are_not_left_at_two() -> None:
    """1 and 1 hidden out of a total that leaves 2 would both be known."""
    figures: Figures = {"a": ["a"], "b": ["b"], "c": ["c"], "all": ["a", "b", "c"]}
    gone = suppression.hidden(figures, {"a": 1, "b": 1, "c": 20}, [("all", ["a", "b", "c"])], 5)
    assert gone == {"a", "b", "c"}


def test_a_total_that_has_one_part_is_hidden_with_it() -> None:
    figures: Figures = {"a": ["a"], "b": ["b"], "all": ["a", "b"]}
    assert suppression.hidden(figures, {"a": 3, "b": 0}, [("all", ["a", "b"])], 5) == {"a", "all"}


def test_the_same_people_in_two_tables_are_hidden_in_both() -> None:
    figures: Figures = {"quarter": ["a", "b"], "kind": ["b", "a"], "one": ["a"], "two": ["b"]}
    gone = suppression.hidden(figures, {"a": 2, "b": 2}, [("quarter", ["one", "two"])], 5)
    assert gone == set(figures)


def test_overlapping_tables_give_nothing_away() -> None:
    """Two tables that do not add up to each other can still be subtracted: {a, b, c} less {b, c} is {a}."""
    figures: Figures = {"x": ["a", "b", "c"], "y": ["b", "c"], "a": ["a"]}
    gone = suppression.hidden(figures, {"a": 2, "b": 9, "c": 9}, [], 5)
    assert "a" in gone and len(gone) == 2


numbers = st.integers(1, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 12), min_size=columns, max_size=columns), min_size=1, max_size=4)
)


@settings(max_examples=150, deadline=None)
@given(numbers, st.integers(2, 8))
def test_nothing_hidden_can_be_worked_out(table: list[list[int]], below: int) -> None:
    figures, cells, sums = grid(table)
    gone = suppression.hidden(figures, cells, sums, below)
    small = {key for key in figures if 0 < value(figures, cells, key) < below}
    assert small <= gone
    assert not {key for key in gone if value(figures, cells, key) == 0}
    assert not can_be_worked_out(figures, cells, gone)
    for total, parts in sums:
        hidden = [key for key in parts if key in gone and value(figures, cells, key)]
        if total not in gone and hidden:
            assert sum(value(figures, cells, key) for key in hidden) >= below


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1),
    st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6), max_size=8),
    st.integers(2, 6),
)
def test_neither_in_tables_of_any_shape(cells: dict[str, int], sets: list[list[str]], below: int) -> None:
    figures: Figures = {n: [cell for cell in cells_ if cell in cells] for n, cells_ in enumerate(sets)}
    gone = suppression.hidden(figures, cells, [], below)
    assert not can_be_worked_out(figures, cells, gone)
    assert {key for key in figures if 0 < value(figures, cells, key) < below} <= gone


def test_the_answer_is_the_same_every_time() -> None:
    table = grid([[3, 3, 9, 4], [8, 8, 1, 2], [5, 5, 5, 5]])
    assert len({suppression.hidden(*table, below=5) for _ in range(5)}) == 1


@pytest.mark.parametrize("below", [2, 5, 100])
def test_a_limit_above_everything_hides_everything(below: int) -> None:
    figures, cells, sums = grid([[3, 10], [30, 0]])
    gone = suppression.hidden(figures, cells, sums, below)
    if below == 100:
        assert gone == {key for key in figures if value(figures, cells, key)}
    else:
        assert not can_be_worked_out(figures, cells, gone)
