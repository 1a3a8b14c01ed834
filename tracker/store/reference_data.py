"""The code lists of ``db/reference`` as plain values; no database here."""

from __future__ import annotations

import csv
from functools import cache

from tracker import paths


@cache
def countries() -> dict[str, dict[str, str]]:
    """ISO 3166-1 codes with their names in English, Spanish and French (from the Unicode CLDR)."""
    with (paths.REFERENCE / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}
