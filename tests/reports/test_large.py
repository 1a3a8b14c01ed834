"""A thousand agreements, and tables of many pages: headings repeat, long titles wrap, no cell is cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import TODAY

from reports.conftest import build
from reports.second import POPPLER, text_of
from reports.test_document import section_of, small_document
from tracker import reports
from tracker.reports.document import Column, table
from tracker.reports.pages import portfolio as portfolio_page
from tracker.store.reader import Reader

LONG = "on the cooperation of the institutions responsible for border management and the protection of persons " * 3


@pytest.fixture(scope="module")
def thousand(examples: Reader) -> Any:
    """The portfolio of the examples with its agreements numbered up to a thousand."""
    found = build(examples, "portfolio")
    agreements = tuple(
        replace(found.agreements[n % 23], ref=f"X-{n:04}", title=f"Agreement number {n} {LONG if n % 5 == 0 else ''}")
        for n in range(1000)
    )
    start = date(1990, 1, 1)
    running = tuple(
        replace(
            found.running[n % 12],
            ref=f"X-{n:04}",
            title=f"Agreement number {n} {LONG if n % 5 == 0 else ''}",
            from_day=(start + timedelta(days=9 * n)).isoformat(),
        )
        for n in range(1000)
    )
    return replace(found, agreements=agreements, running=running, in_force=1000)


@pytest.mark.slow
@POPPLER
def test_a_thousand_agreements_stay_readable(thousand: Any, tmp_path: Path) -> None:
    pdf = tmp_path / "portfolio.pdf"
    pdf.write_bytes(reports.catalogue.render("portfolio", "pdf", thousand))
    pages = text_of(pdf, "-layout").split("\f")[:-1]
    assert len(pages) > 60
    whole = "".join("".join(pages).split())
    assert all(f"Agreementnumber{n}" in whole for n in range(1000))
    listed = [page for page in pages if page.count("Signed") and page.count("Next deadline")]
    starts = [number for number, page in enumerate(pages) if "AGREEMENTS" in page.splitlines()]
    assert len(listed) > 20
    between = pages[pages.index(listed[0]) : pages.index(listed[-1]) + 1]
    assert between == listed, "each page of the table begins with its headings"
    assert starts == [] or starts[0] <= pages.index(listed[0])
    within_the_margins(pdf.read_bytes())


def within_the_margins(pdf: bytes) -> None:
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        for number in range(0, text.count_rects(), 7):
            left, bottom, right, top = text.get_rect(number)
            assert left > 45 and right < 550 and bottom > 20 and top < 812


@pytest.mark.slow
def test_a_thousand_agreements_in_every_other_format(thousand: Any) -> None:
    for form in ("html", "md", "xlsx", "docx"):
        assert len(reports.catalogue.render("portfolio", form, thousand)) > 100_000
    html = reports.catalogue.render("portfolio", "html", thousand).decode("utf-8")
    assert "display: table-header-group" in html and all(f"Agreement number {n} " in html for n in range(1000))


@POPPLER
def test_a_table_of_many_pages_repeats_its_headings(tmp_path: Path) -> None:
    columns = (Column("First heading"), Column("Second heading", 2.0), Column("Amount", 0.5, "count"))
    rows = [(f"row {n}", "some words that wrap in their cell " * 4, n) for n in range(220)]
    pdf = tmp_path / "table.pdf"
    pdf.write_bytes(reports.pdf.render(small_document("x", section_of("Many rows", table("T", columns, rows)))))
    pages = text_of(pdf, "-layout").split("\f")[:-1]
    assert len(pages) >= 9
    assert all("First heading" in page and "Second heading" in page and "Amount" in page for page in pages)
    whole = "".join(pages)
    assert all(f"row {n} " in whole for n in range(220))


def test_a_timeline_of_many_says_what_it_leaves_out_and_where_that_stands(
    examples: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio_page, "DRAWN", 5)
    found = reports.portfolio.build(examples, TODAY)
    document = reports.catalogue.document("portfolio", found)
    blocks = {block.name: block for _, block in document.blocks if hasattr(block, "name")}
    drawn = blocks["In force"]
    ends = {item.ref: item.to_day or "9999" for item in found.running}
    first = sorted(ends, key=lambda ref: (ends[ref], ref))[:5]
    assert {line.label for line in drawn.lines} == set(first) and len(found.running) > 5
    assert f"the 5 of {len(found.running)} in force whose term ends first" in drawn.caption
    listed = {row[1].words for row in blocks["Agreements"].rows}
    assert {item.ref for item in found.running} <= listed
