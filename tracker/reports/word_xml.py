"""Blocks of a document as WordprocessingML (ECMA-376): paragraphs, tables and pictures in the template's own styles.

A style that an office's template lacks is left to Word, which takes its default for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from tracker.reports.document import Block, Bullets, Column, Document, Heat, Paragraph, Set, Table, paper
from tracker.reports.plain import visible

WIDTH = 9866
"""Twentieths of a point between the margins of the page: 174 mm."""

LONG = 1200
"""Characters from which on a row of a table may break across pages."""

GOOD, BAD, WARN, CALM, MUTED = "1D6B41", "A61B1B", "8A5200", "0B57A4", "55617A"
_TONES = {
    **dict.fromkeys(("in-force", "fulfilled", "held", "provisionally-applied"), (GOOD, "E3F2E9")),
    **dict.fromkeys(("overdue", "without-result", "error"), (BAD, "FBE9E9")),
    **dict.fromkeys(("suspended", "waived", "postponed", "warning"), (WARN, "FDF1DF")),
    **dict.fromkeys(("signed", "pending", "planned", "ongoing", "negotiating"), (CALM, "EDF2F9")),
}
_SHADES = ("EEF3F9", "D6E3F2", "B3CDE8", "86B0DA", "4F8AC6", "1F67B0", "0B4F96")

_END = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="40" w:lineRule="exact"/></w:pPr></w:p>'
"""Keeps a table from growing into the next one."""

Picture = Callable[[Block], str]
"""Draws a chart and gives the run that shows it."""


def text(value: str, properties: str = "") -> str:
    """A run of text, its lines broken where the text breaks them."""
    lines = escape(visible(value)).split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def paragraph(runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs."""
    styled = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    inside = styled + properties
    return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{runs}</w:p>"


def block(item: Block, picture: Picture) -> str:
    """Any block."""
    if isinstance(item, Paragraph):
        lead = text(f"{item.lead} ", "<w:b/>") if item.lead else ""
        return paragraph(lead + text(item.text), "TableNote" if item.tone == "note" else "BodyText")
    if isinstance(item, Bullets):
        return "".join(paragraph(text(line), "ListBullet") for line in item.items)
    if isinstance(item, Table):
        return _table(item)
    if isinstance(item, Heat):
        return _heat(item)
    drawn = paragraph(picture(item), "BodyText", "<w:keepNext/>")
    return drawn + (_note(item.caption) if item.caption else "")


def facts(document: Document) -> str:
    """The facts at the head as a table of one row, shaded."""
    if not document.facts:
        return ""
    shares = [1.6 if len(fact.below) > 40 else 1.0 for fact in document.facts]
    widths = _widths(shares)
    cells = []
    for fact, width in zip(document.facts, widths, strict=True):
        inside = paragraph(text(fact.label), "FactLabel") + paragraph(text(fact.value.words), "FactValue")
        if fact.below:
            inside += paragraph(text(fact.below), "TableSmall")
        cells.append(_cell(inside, width, "EDF2F9"))
    return _wrapped(widths, [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"], "FactsTable")


def pill(words: str, tone: str) -> str:
    """A state, set apart by its colour and in bold."""
    colour, ground = _TONES.get(tone, (MUTED, "F2F4F7"))
    return text(
        f" {words} ", f'<w:b/><w:color w:val="{colour}"/><w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'
    )


def _note(caption: str) -> str:
    return paragraph(text(caption), "TableNote")


def _widths(shares: Iterable[float]) -> list[int]:
    parts = list(shares)
    return [int(WIDTH * share / sum(parts)) for share in parts]


def _table(item: Table) -> str:
    set_ = paper(item)
    if not set_.columns:
        return ""
    widths = _widths(column.share for column in set_.columns)
    head = "".join(
        _cell(paragraph(text(column.heading), "TableHead", _side(column)), width)
        for column, width in zip(set_.columns, widths, strict=True)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    rows += [_row(set_.columns, row, widths) for row in set_.rows]
    if set_.total:
        rows.append(_row(set_.columns, set_.total, widths, total=True))
    made = _wrapped(widths, rows, "TrackerTable")
    return made + (_note(item.caption) if item.caption else _END)


def _row(columns: tuple[Column, ...], row: tuple[Set, ...], widths: list[int], *, total: bool = False) -> str:
    length = sum(len(cell.words) + sum(map(len, cell.below)) for cell in row)
    whole = "" if length > LONG else "<w:trPr><w:cantSplit/></w:trPr>"
    cells = []
    for column, cell, width in zip(columns, row, widths, strict=True):
        side = _side(column)
        inside = paragraph(_said(cell, column, total), "TableText", side) if cell.words or not cell.below else ""
        if cell.below:
            inside += paragraph(text(" · ".join(cell.below)), "TableSmall", side)
        border = '<w:tcBorders><w:top w:val="single" w:sz="8" w:color="14213D"/></w:tcBorders>' if total else ""
        cells.append(_cell(inside, width, more=border))
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _said(cell: Set, column: Column, total: bool) -> str:
    if column.form == "state" and cell.tone:
        return pill(cell.words, cell.tone)
    if cell.tone == "unknown":
        return text(cell.words, f'<w:i/><w:color w:val="{WARN}"/>')
    return text(cell.words, "<w:b/>" if total or cell.tone == "strong" else "")


def _side(column: Column) -> str:
    return '<w:jc w:val="right"/>' if column.form in ("count", "number") else ""


def _cell(inside: str, width: int, ground: str = "", more: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}{shade}</w:tcPr>{inside}</w:tc>'


def _wrapped(widths: list[int], rows: list[str], style: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _heat(item: Heat) -> str:
    widths = _widths([2.6, *[7.4 / max(1, len(item.columns))] * len(item.columns)])
    head = [_cell(paragraph(text(item.corner), "TableHead"), widths[0])]
    turned = '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>' if item.upright else ""
    for name, width in zip(item.columns, widths[1:], strict=True):
        centred = "" if item.upright else '<w:jc w:val="center"/>'
        head.append(_cell(paragraph(text(name), "TableHead", centred), width, more=turned))
    height = '<w:trHeight w:val="1700" w:hRule="exact"/>' if item.upright else ""
    rows = [f"<w:tr><w:trPr><w:cantSplit/>{height}<w:tblHeader/></w:trPr>{''.join(head)}</w:tr>"]
    for label, numbers in item.rows:
        cells = [_cell(paragraph(text(label), "TableText"), widths[0])]
        for number, width in zip(numbers, widths[1:], strict=True):
            shade = -(-number * (len(_SHADES) - 1) // item.most) if item.most else 0
            colour = '<w:b/><w:color w:val="FFFFFF"/>' if shade >= 4 else ""
            inside = paragraph(text(str(number) if number else "", colour), "TableText", '<w:jc w:val="center"/>')
            cells.append(_cell(inside, width, _SHADES[shade]))
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    return _wrapped(widths, rows, "HeatTable") + _note(item.caption)
