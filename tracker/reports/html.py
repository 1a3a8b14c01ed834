"""Reports as one self-contained HTML page: no script, nothing fetched, readable on paper."""

from __future__ import annotations

from itertools import groupby

from tracker.reports import templating
from tracker.reports.document import Document


def render(document: Document) -> bytes:
    """The page of a document."""
    environment = templating.environment(autoescape=True)
    groups = [list(items) for _, items in groupby(document.printed, key=lambda section: section.narrow)]
    page: str = environment.get_template("page.html.j2").render(document=document, groups=groups)
    return page.encode("utf-8")
