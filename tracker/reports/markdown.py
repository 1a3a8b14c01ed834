"""Reports as Markdown (CommonMark with tables); values stay text, whatever they hold."""

from __future__ import annotations

import re
from typing import Any

from tracker.reports import plain, templating
from tracker.reports.document import Document

_ACTS = re.compile(r"([\\`*_\[\]<>|~&{}$])")
_LEADS = re.compile(r"^(\s*)([#+=-]|[0-9]{1,9}(?=[.)](?:\s|$)))")


def render(document: Document) -> bytes:
    """The document as Markdown."""
    environment = templating.environment(autoescape=False)
    environment.filters["md"] = text
    page = environment.get_template("page.md.j2").render(document=document)
    lines = [line.rstrip() for line in page.splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return ("\n".join(kept).strip("\n") + "\n").encode("utf-8")


def text(value: Any) -> str:
    """A value on one line in which no character acts as Markdown or HTML."""
    if value is None:
        return ""
    line = " ".join(str(plain.visible(str(value))).split())
    escaped = _ACTS.sub(r"\\\1", line)
    found = _LEADS.match(escaped)
    if found is None:
        return escaped
    lead = found[2]
    return f"{lead}\\{escaped[len(lead) :]}" if lead.isdigit() else f"\\{escaped}"
