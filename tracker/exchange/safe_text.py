"""Text that a spreadsheet program cannot take for a formula."""

from __future__ import annotations

from typing import Any

_STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "＝", "＋", "－", "＠")


def spreadsheet_safe(value: Any) -> Any:
    """The value, with an apostrophe before text that would begin a formula; numbers and dates stay."""
    if not isinstance(value, str) or not value.lstrip(" '\"").startswith(_STARTS):
        return value
    try:
        float(value)
    except ValueError:
        return f"'{value}"
    return value
