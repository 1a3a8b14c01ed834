"""Word files and workbooks: opened by python-docx and openpyxl, converted by LibreOffice, hostile texts inert."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from reports.conftest import HOSTILE, LINE, NAMES, cases, render
from reports.second import OFFICE, POPPLER, as_pdf, info_of, picture_of, text_of
from tracker.store.reader import Reader

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word(rows: Reader, name: str, of: str) -> Any:
    return docx.Document(io.BytesIO(render(rows, name, of, "docx")))


def text_in(document: Any) -> str:
    return "".join(node.text or "" for node in document.element.iter(f"{W}t"))


@pytest.mark.parametrize(("name", "of"), cases())
def test_a_word_file_has_styles_headings_and_repeating_table_heads(examples: Reader, name: str, of: str) -> None:
    found = word(examples, name, of)
    styles = {paragraph.style.name for paragraph in found.paragraphs}
    assert {"Title", "Heading 1", "Eyebrow"} <= styles
    assert "{{" not in text_in(found) and "{%" not in text_in(found)
    assert found.core_properties.title and found.core_properties.author == "Tracker"
    assert found.core_properties.language == "en"
    for table in found.tables:
        if table.style.name == "TrackerTable":
            assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    foot = "".join(p.text for p in found.sections[0].footer.paragraphs)
    assert re.search("as of 24 November 2026; journal [0-9]+:[0-9a-f]{12}; Tracker", foot)


def test_charts_in_a_word_file_are_pictures_with_a_text(examples: Reader) -> None:
    found = word(examples, "portfolio", "")
    said = [node.get("descr") for node in found.element.iter() if node.tag.endswith("}docPr")]
    assert len(said) >= 5 and all(said)
    assert any("DEMO-WORK-PLAN" in text and "10 Mar 2025 to 9 Mar 2028" in text for text in said)
    assert any(text.startswith("By status. In force: 12") for text in said)


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_stay_text_in_a_word_file(hostile: Reader, hostile_person: str, name: str) -> None:
    of = {"agreement": "X-1", "handover": hostile_person}.get(name, "")
    said = text_in(word(hostile, name, of))
    assert "<script>alert(1)</script> {{7*7}} {% raw %} {{ ''.__class__ }} #import" in said
    assert "مرحبا" in said and "👍🏽" in said and "漢字" in said
    if name in ("agreement", "obligations"):
        assert LINE in said


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_stay_text_in_a_workbook(hostile: Reader, hostile_person: str, name: str) -> None:
    of = {"agreement": "X-1", "handover": hostile_person}.get(name, "")
    book = load_workbook(io.BytesIO(render(hostile, name, of, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells and not [cell for cell in cells if cell.data_type in ("f", "e") or cell.hyperlink]
    assert any(isinstance(cell.value, str) and HOSTILE[:60] in cell.value for cell in cells)


def test_a_workbook_opens_in_a_second_program_with_real_dates(examples: Reader) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(examples, "portfolio", "", "xlsx")))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    refs = {cell for row in rows for cell in row if isinstance(cell, str)}
    assert {row["ref"] for row in examples.rows("agreements", day="2026-11-24")} <= refs
    assert any(hasattr(cell, "year") and cell.year == 2003 for row in rows for cell in row)


def test_charts_of_a_workbook_are_native_and_described(examples: Reader) -> None:
    archive = zipfile.ZipFile(io.BytesIO(render(examples, "portfolio", "", "xlsx")))
    names = archive.namelist()
    charts = [name for name in names if name.startswith("xl/charts/chart")]
    assert len(charts) == 6 and not [name for name in names if "media" in name]
    drawings = [archive.read(name).decode() for name in names if name.startswith("xl/drawings/drawing")]
    assert all('descr="' in drawing for drawing in drawings)
    sheets = "".join(archive.read(name).decode() for name in names if name.startswith("xl/worksheets/sheet"))
    assert "<colorScale>" in sheets
    timeline = next(text for name in charts if "stacked" in (text := archive.read(name).decode()))
    assert "<c:noFill/>" in timeline or "<a:noFill/>" in timeline


@pytest.mark.slow
@OFFICE
@POPPLER
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize(("name", "of"), [("agreement", "DEMO-WORK-PLAN"), ("portfolio", ""), ("activities", "")])
def test_libreoffice_opens_it(examples: Reader, tmp_path: Path, name: str, of: str, ending: str) -> None:
    file = tmp_path / f"report.{ending}"
    file.write_bytes(render(examples, name, of, ending))
    pdf = as_pdf(file)
    pages = int(info_of(pdf)["Pages"])
    assert 1 < pages < 40
    said = " ".join(text_of(pdf).split())
    assert "24 November 2026; journal " in said
    for expected in ("Training", "SENAFRONT") if name == "activities" else ("DEMO-WORK-PLAN", "Ana Demo Quintero"):
        assert expected in said
    assert picture_of(pdf, 1)[2] > 0.01


@pytest.mark.slow
@OFFICE
@POPPLER
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_libreoffice_opens_hostile_texts(hostile: Reader, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"report.{ending}"
    file.write_bytes(render(hostile, "agreement", "X-1", ending))
    said = "".join(text_of(as_pdf(file), "-raw").split())
    assert "<script>alert(1)</script>{{7*7}}" in said and "=cmd|'/ccalc'!A1" in said
