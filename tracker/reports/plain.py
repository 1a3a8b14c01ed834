"""Text without what no page can show, and where the templates lie. Loads nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"

_CONTROLS, _LONE, _TURNS = r"\x00-\x08\x0b-\x1f\x7f-\x9f", r"\ud800-\udfff", r"\u202a-\u202e\u2066-\u2069"
_NONE = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSEEN = re.compile(f"[{_CONTROLS}{_LONE}{_TURNS}{_NONE}]")


def visible(value: Any) -> Any:
    """Text without what no page can show: control characters, lone surrogates, overrides of direction and points
    that are no character. What is ready markup, and what is no text, stays as it is."""
    if not isinstance(value, str) or value.isprintable() or hasattr(value, "__html__"):
        return value
    return _UNSEEN.sub("\ufffd", value)
