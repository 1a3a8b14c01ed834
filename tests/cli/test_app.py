"""The root command: help, usage errors in our own words, where --db may stand, JSON errors, the one clock."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.running import Tracker
from tracker import __version__
from tracker.cli.app import app, command
from tracker.cli.catalogue import COMMANDS


def test_no_arguments_give_the_overview(bare: Tracker) -> None:
    found = bare()
    assert found.out == bare("--help").out
    for name in COMMANDS:
        assert f"  {name} " in found.out


def test_version(bare: Tracker) -> None:
    assert bare("--version").out == f"tracker {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_a_sentence_and_every_option_has_one(bare: Tracker, name: str) -> None:
    for flag in ("-h", "--help"):
        assert bare(name, flag).out.startswith(f"Usage: tracker {name} ")
    context = command.make_context("tracker", [name], resilient_parsing=True)
    found = command.get_command(context, name)  # type: ignore[attr-defined]
    assert found.help.strip()
    for parameter in found.params:
        assert getattr(parameter, "help", None), (name, parameter.name)


def test_runner_ends_as_a_process_does(bare: Tracker) -> None:
    for args, code in ((["agreements"], 5), (["agreemets"], 2), (["--version"], 0), (["init"], 0), (["show", "X"], 3)):
        assert CliRunner().invoke(app, args).exit_code == code
    for real, code in ((["show", "X"], 3), (["agreements"], 0), (["--nosuch"], 2), (["--db"], 2), (["init"], 4)):
        assert bare.real(*real).returncode == code, real


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("agremeents",), "there is no command 'agremeents'; did you mean agreements"),
        (("--nosuch",), "there is no option --nosuch"),
        (("agreements", "--limt", "3"), "there is no option --limt; did you mean --limit?"),
        (("agreements", "--limit", "x"), "--limit: 'x' is not a whole number"),
        (("agreements", "--limit", "0"), "--limit: 0 is too small: expected 1 or more"),
        (("agreements", "extra"), "got unexpected extra argument"),
        (("agreements", "--sort"), "option '--sort' requires an argument"),
        (("agreements", "--kind", "treatty"), "--kind: 'treatty' is not known; did you mean treaty?"),
        (("record", "X", "ratifed", "--on", "2017"), "EVENT: 'ratifed' is not known; did you mean ratified?"),
        (("--db",), "option '--db' requires an argument"),
    ],
)
def test_usage_errors_are_one_line(small: Tracker, given: tuple[str, ...], said: str) -> None:
    found = small(*given, code=2)
    assert found.out == ""
    assert len(found.errors) == 1
    assert said.lower() in found.err.lower()
    assert [line for line in found.err.splitlines() if not line.startswith(("error: ", "hint: "))] == []


def test_db_may_stand_anywhere_before_two_dashes(small: Tracker) -> None:
    small.patch.delenv("TRACKER_DB")
    db = str(small.db)
    for args in (
        ("--db", db, "show", "PA-2017-001"),
        ("show", "--db", db, "PA-2017-001"),
        ("show", "PA-2017-001", "--db", db),
        ("show", "PA-2017-001", f"--db={db}"),
        (f"--db={db}", "show", "PA-2017-001"),
        ("show", "PA-2017-001", f"--db=sqlite:///{db}"),
    ):
        assert "Cooperation agreement" in small(*args).out
    small("--db", db, "add-note", "PA-2017-001", "--", "--db")
    assert small("show", "PA-2017-001/N2", "--format", "json", "--db", db).json["text"] == "--db"


def test_precedence_of_where_the_database_is(bare: Tracker) -> None:
    def used() -> str:
        return bare("config").out.split("\n")[0].split()[1]

    default = bare.home / ".local/share/tracker/tracker.db"
    assert used() == str(default)
    config = bare.home / ".config/tracker/config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('db = "from-file.db"', encoding="utf-8")
    assert used() == str(bare.folder / "from-file.db")
    bare.env(TRACKER_DB="from-environment.db")
    assert used() == str(bare.folder / "from-environment.db")
    assert "--db" in bare("config", "--db", "from-flag.db").out
    assert bare("--db", "from-flag.db", "config").out.split()[1] == str(bare.folder / "from-flag.db")


@pytest.mark.parametrize("text", ["db = 3", "db = ", 'bd = "x"', 'db = "x"\ndb = "y"', b"db = '\xff'"])
def test_configuration_that_cannot_be_read(bare: Tracker, text: str | bytes) -> None:
    config = bare.home / ".config/tracker/config.toml"
    config.parent.mkdir(parents=True)
    config.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = bare("agreements", code=2)
    assert len(found.errors) == 1
    assert "config.toml" in found.err


def test_the_default_database_is_made_on_the_first_write(bare: Tracker) -> None:
    assert "there is no database here" in bare("agreements", code=5).err
    assert "made a new database: " in bare("add-agreement", "X").err
    assert "made" not in bare("add-agreement", "Y").err
    assert len(bare.json("agreements")) == 2


@pytest.mark.parametrize("how", ["flag", "environment", "file"])
def test_a_path_that_was_given_is_never_made(bare: Tracker, how: str) -> None:
    args: tuple[str, ...] = ()
    if how == "flag":
        args = ("--db", "mistyped.db")
    elif how == "environment":
        bare.env(TRACKER_DB="mistyped.db")
    else:
        config = bare.home / ".config/tracker/config.toml"
        config.parent.mkdir(parents=True)
        config.write_text('db = "mistyped.db"', encoding="utf-8")
    for command_line in (("add-agreement", "X"), ("agreements",), ("show", "X"), ("export",)):
        found = bare(*command_line, *args, code=5)
        assert found.out == ""
        assert "there is no database here" in found.err
        assert "tracker init" in found.err
    assert not Path("mistyped.db").exists()
    bare("init", *args)
    assert Path("mistyped.db").exists()


def test_today_is_ruled_by_one_variable(small: Tracker) -> None:
    assert small.json("agreements")[0]["status"] == "expired"
    small.env(TRACKER_TODAY="2018-06-01")
    assert small.json("agreements")[0]["status"] == "in-force"
    assert "2018-06-01" in small("config").out
    small("add-note", "PA-2017-001", "A remark of today")
    assert small("show", "PA-2017-001/N2", "--format", "json").json["on"] == "2018-06-01"
    assert "added XX-2018-001" in small("add-agreement", "Recorded then").out
    assert small.json("deadlines", "--within", "30d")[0]["days_left"] == -14


@pytest.mark.parametrize("day", ["2026", "2026-13-01", "tomorrow", "20261124", "2026-11-24T00:00"])
def test_today_that_is_no_day(small: Tracker, day: str) -> None:
    small.env(TRACKER_TODAY=day)
    before = small.rows()
    for args in (("agreements",), ("add-note", "PA-2017-001", "x"), ("config",)):
        found = small(*args, code=2)
        assert "TRACKER_TODAY" in found.errors[0]
    assert small.rows() == before


def test_errors_as_json_when_json_was_asked_for(small: Tracker) -> None:
    found = small("show", "PA-2017-002", "--format", "json", code=3)
    assert found.out == ""
    assert json.loads(found.err) == {
        "error": "NotFound",
        "message": "there is no agreement, party or person 'PA-2017-002'; did you mean PA-2017-001?",
        "hint": "list them with: tracker agreements",
        "exit_code": 3,
    }


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "foreign", "newer", "damaged", "pipe"])
def test_a_database_that_cannot_be_used(small: Tracker, kind: str) -> None:
    import os
    import sqlite3

    path = Path("other.db")
    assert small.db is not None
    if kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    elif kind == "foreign":
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE x (y)")
    elif kind == "newer":
        path.write_bytes(small.db.read_bytes())
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA user_version = 999")
    elif kind == "damaged":
        path.write_bytes(b"not a database at all" * 100)
    elif kind == "pipe":
        os.mkfifo(path)
    for args in (("agreements",), ("add-agreement", "X"), ("show", "X"), ("import", "x.yaml")):
        if args[0] == "import":
            Path("x.yaml").write_text("title: X\n", encoding="utf-8")
        found = small(*args, "--db", str(path), code=5)
        assert found.out == ""
        assert len(found.errors) == 1, found.err
        assert "other.db" in found.err


@pytest.mark.parametrize("name", ["with space.db", "what?#%41.db", "ñandú 数.db"])
def test_database_with_an_odd_name(bare: Tracker, name: str) -> None:
    bare("init", "--db", name)
    bare("add-agreement", "X", "--db", name)
    assert Path(name).exists()
    assert len(bare.json("agreements", "--db", name)) == 1
    assert sorted(path.name for path in Path().iterdir()) == sorted(["home", name])
