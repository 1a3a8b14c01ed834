"""Recurrence rules of RFC 5545, checked here and expanded by python-dateutil (docs/rules.md, section 6).

Only rules by the day or slower, without DTSTART. dateutil searches a rule that never matches up to
the year 9999; the Gregorian calendar repeats every 400 years, so rules are expanded in its last
800 years, where such a search is short, and the days found are moved back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

from tracker.errors import BadInput
from tracker.rules.dates import WrittenDate

FORMS = "RRULE:FREQ=MONTHLY;BYDAY=1MO from 2017-09-01 (FREQ DAILY, WEEKLY, MONTHLY or YEARLY)"
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEKDAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_FORM_OF = {
    "FREQ": re.compile("|".join(_FREQUENCIES)),
    "INTERVAL": re.compile("[1-9][0-9]{0,2}"),
    "COUNT": re.compile("[1-9][0-9]{0,3}"),
    "UNTIL": re.compile("[0-9]{8}(?:T(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z?)?"),
    "BYMONTH": re.compile("[1-9]|1[0-2]"),
    "BYMONTHDAY": re.compile("[+-]?(?:[1-9]|[12][0-9]|3[01])"),
    "BYYEARDAY": re.compile("[+-]?(?:[1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])"),
    "BYWEEKNO": re.compile("[+-]?(?:[1-9]|[1-4][0-9]|5[0-3])"),
    "BYSETPOS": re.compile("[+-]?(?:[1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])"),
    "BYDAY": re.compile(f"(?:[+-]?(?:[1-9]|[1-4][0-9]|5[0-3]))?{_WEEKDAY}"),
    "WKST": re.compile(_WEEKDAY),
}
_LISTS = frozenset(key for key in _FORM_OF if key.startswith("BY"))


def parse_rrule(rule: str, text: str, field: str) -> str:
    """The rule in upper case, checked part by part (RFC 5545, 3.3.10). BadInput quotes ``text``.

    Due dates are days: of an ``UNTIL`` with a time of day the date counts, which is kept alone.
    """
    parts: dict[str, str] = {}
    for part in rule.upper().split(";"):
        key, _, value = part.partition("=")
        form = _FORM_OF.get(key)
        if form is None or key in parts:
            problem = "is given twice" if form else f"is none of {', '.join(_FORM_OF)}"
            raise BadInput(field, text, f"is no recurrence rule: {key[:20]!r} {problem}")
        if not all(form.fullmatch(one) for one in (value.split(",") if key in _LISTS else [value])):
            raise BadInput(field, text, f"is no recurrence rule: {key} cannot be {value[:20]!r}")
        parts[key] = value
    frequency = parts.get("FREQ")
    if not frequency:
        raise BadInput(field, text, f"is no recurrence rule: write {FORMS}")
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadInput(field, text, "is no recurrence rule: COUNT or UNTIL, not both")
    numbered = any(day[:1] in "+-123456789" for day in parts.get("BYDAY", "MO").split(","))
    if numbered and (frequency not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in parts):
        problem = "numbered weekdays need FREQ MONTHLY or YEARLY without BYWEEKNO"
        raise BadInput(field, text, f"is no recurrence rule: {problem}")
    if (
        ("BYWEEKNO" in parts and frequency != "YEARLY")
        or ("BYYEARDAY" in parts and frequency in ("DAILY", "WEEKLY", "MONTHLY"))
        or ("BYMONTHDAY" in parts and frequency == "WEEKLY")
        or ("BYSETPOS" in parts and parts.keys().isdisjoint(_LISTS - {"BYSETPOS"}))
    ):
        raise BadInput(field, text, f"is no recurrence rule: its parts do not fit FREQ={frequency}")
    if "UNTIL" in parts:
        _until(parts["UNTIL"], text, field)
        parts["UNTIL"] = parts["UNTIL"][:8]
    return ";".join(f"{key}={value}" for key, value in parts.items())


def rrule_days(rule: str, start: date) -> Iterator[date]:
    """The days of a checked rule from ``start`` on, in order, for at least 400 years."""
    from dateutil.rrule import rrulestr

    parts = dict(part.split("=") for part in rule.split(";"))
    until = _until(parts.pop("UNTIL"), rule, "due") if "UNTIL" in parts else date.max
    years = (9599 - start.year) // 400 * 400
    moved = datetime(start.year + years, start.month, start.day)
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    for found in rrulestr(text, dtstart=moved):
        if found.year - years > date.max.year:
            return
        day = found.date().replace(year=found.year - years)
        if day > until:
            return
        yield day


def rrule_until(rule: str) -> WrittenDate | None:
    """The last day of a checked rule that has an ``UNTIL``."""
    found = re.search("UNTIL=([0-9]{8})", rule)
    return WrittenDate.of(_until(found[1], rule, "due")) if found else None


def _until(value: str, text: str, field: str) -> date:
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError:
        raise BadInput(field, text, f"is no recurrence rule: UNTIL {value} is no date") from None
