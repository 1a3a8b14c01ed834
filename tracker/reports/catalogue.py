"""Which reports there are, in which formats, and who lays out and renders them: the one list of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.reports.document import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A format of reports: its name, the module that renders it, its file endings, and whether it is text."""

    name: str
    module: str
    endings: tuple[str, ...]
    text: bool = True


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its name, what it is of beside the filters (``agreement``, ``person`` or nothing), a line of help."""

    name: str
    of: str
    help: str


REPORTS = {
    report.name: report
    for report in (
        Report("agreement", "agreement", "the fact sheet of one agreement"),
        Report("portfolio", "", "many agreements side by side"),
        Report("obligations", "", "what is owed, by debtor and by person"),
        Report("activities", "", "trainings and other follow-up, with people by sex and institution"),
        Report("handover", "person", "all that one person answers for"),
    )
}
FORMATS = {
    format_.name: format_
    for format_ in (
        Format("md", "markdown", (".md", ".markdown")),
        Format("html", "html", (".html", ".htm")),
        Format("pdf", "pdf", (".pdf",), text=False),
        Format("docx", "docx", (".docx",), text=False),
        Format("xlsx", "xlsx", (".xlsx",), text=False),
    )
}
ENDINGS = {ending: format_ for format_ in FORMATS.values() for ending in format_.endings}


def document(name: str, built: Any) -> Document:
    """A report that was built, laid out: the module of ``pages`` named like it has a function ``document``."""
    lay_out: Callable[[Any], Document] = import_module(f"tracker.reports.pages.{name}").document
    return lay_out(built)


def render(name: str, format_name: str, built: Any) -> bytes:
    """The bytes of a report that was built; every format's module has a function ``render``."""
    renders: Callable[[Document], bytes] = import_module(f"tracker.reports.{FORMATS[format_name].module}").render
    return renders(document(name, built))
