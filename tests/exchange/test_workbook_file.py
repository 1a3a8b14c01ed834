"""Workbooks: every visible sheet with its cells where they stand; what is no workbook, or a trap, is refused."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tracker.errors import BadFile
from tracker.exchange.register.sheet import Broken
from tracker.exchange.workbook_file import open_workbook

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes rows of cells to a workbook; dates with a date's format."""

    def makes(rows: list[list[Any]], options: dict[str, Any] | None = None, change: Any = None) -> Path:
        path = tmp_path / "register.xlsx"
        with xlsxwriter.Workbook(path, options or {}) as book:
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            page = book.add_worksheet("Agreements")
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(number, column, datetime(value.year, value.month, value.day), day)
                    elif value is not None:
                        page.write(number, column, value)
            if change:
                change(book, page)
        return path

    return makes


def rows_of(path: Path) -> list[list[Any]]:
    [sheet] = open_workbook(path)
    return [list(row) for row in sheet.rows()]


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_texts_numbers_and_dates_stand_where_they_stood(make: Make, options: dict[str, Any]) -> None:
    rows = rows_of(make([["Register"], [], ["Title", None, "Signed"], ["A", 1.5, date(2017, 5, 18)]], options))
    assert rows[0][0] == "Register" and not any(rows[1])
    assert rows[3][:2] == ["A", 1.5] and str(rows[3][2])[:10] == "2017-05-18"


def test_an_empty_top_and_left_do_not_move_cells(make: Make) -> None:
    rows = rows_of(make([[], [], [None, None, "Title"], [None, None, "A"]]))
    assert [row[2] if len(row) > 2 else None for row in rows] == [None, None, "Title", "A"]


def test_merged_cells_count_in_each_row_downwards_and_once_across(make: Make) -> None:
    def merge(book: Any, page: Any) -> None:
        page.merge_range(0, 0, 0, 2, "Title row")
        page.merge_range(2, 0, 3, 0, "University A")

    rows = rows_of(make([[], ["Partner", "Title"], [None, "T1"], [None, "T2"], ["B", "T3"]], change=merge))
    assert [row[0] for row in rows] == ["Title row", "Partner", "University A", "University A", "B"]
    assert rows[0][1:] in ([None, None], [None])


def test_hidden_sheets_are_left_out_and_others_come_in_order(make: Make) -> None:
    def more(book: Any, page: Any) -> None:
        book.add_worksheet("Hidden").hide()
        book.add_worksheet("Very").very_hidden()
        book.add_worksheet("Second").write(0, 0, "x")

    assert [sheet.name for sheet in open_workbook(make([["Title"]], change=more))] == ["Agreements", "Second"]


def test_errors_and_formulas_without_a_stored_result_are_said_and_stored_ones_read(tmp_path: Path, make: Make) -> None:
    def formulas(book: Any, page: Any) -> None:
        page.write_formula(1, 0, "=1+1", None, 2)
        page.write_formula(1, 1, "=NA()", None, "#N/A")

    row = rows_of(make([["a", "b", "c", "d"], [None, None, None, "end"]], change=formulas))[1]
    assert row[0] == 2 and row[1] == Broken("holds the error #N/A") and row[3] == "end"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Title", "Expiry"])
    page.append(["A", "=DATE(2020,1,1)"])
    book.save(tmp_path / "uncached.xlsx")
    cell = rows_of(tmp_path / "uncached.xlsx")[1][1]
    assert isinstance(cell, Broken) and "not stored" in cell.reason


def test_a_sheet_of_nothing_has_no_rows(make: Make) -> None:
    assert not [row for row in rows_of(make([])) if any(row)]


def test_a_cell_at_the_far_corner_is_refused_before_memory_is_taken(make: Make) -> None:
    path = make([["Title"]], change=lambda book, page: page.write(1_048_575, 16_383, "x"))
    with pytest.raises(BadFile, match="more than can be read"):
        open_workbook(path)


