"""The command as a process of its own: bytes that are no text, encodings, closed pipes, imports, two at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli.running import Tracker


@pytest.mark.parametrize(
    "args",
    [
        (b"add-note", b"PA-2017-001", b"a\xffb"),
        (b"add-agreement", b"a\xff"),
        (b"show", b"\xff"),
        (b"agreements", b"--text", b"\xff"),
    ],
)
def test_arguments_that_are_not_utf8(small: Tracker, args: tuple[bytes, ...]) -> None:
    before = small.rows()
    found = small.real(*args)
    assert found.returncode == 2
    assert found.stdout == b""
    assert found.stderr.startswith(b"error: ")
    assert found.stderr.count(b"\n") <= 2
    assert b"Traceback" not in found.stderr
    assert small.rows() == before


def test_a_database_path_that_is_not_utf8(small: Tracker) -> None:
    found = small.real(b"--db", b"\xff.db", b"agreements")
    assert found.returncode == 5
    assert b"Traceback" not in found.stderr


def test_output_is_utf8_whatever_the_locale(small: Tracker) -> None:
    small("add-note", "PA-2017-001", "Año 数")
    found = small.real("show", "PA-2017-001", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert found.returncode == 0
    assert "Año 数" in found.stdout.decode("utf-8")


def test_codes_are_those_of_the_runner(small: Tracker) -> None:
    for args, code in (
        (("agreements",), 0),
        (("agreements", "--kind", "x"), 2),
        (("show", "X"), 3),
        (("add-party", "IOM"), 4),
        (("agreements", "--db", "missing.db"), 5),
    ):
        found = small.real(*args)
        assert found.returncode == code, found.stderr
        assert b"Traceback" not in found.stderr
        assert bool(found.stdout) == (code == 0)


def test_a_reader_that_stops_reading(examples: Tracker) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "export", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait(30)
    assert b"Traceback" not in said, said.decode()


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("--version",),
        ("agreements",),
        ("deadlines",),
        ("obligations",),
        ("show", "PA-2017-001"),
        ("parties",),
        ("scopes",),
        ("export", "PA-2017-001", "--format", "json"),
    ],
)
def test_reading_loads_no_model(small: Tracker, args: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom tracker.cli.app import command\n"
        f"try:\n    command({[*args]!r}, prog_name='tracker')\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = sorted({'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic', 'holidays'} & set(sys.modules))\n"
        "assert not heavy, heavy\n"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize(
    ("shell", "line", "offered"),
    [
        ("bash", "tracker show PA", b"PA-2017-001"),
        ("bash", "tracker agreements --party MIN", b"MINSEG"),
        ("bash", "tracker agreements --party Mini", b"Ministry of Public Security"),
        ("bash", "tracker agreements --scope counter-s", b"counter-smuggling"),
        ("bash", "tracker add-ob", b"add-obligation"),
        ("bash", "tracker fulfil PA-2017-001/", b"PA-2017-001/O1"),
        ("zsh", "tracker show PA", b"Cooperation agreement"),
        ("fish", "tracker show PA", b"Cooperation agreement"),
    ],
)
def test_completion(small: Tracker, shell: str, line: str, offered: bytes) -> None:
    words = line.split()
    found = small.real(
        env={
            "_TRACKER_COMPLETE": f"complete_{shell}",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
            "_TYPER_COMPLETE_ARGS": line,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        }
    )
    assert offered in found.stdout, (found.stdout, found.stderr)


def test_completion_is_silent_where_there_is_no_database(bare: Tracker) -> None:
    env = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": "tracker show PA", "COMP_CWORD": "2"}
    found = bare.real(env=env)
    assert (found.stdout.strip(), found.stderr) == (b"", b"")


def test_two_writers_at_once_lose_nothing(small: Tracker) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tracker", "add-note", "PA-2017-001", f"note {number}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(4)
    ]
    for writer in writers:
        out, said = writer.communicate(timeout=60)
        assert writer.returncode == 0, said.decode()
        assert out.startswith(b"added PA-2017-001/N")
    notes = small("show", "PA-2017-001", "--format", "json").json["notes"]
    assert sorted(note["text"] for note in notes if note["text"].startswith("note")) == [f"note {i}" for i in range(4)]


def test_nothing_is_written_beside_the_database(small: Tracker) -> None:
    small.real("add-note", "PA-2017-001", "x")
    small.real("agreements")
    assert sorted(path.name for path in Path().iterdir()) == ["home", "tracker.db"]
