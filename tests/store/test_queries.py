"""The named queries: each can be prepared with all its values and with none of the optional ones."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
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
    optional = {value for lines in query.statements for _, needed in lines for value in needed}
    with Reader(database) as reader:
        for given in ({}, dict.fromkeys(optional, "x")):
            for text in query.texts(given.keys()):
                named = set(re.findall(r"(?<!:):([a-z_]+)", text))
                reader._db.execute(f"EXPLAIN {text}", {key: given.get(key, NEEDED.get(key, "x")) for key in named})


def test_each_is_asked_for_somewhere() -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in Path("tracker").rglob("*.py"))
    source = source or "\n".join(
        file.read_text(encoding="utf-8") for file in (paths.DB.parent / "tracker").rglob("*.py")
    )
    dynamic = {f"record_{section}" for section in ("events", "links", "documents", "figures", "notes")}
    dynamic |= {f"few_of_{name}" for name in ("party", "responsible", "status", "scope", "country")}
    unused = [name for name in queries.catalogue() if f'"{name}"' not in source and name not in dynamic]
    assert unused == []


def test_the_conditions_of_values_not_given_are_left_out() -> None:
    ((text, bound),) = queries.bind("agreements", {"day": "2026-11-24", "kind": "treaty", "party": None})
    assert ":kind" in text and ":party" not in text and ":status" not in text
    assert bound == {"day": "2026-11-24", "kind": "treaty"}


def test_a_value_is_bound_never_pasted(database: Path) -> None:
    with Reader(database) as reader:
        assert reader.rows("agreements", day="2026-11-24", text="%'; DROP TABLE agreement; --%") == []
        with pytest.raises(sqlite3.ProgrammingError):
            reader.rows("agreements")


def test_each_says_what_it_is_for() -> None:
    """Those of the record are the sections of one document and need no more than their name."""
    silent = [name for name, query in queries.catalogue().items() if not query.doc and not name.startswith("record_")]
    assert silent == []


@pytest.mark.parametrize("name", sorted(queries.catalogue()))
def test_it_reads_and_does_not_write(name: str) -> None:
    for text in queries.catalogue()[name].texts(frozenset()):
        assert re.match(r"\s*(SELECT|WITH)\b", text), text[:40]
        assert not re.search(r"\b(INSERT|UPDATE|DELETE|DROP|ATTACH|PRAGMA|REPLACE INTO)\b", text)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., dict[str, queries.Query]]]:
    """The catalogue of files with these contents instead of ours."""

    def catalogue(*contents: str) -> dict[str, queries.Query]:
        for number, content in enumerate(contents):
            (tmp_path / f"{number}.sql").write_text(content)
        monkeypatch.setattr(paths, "QUERIES", tmp_path)
        _forget()
        return queries.catalogue()

    yield catalogue
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    queries.query.cache_clear()
    queries._bodies.cache_clear()


LISTING = """-- What this file is about.
-- name: listing
-- Lists what there is,
-- newest first.
SELECT a FROM t
WHERE 1
  AND b = :b  -- when b
-- include filters
-- a remark inside
  AND c IN (  -- when c
-- include inner  -- when c
  )  -- when c
ORDER BY a
"""
FRAGMENTS = """-- fragment: filters
  AND d = :d  -- when d
  AND e

-- fragment: inner
SELECT f FROM g WHERE h = :c
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "SELECT a FROM t WHERE 1 AND e ORDER BY a"),
        ({"b": 1, "c": None}, "SELECT a FROM t WHERE 1 AND b = :b AND e ORDER BY a"),
        ({"d": 0}, "SELECT a FROM t WHERE 1 AND d = :d AND e ORDER BY a"),
        ({"c": ""}, "SELECT a FROM t WHERE 1 AND e AND c IN ( SELECT f FROM g WHERE h = :c ) ORDER BY a"),
    ],
)
def test_conditions_and_fragments(
    files: Callable[..., dict[str, queries.Query]], given: dict[str, object], expected: str
) -> None:
    found = files(LISTING, FRAGMENTS)
    assert list(found) == ["listing"], "a fragment is no statement"
    assert found["listing"].doc == "Lists what there is, newest first."
    ((text, bound),) = queries.bind("listing", {**given, "unused": 1})
    assert " ".join(text.split()) == expected
    assert bound == {key: value for key, value in given.items() if value is not None}


def test_slips_in_the_files_are_found_when_they_are_read(files: Callable[..., dict[str, queries.Query]]) -> None:
    with pytest.raises(ValueError, match="a second listing"):
        files(LISTING, FRAGMENTS, "-- name: listing\nSELECT 1\n")
    with pytest.raises(KeyError, match="nowhere"):
        files("-- name: other\nSELECT 1\n-- include nowhere\n", "", "")


def test_an_unknown_name_is_a_bug() -> None:
    with pytest.raises(KeyError):
        queries.bind("no_such_query", {})
