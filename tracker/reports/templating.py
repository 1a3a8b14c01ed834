"""The Jinja2 environments: strict, with every value of the database as data, and the phrases as filters."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracker.reports import phrases

TEMPLATES = Path(__file__).parent / "templates"
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(value: Any) -> Any:
    """Text without what no page can show: control characters, lone surrogates and overrides of direction."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(
        "\ufffd" if c in _BIDI or (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t") else c for c in value
    )


def short(text: str, most: int = 40) -> str:
    """The text, cut with an ellipsis where it is longer; for labels that stand in full elsewhere."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def paragraphs(text: str | None) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


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
    made.filters.update(
        day=phrases.day,
        days=phrases.days,
        on=phrases.on,
        since=phrases.since,
        left=phrases.left,
        code=phrases.code,
        capital=phrases.capital,
        count=phrases.count,
        amount=phrases.amount,
        listed=phrases.listed,
        country=phrases.country,
        language=phrases.language,
        plural=phrases.plural,
        short=short,
        paragraphs=paragraphs,
    )
    return made
