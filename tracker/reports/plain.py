"""Text without what no page can show, and where the templates lie. Loads nothing."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(value: Any) -> Any:
    """Text without what no page can show: control characters, lone surrogates, overrides of direction and points
    that are no character. What is ready markup, and what is no text, stays as it is."""
    if not isinstance(value, str) or value.isprintable() or hasattr(value, "__html__"):
        return value
    return "".join("\ufffd" if _unseen(c) else c for c in value)


def _unseen(c: str) -> bool:
    if c in _BIDI:
        return True
    if c in "\n\t":
        return False
    return unicodedata.category(c) in ("Cc", "Cs") or (ord(c) & 0xFFFE) == 0xFFFE
