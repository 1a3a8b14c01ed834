"""What was fulfilled is shown with its evidence, and every report carries the head of the journal."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from reports.conftest import build, cases, render
from reports.second import POPPLER, info_of, text_of
from tracker import reports
from tracker.store.reader import Reader

FILES = ["report to the ministry.pdf", "attendance.pdf", "letter.pdf"]
RECORD = {
    "ref": "X-1",
    "title": "x",
    "kind": "cooperation-agreement",
    "parties": [{"name": "One", "kind": "ngo"}, {"name": "Two", "kind": "ngo"}],
    "events": [{"event": "signed", "on": "2024-01-10"}],
    "obligations": [
        {
            "number": 1,
            "text": "report",
            "owed_by": ["One"],
            "due": "every year from 2025-01-31",
            "fulfilled": [
                {"due": "2025-01-31", "on": "2025-01-30", "evidence": "report of 2025", "by": "A1"},
                {"due": "2026-01-31", "on": "2026-02-05"},
            ],
        },
        {"number": 2, "text": "answer", "owed_by": ["Two"], "due": "on request", "fulfilled": [{"on": "2025-05-05"}]},
    ],
    "activities": [{"number": 1, "title": "handing over", "kind": "meeting", "on": "2025-01-30", "status": "held"}],
    "documents": [
        {"file": FILES[0], "kind": "report", "of": "O1:2025-01-31"},
        {"file": FILES[1], "kind": "attendance-list", "of": "A1"},
        {"file": FILES[2], "kind": "correspondence", "of": "O2"},
    ],
}


@pytest.fixture
def rows(database: Path, bring: Callable[..., Any]) -> Any:
    bring(RECORD)
    with Reader(database) as reader:
        yield reader


def test_each_fulfilment_has_the_files_of_its_due_date_and_of_its_activity(rows: Reader) -> None:
    found = {(due.ref, due.due_on): [(f.ref, f.name) for f in due.files] for due in build(rows, "obligations").settled}
    assert found == {
        ("X-1/O1", "2025-01-31"): [("X-1/D1", FILES[0]), ("X-1/D2", FILES[1])],
        ("X-1/O1", "2026-01-31"): [],
        ("X-1/O2", None): [("X-1/D3", FILES[2])],
    }
    sheet = build(rows, "agreement", "X-1").settled
    assert sorted(tuple(f.name for f in item.files) for item in sheet) == [(), (FILES[2],), (FILES[0], FILES[1])]


@pytest.mark.parametrize(("name", "of"), [("obligations", ""), ("agreement", "X-1")])
def test_evidence_stands_in_every_format(rows: Reader, name: str, of: str) -> None:
    wanted = ["report of 2025", "D1", *FILES, "A1"]
    for form in ("md", "html"):
        said = re.sub(r"\\(.)", r"\1", render(rows, name, of, form).decode("utf-8"))
        assert all(text in said for text in wanted), form
    book = load_workbook(io.BytesIO(render(rows, name, of, "xlsx")))
    cells = " ".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)
    assert all(text in cells for text in wanted)
    word = docx.Document(io.BytesIO(render(rows, name, of, "docx")))
    said = " ".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert all(text in said for text in wanted)
    document = reports.catalogue.document(name, build(rows, name, of))
    assert all(text in str(reports.pdf.values(document)) for text in wanted)


def test_a_document_says_what_it_belongs_to(rows: Reader) -> None:
    said = render(rows, "agreement", "X-1", "md").decode("utf-8")
    assert "belongs to O1, due 31 Jan 2025" in said and "belongs to A1" in said


@pytest.mark.parametrize(("name", "of"), cases())
def test_every_format_carries_the_head_of_the_journal(examples: Reader, name: str, of: str) -> None:
    row = examples.row("journal_head")
    assert row is not None
    whole, short = f"{row['count']}:{row['hash']}", f"{row['count']}:{row['hash'][:12]}"
    html = render(examples, name, of, "html").decode("utf-8")
    assert f'<meta name="tracker-journal" content="{whole}">' in html and f"journal {short};" in html
    markdown = render(examples, name, of, "md").decode("utf-8")
    assert markdown.endswith(f"Head of the journal: {whole}\n") and f"journal {short};" in markdown
    word = docx.Document(io.BytesIO(render(examples, name, of, "docx")))
    assert word.core_properties.keywords == f"tracker-journal {whole}"
    assert f"journal {short};" in "".join(p.text for p in word.sections[0].footer.paragraphs)
    book = load_workbook(io.BytesIO(render(examples, name, of, "xlsx")))
    assert book.properties.keywords == f"tracker-journal {whole}"
    assert any(row[1].value == whole for row in book.worksheets[0].iter_rows())


@POPPLER
@pytest.mark.parametrize(("name", "of"), cases())
def test_a_pdf_carries_the_head_of_the_journal(examples: Reader, name: str, of: str, tmp_path: Path) -> None:
    head = reports.parts.journal_head(examples)
    file = tmp_path / "report.pdf"
    file.write_bytes(render(examples, name, of, "pdf"))
    assert info_of(file)["Keywords"] == f"tracker-journal {head}"
    assert f"journal {head.partition(':')[0]}:{head.partition(':')[2][:12]}" in " ".join(text_of(file).split())
