"""Reports as Markdown and HTML: golden files, pages that stand alone, hostile texts inert, words that fit."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reports.conftest import LONG, cases, render
from tracker.reports import parts
from tracker.store.reader import Reader

GOLDEN = Path(__file__).parent.parent / "golden"


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


@pytest.mark.parametrize(("name", "of"), cases())
@pytest.mark.parametrize("form", ["md", "html"])
def test_golden(examples: Reader, name: str, of: str, form: str) -> None:
    """Run with UPDATE_GOLDEN=1 to write the files anew, then look at them."""
    path = GOLDEN / f"{'-'.join(filter(None, (name, of.replace(' ', '-'))))}.{form}"
    found = render(examples, name, of, form).decode("utf-8")
    head = parts.journal_head(examples)  # of the hours in which the tests wrote, under a key of their own
    assert head in found
    count, _colon, digits = head.partition(":")
    found = found.replace(head, f"{count}:HASH").replace(f"{count}:{digits[:12]}", f"{count}:HASH")
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "of"), cases())
@pytest.mark.parametrize("form", ["md", "html", "xlsx", "pdf", "docx"])
def test_the_same_data_and_day_give_the_same_bytes(examples: Reader, name: str, of: str, form: str) -> None:
    assert render(examples, name, of, form) == render(examples, name, of, form)


@pytest.mark.parametrize(("name", "of"), cases())
def test_a_page_stands_alone(examples: Reader, name: str, of: str) -> None:
    html = render(examples, name, of, "html").decode("utf-8")
    page = Page(html)
    assert not {"script", "link", "iframe", "object", "img"} & set(page.tags)
    assert all(value.startswith("#") for value in page.fetched)
    assert html.lower().startswith("<!doctype html>") and 'lang="en"' in html and "<title>" in html
    assert "prefers-color-scheme: dark" in html and "@media print" in html
    assert "url(" not in html and "@import" not in html
    assert page.tags.count("h1") == 1
    for svg in re.findall(r"<svg[^>]*>", html):
        assert 'role="img"' in svg or "aria-hidden" in svg


def test_every_chart_says_in_words_what_it_shows(examples: Reader) -> None:
    html = render(examples, "portfolio", "", "html").decode("utf-8")
    drawn = re.findall(r'<svg[^>]*role="img"[^>]*aria-label="([^"]*)"', html)
    assert len(drawn) == html.count('role="img"') and all(drawn)
    assert "DEMO-WORK-PLAN: Demonstration" in " ".join(drawn) and "10 Mar 2025 to 9 Mar 2028" in " ".join(drawn)


def test_the_unknown_is_said_to_be_unknown(examples: Reader) -> None:
    found = render(examples, "agreement", "IOM-PA-MINSEG", "md").decode("utf-8")
    assert "| Signed | unknown |" in found and "## Open questions" in found


def test_words_fit_the_instrument(examples: Reader) -> None:
    found = render(examples, "agreement", "IT-LY-2017", "md").decode("utf-8")
    assert "In effect since 2 February 2017" in found and "In force" not in found
    assert "## Participants" in found


@pytest.mark.parametrize("name", ["agreement", "portfolio", "obligations", "activities", "handover"])
def test_hostile_texts_stay_text(hostile: Reader, hostile_person: str, name: str) -> None:
    of = {"agreement": "X-1", "handover": hostile_person}.get(name, "")
    html = render(hostile, name, of, "html").decode("utf-8")
    page = Page(html)
    assert "script" not in page.tags and "b" not in page.tags
    assert "<script>alert(1)</script> {{7*7}}" in page.said
    assert "49" not in re.findall(r"\b49\b", page.said)
    markdown = render(hostile, name, of, "md").decode("utf-8")
    assert not re.search(r"(?<!\\)<script", markdown)
    assert r"\{\{7\*7\}\}" in markdown
    for line in markdown.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == len(re.findall(r"(?<!\\)\|", _heading(markdown, line)))
    if name in ("agreement", "obligations"):
        assert LONG in page.said and LONG in markdown


def _heading(markdown: str, line: str) -> str:
    """The heading of the table that a line belongs to."""
    lines = markdown.splitlines()
    place = lines.index(line)
    while place and lines[place - 1].startswith("|"):
        place -= 1
    return lines[place]
