"""Everything that docs/performance.md promises, in one table.

    make bench                       # all of it
    make bench BENCH="reads 1000"    # a part: python -m benchmarks [--folder FOLDER] [--runs N] [PART ...] [SIZE ...]

Parts are starting, reads, sizes, peers, writes, journal, bulk, export, due-dates, whole, reports; sizes are numbers of
agreements, 1000 and 10000 where left out. Databases are kept in the folder for the next time. Ten thousand agreements
take the program's own import about a minute, a hundred thousand about ten, and 6 GB.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import bulk, data, due_dates, export, journal, peers, reads, reports, whole, writes
from benchmarks.pairs import HEADING, Pair


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure Tracker beside floor programs and peers.")
    parser.add_argument("what", nargs="*", help="parts and sizes")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "tracker-benchmarks")
    parser.add_argument("--runs", type=int, default=7, help="of each pair, after one that warms up")
    given = parser.parse_args()
    sizes = [int(word) for word in given.what if word.isdecimal()] or [1_000, 10_000]
    wanted = [word for word in given.what if not word.isdecimal()]
    given.folder.mkdir(parents=True, exist_ok=True)
    parts = _parts(given.folder, sizes, given.runs)
    if unknown := [word for word in wanted if word not in parts]:
        parser.error(f"there is no part {unknown[0]}: expected one of {', '.join(parts)}")
    print(HEADING)
    missed = 0
    for name in wanted or parts:
        for one in parts[name]():
            print(one, flush=True)
            missed += not one.holds
    print(f"{missed} of these do not hold" if missed else "all of these hold")


def _parts(folder: Path, sizes: list[int], runs: int) -> dict[str, Callable[[], Iterator[Pair]]]:
    def databases() -> list[Path]:
        return [data.database(size, folder) for size in sizes]

    def every(module: object, *given: int | Path) -> Iterator[Pair]:
        for name, ratio, goal in module.ratios(*given):  # type: ignore[attr-defined]
            yield Pair(name, 0.0, 0.0, ratio, ratio, goal)

    return {
        "starting": lambda: reads.starting(databases()[-1], runs),
        "reads": lambda: (one for path in databases() for one in reads.against_the_floor(path, runs)),
        "sizes": lambda: reads.large_against_small(databases()[0], databases()[-1], runs),
        "peers": lambda: peers.pairs(databases()[-1], runs),
        "writes": lambda: writes.pairs(databases(), runs),
        "journal": lambda: every(journal, folder, runs),
        "bulk": lambda: every(bulk, sizes[-1], folder),
        "export": lambda: every(export, sizes[-1], folder),
        "due-dates": lambda: every(due_dates, sizes[-1], folder),
        "whole": lambda: every(whole, sizes[-1], folder),
        "reports": lambda: reports.pairs(databases(), runs),
    }


if __name__ == "__main__":
    sys.exit(main())
