"""The search index holds what can be found, whatever is written and by whichever way."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factories import activity, agreement, everything, obligation
from sqlalchemy import create_engine

from tracker import actions
from tracker.actions.record import DocumentPart
from tracker.models.enums import TextState
from tracker.rules.pages import FileText, Page
from tracker.store import search_index
from tracker.store.files import FileStore
from tracker.store.transaction import transaction


def held(path: Path) -> dict[int, tuple[str | None, str | None]]:
    """What the index holds, and that nothing waits to be brought up to date."""
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT count(*) FROM search_stale").fetchone() == (0,)
        db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        return {row: (title, words) for row, title, words in db.execute("SELECT rowid, title, words FROM search")}


def wanted(path: Path) -> dict[int, tuple[str | None, str | None]]:
    """What an index made anew holds."""
    copy = path.with_name("anew.db")
    shutil.copy(path, copy)
    engine = create_engine(f"sqlite:///{copy}")
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM search")
        search_index.rebuild(connection)
    engine.dispose()
    return held(copy)


@pytest.fixture
def in_step(database: Path) -> Callable[[], list[str]]:
    """Checks the index and gives every text in it, in order."""

    def check() -> list[str]:
        now = held(database)
        assert now == wanted(database)
        return [f"{title or ''}|{words or ''}" for _, (title, words) in sorted(now.items())]

    return check


@pytest.fixture
def document(database: Path, run: Callable[..., Any], tmp_path: Path) -> Callable[..., str]:
    def adds(ref: str, name: str, *pages: str) -> str:
        (tmp_path / name).write_text("\f".join(pages), encoding="utf-8")
        files = FileStore(database)
        kept = actions.documents.keep(files, tmp_path / name)
        text = FileText(TextState.READ, tuple(Page(n, page) for n, page in enumerate(pages, 1)), len(pages))
        added: str = run(actions.documents.add, ref, DocumentPart(file=name), kept, text, files=files).ref
        return added

    return adds


def test_everything_recorded_is_in_it(bring: Any, in_step: Any) -> None:
    bring(everything())
    texts = in_step()
    for said in ("R-1 Agreement R-1|What it is about", "|Duty 1 Art. 3", "Workshop 1|Panama City", "|A remark"):
        assert said in texts
    assert "arrivals|31749 persons 2015 SENAFRONT" in texts and "Annex annex.pdf|" in texts


def test_it_follows_edits_and_removals(bring: Any, edit: Any, run: Any, in_step: Any) -> None:
    bring(everything())
    edit("R-1", title="Another title", summary="")
    edit("R-1/O1", text="Other duty")
    edit("Beta Board", name="Gamma Group", acronym="GG", former_names="Beta Board, Old Board")
    texts = in_step()
    assert "R-1 Another title|" in texts and "|Other duty Art. 3" in texts
    assert "Gamma Group GG Beta Board Old Board|" in texts
    edit("Gamma Group", former_names="")
    assert "Gamma Group GG|" in in_step()
    bring({**everything(), "notes": [], "figures": []}, update=True)
    assert not any("remark" in text or "arrivals" in text for text in in_step())
    run(actions.removal.remove, "R-1", date(2026, 11, 24))
    assert [text for text in in_step() if "R-1" in text or "Workshop" in text] == []


def test_pages_are_found_while_a_document_names_their_file(bring: Any, run: Any, document: Any, in_step: Any) -> None:
    bring(agreement("X-1"), agreement("Y-1"))
    assert document("X-1", "a.txt", "first page", "second page") == "X-1/D1"
    assert document("Y-1", "b.txt", "first page", "second page") == "Y-1/D1"
    assert [text for text in in_step() if "page" in text] == ["|first page", "|second page"], "the content is kept once"
    run(actions.removal.remove, "X-1/D1", date(2026, 11, 24))
    assert "|first page" in in_step(), "the other agreement still names it"
    run(actions.removal.remove, "Y-1", date(2026, 11, 24))
    assert "|first page" not in in_step()
    document("Alpha Institute", "c.txt", "first page", "second page")
    assert "|first page" in in_step() and "c.txt|" in in_step()
    run(actions.removal.remove, "party-1/D1", date(2026, 11, 24))
    assert "|first page" not in in_step()


def test_nothing_is_left_of_what_was_rolled_back(bring: Any, database: Path, in_step: Any) -> None:
    bring(agreement("X-1"))
    before = in_step()
    with pytest.raises(ZeroDivisionError), transaction(database) as session:
        actions.annexes.add_note(session, "X-1", actions.record.NotePart(text="never"))
        raise ZeroDivisionError
    with transaction(database, dry_run=True) as session:
        actions.annexes.add_note(session, "X-1", actions.record.NotePart(text="never"))
    assert in_step() == before


def test_writing_around_the_program_is_noted(bring: Any, database: Path, in_step: Any) -> None:
    """A program that knows nothing of the index leaves a note of what it touched; the next writer brings it in."""
    bring(agreement("X-1", obligations=[obligation("ongoing")], activities=[activity()]))
    with sqlite3.connect(database) as db:
        db.execute("UPDATE agreement SET title = 'written by hand'")
        db.execute("DELETE FROM activity")
    with transaction(database):
        pass
    texts = in_step()
    assert "X-1 written by hand|" in texts and not any("Workshop" in text for text in texts)


def test_an_older_database_is_indexed_when_it_is_upgraded(database: Path, bring: Any, in_step: Any) -> None:
    bring(everything())
    now = held(database)
    with sqlite3.connect(database) as db:
        db.execute("DELETE FROM search")
        db.execute("INSERT INTO search_stale SELECT id * 16 + 1 FROM agreement")
    with transaction(database):
        pass
    assert len(held(database)) == 1
    with transaction(database) as session:
        actions.kept_texts.rebuild_index(session)
    assert in_step() and held(database) == now


def test_a_whole_import_is_in_step(run: Any, bring: Any, in_step: Any) -> None:
    from tracker import exchange, paths

    files = sorted(paths.EXAMPLES.glob("*.yaml"))[:4]
    records = [record for file in files for record in exchange.reading.read(file).records]
    run(actions.records.bring_in, records, date(2026, 11, 24))
    assert len(in_step()) > 20
