"""Reports: each turns rows into frozen dataclasses and those into Markdown, HTML or a workbook.

The modules are loaded when first named (``reports.catalogue.render``), so that a front door may import this
package without loading Jinja2, Babel or XlsxWriter; it is the one place where that is arranged.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.reports import (
        agreement,
        agreement_sheets,
        catalogue,
        charts,
        html,
        markdown,
        parts,
        phrases,
        portfolio,
        portfolio_sheets,
        questions,
        sheets,
        templating,
        xlsx,
    )

__all__ = [
    "agreement",
    "agreement_sheets",
    "catalogue",
    "charts",
    "html",
    "markdown",
    "parts",
    "phrases",
    "portfolio",
    "portfolio_sheets",
    "questions",
    "sheets",
    "templating",
    "xlsx",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"tracker.reports.{name}")
    raise AttributeError(f"module 'tracker.reports' has no attribute {name!r}")
