"""Export, import into an empty database, export again: the same bytes."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.generated import records
from tracker import actions, exchange, paths
from tracker.store.reader import Reader

Through = Callable[..., str]


@pytest.fixture(scope="module")
def through(template: Path) -> Through:
    """Imports a text into an empty database and exports everything in a format."""

    def passes(text: str, *, as_json: bool, out: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tracker.db"
            shutil.copy(template, path)
            found = exchange.reading.parse(text, "file", as_json=as_json)
            actions.running.run(path, lambda session: actions.records.bring_in(session, found.records, TODAY))
            with Reader(path) as rows:
                refs = [row["ref"] for row in rows.rows("record_refs")]
                return exchange.writing.text(exchange.writing.records(rows, refs), out)

    return passes


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(records(), min_size=1, max_size=2))
def test_whatever_is_recorded_comes_back(through: Through, written: list[dict[str, Any]]) -> None:
    source = json.dumps(written)
    as_yaml = through(source, as_json=True, out="yaml")
    assert through(as_yaml, as_json=False, out="yaml") == as_yaml
    as_json = through(as_yaml, as_json=False, out="json")
    assert through(as_json, as_json=True, out="json") == as_json


def test_all_the_examples_come_back(through: Through) -> None:
    source = "---\n" + "\n---\n".join(
        file.read_text(encoding="utf-8") for file in sorted(paths.EXAMPLES.glob("*.yaml"))
    )
    as_yaml = through(source, as_json=False, out="yaml")
    assert as_yaml.count("\n---\n") + 1 >= 12
    assert through(as_yaml, as_json=False, out="yaml") == as_yaml
    as_json = through(as_yaml, as_json=False, out="json")
    assert through(as_json, as_json=True, out="yaml") == as_yaml


def test_the_record_of_the_design_is_taken_whole(through: Through) -> None:
    """Every key of the documented record, each in its documented form."""
    text = (Path(__file__).parent / "whole.yaml").read_text(encoding="utf-8")
    out = through(text, as_json=False, out="json")
    found = json.loads(out)
    assert found["ref"] == "PA-2017-001"
    assert found["provisions"]["renewal"] == {"mode": "tacit", "period": "3 years", "times": 2}
    assert found["obligations"][0]["fulfilled"] == [
        {"due": "2017-11-18", "on": "2017-11-02", "by": "A1", "evidence": "attendance list"}
    ]
    assert found["activities"][0]["attendance"] == [{"party": "MINSEG", "women": 12, "men": 9, "other": 0}]
    assert set(_keys(found)) >= {"until", "place", "responsible", "figures", "contacts", "links", "documents", "notes"}


def _keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in _keys(inner))]
    return [key for inner in value for key in _keys(inner)] if isinstance(value, list) else []
