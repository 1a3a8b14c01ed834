"""The fields that a Word template may use, for each report: read from the frozen values themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tracker.reports.document import Document

CLASSES = {
    "agreement": ("factsheet", "AgreementReport"),
    "portfolio": ("portfolio", "PortfolioReport"),
    "obligations": ("obligations", "ObligationsReport"),
    "activities": ("activities", "ActivitiesReport"),
    "handover": ("handover", "HandoverReport"),
}
HEAD = {
    "title": "the title",
    "eyebrow": "what the report is, above the title",
    "lead": "a line under the title",
    "ref": "the agreement's reference, for a fact sheet",
    "status": "the status in words, for a fact sheet",
    "marking": "internal or confidential; empty for what is public",
    "day": "the day of the report, as in 2026-11-24",
    "journal": "the head of the journal, COUNT:HASH",
    "as_of": "of which day the report is, and what made it",
    "foot": "what stands at the foot of every page",
    "notices[]": "what the report is limited to, and what was left out of it",
    "facts[].label": "a fact at the head: its label,",
    "facts[].value": "its value in words,",
    "facts[].below": "and a line below it",
    "facts_table": "all facts as a table: {{p facts_table }} in a paragraph of its own",
    "status_label": "the status, coloured: {{ status_label }}",
    "sections[].heading": "the heading of a section,",
    "sections[].blocks[]": "and its tables, charts and paragraphs: {{p block }} in a paragraph of its own",
}
"""Fields that every report has; the others are of ``report``, its own values as they are recorded."""


def head_of(document: Document) -> dict[str, Any]:
    """The values of HEAD that are text."""
    return {
        "title": document.title,
        "eyebrow": document.eyebrow,
        "lead": document.lead,
        "ref": document.ref,
        "status": document.status.words if document.status else "",
        "marking": document.marking,
        "day": document.day.isoformat(),
        "journal": document.journal,
        "as_of": document.as_of,
        "foot": document.foot,
        "notices": list(document.notices),
    }


def facts_of(document: Document) -> list[dict[str, str]]:
    """The facts at the head as texts."""
    return [{"label": fact.label, "value": fact.value.words, "below": fact.below} for fact in document.facts]


def listed(name: str) -> Iterator[tuple[str, str]]:
    """Every field of a report with what it is, in the order in which it is declared."""
    yield from HEAD.items()
    module, class_ = CLASSES[name]
    yield from _fields("report", getattr(import_module(f"tracker.reports.{module}"), class_), 0)


def _fields(path: str, class_: type, depth: int) -> Iterator[tuple[str, str]]:
    hints = get_type_hints(class_)
    names = [field.name for field in fields(class_)]
    names += [key for key, value in vars(class_).items() if isinstance(value, property)]
    for key in names:
        hint = hints[key] if key in hints else get_type_hints(getattr(class_, key).fget)["return"]
        yield from _field(f"{path}.{key}", hint, depth)


def _field(path: str, hint: Any, depth: int) -> Iterator[tuple[str, str]]:
    parts = [part for part in get_args(hint) if part is not type(None)]
    if isinstance(hint, UnionType):
        maybe = type(None) in get_args(hint)
        for at, (name, words) in enumerate(_field(path, parts[0], depth)):
            yield name, f"{words}, or none" if maybe and at == 0 else words
    elif get_origin(hint) is tuple and len(parts) == 2 and parts[1] is Ellipsis:
        yield from _field(f"{path}[]", parts[0], depth)
    elif get_origin(hint) is tuple:
        for place, part in enumerate(parts):
            yield from _field(f"{path}[{place}]", part, depth)
    elif is_dataclass(hint) and isinstance(hint, type):
        yield path, (hint.__doc__ or "").split(".")[0].split(";")[0].replace("\n", " ").strip().lower()
        if depth < 3:
            yield from _fields(path, hint, depth + 1)
    else:
        yield path, _TYPES.get(getattr(hint, "__name__", ""), "values by name")


_TYPES = {"str": "text", "int": "number", "bool": "true or false", "date": "day", "float": "number", "NoneType": "none"}
