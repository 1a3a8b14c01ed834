"""How SQLite goes about the named queries: along an index, never through a large table."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tracker.cli.listings import LISTINGS
from tracker.store import queries
from tracker.store.narrowing import MOST, few
from tracker.store.reader import Reader

DAY, UNTIL = "2026-11-24", "2026-12-24"
FEW = json.dumps([1, 2, 3])
PARTY, SCOPE = {"party": "iom"}, {"scope": "border-management"}

READS: list[tuple[str, dict[str, Any]]] = [
    ("deadlines", {"until": UNTIL}),
    ("deadlines", {"until": UNTIL, "limit": 20}),
    ("deadlines", {"until": UNTIL, "overdue": 1, **PARTY}),
    ("deadlines", {"until": UNTIL, "few": FEW, **PARTY}),
    ("deadlines", {"until": UNTIL, "agreement": "PA-2017-001"}),
    ("obligations", {"overdue": 1, **PARTY}),
    ("obligations", {"overdue": 1, "few": FEW, **PARTY}),
    ("obligations", {"until": UNTIL, "limit": 20}),
    ("obligations", {"agreement": "PA-2017-001", "number": 1}),
    ("occurrences", {"agreement": "PA-2017-001", "number": 1}),
    ("agreements", {"status": "in-force", **SCOPE, "few": FEW}),
    ("agreements", {"agreement": "PA-2017-001"}),
    ("activities", {"agreement": "PA-2017-001", "number": 1}),
    ("short_of_horizon", {"until": UNTIL}),
    ("search_found", {"hits": FEW}),
    ("search_snippets", {"words": "a", "hits": FEW}),
    *((name, {"start": "x", "after": "y"}) for name in queries.catalogue() if name.startswith("complete_")),
    *(
        (name, {"agreement": 1, "party": 1, "ref": "X", "most": 9})
        for name in queries.catalogue()
        if name.startswith(("record_", "show_", "check_lapsing", "check_off", "known_reference"))
        and name not in ("record_refs", "known_references")
    ),
    *(
        (f"few_of_{name}", {name: value, "most": MOST})
        for name, value in {
            "party": "iom",
            "scope": "border-management",
            "country": "PA",
            "responsible": "ana",
            "status": "in-force",
        }.items()
    ),
]
SMALL = ("scope_area", "below", "named", "json_each", "SUBQUERY", "subquery", "CONSTANT", "search", "hit")
"""What may be gone through: code lists, what the query itself gathered, and the full-text index with its own plan."""

NEVER_BEGUN = re.compile(r":(overdue|until) IS NULL")
"""In a statement whose rows these filters leave out altogether."""


@pytest.mark.parametrize(("name", "values"), READS)
def test_no_large_table_is_gone_through(name: str, values: dict[str, Any], database: Path) -> None:
    with Reader(database) as reader:
        tables = {name for (name,) in reader._db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for text, bound in queries.bind(name, {"day": DAY, **values}):
            if NEVER_BEGUN.search(text):
                continue
            named = {table for table in tables if re.search(rf"\b(FROM|JOIN) {table}\b", text)}
            for *_, detail in reader._db.execute(f"EXPLAIN QUERY PLAN {text}", bound):
                assert "AUTOMATIC" not in detail, detail
                scanned = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?$", detail)
                if scanned and named and not _is_small(scanned[1], text):
                    assert scanned[2] == "ix_activity__open", f"{name}: {detail}"


def _is_small(alias: str, text: str) -> bool:
    table = re.search(rf"\b(?:FROM|JOIN) (\w+)(?: AS)? {alias}\b", text)
    return (table[1] if table else alias) in SMALL


@pytest.mark.parametrize(
    ("values", "index"),
    [
        ({}, "SCAN a USING INDEX sqlite_autoindex_agreement_1"),
        ({"status": "in-force", **SCOPE}, "SCAN a USING INDEX sqlite_autoindex_agreement_1"),
    ],
)
def test_agreements_come_in_the_order_of_an_index(values: dict[str, Any], index: str, database: Path) -> None:
    """So that the first of them are there before the others are looked at."""
    with Reader(database) as reader:
        ((text, bound),) = queries.bind("agreements", {"day": DAY, "limit": 20, **values})
        plan = [detail for *_, detail in reader._db.execute(f"EXPLAIN QUERY PLAN {text}", bound)]
    assert index in plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in [step for step in plan if not step.startswith("SCAN (")][-1]


@pytest.mark.parametrize(("name", "values"), [("deadlines", {"until": UNTIL}), ("obligations", {"overdue": 1})])
def test_due_dates_are_merged_in_the_order_of_their_indexes(name: str, values: dict[str, Any], database: Path) -> None:
    with Reader(database) as reader:
        text, bound = queries.bind(name, {"day": DAY, **values})[0]
        plan = [detail for *_, detail in reader._db.execute(f"EXPLAIN QUERY PLAN {text}", bound)]
    assert "MERGE (UNION ALL)" in plan
    first = next(step for step in plan if "ix_occurrence__open" in step)
    assert first == "SEARCH c USING INDEX ix_occurrence__open (due_on<?)"
    assert "USE TEMP B-TREE FOR RIGHT PART OF ORDER BY" in plan


@pytest.mark.parametrize("values", [{}, {"entry": 1}, {"since": "2026-01-01"}])
def test_the_journal_is_read_in_the_order_it_is_told(values: dict[str, Any], database: Path) -> None:
    """So that the last change is there before the thousands of an import are."""
    with Reader(database) as reader:
        ((text, bound),) = queries.bind("history", values)
        plan = [detail for *_, detail in reader._db.execute(f"EXPLAIN QUERY PLAN {text}", bound)]
    assert "SEARCH r USING PRIMARY KEY (entry=?)" in plan and not [step for step in plan if "B-TREE" in step]


LISTED = {
    "agreements": "SCAN a USING INDEX sqlite_autoindex_agreement_1",
    "obligations": "SCAN c USING INDEX ix_occurrence__open",
    "occurrences": "SEARCH c USING INDEX ix_occurrence__open (due_on>?)",
    "deadlines": "SEARCH c USING INDEX ix_occurrence__open (due_on<?)",
    "activities": "SCAN v USING INDEX ix_activity__on_lower",
    "attendances": "SCAN v USING INDEX ix_activity__on_lower",
    "parties": "SCAN p USING INDEX ix_party__name_key",
    "people": "SCAN p USING INDEX ix_person__name_key",
}
"""How each table of ``cli/listings.py`` begins, so that its rows need not be sorted in memory."""


@pytest.mark.parametrize("name", [listing.query for listing in LISTINGS])
def test_every_listing_is_read_along_an_index_and_not_sorted(name: str, database: Path) -> None:
    """At the most the rows of one day are put in order; a part that hardly has rows (on no day) may be sorted."""
    with Reader(database) as reader:
        text, bound = queries.bind(name, {"day": DAY, "until": UNTIL} if name == "deadlines" else {"day": DAY})[0]
        plan = list(reader._db.execute(f"EXPLAIN QUERY PLAN {text}", bound))
    steps = {key: step for key, _, _, step in plan}
    parts = {key for key, _, _, step in plan if step in ("LEFT", "RIGHT", "MERGE (UNION ALL)")} | {0}
    own = [step for _, parent, _, step in plan if parent in parts]
    assert LISTED[name] in own, own
    for key, parent, _, step in plan:
        if step == "USE TEMP B-TREE FOR ORDER BY" and parent in parts:
            before = [steps[other] for other, above, *_ in plan if above == parent and other < key]
            assert any("(rowid=?)" in found or "_between" in found for found in before[:1]), (name, before)


def test_due_dates_are_merged_from_open_and_settled_ones(database: Path) -> None:
    with Reader(database) as reader:
        (text, bound), _ = queries.bind("occurrences", {"day": DAY})
        plan = [detail for *_, detail in reader._db.execute(f"EXPLAIN QUERY PLAN {text}", bound)]
    assert "MERGE (UNION ALL)" in plan
    assert "SEARCH c USING INDEX ix_occurrence__settled (due_on>?)" in plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in [step for step in plan if "TEMP" in step]


def test_the_rarest_filter_is_begun_with(database: Path) -> None:
    with Reader(database) as reader:
        assert few(reader, day=DAY) is None
        assert few(reader, day=DAY, agreement="X", party="nobody") is None
        assert few(reader, day=DAY, party="nobody") == "[]"
