"""Which field a column's heading names, in English, Spanish, French or Portuguese, however it is written.

The words stand in ``db/reference/headings.csv`` and, for the template's own headings, in ``columns.csv``. Case,
accents, hyphens, line breaks, underscores and joinedWords are disregarded; like ones are found with rapidfuzz.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from tracker import paths
from tracker.exchange.register.sheet import tidy
from tracker.models.keys import fold

ALIASES = {
    "party": "parties",
    "partner": "parties",
    "country": "countries",
    "scope": "scopes",
    "language": "languages",
    "obligation": "obligations",
    "obligation_due": "due",
    "document": "documents",
    "link": "documents",
    "contact": "contacts",
    "figure": "figures",
    "note": "notes",
    "party_acronym": "acronym",
    "entry_into_force": "in_force",
    "reference_other": "notes",
    "place": "notes",
}
"""Other names by which a field may be called."""

_NOISE = frozenset(
    re.findall(
        r"\w+",
        "a al an da das de del do dos du el en et for in la las le les los o of on the to y e with"
        " agreement agreements mou mous convenio convenios conv contrato contract convention acuerdo accord acordo"
        " project proyecto projet instrument instrumento memorandum treaty tratado",
    )
)


@cache
def fields() -> tuple[str, ...]:
    """The fields that a column can be mapped to, ``notes`` among them; ``number`` is a row number, kept nowhere."""
    return (*(name for name in _spellings() if name != "name"),)


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with (paths.REFERENCE / "headings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["field"]] = row["headings"].split("|")
    with (paths.REFERENCE / "columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = ALIASES.get(row["field"], row["field"])
            found.setdefault(name, []).extend(fold(row[lang]) for lang in ("en", "es", "fr", "pt"))
    return {name: tuple(dict.fromkeys([name.replace("_", " "), *words])) for name, words in found.items()}


@cache
def _by_spelling() -> dict[str, str]:
    """The field of each spelling; where two have it, the one that lists it first keeps it."""
    found: dict[str, str] = {}
    for name, words in _spellings().items():
        for word in words:
            found.setdefault(fold(word), name)
    return found


@cache
def _by_core() -> dict[str, str]:
    """As ``_by_spelling`` without the words that any heading of a register may have."""
    found: dict[str, str] = {}
    for word, name in _by_spelling().items():
        if core := _core(word):
            found.setdefault(core, name)
    return found


@cache
def field_named(heading: str) -> tuple[str | None, int]:
    """The field that a heading names, and how sure that is (0 to 100); None where nothing is like it."""
    spellings = variants(heading)
    for spelling in spellings:
        if spelling in _by_spelling():
            return _by_spelling()[spelling], 100
    for spelling in spellings:
        if (core := _core(spelling)) in _by_core():
            return _by_core()[core], 92
    return _most_like(spellings)


def _most_like(spellings: list[str]) -> tuple[str | None, int]:
    from rapidfuzz import fuzz, process

    best: tuple[str | None, int] = (None, 0)
    for spelling in spellings:
        if len(spelling) < 5:
            continue
        found = process.extractOne(spelling, _by_spelling().keys(), scorer=fuzz.ratio, score_cutoff=90)
        if found and found[1] * 0.9 > best[1]:
            best = (_by_spelling()[found[0]], int(found[1] * 0.9))
    if best[0] is None:
        words = set(spellings[0].split()) if spellings else set()
        for known, name in _by_spelling().items():
            tokens = known.split()
            share = len(tokens) / max(len(words), 1)
            if len(known) >= 5 and set(tokens) <= words and 40 + 30 * share > best[1]:
                best = (name, int(40 + 30 * share))
    return best


def variants(heading: str) -> list[str]:
    """The heading folded in each way it may be meant: hyphens inside a word or between two, brackets left out."""
    text = tidy(heading).replace("\n", " ")
    text = re.sub(r"\b[Nn][º°o]\.?(?=\s|$)|№|#", " no ", text)
    if " " not in text:
        text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    joined = re.sub(r"(?<=\w)-\s?(?=\w)", "", text)
    bare = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", text)
    spellings = [fold(spelling.replace("_", " ")) for spelling in (text, joined, bare)]
    return [spelling for spelling in dict.fromkeys(spellings) if spelling]


def field_called(name: str) -> str | None:
    """The field with this name or alias, as an officer writes it in ``--map``; None where there is none."""
    key = "_".join(fold(name).split())
    key = ALIASES.get(key, key)
    return key if key in fields() else None


def _core(spelling: str) -> str:
    return " ".join(word for word in spelling.split() if word not in _NOISE)
