"""Lengths of time and periods of notice: read, printed, counted (docs/rules.md, section 4 and 5). Holds no anchors.

A duration is kept in the units it was written in, for months and days do not convert. Adding months
clamps to the month's end; repeated steps count from the first anchor (``times``), never from a
clamped day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.errors import BadInput
from tracker.rules.dates import add_days, add_months, end_of
from tracker.rules.words import fold, number_word, plural

FORMS = "a duration such as 3 years, 6 months, 90 days, 1 year and 6 months, P3Y or P90D"
_LONGEST = 80
_MOST = {"years": 999, "months": 9_999, "weeks": 9_999, "days": 99_999}
"""How much of each unit is a length of time that somebody may have agreed on; grants run for 1095 days."""
_ISO = re.compile(r"p(?:([0-9]+)y)?(?:([0-9]+)m)?(?:([0-9]+)w)?(?:([0-9]+)d)?")
_UNITS = {
    "years": "year years ano anos an ans annee annees",
    "months": "month months mes meses mois",
    "weeks": "week weeks semana semanas semaine semaines",
    "days": "day days dia dias jour jours",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_TO_END = re.compile(r"(.+?),? to (?:the )?end of (?:a |an |the |any )?(?:calendar )?(month|quarter|year)")


@dataclass(frozen=True, slots=True)
class Duration:
    """So many years, months, weeks and days. ``str`` gives words that parse to the same value."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """The day this long after ``day``: months first, clamped, then days. BadInput past 9999."""
        months = add_months(day, 12 * self.years + self.months)
        return add_days(months, 7 * self.weeks + self.days)

    def before(self, day: date) -> date:
        """The day this long before ``day``: months first, clamped, then days. BadInput before 1."""
        months = add_months(day, -12 * self.years - self.months)
        return add_days(months, -7 * self.weeks - self.days)

    def times(self, count: int) -> Duration:
        """This duration ``count`` times over, to be counted from the first anchor."""
        return Duration(self.years * count, self.months * count, self.weeks * count, self.days * count)

    def __add__(self, other: Duration) -> Duration:
        return Duration(
            self.years + other.years,
            self.months + other.months,
            self.weeks + other.weeks,
            self.days + other.days,
        )

    def __str__(self) -> str:
        parts = [
            plural(count, unit)
            for count, unit in (
                (self.years, "year"),
                (self.months, "month"),
                (self.weeks, "week"),
                (self.days, "day"),
            )
            if count
        ]
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


@dataclass(frozen=True, slots=True)
class Notice:
    """A period of notice; ``to_end_of`` is ``month``, ``quarter`` or ``year`` of the calendar."""

    duration: Duration
    to_end_of: str | None = None

    def runs_out(self, given: date) -> date:
        """The first day on which the agreement no longer binds, for notice given on ``given``.

        90 days given on 2018-03-01: 2018-05-30. ``3 months to the end of a month`` given on
        2018-03-15 run out on 2018-06-15, so 2018-06-30 is the last day: 2018-07-01 (docs/rules.md, section 5).
        """
        day = self.duration.after(given)
        return add_days(end_of(day, self.to_end_of), 1) if self.to_end_of else day

    def __str__(self) -> str:
        end = f" to the end of a {self.to_end_of}" if self.to_end_of else ""
        return f"{self.duration}{end}"


@lru_cache(maxsize=1024)
def parse_duration(text: str, field: str = "duration") -> Duration:
    """A duration from ISO 8601 (``P1Y6M``) or words in English, Spanish, French or Portuguese.

    Numbers are digits or the words one to twelve. Zero, negative and more than 999 years, 9999 months
    or weeks, 99999 days are refused, as is everything else, with BadInput.
    """
    if len(text) > _LONGEST or not text.isprintable():
        raise BadInput(field, text, f"is not a duration: write {FORMS}")
    folded = fold(text.strip())
    found = _ISO.fullmatch(folded)
    counts = (
        dict(zip(_UNITS, (count or "0" for count in found.groups()), strict=True))
        if found and found.end() > 1
        else _counts_in_words(folded)
    )
    if counts is None:
        raise BadInput(field, text, f"is not a duration: write {FORMS}")
    for unit, count in counts.items():
        if len(count.lstrip("0")) > len(str(_MOST[unit])):
            raise BadInput(field, text, f"is too long: at most {_MOST[unit]} {unit}")
    numbers = {unit: int(count) for unit, count in counts.items()}
    if not any(numbers.values()):
        raise BadInput(field, text, f"is no time at all: write {FORMS}")
    return Duration(**numbers)


def parse_notice(text: str, field: str = "notice") -> Notice:
    """A period of notice: a duration, optionally ``to the end of a month|quarter|year`` (docs/rules.md,
    section 5).
    """
    if len(text) <= _LONGEST and (found := _TO_END.fullmatch(" ".join(fold(text).split()))):
        return Notice(parse_duration(found[1], field), found[2])
    try:
        return Notice(parse_duration(text, field))
    except BadInput as error:
        hint = "a notice may end: 3 months to the end of a month, of a quarter, of a year"
        raise BadInput(field, text, error.expected, hint) from None


def _counts_in_words(folded: str) -> dict[str, str] | None:
    """``{"years": "1", "months": "6"}`` for ``1 year and 6 months``; None when it is no duration."""
    words = [word for word in re.split(r"[\s,]+", folded) if word not in ("", "and", "y", "et", "e")]
    counts: dict[str, str] = {}
    for number, word in zip(words[::2], words[1::2], strict=False):
        unit = _UNIT_OF.get(word)
        digits = number if number.isascii() and number.isdigit() else str(number_word(number) or "")
        if unit is None or unit in counts or not digits:
            return None
        counts[unit] = digits
    return counts if counts and len(words) % 2 == 0 else None
