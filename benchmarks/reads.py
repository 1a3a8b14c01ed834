"""Reading commands against the floor programs (benchmarks/floor.py), and a large database against a small one.

python -m benchmarks.reads FOLDER [SIZE ...]     # databases SIZE.db are made in FOLDER where they are not there
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import data
from benchmarks.data import environment
from benchmarks.pairs import HEADING, Pair, pair

FLOOR, SIZE, START = 1.3, 1.25, 1.25
"""At most so many times the floor program; the small database; ``import typer``."""

PROGRAM = [sys.executable, "-m", "tracker"]


def commands(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each reading command with the arguments of its floor program."""
    with closing(sqlite3.connect(path)) as db:
        (ref,) = db.execute("SELECT ref FROM agreement ORDER BY id LIMIT 1 OFFSET 5").fetchone()
        (partner,) = db.execute("SELECT name FROM party WHERE acronym IS NULL ORDER BY id LIMIT 1").fetchone()
    yield "deadlines --within 30d", ["deadlines", "--within", "30d"], ["deadlines"]
    yield (
        "obligations --overdue --party IOM",
        ["obligations", "--overdue", "--party", "IOM"],
        ["obligations", "international organization for migration"],
    )
    yield "obligations --overdue --party PARTNER", ["obligations", "--overdue", "--party", partner], [
        "obligations", partner.lower()
    ]  # fmt: skip
    yield (
        "agreements --scope S --status in-force",
        ["agreements", "--scope", "counter-smuggling", "--status", "in-force"],
        ["agreements", "counter-smuggling"],
    )
    yield "show REF", ["show", ref], ["show", ref]
    yield "check REF", ["check", ref], ["check", ref]
    yield "search readmission", ["search", "readmission"], ["search", "readmission"]
    yield "search agreement (common)", ["search", "agreement"], ["search", "agreement"]
    yield "search RARE", ["search", partner.split()[-1]], ["search", partner.split()[-1]]


LIMITED = (
    ["deadlines", "--within", "30d", "--limit", "50"],
    ["obligations", "--overdue", "--party", "IOM", "--limit", "30"],
    ["agreements", "--scope", "counter-smuggling", "--status", "in-force", "--limit", "50"],
    ["search", "readmission"],
)


def against_the_floor(path: Path, runs: int) -> Iterator[Pair]:
    """Every reading command on one database against the floor program that prints the same rows."""
    floor = [sys.executable, str(Path(__file__).with_name("floor.py"))]
    for name, ours, peer in commands(path):
        yield pair(
            f"{name}, {path.stem} agreements",
            [*PROGRAM, "--db", str(path), *ours],
            [*floor, peer[0], str(path), *peer[1:]],
            FLOOR,
            runs=runs,
            environment=environment(path.parent),
        )


def large_against_small(small: Path, large: Path, runs: int) -> Iterator[Pair]:
    """The same number of rows out of a large database and out of a small one."""
    with closing(sqlite3.connect(small)) as one, closing(sqlite3.connect(large)) as other:
        refs = [
            db.execute("SELECT ref FROM agreement ORDER BY id LIMIT 1 OFFSET 5").fetchone()[0] for db in (one, other)
        ]
    asked = [(words, words) for words in LIMITED]
    asked += [(["show", refs[0]], ["show", refs[1]]), (["check", refs[0]], ["check", refs[1]])]
    for in_small, in_large in asked:
        yield pair(
            f"{' '.join(in_small[:-1] if in_small[0] in ('show', 'check') else in_small)}, {large.stem} : {small.stem}",
            [*PROGRAM, "--db", str(large), *in_large],
            [*PROGRAM, "--db", str(small), *in_small],
            SIZE,
            runs=runs,
            environment=environment(small.parent),
        )


def starting(path: Path, runs: int) -> Iterator[Pair]:
    """Help, version and completion of a reference against ``import typer``."""
    given = environment(path.parent)
    typer = [sys.executable, "-c", "import typer"]
    for name in ("--help", "--version"):
        yield pair(name, [*PROGRAM, name], typer, START, runs=runs, environment=given)
    completion = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": "tracker show XB-2022", "COMP_CWORD": "2"}
    yield pair(
        f"completion of a reference, {path.stem} agreements",
        PROGRAM,
        typer,
        START,
        runs=runs,
        environment=given | completion | {"TRACKER_DB": str(path)},
    )


def main(folder: Path, sizes: list[int], runs: int = 7) -> None:
    paths = [data.database(size, folder) for size in sizes]
    print(HEADING)
    for one in starting(paths[-1], runs):
        print(one, flush=True)
    for path in paths:
        for one in against_the_floor(path, runs):
            print(one, flush=True)
    for one in large_against_small(paths[0], paths[-1], runs):
        print(one, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(word) for word in sys.argv[2:]] or [1_000, 10_000])
