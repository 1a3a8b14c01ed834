"""Dates as written, with both bounds, and how they are read (docs/rules.md, section 4). Holds no durations, no
clock.

Two readers: ``parse_date`` takes the four forms of a record file and nothing else; ``read_date``
takes also what people type on the command line. Neither ever guesses: ``03/04/2017`` is refused
with both readings. Imported by reading commands, therefore standard library only.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tracker.errors import BadInput
from tracker.rules.words import MONTH_NAMES, fold, month_number

FORMS = "YYYY-MM-DD, YYYY-MM, YYYY or unknown"
_WORD_FORMS = f"{FORMS}; or today, +30d, -2w, +3m, +1y, eom, eoq, eoy, 18 May 2017, May 2017"
_LONGEST = 60
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
"""By the length of a date's text."""
_STRICT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_OFFSET = re.compile(r"([+-])([0-9]{1,5})([dwmy])")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|ro|re|o|º|°)?")
_FILLERS = frozenset(["de", "del", "of", "the", "le", "el", "du", "do", "da", "em", "en", "on"])


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written, with the first and last day it can mean, both included.

    ``text`` is ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or ``unknown`` (then both bounds are None). A
    derived date known only as a range that is none of these reads ``LOWER..UPPER``; no reader takes
    that. Sorts by lower, then upper bound; unknown before everything.
    """

    text: str
    lower: date | None
    upper: date | None

    @classmethod
    def of(cls, day: date) -> WrittenDate:
        """A date known to the day."""
        return cls(day.isoformat(), day, day)

    @classmethod
    def between(cls, lower: date, upper: date) -> WrittenDate:
        """What is known to lie from ``lower`` to ``upper``, both included, in its shortest text."""
        if lower == upper:
            return cls.of(lower)
        year, month = f"{lower.year:04}", f"{lower.year:04}-{lower.month:02}"
        for text in (year, month):
            written = parse_date(text)
            if (written.lower, written.upper) == (lower, upper):
                return written
        return cls(f"{lower}..{upper}", lower, upper)

    @property
    def precision(self) -> str:
        """``day``, ``month``, ``year``, ``unknown``; ``range`` for a derived range."""
        if not self.lower:
            return "unknown"
        return _PRECISIONS.get(len(self.text), "range")

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: WrittenDate) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[bool, date, date]:
        return self.lower is not None, self.lower or date.min, self.upper or date.min


UNKNOWN = WrittenDate("unknown", None, None)


@lru_cache(maxsize=4096)
def parse_date(text: str, field: str = "date") -> WrittenDate:
    """The date a record file gives, in the strict forms only (docs/rules.md, section 4).

    ``field`` names the value in the error. Raises BadInput for anything else, saying what to write.
    """
    _refuse_unreadable(text, field, FORMS)
    if text == "unknown":
        return UNKNOWN
    found = _STRICT.fullmatch(text)
    if not found:
        raise _not_a_date(text, field, FORMS)
    year, month, day = (int(part) if part else None for part in found.groups())
    return _written(year or 0, month, day, text, field)


def read_date(text: str, today: date, field: str = "date") -> WrittenDate:
    """The date somebody typed: the strict forms, days relative to ``today``, dates in words
    (docs/rules.md, section 4).

    Words are English, Spanish, French or Portuguese, without regard to case and accents. Raises
    BadInput for anything else; what could mean two days is named with both readings, never guessed.
    """
    _refuse_unreadable(text, field, _WORD_FORMS)
    folded = fold(text)
    if folded == "unknown":
        return UNKNOWN
    try:
        day = _relative(folded, today)
    except BadInput:
        raise BadInput(field, text, "is too far away: years run from 0001 to 9999") from None
    if day:
        return WrittenDate.of(day)
    if any(sign.isalpha() for sign in folded):
        return _in_words(text, folded, today, field)
    return parse_date(text, field)


def add_days(day: date, days: int) -> date:
    """The day ``days`` later (earlier where negative). BadInput outside the years 0001 to 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise _past_the_calendar(day, f"{days:+} days") from None


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later (earlier where negative), clamped to the month's
    end.

    31 January + 1 month is 28 or 29 February. Repeated steps must count from the first anchor
    (docs/rules.md, section 4): ``add_months(anchor, 2 * n)``, never ``add_months(add_months(anchor, n), n)``.
    BadInput outside the years 0001 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise _past_the_calendar(day, f"{months:+} months")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monthly(day: date, months: int) -> Iterator[date]:
    """``day`` and the days 1, 2, 3 ... times ``months`` after it, up to the year 9999: each as ``add_months`` gives it.

    ``months`` is at least 1.
    """
    on, first = day.day, day.year * 12 + day.month - 1
    for place in range(first, 10_000 * 12, months):
        year, month = divmod(place, 12)
        month += 1
        yield date(year, month, on if on <= 28 else min(on, monthrange(year, month)[1]))


