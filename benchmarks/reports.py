"""What reports cost: a fact sheet as PDF beside Typst alone, and a portfolio by the number of its agreements.

    python -m benchmarks.reports FOLDER [SIZE ...]    # databases SIZE.db are made in FOLDER where they are not there

The peer of the fact sheet is a program that imports ``typst``, reads the very values that the report hands to its
template, and compiles the same page with the same fonts to the same standard. Of a portfolio it is the processor's time
for each agreement, the start of the program taken off, beside that of the smallest database.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from benchmarks import data
from benchmarks.data import TODAY, environment
from benchmarks.pairs import HEADING, Pair, pair, run
from benchmarks.reads import PROGRAM

TYPST, EACH = 1.5, 1.25
"""At most so many times Typst alone; the cost of an agreement in the smallest database."""
FORMATS = ("html", "xlsx")

ALONE = """
import sys, typst
templates, fonts, values, out = sys.argv[1:]
made = typst.compile(
    templates + "/page.typ",
    root=templates,
    font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]),
    sys_inputs={"data": open(values, encoding="utf-8").read()},
    pdf_standards=["ua-1"],
)
open(out, "wb").write(made)
"""


def fact_sheet(path: Path, runs: int) -> Iterator[Pair]:
    """The fact sheet of an agreement with ten obligations, as a whole process, beside Typst alone."""
    from tracker.reports import agreement, catalogue, pdf
    from tracker.reports.glyphs import FONTS
    from tracker.store.reader import Reader

    with closing(sqlite3.connect(path)) as db:
        (ref,) = db.execute("SELECT ref FROM agreement ORDER BY id LIMIT 1 OFFSET 5").fetchone()
    with Reader(path) as rows:
        document = catalogue.document("agreement", agreement.build(rows, ref, TODAY))
    values, ours, theirs = (path.with_suffix(ending) for ending in (".values.json", ".ours.pdf", ".alone.pdf"))
    values.write_text(json.dumps(pdf.values(document)), encoding="utf-8")
    yield pair(
        "fact sheet as PDF, to Typst alone",
        [*PROGRAM, "--db", str(path), "report", "agreement", ref, "-o", str(ours)],
        [sys.executable, "-c", ALONE, str(pdf.TEMPLATES), str(FONTS), str(values), str(theirs)],
        TYPST,
        runs=runs,
        environment=environment(path.parent),
    )
    for file in (values, ours, theirs):
        file.unlink()


def portfolio(small: Path, large: Path, runs: int) -> Iterator[Pair]:
    """The portfolio of a large database beside that of a small one, for each agreement."""
    if small == large:
        return
    given = environment(small.parent)
    started = median(run([*PROGRAM, "report", "--help"], given)[1] for _ in range(runs))
    for form in FORMATS:
        each = {}
        for path in (small, large):
            out = path.with_suffix(f".{form}")
            used = median(
                run([*PROGRAM, "--db", str(path), "report", "portfolio", "-o", str(out)], given)[1]
                for _ in range(max(1, runs // 3))
            )
            out.unlink()
            each[path] = 1000 * (used - started) / int(path.stem)
        ratio = each[large] / each[small]
        name = f"portfolio as {form}, for each of {int(large.stem):,} to {int(small.stem):,}"
        yield Pair(name, each[large], each[small], ratio, ratio, EACH)


def pairs(paths: list[Path], runs: int) -> Iterator[Pair]:
    """Every figure about reports."""
    yield from fact_sheet(paths[0], runs)
    yield from portfolio(paths[0], paths[-1], runs)


if __name__ == "__main__":
    print(HEADING)
    for one in pairs([data.database(int(size), Path(sys.argv[1])) for size in sys.argv[2:] or ["1000"]], 7):
        print(one, flush=True)
