"""Text that a spreadsheet program cannot take for a formula."""

from __future__ import annotations

from typing import Any

_STARTS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "＝", "＋", "－", "＠")


def spreadsheet_safe(value: Any) -> Any:
    """The value, with an apostrophe before text that would begin a formula; numbers and dates stay."""
    if not isinstance(value, str) or value[:1].isalnum() or not value.lstrip(" '\"").startswith(_STARTS):
        return value
    try:
        float(value)
    except ValueError:
        return f"'{value}"
    return value


def text_of_cell(value: str) -> str:
    """The text that ``spreadsheet_safe`` made this cell of: without the apostrophe it put there, and no other."""
    return value[1:] if value.startswith("'") and spreadsheet_safe(value[1:]) == value else value
