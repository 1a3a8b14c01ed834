"""``tracker undo``: whatever a command wrote goes again, and comes back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli.running import Tracker
from tracker.cli.catalogue import COMMANDS, FOLLOW, RECORD

A = "PA-2017-001"
RECORD_FILE = """
ref: N-1
title: Another agreement
parties: [{name: Alpha Institute, signatory: {name: Rosa Paz, office: Chief}}, {name: IOM}]
events: [{event: signed, on: 2019-01-01}, {event: entered-into-force, on: 2019-02-01}]
provisions: {duration: 2 years, renewal: {mode: tacit}}
links: [{replaces: PA-2017-001}]
obligations: [{text: Report, owed_by: [IOM], due: every year on 31 March}]
"""
UPDATED = f"""
ref: {A}
title: Updated
parties: [{{name: IOM}}, {{name: Ministry of Public Security}}]
events: [{{event: signed, on: 2017-05-18}}]
"""
WRITES: list[list[str]] = [
    ["add-agreement", "New", "--party", "IOM", "--party", "Beta Board", "--signed", "2020-01-01", "--responsible", "B"],
    ["add-party", "Gamma Group", "--acronym", "GG"],
    ["add-person", "Luis Arosemena", "--email", "luis@example.org", "--party", "IOM"],
    ["add-scope", "mine", "--name", "My own"],
    [
        "add-obligation",
        A,
        "Report",
        "--owed-by",
        "IOM",
        "--due",
        "every year on 31 March from 2018",
        "--scope",
        "asylum",
    ],
    ["add-link", A, "implements", "OLD-1"],
    ["add-note", A, "A note"],
    ["add-figure", A, "arrivals", "3"],
    ["add-document", A, "letter.txt"],
    ["record", A, "renewed", "--on", "2020-05-01", "--for", "3 years"],
    ["record", A, "terminated", "--on", "2018-05-01"],
    [
        "add-activity",
        A,
        "Another",
        "--kind",
        "meeting",
        "--on",
        "2018-02-01",
        "--status",
        "held",
        "--fulfils",
        "O1:2018-05-18",
    ],
    ["fulfil", f"{A}/O1", "--due", "2018-11-18", "--on", "2018-11-01", "--evidence", "list"],
    ["waive", f"{A}/O1", "--due", "2018-11-18", "--reason", "agreed"],
    ["edit", A, "title=New", "notice=1 month", "duration=5 years", "scopes=asylum", "responsible=Bea"],
    ["edit", f"{A}/O1", "due=every 3 months from 2017-11-18", "text=Train more"],
    ["edit", f"{A}/A1", "place=David"],
    ["edit", "MINSEG", "acronym=MSP", "other_names=Ministerio, Ministry"],
    ["edit", "person-1", "office=Director", "email=ana@example.org"],
    ["remove", A, "--yes"],
    ["remove", f"{A}/O1", "--yes"],
    ["remove", f"{A}/N1", "--yes"],
    ["remove", f"{A}/E1", "--yes"],
    ["import", "new.yaml"],
    ["import", "update.yaml", "--update"],
]


STAYING = ("reference", "kept_file", "file_page", "file_clause")


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for the journal, the references given, and what was read of files: that stays.

    Of the search index what it holds counts, not how.
    """
    with closing(sqlite3.connect(path)) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        kept = [name for name in names if not name.startswith(("journal_", "search_")) and name not in STAYING]
        return {name: sorted(db.execute(f'SELECT * FROM "{name}"'), key=repr) for name in kept}


@pytest.fixture
def files(small: Tracker) -> Tracker:
    small("add-agreement", "Old", "--ref", "OLD-1", "--party", "IOM", "--party", "MINSEG", "--signed", "2001-01-01")
    (small.folder / "letter.txt").write_text("Dear colleague")
    (small.folder / "new.yaml").write_text(RECORD_FILE)
    (small.folder / "update.yaml").write_text(UPDATED)
    return small


