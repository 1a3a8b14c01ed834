"""Documents: of whom and of what they are, kept whole, verified, compacted; evidence of what was done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import documents as made
import pytest
from factories import activity, agreement, obligation

from tracker import actions
from tracker.actions.documents import Evidence
from tracker.actions.record import DocumentPart
from tracker.errors import BadFile, BadInput, Conflict, DatabaseUnusable, NotFound
from tracker.models.enums import TextState
from tracker.rules.dates import parse_date
from tracker.rules.pages import FileText, Page
from tracker.store import files
from tracker.store.files import FileStore
from tracker.store.reader import Reader

TODAY = date(2026, 11, 24)
WORDS = FileText(TextState.READ, (Page(None, "Article 1\nOne.\nArticle 2\n1. Two.\n2. More."),))


@pytest.fixture
def recorded(bring: Callable[..., Any]) -> None:
    duties = [obligation("every 6 months from 2017-11-18", clause="Art. 2(1)"), obligation("ongoing", 2)]
    bring(agreement("X-1", obligations=duties, activities=[activity(status="held")]))


@pytest.fixture
def add(database: Path, run: Callable[..., Any], tmp_path: Path, recorded: None) -> Callable[..., Any]:
    def adds(ref: str, content: str = "words", name: str = "a.txt", **said: Any) -> Any:
        (tmp_path / name).write_text(content)
        with actions.documents.keeping(database) as files:
            kept = actions.documents.keep(files, tmp_path / name)
            return run(actions.documents.add, ref, DocumentPart(file=name, **said), kept, WORDS, files=files)

    return adds


def found(database: Path) -> list[tuple[str, str]]:
    with Reader(database) as rows:
        return [(f.problem, f.what) for f in actions.file_verification.findings(rows, FileStore(database))]


@pytest.mark.parametrize(
    ("ref", "name", "of"),
    [
        ("X-1", "X-1/D1", None),
        ("x-1", "X-1/D1", None),
        ("X-1/A1", "X-1/D1", "X-1/A1"),
        ("X-1/O1", "X-1/D1", "X-1/O1"),
        ("X-1/o1:2018-05-18", "X-1/D1", "X-1/O1:2018-05-18"),
        ("Alpha Institute", "party-1/D1", None),
        ("party-1", "party-1/D1", None),
    ],
)
def test_of_whom_and_of_what(add: Any, read: Any, ref: str, name: str, of: str | None) -> None:
    assert add(ref).ref == name
    [row] = read("documents")
    assert (row["ref"], row["of"], row["text"], row["media_type"]) == (name, of, "read", "text/plain")


@pytest.mark.parametrize(
    ("ref", "error"),
    [
        ("X-2", NotFound),
        ("X-1/A2", NotFound),
        ("X-1/O1:2018-05-19", NotFound),
        ("X-1/O2:2018-05-18", NotFound),
        ("X-1/A1:2018-05-18", NotFound),
        ("X-1/E1", BadInput),
        ("border-management", BadInput),
        ("party-9", NotFound),
    ],
)
def test_what_takes_no_documents(add: Any, read: Any, ref: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        add(ref)
    assert read("documents") == []


def test_the_same_file_may_be_of_several_parts_and_is_kept_once(add: Any, database: Path) -> None:
    for ref in ("X-1", "X-1/A1", "X-1/O1:2018-05-18", "X-1/O1:2018-11-18", "party-1"):
        add(ref)
    with pytest.raises(Conflict, match="X-1/D2"):
        add("X-1/A1")
    with pytest.raises(Conflict, match="party-1/D1"):
        add("party-1")
    assert len([path for path, _ in FileStore(database).names()]) == 1


def test_what_it_is_of_survives_export_and_import(add: Any, bring: Any, exported: Any, run: Any) -> None:
    add("X-1/O1:2018-05-18")
    record = exported("X-1")
    assert record["documents"][0]["of"] == "O1:2018-05-18"
    bring(record, update=True)
    assert exported("X-1") == record


@pytest.mark.parametrize("of", ["A2", "O3", "E1", "a1", "A1:2018-05-18", "O1:2018-13", ""])
def test_a_record_whose_document_is_of_nothing_is_refused(bring: Any, recorded: None, exported: Any, of: str) -> None:
    with pytest.raises(actions.record_check.InvalidRecord):
        bring({**exported("X-1"), "documents": [{"file": "a.txt", "of": of}]}, update=True)


def test_what_a_document_is_of_is_not_removed_before_it(add: Any, run: Any, edit: Any) -> None:
    add("X-1/A1")
    with pytest.raises(Conflict, match="X-1/D1 is a document of X-1/A1"):
        run(actions.removal.remove, "X-1/A1", TODAY)
    edit("X-1/D1", of="")
    run(actions.removal.remove, "X-1/A1", TODAY)


def test_a_party_with_documents_is_not_removed_before_them(add: Any, bring: Any, run: Any) -> None:
    run(actions.parties.add, actions.record.PartyDescription(name="Gamma"))
    name = add("Gamma").ref
    with pytest.raises(Conflict, match=r"party document \(1\)"):
        run(actions.removal.remove, "Gamma", TODAY)
    run(actions.removal.remove, name, TODAY)
    run(actions.removal.remove, "Gamma", TODAY)
    with pytest.raises(NotFound):
        run(actions.removal.remove, name, TODAY)


def test_evidence_ties_file_activity_and_due_date(
    database: Path, run: Any, tmp_path: Path, recorded: None, read: Any
) -> None:
    (tmp_path / "list.txt").write_text("12 women")
    file = Evidence(
        DocumentPart(file="list.txt"), actions.documents.keep(FileStore(database), tmp_path / "list.txt"), WORDS
    )

    def fulfil(due: str) -> list[str]:
        given = {"due": parse_date(due), "on": parse_date(due), "evidence": "list.txt", "by": 1, "file": file}
        said: list[str] = run(actions.obligations.fulfil, "X-1", 1, TODAY, **given).said
        return said

    assert "added X-1/D1 list.txt" in fulfil("2017-11-18")[1]
    assert "added X-1/D2 list.txt" in fulfil("2018-05-18")[1]
    done = {row["due_on"]: row for row in read("occurrences", agreement="X-1", number=1) if row["done_on"]}
    assert [(row["documents"], row["by_activity"], row["evidence"]) for row in done.values()] == [
        ("X-1/D1", "X-1/A1", "list.txt"),
        ("X-1/D2", "X-1/A1", "list.txt"),
    ]


def test_evidence_of_what_is_done_on_request(
    database: Path, run: Any, tmp_path: Path, recorded: None, read: Any
) -> None:
    (tmp_path / "list.txt").write_text("12 women")
    file = Evidence(
        DocumentPart(file="list.txt"), actions.documents.keep(FileStore(database), tmp_path / "list.txt"), WORDS
    )
    given = {"due": None, "on": parse_date("2018"), "evidence": None, "by": None, "file": file}
    run(actions.obligations.fulfil, "X-1", 2, TODAY, **given)
    assert [row["of"] for row in read("documents")] == ["X-1/O2"]
    codes = [finding.check.code for finding in _checked(database)]
    assert "O08" not in codes, "a document is evidence"


def _checked(database: Path) -> list[Any]:
    with Reader(database) as rows:
        return list(actions.checking.of_agreement(rows, "X-1", TODAY))


def test_clauses_are_quoted_and_missing_ones_found(add: Any, database: Path, edit: Any) -> None:
    add("X-1", kind="signed-text")
    with Reader(database) as rows:
        assert actions.clause_quotes.quotes(rows, "X-1", "Art. 2(1)") == [
            {"document": "X-1/D1", "page": None, "heading": "Article 2", "text": "1. Two."}
        ]
        assert actions.clause_quotes.quotes(rows, "X-1", "Art. 9") == []
        assert actions.clause_quotes.quotes(rows, "X-1", "Preamble") == []
    assert [f.what for f in _checked(database) if f.check.code == "D03"] == []
    edit("X-1/O1", clause="Art. 2(5)")
    assert [f.what for f in _checked(database) if f.check.code == "D03"] == [
        "rests on Art. 2(5): 'Article 2' in X-1/D1 has no 5"
    ]
    edit("X-1/O1", clause="Art. 9")
    assert [f.what for f in _checked(database) if f.check.code == "D03"] == ["rests on Art. 9: X-1/D1 has no article 9"]


def test_only_the_agreements_own_texts_are_quoted(add: Any, database: Path) -> None:
    add("X-1", kind="report")
    assert [f for f in _checked(database) if f.check.code == "D03"] == []
    with Reader(database) as rows:
        assert actions.clause_quotes.quotes(rows, "X-1", "Art. 2(1)") == []


def test_files_are_verified(add: Any, database: Path, run: Any) -> None:
    store = FileStore(database)
    add("X-1", "one", "one.txt")
    add("X-1", "two", "two.txt")
    add("X-1", "three", "three.txt")
    assert found(database) == []
    with Reader(database) as rows:
        one, two, three = (store.path(row["sha256"]) for row in rows.rows("documents"))
    one.unlink()
    two.write_text("TWO")
    run(actions.removal.remove, "X-1/D3", TODAY)
    (store.folder / "stray.txt").write_text("x")
    (store.folder / "link").symlink_to("/etc/passwd")
    (store.folder / ".new-abc").write_text("half")
    problems = found(database)
    assert [problem for problem, _ in problems] == [
        "missing",
        "altered",
        "orphaned",
        "orphaned",
        "orphaned",
        "orphaned",
    ]
    assert "X-1/D1 one.txt" in problems[0][1] and "X-1/D2 two.txt" in problems[1][1]
    assert three.exists()


def test_progress_is_told(add: Any, database: Path) -> None:
    add("X-1", "one", "one.txt")
    add("X-1", "two", "two.txt")
    told: list[tuple[int, int]] = []
    with Reader(database) as rows:
        list(actions.file_verification.findings(rows, FileStore(database), lambda done, of: told.append((done, of))))
    assert told == [(1, 2), (2, 2)]


def test_compacting_removes_what_nothing_names(add: Any, database: Path, run: Any, read: Any) -> None:
    store = FileStore(database)
    add("X-1", "one", "one.txt")
    add("X-1", "two", "two.txt")
    run(actions.removal.remove, "X-1/D1", TODAY)
    (store.folder / "stray.txt").write_text("not ours")
    for name, age in ((".new-old", 90_000), (".new-fresh", 0)):
        (store.folder / name).write_text("half")
        os.utime(store.folder / name, ((store.folder / name).stat().st_mtime - age,) * 2)
    would = actions.compacting.compact(database, dry_run=True)
    assert len(would.files) == 2 and would.texts == 1
    assert len(list(store.names())) == 5
    assert actions.compacting.compact(database) == would
    assert sorted(path.name for path, said in store.names() if said is None) == [".new-fresh", "stray.txt"]
    assert [problem for problem, _ in found(database)] == ["orphaned", "orphaned"]
    assert actions.compacting.compact(database).files == ()
    assert len(read("read_files")) == 1


def test_compaction_between_copy_and_record_takes_nothing_away(add: Any, database: Path, run: Any) -> None:
    """The content is in the store already, and no document names it when it is compacted."""
    add("X-1")
    run(actions.removal.remove, "X-1/D1", TODAY)
    with actions.documents.keeping(database) as files:
        kept = actions.documents.keep(files, database.with_name("a.txt"))
        assert len(actions.compacting.compact(database).files) == 1
        run(actions.documents.add, "X-1", DocumentPart(file="a.txt"), kept, WORDS, files=files)
    assert FileStore(database).whole(kept.sha256) and found(database) == []


def test_a_copy_that_waited_too_long_for_its_record_stops_it(add: Any, database: Path, run: Any, read: Any) -> None:
    with actions.documents.keeping(database) as files:
        kept = actions.documents.keep(files, database.with_name("tracker.db"))
        files.where(kept.sha256).unlink()
        with pytest.raises(BadFile, match="cannot be kept"):
            run(actions.documents.add, "X-1", DocumentPart(file="a.txt"), kept, WORDS, files=files)
    assert read("documents") == []


RACE = """
import sys
from pathlib import Path
from tracker import actions
database, source = Path(sys.argv[1]), Path(sys.argv[2])
if sys.argv[3] == "compact":
    for _ in range(40):
        actions.compacting.compact(database)
