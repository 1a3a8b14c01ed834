"""Reports as PDF, opened by poppler: text layer, pages, tags, language; every character has a shape."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.conftest import HOSTILE, LINE, cases, render
from reports.second import POPPLER, info_of, picture_of, text_of
from tracker import reports
from tracker.reports import glyphs
from tracker.store.reader import Reader

PAGES = {
    "agreement-IOM-PA-MINSEG": 2,
    "agreement-DEMO-WORK-PLAN": 4,
    "agreement-UN-1990-CMW": 4,
    "portfolio-": 8,
    "obligations-": 3,
    "activities-": 2,
    "handover-Ana Demo Quintero": 2,
}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


@POPPLER
@pytest.mark.parametrize(("name", "of"), cases())
def test_a_pdf_says_what_it_is(examples: Reader, written: Path, name: str, of: str) -> None:
    written.write_bytes(render(examples, name, of, "pdf"))
    document = reports.catalogue.document(name, _built(examples, name, of))
    found = info_of(written)
    assert found["Title"] == document.title
    assert found["Tagged"] == "yes"
    assert found["CreationDate"].startswith("Tue Nov 24 00:00:00 2026")
    assert int(found["Pages"]) == PAGES[f"{name}-{of}"]
    raw = written.read_bytes()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in raw and re.search(rb"/Lang\s*\(en\)", raw)


def _built(rows: Reader, name: str, of: str) -> object:
    from reports.conftest import build

    return build(rows, name, of)


@POPPLER
@pytest.mark.parametrize(("name", "of"), cases())
def test_the_text_layer_holds_every_text_of_the_document(examples: Reader, written: Path, name: str, of: str) -> None:
    written.write_bytes(render(examples, name, of, "pdf"))
    said = _plain(text_of(written, "-raw"))
    document = reports.catalogue.document(name, _built(examples, name, of))
    for section in document.printed:
        assert _plain(section.heading).casefold() in said.casefold()
        for block in section.blocks:
            if block.kind == "table":
                for row in reports.document.paper(block).rows:
                    for cell in row:
                        assert _plain(cell.words) in said, cell
                        assert all(_plain(line) in said for line in cell.below), cell


def _plain(text: str) -> str:
    """Letters and digits only: a page breaks words and lines where it has to."""
    return "".join(c for c in text if c.isalnum())


@POPPLER
@pytest.mark.parametrize(("name", "of"), cases())
def test_every_page_shows_something_and_its_number(examples: Reader, written: Path, name: str, of: str) -> None:
    written.write_bytes(render(examples, name, of, "pdf"))
    pages = int(info_of(written)["Pages"])
    for page in range(1, pages + 1):
        width, height, ink = picture_of(written, page)
        assert (width, height) == (331, 468) and 0.01 < ink < 0.5
        foot = text_of(written, "-f", str(page), "-l", str(page))
        assert f"Page {page} of {pages}" in foot and "as of 24 November 2026" in foot


@POPPLER
@pytest.mark.parametrize("name", ["agreement", "portfolio", "obligations", "activities", "handover"])
def test_hostile_texts_stay_text(hostile: Reader, hostile_person: str, written: Path, name: str) -> None:
    of = {"agreement": "X-1", "handover": hostile_person}.get(name, "")
    written.write_bytes(render(hostile, name, of, "pdf"))
    said = text_of(written, "-raw")
    plain = "".join(said.replace("\u200b", "").split())
    for inert in ("{{7*7}}", '#import"/etc/passwd":*', "=cmd|'/ccalc'!A1", "<script>alert(1)</script>", "$x$@ref"):
        assert inert in plain
    assert "root:" not in said
    assert "□ stands for a character" in " ".join(said.split())
    if name in ("agreement", "obligations"):
        assert LINE in plain


def test_no_text_runs_out_of_the_page(hostile: Reader, written: Path) -> None:
    """Every word lies between the margins, also those of 5,000 letters."""
    import pypdfium2

    document = pypdfium2.PdfDocument(render(hostile, "agreement", "X-1", "pdf"))
    for page in document:
        text = page.get_textpage()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            assert left > 45 and right < 595.3 - 45 and bottom > 20 and top < 842 - 30, text.get_text_bounded(
                left, bottom, right, top
            )


def test_only_the_shipped_fonts_are_used(examples: Reader) -> None:
    raw = render(examples, "agreement", "DEMO-WORK-PLAN", "pdf")
    fonts = {name.split(b"+")[-1] for name in re.findall(rb"/BaseFont\s*/([\w+-]+)", raw)}
    assert fonts and all(name.startswith((b"SourceSans3", b"NotoSans")) for name in fonts)
    assert sum(file.stat().st_size for file in glyphs.FONTS.glob("*.ttf")) < 2 << 20
    licences = {file.name for file in glyphs.FONTS.glob("OFL-*.txt")}
    assert licences == {"OFL-Noto.txt", "OFL-Source-Sans-3.txt"}


def test_hostile_text_is_hostile() -> None:
    for sign in ("#import", "{{", "<script>", "=cmd|", "مرحبا", "👍", "\u0301"):
        assert sign in HOSTILE
