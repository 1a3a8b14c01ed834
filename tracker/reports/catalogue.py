"""Which reports there are, in which formats, and who renders them: the one list of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """A format of reports: its name, the module that renders it, its file endings, and whether it is text."""

    name: str
    module: str
    endings: tuple[str, ...]
    text: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its name, whether it is of one agreement, and one line of help."""

    name: str
    of_agreement: bool
    help: str


REPORTS = {
    report.name: report
    for report in (
        Report("agreement", True, "the fact sheet of one agreement"),
        Report("portfolio", False, "many agreements side by side"),
    )
}
FORMATS = {
    format_.name: format_
    for format_ in (
        Format("md", "markdown", (".md", ".markdown")),
        Format("html", "html", (".html", ".htm")),
        Format("xlsx", "xlsx", (".xlsx",), text=False),
    )
}
ENDINGS = {ending: format_ for format_ in FORMATS.values() for ending in format_.endings}


def render(name: str, format_name: str, built: Any) -> bytes:
    """The bytes of a report that was built; every format's module has a function named like the report."""
    module = import_module(f"tracker.reports.{FORMATS[format_name].module}")
    function: Callable[[Any], bytes] = getattr(module, name)
    return function(built)
