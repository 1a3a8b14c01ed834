"""Every error in a record file says where: file, line, column and key, whatever is wrong and however deep."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement, everything

from tracker import actions, exchange, paths
from tracker.actions.record import Record
from tracker.errors import BadRecord, TrackerError

FILE = """\
title: Agreement
countries: [PA, XX]
parties:
  - name: Alpha
    signatory: {name: "", office: Head}
  - {name: Beta, rol: party}
provisions:
  duration: soon
  renewal:
    mode: tacit
    times: many
events:
  - event: signed
    on: 2017-13-01
obligations:
  - number: 0
    text: |
      Several lines
      of text
    fulfilled:
      - {due: 2018-01-01, on: 31/12/2018}
activities:
  - {title: W, kind: traning, on: 2018}
figures:
  - what: x
    value: 1,5
notes: just one
"""
# key, line and column of each problem of FILE, in the order of the record
PROBLEMS = [
    ("countries[2]", 2, 17),
    ("parties[1].signatory.name", 5, 17),
    ("parties[2].rol", 6, 18),
    ("provisions.duration", 8, 3),
    ("provisions.renewal.times", 11, 5),
    ("events[1].on", 14, 5),
    ("obligations[1].number", 16, 5),
    ("obligations[1].fulfilled[1].on", 21, 27),
    ("activities[1].kind", 23, 16),
    ("figures[1].value", 26, 5),
    ("notes", 27, 1),
]


def refused(text: str, *, as_json: bool = False) -> BadRecord:
    with pytest.raises(BadRecord) as caught:
        exchange.reading.parse(text, "file", as_json=as_json)
    assert "\n" not in str(caught.value)
    return caught.value


def test_every_problem_of_a_file_one_after_another() -> None:
    """Each problem is found where it stands; mended one by one (by dropping its line), the next one is told."""
    document = exchange.yaml_file.parse(FILE, "file")[0]
    with pytest.raises(actions.record_check.InvalidRecord) as caught:
        actions.record_check.check(document.values)
    found = [
        (actions.record_check.path_of(place), *(document.position(place) or ())) for place, _ in caught.value.problems
    ]
    assert found == PROBLEMS
    first = refused(FILE)
    assert (first.key, first.line, first.column) == PROBLEMS[0]
    assert str(first).startswith("file:2:17: countries[2]: 'XX' is not a country")
    assert first.hint == "and 10 more problems in this record"


def test_the_same_in_json() -> None:
    values = exchange.yaml_file.parse(FILE, "file")[0].values
    text = json.dumps(values, indent=1)
    document = exchange.json_file.parse(text, "file")[0]
    assert document.values == values
    lines = text.splitlines()
    for key, place in (("rol", ("parties", 1, "rol")), ("soon", ("provisions", "duration")), ("XX", ("countries", 1))):
        line, column = document.position(place) or (0, 0)
        assert key in lines[line - 1] and lines[line - 1][: column - 1].strip() == ""


def test_each_document_counts_its_own_problems_and_the_files_lines() -> None:
    error = refused("title: A\n---\ntitle: B\n---\n\n# remark\nnotes:\n  - {txt: x}\ntitle: C\n")
    assert (error.line, error.key) == (8, "notes[1].text")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("title: A\n---\ntitle: [\n", 4, "is not YAML"),
        ("title: A\nx: y: z\n", 2, "is not YAML"),
        ("title: A\n  kind: treaty\n", 2, "is not YAML"),
        ("title: 'A\n", 2, "is not YAML"),
        ("title: A\n\tkind: x\n", 2, "is not YAML"),
        ("title: A\nsummary: a\0b\n", 2, "U+0000"),
        ("title: A\n\n\nsummary: a\x1bb\n", 4, "U+001B"),
        ("title: A\nsummary: a\uffffb\n", 2, "U+FFFF"),
        ("title: A\n--- !!python/object x\n", 2, "has the tag"),
        ("title: A\nsummary: !x B\n", 2, "has the tag !x"),
        ("title: A\nnotes: &a [*a]\n", 2, "anchor or alias"),
        ("title: A\n<<: {summary: x}\n", 2, "<<: is not a key here"),
        ("title: A\n? [a]\n: b\n", 2, "expected a key"),
        ("title: A\n1: b\n", 2, "1: is not a key here"),
        ("title: A\nnotes:\n- text: a\n  text: b\n", 4, "text: stands twice here"),
    ],
)
def test_what_is_no_yaml_or_more_than_ours(text: str, line: int, problem: str) -> None:
    error = refused(text)
    assert (error.line, problem in str(error)) == (line, True), str(error)


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ('{\n"title": NaN}', 2, 10, "NaN is not a number"),
        ('{\n"title": [1, -Infinity]}', 2, 14, "-Infinity is not a number"),
        ('{"title": "A",\n "title": "B"}', 2, 2, "stands twice here"),
        ('{"a": {"b": 1,\n"b": 2}}', 2, 1, "b: stands twice here"),
        ('[{"title": "A"},\n {"titel": "B"}]', 2, 2, "title: is missing"),
        ('[{"title": "A"},\n "B"]', 2, 2, "is no record"),
        ('{"title": "A"}\n{"title": "B", "kind": "x"}', 2, 16, "kind: 'x' is not known"),
        ('{"title": "A"}\nnull', 2, 1, "is no record"),
        ('{"title": "A"}\n}', 2, 1, "is not JSON"),
        ('{"title": "a\nb"}', 1, 13, "Invalid control character"),
        ("{'title': 'A'}", 1, 2, "expected a key in double quotes"),
        ('{"title": "A" // x\n}', 1, 15, "expected ','"),
        ('{"title": 01}', 1, 12, "expected ','"),
        ('{"title": "\\x"}', 1, 12, "Invalid \\"),
        ('{"title": "\\udc00"}', 1, 2, "U+DC00"),
    ],
)
def test_what_is_no_json(text: str, line: int, column: int, problem: str) -> None:
    error = refused(text, as_json=True)
    assert (error.line, error.column) == (line, column), str(error)
    assert problem in str(error)


def keys() -> Iterator[tuple[str, str]]:
    """Every key of the record with the place it stands in, from the JSON Schema that is printed."""
    schema = Record.model_json_schema(by_alias=True)

    def walk(node: dict[str, Any], place: str) -> Iterator[tuple[str, str]]:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        for choice in node.get("anyOf", []):
            yield from walk(choice, place)
        if "items" in node:
            yield from walk(node["items"], f"{place}[1]")
        for key, inner in node.get("properties", {}).items():
            yield place, key
            yield from walk(inner, f"{place}.{key}" if place else key)

    yield from walk(schema, "")


def nested(place: str, key: str) -> Any:
    """Values that hold ``key`` at a place such as ``obligations[1].fulfilled[1]``."""
    value: Any = {key: "x"}
    for step in reversed(place.replace("[1]", ".[]").split(".") if place else []):
        value = [value] if step == "[]" else {step: value}
    return value


KEYS = sorted(set(keys()))
JSON_SCHEMA = {
    *("$defs", "$ref", "anyOf", "const", "default", "description", "enum", "examples", "format", "items", "title"),
    *("additionalProperties", "maxLength", "maximum", "minLength", "minimum", "pattern", "properties", "required"),
    *("type",),
}


def test_the_schema_holds_every_part() -> None:
    places = {place for place, _ in KEYS}
    assert {"", "parties[1].signatory", "obligations[1].fulfilled[1]", "activities[1].attendance[1]"} <= places
    assert len(KEYS) > 100


@pytest.mark.parametrize(("place", "key"), [(place, key) for place, key in KEYS if len(key) > 3])
def test_a_slip_in_any_key_gets_the_nearest(place: str, key: str) -> None:
    slip = f"{key[:-2]}{key[-1]}{key[-2]}x" if key[-1] != key[-2] else f"{key}x"
    values = {"title": "A", **nested(place, slip)}
    with pytest.raises(actions.record_check.InvalidRecord) as caught:
        actions.record_check.check(values)
    wanted = f"{place}.{slip}" if place else slip
    said = {actions.record_check.path_of(at): problem for at, problem in caught.value.problems}
    assert said[wanted] == f"is not a key here; did you mean {key}?"


def test_every_key_of_the_examples_is_in_the_schema() -> None:
    known = set(KEYS)

    def places(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
        if isinstance(value, list):
            for inner in value:
                yield from places(inner, f"{place}[1]")
        if isinstance(value, dict):
            for key, inner in value.items():
                yield place, key
                yield from places(inner, f"{place}.{key}" if place else key)

    used = set()
    for file in sorted(paths.EXAMPLES.glob("*.yaml")):
        for document in exchange.yaml_file.parse(file.read_text(encoding="utf-8"), file.name):
            used |= set(places(document.values))
    assert used <= known
    assert len(used) > 40


def test_the_schema_says_only_what_json_schema_knows() -> None:
    """Bounds of our own that came out under Python's names would be ignored by every validator."""

    def words(node: Any) -> Iterator[str]:
        for key, inner in node.items():
            yield key
            if key in ("properties", "$defs"):
                for part in inner.values():
                    yield from words(part)
            elif isinstance(inner, dict) and key != "default":
                yield from words(inner)
            elif isinstance(inner, list):
                for part in inner:
                    yield from words(part) if isinstance(part, dict) else ()

    assert set(words(Record.model_json_schema(by_alias=True))) <= JSON_SCHEMA


