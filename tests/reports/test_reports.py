"""The two reports in their three formats: golden files, numbers equal to queries, hostile texts inert."""

from __future__ import annotations

import io
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from reports.conftest import HOSTILE
from tracker import reports
from tracker.store.reader import Reader

GOLDEN = Path(__file__).parent.parent / "golden"
DAY = TODAY.isoformat()
CASES = [
    ("agreement", "IOM-PA-MINSEG"),
    ("agreement", "DEMO-WORK-PLAN"),
    ("agreement", "UN-1990-CMW"),
    ("portfolio", ""),
]


def build(rows: Reader, name: str, ref: str) -> Any:
    return reports.agreement.build(rows, ref, TODAY) if name == "agreement" else reports.portfolio.build(rows, TODAY)


def render(rows: Reader, name: str, ref: str, form: str) -> bytes:
    return reports.catalogue.render(name, form, build(rows, name, ref))


class Page(HTMLParser):
    """The tags of a page, its attributes that fetch, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.said = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for key, value in attrs if key in ("src", "href", "xlink:href", "action")]
        assert not [key for key, _ in attrs if key.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize(("name", "ref"), CASES)
@pytest.mark.parametrize("form", ["md", "html"])
def test_golden(examples: Reader, name: str, ref: str, form: str) -> None:
    """Run with UPDATE_GOLDEN=1 to write the files anew, then look at them."""
    path = GOLDEN / f"{name}{'-' if ref else ''}{ref}.{form}"
    found = render(examples, name, ref, form)
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(found)
    assert found.decode("utf-8") == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "ref"), CASES)
@pytest.mark.parametrize("form", ["md", "html", "xlsx"])
def test_the_same_data_and_day_give_the_same_bytes(examples: Reader, name: str, ref: str, form: str) -> None:
    assert render(examples, name, ref, form) == render(examples, name, ref, form)


@pytest.mark.parametrize(("name", "ref"), CASES)
def test_a_page_stands_alone(examples: Reader, name: str, ref: str) -> None:
    html = render(examples, name, ref, "html").decode("utf-8")
    page = Page(html)
    assert not {"script", "link", "iframe", "object", "img"} & set(page.tags)
    assert all(value.startswith("#") for value in page.fetched)
    assert html.lower().startswith("<!doctype html>") and 'lang="en"' in html and "<title>" in html
    assert "prefers-color-scheme: dark" in html and "@media print" in html
    assert "url(" not in html and "@import" not in html
    for svg in re.findall(r"<svg[^>]*>.*?</svg>", html, flags=re.DOTALL):
        assert 'role="img"' in svg or "aria-hidden" in svg


def test_numbers_of_the_portfolio_are_those_of_the_queries(examples: Reader) -> None:
    found = build(examples, "portfolio", "")
    listed = examples.rows("agreements", day=DAY)
    assert len(found.agreements) == len(listed)
    assert found.in_force == sum(row["status"] == "in-force" for row in listed)
    assert sum(count.number for count in found.by_status) == len(listed)
    assert sum(count.number for count in found.by_kind) == len(listed)
    deadlines = examples.rows("deadlines", day=DAY, until="2027-11-24")
    late = [row for row in deadlines if row["state"] in ("overdue", "without-result")]
    assert len(found.overdue) == len(late)
    assert len(found.deadlines) == len(deadlines) - len(late)
    held = [row for row in examples.rows("activities", day=DAY) if (row["kind"], row["status"]) == ("training", "held")]
    assert found.trained.total == sum(row["people"] or 0 for row in held)
    assert found.trained.women == sum(row["women"] or 0 for row in held)


def test_numbers_of_the_fact_sheet_are_those_of_the_queries(examples: Reader) -> None:
    found = build(examples, "agreement", "DEMO-WORK-PLAN")
    rows = examples.rows("obligations", day=DAY, agreement="DEMO-WORK-PLAN")
    assert [(o.ref, o.state, o.next_due) for o in found.obligations] == [
        (row["ref"], row["state"], row["next_due"]) for row in rows
    ]
    row = next(row for row in examples.rows("agreements", day=DAY) if row["ref"] == "DEMO-WORK-PLAN")
    assert (found.status, found.since, found.in_force) == (row["status"], row["since"], row["in_force"])
    assert found.next_deadline is not None and found.next_deadline.on == row["next_deadline"]


def test_the_unknown_is_said_to_be_unknown(examples: Reader) -> None:
    found = render(examples, "agreement", "IOM-PA-MINSEG", "md").decode("utf-8")
    assert "unknown" in found and "Open questions" in found


def test_words_fit_the_instrument(examples: Reader) -> None:
    found = render(examples, "agreement", "IT-LY-2017", "md").decode("utf-8")
    assert "In effect since 2 February 2017" in found and "In force" not in found
    assert "## Participants" in found


@pytest.mark.parametrize(("name", "ref"), [("agreement", "X-1"), ("portfolio", "")])
def test_hostile_texts_stay_text(hostile: Reader, name: str, ref: str) -> None:
    html = render(hostile, name, ref, "html").decode("utf-8")
    page = Page(html)
    assert "script" not in page.tags and "b" not in page.tags
    assert "<script>alert(1)</script> {{7*7}}" in page.said
    markdown = render(hostile, name, ref, "md").decode("utf-8")
    assert not re.search(r"(?<!\\)<script", markdown)
    assert r"\{\{7\*7\}\}" in markdown
    for line in markdown.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == len(re.findall(r"(?<!\\)\|", _heading(markdown, line)))
    book = load_workbook(io.BytesIO(render(hostile, name, ref, "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert cells and not [cell for cell in cells if cell.data_type in ("f", "e")]
    assert any(isinstance(cell.value, str) and HOSTILE[:60] in cell.value for cell in cells)


def _heading(markdown: str, line: str) -> str:
    """The heading of the table that a line belongs to."""
    lines = markdown.splitlines()
    place = lines.index(line)
    while place and lines[place - 1].startswith("|"):
        place -= 1
    return lines[place]


def test_a_workbook_opens_in_a_second_program_with_real_dates(examples: Reader) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(examples, "portfolio", "", "xlsx")))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    refs = {cell for row in rows for cell in row if isinstance(cell, str)}
    assert {row["ref"] for row in examples.rows("agreements", day=DAY)} <= refs
    assert any(hasattr(cell, "year") and cell.year == 2003 for row in rows for cell in row)


def test_confidential_agreements_are_left_out_and_counted(examples: Reader) -> None:
    found = reports.portfolio.build(examples, TODAY)
    assert found.left_out == 0
