"""What surrounds the program and is not as it should be: refused in one line with nothing changed, or no matter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import Tracker


@pytest.mark.parametrize(
    "given",
    [
        {"TZ": "Nowhere/Nothing"},
        {"TZ": ":::"},
        {"TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "xx_YY.nonsense"},
        {"LANG": "C", "LC_ALL": ""},
        {"SQLITE_TMPDIR": "/nowhere/at/all"},
        {"TMPDIR": "/nowhere/at/all"},
        {"USER": "", "LOGNAME": ""},
        {"COLUMNS": "nonsense"},
    ],
    ids=str,
)
def test_what_does_not_matter(small: Tracker, given: dict[str, str]) -> None:
    """Dates are days without a time zone, moments are UTC, and nothing is put into a temporary folder."""
    before = small.json("deadlines", "--within", "2y")
    found = small.real("deadlines", "--within", "2y", "--format", "json", env=given)
    assert found.returncode == 0, found.stderr
    assert found.stdout.decode() == small("deadlines", "--within", "2y", "--format", "json").out and before
    done = small.real("edit", "PA-2017-001", "summary=Changed", env=given)
    assert done.returncode == 0, done.stderr
    backup = small.real("backup", "-o", "b.zip", env=given)
    assert backup.returncode == 0, backup.stderr
    assert small.real("verify", env=given).returncode == 0


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"short\n", b"\xff\xfe", b"g" * 64, b"A" * 64, b"a" * 63, b"a" * 64 + b"\nb\n"], ids=repr
)
def test_a_key_of_the_journal_that_is_none(small: Tracker, content: bytes) -> None:
    """Nothing is written without a seal, and no other key is made in its place."""
    key = small.home / ".config" / "tracker" / "journal.key"
    key.write_bytes(content)
    before = small.rows()
    for command in (("edit", "PA-2017-001", "title=X"), ("undo",), ("remove", "PA-2017-001", "--yes"), ("verify",)):
        said = small(*command, code=2)
        assert len(said.errors) == 1 and "journal.key" in said.errors[0]
    assert small.rows() == before and key.read_bytes() == content
    assert small("agreements").out, "reading needs no key"


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 512, b"stale" * 300, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 504]
)
def test_a_stale_journal_of_sqlite_beside_the_database(small: Tracker, content: bytes) -> None:
    assert small.db
    before = small.rows()
    small.db.with_name(small.db.name + "-journal").write_bytes(content)
    small("agreements")
    small("verify")
    assert small.rows() == before
    small("edit", "PA-2017-001", "title=X")
    small("verify")


@pytest.mark.parametrize(
    "content",
    [
        'db = "a.db"\ndb = "b.db"\n',
        'database = "a.db"\n',
        "db = 7\n",
        'db = "a.db\n',
        "[db]\n",
        "\0",
        'db = "postgresql://ana:hunter2@host/agreements"\n',
    ],
)
def test_a_configuration_that_is_none(bare: Tracker, content: str) -> None:
    file = bare.home / ".config" / "tracker" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(content)
    said = bare("agreements", code=2)
    assert len(said.errors) == 1 and "config.toml" in said.errors[0]
    assert "hunter2" not in said.both, "what may hold a password is not repeated"


def test_a_bug_tells_nothing_that_was_recorded(small: Tracker) -> None:
    """A traceback names places in the program; its own line is all that a user may see of the record."""
    code = (
        "import sys; from tracker.store.reader import Rows\n"
        "def broken(self, query, /, **values):\n"
        "    secret = 'Cooperation between'\n"
        "    raise ZeroDivisionError\n"
        "Rows.stream = broken\n"
        "sys.argv = ['tracker', 'agreements']\n"
        "from tracker.cli.app import main; main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "ZeroDivisionError" in done.stderr and "Cooperation" not in done.stderr


def test_nothing_recorded_is_put_into_a_temporary_folder(small: Tracker, tmp_path: Path) -> None:
    """Of commands that write many rows, an editor's record, and backups."""
    folder = tmp_path / "temporary"
    folder.mkdir(mode=0o555)
    given = {"TMPDIR": str(folder), "SQLITE_TMPDIR": str(folder), "EDITOR": "true"}
    for command in (("edit", "PA-2017-001"), ("backup", "-o", "b.zip"), ("restore", "b.zip"), ("verify",), ("undo",)):
        done = small.real(*command, env=given)
        assert done.returncode == 0, (command, done.stderr)
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    "command", [("agreements",), ("journal", "head"), ("export",), ("add-note", "PA-2017-001", "kept"), ("--help",)]
)
def test_nowhere_to_print_to(small: Tracker, command: tuple[str, ...]) -> None:
    """``tracker ... > FILE`` on a full disk is one line, and what was recorded by then is recorded."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *command], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-2:] == [
        "error: what is printed: cannot be written: No space left on device",
        "hint: what was recorded is recorded: tracker history shows it",
    ]
    assert "Traceback" not in done.stderr
    assert ("kept" in small("show", "PA-2017-001").out) == (command[0] == "add-note")
