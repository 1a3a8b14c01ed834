"""tracker demo, init and config."""

from __future__ import annotations

import shlex
from pathlib import Path

from cli.running import Tracker
from tracker import actions
from tracker.errors import BadInput


def test_demo_in_a_folder_of_its_own(bare: Tracker) -> None:
    found = bare("demo", "--folder", "look")
    for said in ("IOM-PA-MINSEG", "DEMO-WORK-PLAN", "overdue", "Try next:", "export TRACKER_DB=look/demo.db"):
        assert said in found.out
    written = {path.name for path in Path("look").iterdir()}
    names = ("founding-agreement", "work-plan", "portfolio", "obligations", "activities", "handover")
    endings = ("pdf", "html", "docx", "xlsx", "md")
    assert written == {"demo.db", *(f"{name}.{ending}" for name in names for ending in endings)}
    assert sorted(path.name for path in Path().iterdir()) == ["home", "look"]
    assert not (bare.home / ".local").exists()
    before = bare.rows(Path("look/demo.db"))
    assert "is there already" in bare("demo", "--folder", "look").err
    assert bare.rows(Path("look/demo.db")) == before
    tries = [shlex.split(line) for line in found.out.split("Try next:")[1].strip().splitlines()]
    assert tries.pop(0) == ["export", "TRACKER_DB=look/demo.db"]
    bare.env(TRACKER_DB="look/demo.db")
    for words in tries:
        assert words[0] == "tracker"
        bare(*words[1:])


def test_demo_where_no_folder_can_be(bare: Tracker) -> None:
    Path("file").write_text("x", encoding="utf-8")
    for folder in ("file", "file/below"):
        found = bare("demo", "--folder", folder, code=2)
        assert found.out == ""
        assert len(found.errors) == 1


def test_demo_that_fails_half_way_leaves_no_database(bare: Tracker) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise BadInput("example", "", "is not as it should be")

    bare.patch.setattr(actions.records, "bring_in", fail)
    bare("demo", "--folder", "look", code=2)
    assert list(Path("look").iterdir()) == []


def test_init(bare: Tracker) -> None:
    found = bare("init")
    path = bare.home / ".local/share/tracker/tracker.db"
    assert found.out == f"made {path}\n"
    assert "next: tracker add-agreement" in found.err
    assert path.stat().st_mode & 0o077 == 0
    before = bare.rows(path)
    found = bare("init", code=4)
    assert "exists already" in found.err
    assert bare.rows(path) == before
    bare("init", "--db", "new/folder/x.db")
    assert Path("new/folder/x.db").exists()


def test_config(bare: Tracker) -> None:
    said = bare("config").out
    assert "set by         default" in said
    assert "exists         no" in said
    assert "today          2026-11-24" in said
