"""Where the heading of a sheet stands, and what its columns are like."""

from datetime import date

import pytest

from exchange.register.sheets import Grid, table_of
from tracker.exchange.register.columns import read_table
from tracker.exchange.register.sheet import Broken, address, as_text, letters, tidy


@pytest.mark.parametrize(
    "above", [[], [["Register of agreements 2024"]], [["LIST", None], [], ["updated", date(2024, 1, 1)]]]
)
def test_the_heading_is_found_below_title_rows(above: list[list[object]]) -> None:
    table = table_of(*above, ["Partner", "Title", "Signed"], ["A", "B", date(2020, 1, 1)])  # type: ignore[arg-type]
    assert table.heading_row == len(above) + 1
    assert [column.heading for column in table.columns] == ["Partner", "Title", "Signed"]
    assert table.count == 1


def test_a_row_of_cells_that_name_fields_is_no_heading_below_a_better_one() -> None:
    table = table_of(["Title", "Partner", "Status", "Expiry"], ["Agreement", "University", "Active", "2020"])
    assert table.heading_row == 1


def test_no_heading_is_found_where_there_is_none() -> None:
    assert read_table(Grid([["C1", "U Lima", "Peru"], ["C2", "U Porto", "Portugal"]])) is None
    assert read_table(Grid([])) is None
    assert read_table(Grid([[None, ""], ["  "]])) is None


def test_a_heading_row_that_is_named_is_taken_and_zero_means_none() -> None:
    rows = [["a", "b"], ["c", "d"], ["e", "f", "g"]]
    assert [column.name for column in table_of(*rows, heading_row=2).columns] == ["c", "d", "column C"]
    table = table_of(*rows, heading_row=0)
    assert ([column.name for column in table.columns], table.count) == (["column A", "column B", "column C"], 3)
    assert table_of(*rows, heading_row=99).count == 0


def test_a_heading_far_down_is_found_when_it_is_named() -> None:
    rows = [*([["x"]] * 60), ["Title", "Partner"], ["A", "B"]]
    assert table_of(*rows, heading_row=61).count == 1


def test_columns_without_heading_are_columns_where_they_hold_something() -> None:
    table = table_of(["Title", None, "Partner", None], ["A", "x", "B", None], [], ["C", None, "D", None, None, "far"])
    assert [column.name for column in table.columns] == ["Title", "column B", "Partner", "column F"]
    assert table.count == 2


def test_what_says_nothing_and_errors_are_not_counted() -> None:
    table = table_of(["Title", "Partner"], ["A", "-"], ["B", "n/a"], ["C", Broken("holds the error #N/A")], ["D", "X"])
    assert [column.filled for column in table.columns] == [4, 1]


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")])
def test_letters(column: int, name: str) -> None:
    assert letters(column) == name
    assert address("Sheet1", 12, column) == f"Sheet1!{name}12"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" a\u00a0 b ", "a b"),
        ("a\r\n\r\nb", "a\nb"),
        ("\ufeffa\u200b", "a"),
        ("'=1+1", "=1+1"),
        ("'-5", "-5"),
        ("'quoted'", "'quoted'"),
        ("'", "'"),
    ],
)
def test_tidy(text: str, expected: str) -> None:
    assert tidy(text) == expected


def test_cells_as_people_read_them() -> None:
    assert [as_text(value) for value in (3.0, 3.5, True, None, date(2020, 1, 2))] == [
        "3",
        "3.5",
        "yes",
        "",
        "2020-01-02",
    ]
