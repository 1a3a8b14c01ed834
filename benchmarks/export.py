"""What writing lists to files costs: ``tracker export`` beside the shortest programs that write the same rows.

    python -m benchmarks.export [AGREEMENTS ...]

A database of so many agreements is made by the import of ``benchmarks/bulk.py``. Ours is the command as a process of
its own. The peer of CSV runs the same SQL with ``sqlite3`` and hands its rows to ``csv.writer``; the peer of XLSX hands
them, with the same days as numbers, to XlsxWriter in constant-memory mode, cell by cell, with one format for texts and
one for days. Both are processes of their own too. The processor's seconds, the ratio, and the most memory of ours.
"""

from __future__ import annotations

import csv
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import bulk

DAY = date(2026, 11, 24)
CSV_GOAL, XLSX_GOAL = 3.0, 1.3
NOUNS = {"agreements": ("agreements",), "due dates": ("obligations", "--occurrences")}
DATED = frozenset({"since", "signed", "in_force", "ends", "next_deadline", "due_on", "done_on", "waived_on"})
HIDDEN = frozenset({"id", "place_in_order"})
EPOCH = date(1899, 12, 30).toordinal()


@dataclass(frozen=True)
class Export:
    """One export: what, how it was written, how many rows, what both took, and at most how often the peer's time."""

    what: str
    rows: int
    ours: bulk.Cost
    peer: bulk.Cost
    goal: float


def main(sizes: list[int]) -> None:
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            for one in measure(size, Path(folder)):
                print(f"{one.what} of {size:,} agreements, {one.rows:,} rows")
                print(f"  tracker export {one.ours.used:8.2f} s processor, at most {one.ours.memory:.0f} MB")
                print(f"  peer           {one.peer.used:8.2f} s processor, at most {one.peer.memory:.0f} MB")
                print(f"  ratio          {one.ours.used / one.peer.used:8.2f}   goal {one.goal}")


def ratios(size: int, place: Path) -> list[tuple[str, float, float]]:
    """Name, figure and goal of each export: the processor's time beside the peer's."""
    return [(f"{one.what}, {one.rows:,} rows", one.ours.used / one.peer.used, one.goal) for one in measure(size, place)]


def measure(size: int, place: Path) -> Iterator[Export]:
    """Export the lists of a database of so many agreements, made in ``place`` where it is not there yet."""
    database = bulk.database(size, place)
    for what, words in NOUNS.items():
        for form, goal in (("csv", CSV_GOAL), ("xlsx", XLSX_GOAL)):
            if form == "xlsx" and what != "agreements":
                continue  # over a million rows take two sheets, and say the same
            ours, theirs = place / f"ours.{form}", place / f"theirs.{form}"
            cost = bulk.tracker(place, database, "export", *words, "-o", str(ours))
            peer = bulk.process(
                place, [sys.executable, "-m", "benchmarks.export", form, what, str(database), str(theirs)]
            )
            with (place / "ours.csv").open(encoding="utf-8", newline="") as file:
                count = sum(1 for _ in csv.reader(file)) - 1
            yield Export(f"{form} export of {what}", count, cost, peer, goal)


def statement(what: str) -> tuple[str, dict[str, Any]]:
    """The program's own SQL for a list, and the values it names; without due dates on no day: there are none here."""
    from tracker.store import queries

    query = {"agreements": "agreements", "due dates": "occurrences"}[what]
    return queries.bind(query, {"day": DAY.isoformat()})[0]


def write_csv(what: str, database: str, out: str) -> None:
    """The peer of CSV."""
    from tracker.models.keys import fold

    db = sqlite3.connect(database)
    db.create_function("fold", 1, fold, deterministic=True)
    rows = db.execute(*statement(what))
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)


def write_xlsx(what: str, database: str, out: str) -> None:
    """The peer of XLSX."""
    import xlsxwriter

    rows = sqlite3.connect(database).execute(*statement(what))
    names = [column[0] for column in rows.description]
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet()
    plain, day = book.add_format({"text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    used = [(place, name in DATED) for place, name in enumerate(names) if name not in HIDDEN]
    for column, (place, _) in enumerate(used):
        page.write_string(0, column, names[place], plain)
    for number, row in enumerate(rows, start=1):
        for column, (place, dated) in enumerate(used):
            value = row[place]
            if value is None:
                continue
            if dated and len(value) == 10:
                page.write_number(number, column, date.fromisoformat(value).toordinal() - EPOCH, day)
            elif isinstance(value, str):
                page.write_string(number, column, value.replace("\x1f", "; "), plain)
            else:
                page.write_number(number, column, value, plain)
    book.close()


if __name__ == "__main__":
    if sys.argv[1:2] in (["csv"], ["xlsx"]):
        {"csv": write_csv, "xlsx": write_xlsx}[sys.argv[1]](*sys.argv[2:5])
    else:
        main([int(word) for word in sys.argv[1:]] or [1_000, 10_000])