@pytest.mark.parametrize(
    ("changes", "line", "key"),
    [
        ({"scopes": ["asylum", "nonsense"]}, "nonsense", "scopes[2]"),
        ({"events": [{"event": "signed", "on": "2017", "party": "Nobody"}]}, "party", "events[1].party"),
        (
            {"obligations": [{"text": "T", "owed_by": ["Alpha Institut"]}]},
            "Alpha Institut\n",
            "obligations[1].owed_by[1]",
        ),
        ({"ref": "R-1"}, "ref", "ref"),
    ],
)
def test_errors_of_the_database_are_placed_in_the_file(
    database: Path, changes: dict[str, Any], line: str, key: str
) -> None:
    text = exchange.writing.text([everything(), {**agreement("X-1"), **changes}], "yaml")
    found = exchange.reading.parse(text, "file", as_json=False)
    with pytest.raises(TrackerError) as caught:
        actions.running.run(database, lambda session: actions.records.bring_in(session, found.records, TODAY))
    placed = found.located(caught.value)
    assert isinstance(placed, BadRecord)
    assert placed.key == key and placed.line is not None
    assert placed.line > text[: text.rindex("---")].count("\n"), "in the second document"
    assert line.strip() in text.splitlines()[placed.line - 1]
    assert placed.exit_code == (4 if key == "ref" else 2)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "- " * 50_000,
        "? " * 50_000,
        "a: " + "{x: " * 10_000,
        "title: !!" + "x" * 100_000,
        "title: &" + "x" * 100_000,
        '"' + "\\n" * 100_000,
        "&a [" + "*a, " * 50_000 + "]",
        "#" * 1_000_000,
        "%TAG ! x\n" * 10_000,
    ],
    ids=range(10),
)
def test_hostile_yaml_is_refused_fast(text: str) -> None:
    begin = time.monotonic()
    refused(text)
    assert time.monotonic() - begin < 60


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        '{"a":' * 100_000,
        "9" * 1_000_000,
        '"' + "\\u0041" * 100_000,
        "[" + "1," * 100_000,
        "-" * 100_000,
    ],
    ids=range(6),
)
def test_hostile_json_is_refused_fast(text: str) -> None:
    begin = time.monotonic()
    refused(text, as_json=True)
    assert time.monotonic() - begin < 60
