"""``tracker verify``, ``tracker journal head`` and who writes; writers beside each other on one database."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cli.running import Tracker
from tracker.cli import verify

A = "PA-2017-001"
WRITER = """
import sys
from tracker.cli.app import command
for number in range(int(sys.argv[2])):
    for words in (["edit", "PA-2017-001", f"summary={sys.argv[1]} {number}"], ["add-note", "PA-2017-001", "x"]):
        try:
            command(words, prog_name="tracker")
        except SystemExit as ended:
            if ended.code:
                raise
"""
READING = """
import sys
from tracker.cli.app import command
for number in range(int(sys.argv[1])):
    try:
        command(["show", "PA-2017-001", "--format", "json"], prog_name="tracker")
    except SystemExit as ended:
        if ended.code:
            raise
"""


def test_verify_is_silent_on_stdout_when_all_is_well(small: Tracker) -> None:
    found = small("verify")
    assert found.out == ""
    head = small("journal", "head").out.strip()
    assert re.fullmatch(r"[0-9]+:[0-9a-f]{64}", head)
    assert found.err == f"all is as it was recorded; the journal's head is {head}\n"
    small("add-note", A, "More")
    assert small("verify", "--since", head).out == ""
    later = small("journal", "head").out.strip()
    assert int(later.split(":")[0]) == int(head.split(":")[0]) + 1


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE reference SET key = x'ff1b5b33316d' WHERE key = 'party-1'", 1),
        ("INSERT INTO journal_row SELECT 9, 9, x'ff', row_key, 'insert', ref, '{}', salt, digest FROM journal_row", 1),
        ("UPDATE sqlite_schema SET name = x'ff00' WHERE name = 'note'", 5),
        ("UPDATE agreement SET ref = char(27) || '[31m'", 1),
    ],
)
def test_bytes_that_are_no_text_are_found_and_harmless(small: Tracker, statement: str, code: int) -> None:
    assert small.db is not None
    with closing(sqlite3.connect(small.db)) as db:
        db.executescript("PRAGMA writable_schema=ON; PRAGMA ignore_check_constraints=ON")
        db.execute(f"{statement} LIMIT 1" if "SELECT" in statement else statement)
        db.commit()
    for name in ("table", "json"):
        found = small("verify", "--format", name, code=code)
        assert (found.out if code == 1 else found.err) and "\x1b" not in found.both
        found.both.encode()


def test_verify_lists_findings_by_reference(small: Tracker) -> None:
    assert small.db is not None
    with closing(sqlite3.connect(small.db)) as db:
        db.execute("UPDATE obligation SET due = 'on request'")
        db.commit()
    found = small("verify", code=1)
    lines = found.out.splitlines()
    assert lines[0].startswith(f"{A}/O1: obligation 1: due is 'on request', but 'every 6 months")
    assert f"{A}: what is derived does not follow from its facts" in lines
    assert "findings; the journal's head is" in found.err


@pytest.mark.parametrize("since", ["", "3", "3:abc", "x"])
def test_a_head_that_is_none(small: Tracker, since: str) -> None:
    assert "COUNT:HASH" in small("verify", "--since", since, code=2).err


def test_a_head_of_another_journal(small: Tracker) -> None:
    assert "written anew" in small("verify", "--since", f"2:{'ab' * 32}", code=1).out
    assert "entries are missing" in small("verify", "--since", f"9999:{'ab' * 32}", code=1).out


def test_progress_goes_to_stderr(small: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "SHOWN_AFTER", 0.0)
    found = small("verify")
    assert "entries of the journal: 1 of " in found.err and "agreements derived anew: 1 of 1" in found.err
    assert found.out == ""


def test_who_writes(small: Tracker) -> None:
    def actor() -> str:
        return str(small.json("history", "--limit", "1")[0]["actor"])

    assert "@" in actor()
    small("add-note", A, "1", "--actor", "Ana Castillo")
    assert actor() == "Ana Castillo"
    small.env(TRACKER_ACTOR="Bea Ríos")
    small("add-note", A, "2")
    assert actor() == "Bea Ríos"
    small("--actor=Carla", "add-note", A, "3")
    assert actor() == "Carla"
    before = small.rows()
    for name in ("", " ", "x\ny", "a" * 201, "\x1b[31m"):
        assert "expected a name on one line" in small("--actor", name, "add-note", A, "4", code=2).err
    assert small.rows() == before


def test_the_command_is_kept_without_where_and_who(small: Tracker) -> None:
    small("--db", str(small.db), "add-note", A, "It's", "--actor", "Ana")
    assert small.json("history", "--limit", "1")[0]["command"] == """add-note PA-2017-001 'It'"'"'s'"""


def test_a_listing_that_derives_further_says_so_in_the_journal(small: Tracker) -> None:
    assert small.db is not None
    small("edit", A, "renewal=tacit")
    head = small("journal", "head").out
    small("deadlines", "--as-of", "2060-01-01")
    assert small("journal", "head").out != head
    with closing(sqlite3.connect(small.db)) as db:
        last = "SELECT command FROM journal_entry ORDER BY number DESC LIMIT 1"
        assert db.execute(last).fetchone()[0] == "deadlines --as-of 2060-01-01"
    small("deadlines", "--as-of", "2060-01-01")
    assert "all is as it was recorded" in small("verify").err


def test_everything_is_its_users_alone(bare: Tracker) -> None:
    bare("add-agreement", "T", "--party", "IOM", "--party", "Beta", "--signed", "2020-01-01")
    (bare.folder / "a.txt").write_text("text")
    bare("add-document", "XX-2020-001", "a.txt")
    made = [path for path in bare.home.rglob("*") if "tracker" in path.parts]
    assert {path.name for path in made} >= {"tracker.db", "journal.key", "documents"}
    for path in made:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_mistyped_path_makes_no_database(small: Tracker) -> None:
    for words in (("add-party", "X"), ("verify",), ("undo",), ("history",), ("journal", "head"), ("forget", "x")):
        assert "there is no database here" in small("--db", "mistyped.db", *words, code=5).err
    assert not Path("mistyped.db").exists()


@pytest.mark.slow
def test_eight_writers_and_two_readers(small: Tracker) -> None:
    """Nobody is told that the database is locked; nothing that was said to be done is lost."""
    each = 3
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(n), str(each)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for n in range(8)
    ]
    readers = [
        subprocess.Popen([sys.executable, "-c", READING, "10"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = []
    for process in [*writers, *readers]:
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err.decode()
        said.append(out.decode())
    added = [line for out in said[:8] for line in out.splitlines() if line.startswith("added")]
    assert len(set(added)) == len(added) == 8 * each
    assert len(small("show", A, "--format", "json").json["notes"]) == 8 * each + 1
    assert "all is as it was recorded" in small("verify").err
