"""The command ``python -m faults``: what it says where strace cannot be used, and that a violation is no success."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from faults.report import Report

ROOT = Path(__file__).parents[1]
REFUSED = "strace: attach: ptrace(PTRACE_SEIZE, 4711): Operation not permitted"


def faults(
    tmp_path: Path, *words: str, strace: str | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run it with a folder of programs that has this strace, or none."""
    programs = tmp_path / "programs"
    programs.mkdir()
    if strace:
        (programs / "strace").write_text(f"#!/bin/sh\n{strace}\n")
        (programs / "strace").chmod(0o755)
    environment = os.environ | {"TMPDIR": str(tmp_path), "PATH": str(programs)} | variables
    command = [sys.executable, "-m", "faults", *words]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_without_strace_it_says_what_is_left_out(tmp_path: Path) -> None:
    done = faults(tmp_path, "calls", "power", "rebuilt", TRACKER_SECOND_PROGRAMS="")
    assert done.stderr == "strace is not installed: calls, power, rebuilt are left out\n"
    assert done.returncode == 0 and "0 checks" in done.stdout


def test_where_second_programs_are_required_it_fails_without_strace(tmp_path: Path) -> None:
    done = faults(tmp_path, "calls", TRACKER_SECOND_PROGRAMS="required")
    assert done.returncode == 1 and "strace is not installed" in done.stderr and "violations" not in done.stdout


def test_where_strace_may_follow_nobody_it_says_so_with_the_reason(tmp_path: Path) -> None:
    done = faults(tmp_path, "power", strace=f"echo '{REFUSED}' >&2; exit 1", TRACKER_SECOND_PROGRAMS="required")
    assert done.stderr == (
        "strace may not follow a process here (attach: ptrace(PTRACE_SEIZE, 4711): Operation not permitted): "
        "calls, power, rebuilt are left out\n"
    )
    assert done.returncode == 0


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    done = faults(tmp_path, "call")
    assert done.returncode == 2 and "there is no part call; choose from: calls power" in done.stderr


def test_violations_are_counted_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report()
    with report.check("something") as told:
        told.add("runs", 2)
        told.violation("it was lost")
    assert report.violations == 1
    assert "something: runs 2; violations 1 (0 s)\n  it was lost\n" in capsys.readouterr().out
