"""The Jinja2 environments of HTML and Markdown: strict, with every value of the database as data."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tracker.reports import phrases
from tracker.reports.document import paper
from tracker.reports.plain import TEMPLATES, visible
from tracker.reports.words import _


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
