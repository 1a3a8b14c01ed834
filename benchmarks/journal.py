"""What the journal costs: ``add-agreement`` as a process of its own, and a bulk import by row, with and without it.

    python benchmarks/journal.py [RUNS] [AGREEMENTS]

"Without" takes the capture of changes and the appending of entries out of the same program; everything else, the
commit and its syncs too, stays. Runs alternate, so that a busy machine slows both. Time of the processor is compared
(it is what the journal costs), and time of the clock is shown beside it; medians of each.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

WITHOUT = """
from tracker.store.journal import capture, entries
capture.watch = lambda db: db.execute("CREATE TEMP TABLE IF NOT EXISTS journal_change (place, name, row_key, old)")
entries.append = entries.take = lambda *given, **named: None
"""
ADD = """
import sys
sys.argv = ["tracker", "add-agreement", sys.argv[1], "--party", "IOM", "--party", "Ministry of Public Security",
            "--kind", "cooperation-agreement", "--country", "PA", "--scope", "border-management",
            "--signed", "2017-05-18", "--in-force", "on signature",
            "--duration", "3 years", "--renewal", "tacit", "--notice", "6 months"]
from tracker.cli.app import main
main()
"""
IMPORT = """
import sys, time
from datetime import date
from pathlib import Path
from tracker import actions, exchange, paths
path, wanted = Path(sys.argv[1]), int(sys.argv[2])
examples = [r for file in sorted(paths.EXAMPLES.glob("*.yaml")) for r in exchange.reading.read(file).records]
records = []
while len(records) < wanted:
    for record in examples[: wanted - len(records)]:
        records.append(record.model_copy(update={"ref": f"{record.ref}-{len(records)}"}))
begun, used = time.perf_counter(), time.process_time()
actions.running.run(path, lambda session: actions.records.bring_in(session, records, date(2026, 11, 24)))
print(time.perf_counter() - begun, time.process_time() - used)
"""


Times = dict[bool, list[tuple[float, float]]]
"""With the journal and without it: seconds by the clock and of the processor, for each run."""


ADD_GOAL, ROW_GOAL = 1.25, 2.0
"""At most so many times what the same takes without a journal: ``add-agreement``; a row of an import."""


def main(runs: int = 15, agreements: int = 230) -> None:
    with tempfile.TemporaryDirectory() as folder:
        added = adding(Path(folder), runs)
        brought, sizes, rows = importing(Path(folder), agreements)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores")
    told(f"add-agreement, median of {runs}", added, 1, "s")
    told(f"a row of an import of {agreements} agreements ({rows} rows), median of 3", brought, rows / 1e6, "µs")
    print(f"size after it: {sizes[True] / 1e6:.1f} MB, without the journal {sizes[False] / 1e6:.1f} MB")


def ratios(place: Path, runs: int) -> list[tuple[str, float, float]]:
    """Name, figure and goal of both, by the processor."""
    with tempfile.TemporaryDirectory(dir=place) as folder:
        added, (brought, _, _) = adding(Path(folder), runs), importing(Path(folder), 230)
    return [
        ("add-agreement, to the same without a journal", _times(added, 1), ADD_GOAL),
        ("a row of an import, to the same without a journal", _times(brought, 1), ROW_GOAL),
    ]


def adding(place: Path, runs: int) -> Times:
    """What one agreement more takes."""
    added: Times = {True: [], False: []}
    for run in range(runs + 1):
        for journalled in (True, False):
            before = os.times()
            script(place, ADD, journalled, f"Agreement {run}", database=f"add-{journalled}.db")
            after = os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            if run:  # the first makes the databases and warms the caches up
                added[journalled].append((after.elapsed - before.elapsed, used))
    return added


def importing(place: Path, agreements: int) -> tuple[Times, dict[bool, int], int]:
    """What an import takes, the bytes of its database, and its rows."""
    brought: Times = {True: [], False: []}
    sizes, rows = {}, 0
    for run in range(3):
        for journalled in (True, False):
            path = place / f"import-{journalled}-{run}.db"
            said = script(place, IMPORT, journalled, str(path), str(agreements), database=path.name)
            clock, used = map(float, said.split())
            brought[journalled].append((clock, used))
            sizes[journalled], rows = path.stat().st_size, rows_in(path)
    return brought, sizes, rows


def _times(times: Times, place: int) -> float:
    """How many times what it takes without a journal, by the clock (0) or the processor (1)."""
    with_, without = (statistics.median(run[place] for run in times[journalled]) for journalled in (True, False))
    return with_ / without


def told(what: str, times: Times, parts: float, unit: str) -> None:
    """Print the medians with the journal and without it, and how they compare."""
    print(f"{what}:")
    for place, name in enumerate(("clock", "processor")):
        with_, without = (statistics.median(run[place] for run in times[journalled]) for journalled in (True, False))
        ratio = f"{_times(times, place):.2f} times"
        print(f"  {name}: {with_ / parts:.3g} {unit}, without {without / parts:.3g} {unit}: {ratio}")


def script(place: Path, text: str, journalled: bool, *words: str, database: str) -> str:
    """What a script prints that runs as a process of its own, on a database made before."""
    path = place / database
    environment = {
        **os.environ,
        "TRACKER_DB": str(path),
        "TRACKER_TODAY": "2026-11-24",
        "XDG_CONFIG_HOME": str(place / "configuration"),
    }
    if not path.exists():
        subprocess.run([sys.executable, "-m", "tracker", "init"], env=environment, check=True, capture_output=True)
    command = [sys.executable, "-c", ("" if journalled else WITHOUT) + text, *words]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def rows_in(path: Path) -> int:
    """Rows of the tables that are journalled."""
    with closing(sqlite3.connect(path)) as db:
        names = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'journal%'"
        ).fetchall()
        return sum(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
