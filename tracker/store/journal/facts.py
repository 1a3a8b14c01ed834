"""What of a change is a fact that somebody recorded, and what only follows from facts and is derived anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DERIVED_TABLES = frozenset({"standing", "term", "milestone"})
MEMORY_TABLES = frozenset({"calendar_entry", "calendar_given"})
"""What the program remembers of its own exports: no fact that somebody recorded, and nothing to take back."""
READ_TABLES = frozenset({"kept_file", "file_page", "file_clause"})
"""What was read of kept files: it follows from their content, whichever documents name it, so undoing leaves it."""
DERIVED_COLUMNS: Mapping[str, frozenset[str]] = {
    "agreement": frozenset({"signed_text", "in_force_text", "in_force_on", "last_day", "derived_until"}),
    "participation": frozenset({"in_force_text"}),
    "obligation": frozenset({"waits_for"}),
    "occurrence": frozenset({"due_on", "warn_on", "because"}),
}
SETTLED = ("done_text", "waived_text")
"""Columns of an occurrence that make it a fact: fulfilled, or waived."""

GIVEN = "reference"
"""The table of references, which are never given back."""


def is_fact(table: str, operation: str, payload: Mapping[str, Any]) -> bool:
    """Whether a change recorded, altered or removed a fact (references given are none: they stay for ever)."""
    if table in DERIVED_TABLES | MEMORY_TABLES | READ_TABLES or table == GIVEN:
        return False
    if operation == "update":
        return not payload.keys() <= DERIVED_COLUMNS.get(table, frozenset())
    return table != "occurrence" or any(payload.get(name) is not None for name in SETTLED)
