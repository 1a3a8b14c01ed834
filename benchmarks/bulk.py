"""What the import of a register costs, beside ``sqlite3`` executemany of the very same rows into the same tables.

    python -m benchmarks.bulk [AGREEMENTS ...]

A register of agreements with two parties and one obligation each, due every quarter, is made, imported by
``tracker import`` as a process of its own, and its rows, those of the journal and of the search index among them, are
then written once more into an empty database by ``executemany``, table by table, in one transaction with the same
settings. Seconds of the processor and the clock, the ratio, and the most memory used.
"""

from __future__ import annotations

import csv
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

SEED = 20261124
GOAL = 4.0
"""Times the ``executemany`` of the same rows."""
MOST_MEMORY = 150.0
"""Megabytes."""

AREAS = ("border", "training", "data", "visas", "health", "labour", "police", "justice", "asylum", "transit")
OFFICES = (
    "Ministry of the Interior of",
    "University of",
    "Municipality of",
    "Red Cross of",
    "Customs of",
    "Institute of",
)
KINDS = ("MoU", "Agreement", "Letter of Intent", "Project agreement")
COUNTRIES = ("PA", "CR", "CO", "MX", "FR")
DUTIES = ("Exchange information on", "Report to the other side on", "Train officials on", "Meet on")
HEADINGS = ("Title", "Partner", "Type", "Country", "Signed on", "Duration", "Obligations", "Due", "Remarks")


@dataclass(frozen=True)
class Cost:
    """What something took: rows (0: not counted), seconds of the processor and of the clock, the most megabytes
    (0: not measured)."""

    rows: int
    used: float
    clock: float
    memory: float = 0.0


def main(sizes: list[int]) -> None:
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            ours, raw = measure(size, Path(folder))
        print(f"{size:,} agreements, {raw.rows:,} rows, {raw.rows / size:.1f} an agreement")
        for what, cost in (("tracker import", ours), ("executemany", raw)):
            each = 1e6 * cost.used / raw.rows
            print(f"  {what:<16} {cost.used:8.2f} s processor, {cost.clock:8.2f} s clock, {each:6.1f} µs a row")
        print(f"  ratio            {ours.used / raw.used:8.2f}   goal {GOAL}")
        print(f"  most memory      {ours.memory:8.0f} MB goal {MOST_MEMORY:.0f}")


def ratios(size: int, place: Path) -> list[tuple[str, float, float]]:
    """Name, figure and goal of each: the processor's time beside ``executemany``, and the memory beside its bound."""
    ours, raw = measure(size, place)
    return [
        (f"import of {size:,} agreements, to executemany", ours.used / raw.used, GOAL),
        (f"memory of that import, to {MOST_MEMORY:.0f} MB", ours.memory / MOST_MEMORY, 1.0),
    ]


def measure(size: int, place: Path) -> tuple[Cost, Cost]:
    """Import a register of so many agreements, and write the same rows again without checks."""
    ours, imported = imported_register(size, place)
    raw = place / "raw.db"
    tracker(place, raw, "init")
    return ours, copied(imported, raw)


def database(size: int, place: Path) -> Path:
    """A database of so many agreements in ``place``, imported where it is not there yet."""
    path = place / f"{size}.db"
    return path if path.exists() else imported_register(size, place)[1]


def imported_register(size: int, place: Path) -> tuple[Cost, Path]:
    """What the import of a register of so many agreements takes, and the database that it makes."""
    register, path = place / f"{size}.csv", place / f"{size}.db"
    write_register(register, size)
    path.unlink(missing_ok=True)
    tracker(place, path, "init")
    defaults = ("--default", "in_force=on signature")
    return tracker(place, path, "import", str(register), "--new-party", "--yes", *defaults), path


def write_register(path: Path, size: int) -> None:
    """A register in which names of partners come again, as in a real one."""
    chance = random.Random(SEED)
    syllables = [consonant + vowel for consonant in "bcdfglmnprst" for vowel in "aeiou"]
    towns = ["".join(chance.choices(syllables, k=4)) for _ in range(600)]
    partners = [f"{office} {town.title()}" for office in OFFICES for town in towns]
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(HEADINGS)
        for number in range(size):
            day = f"{chance.randint(2005, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            both = "; ".join(chance.sample(partners, 2))
            area = chance.choice(AREAS)
            title = f"Agreement {number} on {area} and {chance.choice(AREAS)}"
            row = [title, both, chance.choice(KINDS), chance.choice(COUNTRIES), day, f"{chance.randint(1, 5)} years"]
            duty = f"{chance.choice(DUTIES)} {area}"
            sheet.writerow([*row, duty, "every 3 months after entry into force", "as agreed" if number % 3 else ""])


def tracker(place: Path, database: Path, *words: str) -> Cost:
    """Run the program."""
    return process(place, [sys.executable, "-m", "tracker", "--db", str(database), *words])


def process(place: Path, words: list[str]) -> Cost:
    """Run a program as a process of its own, and say what it took. Its home is ``place``, its day 24 November 2026."""
    environment = {**os.environ, "TRACKER_TODAY": "2026-11-24", "HOME": str(place), **dict.fromkeys(_HOMES, str(place))}
    done = subprocess.run(
        [sys.executable, "-S", "-c", _RUN, *words], env=environment, capture_output=True, text=True, check=True
    )
    used, clock, memory = map(float, done.stdout.split())
    return Cost(0, used, clock, memory)


_RUN = """
import os, sys, time
begun, out = time.perf_counter(), os.dup(1)
nothing = os.open(os.devnull, os.O_WRONLY)
os.dup2(nothing, 1), os.dup2(nothing, 2)
child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(child, 0)
said = f"{used.ru_utime + used.ru_stime} {time.perf_counter() - begun} {used.ru_maxrss * 1024 / 1e6}"
os.write(out, said.encode())
sys.exit(os.waitstatus_to_exitcode(status) > 1)  # 1: findings
"""
"""Runs a program from a small process: a child is never less large than what it was forked from."""

_HOMES = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


def copied(source: Path, target: Path) -> Cost:
    """Write every row of ``source`` into the emptied tables of ``target``."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target, isolation_level=None)) as write:
        names = [
            name
            for (name,) in read.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
                " AND name NOT LIKE 'sqlite%'"
            )
        ]
        write.execute("PRAGMA foreign_keys=OFF")
        write.execute("PRAGMA synchronous=EXTRA")
        write.execute("BEGIN IMMEDIATE")
        for name in names:
            write.execute(f'DELETE FROM "{name}"')
        count, seconds, used = 0, 0.0, 0.0
        for name in names:
            columns = "rowid, *" if name == "search" else "*"
            into = f'"{name}" (rowid, title, words)' if name == "search" else f'"{name}"'
            rows = read.execute(f'SELECT {columns} FROM "{name}"')
            while batch := rows.fetchmany(20_000):
                begun, before = time.perf_counter(), time.process_time()
                write.executemany(f"INSERT INTO {into} VALUES ({', '.join('?' * len(batch[0]))})", batch)
                seconds, used = seconds + time.perf_counter() - begun, used + time.process_time() - before
                count += len(batch)
        begun, before = time.perf_counter(), time.process_time()
        write.execute("COMMIT")
        return Cost(count, used + time.process_time() - before, seconds + time.perf_counter() - begun)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000, 10_000])
