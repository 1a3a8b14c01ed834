"""The text of a PDF, page by page, through pypdfium2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tracker.models.enums import TextState
from tracker.rules.pages import FileText, file_text


def pages(path: Path) -> FileText:
    """The pages of a PDF; a page that cannot be read is left out. Says so where a password is needed."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        return FileText(TextState.ENCRYPTED if locked else TextState.DAMAGED)
    count = len(document)
    if count == 0:
        return FileText(TextState.DAMAGED)
    return file_text(_texts(document, count), count)


def _texts(document: pdfium.PdfDocument, count: int) -> Iterator[tuple[int, str]]:
    for index in range(count):
        try:
            page = document[index]
            text = page.get_textpage().get_text_range()
            page.close()
        except pdfium.PdfiumError:
            text = ""
        yield index + 1, text
