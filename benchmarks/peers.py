"""What is due in 30 days, asked of Tracker and of other programs that are installed, of the same number of deadlines.

    python -m benchmarks.peers FOLDER [SIZE]     # SIZE agreements, ten obligations each; 10000 where left out

Each program gets every obligation of the database in a form of its own, with its next due date where it has one (a
journal of hledger has no place for the others). Taskwarrior, todoman and hledger are found on the path; those that are
not there are left out. sqlite-utils is given the statement of the floor program.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from benchmarks import data
from benchmarks.data import environment
from benchmarks.floor import DEADLINES
from benchmarks.pairs import HEADING, Pair, pair
from benchmarks.reads import PROGRAM

GOALS = {"taskwarrior": 12.0, "todoman": 25.0, "hledger": 1.0, "sqlite-utils": 1.0}
"""At least so many times as fast as each."""

UNTIL = data.TODAY + timedelta(days=30)


def pairs(path: Path, runs: int) -> Iterator[Pair]:
    """Tracker beside each peer that is there."""
    place = path.parent / f"{path.stem}.peers"
    place.mkdir(exist_ok=True)
    given = environment(path.parent)
    for name, command in {
        "taskwarrior": taskwarrior(path, place),
        "todoman": todoman(path, place),
        "hledger": hledger(path, place),
        "sqlite-utils": sqlite_utils(path),
    }.items():
        if command:
            yield pair(
                f"deadlines --within 30d beside {name}, {10 * int(path.stem)} obligations",
                [*PROGRAM, "--db", str(path), "deadlines", "--within", "30d"],
                command,
                GOALS[name],
                runs=runs,
                environment=given,
                at_least=True,
            )
    shutil.rmtree(place)


def due(path: Path) -> Iterator[tuple[int, str | None, str, str]]:
    """Number, day, text and agreement of every obligation; the day is its first open due date, else its last."""
    with closing(sqlite3.connect(path)) as db:
        yield from db.execute(
            "SELECT o.id, coalesce(min(CASE WHEN c.done_text IS NULL THEN c.due_on END), max(c.due_on)), o.text, a.ref"
            " FROM obligation o JOIN agreement a ON a.id = o.agreement_id"
            " LEFT JOIN occurrence c ON c.obligation_id = o.id GROUP BY o.id"
        )


def taskwarrior(path: Path, place: Path) -> list[str]:
    if shutil.which("task") is None:
        return []
    folder = place / "task"
    folder.mkdir(exist_ok=True)
    with (folder / "pending.data").open("w", encoding="utf-8") as file:
        for number, day, text, ref in due(path):
            moment = f' due:"{_seconds(day)}"' if day else ""
            ident = uuid.UUID(int=number)
            file.write(
                f'[description:"{text}"{moment} entry:"1500000000" project:"{ref}" status:"pending" uuid:"{ident}"]\n'
            )
    settings = place / "taskrc"
    settings.write_text(f"data.location={folder}\nverbose=nothing\nconfirmation=off\nnews.version=2.6.0\n")
    before = data.TODAY - timedelta(days=1)
    return ["task", f"rc:{settings}", f"due.after:{before}T12:00", f"due.before:{UNTIL}T12:00", "list"]


def todoman(path: Path, place: Path) -> list[str]:
    program = shutil.which("todoman") or shutil.which("todo")
    if program is None:
        return []
    folder = place / "todo" / "list"
    folder.mkdir(parents=True, exist_ok=True)
    for number, day, text, _ in due(path):
        moment = f"DUE;VALUE=DATE:{day.replace('-', '')}\r\n" if day else ""
        (folder / f"{number}.ics").write_text(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//\r\nBEGIN:VTODO\r\n"
            f"UID:{number}\r\nDTSTAMP:20260101T000000Z\r\n{moment}SUMMARY:{text}\r\n"
            "END:VTODO\r\nEND:VCALENDAR\r\n"
        )
    settings = place / "todo.py"
    settings.write_text(
        f'path = "{folder.parent}/*"\ndate_format = "%Y-%m-%d"\ndefault_list = "list"\n'
        f'cache_path = "{place / "todo.cache"}"\n'
    )
    return [program, "--config", str(settings), "list", "--due", "720"]


def hledger(path: Path, place: Path) -> list[str]:
    if shutil.which("hledger") is None:
        return []
    journal = place / "due.journal"
    with journal.open("w", encoding="utf-8") as file:
        for _, day, text, ref in due(path):
            if day:
                file.write(f"{day} {text}\n    obligations:{ref}  1\n    owed\n\n")
    return [
        "hledger", "-f", str(journal), "reg", "obligations", "-b", data.TODAY.isoformat(), "-e",
        (UNTIL + timedelta(days=1)).isoformat(),
    ]  # fmt: skip


def sqlite_utils(path: Path) -> list[str]:
    if shutil.which("sqlite-utils") is None:
        return []
    given = {"day": data.TODAY.isoformat(), "until": UNTIL.isoformat(), "limit": "-1"}
    words = [word for name, value in given.items() for word in ("-p", name, value)]
    return ["sqlite-utils", "query", str(path), DEADLINES, *words, "--table"]


def _seconds(day: str) -> int:
    return (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400


def main(folder: Path, size: int, runs: int = 7) -> None:
    print(HEADING)
    for one in pairs(data.database(size, folder), runs):
        print(one, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
