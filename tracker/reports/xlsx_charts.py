"""Charts of a workbook: native ones over the cells of their sheet, each with a description for who cannot see it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tracker.reports import phrases
from tracker.reports.document import Bars, Cell, Column, Heat, Table, Timeline, table
from tracker.reports.plain import visible
from tracker.reports.words import _

BLUE, PALE = "#0B57A4", "#EEF3F9"
MOST = 60
"""Most rows that one chart shows; the cells beside it hold all."""

_LOOKS = {
    "signed": "#6F95C4",
    "suspended": "#6F95C4",
    "negotiating": "#A9C0DD",
    "term-0": "#6F95C4",
    "term-next": "#C9D8EA",
    **dict.fromkeys(("terminated", "expired", "replaced", "abandoned"), "#8B93A3"),
}
_EPOCH = date(1899, 12, 30)


def data(block: Bars | Heat | Timeline) -> Table:
    """The cells that a chart is drawn from, which say the same without it."""
    if isinstance(block, Bars):
        columns: tuple[Column, ...] = (Column(block.of, width=44), Column(block.unit, form="count", width=14))
        return table(block.name, columns, [(label, Cell("", number)) for label, number in block.items])
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
        Column(_("Days drawn"), form="count", width=12),
    )
    first, last = edges(block)
    rows = []
    for line in block.lines:
        for bar in line.bars:
            start, end = _day(bar.from_day) or first, _day(bar.to_day) or last
            rows.append(
                (
                    line.label,
                    line.note,
                    Cell("", bar.from_day or phrases.UNKNOWN),
                    Cell("", bar.to_day or _("open")),
                    Cell("", start.isoformat()),
                    Cell("", max(1, (end - start).days + 1)),
                )
            )
    return table(block.name, columns, rows, caption=block.caption)


def edges(block: Timeline) -> tuple[date, date]:
    """The first and the last day that a timeline's chart shows: a year beyond what is known."""
    days = [day for line in block.lines for bar in line.bars for day in (_day(bar.from_day), _day(bar.to_day)) if day]
    if not days:
        return date(2000, 1, 1), date(2001, 1, 1)
    first, last = min(days), max(days)
    early = first - timedelta(days=min(365, (first - date.min).days))
    late = last + timedelta(days=min(max(365, (last - first).days // 10), (date.max - last).days))
    return max(early, date(1900, 3, 1)), late


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
    chart = _bars(book, page, rows, block) if isinstance(block, Bars) else _gantt(book, page, rows, block)
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_size({"width": 620, "height": 90 + 24 * rows})
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


def _gantt(book: Any, page: Any, rows: int, block: Timeline) -> Any:
    """Stacked bars: an unseen one to the first day, then one as long as the days drawn."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    name, labels = page.get_name(), [page.get_name(), 1, 0, rows, 0]
    looks = [bar.look for line in block.lines for bar in line.bars][:rows]
    chart.add_series({"name": _("From"), "categories": labels, "values": [name, 1, 4, rows, 4], "fill": {"none": True}})
    chart.add_series(
        {
            "name": _("Days"),
            "categories": labels,
            "values": [name, 1, 5, rows, 5],
            "fill": {"color": BLUE},
            "points": [{"fill": {"color": _LOOKS.get(look, BLUE)}} for look in looks],
            "gap": 45,
        }
    )
    first, last = edges(block)
    chart.set_title({"name": visible(block.name), "name_font": {"size": 12}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis(
        {
            "min": (first - _EPOCH).days,
            "max": (last - _EPOCH).days,
            "num_format": "yyyy",
            "major_gridlines": {"visible": True, "line": {"color": "#D5DDE8"}},
        }
    )
    return chart
