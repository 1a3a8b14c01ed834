"""The commands that are broken: what is there before, what is run, and how to tell what has become of it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from faults.processes import run

FIXTURE = Path(__file__).parents[1] / "tests" / "fixtures" / "schema-1.sql"
BEFORE, AFTER, NEITHER = "before", "after", "neither"


@dataclass(frozen=True)
class Case:
    """``line`` is run in a folder that ``set_up`` made; ``state`` says whether its effect is there, wholly or not."""

    name: str
    line: str
    set_up: Callable[[Path], None]
    state: Callable[[Path], str]


def base(folder: Path) -> None:
    """A database with two agreements, a document and a change to take back."""
    (folder / "annex.txt").write_text("the text of the annex " * 2000)
    (folder / "other.txt").write_text("another text " * 5000)
    done(
        folder,
        "init",
        "add-agreement First --ref X-1 --party Alpha --party Beta --signed 2017-05-18 --duration '3 years'",
        "add-agreement Second --ref X-2 --party Alpha --party Gamma --signed 2018 --indefinite",
        "add-document X-1 annex.txt",
        "edit X-2 title=Renamed",
    )


def done(folder: Path, *lines: str) -> None:
    process = run(folder, *lines)
    assert process.code == 0, f"{lines}: {process.err}"


def with_rows(count: int) -> Callable[[Path], None]:
    def set_up(folder: Path) -> None:
        base(folder)
        rows = ["ref,title,kind,parties,signed"]
        rows += [f"R-{n},Agreement {n},treaty,Alpha; Party {n % 50},2019-01-{n % 28 + 1:02}" for n in range(count)]
        (folder / "rows.csv").write_text("\n".join(rows) + "\n")

    return set_up


def with_backup(folder: Path) -> None:
    """A backup, and something recorded and lost since."""
    base(folder)
    done(folder, "backup -o b.zip", "edit X-1 title=Later", "add-document X-1 other.txt")
    for file in (folder / "documents").rglob("*"):
        if file.is_file():
            file.unlink()


def old(folder: Path) -> None:
    """A database of schema 1, and a key."""
    base(folder)
    for file in folder.glob("tracker.db*"):
        file.unlink()
    shutil.rmtree(folder / "configuration" / "tracker" / "journal-heads")
    shutil.rmtree(folder / "documents")
    with closing(sqlite3.connect(folder / "tracker.db")) as db:
        db.executescript(FIXTURE.read_text(encoding="utf-8"))


def ask(folder: Path, question: str) -> list[str]:
    with closing(sqlite3.connect(folder / "tracker.db")) as db:
        return [str(row[0]) for row in db.execute(question)]


def _rows(wanted: int, question: str) -> Callable[[Path], str]:
    def state(folder: Path) -> str:
        return {0: BEFORE, wanted: AFTER}.get(len(ask(folder, question)), NEITHER)

    return state


def _undone(folder: Path) -> str:
    titles = ask(folder, "SELECT title FROM agreement WHERE ref = 'X-2'")
    return {"Renamed": BEFORE, "Second": AFTER}.get(titles[0], NEITHER)


def _backed_up(folder: Path) -> str:
    if not (folder / "new.zip").exists():
        return BEFORE
    return AFTER if run(folder, "restore new.zip --dry-run").code == 0 else NEITHER


def _backed_up_over(folder: Path) -> str:
    """A backup is always there; the new one holds one entry more."""
    process = run(folder, "restore b.zip --dry-run")
    if process.code:
        return NEITHER
    import json
    import zipfile

    with zipfile.ZipFile(folder / "b.zip") as archive:
        head = json.loads(archive.read("manifest.json"))["journal"]
    return AFTER if int(head.split(":")[0]) > 5 else BEFORE


def _restored(folder: Path) -> str:
    titles = ask(folder, "SELECT title FROM agreement WHERE ref = 'X-1'")
    return {"Later": BEFORE, "First": AFTER}.get(titles[0], NEITHER)


def _upgraded(folder: Path) -> str:
    version = ask(folder, "PRAGMA user_version")[0]
    return BEFORE if version == "1" else AFTER


def _later(folder: Path) -> None:
    base(folder)
    done(folder, "backup -o b.zip", "edit X-1 title=Later")


def _removed(folder: Path) -> None:
    """A document that was removed: its file and its text are left until the store is compacted."""
    base(folder)
    done(folder, "remove X-1/D1 --yes")


def _compacted(folder: Path) -> str:
    left = [file for file in (folder / "documents").rglob("*") if file.is_file()]
    return BEFORE if left or ask(folder, "SELECT 1 FROM kept_file") else AFTER


def cases(rows: int) -> list[Case]:
    """Every command that is broken; ``rows`` are those of the import."""
    added = _rows(1, "SELECT 1 FROM agreement WHERE ref = 'N-1'")
    imported = _rows(rows, "SELECT 1 FROM agreement WHERE ref LIKE 'R-%'")
    kept = _rows(1, "SELECT 1 FROM document WHERE file = 'other.txt'")
    return [
        Case("add-agreement", "add-agreement New --ref N-1 --party Alpha --party Delta --signed 2020", base, added),
        Case("import", "import rows.csv", with_rows(rows), imported),
        Case("add-document", "add-document X-2 other.txt", base, kept),
        Case("undo", "undo", base, _undone),
        Case("backup", "backup -o new.zip", base, _backed_up),
        Case("backup over another", "backup -o b.zip", _later, _backed_up_over),
        Case("restore", "restore b.zip", with_backup, _restored),
        Case("compact", "db compact", _removed, _compacted),
        Case("migration", "db upgrade", old, _upgraded),
    ]
