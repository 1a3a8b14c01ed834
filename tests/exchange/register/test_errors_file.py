"""The register written back: the same cells, the bad ones coloured, a column that says what to do."""

from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from exchange.register.sheets import Grid
from tracker.errors import BadFile
from tracker.exchange.register import errors_file
from tracker.exchange.register.sheet import Broken


def test_cells_are_those_of_the_register_and_bad_ones_are_coloured(tmp_path: Path) -> None:
    rows = [
        ["Register"],
        ["Title", "Signed", "Value", "Own", "Time"],
        ["=1+1", "31/02/2020", 1.5, date(2020, 5, 18), time(10, 30)],
        ["http://x.org", None, True, datetime(2020, 5, 18, 8, 0), Broken("holds the error #N/A")],
    ]
    path = tmp_path / "bad.xlsx"
    errors_file.write(
        path, Grid(rows, "A[b]:*?/\\c" + "x" * 40), 2, {3: [(1, "Signed: no date"), (None, "no title")], 4: [(4, "e")]}
    )
    page = openpyxl.load_workbook(path).active
    assert page is not None and len(page.title) <= 31
    assert [page.cell(3, column).value for column in (1, 2, 3, 4)] == ["=1+1", "31/02/2020", 1.5, datetime(2020, 5, 18)]
    assert page["A3"].data_type == "s" and page["C4"].value is True and page["A4"].hyperlink is None
    assert page["F2"].value == errors_file.HEADING and page["F3"].value == "Signed: no date\nno title"
    coloured = {cell.coordinate for row in page for cell in row if cell.fill.fgColor.rgb == "FFF8CBAD"}
    assert coloured == {"B3", "F3", "E4", "F4"}
    read = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert read[2][3] == date(2020, 5, 18) and read[2][0] == "=1+1"


@pytest.mark.parametrize("name", ["bad.csv", "bad", "missing/bad.xlsx", "folder.xlsx"])
def test_where_it_cannot_be_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(BadFile):
        errors_file.write(tmp_path / name, Grid([["Title"], ["A"]]), 1, {})
    assert [path.name for path in tmp_path.iterdir()] == ["folder.xlsx"]
