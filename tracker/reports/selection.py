"""Which agreements a report is of: those the filters leave, without the confidential ones unless they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.store.reader import Row, Rows

OF_AGREEMENTS = ("kind", "status", "country", "agreement", "few")
"""Filters that choose agreements in every report; the others choose what a report is of, as its listing does."""

BEGINNINGS = ("agreement", "country", "few")
"""Those of them that every listing has: it begins with the agreements they leave."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Agreements of a day by reference; ``left_out`` are the references of confidential ones left out."""

    rows: tuple[Row, ...]
    refs: frozenset[str]
    left_out: frozenset[str]


def select(rows: Rows, day: date, values: Mapping[str, Any], *, include_confidential: bool) -> Selection:
    """The agreements that ``values`` of the query ``agreements`` leave on ``day``."""
    found = rows.rows("agreements", **{**values, "day": day.isoformat()})
    hidden = frozenset(
        row["ref"] for row in found if row["confidentiality"] == "confidential" and not include_confidential
    )
    shown = tuple(row for row in found if row["ref"] not in hidden)
    return Selection(shown, frozenset(row["ref"] for row in shown), hidden)


def of_agreements(values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the filters' values that choose agreements."""
    return {key: values[key] for key in OF_AGREEMENTS if values.get(key) is not None}
