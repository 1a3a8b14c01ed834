"""The real agreements that come with the program: what is derived from their facts is what is officially so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tracker import actions, exchange, paths
from tracker.store import migrate
from tracker.store.picture import derived
from tracker.store.reader import Reader

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("examples") / "tracker.db"
    migrate.create(path)
    records = [r for file in sorted(paths.EXAMPLES.glob("*.yaml")) for r in exchange.reading.read(file).records]
    actions.running.run(path, lambda session: actions.records.bring_in(session, records, TODAY))
    with Reader(path) as reader:
        yield reader


@pytest.mark.parametrize(
    ("ref", "official"),
    [
        ("UN-1990-CMW", "2003-07-01"),  # A/RES/45/158; UNTS 2220 p. 3: 20th instrument 2003-03-14
        ("UN-2000-TIP", "2003-12-25"),  # A/RES/55/25: 40th instrument 2003-09-26
        ("UN-2000-SOM", "2004-01-28"),  # A/RES/55/25: 40th instrument 2003-10-30
        ("UN-1951-REF", "1954-04-22"),  # UNTS 189 p. 137: 6th instrument 1954-01-22
        ("UN-1967-REF", "1967-10-04"),
        ("UN-1954-STATELESS", "1960-06-06"),
        ("MERCOSUR-2002-RES", "2009-07-28"),
    ],
)
def test_entry_into_force_is_the_official_one(rows: Reader, ref: str, official: str) -> None:
    assert derived(rows, ref, TODAY)["in_force"] == official


@pytest.mark.parametrize("ref", ["UN-1990-CMW", "UN-2000-TIP", "UN-2000-SOM", "UN-1951-REF"])
def test_it_is_derived_from_the_deposits_not_recorded(rows: Reader, ref: str) -> None:
    agreement = rows.row("record_agreement", ref=ref)
    assert agreement is not None
    events = [row["kind"] for row in rows.rows("record_events", agreement=agreement["id"])]
    assert "entered-into-force" not in events
    assert sum(kind in ("ratified", "acceded", "accepted", "approved") for kind in events) > 5


def test_the_founding_agreement_says_exactly_what_is_known(rows: Reader) -> None:
    found = derived(rows, "IOM-PA-MINSEG", TODAY)
    assert (found["status"], found["since"], found["signed"]) == ("signed", "unknown", "unknown")
    assert (found["in_force"], found["last_day"], found["terms"]) == (None, None, [])
    assert {row["due"] for row in found["obligations"]} == {"ongoing"}


def test_there_is_one_of_each_fate(rows: Reader) -> None:
    listed = {row["ref"]: row["status"] for row in rows.rows("agreements", day=TODAY.isoformat())}
    assert len(listed) >= 12
    assert {"in-force", "signed", "terminated", "replaced", "suspended"} <= set(listed.values())
    assert any(term["origin"] == "tacit" for term in derived(rows, "IT-LY-2017", TODAY)["terms"])


def test_what_is_invented_says_so() -> None:
    text = (paths.EXAMPLES / "demo-work-plan.yaml").read_text(encoding="utf-8")
    assert text.count("ictitious") >= 4
    others = [file for file in paths.EXAMPLES.glob("*.yaml") if file.name != "demo-work-plan.yaml"]
    assert all("source:" in file.read_text(encoding="utf-8") for file in others)
