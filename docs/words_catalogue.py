"""The catalogue of the words in reports, extracted from the code and the templates: tracker/locale/tracker.pot."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from tracker.reports.schedules import ANCHOR
from tracker.reports.words import DOMAIN, LOCALES
from tracker.rules.quality.catalogue import CHECKS
from tracker.rules.schedules import ANCHORS

REPORTS = LOCALES.parent / "reports"
QUALITY = LOCALES.parent / "rules" / "quality"
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
    for anchor in ANCHORS:
        catalogue.add(anchor, None, [("tracker/rules/schedules.py", None)], context=ANCHOR)
    for check in CHECKS:
        for text in (check.title, check.mend):
            catalogue.add(text, None, [("tracker/rules/quality", None)])
    for message in _found():
        catalogue.add(message, None, [("tracker/rules/quality", None)])
    return catalogue


def _found() -> Iterator[str | tuple[str, str]]:
    """What the checks say they found: every text in a call of ``Found``, with the form for one where it has that.

    A message that is built before the call stands in a name there: each text given to that name counts.
    """
    for file in sorted(QUALITY.glob("*_checks.py")):
        for function in ast.parse(file.read_text(encoding="utf-8")).body:
            named: dict[str, list[str]] = {}
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    named.setdefault(node.targets[0].id, []).extend(_texts(node.value, {}))
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Found":
                    one = [text for key in node.keywords if key.arg == "one" for text in _texts(key.value, named)]
                    for message in _texts(node.args[1], named):
                        yield (one[0], message) if one else message


def _texts(node: ast.expr, named: dict[str, list[str]]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, named), *_texts(node.orelse, named))
    elif isinstance(node, ast.Name):
        yield from named.get(node.id, ())


def catalogue() -> str:
    """The catalogue as a POT file, without line numbers, so that it changes only when words do."""
    target = io.BytesIO()
    write_po(target, messages(), width=110, sort_output=True, include_lineno=False)
    return target.getvalue().decode("utf-8")
