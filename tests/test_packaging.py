"""The wheel holds all that the program needs at run time, and nothing of the checkout's other folders."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("migrations", "queries", "reference", "examples")


def run(*command: str, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT), cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_every_file_of_the_program_is_in_the_wheel(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for name in FOLDERS:
        for file in (ROOT / "db" / name).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert f"tracker/_db/{file.relative_to(ROOT / 'db')}" in inside
    for file in (ROOT / "tracker").rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            assert str(file.relative_to(ROOT)) in inside
    assert not [name for name in inside if name.startswith(("tests/", "docs/", "db/"))]


@pytest.mark.slow
def test_the_installed_program_runs_on_its_own_files(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(target)
    home = {"HOME": str(tmp_path), "PYTHONPATH": str(target), "TRACKER_TODAY": "2026-11-24"}
    where = run(
        sys.executable, "-c", "from tracker import paths; print(paths.DB)", cwd=tmp_path, PYTHONPATH=str(target)
    )
    assert where.strip() == str(target / "tracker" / "_db")
    shown = run(sys.executable, "-m", "tracker", "demo", cwd=tmp_path, **home)
    assert "IOM-PA-MINSEG" in shown
    assert (tmp_path / "tracker-demo" / "portfolio.xlsx").is_file()
