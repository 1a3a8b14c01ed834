"""The named queries: each can be prepared with all its values and with none of the optional ones."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tracker import paths
from tracker.store import queries
from tracker.store.reader import Reader

OPTIONAL = re.compile(r"-- when (\w+)")
NEEDED = {"day": "2026-11-24", "until": "2027-11-24", "agreement": "X", "ref": "X", "number": 1, "start": "x%"}


@pytest.mark.parametrize("name", sorted(queries.catalogue()))
def test_it_can_be_prepared(name: str, database: Path) -> None:
    query = queries.catalogue()[name]
    optional = {value for _, value in query.lines if value}
    with Reader(database) as reader:
        for given in ({}, dict.fromkeys(optional, "x")):
            text = query.text(frozenset(given))
            named = set(re.findall(r"(?<!:):([a-z_]+)", text))
            reader._db.execute(f"EXPLAIN {text}", {key: given.get(key, NEEDED.get(key, "x")) for key in named})


def test_each_is_asked_for_somewhere() -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in Path("tracker").rglob("*.py"))
    source = source or "\n".join(
        file.read_text(encoding="utf-8") for file in (paths.DB.parent / "tracker").rglob("*.py")
    )
    dynamic = {f"record_{section}" for section in ("events", "links", "documents", "figures", "notes")}
    unused = [name for name in queries.catalogue() if f'"{name}"' not in source and name not in dynamic]
    assert unused == []


def test_the_conditions_of_values_not_given_are_left_out() -> None:
    text, bound = queries.bind("agreements", {"day": "2026-11-24", "kind": "treaty", "party": None})
    assert ":kind" in text and ":party" not in text and ":status" not in text
    assert bound == {"day": "2026-11-24", "kind": "treaty"}


def test_a_value_is_bound_never_pasted(database: Path) -> None:
    with Reader(database) as reader:
        assert reader.rows("agreements", day="2026-11-24", text="%'; DROP TABLE agreement; --%") == []
        with pytest.raises(sqlite3.ProgrammingError):
            reader.rows("agreements")
