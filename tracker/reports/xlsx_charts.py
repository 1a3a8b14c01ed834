"""Charts of a workbook: native ones over the cells of their sheet, each with a description for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from tracker.reports.document import Bar, Bars, Cell, Column, Heat, Table, Timeline, table
from tracker.reports.plain import visible
from tracker.reports.words import _

BLUE, PALE = "#0B57A4", "#EEF3F9"
MOST = 60
"""Most rows that one chart shows; the cells beside it hold all."""

_EPOCH = date(1899, 12, 30)
_FIRST = date(1900, 3, 1)
"""The first day that Excel counts right."""


def data(block: Bars | Heat | Timeline, day: date) -> Table:
    """The cells that a chart is drawn from, which say the same without it; ``day`` is that of the report."""
    if isinstance(block, Bars):
        columns: tuple[Column, ...] = (Column(block.of, width=44), Column(block.unit, form="count", width=14))
        rows: list[Any] = [(label, Cell("", number)) for label, number in block.items]
        return table(block.name, columns, rows, caption=block.caption)
    if isinstance(block, Heat):
        columns = (Column(block.corner, width=38), *(Column(name, form="count", width=13) for name in block.columns))
        rows = [(label, *(Cell("", number or None) for number in line)) for label, line in block.rows]
        return table(block.name, columns, rows, caption=block.caption)
    columns = (
        Column(block.of, width=28),
        Column(_("Days"), width=60),
        Column(_("From"), form="day", width=14),
        Column(_("To"), form="day", width=14),
        Column(_("Drawn from"), form="day", width=14),
        Column(_("Open before"), form="count", width=12),
        Column(_("Days to the day of the report"), form="count", width=14),
        Column(_("Days after it"), form="count", width=12),
        Column(_("Open after"), form="count", width=12),
    )
    drawn = [(line, bar) for line in block.lines for bar in line.bars]
    first, last = _known([bar for _line, bar in drawn], day)
    open_ = max(90, (last - first).days // 16)
    rows = [(line.label, line.note, *map(_cell, _spans(bar, first, last, day, open_))) for line, bar in drawn]
    caption = _(
        "Dark: days up to the day of the report. Light: days after it. "
        "Hatched: open, since no such day is known or there is none."
    )
    return table(block.name, columns, rows, caption=caption)


def _cell(value: str | int) -> Cell:
    return Cell("", value)


def _spans(bar: Bar, first: date, last: date, day: date, open_: int) -> tuple[str | int, ...]:
    """The days of a bar as they are drawn: from where, and how long each part of it is."""
    start = _day(bar.from_day) or first
    end = max(start, _day(bar.to_day) or last)
    gone = max(0, (min(end, day) - start).days + 1)
    before = 0 if bar.from_day else min(open_, (start - _FIRST).days)
    drawn = start - timedelta(days=before)
    after = 0 if bar.to_day else open_
    return (
        bar.from_day or _("unknown"),
        bar.to_day or _("open"),
        max(drawn, _FIRST).isoformat(),
        before,
        gone,
        (end - start).days + 1 - gone,
        after,
    )


def _known(bars: Sequence[Bar], day: date) -> tuple[date, date]:
    """The first and the last day known of any bar, or that of the report."""
    days = [found for bar in bars for found in (_day(bar.from_day), _day(bar.to_day)) if found]
    return max(_FIRST, min([*days, day])), max([*days, day])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def draw(book: Any, page: Any, block: Bars | Heat | Timeline, cells: Table) -> None:
    """Draw the chart beside its cells; a heat map is the colours of the cells themselves."""
    rows = min(len(cells.rows), MOST)
    if not rows:
        return
    if isinstance(block, Heat):
        scale = {"type": "2_color_scale", "min_color": PALE, "max_color": "#5E93CC"}
        page.conditional_format(1, 1, len(cells.rows), len(cells.columns) - 1, scale)
        return
    chart = _bars(book, page, rows, block) if isinstance(block, Bars) else _gantt(book, page, rows, block, cells)
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_size({"width": 620, "height": 120 + 24 * rows})
    says = visible(f"{block.name}. {block.says}")
    options = {"description": says[:2000], "x_offset": 12, "y_offset": 4, "object_position": 3}
    page.insert_chart(1, len(cells.columns), chart, options)


def _bars(book: Any, page: Any, rows: int, block: Bars) -> Any:
    chart = book.add_chart({"type": "bar"})
    name = page.get_name()
    chart.add_series(
        {
            "name": visible(block.unit),
            "categories": [name, 1, 0, rows, 0],
            "values": [name, 1, 1, rows, 1],
            "fill": {"color": BLUE},
            "gap": 45,
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": visible(block.name), "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}, "visible": False})
    return chart


def _gantt(book: Any, page: Any, rows: int, block: Timeline, cells: Table) -> Any:
    """Stacked bars: an unseen one to the first day, then open, gone by, still to come, open again."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    name = page.get_name()
    hatched = {"pattern": "wide_upward_diagonal", "fg_color": BLUE, "bg_color": "#FFFFFF"}
    fills: tuple[dict[str, Any], ...] = (
        {"fill": {"none": True}},
        {"pattern": hatched},
        {"fill": {"color": BLUE}},
        {"fill": {"color": "#8FB3DA"}},
        {"pattern": hatched},
    )
    for place, look in enumerate(fills, 4):
        chart.add_series(
            {
                "name": cells.columns[place].heading,
                "categories": [name, 1, 0, rows, 0],
                "values": [name, 1, place, rows, place],
                "gap": 45,
                **look,
            }
        )
    starts = [date.fromisoformat(row[4].value) for row in cells.rows]
    ends = [
        start + timedelta(days=sum(c.value for c in row[5:])) for start, row in zip(starts, cells.rows, strict=True)
    ]
    chart.set_title({"name": visible(block.name), "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    first, last = min(starts), max(ends)
    chart.set_x_axis(
        {
            "min": (date(first.year, 1, 1) - _EPOCH).days,
            "max": (last - _EPOCH).days,
            "major_unit": round(365.25 * max(1, -(-(last.year - first.year) // 8))),
            "num_format": "yyyy",
            "major_gridlines": {"visible": True, "line": {"color": "#D5DDE8"}},
        }
    )
    return chart
