"""Begins a listing with the few agreements that its rarest filter leaves, where they are few.

A query read along the index of its order gives its first rows at once when many rows pass its filters, and looks at
every row when hardly one does. Which of the two it is, is asked before: counted up to a bound, never further.
"""

from __future__ import annotations

import json
from typing import Any

from tracker.store.reader import Rows

MOST = 2_000
"""Agreements that are still few."""

_FILTERS = ("party", "responsible", "status", "scope", "country")


def few(rows: Rows, **values: Any) -> str | None:
    """The ids of the agreements that the rarest of the filters leaves, as JSON; None where each leaves over MOST.

    ``values`` are those of a listing's query. Every filter stays a condition of the query: this only says where to
    begin.
    """
    if values.get("agreement") is not None:
        return None
    best: list[int] | None = None
    for name in _FILTERS:
        if values.get(name) is None:
            continue
        found = [row["id"] for row in rows.rows(f"few_of_{name}", **values, most=MOST + 1)]
        if len(found) <= MOST and (best is None or len(found) < len(best)):
            best = found
    return None if best is None else json.dumps(sorted(set(best)))