@pytest.mark.parametrize("words", WRITES, ids=lambda words: " ".join(words)[:40])
def test_undo_takes_every_write_back_and_undoing_that_brings_it_back(files: Tracker, words: list[str]) -> None:
    assert files.db is not None
    before = state(files.db)
    files(*words)
    after = state(files.db)
    assert after != before
    said = files("undo").out.splitlines()
    assert said[0].startswith("undid entry ") and words[0] in said[0] and len(said) > 1
    assert state(files.db) == before
    files("undo")
    assert state(files.db) == after
    assert "all is as it was recorded" in files("verify").err


def test_every_writing_command_is_tried() -> None:
    writing = {name for name, entry in COMMANDS.items() if entry.group in (RECORD, FOLLOW)} | {"import"}
    assert writing - {words[0] for words in WRITES} == {"undo"}


def test_a_scope_area_party_and_person_removed_come_back(small: Tracker) -> None:
    assert small.db is not None
    small("add-scope", "mine", "--name", "My own")
    small("add-party", "Gamma Group", "--acronym", "GG")
    small("add-person", "Luis", "--party", "IOM")
    for ref in ("mine", "person-2", "GG"):
        before = state(small.db)
        small("remove", ref, "--yes")
        assert "brought back" in small("undo").out
        assert state(small.db) == before


def test_an_earlier_entry_while_nothing_touched_the_same(small: Tracker) -> None:
    small("add-note", A, "First")
    first = small.json("history", A)[0]["entry"]
    small("add-note", A, "Second")
    assert f"undid entry {first}" in small("undo", "--entry", str(first)).out
    assert [note["text"] for note in small("show", A, "--format", "json").json["notes"]] == [
        "The ministry asked for a new annex",
        "Second",
    ]
    again = small("undo", "--entry", str(first), code=4)
    assert f"entry {first + 2}" in again.err, "it has been undone already, by that one"


def test_what_was_touched_since_is_refused_naming_the_later_entries(small: Tracker) -> None:
    assert small.db is not None
    small("edit", A, "title=One")
    entry = small.json("history", A)[0]["entry"]
    small("edit", A, "title=Two")
    small("edit", A, "summary=S")
    before = small.rows()
    refused = small("undo", "--entry", str(entry), code=4)
    assert f"entry {entry + 1}" in refused.err and f"entry {entry + 2}" in refused.err
    assert f"hint: undo that first: tracker undo --entry {entry + 2}" in refused.err
    assert small.rows() == before
    small("undo", "--entry", str(entry + 2))
    small("undo", "--entry", str(entry + 1))
    small("undo", "--entry", str(entry))
    assert small("show", A, "--format", "json").json["title"].startswith("Cooperation agreement")


def test_what_later_records_rest_on_stays(small: Tracker) -> None:
    """An agreement cannot go from under an obligation added since, nor a party from under an agreement."""
    small("add-agreement", "New", "--party", "Gamma Group", "--party", "IOM", "--signed", "2020-01-01")
    entry = small.json("history")[0]["entry"]
    small("add-obligation", "XX-2020-001", "Report", "--owed-by", "IOM", "--due", "2021-01-01")
    before = small.rows()
    refused = small("undo", "--entry", str(entry), code=4)
    assert "rest on it (XX-2020-001" in refused.err and f"entry {entry + 1}" in refused.err
    assert small.rows() == before
    small("add-party", "Delta")
    party = small.json("history")[0]["entry"]
    small("add-agreement", "Other", "--party", "Delta", "--party", "IOM", "--signed", "2020-01-01")
    refused = small("undo", "--entry", str(party), code=4)
    assert f"entry {party + 1}" in refused.err
    assert "all is as it was recorded" in small("verify").err


def test_what_takes_its_place_is_not_overwritten(small: Tracker) -> None:
    small("add-scope", "mine", "--name", "My own")
    small("remove", "mine", "--yes")
    removed = small.json("history")[0]["entry"]
    small("add-scope", "mine", "--name", "Another")
    refused = small("undo", "--entry", str(removed), code=4)
    assert "takes its place" in refused.err or "touched the same" in refused.err


def test_references_are_not_given_again(small: Tracker) -> None:
    small("add-note", A, "Second")
    small("undo")
    assert small("add-note", A, "Third").out == f"added {A}/N3\n"


