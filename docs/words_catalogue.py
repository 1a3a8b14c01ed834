"""The catalogue of the words in reports, extracted from the code and the templates: tracker/locale/tracker.pot."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from tracker.reports.words import DOMAIN, LOCALES

REPORTS = LOCALES.parent / "reports"
TARGET = LOCALES / f"{DOMAIN}.pot"
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "mark": None, "ngettext": (1, 2), "counted": (2, 3)}


def messages() -> Catalog:
    """Every message with the files it stands in."""
    catalogue = Catalog(project="Tracker", charset="utf-8", header_comment="# Words of the reports of Tracker.")
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    for file, _line, message, comments, context in extract_from_dir(REPORTS, METHODS, keywords=KEYWORDS):
        place = (Path("tracker/reports") / file).as_posix()
        catalogue.add(message, None, [(place, None)], auto_comments=comments, context=context)
    return catalogue


def catalogue() -> str:
    """The catalogue as a POT file, without line numbers, so that it changes only when words do."""
    target = io.BytesIO()
    write_po(target, messages(), width=110, sort_output=True, include_lineno=False)
    return target.getvalue().decode("utf-8")
