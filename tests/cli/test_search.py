"""Search on the command line: what is found, where, in which words; and that anything can be looked for."""

from __future__ import annotations

import os
from pathlib import Path

import documents as made
import pytest

from cli.running import Tracker
from tracker.cli import output, search

REF = "PA-2017-001"
KEYS = {"ref", "section", "agreement", "title", "file", "page", "snippet", "found"}


@pytest.fixture
def office(small: Tracker) -> Tracker:
    Path("signed.pdf").write_bytes(made.pdf())
    small("add-document", REF, "signed.pdf", "--kind", "signed-text", "--title", "Convenio")
    small("edit", "MINSEG", "other_names=Ministerio de Seguridad Pública", "former_names=Ministry of Government")
    small("add-agreement", "Memorandum on training", "--party", "UNODC", "--country", "CR", "--ref", "U-1")
    return small


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("panama", {REF, f"{REF}/A1", f"{REF}/D1"}),
        ("PANAMÁ", {REF, f"{REF}/A1", f"{REF}/D1"}),
        ("seguridad publica", {"party-2"}),
        ('"ministry of government"', {"party-2"}),
        ("forged", {f"{REF}/A1"}),
        ("annex", {f"{REF}/N1"}),
        ("officials trained", {f"{REF}/F1"}),
        ("senafront", set()),
        ("train*", {f"{REF}/O1", f"{REF}/F1", "U-1"}),
        ("trained OR memorandum", {f"{REF}/F1", "U-1"}),
        ("train* NOT memorandum", {f"{REF}/O1", f"{REF}/F1"}),
        ('"train government"', {f"{REF}/O1"}),
        ('"government train"', set()),
        ("pa-2017-001 cooperation", {REF}),
        ("locales in:documents", {f"{REF}/D1"}),
        ("convenio", {f"{REF}/D1"}),
        ("train* in:agreements", {"U-1"}),
        ("train* party:unodc", {"U-1"}),
        ("train* country:PA", {f"{REF}/O1", f"{REF}/F1"}),
        ("train* scope:border-management", {f"{REF}/O1", f"{REF}/F1"}),
        (f"train* agreement:{REF}", {f"{REF}/O1", f"{REF}/F1"}),
        ("party:UNODC", {"U-1", "party-3"}),
    ],
)
def test_what_is_found(office: Tracker, words: str, refs: set[str]) -> None:
    assert set(office.refs("search", words)) == refs


def test_options_say_the_same_as_fields(office: Tracker) -> None:
    assert office.refs("search", "train*", "--party", "UNODC") == ["U-1"]
    assert office.refs("search", "train*", "--in", "figures") == [f"{REF}/F1"]
    assert set(office.refs("search", "train*", "--country", "PA", "--scope", "border-management")) == {
        f"{REF}/O1",
        f"{REF}/F1",
    }
    assert office("search", "x", "--party", "Nobody", code=3).errors
    assert "did you mean documents?" in office("search", "x", "--in", "document", code=2).err
    assert "in:document names nothing" in office("search", "in:document forged").err


def test_a_page_with_the_words_in_it(office: Tracker) -> None:
    [row] = office.json("search", "funcionarios")
    assert set(row) == KEYS
    assert (row["ref"], row["section"], row["page"], row["file"], row["title"]) == (
        f"{REF}/D1",
        "documents",
        2,
        "signed.pdf",
        "Convenio",
    )
    assert row["found"] == ["funcionarios"] and "formará a los funcionarios" in row["snippet"]
    assert "los [funcionarios] del" in office("search", "funcionarios").out


def test_the_best_come_first(office: Tracker) -> None:
    office("add-agreement", "Zebra agreement", "--ref", "Z-1", "--summary", "about horses")
    office("add-note", "U-1", "a long remark in which a zebra is named once among very many other words " * 3)
    assert office.refs("search", "zebra") == ["Z-1", "U-1/N1"]


def test_limits_are_said(office: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    found = office("search", "train*", "--limit", "2")
    assert "2 of 3 matches" in found.err
    monkeypatch.setattr(search, "RANKED", 1)
    found = office("search", "train*")
    assert "over 1 matches are not ranked" in found.err and len(found.out.splitlines()) == 5


def test_nothing_found(office: Tracker) -> None:
    found = office("search", "xylophone")
    assert (found.out, found.err) == ("", "no matches\n")
    assert office("search", "xylophone", "--format", "json").out == "[]\n"
    assert "no word" in office("search", "?!").err
    assert office("search", code=2).errors


@pytest.mark.parametrize("chosen", output.FORMATS)
def test_every_format(office: Tracker, chosen: str) -> None:
    found = office("search", "panama", "--format", chosen)
    assert "Panam" in found.out
    assert "\x02" not in found.out and "\x03" not in found.out and "\x1f" not in found.out and "\x1b" not in found.out


def test_sorted_by_a_column(office: Tracker) -> None:
    assert office.refs("search", "train*", "--sort", "ref") == sorted(office.refs("search", "train*"))


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "*",
        "a AND",
        "(((",
        "x'; DROP TABLE agreement; --",
        "NEAR(a b, 2)",
        "title:x",
        "^a",
        "a + b",
        "{a}",
        "\\",
        "%",
        "é" * 500,
    ],
)
def test_any_words_are_a_search(office: Tracker, words: str) -> None:
    found = office("search", "--", words, code=None)
    assert found.code == 0 or (found.code == 2 and "holds no word" in found.err)
    assert "syntax" not in found.err and "fts5" not in found.err


def test_on_a_terminal_the_words_are_in_bold(office: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "terminal_width", lambda file: 100)
    assert "\x1b[1m[funcionarios]\x1b[0m" in office("search", "funcionarios").out
    office.env(NO_COLOR="1")
    found = office("search", "funcionarios").out
    assert "[funcionarios]" in found and "\x1b" not in found
    assert os.environ["NO_COLOR"] == "1"


def test_what_is_removed_is_not_found(office: Tracker) -> None:
    office("remove", f"{REF}/N1", "--yes")
    assert office.refs("search", "annex") == []
    office("edit", "U-1", "title=Memorandum on horses")
    assert office.refs("search", "horses") == ["U-1"]
    office("remove", "U-1", "--yes")
    assert office.refs("search", "horses") == []