def packed(path: Path, **parts: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return path


def test_traps_are_refused(tmp_path: Path, make: Make) -> None:
    bomb = packed(tmp_path / "bomb.xlsx", xl__workbook_xml="<workbook/>", xl__big_xml=b"0" * 30_000_000)
    with pytest.raises(BadFile, match="over 200 times"):
        open_workbook(bomb)
    entity = '<!DOCTYPE a [<!ENTITY b "x">]><workbook><sheets><sheet name="&b;"/></sheets></workbook>'
    rels = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
    with zipfile.ZipFile(tmp_path / "entity.xlsx", "w") as file:
        file.writestr("xl/workbook.xml", entity)
        file.writestr("xl/_rels/workbook.xml.rels", rels)
    with pytest.raises(BadFile, match="entities"):
        open_workbook(tmp_path / "entity.xlsx")
    with pytest.raises(BadFile, match="macros"):
        open_workbook(packed(tmp_path / "macro.xlsx", xl__workbook_xml="<workbook/>", xl__vbaProject_bin=b"x"))
    with pytest.raises(BadFile, match="holds no sheets"):
        open_workbook(packed(tmp_path / "document.xlsx", word__document_xml="<w/>"))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_refused(make: Make, share: float) -> None:
    path = make([["Title", "Partner"]] + [[f"A{number}", "B"] for number in range(200)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BadFile):
        open_workbook(path)


def test_bytes_changed_anywhere_never_end_in_a_traceback(make: Make) -> None:
    path = make([["Title", "Signed"], ["A", date(2020, 1, 1)]])
    content = path.read_bytes()
    for at in range(0, len(content), max(len(content) // 120, 1)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
        try:
            for sheet in open_workbook(path):
                list(sheet.rows())
        except BadFile:
            continue


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.xls"])
@pytest.mark.parametrize(
    "content", [b"", b"Title,Partner\nA,B\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 80]
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile):
        open_workbook(tmp_path / name)


def test_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    for name in ("folder.xlsx", "missing.xlsx"):
        with pytest.raises(BadFile):
            open_workbook(tmp_path / name)


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">
<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(path: Path, rows: str) -> Path:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="x"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", ODS.format(rows=rows))
        file.writestr("META-INF/manifest.xml", manifest)
    return path


def cell(text: str, more: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_ods_with_repeated_rows_and_columns_and_errors(tmp_path: Path) -> None:
    blank = '<table:table-row table:number-rows-repeated="{}"><table:table-cell table:number-columns-repeated="16384"/>'
    day = cell("18/05/17", 'office:value-type="date" office:date-value="2017-05-18"')
    twice = cell("same", 'office:value-type="string" table:number-columns-repeated="2"')
    error = cell("#N/A", 'office:value-type="string" calcext:value-type="error"')
    filled = [[cell("Title"), cell("Signed"), cell("Note")], [cell("A"), day, twice], [cell("B"), error]]
    lines = ["".join(["<table:table-row>", *cells, "</table:table-row>"]) for cells in filled]
    end = "</table:table-row>"
    rows = "".join([lines[0], blank.format(2), end, *lines[1:], blank.format(1_048_000), end])
    found = rows_of(ods(tmp_path / "a.ods", rows))
    assert [row[0] for row in found[:5]] == ["Title", None, None, "A", "B"]
    assert str(found[3][1])[:10] == "2017-05-18" and found[3][2:4] == ["same", "same"]
    assert found[4][1] == Broken("holds the error #N/A") or "#N/A" in str(found[4][1])


def test_ods_that_repeats_a_filled_row_without_end_is_refused(tmp_path: Path) -> None:
    row = '<table:table-row table:number-rows-repeated="1000000">' + cell("x") * 30 + "</table:table-row>"
    with pytest.raises(BadFile, match="more than can be read"):
        open_workbook(ods(tmp_path / "a.ods", row))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_what_another_program_saves_is_read_the_same(tmp_path: Path, make: Make, ending: str) -> None:
    path = make([["Register"], [], ["Title", "Signed"], ["São", date(2017, 5, 18)], ["B", "18/05/2017"]])
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    rows = [row for row in rows_of(tmp_path / f"register.{ending}") if any(row)]
    assert [row[0] for row in rows] == ["Register", "Title", "São", "B"]
    assert str(rows[2][1])[:10] == "2017-05-18" and rows[3][1] == "18/05/2017"
