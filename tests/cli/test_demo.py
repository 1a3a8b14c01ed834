"""tracker demo, init and config."""

from __future__ import annotations

from pathlib import Path

from cli.running import Tracker


def test_demo_in_a_folder_of_its_own(bare: Tracker) -> None:
    found = bare("demo", "--folder", "look")
    for said in ("IOM-PA-MINSEG", "DEMO-WORK-PLAN", "overdue", "Try next:", "export TRACKER_DB=look/demo.db"):
        assert said in found.out
    assert {path.name for path in Path("look").iterdir()} >= {"demo.db", "portfolio.html", "work-plan.md"}
    assert sorted(path.name for path in Path().iterdir()) == ["home", "look"]
    assert not (bare.home / ".local").exists()
    before = bare.rows(Path("look/demo.db"))
    assert "is there already" in bare("demo", "--folder", "look").err
    assert bare.rows(Path("look/demo.db")) == before


def test_commands_to_try_next_work(bare: Tracker) -> None:
    found = bare("demo", "--folder", "look").out
    tries = [line.strip() for line in found.split("Try next:")[1].strip().splitlines()]
    import shlex

    for line in tries:
        words = shlex.split(line)
        if words[0] == "export":
            bare.env(**dict([words[1].split("=", 1)]))
        else:
            assert words[0] == "tracker"
            bare(*words[1:])


def test_demo_where_no_folder_can_be(bare: Tracker) -> None:
    Path("file").write_text("x", encoding="utf-8")
    for folder in ("file", "file/below"):
        found = bare("demo", "--folder", folder, code=2)
        assert found.out == ""
        assert len(found.errors) == 1


def test_demo_that_was_broken_off_is_made_anew(bare: Tracker) -> None:
    Path("look").mkdir()
    bare("demo", "--folder", "look")
    assert Path("look/demo.db").exists()


def test_init(bare: Tracker) -> None:
    found = bare("init")
    path = bare.home / ".local/share/tracker/tracker.db"
    assert found.out == f"made {path}\n"
    assert "next: tracker add-agreement" in found.err
    assert path.stat().st_mode & 0o077 == 0
    before = bare.rows(path)
    found = bare("init", code=5)
    assert "exists already" in found.err
    assert bare.rows(path) == before
    bare("init", "--db", "new/folder/x.db")
    assert Path("new/folder/x.db").exists()


def test_config(bare: Tracker) -> None:
    said = bare("config").out
    assert "set by         default" in said
    assert "exists         no" in said
    assert "today          2026-11-24" in said
