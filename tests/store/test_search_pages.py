"""The tables behind the search index: what SQLite writes is never strange, whatever is done to the index."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import suppress

import pytest
from alembic.util.pyfiles import load_python_file

from tracker import paths
from tracker.store import search_pages

INDEX = load_python_file(str(paths.MIGRATIONS / "versions"), "0004_documents_and_search.py").INDEX


def grown(choose: random.Random) -> Iterator[sqlite3.Connection]:
    """An index as it grows by small and large commits, with texts taken out again: some of them leave merges half done,
    and one word is in every text, so that its list has an index of its own."""
    words = ["".join(choose.choices("abcdefghijk", k=choose.randint(2, 9))) for _ in range(4000)]
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute(INDEX)
    count = 0
    for _ in range(60):
        db.execute("BEGIN")
        for _ in range(choose.choice([1, 3, 50, 400])):
            count += 1
            if choose.random() < 0.2:
                db.execute("DELETE FROM search WHERE rowid = ?", (choose.randint(1, count),))
            text = " ".join(["the", *choose.choices(words, k=25)])
            db.execute("INSERT OR REPLACE INTO search (rowid, title, words) VALUES (?, ?, ?)", (count, text[:20], text))
        db.execute("COMMIT")
        yield db


@pytest.fixture(scope="module")
def last() -> bytes:
    *_, db = grown(random.Random(1))
    return db.serialize()


def pages(db: sqlite3.Connection) -> list[tuple[int, int, int]]:
    structure = db.execute("SELECT block FROM search_data WHERE id = ?", (search_pages.STRUCTURE,)).fetchone()[0]
    return list(search_pages._segments(structure))


def test_what_sqlite_writes_is_never_strange() -> None:
    half_merged = lists = 0
    for db in grown(random.Random(1)):
        assert list(search_pages.strange(db)) == []
        half_merged += any(first > 1 for _, first, _ in pages(db))
        lists = max(lists, db.execute("SELECT count(*) FROM search_idx WHERE pgno & 1").fetchone()[0])
    assert half_merged and lists, "both were there to be told apart from an edit"


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("search_idx", "DELETE FROM search_idx WHERE segid = :segment AND pgno >> 1 = :page"),
        (
            "search_idx",
            "UPDATE search_idx SET term = substr(term, 1, 2) WHERE segid = :segment AND pgno >> 1 = :page",
        ),
        ("search_idx", "INSERT INTO search_idx VALUES (99999, x'30', 2)"),
        ("search_data", "INSERT INTO search_data VALUES ((:segment << 37) + 9999999, x'00')"),
        ("search_idx", "INSERT INTO search_data VALUES ((:segment << 37) + (1 << 36) + :page, x'00')"),
        ("search_data", "INSERT INTO search_data VALUES (-5, x'00')"),
        ("search_config", "INSERT INTO search_config VALUES ('pgsz', 1000)"),
        (
            "search_docsize",
            "UPDATE search_docsize SET sz = CAST(sz AS TEXT) WHERE id = (SELECT max(rowid) FROM search)",
        ),
    ],
)
def test_an_edit_that_the_integrity_check_may_pass_is_found(last: bytes, table: str, statement: str) -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.deserialize(last)
    segment, _, _ = max(pages(db), key=lambda one: one[2] if one[1] == 1 else 0)
    plain = "SELECT max(pgno >> 1) FROM search_idx WHERE segid = ? AND NOT pgno & 1"
    page = db.execute(plain, (segment,)).fetchone()[0]
    assert db.execute(statement, {"segment": segment, "page": page}).rowcount > 0
    with suppress(sqlite3.DatabaseError):  # which of them it passes differs with the pages
        db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    assert list(search_pages.strange(db)) == [table]
