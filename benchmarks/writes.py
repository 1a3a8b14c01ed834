"""Writing commands against what has to be loaded for any write, and a large database against a small one.

python -m benchmarks.writes FOLDER [SIZE ...]    # works on copies of the databases
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import data
from benchmarks.data import environment
from benchmarks.pairs import HEADING, Pair, pair
from benchmarks.reads import PROGRAM

LOADED, SIZE = 1.3, 1.15
"""At most so many times the loading; the small database."""

LOADING = [
    sys.executable,
    "-c",
    "import typer, sqlmodel; from sqlalchemy.orm import configure_mappers; import tracker.models.tables;"
    " configure_mappers()",
]  # fmt: skip


class Written:
    """A copy of a database, with commands each of which writes something new."""

    def __init__(self, path: Path) -> None:
        self.path = path.with_name(f"{path.stem}.written.db")
        shutil.copyfile(path, self.path)
        with closing(sqlite3.connect(self.path)) as db:
            self._refs = [ref for (ref,) in db.execute("SELECT ref FROM agreement ORDER BY id LIMIT 400")]
            self._open = db.execute(
                "SELECT a.ref || '/O' || o.number, c.due_on FROM occurrence c"
                " JOIN obligation o ON o.id = c.obligation_id JOIN agreement a ON a.id = o.agreement_id"
                " WHERE c.done_text IS NULL AND c.waived_text IS NULL"
                " AND c.due_on > '2026-12-01' ORDER BY c.id LIMIT 400"
            ).fetchall()
        self._count = 0

    def commands(self) -> dict[str, list[str]]:
        """One of each kind, other ones each time."""
        self._count += 1
        obligation, due = self._open[self._count]
        program = [*PROGRAM, "--db", str(self.path)]
        return {
            "add-agreement": [
                *program, "add-agreement", f"Agreement of the benchmark {self._count}", "--party", "IOM", "--signed",
                "2026-11-20", "--in-force", "on signature", "--duration", "3 years", "--scope", "border-management",
            ],
            "fulfil": [*program, "fulfil", obligation, "--due", due, "--on", "2026-11-24", "--evidence", "report sent"],
            "record": [*program, "record", self._refs[self._count], "registered", "--on", "2026-11-24"],
        }  # fmt: skip

    def remove(self) -> None:
        self.path.unlink()


def against_the_loading(path: Path, runs: int) -> Iterator[Pair]:
    """Each writing command on one database against loading what any write needs."""
    written = Written(path)
    for name in written.commands():
        yield pair(
            f"{name}, {path.stem} agreements",
            lambda name=name: written.commands()[name],  # type: ignore[misc]
            LOADING,
            LOADED,
            runs=runs,
            environment=environment(path.parent),
        )
    written.remove()


def large_against_small(small: Path, large: Path, runs: int) -> Iterator[Pair]:
    """Each writing command on a large database and on a small one."""
    one, other = Written(small), Written(large)
    for name in one.commands():
        yield pair(
            f"{name}, {large.stem} : {small.stem}",
            lambda name=name: other.commands()[name],  # type: ignore[misc]
            lambda name=name: one.commands()[name],  # type: ignore[misc]
            SIZE,
            runs=runs,
            environment=environment(small.parent),
        )
    one.remove()
    other.remove()


def pairs(paths: list[Path], runs: int) -> Iterator[Pair]:
    """Every figure about writes: of each database, and of the larger ones beside the first."""
    for path in paths:
        yield from against_the_loading(path, runs)
    for path in paths[1:]:
        yield from large_against_small(paths[0], path, runs)


if __name__ == "__main__":
    print(HEADING)
    for one in pairs([data.database(int(size), Path(sys.argv[1])) for size in sys.argv[2:] or ["1000", "10000"]], 7):
        print(one, flush=True)
