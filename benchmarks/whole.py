"""How many agreements a second ``tracker check`` and ``tracker verify`` get through in a whole database, by its size.

    python -m benchmarks.whole [AGREEMENTS ...]

Databases are made by the import of ``benchmarks/bulk.py``. What is wanted is a rate that does not fall with the size:
the seconds of the processor for each agreement, the start of the process taken off, beside those of the smallest size.
"""

from __future__ import annotations

import platform
import sqlite3
import sys
import tempfile
from pathlib import Path

from benchmarks import bulk

GOAL = 1.25
"""Times the cost of an agreement in the smallest database."""
SMALLEST = 1_000
COMMANDS = ("check", "verify")


def main(sizes: list[int]) -> None:
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    first: dict[str, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(size, Path(folder))
        for command, (each, cost) in found.items():
            ratio = each / first.setdefault(command, each)
            print(
                f"{command:<7} {size:8,} agreements {cost.used:9.2f} s, {1000 * each:6.2f} ms each,"
                f" {1 / each:6.0f} a second, {ratio:5.2f} of the smallest (goal {GOAL}), at most {cost.memory:.0f} MB"
            )


def ratios(size: int, place: Path) -> list[tuple[str, float, float]]:
    """Name, figure and goal of both: the cost of an agreement beside that in a database of ``SMALLEST``."""
    small, large = measure(SMALLEST, place), measure(size, place)
    return [(f"{name} of {size:,}, each to {SMALLEST:,}", large[name][0] / small[name][0], GOAL) for name in COMMANDS]


def measure(size: int, place: Path) -> dict[str, tuple[float, bulk.Cost]]:
    """For both commands the seconds for each agreement of so many, and what the whole took."""
    database, nothing = bulk.database(size, place), bulk.database(1, place)
    found = {}
    for command in COMMANDS:
        started, whole = (bulk.tracker(place, path, command) for path in (nothing, database))
        found[command] = ((whole.used - started.used) / size, whole)
    return found


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000, 4_000])
