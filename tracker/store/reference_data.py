"""The code lists of ``db/reference`` as plain values; no database here."""

from __future__ import annotations

import csv
from functools import cache

from tracker import paths
from tracker.models.keys import fold


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a list of ``db/reference`` in its order: ``columns``, ``countries``, ``kinds``, ``renewals``,
    ``scopes``."""
    with (paths.REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def countries() -> dict[str, dict[str, str]]:
    """ISO 3166-1 codes with their names in English, Spanish and French (from the Unicode CLDR)."""
    return {row["code"]: row for row in table("countries")}


@cache
def languages() -> frozenset[str]:
    """ISO 639-1 codes (the two-letter codes of the Unicode CLDR that are not withdrawn)."""
    with (paths.REFERENCE / "languages.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


@cache
def codes_by_name() -> dict[str, str]:
    """The code of each country by its name in English, Spanish or French, folded."""
    return {fold(row[f"name_{lang}"]): code for code, row in countries().items() for lang in ("en", "es", "fr")}


def country_named(name: str) -> str | None:
    """The code of the country with this name in English, Spanish or French, case and accents aside; else None."""
    return codes_by_name().get(fold(name))


def scope_areas() -> list[dict[str, str]]:
    """The scope areas that come with the program, parents before their children."""
    with (paths.REFERENCE / "scopes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
