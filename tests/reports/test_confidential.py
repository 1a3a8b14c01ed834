"""What is confidential stays out of reports unless asked for, and the report says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
    checked = [actions.record_check.check(item) for item in records]
    actions.running.run(path, lambda session: actions.records.bring_in(session, checked, TODAY))
    with Reader(path) as opened:
        yield opened


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_portfolio_leaves_them_out_and_says_so(rows: Reader, form: str) -> None:
    found = reports.portfolio.build(rows, TODAY)
    assert (found.left_out, [item.ref for item in found.agreements]) == (1, ["OPEN-1"])
    assert (found.overdue, found.trained.total, found.in_force) == ((), 0, 0)
    said = reports.catalogue.render("portfolio", form, found).decode("utf-8")
    assert "1 confidential agreement is left out" in said
    assert SECRET not in said and "SECRET" not in said


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
