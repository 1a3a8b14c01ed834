"""How long a search takes: 100,000 agreements and 20,000 pages of documents by default, the median of several runs.

    python benchmarks/search.py [AGREEMENTS] [PAGES]

Rows are made up by the generator below (seeded, so the same each time) and written straight into a new database with
migrations; the search index is then made by the program's own code. What is timed is what ``tracker search`` does once
it is loaded, and the whole command as a process. docs/performance.md holds the figures of one such run.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tracker.cli.search import RANKED, _find  # noqa: E402
from tracker.rules.search_words import parse  # noqa: E402
from tracker.store import migrate  # noqa: E402
from tracker.store.reader import Reader  # noqa: E402
from tracker.store.transaction import transaction  # noqa: E402

WORDS = """cooperación migrantes frontera formación funcionarios ministerio seguridad tráfico trata personas información
    intercambio técnica emergencia crisis respuesta salud retorno asilo protección niñez acuerdo convenio memorando
    training officials border management technical exchange assistance return readmission statistics sharing""".split()  # noqa: SIM905
PLACES = ("Panamá", "Bogotá", "Quito", "Lima", "Tegucigalpa", "San José", "Ciudad de México", "Managua")
QUERIES = (
    ("one rare word", "quetzalcoatl"),
    ("one word in a page", "xenofobia"),
    ("two words", "panama formacion"),
    ("a phrase", '"formación seguridad"'),
    ("the beginning of a word", "readmis*"),
    ("with NOT and OR", "(asilo OR retorno) panama NOT crisis"),
    ("in documents only", "in:documents statistics salud"),
    ("with a party", "panama party:P7"),
    ("a word that stands everywhere", "acuerdo"),
)
RUNS = 5


def texts(seed: int) -> Iterator[str]:
    """Endless sentences, made up of words of which few are common and most are rare; every 20,000th holds one of a
    kind."""
    chance = random.Random(seed)
    syllables = [f"{first}{second}" for first in "bcdfglmnprstv" for second in "aeiou"]
    made = ["".join(chance.choice(syllables) for _ in range(chance.randint(2, 4))) for _ in range(5000)]
    known = [*WORDS, *made]
    weights = list(accumulate(1 / place for place in range(3, len(known) + 3)))
    number = 0
    while True:
        number += 1
        words = chance.choices(known, cum_weights=weights, k=12)
        rare = " quetzalcoatl" if number % 20_000 == 0 else ""
        yield f"Acuerdo {number} de {' '.join(words)} en {chance.choice(PLACES)}{rare}"


def fill(path: Path, agreements: int, pages: int) -> None:
    """Write so many agreements, each with an obligation and every tenth with a note, and so many pages."""
    made = texts(1)
    with sqlite3.connect(path) as db:
        db.executemany(
            "INSERT INTO party (id, ref, name, name_key, acronym, acronym_key) VALUES (?, ?, ?, ?, ?, ?)",
            [(n, f"party-{n}", f"Parte {n}", f"parte {n}", f"P{n}", f"p{n}") for n in range(1, 501)],
        )
        db.executemany(
            "INSERT INTO agreement (id, ref, title, kind, summary, confidentiality, recorded_on) "
            "VALUES (?, ?, ?, 'treaty', ?, 'public', '2026-01-01')",
            ((n, f"PA-{n:06}", next(made), next(made)) for n in range(1, agreements + 1)),
        )
        db.executemany(
            "INSERT INTO reference (key, ref) VALUES (?, ?)",
            ((f"pa-{n:06}", f"PA-{n:06}") for n in range(1, agreements + 1)),
        )
        db.executemany(
            "INSERT INTO participation (agreement_id, position, party_id, role) VALUES (?, 0, ?, 'party')",
            ((n, n % 500 + 1) for n in range(1, agreements + 1)),
        )
        db.executemany(
            "INSERT INTO obligation (agreement_id, number, position, text, kind, due, survives) "
            "VALUES (?, 1, 0, ?, 'other', 'ongoing', 0)",
            ((n, next(made)) for n in range(1, agreements + 1)),
        )
        db.executemany(
            "INSERT INTO note (agreement_id, number, position, text) VALUES (?, 1, 0, ?)",
            ((n, next(made)) for n in range(1, agreements + 1, 10)),
        )
        for number in range(1, pages // 20 + 1):
            digest = f"{number:064x}"
            db.execute("INSERT INTO kept_file VALUES (?, ?, 1, 'application/pdf', 'read', 20)", (number, digest))
            db.execute(
                "INSERT INTO document (agreement_id, number, position, file, kind, sha256) "
                "VALUES (?, 1, 0, 'text.pdf', 'signed-text', ?)",
                (number % agreements + 1, digest),
            )
            rare = " xenofobia" if number % 100 == 0 else ""
            db.executemany(
                "INSERT INTO file_page (file_id, position, page, text) VALUES (?, ?, ?, ?)",
                [(number, p, p + 1, ". ".join(next(made) for _ in range(25)) + rare) for p in range(20)],
            )


def processor() -> float:
    """Seconds of the processor that this process and those it waited for have taken: others do not disturb it."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def median(run: Callable[[], object]) -> float:
    """The median of RUNS rounds, in milliseconds of the processor for one run, after one that warms up."""
    run()
    taken = []
    for _ in range(RUNS):
        started, runs = processor(), 0
        while runs == 0 or processor() - started < 0.2:  # the system counts in hundredths
            run()
            runs += 1
        taken.append((processor() - started) * 1000 / runs)
    return statistics.median(taken)


def main() -> None:
    agreements, pages = (int(word) for word in (*sys.argv[1:], "100000", "20000")[:2])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        migrate.create(path)
        fill(path, agreements, pages)
        started = time.perf_counter()
        with transaction(path):
            pass  # the commit brings the index up to date
        indexed = time.perf_counter() - started
        size = path.stat().st_size / 1024**2
        print(f"{agreements} agreements, {pages} pages: {size:.0f} MiB, indexed in {indexed:.1f} s\n")
        print("| search | matches | ms | to one rare word |\n|---|---|---|---|")
        base = 0.0
        for name, words in QUERIES:
            wanted = parse(words)

            def search(wanted=wanted) -> tuple[object, int, bool]:  # type: ignore[no-untyped-def]
                with Reader(path) as rows:
                    return _find(rows, wanted, dict(wanted.fields), 50)

            taken = median(search)
            base = base or taken
            _, count, ranked = search()
            said = f"{count}" if ranked else f"{count}, over {RANKED}: not ranked"
            print(f"| {name}: `{words}` | {said} | {taken:.1f} | {taken / base:.1f} |")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TRACKER_DB": str(path)}
        command = [sys.executable, "-m", "tracker", "search", "panama", "formacion"]
        whole = median(lambda: subprocess.run(command, env=environment, capture_output=True, check=True))
        print(f"\nthe whole command `tracker search panama formacion`: {whole:.0f} ms")

        def write(column: str) -> None:
            with transaction(path) as session:
                session.connection().exec_driver_sql(f"UPDATE note SET {column} = {column} || 'x' WHERE id = 1")

        with_index, without = median(lambda: write("text")), median(lambda: write("on_text"))
        print(f"a transaction that changes a note: {with_index:.0f} ms, what is not searched: {without:.0f} ms")


if __name__ == "__main__":
    main()
