"""What is confidential stays out of reports unless asked for, and the report says so."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import TODAY

from tracker import actions, reports
from tracker.errors import BadInput
from tracker.store.reader import Reader

SECRET = "Quiet arrangement"


def record(ref: str, title: str, **more: Any) -> dict[str, Any]:
    parties = [{"name": "Panama", "kind": "state"}, {"name": f"Partner of {title}", "kind": "ngo"}]
    events = [{"event": "signed", "on": "2025-01-10"}]
    return {"ref": ref, "title": title, "parties": parties, "scopes": ["asylum"], "events": events, **more}


@pytest.fixture(scope="module")
def rows(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("confidential") / "tracker.db"
    shutil.copy(template, path)
    due = [{"number": 1, "text": f"Pay under the {SECRET}", "due": "2026-06-30"}]
    training = {"number": 1, "title": SECRET, "kind": "training", "on": "2026-01-10", "status": "held"}
    training["attendance"] = [{"party": "Panama", "women": 5, "men": 6}]
    records = [
        record("SECRET-1", SECRET, confidentiality="confidential", obligations=due, activities=[training]),
        record("OPEN-1", "Open agreement", links=[{"implements": "SECRET-1"}]),
    ]
    records[0]["events"].append({"event": "entered-into-force", "on": "2025-02-01"})
    records[0]["links"] = [{"replaces": "OPEN-1"}]
    for item in records:
        item["responsible"] = {"name": "Ana Castillo"}
    records[0]["contacts"] = [{"name": f"Agent of the {SECRET}"}]
    checked = [actions.record_check.check(item) for item in records]
    actions.running.run(path, lambda session: actions.records.bring_in(session, checked, TODAY))
    with Reader(path) as opened:
        yield opened


FORMS = ("md", "html", "pdf", "docx", "xlsx")


def text_of(content: bytes, form: str) -> str:
    """Everything a report holds that can be read."""
    if form in ("md", "html"):
        return content.decode("utf-8")
    if form == "pdf":
        pages = pypdfium2.PdfDocument(content)
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = (archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith(".xml"))
    return " ".join(parts)


def build(rows: Reader, name: str, **more: Any) -> Any:
    module = getattr(reports, name)
    if name == "handover":
        return module.build(rows, "Ana Castillo", TODAY, **more)
    return module.build(rows, TODAY, **more)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["portfolio", "obligations", "activities", "handover"])
def test_reports_leave_them_out_and_say_so(rows: Reader, name: str, form: str) -> None:
    found = build(rows, name)
    assert found.left_out == 1
    said = text_of(reports.catalogue.render(name, form, found), form)
    assert "1 confidential agreement is left out of this report" in said
    assert SECRET not in said and "SECRET" not in said


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["portfolio", "obligations", "activities", "handover"])
def test_reports_take_them_in_when_asked(rows: Reader, name: str, form: str) -> None:
    found = build(rows, name, include_confidential=True)
    assert found.left_out == 0
    said = text_of(reports.catalogue.render(name, form, found), form)
    assert "left out" not in said and SECRET in said


def test_what_is_left_out_is_not_counted(rows: Reader) -> None:
    found = reports.portfolio.build(rows, TODAY)
    assert [item.ref for item in found.agreements] == ["OPEN-1"]
    assert (found.overdue, found.trained.total, found.in_force) == ((), 0, 0)
    assert reports.obligations.build(rows, TODAY).whole.overdue == 0
    assert reports.activities.build(rows, TODAY).whole.people == (0, 0, 0, 0, 0)
    handed = reports.handover.build(rows, "Ana Castillo", TODAY)
    assert (handed.overdue, handed.owed, handed.contacts) == ((), (), ())


def test_the_portfolio_takes_them_in_when_asked(rows: Reader) -> None:
    found = reports.portfolio.build(rows, TODAY, include_confidential=True)
    assert (found.left_out, len(found.agreements), len(found.overdue)) == (0, 2, 1)
    assert (found.trained.women, found.trained.men, found.in_force) == (5, 6, 1)


def test_its_own_sheet_must_be_asked_for(rows: Reader) -> None:
    with pytest.raises(BadInput, match="--include-confidential"):
        reports.agreement.build(rows, "secret-1", TODAY)
    assert reports.agreement.build(rows, "secret-1", TODAY, include_confidential=True).title == SECRET


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_sheet_of_another_does_not_name_them(rows: Reader, form: str) -> None:
    found = reports.agreement.build(rows, "OPEN-1", TODAY)
    said = reports.catalogue.render("agreement", form, found).decode("utf-8")
    assert SECRET not in said and "SECRET" not in said
    assert found.status == "replaced" and "a confidential agreement enters into force and replaces this" in said
    assert "2 links to confidential agreements are left out" in said