else:
    from datetime import date
    from tracker.actions.record import DocumentPart
    for number in range(15):
        with actions.documents.keeping(database) as files:
            kept = actions.documents.keep(files, source)
            ref = actions.running.run(
                database,
                lambda session: actions.documents.add(session, "X-1", DocumentPart(file="a.txt"), kept),
                files=files,
            ).ref
        assert files.whole(kept.sha256), number
        actions.running.run(database, lambda session: actions.removal.remove(session, ref, date(2026, 11, 24)))
"""


def test_two_processes_one_keeps_while_the_other_compacts(database: Path, tmp_path: Path, recorded: None) -> None:
    (tmp_path / "a.txt").write_text("words")
    command = [sys.executable, "-c", RACE, str(database), str(tmp_path / "a.txt")]
    running = [subprocess.Popen([*command, what], stderr=subprocess.PIPE) for what in ("compact", "keep")]
    for process in running:
        assert process.communicate(timeout=120)[1] == b"" and process.returncode == 0
    assert {problem for problem, _ in found(database)} <= {"orphaned"}


def test_databases_in_one_folder_share_their_files(add: Any, database: Path, run: Any, tmp_path: Path) -> None:
    add("X-1")
    other = tmp_path / "other.db"
    shutil.copy(database, other)
    run(actions.removal.remove, "X-1/D1", TODAY)
    assert found(database) == [] and actions.compacting.compact(database).files == ()
    assert found(other) == []
    actions.running.run(other, lambda session: actions.removal.remove(session, "X-1/D1", TODAY))
    assert [problem for problem, _ in found(database)] == ["orphaned"]
    assert len(actions.compacting.compact(other).files) == 1


def test_a_neighbour_that_cannot_be_read_stops_compaction(add: Any, database: Path, run: Any, tmp_path: Path) -> None:
    add("X-1")
    run(actions.removal.remove, "X-1/D1", TODAY)
    other = tmp_path / "another.db"
    shutil.copy(database, other)
    with other.open("r+b") as file:
        file.seek(100)
        file.write(b"x" * 4000)
    with pytest.raises(DatabaseUnusable, match=r"another\.db"):
        actions.compacting.compact(database)
    other.unlink()
    assert len(actions.compacting.compact(database).files) == 1


def test_a_file_that_was_lost_or_altered_is_kept_again(add: Any, database: Path) -> None:
    add("X-1")
    add("party-1")
    store = FileStore(database)
    [path] = [path for path, _ in store.names()]
    for harm in (path.unlink, lambda: path.write_text("WORDS")):
        harm()
        assert "is kept again" in add("X-1").said[0] and found(database) == []
    path.unlink()
    assert add("party-1").ref == "party-1/D1" and found(database) == []
    with pytest.raises(Conflict, match="same file"):
        add("X-1")


CRASH = """
import os, sys
from pathlib import Path
from tracker import actions
from tracker.actions import documents
from tracker.actions.record import DocumentPart
from tracker.store.files import FileStore
database, source, where = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
if where == "copying":
    from tracker.store import files
    files.os.fsync = lambda handle: os._exit(9)
