"""Any text is a search, and what FTS5 is given is always an expression it takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.rules.search_words import LONGEST, parse

EXPRESSIONS = [
    ("panama", '"panama"'),
    ("two words", '("two" AND "words")'),
    ("two AND words", '("two" AND "words")'),
    ("two OR words", '("two" OR "words")'),
    ("a b OR c d", '(("a" AND "b") OR ("c" AND "d"))'),
    ("a NOT b", '("a" NOT "b")'),
    ("a AND NOT b", '("a" NOT "b")'),
    ("a NOT b NOT c", '("a" NOT ("b" OR "c"))'),
    ("NOT b a", '("a" NOT "b")'),
    ("(a OR b) c", '(("a" OR "b") AND "c")'),
    ('"border management"', '"border management"'),
    ("traffick*", '"traffick" *'),
    ('"border manag"*', '"border manag" *'),
    ("counter-smuggling", '"counter-smuggling"'),
    ("and or not", '("and" AND "or" AND "not")'),
    ("((a", '"a"'),
    ("a))", '"a"'),
    ("a () b", '("a" AND "b")'),
    ('"never closed', '"never closed"'),
    ("a OR", '"a"'),
    ("OR", '"OR"'),
    ("-- ; a", '"a"'),
    ("http://example.org/a", '"http://example.org/a"'),
    ("title:x", '"title:x"'),
    ("NEAR(a b)", '("NEAR" AND ("a" AND "b"))'),
]


@pytest.mark.parametrize(("text", "expression"), EXPRESSIONS)
def test_expressions(text: str, expression: str) -> None:
    assert parse(text).expression == expression


def test_fields() -> None:
    found = parse('in:Documents party:"Ministry of Beta" scope:border-management country:PA agreement:X-1 training')
    assert found.expression == '"training"'
    assert found.fields == {
        "in": "documents",
        "party": "Ministry of Beta",
        "scope": "border-management",
        "country": "PA",
        "agreement": "X-1",
    }
    assert parse("party:IOM").expression is None


def test_what_is_taken_otherwise_is_said() -> None:
    assert parse("in:docs x").expression == '("in:docs" AND "x")'
    assert "in:docs names nothing" in parse("in:docs x").asides[0]
    assert parse("NOT x").expression == '"x"'
    assert "NOT takes away" in parse("NOT x").asides[0]
    assert parse("a OR NOT b").asides


@pytest.mark.parametrize("text", ["", "  ", "*", '""', "()", "?!", "\u0301"])
def test_without_a_word_nothing_is_found(index: sqlite3.Connection, text: str) -> None:
    found = parse(text)
    assert index.execute("SELECT rowid FROM t WHERE t MATCH ?", (found.expression,)).fetchall() == []
    assert "no word" in found.asides[0]


def test_of_a_long_text_the_beginning_is_looked_for() -> None:
    assert parse("x" * LONGEST).asides == ()
    found = parse("x" * LONGEST + "y" * 9000)
    assert found.expression == f'"{"x" * LONGEST}"' and "the first 1000" in found.asides[0]


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(title, words, tokenize='unicode61 remove_diacritics 2')")
    db.execute("INSERT INTO t VALUES ('Acuerdo', 'Cooperación con Panamá contra el tráfico')")
    yield db
    db.close()


PIECES = ["(", ")", '"', "*", "AND", "OR", "NOT", "NEAR(", "a", "b*", "in:", "in:notes", "^", "+", "-", "{", ":", "\0"]


@given(st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=150).map(" ".join))
@example("(" * 900 + "a")
@example(" ".join(["a"] * 500))
@example(" OR ".join(["a"] * 200))
@example(" NOT ".join(["a"] * 190))
@example("(a NOT " * 140)
@example("a OR (" * 160)
@example('"' * 999)
def test_any_text_is_a_search(index: sqlite3.Connection, text: str) -> None:
    found = parse(text)
    if found.expression is not None:
        index.execute("SELECT rowid FROM t WHERE t MATCH ?", (found.expression,)).fetchall()


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F), min_size=1, max_size=20))
def test_a_word_that_is_there_is_found(word: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(words, tokenize='unicode61 remove_diacritics 2')")
    db.execute("INSERT INTO t VALUES (?)", (f"before {word} after",))
    found = parse(word)
    if found.expression is not None and not found.fields:
        assert db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (found.expression,)).fetchone() == (1,)
    db.close()
