"""Reports: each turns rows into frozen dataclasses, those into a document, and that into a file of any format.

The modules are loaded when first named (``reports.catalogue.render``), so that a front door may import this
package without loading Jinja2, Babel, Typst or XlsxWriter; it is the one place where that is arranged.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.reports import (
        activities,
        agreement,
        catalogue,
        docx,
        fields,
        handover,
        html,
        markdown,
        obligations,
        parts,
        pdf,
        phrases,
        portfolio,
        words,
        xlsx,
    )

__all__ = [
    "activities",
    "agreement",
    "catalogue",
    "docx",
    "fields",
    "handover",
    "html",
    "markdown",
    "obligations",
    "parts",
    "pdf",
    "phrases",
    "portfolio",
    "words",
    "xlsx",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"tracker.reports.{name}")
    raise AttributeError(f"module 'tracker.reports' has no attribute {name!r}")