files = FileStore(database)
kept = documents.keep(files, source)
if where == "between":
    os._exit(9)
def use_case(session):
    documents.add(session, "X-1", DocumentPart(file="a.txt"), kept)
    if where == "placed":
        session.flush()
        files.place([kept.sha256])
    os._exit(9)
actions.running.run(database, use_case, files=files)
"""


@pytest.mark.parametrize("where", ["copying", "between", "recording", "placed"])
def test_a_crash_leaves_no_record_without_a_file_and_every_file_is_named(
    database: Path, tmp_path: Path, recorded: None, read: Any, run: Any, where: str
) -> None:
    (tmp_path / "a.txt").write_text("words")
    done = subprocess.run([sys.executable, "-c", CRASH, str(database), str(tmp_path / "a.txt"), where], check=False)
    assert done.returncode == 9
    assert read("documents") == []
    assert [problem for problem, _ in found(database)] == ["orphaned"]
    with actions.documents.keeping(database) as files:
        kept = actions.documents.keep(files, tmp_path / "a.txt")
        run(actions.documents.add, "X-1", DocumentPart(file="a.txt"), kept, files=files)
    assert FileStore(database).whole(kept.sha256), "it can be added afterwards"


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.pdf", b"words", "is named .pdf, but is plain text"),
        ("a.svg", b"<svg xmlns='x'><script/></svg>", "is an SVG drawing"),
        ("run.exe", b"MZ\x90\x00", "is a program"),
        ("run.sh", b"#!/bin/sh\n", "is a program"),
        ("a.docx", made.rewritten(made.word("x"), word__vbaProject_bin=b"x"), "holds macros"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "holds macros"),
        ("a.docx", b"PK\x03\x04 not an archive", "is a ZIP archive"),
        ("empty.txt", b"", "is empty"),
    ],
)
def test_what_is_not_kept(database: Path, tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadFile, match=problem):
        actions.documents.keep(FileStore(database), tmp_path / name)
    assert [path for path, _ in FileStore(database).names()] == []


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", made.pdf(), "application/pdf"),
        ("scan.pdf", made.scan(), "application/pdf"),
        ("bomb.docx", made.bomb(1), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.html", b"<html><script>x</script></html>", "text/html"),
        ("a.eml", made.MAIL, "message/rfc822"),
        ("a.odt", made.open_document(), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_the_media_type_is_that_of_the_content(
    database: Path, tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert actions.documents.keep(FileStore(database), tmp_path / name).media_type == kind


def test_a_file_that_changes_without_its_time_changing_is_refused(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"first")
    stamp = source.stat()

    def changes(file: int) -> None:
        source.write_bytes(b"other")
        os.utime(source, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    monkeypatch.setattr(files.os, "fsync", changes)
    with pytest.raises(BadFile, match="changed while it was copied"):
        actions.documents.keep(FileStore(database), source)


def test_texts_that_were_not_read_are_found_again(add: Any, database: Path, run: Any, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("other")
    with actions.documents.keeping(database) as files:
        kept = actions.documents.keep(files, tmp_path / "b.txt")
        run(actions.documents.add, "X-1", DocumentPart(file="b.txt"), kept, files=files)
    add("X-1", "words", "a.txt")
    with Reader(database) as rows:
        store = FileStore(database)
        assert [item.name for item in actions.kept_texts.unread(rows, store)] == ["b.txt"]
        assert [item.name for item in actions.kept_texts.unread(rows, store, anew=True)] == ["a.txt", "b.txt"]
