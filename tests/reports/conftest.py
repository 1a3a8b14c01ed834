"""One database with every example, and one where every text is hostile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TODAY

from tracker import actions, exchange, paths
from tracker.store.reader import Reader

HOSTILE = (
    "<script>alert(1)</script> {{7*7}} {% raw %} =cmd|'/c calc'!A1 | # *b* _i_ `c` [l](javascript:x) "
    "&amp; <b>ö</b> مرحبا 👍🏽 e\u0301 " + "W" * 300
)


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
    record = actions.record_check.check(
        {
            "ref": "X-1",
            "title": HOSTILE,
            "kind": "memorandum-of-understanding",
            "summary": HOSTILE,
            "parties": [
                {"name": HOSTILE, "kind": "ngo", "signatory": {"name": HOSTILE, "office": HOSTILE}},
                {"name": "=1+1", "acronym": "+A", "other_names": [HOSTILE[:400]]},
            ],
            "provisions": {
                "entry_into_force": "on signature",
                "duration": "3 years",
                "notice": "6 months",
                "clauses": {"notice": HOSTILE},
            },
            "events": [{"event": "signed", "on": "2025-01-10", "note": HOSTILE}],
            "obligations": [
                {
                    "number": 1,
                    "text": HOSTILE,
                    "clause": HOSTILE,
                    "owed_by": ["=1+1"],
                    "due": "2026-01-31",
                    "responsible": {"name": HOSTILE},
                    "fulfilled": [{"due": "2026-01-31", "on": "2026-01-30", "evidence": HOSTILE}],
                }
            ],
            "activities": [
                {
                    "number": 1,
                    "title": HOSTILE,
                    "kind": "training",
                    "on": "2026-02-01",
                    "place": HOSTILE,
                    "status": "held",
                    "attendance": [{"party": "=1+1", "women": 3, "men": 4}],
                }
            ],
            "documents": [{"file": "a b.pdf", "title": HOSTILE}],
            "figures": [{"what": HOSTILE, "value": "-1.5", "unit": HOSTILE, "source": HOSTILE}],
            "contacts": [{"name": HOSTILE, "office": HOSTILE, "phone": "+507 305-3350"}],
            "source": HOSTILE,
            "notes": [{"text": HOSTILE}],
        }
    )
    actions.running.run(path, lambda session: actions.agreements.add(session, record, TODAY))
    with Reader(path) as rows:
        yield rows
