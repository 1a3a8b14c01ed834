"""The Jinja2 environments of HTML and Markdown: strict, with every value of the database as data."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracker.reports import phrases
from tracker.reports.document import paper
from tracker.reports.words import _

TEMPLATES = Path(__file__).parent / "templates"
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(value: Any) -> Any:
    """Text without what no page can show: control characters, lone surrogates, overrides of direction and points
    that are no character."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join("\ufffd" if _unseen(c) else c for c in value)


def _unseen(c: str) -> bool:
    if c in _BIDI:
        return True
    if c in "\n\t":
        return False
    return unicodedata.category(c) in ("Cc", "Cs") or (ord(c) & 0xFFFE) == 0xFFFE


def environment(*, autoescape: bool) -> Environment:
    """An environment over ``templates/``; templates are ours, so only values need to be kept from acting."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=visible,
    )
    made.filters.update(count=phrases.count, paper=paper)
    made.globals["_"] = _
    return made
