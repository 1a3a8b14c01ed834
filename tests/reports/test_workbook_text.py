"""A text in a report's workbook is text, also where XlsxWriter would take it for XML of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from conftest import TODAY

from tracker import reports
from tracker.store.reader import Reader


def test_a_text_cannot_bring_cells_of_its_own(bring: Callable[..., Any], database: Path) -> None:
    title = "<r><t>x</t></r></si><si><r><t>y</t></r>"
    bring({"ref": "X-1", "title": title, "parties": [{"name": "A"}], "events": [{"event": "signed", "on": "2025"}]})
    with Reader(database) as rows:
        content = reports.catalogue.render("portfolio", "xlsx", reports.portfolio.build(rows, TODAY))
    strings = zipfile.ZipFile(io.BytesIO(content)).read("xl/sharedStrings.xml").decode()
    assert "<t>y</t>" not in strings
    assert "&lt;t&gt;y&lt;/t&gt;" in strings
