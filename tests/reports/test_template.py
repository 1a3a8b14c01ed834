"""Word templates of an office's own: what they may name, what they may not do, and how long they may take."""

from __future__ import annotations

import importlib
import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from reports.conftest import build
from tracker import reports
from tracker.errors import BadFile
from tracker.reports import word
from tracker.store.reader import Reader

DOCS = Path(__file__).parents[2] / "docs"


def template(folder: Path, *lines: str) -> Path:
    """A template of an office with these paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "office.docx"
    document.save(str(path))
    return path


def filled(rows: Reader, path: Path, name: str = "agreement", of: str = "DEMO-WORK-PLAN") -> str:
    """The text of a report in an office's template."""
    built = build(rows, name, of)
    made = reports.docx.render_with(path, reports.catalogue.document(name, built), built)
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs)


def test_an_office_fills_its_own_template(examples: Reader, tmp_path: Path) -> None:
    path = template(
        tmp_path,
        "Our {{ title }} of {{ day }}",
        "{%p for o in report.obligations %}",
        "{{ o.ref }} {{ o.text }} by {{ o.owed_by | join(', ') }}",
        "{%p endfor %}",
        "{{ report.trained.total }} people trained",
    )
    said = filled(examples, path)
    assert "Our Demonstration (fictitious): work plan" in said and "of 2026-11-24" in said
    assert "DEMO-WORK-PLAN/O2 Send the yearly report on the work plan to the other side by MINSEG, IOM" in said
    assert "76 people trained" in said


def test_the_template_that_tracker_ships_can_be_an_offices_own(examples: Reader) -> None:
    built = build(examples, "portfolio")
    document = reports.catalogue.document("portfolio", built)
    assert reports.docx.render_with(reports.docx.OURS, document, built) == reports.docx.render(document)


def test_the_shipped_template_is_what_its_script_makes() -> None:
    sys.path.insert(0, str(DOCS))
    try:
        made = importlib.import_module("word_template").make()
    finally:
        sys.path.remove(str(DOCS))
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (reports.docx.OURS.read_bytes(), made))
    assert old.namelist() == new.namelist()
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == []


def test_values_are_data_in_any_template(hostile: Reader, tmp_path: Path) -> None:
    said = filled(hostile, template(tmp_path, "{{ title }}", "{{ report.summary | upper }}"), of="X-1")
    assert "{{7*7}} {% raw %} {{ ''.__class__ }}" in said and "<script>alert(1)</script>" in said
    assert "{{ ''.__CLASS__ }}" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ ''.__class__.__mro__ }}", "may not see"),
        ("{{ title.__init__.__globals__ }}", "may not see"),
        ("{{ report.day.__class__ }}", "may not see"),
        ("{{ report.notices.append(1) }}", "there is no field"),
        ("{{ titel }}", "there is no field 'titel'; did you mean title?"),
        ("{{ report.obligation }}", "did you mean obligations?"),
        ("{% for x in %}", "cannot be filled"),
        ("{{ title", "cannot be filled"),
        ("{% include '/etc/passwd' %}", "cannot be filled"),
        ("{{ 1 // 0 }}", "cannot be filled"),
        ("{% for x in range(10000000) %}{% endfor %}", "cannot be filled"),
    ],
)
def test_what_a_template_may_not_do(examples: Reader, tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadFile, match=r"office\.docx") as raised:
        filled(examples, template(tmp_path, line))
    assert said in str(raised.value)
    assert raised.value.hint is not None and "--list-fields" in raised.value.hint


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}"
        "{% endfor %}",
        "{{ ('a' * 200000000) | wordcount }}{{ 'a' * 9000000000 }}",
    ],
)
def test_a_template_that_does_not_end_is_ended(
    examples: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr(word, "SECONDS", 2)
    with pytest.raises(BadFile, match=r"within 2 seconds|memory"):
        filled(examples, template(tmp_path, line))


def bomb(folder: Path) -> Path:
    path = folder / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", b"0" * (201 << 20))
    return path


def with_macros(folder: Path) -> Path:
    path = folder / "macros.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
    return path


def no_word(folder: Path) -> Path:
    path = folder / "plain.docx"
    path.write_text("plain text", encoding="utf-8")
    return path


def other_zip(folder: Path) -> Path:
    path = folder / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    return path


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "unpacks to more"),
        (with_macros, "macros"),
        (no_word, "expected a .docx file"),
        (other_zip, "expected a .docx file"),
        (lambda folder: folder / "missing.docx", "cannot be read"),
        (lambda folder: folder, "cannot be read"),
    ],
)
def test_what_is_no_template(examples: Reader, tmp_path: Path, make: Any, said: str) -> None:
    with pytest.raises(BadFile) as raised:
        filled(examples, make(tmp_path))
    assert said in str(raised.value)


@pytest.mark.parametrize("name", ["agreement", "portfolio", "obligations", "activities", "handover"])
def test_every_field_that_is_listed_can_be_used(examples: Reader, tmp_path: Path, name: str) -> None:
    """Each listed path is written as a template would: loops over what is many, values printed."""
    lines = []
    for path, _what in reports.fields.listed(name):
        if path in ("facts_table", "status_label") or path.startswith("sections"):
            continue
        *loops, last = path.split("[]")
        head, tail = "", ""
        at = ""
        for number, part in enumerate(loops):
            head += f"{{% for i{number} in {at}{part} or [] %}}"
            tail += "{% endfor %}"
            at = f"i{number}"
        lines.append(f"{head}{{{{ {at}{last} }}}}{tail}" if _safe(path) else f"{head}{tail}")
    of = {"agreement": "DEMO-WORK-PLAN", "handover": "Ana Demo Quintero"}.get(name, "")
    assert len(lines) > 15
    filled(examples, template(tmp_path, *lines), name, of)


def _safe(path: str) -> bool:
    """Whether what leads to the last name is never none: those may be are left to the loop alone."""
    return not any(part in path for part in ("standing.", "term.", "next_deadline.", "responsible.", "[0]", "[1]"))
