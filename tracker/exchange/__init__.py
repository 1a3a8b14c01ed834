"""Import and export, one file per format; loaded when first named (``exchange.reading``), like ``actions``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.exchange import (
        calendar_file,
        json_file,
        reading,
        rows_file,
        safe_text,
        source,
        table,
        template,
        texts,
        workbook,
        writing,
        yaml_file,
    )

__all__ = [
    "calendar_file",
    "json_file",
    "reading",
    "rows_file",
    "safe_text",
    "source",
    "table",
    "template",
    "texts",
    "workbook",
    "writing",
    "yaml_file",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"tracker.exchange.{name}")
    raise AttributeError(f"module 'tracker.exchange' has no attribute {name!r}")
