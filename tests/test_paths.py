"""Where ``db/`` lies: beside the package in a checkout, inside it once installed; and nowhere by the working folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tracker import paths

PRINT = "from tracker import paths; print(paths.DB)"


def test_all_its_folders_are_there_and_hold_what_they_should() -> None:
    assert (paths.MIGRATIONS / "env.py").is_file() and (paths.MIGRATIONS / "script.py.mako").is_file()
    for folder, pattern in ((paths.QUERIES, "*.sql"), (paths.REFERENCE, "*.csv"), (paths.EXAMPLES, "*.yaml")):
        assert len(list(folder.glob(pattern))) >= 2
    assert len(list(paths.EXAMPLES.glob("*.yaml"))) >= 12


def asked(tracker: Path, folder: Path) -> Path:
    """What a copy of the package says, asked in another folder."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(tracker.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip())


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The two modules that are needed to say it, in a folder of their own."""
    package = tmp_path / "somewhere" / "tracker"
    package.mkdir(parents=True)
    source = Path(paths.__file__).parent
    for name in ("__init__.py", "paths.py"):
        shutil.copy(source / name, package / name)
    return package


def test_in_a_checkout_it_is_beside_the_package(package: Path, tmp_path: Path) -> None:
    (package.parent / "db").mkdir()
    assert asked(package, tmp_path) == package.parent / "db"


def test_installed_it_is_inside_the_package(package: Path, tmp_path: Path) -> None:
    (package / "_db").mkdir()
    (package.parent / "db").mkdir()
    assert asked(package, tmp_path) == package / "_db"


def test_a_db_in_the_working_folder_is_not_ours(package: Path, tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (package.parent / "db").mkdir()
    assert asked(package, tmp_path) == package.parent / "db"
