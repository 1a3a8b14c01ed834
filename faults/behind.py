"""What is done behind the program's back: edits, files that are no database of ours, and what an erasure leaves."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from faults.cases import base, done
from faults.crowd import fresh
from faults.forgery import forge
from faults.processes import Process, run
from faults.report import Report
from tracker.store import schema

VALUES = ("behind", "2001-01-01", None, 7, -1, 12345.5, b"\xff\x00", "")
FIXTURE = Path(__file__).parents[1] / "tests" / "exchange" / "whole.yaml"
STATUTES = "Article 1\nThe purpose of this agreement.\n\nArticle 2\nIt enters into force on signature.\n"


def filled(folder: Path) -> None:
    """A database in which every table has rows."""
    base(folder)
    shutil.copy(FIXTURE, folder / "whole.yaml")
    (folder / "statutes.txt").write_text(STATUTES)
    done(
        folder,
        "import whole.yaml",
        "add-obligation X-1 Report --owed-by Alpha --due 'every year on 31 March'",
        "add-note X-1 'A remark'",
        "add-document Alpha annex.txt",
        "add-document X-1 statutes.txt",
        "edit Alpha 'former_names=Alpha Office'",
        "calendar -o calendar.ics",
        "edit X-1 summary=Short",
    )


def edits(report: Report, count: int) -> None:
    """So many edits, over every table and column in turn: a value changed, a row taken out, a row put in."""
    folder = fresh("behind")
    filled(folder)
    kept, database = (folder / "tracker.db").read_bytes(), folder / "tracker.db"
    choose = random.Random(3)
    with closing(sqlite3.connect(database)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        columns = [(table, row[1]) for table in tables for row in db.execute(f'PRAGMA table_info("{table}")')]
        columns += [("sqlite_schema", name) for name in ("type", "name", "tbl_name", "rootpage", "sql")]
        columns = [(t, c) for t, c in columns if db.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0]]
    choose.shuffle(columns)
    with report.check(f"{count} edits behind its back") as told:
        told.figures = {"columns": len(columns), "tables": len({table for table, _ in columns})}
        tried = 0
        while tried < count:
            table, column = columns[tried % len(columns)]
            database.write_bytes(kept)
            what = choose.choice(["change", "change", "change", "delete", "insert"])
            if not _edit(database, table, column, what, choose):
                continue
            tried += 1
            told.add(what)
            proof = run(folder, "verify")
            if not _found(proof):
                told.violation(f"{what} of {table}.{column}: verify ended with {proof.code} {proof.err[-200:]!r}")
            else:
                told.add("found")
        database.write_bytes(kept)
        if run(folder, "verify").code != 0:
            told.violation("verify finds something where nothing was done")


def _found(proof: Process) -> bool:
    """Whether it was told what is wrong: findings, or one line that the file cannot be used at all."""
    told = proof.out.strip() if proof.code == 1 else proof.err.startswith("error: ") and proof.err.count("error: ") == 1
    return proof.code in (1, 5) and bool(told) and "Traceback" not in proof.err


def _edit(database: Path, table: str, column: str, what: str, choose: random.Random) -> bool:
    """Whether the database was changed."""
    with closing(sqlite3.connect(database)) as db:
        db.executescript("PRAGMA ignore_check_constraints=ON; PRAGMA writable_schema=ON")
        there = choose.choice([value for (value,) in db.execute(f'SELECT "{column}" FROM "{table}"')])
        value = choose.choice(VALUES)
        try:
            if what == "delete":
                changed = db.execute(f'DELETE FROM "{table}" WHERE "{column}" IS ?', (there,)).rowcount
            elif what == "insert":
                changed = _insert(db, table, column, value)
            else:
                statement = f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" IS ? AND "{column}" IS NOT ?'
                changed = db.execute(statement, (value, there, value)).rowcount
        except sqlite3.DatabaseError:  # SQLite itself refuses it
            return False
        db.commit()
        return changed > 0


def _insert(db: sqlite3.Connection, table: str, column: str, value: object) -> int:
    """Put in a row like another, with the value in the column and everything else a little different."""
    names = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")') if row[1] != column]
    other = "CASE typeof({0}) WHEN 'integer' THEN {0} + 1000 WHEN 'text' THEN {0} || '2' ELSE {0} END"
    into = ", ".join(f'"{name}"' for name in (column, *names))
    values = ", ".join(["?", *(other.format(f'"{name}"') for name in names)])
    return db.execute(f'INSERT INTO "{table}" ({into}) SELECT {values} FROM "{table}" LIMIT 1', (value,)).rowcount


def forgeries(report: Report, count: int) -> None:
    """So many journals with a changed word or value and every hash computed anew, each found; a journal whose end was
    cut off, found by the head that was kept; files altered."""
    folder = fresh("forged")
    filled(folder)
    database = folder / "tracker.db"
    kept, head = database.read_bytes(), run(folder, "journal head").out.split()[0]
    choose = random.Random(5)

    def proven(what: str, told: Report.Told, line: str = "verify") -> None:
        told.add(what)
        if (proof := run(folder, line)).code != 1 or not _found(proof):
            told.violation(f"{what}: {line} ended with {proof.code} {proof.err[-200:]!r}")

    with report.check(f"{count} forged journals, cut tails, flipped files") as told:
        forge(database, lambda db: None)
        if (proof := run(folder, "verify")).code != 0:
            told.violation(f"the forger does not compute as the program does: {proof.out[-200:]!r}")
        for number in range(count):
            database.write_bytes(kept)
            forge(database, FORGED[number % len(FORGED)], key=b"another key" if number % 3 == 2 else None)
            proven("forged", told)
        for entries in range(1, int(head.split(":")[0])):
            database.write_bytes(kept)
            with closing(sqlite3.connect(database)) as db:
                db.execute("DELETE FROM journal_row WHERE entry > ?", (entries,))
                db.execute("DELETE FROM journal_entry WHERE number > ?", (entries,))
                db.commit()
            proven("cut", told, f"verify --since {head}")
        database.write_bytes(kept)
        for file in sorted(file for file in (folder / "documents").rglob("*") if file.is_file()):
            content = file.read_bytes()
            for _ in range(5):
                place = choose.randrange(len(content))
                file.write_bytes(
                    content[:place] + bytes([content[place] ^ 1 << choose.randrange(8)]) + content[place + 1 :]
                )
                proven("flipped", told)
            file.write_bytes(content[:-1])
            proven("flipped", told)
            file.write_bytes(content)
        if run(folder, f"verify --since {head}").code != 0:
            told.violation("verify finds something where nothing was done")


def _set(statement: str) -> Callable[[sqlite3.Connection], None]:
    def change(db: sqlite3.Connection) -> None:
        assert db.execute(statement).rowcount > 0, statement

    return change


FORGED = [
    _set("UPDATE journal_entry SET actor = 'somebody@else' WHERE number = 2"),
    _set("UPDATE journal_entry SET at = '2001-01-01T00:00:00Z' WHERE number = 3"),
    _set("UPDATE journal_entry SET command = 'another' WHERE number = 4"),
    _set("UPDATE journal_row SET payload = replace(payload, 'Renamed', 'Reforged')"),
    _set("UPDATE journal_row SET operation = 'delete' WHERE entry = 2 AND position = 1"),
    _set("UPDATE journal_row SET ref = 'X-9' WHERE ref = 'X-2'"),
    _set("DELETE FROM journal_row WHERE entry = (SELECT max(entry) FROM journal_row)"),
]
"""What is changed in a journal before its hashes are computed anew."""


def states(report: Report) -> None:
    """Eighteen things that may stand where a database is expected: refused with code 5 and left as they are."""
    folder = fresh("states")
    base(folder)
    whole = (folder / "tracker.db").read_bytes()
    with closing(sqlite3.connect(folder / "foreign.db")) as db:
        db.execute("CREATE TABLE bookmark (url)")
        db.commit()
    foreign = (folder / "foreign.db").read_bytes()
    version = schema.VERSION + 1
    newer = whole[:60] + version.to_bytes(4, "big") + whole[64:]
    found: dict[str, bytes | str] = {
        "empty": b"",
        "one byte": b"S",
        "text": b"not a database at all\n" * 300,
        "zeros": bytes(8192),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(5000),
        "only its header": whole[:100],
        "half its header": whole[:50],
        "cut after a page": whole[:4096],
        "cut in the middle": whole[: len(whole) // 2],
        "another program's": foreign,
        "another application": whole[:68] + b"ABCD" + whole[72:],
        "newer": newer,
        "header flipped": b"s" + whole[1:],
        "page size flipped": whole[:16] + b"\x03\x07" + whole[18:],
        "first pages scribbled over": whole[:100] + b"\xff" * 16284 + whole[16384:],
        "a folder": "folder",
        "a pipe": "pipe",
        "a link to nothing": "link",
    }
    with report.check("states that are no current database") as told:
        for name, content in found.items():
            told.add("states")
            place = folder / "tracker.db"
            _put(place, content)
            before = place.read_bytes() if isinstance(content, bytes) else sorted(folder.rglob("*"))
            for line in ("agreements", "add-agreement New --party Alpha", "verify", "db upgrade", "backup -o no.zip"):
                process = run(folder, line)
                told.add("refusals")
                if process.code != 5 or "Traceback" in process.err or process.err.count("error: ") != 1:
                    told.violation(f"{name}: {line} ended with {process.code}: {process.err.strip()[-200:]!r}")
                if (place.read_bytes() if isinstance(content, bytes) else sorted(folder.rglob("*"))) != before:
                    told.violation(f"{name}: {line} changed it")
            if (folder / "no.zip").exists():
                told.violation(f"{name}: backed up")
        _put(folder / "tracker.db", whole)
        done(folder, "verify")


def _put(place: Path, content: bytes | str) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    if isinstance(content, bytes):
        place.write_bytes(content)
    elif content == "folder":
        place.mkdir()
    elif content == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to("nowhere.db")


def erasure(report: Report, count: int) -> None:
    """So many people recorded, named in texts, signing and being responsible; erased, no byte of them is left."""
    folder = fresh("erasure")
    base(folder)
    with report.check(f"{count} people erased") as told:
        for number in range(count):
            first, last = f"Zenobia{number:02}", f"Quixada{number:02}"
            mail, phone = f"z{number:02}.quixada@example.org", f"+507 6{number:03}-48{number:02}"
            done(
                folder,
                f"add-person '{first} {last}' --email {mail} --phone '{phone}'",
                f"add-note X-1 'Spoke with {first} {last} on {mail}'",
                f"edit X-1 'responsible={first} {last}'",
                f"edit X-2 'summary=As {first} {last} wrote'",
                "undo",
            )
        for number in range(count):
            first, last = f"Zenobia{number:02}", f"Quixada{number:02}"
            process = run(folder, f"forget '{first} {last}' --yes", "verify")
            told.add("erased")
            if process.code != 0:
                told.violation(f"ended with {process.code}: {process.err.strip()[-200:]!r} {process.out[-200:]!r}")
            content = b"".join(file.read_bytes() for file in folder.glob("tracker.db*"))
            for left in (
                first,
                last,
                f"z{number:02}.quixada",
                f"6{number:03}-48{number:02}",
                f"6{number:03}48{number:02}",
            ):
                if left.lower().encode() in content.lower():
                    told.violation(f"{left} is still in the file")
