"""Fills a Word template with a document and its report: Jinja in a sandbox, values escaped, blocks as ready XML.

Run as a program (``python -m tracker.reports.word``) it reads what to fill from stdin and writes the file to stdout,
so that a template that never ends, or wants all the memory, ends with its process.
"""

from __future__ import annotations

import io
import pickle
import sys
import zipfile
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Emu
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from tracker.reports import pdf, word_xml
from tracker.reports.document import Bars, Block, Document, Timeline
from tracker.reports.fields import facts_of, head_of
from tracker.reports.plain import visible
from tracker.reports.words import speaking

SECONDS = 60
"""How long a template may take."""

MEMORY = 2 << 30
"""Bytes of memory that a template may take, where the system can tell."""

WIDE = 174 * 36_000
"""Width of a chart: that of the text, in EMU."""

MOST_LINES, MOST_BARS = 22, 45
"""Rows of a timeline and of bars on one picture, so that each fits on a page; more go on further pictures."""


def fill(template: bytes, document: Document, report: Any) -> bytes:
    """The filled template as a Word file, the same bytes for the same document.

    Raises what Jinja raises for a template that names no field, is no Jinja or does what the sandbox refuses.
    """
    word = DocxTemplate(io.BytesIO(template))
    pieces = _Pieces(word)
    sections = [
        {"heading": section.heading, "blocks": [_Piece(pieces.xml(block)) for block in section.blocks]}
        for section in document.printed
    ]
    context = {
        **head_of(document),
        "facts": facts_of(document),
        "facts_table": _Piece(lambda: word_xml.facts(document)),
        "status_label": _Piece(lambda: _run(word_xml.pill(document.status.words, document.status.tone)))
        if document.status
        else "",
        "sections": sections,
        "report": report,
    }
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=visible)
    word.render(context, environment)
    properties = word.docx.core_properties
    properties.title, properties.subject = visible(document.title)[:255], visible(document.eyebrow)[:255]
    properties.keywords = f"tracker-journal {document.journal}" if document.journal else ""
    properties.author = properties.last_modified_by = "Tracker"
    properties.language, properties.comments = document.language, visible(document.as_of)[:255]
    properties.created = properties.modified = datetime.combine(document.day, time())
    for language in word.docx.styles.element.xpath("w:docDefaults//w:lang"):
        language.set(qn("w:val"), document.language)
    target = io.BytesIO()
    word.save(target)
    return same(target.getvalue())


def same(file: bytes) -> bytes:
    """The same archive with no hour of its making in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0)), old.read(item), zipfile.ZIP_DEFLATED)
    return target.getvalue()


class _Piece:
    """Ready XML that a template sets as it is; made when it is asked for."""

    def __init__(self, make: Any) -> None:
        self._make = make

    def __html__(self) -> str:
        return str(self._make())

    __str__ = __html__


def _run(xml: str) -> Markup:
    """A run in place of one that holds a field."""
    return Markup(f"</w:t></w:r>{xml}<w:r><w:t>")


class _Pieces:
    """The blocks of a document as XML, with the pictures added to the file they come into."""

    def __init__(self, word: DocxTemplate) -> None:
        self._word = word
        self._number = 0

    def xml(self, block: Block) -> Any:
        return lambda: "".join(word_xml.block(part, self._picture) for part in _parted(block))

    def _picture(self, block: Block) -> str:
        assert isinstance(block, Timeline | Bars)
        self._number += 1
        image = io.BytesIO(pdf.chart(block))
        inline = self._word.current_rendering_part.new_pic_inline(image, Emu(WIDE), None)
        for side in "TBLR":
            inline.set(f"dist{side}", "0")
        says = visible(f"{block.name}. {block.says}")[:4000]
        for properties in inline.xpath(".//wp:docPr | .//pic:cNvPr"):
            properties.set("name", f"chart-{self._number}")
            properties.set("descr", says)
        return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"


def _parted(block: Block) -> list[Block]:
    """A chart in parts that fit on a page, the caption with the last."""
    if isinstance(block, Timeline) and len(block.lines) > MOST_LINES:
        parts = [block.lines[at : at + MOST_LINES] for at in range(0, len(block.lines), MOST_LINES)]
        return [replace(block, lines=lines, caption=block.caption if lines is parts[-1] else "") for lines in parts]
    if isinstance(block, Bars) and len(block.items) > MOST_BARS:
        shares = [block.items[at : at + MOST_BARS] for at in range(0, len(block.items), MOST_BARS)]
        return [replace(block, items=items, caption=block.caption if items is shares[-1] else "") for items in shares]
    return [block]


def main() -> None:
    """Fill what comes in on stdin; the file goes to stdout, what is wrong with the template to stderr."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    except (ImportError, ValueError, OSError):
        pass  # no such limits on this system: the time limit of whoever started this holds
    template, document, report = pickle.load(sys.stdin.buffer)
    try:
        with speaking(document.language):
            made = fill(template, document, report)
    except MemoryError:
        sys.stderr.write("it takes more memory than a template may\n")
        raise SystemExit(3) from None
    except Exception as error:  # whatever a template does wrong is told in one line
        number = getattr(error, "lineno", None)
        line = f"line {number}: " if number else ""
        sys.stderr.write(f"{line}{type(error).__name__}: {' '.join(str(error).split())}\n")
        raise SystemExit(3) from None
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
