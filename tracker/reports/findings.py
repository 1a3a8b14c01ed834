"""What the quality checks found, in the words of the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.reports import codes, phrases, reasons
from tracker.reports.words import _, ngettext
from tracker.rules.quality.finding import Finding as Found

_SAID: dict[str, Callable[[Any], str]] = {
    "day": phrases.day,
    "before": phrases.day,
    "since": phrases.day,
    "kind": codes.code,
    "status": codes.code,
    "state": codes.code,
    "event": codes.happened,
    "waits": reasons.waits,
}
"""Values of findings that are days and codes as they are recorded, by their place; others are told by their type."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the quality checks found."""

    code: str
    severity: str
    title: str
    ref: str
    what: str
    mend: str

    @classmethod
    def of(cls, found: Found) -> Finding:
        check = found.check
        return cls(check.code, check.severity, _(check.title), found.ref, _what(found), _(check.mend))


def _what(finding: Found) -> str:
    found = finding.found
    values = {place: _said(place, value) for place, value in found.values.items()}
    if found.one:
        return ngettext(found.one, found.message, int(found.values["n"])).format(**values)
    return _(found.message).format(**values)


def _said(place: str, value: Any) -> str:
    if isinstance(value, date):
        return phrases.day(value.isoformat())
    if isinstance(value, int):
        return phrases.count(value)
    if isinstance(value, list):
        return phrases.listed([phrases.day(item) if place == "days" else str(item) for item in value])
    return _SAID[place](value) if place in _SAID and value is not None else str(value)
