"""Export, import into an empty database, export again: the same bytes, and all that was written."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exchange.generated import LINE, TEXT, files
from tracker import actions, exchange, paths
from tracker.store.reader import Reader

Values = dict[str, Any]
Import = Callable[..., dict[str, str]]


@pytest.fixture(scope="module")
def through(template: Path) -> Import:
    """Imports a text into an empty database and exports everything, in each format."""

    def passes(text: str, *, as_json: bool) -> dict[str, str]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tracker.db"
            shutil.copy(template, path)
            found = exchange.reading.parse(text, "file", as_json=as_json)

            def use_case(session: Any) -> Any:
                return actions.records.bring_in(session, found.records, TODAY, insist=True)

            actions.running.run(path, use_case)
            with Reader(path) as rows:
                refs = [row["ref"] for row in rows.rows("record_refs")]
                records = exchange.writing.documents(rows, refs, whole=True)
            return {out: exchange.writing.text(records, out) for out in exchange.writing.FORMATS}

    return passes


def loaded(text: str) -> list[Values]:
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


def comparable(record: Values, like: Values) -> Values:
    """A record without what is assigned where it was left out, those only mentioned in the order of their names."""
    assigned = {"ref", "recorded_on"} - like.keys()
    said = {key: value for key, value in record.items() if key not in assigned}
    if others := said.get("other_parties"):
        said["other_parties"] = sorted(others, key=lambda party: str(party["name"]))
    return said


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(files())
def test_whatever_is_recorded_comes_back(through: Import, written: list[Values]) -> None:
    first = through(json.dumps(written), as_json=True)
    back = loaded(first["json"])
    assert [comparable(record, like) for record, like in zip(back, written, strict=True)] == [
        comparable(record, record) for record in written
    ]
    assert through(first["yaml"], as_json=False) == first
    assert through(first["json"], as_json=True) == first


@settings(max_examples=300, deadline=None)
@example([{"title": "A", "summary": "several lines\nand \uffff or \ufeff"}])
@given(st.lists(st.fixed_dictionaries({"title": LINE}, optional={"summary": TEXT, "source": TEXT}), min_size=1))
def test_every_text_survives_both_formats(written: list[Values]) -> None:
    for out in exchange.writing.FORMATS:
        text = exchange.writing.text(written, out)
        records = exchange.reading.parse(text, "file", as_json=out == "json").records
        assert [record.model_dump(mode="json", exclude_unset=True) for record in records] == written
        assert text.endswith("\n") and "\r" not in text


EXAMPLES = sorted(paths.EXAMPLES.glob("*.yaml"))


def test_all_the_examples_come_back(through: Import) -> None:
    """All of them in one database, so that names and links between them are tried as well."""
    source = "---\n" + "\n---\n".join(file.read_text(encoding="utf-8") for file in EXAMPLES)
    first = through(source, as_json=False)
    assert len(loaded(first["json"])) >= len(EXAMPLES) >= 12
    assert through(first["yaml"], as_json=False) == first
    assert through(first["json"], as_json=True) == first


def test_the_record_of_the_design_is_taken_whole(through: Import) -> None:
    """Every key of the documented record, each in its documented form."""
    text = (Path(__file__).parent / "whole.yaml").read_text(encoding="utf-8")
    found = json.loads(through(text, as_json=False)["json"])
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
