"""The geometry of the charts: days laid on an axis as bars, marks and ticks. Draws nothing; the templates do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.reports import phrases
from tracker.reports.factsheet import AgreementReport
from tracker.reports.portfolio import PortfolioReport
from tracker.rules.dates import parse_date

LABELS, WIDTH, ROW, BAR = 150.0, 720.0, 26, 13
"""Of the agreement's chart: width of the labels and of the whole, height of a row and of a bar."""

WHOLE = 1000.0
"""Width of the portfolio's axis, stretched to its column."""

_BREAK = ((0.0, 0.45), (0.6, 0.25), (0.9, 0.1))
"""How a bar breaks up where its end is open: places and widths of its pieces, in parts of the break."""

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days; ``pieces`` are slivers beyond an end that is open. ``look`` names its style."""

    x: float
    width: float
    look: str
    title: str
    text: str
    pieces: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a timeline."""

    label: str
    bars: tuple[Bar, ...]
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows over a common axis; ``today`` is where the day of the report lies."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    today: float
    says: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from ``first`` to ``last`` laid from ``left`` to ``right``."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day begins, kept within the axis."""
        part = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + (self.right - self.left) * min(1.0, max(0.0, part)), 1)

    def ticks(self, most: int = 8) -> tuple[tuple[float, str], ...]:
        """First days of years, at most so many."""
        years = range(self.first.year + 1, self.last.year + 1)
        step = next((step for step in _STEPS if len(years) / step <= most), 1000)
        return tuple((self.at(date(year, 1, 1)), f"{year:04}") for year in years if year % step == 0)

    def bar(self, from_day: str | None, to_day: str | None, look: str, title: str, text: str = "") -> Bar:
        """A bar over both days; an end that is None is open and breaks up at the edge."""
        broken = (self.right - self.left) * 0.05
        start = self.at(date.fromisoformat(from_day)) if from_day else self.left + broken
        end = self.at(date.fromisoformat(to_day)) if to_day else self.right - broken
        start = min(start, end)
        pieces = []
        for place, width in _BREAK:
            if not to_day:
                pieces.append((round(end + broken * (place + 0.1), 1), round(broken * width, 1)))
            if not from_day:
                pieces.append((round(start - broken * (place + 0.1 + width), 1), round(broken * width, 1)))
        return Bar(start, round(max(2.0, end - start), 1), look, title, text, tuple(pieces))


def _axis(days: Iterable[date], day: date, left: float, right: float) -> Axis:
    known = [*days, day]
    first, last = min(known), max(known)
    room = max(180, (last - first).days // 14)
    ordinals = (max(1, first.toordinal() - room), min(date.max.toordinal(), last.toordinal() + room))
    return Axis(date.fromordinal(ordinals[0]), date.fromordinal(ordinals[1]), left, right)


def span(from_day: str | None, to_day: str | None) -> str:
    """``from 18 May 2017 to 17 May 2020``, the ends that are not known said so."""
    start = f"from {phrases.day(from_day)}" if from_day else "from an unknown day"
    return f"{start} to {phrases.day(to_day)}" if to_day else f"{start}, open"


def of_agreement(report: AgreementReport) -> Timeline:
    """Its statuses, terms and events on one axis."""
    spans = [(standing.from_day, standing.to_day) for standing in report.standings]
    spans += [(term.from_day, term.to_day) for term in report.terms]
    dated = [(parse_date(event.on).lower, event) for event in report.events]
    known = [date.fromisoformat(day) for pair in spans for day in pair if day]
    axis = _axis([*known, *(day for day, _ in dated if day)], report.day, LABELS, WIDTH - 6)
    lines = []
    for item in report.standings:
        title = f"{phrases.capital(item.words)} {span(item.from_day, item.to_day)}"
        lines.append(Line(phrases.capital(item.words), (axis.bar(item.from_day, item.to_day, item.status, title),)))
    bars = []
    for term in report.terms:
        title = f"Term {term.number} {span(term.from_day, term.to_day)}"
        look = "term-next" if term.place == "next" else f"term-{term.number % 2}"
        bars.append(axis.bar(term.from_day, term.to_day, look, title, str(term.number)))
    notices = tuple(
        (
            axis.at(date.fromisoformat(term.notice_day)),
            f"Notice day of term {term.number}: {phrases.day(term.notice_day)}",
        )
        for term in report.terms
        if term.notice_day
    )
    if bars:
        lines.append(Line("Terms, notice days" if notices else "Terms", tuple(bars), notices))
    marks = tuple(
        (
            axis.at(day),
            f"{phrases.capital(event.words)}{f' by {event.party}' if event.party else ''}, {phrases.day(event.on)}",
        )
        for day, event in dated
        if day
    )
    if marks:
        lines.append(Line("Events", (), marks))
    said = [bar.title for line in lines for bar in line.bars]
    says = f"{'; '.join(said)}. Day of the report: {phrases.day(report.day.isoformat())}."
    return Timeline(tuple(lines), axis.ticks(), axis.at(report.day), says)


def of_portfolio(report: PortfolioReport) -> Timeline:
    """The agreements in force, each on a row of its own."""
    known = [date.fromisoformat(day) for item in report.running for day in (item.from_day, item.to_day) if day]
    axis = _axis(known, report.day, 0.0, WHOLE)
    lines = tuple(
        Line(item.ref, (axis.bar(item.from_day, item.to_day, "in-force", span(item.from_day, item.to_day)),))
        for item in report.running
    )
    return Timeline(lines, axis.ticks(6), axis.at(report.day), "")
