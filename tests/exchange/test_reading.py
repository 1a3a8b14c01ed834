"""Record files that cannot be taken: one sentence with file, line, column and key, quickly, whatever they hold."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import exchange
from tracker.errors import BadFile, BadRecord
from tracker.exchange import json_file
from tracker.exchange.source import Document

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9)
)
YAML: list[tuple[str, str]] = [
    ("title: A\ntitel: B\n", "f:2:1: titel: is not a key here; did you mean title?"),
    ("title: A\ntitle: B\n", "f:2:1: title: stands twice here"),
    ("title: ''\n", "f:1:1: title: is empty"),
    ("kind: treaty\n", "title: is missing"),
    ("title: A\nevents:\n  - {event: signed, on: 2017-02-30}\n", "f:3:21: events[1].on: '2017-02-30' is not a date"),
    ("title: A\nevents:\n  - {event: signed, on: 03/04/2017}\n", "2017-04-03 or 2017-03-04"),
    ("title: A\nevents: [{event: singed, on: 2017}]\n", "events[1].event: 'singed' is not known; did you mean signed?"),
    ("title: A\nkind: mou\n", "f:2:1: kind: 'mou' is not known"),
    ("title: A\ncountries: [XX]\n", "countries[1]: 'XX' is not a country"),
    ("title: A\nprovisions: {duration: soon}\n", "provisions.duration: 'soon' is not a duration"),
    ("title: A\nprovisions: {duration: 3 years, ends: 2020-01-01}\n", "provisions: has duration and ends"),
    ("title: A\nobligations: [{text: T, due: sometimes}]\n", "obligations[1].due: 'sometimes' is not understood"),
    ("title: A\nactivities: [{title: T, kind: training, on: 2017-02-01, until: 2017-01-01}]\n", "before it starts"),
    (
        "title: A\nactivities: [{title: T, kind: training, on: 2017, attendance: [{party: X, women: -1}]}]\n",
        "women: '-1'",
    ),
    ("title: A\nfigures: [{what: W, value: 1_000}]\n", "figures[1].value: '1_000' is not a number"),
    ("title: A\nresponsible: {name: B, email: nobody}\n", "responsible.email: 'nobody' is not an e-mail address"),
    ("title: A\nparties: IOM\n", "parties: expected a list"),
    ("title: A\nsummary: &x B\n", "has an anchor or alias"),
    ("title: !!python/object:os.system x\n", "has the tag"),
    ("title: !!str A\nx: [", "is not YAML"),
    ("title: A\n\tkind: treaty\n", "is not YAML"),
    ("- title: A\n", "is no record: expected keys and values"),
    ("just text\n", "is no record"),
    ("", "holds no record"),
    ("# a comment\n---\n", "holds no record"),
    (BOMB, "has an anchor or alias"),
    ("a: " + "[" * 200 + "]" * 200, "levels deep"),
    ("title: A\u202eB\n", "U+202E"),
    ('title: "A\\u0007B"\n', "U+0007"),
    ("title: " + "x" * 10_000 + "\n", "has 10000 characters: at most 500"),
    ("ref: PA/../x\ntitle: A\n", "ref: 'PA/../x' is not a reference"),
    ("title: A\nlinks: [{implements: X, amends: Y}]\n", "expected exactly one of"),
    ("title: A\nobligations: [{number: 1, text: A}, {number: 1, text: B}]\n", "number 1 twice"),
    ("title: A\nobligations: [{text: A, fulfilled: [{on: 2017, by: A3}]}]\n", "A3, which is not among activities"),
]
JSON: list[tuple[str, str]] = [
    ('{"title": "A", "title": "B"}', "f:1:16: title: stands twice here"),
    ('{"title": "A",\n "titel": 1}', "f:2:2: titel: is not a key here"),
    ('{"title": NaN}', "NaN is not a number"),
    ('{"title": "A"', "is not JSON: expected ','"),
    ('{"title": "A",}', "expected a key in double quotes"),
    ('{"title": "A"} x', "is not JSON"),
    ('{"title": "\\ud800"}', "U+D800"),
    ('{"title": "A", "obligations": [{"text": "T", "number": ' + "9" * 5000 + "}]}", "number: '999"),
    ("[" * 100_000, "levels deep"),
    ('["x"]', "is no record"),
    ("[]", "holds no record"),
    ("", "holds no record"),
]


@pytest.mark.parametrize(("text", "said"), YAML, ids=range(len(YAML)))
def test_yaml(text: str, said: str) -> None:
    begin = time.monotonic()
    with pytest.raises(BadRecord) as caught:
        exchange.reading.parse(text, "f", as_json=False)
    assert said in str(caught.value) and "\n" not in str(caught.value)
    assert time.monotonic() - begin < 60


@pytest.mark.parametrize(("text", "said"), JSON, ids=range(len(JSON)))
def test_json(text: str, said: str) -> None:
    with pytest.raises(BadRecord) as caught:
        exchange.reading.parse(text, "f", as_json=True)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_every_scalar_is_text() -> None:
    text = "title: NO\nsummary: 1:30\nsource: 010\ncountries: [NO]\nfigures: [{what: yes, value: 0.10}]\n"
    record = exchange.reading.parse(text, "f", as_json=False).records[0]
    assert (record.title, record.summary, record.source, record.countries) == ("NO", "1:30", "010", ["NO"])
    assert record.figures[0].value == "0.10"


def test_several_documents_in_a_file() -> None:
    assert len(exchange.reading.parse("title: A\n---\ntitle: B\n---\n", "f", as_json=False).records) == 2
    assert len(exchange.reading.parse('{"title": "A"} {"title": "B"}', "f", as_json=True).records) == 2
    assert len(exchange.reading.parse('[{"title": "A"}, {"title": "B"}]', "f", as_json=True).records) == 2


def test_the_second_document_has_its_own_lines() -> None:
    with pytest.raises(BadRecord, match="f:4:1: kind"):
        exchange.reading.parse("title: A\n---\ntitle: B\nkind: x\n", "f", as_json=False)


def test_surrogate_pairs_are_one_character() -> None:
    record = exchange.reading.parse('{"title": "\\ud83d\\udc4d ok"}', "f", as_json=True).records[0]
    assert record.title == "👍 ok"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title: caf\xe9\n", "is not UTF-8: byte 0xe9"),
        ("title: x".encode("utf-16"), "is not UTF-8"),
        (b"\x00", "not YAML"),
    ],
)
def test_what_is_no_text(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises((BadRecord, BadFile), match=said):
        exchange.reading.read(path)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbftitle: A\n")
    assert exchange.reading.read(path).records[0].title == "A"


@pytest.mark.parametrize("name", [".", "missing.yaml", "a.txt"])
def test_what_is_no_record_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("title: A\n")
    with pytest.raises(BadFile):
        exchange.reading.read(tmp_path / name)


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange.source, "LARGEST", 5)
    (tmp_path / "a.yaml").write_text("title: A\n")
    with pytest.raises(BadFile, match="is over"):
        exchange.reading.read(tmp_path / "a.yaml")


def test_a_pipe_a_device_and_links_are_told_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "device.yaml").symlink_to("/dev/zero")
    (tmp_path / "loose.yaml").symlink_to(tmp_path / "gone")
    (tmp_path / "folder.yaml").mkdir()
    for name in ("pipe", "device", "loose", "folder"):
        with pytest.raises(BadFile) as caught:
            exchange.reading.read(tmp_path / f"{name}.yaml")
        assert "\n" not in str(caught.value) and caught.value.exit_code == 2


@pytest.mark.parametrize("ending", ["yaml", "yml", "YAML", "json", "jsonl"])
def test_the_ending_says_the_format(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text('{"title": "A"}\n{"title": "B"}\n' if ending == "jsonl" else '{"title": "A"}')
    assert exchange.reading.read(path).records[0].title == "A"


SCALARS = (
    "NO|no|yes|true|on|off|010|0x1F|1_000|1e5|1:30|12:30:45|2017-05-18|2017-05-18T10:00:00Z|.5|.inf|.NaN|=|<<|+1|0.10"
)


@pytest.mark.parametrize("written", SCALARS.split("|"))
def test_a_scalar_is_the_text_that_stands_there(written: str) -> None:
    record = exchange.reading.parse(f"title: {written}\nnotes:\n- text: {written}\n", "f", as_json=False).records[0]
    assert (record.title, record.notes[0].text) == (written, written)


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing_unless_quoted(written: str) -> None:
    text = f"title: A\nsummary: {written}\nsource: '{written or '~'}'\n"
    record = exchange.reading.parse(text, "f", as_json=False).records[0]
    assert (record.summary, record.source) == (None, written or "~")


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("summary: |\n  a\n\n    b\n  c\n", "a\n\n  b\nc"),
        ("summary: >\n  a\n  b\n\n  c\n", "a b\nc"),
        ("summary: 'it''s'\n", "it's"),
        ('summary: "\\u00e9\\n\\t\\x41"\n', "é\n\tA"),
        ("summary: a # remark\n", "a"),
        ("summary: a#b\n", "a#b"),
        ("summary: a\r\n", "a"),
        ("summary: e\u0301\n", "é"),
        ("summary:\n  a\n  b\n", "a b"),
        ("# remark\n\nsummary: a\n...\n", "a"),
    ],
)
def test_how_a_text_may_be_written(text: str, summary: str) -> None:
    assert exchange.reading.parse(f"title: A\n{text}", "f", as_json=False).records[0].summary == summary


@pytest.mark.parametrize(
    ("written", "kept"),
    [("3", 3), ("0", 0), ("1000000", 1_000_000), ('"7"', 7)],
)
def test_counts_in_both_formats(written: str, kept: int) -> None:
    attendance = f'[{{"party": "X", "women": {written}}}]'
    part = f'"activities": [{{"title": "T", "kind": "training", "on": "2018", "attendance": {attendance}}}]'
    for as_json in (True, False):
        text = f'{{"title": "A", {part}}}'
        assert exchange.reading.parse(text, "f", as_json=as_json).records[0].activities[0].attendance[0].women == kept


def test_digits_beyond_all_reason() -> None:
    for digits in ("9" * 5000, "1" + "0" * 30, "-" + "9" * 400):
        text = f'{{"title": "A", "obligations": [{{"text": "T", "number": {digits}}}]}}'
        for as_json in (True, False):
            with pytest.raises(BadRecord, match="number") as caught:
                exchange.reading.parse(text, "f", as_json=as_json)
            assert len(str(caught.value)) < 300


def scalars() -> st.SearchStrategy[str]:
    return st.sampled_from(['"a"', '"\\u00e9"', "1", "1.50", "-3e5", "true", "null", "NaN", '"x', "{}", "[]", "[true]"])


def values() -> st.SearchStrategy[str]:
    def inner(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pairs = st.lists(st.tuples(st.sampled_from(['"a"', '"b"', "c"]), parts).map(" : ".join), max_size=3)
        lists = st.lists(parts, max_size=3)
        ends = st.sampled_from([", ", ",,", ",\n"])
        return st.one_of(
            st.tuples(ends, pairs).map(lambda one: "{" + one[0].join(one[1]) + "}"),
            st.tuples(ends, lists).map(lambda one: "[" + one[0].join(one[1]) + "]"),
        )

    return st.recursive(scalars(), inner, max_leaves=8)


@given(st.lists(values(), max_size=3).map("\n".join))
def test_json_read_quickly_is_what_it_is_read_carefully(text: str) -> None:
    def told(read: Callable[[], list[Document]]) -> Any:
        try:
            return [(one.values, one.positions()) for one in read()]
        except BadRecord as error:
            return str(error)

    careful = told(lambda: list(json_file._carefully(json_file._Reader(text, "f"))))
    assert told(lambda: json_file.parse(text, "f")) == careful
