"""Databases to run commands on: an empty one, one with a small agreement, one with every example."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.running import Tracker

MINSEG = "Ministry of Public Security"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Databases made once and copied for every test that asks for one."""
    folder = tmp_path_factory.mktemp("made")
    steps = {"empty": _empty, "small": _small, "examples": _examples}

    def make(name: str) -> Path:
        path = folder / name / "tracker.db"
        if not path.exists():
            with pytest.MonkeyPatch.context() as patch:
                draft = folder / "draft" / "tracker.db"
                steps[name](Tracker(draft.parent, patch, draft))
            draft.parent.rename(path.parent)
        return path

    return make


def _empty(tracker: Tracker) -> None:
    tracker("init")


def _small(tracker: Tracker) -> None:
    """The founding agreement as an officer records it, with one obligation, one training and a few annexes."""
    _empty(tracker)
    tracker(
        *("add-agreement", "Cooperation agreement between IOM and the Ministry of Public Security of Panama"),
        *("--party", "IOM", "--party", MINSEG, "--country", "PA", "--kind", "cooperation-agreement"),
        *("--scope", "counter-smuggling", "--scope", "border-management", "--language", "es"),
        *("--signed", "2017-05-18", "--in-force", "on signature", "--duration", "3 years", "--notice", "6 months"),
        *("--responsible", "Ana Castillo", "--source", "public announcement", "--summary", "Against smuggling"),
    )
    tracker("edit", MINSEG, "acronym=MINSEG", "kind=ministry", "country=PA")
    tracker(
        *("add-obligation", "PA-2017-001", "Train government officials", "--owed-by", "IOM", "--owed-to", "MINSEG"),
        *("--due", "every 6 months from 2017-11-18", "--clause", "Art. 3(1)", "--kind", "training"),
    )
    tracker(
        *("add-activity", "PA-2017-001", "Workshop on forged documents", "--kind", "training", "--on", "2017-11-16"),
        *("--status", "held", "--fulfils", "O1:2017-11-18", "--attended", "MINSEG: 12 women, 9 men"),
        *("--place", "Panama City", "--scope", "border-management"),
    )
    tracker("add-note", "PA-2017-001", "The ministry asked for a new annex", "--on", "2017-06-01")
    tracker("add-figure", "PA-2017-001", "officials trained", "120", "--unit", "persons", "--period", "2018")


def _examples(tracker: Tracker) -> None:
    from tracker import actions, exchange, paths
    from tracker.config import today

    _empty(tracker)
    assert tracker.db is not None
    records = [r for file in sorted(paths.EXAMPLES.glob("*.yaml")) for r in exchange.reading.read(file).records]
    actions.running.run(tracker.db, lambda session: actions.records.bring_in(session, records, today()))
    tracker("add-document", "IOM-PA-MINSEG", _letter(tracker.folder), "--kind", "correspondence", "--language", "es")


def _letter(folder: Path) -> str:
    path = folder / "letter.txt"
    path.write_text("Señor Ministro", encoding="utf-8")
    return str(path)


def _on(name: str) -> Callable[..., Iterator[Tracker]]:
    def fixture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[str], Path]) -> Iterator[Tracker]:
        path = tmp_path / "tracker.db"
        shutil.copytree(made(name).parent, tmp_path, dirs_exist_ok=True)
        yield Tracker(tmp_path, monkeypatch, path)

    return fixture


empty = pytest.fixture(_on("empty"))
small = pytest.fixture(_on("small"))
examples = pytest.fixture(_on("examples"))


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    """A home without any database, TRACKER_DB unset."""
    return Tracker(tmp_path, monkeypatch)
