"""What a command may load: reading, help and completion stay free of SQLAlchemy, SQLModel and pydantic."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.cli.catalogue import COMMANDS

HEAVY = ("sqlalchemy", "sqlmodel", "pydantic", "alembic", "rich", "rapidfuzz", "ruamel", "jinja2", "babel", "holidays")
PROBE = """
import sys
sys.argv = ["tracker", *sys.argv[1:]]
from tracker.cli.app import main
try:
    main()
except SystemExit as ended:
    code = ended.code
print("loaded:", *sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
raise SystemExit(code)
"""
READING = [
    "agreements",
    "agreements --format json",
    "obligations",
    "obligations --occurrences --overdue",
    "deadlines --within 1y",
    "activities",
    "parties",
    "people",
    "scopes",
    "documents",
    "search agree",
    "search report* OR x --in obligations --format json",
    "search --help",
    "open X-1/D1",
    "show X-1",
    "show X-1 --format json",
    "explain X-1",
    "check --ignore P03 X-1",
    "--help",
    "--version",
    "show --help",
    "add-agreement --help",
    *(f"{name} --help" for name in ("agreements", "obligations", "deadlines", "activities", "parties", "people")),
    *(
        f"{name} --help"
        for name in ("scopes", "documents", "explain", "check", "export", "report", "calendar", "import", "edit")
    ),
    "agreements --as-of 2018-01-01 --party Alpha --text agree --sort title --limit 1 --format csv",
    "obligations --within 90d --format markdown",
    "deadlines --as-of 2018-05-01 --within 90d --format json",
    "parties --format json",
    "show PARTY-1",
    "show X-9",
    "nonsense",
    "agreements --status in-forc",
    "agreements --party NOBODY",
]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import date

    from tracker import actions
    from tracker.store import migrate

    path = tmp_path_factory.mktemp("imports") / "tracker.db"
    migrate.create(path)
    record = actions.record_check.check(
        {
            "ref": "X-1",
            "title": "Agreement",
            "parties": [{"name": "Alpha"}, {"name": "Ministry of Beta", "acronym": "MB"}],
            "events": [{"event": "signed", "on": "2017-05-18"}],
            "obligations": [{"text": "Report", "owed_by": ["Alpha"], "due": "every year on 31 March from 2026"}],
        }
    )
    actions.running.run(path, lambda session: actions.agreements.add(session, record, date(2026, 11, 24)))
    return path


def probe(recorded: Path, words: list[str], **environment: str) -> tuple[str, set[str]]:
    """What a command prints, and the packages it loaded."""
    given = {"TRACKER_DB": str(recorded), "TRACKER_TODAY": "2026-11-24", **environment}
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], env={**os.environ, **given}, capture_output=True, text=True, check=False
    )
    loaded = next(line for line in done.stderr.splitlines() if line.startswith("loaded:"))
    return done.stdout, set(loaded.split()[1:])


@pytest.mark.parametrize("line", READING)
def test_reading_loads_nothing_heavy(recorded: Path, line: str) -> None:
    _, loaded = probe(recorded, line.split())
    assert loaded.isdisjoint(HEAVY), loaded & set(HEAVY)


COMPLETE = [
    ("tracker show X", "X-1"),
    ("tracker add-obligation X", "X-1"),
    ("tracker fulfil X-1/", "X-1/O1"),
    ("tracker agreements --party M", "MB"),
    ("tracker add-agreement T --scope border", "border-management"),
    ("tracker agreements --format mark", "markdown"),
    ("tracker oblig", "obligations"),
    ("tracker agreements --party Al", "Alpha"),
    ("tracker agreements --party Mini", "Ministry of Beta"),
    ("tracker edit X", "X-1"),
    ("tracker report agreement X", "X-1"),
    ("tracker add-obligation X-1 T --owed-by MB", "MB"),
    ("tracker show x-", "X-1"),
    ("tracker fulfil x-1/o", "X-1/O1"),
    ("tracker agreements --party mb", "MB"),
    ("tracker agreements --party mini", "Ministry of Beta"),
    ("tracker agreements --party MINÍ", "Ministry of Beta"),
    ("tracker add-agreement T --scope BORDER", "border-management"),
]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(("line", "expected"), COMPLETE)
def test_completion(recorded: Path, shell: str, line: str, expected: str) -> None:
    words = line.split(" ")
    given = {"_TRACKER_COMPLETE": f"complete_{shell}", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    given |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    out, loaded = probe(recorded, [], **given)
    assert expected in out
    assert loaded.isdisjoint(HEAVY), loaded & set(HEAVY)


def test_completion_of_a_missing_database_is_silent(recorded: Path, tmp_path: Path) -> None:
    given = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": "tracker show X", "COMP_CWORD": "2"}
    out, _ = probe(tmp_path / "gone.db", [], **given)
    assert out.strip() == ""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize("word", ["", "'", "%", "_", "X_", "X-1' OR '1'='1", "X-1/%", "\x1b", "é"])
def test_completion_of_odd_words_offers_no_traceback(recorded: Path, shell: str, word: str) -> None:
    given = {"_TRACKER_COMPLETE": f"complete_{shell}", "COMP_WORDS": f"tracker show {word}", "COMP_CWORD": "2"}
    given |= {"_TYPER_COMPLETE_ARGS": f"tracker show {word}", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    out, loaded = probe(recorded, [], **given)
    assert "Traceback" not in out and loaded.isdisjoint(HEAVY)
    assert ("X-1" in out) == (word in ("", "'")), "percent and underscore are letters, not wildcards"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_shell_is_told_the_same_without_the_command(name: str, recorded: Path) -> None:
    """The catalogue says how a first argument goes on; the command itself, after an option, says it as well."""
    for word in ("X", "X-1/", "Al"):
        offered = []
        for line in (f"tracker {name} {word}", f"tracker {name} --help {word}"):
            given = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
            out, _ = probe(recorded, [], **given)
            offered.append(out.split("loaded:")[0])
        assert offered[0] == offered[1]
