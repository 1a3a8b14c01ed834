"""One database with every example, one where every text is hostile, and what builds any report of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY

from tracker import actions, exchange, paths, reports
from tracker.store.reader import Reader

HOSTILE = (
    '<script>alert(1)</script> {{7*7}} {% raw %} {{ \'\'.__class__ }} #import "/etc/passwd": * #read("x") $x$ @ref '
    "=cmd|'/c calc'!A1 | # *b* _i_ `c` [l](javascript:x) \\ & &amp; <b>ö</b> \"q\" 'a' "
    "مرحبا שלום 漢字 👍🏽 e\u0301 x\u0323 "
    "\u202eoverride\u202c" + "W" * 120
)
LONG, LINE = "W" * 5_000, "W" * 500
"""Words as long as a text and a line can be; lines end at 500 characters."""
NAMES = ("agreement", "portfolio", "obligations", "activities", "handover")


def build(rows: Reader, name: str, of: str = "", **more: Any) -> Any:
    """Any report on TODAY."""
    module = getattr(reports, name)
    return module.build(rows, of, TODAY, **more) if of else module.build(rows, TODAY, **more)


def render(rows: Reader, name: str, of: str, form: str, **more: Any) -> bytes:
    """Any report on TODAY in any format."""
    return reports.catalogue.render(name, form, build(rows, name, of, **more))


@pytest.fixture(scope="session")
def examples(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("reports") / "tracker.db"
    shutil.copy(template, path)
    records = [r for file in sorted(paths.EXAMPLES.glob("*.yaml")) for r in exchange.reading.read(file).records]
    actions.running.run(path, lambda session: actions.records.bring_in(session, records, TODAY))
    with Reader(path) as rows:
        yield rows


@pytest.fixture(scope="session")
def hostile(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("hostile") / "tracker.db"
    shutil.copy(template, path)
    plain = HOSTILE.replace("\u202e", "").replace("\u202c", "")
    person = {"name": plain, "office": plain, "party": "=1+1"}
    record = actions.record_check.check(
        {
            "ref": "X-1",
            "title": plain,
            "kind": "memorandum-of-understanding",
            "summary": f"{plain}\n{LONG}\n{LONG}",
            "parties": [
                {"name": plain, "kind": "ngo", "signatory": {"name": plain, "office": plain}},
                {"name": "=1+1", "acronym": "+A", "other_names": [plain[:200]]},
            ],
            "provisions": {
                "entry_into_force": "on signature",
                "duration": "3 years",
                "notice": "6 months",
                "clauses": {"notice": plain, "duration": LINE},
            },
            "events": [{"event": "signed", "on": "2025-01-10", "note": plain}],
            "obligations": [
                {
                    "number": 1,
                    "text": plain,
                    "clause": plain,
                    "owed_by": ["=1+1"],
                    "owed_to": [plain],
                    "due": "2026-01-31",
                    "responsible": {"name": plain},
                    "fulfilled": [{"due": "2026-01-31", "on": "2026-01-30", "evidence": plain, "by": "A1"}],
                },
                {"number": 2, "text": LONG, "clause": LINE, "owed_by": [plain], "due": "2026-10-31"},
                {
                    "number": 3,
                    "text": plain,
                    "owed_by": [plain],
                    "due": "2027-01-31",
                    "waived": [{"due": "2027-01-31", "on": "2026-01-01", "reason": plain}],
                },
            ],
            "activities": [
                {
                    "number": 1,
                    "title": plain,
                    "kind": "training",
                    "on": "2026-01-29",
                    "place": plain,
                    "status": "held",
                    "attendance": [{"party": "=1+1", "women": 3, "men": 4}, {"party": plain, "women": 1, "men": 9}],
                },
                {"number": 2, "title": LINE, "kind": "meeting", "on": "2026-03-01", "place": LINE, "status": "planned"},
            ],
            "documents": [{"file": "a b.pdf", "title": plain}, {"file": "b.pdf", "title": LINE}],
            "figures": [{"what": plain, "value": "-1.5", "unit": plain, "source": LINE}],
            "contacts": [{**person, "phone": "+507 305-3350"}],
            "responsible": person,
            "source": LINE,
            "notes": [{"text": plain}, {"text": LONG}],
        }
    )
    actions.running.run(path, lambda session: actions.agreements.add(session, record, TODAY, insist=True))
    with Reader(path) as rows:
        yield rows


@pytest.fixture(scope="session")
def hostile_person(hostile: Reader) -> str:
    return str(hostile.rows("people")[0]["ref"])


def cases() -> list[tuple[str, str]]:
    """Every report on the examples."""
    return [
        ("agreement", "IOM-PA-MINSEG"),
        ("agreement", "DEMO-WORK-PLAN"),
        ("agreement", "UN-1990-CMW"),
        ("portfolio", ""),
        ("obligations", ""),
        ("activities", ""),
        ("handover", "Ana Demo Quintero"),
    ]