def test_a_replaced_agreement_is_in_force_again(small: Tracker) -> None:
    small("add-agreement", "New", "--ref", "N-1", "--party", "IOM", "--party", "MINSEG", "--signed", "2018-01-01",
          "--in-force", "2018-02-01", "--indefinite")  # fmt: skip
    small("add-link", "N-1", "replaces", A)
    assert small("show", A, "--as-of", "2019-01-01", "--format", "json").json["derived"]["status"] == "replaced"
    small("undo")
    assert small("show", A, "--as-of", "2019-01-01", "--format", "json").json["derived"]["status"] == "in-force"
    assert "all is as it was recorded" in small("verify").err


def test_deriving_further_ahead_is_passed_over(small: Tracker) -> None:
    """A listing far ahead writes derived rows; undo takes back what a person did before."""
    small("edit", A, "renewal=tacit")
    small("add-note", A, "Mine")
    small("deadlines", "--as-of", "2060-01-01")
    assert "add-note" in small("undo").out.splitlines()[0]
    small("edit", A, "renewal=none")
    small("undo")
    assert "all is as it was recorded" in small("verify").err


@pytest.mark.parametrize(("entry", "code", "said"), [("1", 4, "made or upgraded"), ("999", 3, "no entry '999'"),
                                                     ("0", 2, "--entry"), ("x", 2, "--entry")])  # fmt: skip
def test_what_cannot_be_undone(small: Tracker, entry: str, code: int, said: str) -> None:
    before = small.rows()
    assert said in small("undo", "--entry", entry, code=code).err
    assert small.rows() == before


def test_nothing_to_undo(empty: Tracker) -> None:
    refused = empty("undo", code=4)
    assert "made or upgraded the database" in refused.err


@pytest.mark.slow
def test_an_import_of_many_agreements(empty: Tracker) -> None:
    assert empty.db is not None
    documents = "---".join(RECORD_FILE.replace("N-1", f"N-{number}") for number in range(60))
    (empty.folder / "many.yaml").write_text(documents)
    before = state(empty.db)
    empty("import", "many.yaml")
    assert len(empty.refs("agreements")) == 60
    empty("undo")
    assert state(empty.db) == before
    assert empty("agreements").out == ""
    empty("undo")
    assert len(empty.refs("agreements")) == 60
    assert "all is as it was recorded" in empty("verify").err


def kept(tracker: Tracker) -> list[Path]:
    return [path for path in (tracker.folder / "documents").rglob("*") if path.is_file()]


def test_a_file_taken_back_stays_until_it_is_compacted(files: Tracker) -> None:
    files("add-document", A, "letter.txt")
    assert files.refs("search", "colleague") == [f"{A}/D1"]
    assert "Dear colleague" not in files("history").out, "what was read follows from the file"
    files("undo")
    assert len(kept(files)) == 1 and files.json("documents") == [] and files.refs("search", "colleague") == []
    (finding,) = files("verify", "--format", "json", code=1).json
    assert (finding["problem"], finding["documents"], finding["ref"]) == ("orphaned", [], None)
    assert "is gone" not in files("undo").err
    assert files.refs("search", "colleague") == [f"{A}/D1"]
    files("undo")
    files("db", "compact")
    assert kept(files) == []
    assert f"the file of {A}/D1 letter.txt is gone: tracker db compact removed it" in files("undo").err
    assert [row["problem"] for row in files("verify", "--format", "json", code=1).json] == ["missing"]


def test_evidence_goes_with_what_it_shows_and_comes_back(files: Tracker) -> None:
    assert files.db is not None
    before = state(files.db)
    files("fulfil", f"{A}/O1", "--due", "2018-11-18", "--on", "2018-11-01", "--evidence", "letter.txt")
    after = state(files.db)
    files("undo")
    assert state(files.db) == before
    files("undo")
    assert state(files.db) == after
    assert files.json("documents")[0]["text"] == "read"
    assert "all is as it was recorded" in files("verify").err


def test_a_party_document_is_taken_back(files: Tracker) -> None:
    files("add-document", "IOM", "letter.txt")
    assert "took back document party-1/D1 letter.txt" in files("undo").out
    assert "brought back document party-1/D1 letter.txt" in files("undo").out
