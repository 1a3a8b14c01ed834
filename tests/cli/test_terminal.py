"""On a terminal: what is missing is asked for, removals are confirmed, tables fit, colours can be switched off."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from pathlib import Path

import pytest

from cli.running import Tracker


def on_terminal(tracker: Tracker, *args: str, answers: dict[str, str] | None = None, **env: str) -> tuple[int, str]:
    """Run a command on a pseudo-terminal, answering each prompt that contains a key; gives code and screen."""
    pid, screen = pty.fork()
    if pid == 0:
        os.environ.update(env)
        os.execv(sys.executable, [sys.executable, "-m", "tracker", *args])
    waiting = dict(answers or {})
    seen, end = "", time.monotonic() + 30
    while time.monotonic() < end:
        ready, _, _ = select.select([screen], [], [], 0.2)
        if not ready:
            continue
        try:
            chunk = os.read(screen, 4096)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk.decode()
        for prompt in [prompt for prompt in waiting if prompt in seen]:
            os.write(screen, (waiting.pop(prompt) + "\n").encode())
    os.close(screen)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), seen


def test_missing_values_are_asked_for(small: Tracker) -> None:
    answers = {"What is owed": "Send a report", "Who owes it": "IOM, MINSEG", "When it falls due": "2018-06-30"}
    code, seen = on_terminal(small, "add-obligation", "PA-2017-001", answers=answers)
    assert code == 0, seen
    assert "added PA-2017-001/O2 Send a report" in seen
    assert small.json("obligations", "--text", "Send a report")[0]["owed_by"] == ["IOM", "MINSEG"]


def test_removal_is_confirmed(small: Tracker) -> None:
    code, seen = on_terminal(small, "remove", "PA-2017-001/N1", answers={"Remove PA-2017-001/N1": "n"})
    assert code == 1, seen
    assert "nothing was removed" in seen
    code, seen = on_terminal(small, "remove", "PA-2017-001/N1", answers={"Remove PA-2017-001/N1": "y"})
    assert code == 0, seen
    assert "removed PA-2017-001/N1" in seen


def test_tables_fit_and_colours_can_be_switched_off(examples: Tracker) -> None:
    code, seen = on_terminal(examples, "obligations", COLUMNS="90", LINES="40")
    assert code == 0
    assert "\x1b[31;1moverdue\x1b[0m" in seen
    code, plain = on_terminal(examples, "obligations", COLUMNS="90", LINES="40", NO_COLOR="1")
    assert "\x1b" not in plain
    assert "overdue" in plain


@pytest.mark.parametrize("listing", ["agreements", "obligations", "show"])
def test_no_colours_where_there_is_no_terminal(examples: Tracker, listing: str) -> None:
    args = ("show", "DEMO-WORK-PLAN") if listing == "show" else (listing,)
    assert "\x1b" not in examples(*args).out
    examples(*args, "-o", "out.txt")
    assert "\x1b" not in Path("out.txt").read_text(encoding="utf-8")


MISSING = [
    (("add-agreement",), "TITLE"),
    (("add-party",), "NAME"),
    (("add-person",), "NAME"),
    (("add-scope",), "CODE"),
    (("add-scope", "x"), "--name"),
    (("add-obligation",), "REF"),
    (("add-obligation", "PA-2017-001"), "TEXT"),
    (("add-obligation", "PA-2017-001", "X"), "--owed-by"),
    (("add-obligation", "PA-2017-001", "X", "--owed-by", "IOM"), "--due"),
    (("add-link",), "REF"),
    (("add-link", "PA-2017-001"), "MEANING"),
    (("add-link", "PA-2017-001", "amends"), "OTHER"),
    (("add-note",), "REF"),
    (("add-note", "PA-2017-001"), "TEXT"),
    (("add-figure",), "REF"),
    (("add-figure", "PA-2017-001"), "WHAT"),
    (("add-figure", "PA-2017-001", "x"), "VALUE"),
    (("add-document",), "REF"),
    (("add-document", "PA-2017-001"), "FILE"),
    (("record",), "REF"),
    (("record", "PA-2017-001"), "EVENT"),
    (("record", "PA-2017-001", "signed"), "--on"),
    (("add-activity",), "REF"),
    (("add-activity", "PA-2017-001"), "TITLE"),
    (("add-activity", "PA-2017-001", "X"), "--kind"),
    (("add-activity", "PA-2017-001", "X", "--kind", "training"), "--on"),
    (("fulfil",), "OBLIGATION"),
    (("waive",), "OBLIGATION"),
    (("waive", "PA-2017-001/O1", "--due", "2018-05-18"), "--reason"),
    (("edit",), "REF"),
    (("edit", "PA-2017-001"), "EDITOR"),
    (("remove",), "REF"),
    (("import",), "FILE"),
    (("show",), "REF"),
]


@pytest.mark.parametrize(("given", "flag"), MISSING, ids=[" ".join(given) for given, _ in MISSING])
def test_without_a_terminal_the_error_names_what_is_missing(small: Tracker, given: tuple[str, ...], flag: str) -> None:
    before = small.rows()
    found = small(*given, code=2, typed="y\ny\ny\n")
    assert found.out == ""
    assert len(found.errors) == 1
    assert " is missing: give " in found.errors[0]
    assert flag in found.errors[0]
    assert small.rows() == before
