"""Reports as PDF through Typst, and single charts as pictures: the fonts that Tracker ships, the same bytes for the
same data and day, tagged after PDF/UA-1. Data is handed over as JSON and is never markup."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, time
from functools import cache
from itertools import groupby
from typing import Any

import typst

from tracker.reports import phrases
from tracker.reports.document import Bars, Block, Document, Heat, Section, Table, Timeline, paper
from tracker.reports.glyphs import FONTS, settable
from tracker.reports.plain import TEMPLATES, visible
from tracker.reports.words import _, language

STANDARD = "ua-1"
SHARP = 160.0
"""Pixels per inch of a chart drawn alone."""


def render(document: Document) -> bytes:
    """The PDF of a document. Raises RuntimeError where Typst warns: a missing font is no small matter."""
    stamp = datetime.combine(document.day, time(), UTC)
    found, warned = _compiler().compile_with_warnings(
        sys_inputs={"data": json.dumps(values(document), ensure_ascii=False)},
        format="pdf",
        pdf_standards=[STANDARD],
        timestamp=stamp,
    )
    if warned or not isinstance(found, bytes):
        raise RuntimeError(f"Typst: {[warning.message for warning in warned]}")
    return found


def chart(block: Timeline | Bars | Heat) -> bytes:
    """One chart as a PNG picture without its caption, as wide as a page of text."""
    data = {"chart": _Texts().of(_block(block) | {"caption": ""}), "language": _tongue(language()), "title": ""}
    found = _compiler().compile(
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "only": "chart"}, format="png", ppi=SHARP
    )
    if not isinstance(found, bytes):
        raise RuntimeError("Typst drew a chart over several pages")
    return found


@cache
def _compiler() -> Any:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(TEMPLATES / "page.typ", root=TEMPLATES, font_paths=fonts)


def values(document: Document) -> dict[str, Any]:
    """The document as plain values for the template, every text with only what the fonts can set."""
    texts = _Texts()
    groups = [
        {"narrow": narrow, "sections": [_section(section) for section in sections]}
        for narrow, sections in groupby(document.printed, key=lambda section: section.narrow)
    ]
    head = {
        key: getattr(document, key)
        for key in ("eyebrow", "title", "lead", "ref", "marking", "notices", "foot", "as_of")
    }
    status = document.status
    made = texts.of(
        {
            **head,
            "language": _tongue(document.language),
            "groups": groups,
            "facts": [_plain(f) | {"value": {"words": f.value.words, "tone": f.value.tone}} for f in document.facts],
            "status": {"words": status.words, "tone": status.tone} if status else None,
            "keywords": [f"tracker-journal {document.journal}"] if document.journal else [],
            "page": _("Page {page} of {pages}"),
        }
    )
    missing = _("□ stands for a character that the type of this page does not have; other formats show it.")
    day = {"year": document.day.year, "month": document.day.month, "day": document.day.day}
    return {**made, **day, "replaced": missing if texts.replaced else ""}


def _tongue(code: str) -> str:
    """The language of a code without its region, as Typst takes it."""
    return code.partition("-")[0]


class _Texts:
    """Makes every text of a value settable, and remembers whether any character had to go."""

    def __init__(self) -> None:
        self.replaced = False

    def of(self, value: Any) -> Any:
        if isinstance(value, str):
            text, replaced = settable(visible(value))
            self.replaced = self.replaced or replaced
            return text
        if isinstance(value, dict):
            return {key: self.of(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.of(item) for item in value]
        return value


def _section(section: Section) -> dict[str, Any]:
    return {"heading": section.heading, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        set_ = paper(block)
        plain = {
            "columns": [{"heading": c.heading, "share": c.share, "form": c.form} for c in set_.columns],
            "rows": [[_plain(cell) for cell in row] for row in set_.rows],
            "total": [_plain(cell) for cell in set_.total] if set_.total else None,
            "caption": block.caption,
        }
    elif isinstance(block, Timeline):
        plain = _plain(block) | {
            "lines": [_plain(line) | {"bars": list(map(_plain, line.bars))} for line in block.lines]
        }
    elif isinstance(block, Bars):
        items = [(label, {"words": phrases.count(number), "value": number}) for label, number in block.items]
        plain = _plain(block) | {"items": items, "most": block.most}
    elif isinstance(block, Heat):
        plain = _plain(block) | {"most": block.most}
    else:
        plain = _plain(block)
    return {"kind": block.kind, **plain}


_KEYS: Callable[[type], tuple[str, ...]] = cache(lambda of: tuple(field.name for field in fields(of)))


def _plain(value: Any) -> dict[str, Any]:
    """The fields of a frozen value."""
    return {key: getattr(value, key) for key in _KEYS(type(value))}
