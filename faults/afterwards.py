"""What is asked after any fault: is nothing acknowledged lost, nothing done by halves, and does a repeat succeed?"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from faults.cases import AFTER, BEFORE, Case
from faults.processes import SCRATCH, run
from faults.report import Report

UPGRADE = "db upgrade"
CHANGING = ("at", "salt", "digest", "hash", "seal")
"""Columns of the journal that are different each time."""


@dataclass
class Afterwards:
    """Asks it of one case's folder. What was asked of the very same files before is not asked again."""

    case: Case
    folder: Path
    known: dict[bytes, tuple[str, list[str]]] = field(default_factory=dict)
    """By the fingerprint of all files, once they were opened: what became of the command, and what is wrong."""
    repeated: set[bytes] = field(default_factory=set)
    """The rows of repeats that were proven."""

    def ask(self, told: Report.Told, where: str, *, acknowledged: bool) -> None:
        """Open the folder as anybody would, and tell what is wrong in it."""
        upgrades = self.case.line == UPGRADE
        asked, opened = self.folder, None
        if upgrades:  # whatever opens it also upgrades it: what has become of it is asked of a copy
            asked = SCRATCH / "asked"
            shutil.rmtree(asked, ignore_errors=True)
            shutil.copytree(self.folder, asked)
            self.case.state(asked)
        else:
            opened = run(self.folder, "agreements")
        found = _fingerprint(asked)
        if upgrades:
            opened = run(self.folder, UPGRADE)
        assert opened
        if opened.code != 0:
            told.violation(f"cannot be opened: {opened.err.strip()[-200:]!r}, {where}")
        if found not in self.known:
            state = self.case.state(asked)
            self.known[found] = (state, self._wrong(state))
            told.add("different outcomes")
        state, wrong = self.known[found]
        if acknowledged and state != AFTER:
            told.violation(f"acknowledged and not there, {where}")
        for one in wrong:
            told.violation(f"{one}, {where}")

    def _wrong(self, state: str) -> list[str]:
        wrong = [f"verify: {one}" for one in findings(self.folder)]
        if self.case.name == "restore" and state == BEFORE:  # the documents are gone that it brings back
            wrong = [one for one in wrong if not one.startswith("verify: missing")]
        if state not in (BEFORE, AFTER):
            wrong.append("done by halves")
        if state == BEFORE and self.case.line != UPGRADE:
            again = run(self.folder, self.case.line)
            if again.code != 0 or self.case.state(self.folder) != AFTER:
                wrong.append(f"the repeat fails: {again.err.strip()[-200:]!r}")
            if (rows := _rows(self.folder)) not in self.repeated:
                wrong += [f"verify after the repeat: {one}" for one in findings(self.folder)]
                self.repeated.add(rows)
        return wrong


def _fingerprint(folder: Path) -> bytes:
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        whole.update(f"{file.relative_to(folder)} {file.lstat().st_mode:o} {len(content)}\n".encode() + content)
    return whole.digest()


def _rows(folder: Path) -> bytes:
    """Every row of every table but what differs from one time to the next: times, salts, and what is made from them."""
    whole = hashlib.sha256()
    with closing(sqlite3.connect(folder / "tracker.db")) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
            named = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")') if row[1] not in CHANGING]
            columns = ", ".join(f'"{name}"' for name in named)
            for row in db.execute(f'SELECT {columns} FROM "{table}" ORDER BY {columns}'):
                whole.update(repr(row).encode())
    whole.update(repr(sorted(file.name for file in folder.rglob("*"))).encode())
    return whole.digest()


def findings(folder: Path) -> list[str]:
    """What ``verify`` finds; a file that no document names is left over (``tracker db compact``), not wrong."""
    process = run(folder, "verify --format json")
    if process.code == 0:
        return []
    try:
        found = json.loads(process.out)
    except ValueError:
        return [f"verify ended with {process.code}: {process.err.strip()[-200:]!r}"]
    return [f"{one['problem']}: {one['what']}" for one in found if one["problem"] != "orphaned"]
