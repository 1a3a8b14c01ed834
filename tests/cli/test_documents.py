"""Documents on the command line: kept, listed, opened, written out, verified, compacted, read again."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from pathlib import Path
from typing import Any

import documents as made
import pytest

from cli.running import Tracker
from tracker.cli import documents as command

REF = "PA-2017-001"


@pytest.fixture
def office(small: Tracker) -> Tracker:
    """The small database, with files of an office in the folder."""
    for name, raw in {
        "signed.pdf": made.pdf(),
        "scan.pdf": made.scan(),
        "locked.pdf": made.encrypted(),
        "annex.docx": made.word("Annex A", "Budget"),
        "xxe.docx": made.with_entity(made.word("MARK"), "/etc/hostname"),
        "bomb.docx": made.bomb(),
        "letter.eml": made.MAIL,
        "page.html": b"<html><body><script>x</script>Comunicado</body></html>",
        "list.txt": b"12 women, 9 men",
    }.items():
        Path(name).write_bytes(raw)
    return small


def kept(tracker: Tracker) -> list[str]:
    folder = tracker.folder / "documents"
    return [path.name for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def test_each_file_says_what_was_read_of_it(office: Tracker) -> None:
    said = {
        "signed.pdf": ("read", 3, "3 pages, read for search"),
        "scan.pdf": ("no-text", 1, "1 page, without text: it is empty or scanned"),
        "locked.pdf": ("encrypted", None, "without text: it is protected by a password"),
        "annex.docx": ("read", None, "read for search"),
        "xxe.docx": ("unsafe", None, "without text: it holds what no honest document"),
        "bomb.docx": ("unsafe", None, "without text: it holds what no honest document"),
        "letter.eml": ("read", None, "read for search"),
        "page.html": ("read", None, "read for search"),
    }
    for name, (_, _, words) in said.items():
        assert words in office("add-document", REF, name).out
    rows = {row["file"]: row for row in office.json("documents")}
    assert {name: (row["text"], row["pages"]) for name, row in rows.items()} == {
        name: (state, pages) for name, (state, pages, _) in said.items()
    }
    assert all(row["kept"] and row["size"] == Path(name).stat().st_size for name, row in rows.items())


def test_what_cannot_be_kept_changes_nothing(office: Tracker) -> None:
    os.mkfifo("pipe")
    Path("link.pdf").symlink_to("signed.pdf")
    Path("empty.pdf").write_bytes(b"")
    Path("fake.pdf").write_bytes(b"words")
    with Path("sparse.bin").open("wb") as file:
        file.truncate(50 * 1024**3)
    before = office.rows()
    for name in ("pipe", "link.pdf", "empty.pdf", "fake.pdf", "sparse.bin", "gone.pdf", ".", "/dev/zero", "/dev/null"):
        found = office("add-document", REF, name, code=2)
        assert len(found.errors) == 1 and name.strip("./") in found.err
    assert office.rows() == before and kept(office) == []
    assert office("add-document", "PA-2017-009", "signed.pdf", code=3).errors
    assert office("add-document", f"{REF}/E1", "signed.pdf", code=2).errors
    assert kept(office) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [("a\nb\x1b[31m.txt", "a_b_[31m.txt"), ("-rf", "_rf"), ("CON", "_CON"), ("\u202etxt.exe.txt", "_txt.exe.txt")],
)
def test_hostile_names_are_shown_tame(office: Tracker, name: str, shown: str) -> None:
    Path(name).write_text("words")
    found = office("add-document", REF, "--", f"./{name}")
    assert shown in found.out and "\x1b" not in found.both
    assert [row["file"] for row in office.json("documents")] == [shown]
    assert "\x1b" not in office("documents").out and office("search", "words").out.count(shown) == 1


def test_of_an_activity_a_due_date_and_a_party(office: Tracker) -> None:
    assert f"added {REF}/D1" in office("add-document", f"{REF}/A1", "list.txt", "--kind", "attendance-list").out
    assert f"added {REF}/D2" in office("add-document", f"{REF}/O1:2018-05-18", "list.txt").out
    assert "added party-2/D1" in office("add-document", "MINSEG", "list.txt").out
    shown = office.json("show", f"{REF}/A1")
    assert [(row["ref"], row["kind"]) for row in shown["documents"]] == [(f"{REF}/D1", "attendance-list")]
    due = {row["due_on"]: row["documents"] for row in office.json("show", f"{REF}/O1")["occurrences"]}
    assert due["2018-05-18"] == [f"{REF}/D2"]
    assert [row["ref"] for row in office.json("show", "MINSEG")["documents"]] == ["party-2/D1"]
    assert office.json("show", "party-2/D1")["party"] == "MINSEG"
    assert office.refs("documents", "--party", "MINSEG") == [f"{REF}/D1", f"{REF}/D2", "party-2/D1"]
    assert office.refs("documents", "--agreement", REF) == [f"{REF}/D1", f"{REF}/D2"]
    assert "cannot be edited" in office("edit", "party-2/D1", "title=x", code=2).err
    assert "removed party-2/D1 list.txt" in office("remove", "party-2/D1", "--yes").out


def test_evidence_is_printed_wherever_the_due_date_is(office: Tracker) -> None:
    found = office(
        "fulfil", f"{REF}/O1", "--due", "2018-05-18", "--on", "2018-05-17", "--evidence", "list.txt", "--by", "A1"
    )
    assert f"added {REF}/D1 list.txt" in found.out
    assert (
        f"due 2018-05-18, fulfilled 2018-05-17 (by {REF}/A1; {REF}/D1 list.txt)"
        in office("explain", f"{REF}/O1:2018-05-18").out
    )
    row = next(r for r in office.json("obligations", "--occurrences") if r["due_on"] == "2018-05-18")
    assert (row["evidence"], row["by_activity"], row["documents"]) == ("list.txt", f"{REF}/A1", [f"{REF}/D1"])
    office("fulfil", f"{REF}/O1", "--due", "2018-11-18", "--on", "2018-11-18", "--evidence", "a letter")
    assert "fulfilled 2018-11-18 (a letter)" in office("explain", f"{REF}/O1:2018-11-18").out


def test_show_quotes_the_clause(office: Tracker) -> None:
    office("add-document", REF, "signed.pdf", "--kind", "signed-text")
    office("edit", f"{REF}/O1", "clause=Art. 2(1)")
    [quote] = office.json("show", f"{REF}/O1")["clause_text"]
    assert (quote["document"], quote["page"], quote["heading"]) == (f"{REF}/D1", 2, "Artículo 2")
    assert quote["text"].startswith("1. La OIM formará") and "locales" not in quote["text"]
    assert "1. La OIM formará" in office("show", f"{REF}/O1").out
    office("edit", f"{REF}/O1", "clause=Cláusula décima")
    assert f"{REF}/D1 has no clause 10" in office("check", REF, code=1).out


def test_open_prints_the_path_where_there_is_no_terminal(office: Tracker) -> None:
    office("add-document", REF, "signed.pdf")
    for words in (("open", f"{REF}/D1"), ("open", f"{REF}/d1", "--print-path")):
        path = Path(office(*words).out.strip())
        assert path.read_bytes() == Path("signed.pdf").read_bytes()
        assert path.is_relative_to(office.folder / "documents")


def test_open_hands_a_copy_to_the_system(office: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    office("add-document", REF, "signed.pdf")
    office("add-document", REF, "page.html")
    opened: list[Path] = []
    monkeypatch.setattr(command, "_launch", opened.append)
    monkeypatch.setattr(command.sys, "stdout", _Terminal(sys.stdout))
    command.open_document(_context(office), f"{REF}/D1", print_path=False)
    [copy] = opened
    assert copy.name == "signed.pdf" and copy.read_bytes() == Path("signed.pdf").read_bytes()
    assert not copy.is_relative_to(office.folder / "documents")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    with pytest.raises(command.BadFile, match="is a web page"):
        command.open_document(_context(office), f"{REF}/D2", print_path=False)
    assert len(opened) == 1


class _Terminal:
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def isatty(self) -> bool:
        return True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _context(tracker: Tracker) -> Any:
    class Context:
        def find_object(self, kind: type) -> None:
            return None

    assert tracker.db is not None
    return Context()


def test_export_document(office: Tracker) -> None:
    office("add-document", REF, "signed.pdf")
    assert office("export-document", f"{REF}/D1", "-o", "out.pdf").out == "wrote out.pdf\n"
    assert Path("out.pdf").read_bytes() == Path("signed.pdf").read_bytes()
    assert office.real("export-document", f"{REF}/D1", "-o", "-").stdout == Path("signed.pdf").read_bytes()
    assert "-o FILE" in office("export-document", f"{REF}/D1", code=2).err
    assert office("export-document", f"{REF}/D9", "-o", "x", code=3).errors
    assert office("export-document", REF, "-o", "x", code=2).errors
    assert office("export-document", f"{REF}/D1", "-o", ".", code=2).errors


def test_what_is_altered_or_missing_is_neither_opened_nor_written(office: Tracker) -> None:
    office("add-document", REF, "list.txt")
    path = Path(office("open", f"{REF}/D1").out.strip())
    path.chmod(0o600)
    path.write_text("13 women")
    for words in (("open", f"{REF}/D1"), ("export-document", f"{REF}/D1", "-o", "out.txt")):
        assert "is altered" in office(*words, code=2).err
    found = office("verify", "--files", code=1)
    assert "altered" in found.out and f"{REF}/D1 list.txt" in found.out
    path.unlink()
    assert "is missing" in office("open", f"{REF}/D1", code=2).err
    assert office.real("verify", "--format", "json").returncode == 1
    assert not Path("out.txt").exists()
    assert not path.exists()


def test_verify_is_silent_when_all_is_whole(office: Tracker) -> None:
    office("add-document", REF, "list.txt")
    found = office("verify", "--files")
    assert (found.out, found.err) == ("", "every kept file is whole\n")
    assert office("verify", "--format", "json").out == "[]\n"


def test_removed_documents_stay_until_compacted(office: Tracker) -> None:
    office("add-document", REF, "list.txt")
    office("remove", f"{REF}/D1", "--yes")
    assert len(kept(office)) == 1
    assert "orphaned" in office("verify", code=1).out
    assert office("db", "compact", "--dry-run").out.startswith("would remove ")
    assert len(kept(office)) == 1
    assert office("db", "compact").out.startswith("removed ")
    assert kept(office) == [] and office("db", "compact").err == "no file to remove\n"
    assert "no matches" in office("search", "women").err


def test_files_brought_in_with_records_are_read(office: Tracker) -> None:
    Path("one.yaml").write_text("ref: A-1\ntitle: X\ndocuments: [{file: signed.pdf, kind: signed-text}]\n")
    office("import", "one.yaml", "--dry-run")
    assert kept(office) == []
    office("import", "one.yaml")
    assert [row["text"] for row in office.json("documents")] == ["read"]
    assert office.refs("search", "ilícito") == ["A-1/D1"]


def test_reindex_reads_what_was_not_read(office: Tracker) -> None:
    office("add-document", REF, "signed.pdf")
    assert office.db is not None
    with sqlite3.connect(office.db) as db:
        for table in ("file_page", "file_clause", "kept_file", "search", "search_stale"):
            db.execute(f"DELETE FROM {table}")
    assert office.json("search", "ilícito") == []
    assert "signed.pdf: 3 pages, read for search" in office("db", "reindex").out
    assert office.refs("search", "ilícito") == [f"{REF}/D1"]
    assert office("db", "reindex").out == ""
    assert "signed.pdf" in office("db", "reindex", "--anew").out


def test_evidence_that_names_no_file_is_refused_and_words_are_not(office: Tracker) -> None:
    (office.folder / "folder").mkdir()
    duty = ("fulfil", f"{REF}/O1", "--due", "2018-05-18", "--on", "2018-05-18")
    assert "there is no such file" in office(*duty, "--evidence", "lists/gone.pdf", code=2).err
    assert "is a folder" in office(*duty, "--evidence", "folder", code=2).err
    office(*duty, "--evidence", "A/RES/71/1, para. 5")


@pytest.mark.parametrize(
    "command",
    [
        ("export-document", f"{REF}/D1"),
        ("agreements", "--format", "csv"),
        ("export", "--format", "yaml"),
        ("report", "agreement", REF, "--format", "md"),
        ("search", "panama", "--format", "json"),
        ("backup",),
    ],
)
def test_no_output_takes_the_place_of_a_database_or_a_kept_file(office: Tracker, command: tuple[str, ...]) -> None:
    office("add-document", REF, "signed.pdf")
    path = Path(office("open", f"{REF}/D1", "--print-path").out.strip())
    Path("link.db").symlink_to(office.db)
    for target in (office.db, Path("link.db"), path):
        office(*command, "-o", str(target), code=2)
    office("verify")


@pytest.mark.parametrize("place", [".", "..", "/", "documents"])
def test_a_folder_is_said_to_be_one(office: Tracker, place: str) -> None:
    office("add-document", REF, "list.txt")
    assert "is a folder" in office("add-document", REF, place, code=2).err