def end_of(day: date, unit: str) -> date:
    """The last day of the ``month``, ``quarter`` or ``year`` (calendar) that ``day`` lies in."""
    month = {"month": day.month, "quarter": (day.month + 2) // 3 * 3, "year": 12}[unit]
    return date(day.year, month, monthrange(day.year, month)[1])


def _past_the_calendar(day: date, step: str) -> BadInput:
    return BadInput("date", f"{day} {step}", "leaves the calendar: years run from 0001 to 9999")


def _refuse_unreadable(text: str, field: str, forms: str) -> None:
    """What no form of date can be: empty, padded, over-long, or with digits other than 0-9."""
    if not text.strip():
        raise BadInput(field, text, f"is empty: write {forms}")
    if text != text.strip():
        raise BadInput(field, text, "has spaces around it: write it without")
    if len(text) > _LONGEST:
        raise BadInput(field, text, f"is too long for a date: write {forms}")
    if any(sign.isdigit() and not sign.isascii() for sign in text):
        raise BadInput(field, text, "has digits other than 0 to 9: write them as 0 to 9")


def _written(year: int, month: int | None, day: int | None, text: str, field: str) -> WrittenDate:
    """The date of these numbers, or BadInput saying which of them the calendar does not have."""
    if not 1 <= year <= 9999:
        raise BadInput(field, text, "is not a date: years run from 0001 to 9999")
    if month is None:
        return WrittenDate(f"{year:04}", date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        raise BadInput(field, text, "is not a date: months run from 01 to 12")
    last = monthrange(year, month)[1]
    if day is None:
        return WrittenDate(f"{year:04}-{month:02}", date(year, month, 1), date(year, month, last))
    if not 1 <= day <= last:
        has = f"{MONTH_NAMES[month - 1]} {year} has {last} days"
        raise BadInput(
            field,
            text,
            f"is not a date: {has}",
            f"the nearest is {year:04}-{month:02}-{min(max(day, 1), last):02}",
        )
    return WrittenDate.of(date(year, month, day))


def _relative(word: str, today: date) -> date | None:
    """The day that ``today``, ``+30d`` or ``eom`` means on ``today``; None when it is none of
    these.
    """
    if word in ("today", "yesterday", "tomorrow"):
        return add_days(today, {"today": 0, "yesterday": -1, "tomorrow": 1}[word])
    if word in ("eom", "eoq", "eoy"):
        return end_of(today, {"m": "month", "q": "quarter", "y": "year"}[word[2]])
    found = _OFFSET.fullmatch(word)
    if not found:
        return None
    count, unit = int(found[1] + found[2]), found[3]
    if unit in "dw":
        return add_days(today, count * (7 if unit == "w" else 1))
    return add_months(today, count * (12 if unit == "y" else 1))


def _in_words(text: str, folded: str, today: date, field: str) -> WrittenDate:
    """A date with the month in words: day month year, month day year, or month year."""
    words = [word for word in re.split(r"[\s,]+", folded) if word and word not in _FILLERS]
    names = [month_number(word) for word in words]
    at = next((place for place, name in enumerate(names) if name), None)
    if at is None or len(words) > 3:
        raise _not_a_date(text, field, _WORD_FORMS)
    month, others = names[at], words[:at] + words[at + 1 :]
    day, year = ("1", others[0]) if len(others) == 1 else [*others, "", ""][:2]
    found = _DAY.fullmatch("1" if day in ("primero", "premier", "primeiro") else day)
    if not re.fullmatch("[0-9]{4}", year) or not found or at > len(others) - 1:
        raise BadInput(
            field,
            text,
            "is not a date: a date in words has a year of four digits",
            _without_year(others, month or 0, today),
        )
    return _written(int(year), month, int(found[1]) if len(others) == 2 else None, text, field)


def _without_year(others: list[str], month: int, today: date) -> str | None:
    """Both readings of ``May 17``: a day of this year, or a month of a year written short."""
    if len(others) != 1 or not re.fullmatch("[0-9]{1,2}", others[0]):
        return None
    name, number = MONTH_NAMES[month - 1], int(others[0])
    return f"write {number} {name} {today.year} or {name} {today.year // 100}{number:02}"


def _not_a_date(text: str, field: str, forms: str) -> BadInput:
    """The error for a text in no form taken: with its readings, where the calendar has any."""
    readings = [text for text in dict.fromkeys(_readings(text)) if _is_date(text)]
    if len(readings) == 2:
        return BadInput(field, text, f"can mean two days: write {' or '.join(readings)}")
    if readings:
        return BadInput(field, text, f"is not written as a date is here: write {readings[0]}")
    if re.match("0000|[0-9]{5,}-", text):
        return BadInput(field, text, "is not a date: years run from 0001 to 9999")
    return BadInput(field, text, f"is not a date: write {forms}")


def _readings(text: str) -> list[str]:
    """How a text in a form not taken could be meant, whether the calendar has it or not."""
    if found := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text):
        first, second, year = found.groups()
        return [f"{year}-{second:0>2}-{first:0>2}", f"{year}-{first:0>2}-{second:0>2}"]
    if found := re.fullmatch(r"([0-9]{4})[-/.]?([0-9]{1,2})[-/.]?([0-9]{1,2})(?:[Tt ][0-9:.,Zz+-]*)?", text):
        return [f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"]
    if found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})", text):
        return [f"{found[1]}-{found[2]:0>2}"]
    if found := re.fullmatch(r"([0-9]{4})-?[Ww]([0-9]{2})-?([1-7])", text):
        with suppress(ValueError):
            year, week, day = (int(part) for part in found.groups())
            return [date.fromisocalendar(year, week, day).isoformat()]
    return []


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except BadInput:
        return False
    return True
