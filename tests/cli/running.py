"""Runs the command line inside this process, on a real database with migrations, in a home of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tracker.cli.app import app

TODAY = "2026-11-24"
_UNSET = (
    "TRACKER_DB",
    "NO_COLOR",
    "FORCE_COLOR",
    "VISUAL",
    "EDITOR",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "PYTHONDONTWRITEBYTECODE",
)


@dataclass
class Result:
    """How a command ended: its exit code, what it wrote to stdout and to stderr, and both as a terminal shows it."""

    code: int
    out: str
    err: str
    both: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def errors(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.startswith("error: ")]


class Tracker:
    """The command ``tracker`` in a folder and a home of its own. ``db`` is the database of ``TRACKER_DB``."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, db: Path | None = None) -> None:
        self.folder = folder
        self.patch = patch
        self.home = folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        for name in _UNSET:
            patch.delenv(name, raising=False)
        patch.setenv("HOME", str(self.home))
        patch.setenv("TRACKER_TODAY", TODAY)
        patch.chdir(folder)
        self.db = db
        if db is not None:
            patch.setenv("TRACKER_DB", str(db))

    def __call__(self, *args: str, code: int | None = 0, typed: str | bytes | None = None) -> Result:
        """Run a command; fails the test when it ends with another code than ``code`` (None: any)."""
        found = CliRunner().invoke(app, [*args], input=typed, prog_name="tracker")
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        result = Result(found.exit_code, found.stdout, found.stderr, found.output)
        if code is not None:
            assert result.code == code, f"tracker {args}: ended with {result.code}\n{result.both}"
        return result

    def json(self, *args: str) -> Any:
        """What a listing gives as JSON."""
        return self(*args, "--format", "json").json

    def refs(self, *args: str) -> list[str]:
        """The references of a listing."""
        return [row["ref"] for row in self.json(*args)]

    def real(
        self, *args: str | bytes, typed: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the command as a process of its own; arguments may be bytes that are no UTF-8."""
        command: list[Any] = [sys.executable, "-m", "tracker", *args]
        return subprocess.run(
            command, input=typed, capture_output=True, env={**os.environ, **(env or {})}, timeout=60, check=False
        )

    def rows(self, db: Path | None = None) -> str:
        """Every row of every table, as SQL: equal before and after where nothing was changed."""
        path = db or self.db
        assert path is not None
        connection = sqlite3.connect(path)
        try:
            return "\n".join(connection.iterdump())
        finally:
            connection.close()

    def env(self, **values: str) -> None:
        for name, value in values.items():
            self.patch.setenv(name, value)
