"""Which day of the week, month or year a series falls on: read, printed, found (docs/rules.md, section 6).

Holds no start and no end of a series. A day that a month does not have is that month's last day:
29 February falls on the 28th in common years. A fifth Friday that a month does not have is skipped
(RFC 5545, 3.3.10, BYDAY=5FR).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.rules.durations import Duration
from tracker.rules.words import MONTH_NAMES, month_number, ordinal, ordinal_number

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LAST = -1
_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY_OF_YEAR = (
    re.compile(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)? (?:of )?([^\W\d_]+)\.?"),
    re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?"),
)
_DAY_OF_MONTH = re.compile(r"(?:the )?(?:day )?([0-9]{1,2})")
_IN_MONTH = re.compile(r"(?:the )?(\S+?)(?: (day|[a-z]+day))?(?: of ([^\W\d_]+))?")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The day of a period: ``day`` 1..31 or LAST, or the ``place``-th (or LAST) ``weekday`` 0..6.

    ``month`` 1..12 is given for yearly series, ``weekday`` alone for weekly ones.
    """

    day: int | None = None
    weekday: int | None = None
    place: int | None = None
    month: int | None = None

    def fits(self, step: Duration) -> bool:
        """Whether a series of this step can fall on such a day."""
        if step.days or (step.weeks and (step.years or step.months)):
            return False
        weekly = self.weekday is not None and self.place is None
        if step.weeks or weekly:
            return bool(step.weeks) and weekly
        return (self.month is not None) == (step.months % 12 == 0)

    def days(self, step: Duration, start: date) -> Iterator[date]:
        """The first such day on or after ``start``, then one each ``step``; ends with year 9999."""
        if step.weeks:
            yield from self._weekly(step.weeks, start)
            return
        months = 12 * step.years + step.months
        index = 12 * start.year + (self.month or start.month) - 1
        found = False
        while index < 12 * 10_000:
            day = self._in_month(*divmod(index, 12))
            if day and day >= start:
                found = True
                yield day
            index += months if found else 12 if self.month else 1

    def _weekly(self, weeks: int, start: date) -> Iterator[date]:
        ahead = ((self.weekday or 0) - start.weekday()) % 7
        while (date.max - start).days >= ahead:
            yield start + timedelta(days=ahead)
            ahead += 7 * weeks

    def _in_month(self, year: int, month0: int) -> date | None:
        first, length = monthrange(year, month0 + 1)
        if self.weekday is None:
            day = length if self.day == LAST else min(self.day or 1, length)
        elif self.place == LAST:
            day = length - (first + length - 1 - self.weekday) % 7
        else:
            day = 1 + (self.weekday - first) % 7 + 7 * ((self.place or 1) - 1)
        return date(year, month0 + 1, day) if day <= length else None

    def __str__(self) -> str:
        if self.weekday is not None:
            name = WEEKDAYS[self.weekday]
            words = f"the {_PLACES[self.place]} {name}" if self.place else name
        elif self.day == LAST:
            words = "the last day"
        elif self.month:
            return f"{self.day} {MONTH_NAMES[self.month - 1]}"
        else:
            words = f"the {ordinal(self.day or 1)}"
        return f"{words} of {MONTH_NAMES[self.month - 1]}" if self.month else words


def parse_pattern(words: str) -> Pattern | None:
    """A pattern from folded words: ``31 march``, ``the 15th``, ``15``, ``the last friday``, ``monday``.

    None where the words are no pattern, or name a day that no such month has.
    """
    for form, (day_at, month_at) in zip(_DAY_OF_YEAR, ((1, 2), (2, 1)), strict=True):
        found = form.fullmatch(words)
        month = month_number(found[month_at]) if found else None
        if found and month:
            day = int(found[day_at])
            return Pattern(day=day, month=month) if 1 <= day <= _LENGTHS[month - 1] else None
    if words in _WEEKDAY_OF:
        return Pattern(weekday=_WEEKDAY_OF[words])
    if bare := _DAY_OF_MONTH.fullmatch(words):
        return Pattern(day=int(bare[1])) if 1 <= int(bare[1]) <= 31 else None
    found = _IN_MONTH.fullmatch(words)
    if not found:
        return None
    month = month_number(found[3]) if found[3] else None
    place = LAST if found[1] == "last" else ordinal_number(found[1])
    if place is None or (found[3] and not month):
        return None
    if found[2] in (None, "day"):
        longest = _LENGTHS[month - 1] if month else 31
        known = place <= longest and not (place == LAST and found[2] is None)
        return Pattern(day=place, month=month) if known else None
    weekday = _WEEKDAY_OF.get(found[2])
    known = weekday is not None and place in _PLACES
    return Pattern(weekday=weekday, place=place, month=month) if known else None


_WEEKDAY_OF = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}
