"""The geometry of timelines: days laid on an axis from 0 to 1000 as bars, marks and ticks. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.reports import phrases
from tracker.reports.document import Bar, Line, Timeline
from tracker.reports.words import _

WHOLE = 1000.0
"""Length of every axis; each format stretches it to its page."""

_BREAK = ((0.0, 0.4), (0.5, 0.25), (0.8, 0.1))
"""How a bar breaks up where its end is open: places and widths of its pieces, in parts of the break."""

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from ``first`` to ``last`` laid from 0 to WHOLE."""

    first: date
    last: date

    @classmethod
    def over(cls, known: Iterable[date], day: date) -> Axis:
        """An axis that holds every known day and ``day``, with room at both ends."""
        days = [*known, day]
        first, last = min(days), max(days)
        room = max(180, (last - first).days // 14)
        ordinals = (max(1, first.toordinal() - room), min(date.max.toordinal(), last.toordinal() + room))
        return cls(date.fromordinal(ordinals[0]), date.fromordinal(ordinals[1]))

    def at(self, day: date) -> float:
        """Where a day begins, kept within the axis."""
        part = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(WHOLE * min(1.0, max(0.0, part)), 1)

    def ticks(self, most: int = 7) -> tuple[tuple[float, str], ...]:
        """First days of years, at most so many, none at the very edge."""
        years = range(self.first.year + 1, self.last.year + 1)
        step = next((step for step in _STEPS if len(years) / step <= most), 1000)
        placed = ((self.at(date(year, 1, 1)), f"{year:04}") for year in years if year % step == 0)
        return tuple((x, words) for x, words in placed if 30 <= x <= WHOLE - 30)

    def bar(self, from_day: str | None, to_day: str | None, look: str, title: str, text: str = "") -> Bar:
        """A bar over both days; an end that is None is open and breaks up at the edge."""
        broken = WHOLE * 0.05
        start = self.at(date.fromisoformat(from_day)) if from_day else broken
        end = self.at(date.fromisoformat(to_day)) if to_day else WHOLE - broken
        start = min(start, end)
        pieces = []
        for place, width in _BREAK:
            if not to_day:
                pieces.append((round(end + broken * (place + 0.1), 1), round(broken * width, 1)))
            if not from_day:
                pieces.append((round(start - broken * (place + 0.1 + width), 1), round(broken * width, 1)))
        return Bar(start, round(max(2.0, end - start), 1), look, title, text, tuple(pieces), from_day, to_day)


def days_of(spans: Iterable[tuple[str | None, str | None]]) -> list[date]:
    """The days known among the ends of spans."""
    return [date.fromisoformat(day) for span in spans for day in span if day]


def timeline(name: str, of: str, lines: Iterable[Line], axis: Axis, day: date, caption: str) -> Timeline:
    """A timeline of these lines on ``axis`` as seen on ``day``."""
    words = _("day of report")
    return Timeline(name, of, tuple(lines), axis.ticks(), axis.at(day), words, caption)


def of_spans(
    name: str, of: str, items: Iterable[tuple[str, str, str, str | None, str | None, str]], day: date, caption: str
) -> Timeline:
    """A timeline with a row for each item: label, title, what follows after the end, first and last day, look."""
    held = list(items)
    axis = Axis.over(days_of(item[3:5] for item in held), day)
    lines = (
        Line(
            label,
            phrases.joined([title, phrases.span(first, last, brief=True), then]),
            (axis.bar(first, last, look, phrases.span(first, last)),),
        )
        for label, title, then, first, last, look in held
    )
    return timeline(name, of, lines, axis, day, caption)
