"""What the import of a register costs, beside ``sqlite3`` executemany of the very same rows into the same tables.

    python benchmarks/registers.py [AGREEMENTS ...]

A register of agreements with two parties each is made, imported by ``tracker import`` as a process of its own, and its
rows, the journal's among them, are then written once more into an empty database by ``executemany``, table by table, in
one transaction with the same settings. Seconds of the processor and the clock, the ratio, and the most memory used.
"""

from __future__ import annotations

import csv
import os
import platform
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

SEED = 20261124
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


def main(sizes: list[int]) -> None:
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), size)


def measure(place: Path, size: int) -> None:
    """Import a register of so many agreements, write the same rows again without checks, and print both."""
    register = place / "register.csv"
    write_register(register, size)
    imported, raw = place / "imported.db", place / "raw.db"
    environment = {
        **os.environ,
        "TRACKER_TODAY": "2026-11-24",
        "XDG_CONFIG_HOME": str(place / "configuration"),
    }
    for path in (imported, raw):
        tracker(environment, path, "init")
    clock, used, memory = tracker(
        environment, imported, "import", str(register), "--new-party", "--yes", "--default", "in_force=on signature"
    )
    rows, raw_clock, raw_used = copied(imported, raw)
    print(f"{size:,} agreements, {rows:,} rows")
    for what, seconds, by_clock in (("tracker import", used, clock), ("executemany", raw_used, raw_clock)):
        each = 1e6 * seconds / rows
        print(f"  {what:<16} {seconds:8.2f} s processor, {by_clock:8.2f} s clock, {each:6.1f} µs a row")
    print(f"  ratio            {used / raw_used:8.2f}   most memory of the import {memory / 1024:.0f} MB")


def write_register(path: Path, size: int) -> None:
    """A register in which names of partners come again, as in a real one."""
    chance = random.Random(SEED)
    syllables = [consonant + vowel for consonant in "bcdfglmnprst" for vowel in "aeiou"]
    towns = ["".join(chance.choices(syllables, k=4)) for _ in range(600)]
    partners = [f"{office} {town.title()}" for office in OFFICES for town in towns]
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["Title", "Partner", "Type", "Country", "Signed on", "Duration", "Remarks"])
        for number in range(size):
            day = f"{chance.randint(2005, 2026)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            both = "; ".join(chance.sample(partners, 2))
            title = f"Agreement {number} on {chance.choice(AREAS)} and {chance.choice(AREAS)}"
            row = [title, both, chance.choice(KINDS), chance.choice(COUNTRIES), day, f"{chance.randint(1, 5)} years"]
            sheet.writerow([*row, "as agreed" if number % 3 else ""])


def tracker(environment: dict[str, str], database: Path, *words: str) -> tuple[float, float, int]:
    """Run the program; gives seconds by the clock, of the processor, and the most memory of any child so far (KiB)."""
    before, begun = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tracker", "--db", str(database), *words],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    clock, after = time.perf_counter() - begun, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return clock, used, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def copied(source: Path, target: Path) -> tuple[int, float, float]:
    """Write every row of ``source`` into the emptied tables of ``target``; gives rows and both seconds."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target, isolation_level=None)) as write:
        names = [
            name
            for (name,) in read.execute(
                "SELECT name FROM pragma_table_list"
                " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
            )
        ]
        write.execute("PRAGMA foreign_keys=OFF")
        write.execute("PRAGMA synchronous=EXTRA")
        write.execute("BEGIN IMMEDIATE")
        for name in names:
            write.execute(f'DELETE FROM "{name}"')
        count, seconds, used = 0, 0.0, 0.0
        for name in names:
            rows = read.execute(f'SELECT * FROM "{name}"')
            while batch := rows.fetchmany(20_000):
                begun, before = time.perf_counter(), time.process_time()
                write.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(batch[0]))})', batch)
                seconds, used = seconds + time.perf_counter() - begun, used + time.process_time() - before
                count += len(batch)
        begun, before = time.perf_counter(), time.process_time()
        write.execute("COMMIT")
        return count, seconds + time.perf_counter() - begun, used + time.process_time() - before


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000, 10_000])
