"""Makes the Word template of the reports, tracker/reports/templates/report.docx. Run after changing it here.

Its styles carry the look; offices change them in Word and use the file with --template.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from tracker.reports.word import same

TARGET = Path(__file__).parent.parent / "tracker" / "reports" / "templates" / "report.docx"
INK, BLUE, MUTED = "14213D", "0B57A4", "55617A"
FONT = "Calibri"

# name, based on, size in points, colour, bold, before and after in points
STYLES: tuple[tuple[str, str, float, str, bool, float, float], ...] = (
    ("Normal", "", 10, INK, False, 0, 4),
    ("Body Text", "Normal", 10, INK, False, 0, 4),
    ("Title", "Normal", 20, INK, True, 0, 4),
    ("Subtitle", "Normal", 11, MUTED, False, 0, 6),
    ("Heading 1", "Normal", 11.5, BLUE, True, 14, 4),
    ("Eyebrow", "Normal", 9, MUTED, True, 0, 0),
    ("Fact Label", "Normal", 8, MUTED, True, 2, 0),
    ("Fact Value", "Normal", 11, INK, True, 0, 1),
    ("Table Head", "Normal", 8.5, MUTED, True, 2, 2),
    ("Table Text", "Normal", 9.5, INK, False, 2, 1),
    ("Table Small", "Normal", 8, MUTED, False, 0, 2),
    ("Table Note", "Normal", 8, MUTED, False, 3, 4),
    ("List Bullet", "Normal", 10, INK, False, 0, 2),
    ("Header", "Normal", 8, MUTED, False, 0, 0),
    ("Footer", "Normal", 8, MUTED, False, 0, 0),
)
TABLES = {
    "TrackerTable": (
        '<w:top w:val="single" w:sz="8" w:color="14213D"/><w:bottom w:val="single" w:sz="8" w:color="14213D"/>'
        '<w:insideH w:val="single" w:sz="4" w:color="C9D3E0"/>'
    ),
    "FactsTable": "",
    "HeatTable": (
        '<w:top w:val="single" w:sz="12" w:color="FFFFFF"/><w:bottom w:val="single" w:sz="12" w:color="FFFFFF"/>'
        '<w:insideH w:val="single" w:sz="12" w:color="FFFFFF"/><w:insideV w:val="single" w:sz="12" w:color="FFFFFF"/>'
    ),
}
BODY = (
    ("Eyebrow", "{{ eyebrow }}"),
    ("Title", "{{ title }}"),
    ("Subtitle", "{%p if lead %}"),
    ("Subtitle", "{{ lead }}"),
    ("Subtitle", "{%p endif %}"),
    ("Subtitle", "{%p if ref %}"),
    ("Subtitle", "{{ status_label }} {{ ref }}{% if marking %} · {{ marking }}{% endif %}"),
    ("Subtitle", "{%p endif %}"),
    ("Body Text", "{{p facts_table }}"),
    ("Table Note", "{%p for notice in notices %}"),
    ("Table Note", "{{ notice }}"),
    ("Table Note", "{%p endfor %}"),
    ("Heading 1", "{%p for section in sections %}"),
    ("Heading 1", "{{ section.heading }}"),
    ("Body Text", "{%p for block in section.blocks %}"),
    ("Body Text", "{{p block }}"),
    ("Body Text", "{%p endfor %}"),
    ("Body Text", "{%p endfor %}"),
)


def make() -> bytes:
    """The template, the same bytes every time."""
    document = Document()
    for style in STYLES:
        _style(document, *style)
    for name, borders in TABLES.items():
        document.styles.element.append(_table_style(name, borders))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(16), Mm(18)
    section.footer_distance = Mm(9)
    for name, text in BODY:
        document.add_paragraph(text, style=name)
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Footer"]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(174), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run("{{ foot }}{% if marking %} · {{ marking }}{% endif %} · {{ as_of }}\t")
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "Report of Tracker", "Tracker", ""
    properties.created = properties.modified = datetime(2000, 1, 1)
    target = io.BytesIO()
    document.save(target)
    return same(target.getvalue())


def _style(
    document: Any, name: str, based: str, size: float, colour: str, bold: bool, before: float, after: float
) -> None:
    known = {style.name for style in document.styles}
    style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if based:
        style.base_style = document.styles[based]
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if key.endswith("Theme"):
            del fonts.attrib[key]
    for key in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(key), FONT)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.08
    if name == "Title":
        for border in style.element.xpath(".//w:pBdr"):
            border.getparent().remove(border)
        form.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if name in ("Header", "Footer"):
        for stops in style.element.xpath(".//w:tabs"):
            stops.getparent().remove(stops)
    if name == "Subtitle":
        style.font.italic = False
        for spacing in style.element.xpath("./w:rPr/w:spacing"):
            spacing.getparent().remove(spacing)
    if name in ("Heading 1", "Table Head", "Eyebrow"):
        form.keep_with_next = True
    if name in ("Eyebrow", "Heading 1", "Fact Label"):
        style.font.all_caps = True


def _table_style(name: str, borders: str) -> Any:
    padding = 80 if name != "FactsTable" else 140
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblCellMar><w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr></w:style>"
    )


def _field(paragraph: Any, code: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        if kind == "shown":
            run.add_text(text)
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


if __name__ == "__main__":
    TARGET.write_bytes(make())
    print(f"wrote {TARGET.name}")
