"""Every command that a page shows works as it is written, and prints what the page says it does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli.running import Tracker

from docs.console import WIDTH, Step, run, same, steps
from tracker.cli import output, verify

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
NOT_RUN = ("make", "pip", "python3", "git")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_of_the_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = steps(page)
    if not found:
        return
    tracker = Tracker(tmp_path, monkeypatch)
    tracker.env(NO_COLOR="1", EDITOR="true")
    monkeypatch.setattr(output, "terminal_width", lambda file: WIDTH if file in (None, "-") else None)
    monkeypatch.setattr(verify, "SHOWN_AFTER", float("inf"))  # how far the work is depends on the machine
    for step in found:
        if step.command.split(" ")[0] in NOT_RUN:
            _check_tool(step)
            continue
        real = run(step, tracker)
        if real is not None and (step.shown or step.command.startswith("tracker")):
            assert not step.shown or same(step.shown, real), f"{step}\nprints\n{real}"


def _check_tool(step: Step) -> None:
    """A command that is not run here must at least name what there is."""
    words = step.command.split()
    if words[0] == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert words[1] in targets, step
    elif words[0] == "pip":
        assert words[1:] in (["install", "."], ["install", "--upgrade", "."]), step
    elif words[0] == "python3":
        assert words[1:3] == ["-m", "venv"], step
    assert not step.shown, step


def test_ellipses() -> None:
    assert same(["a", "...", "z"], "a\nb\nc\nz\n")
    assert same(["a ... z", ""], "a and z\n")
    assert same(["..."], "")
    assert not same(["a"], "a\nb\n")
    assert not same(["a.c"], "abc\n")


def test_links_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "CHANGELOG.md"]:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
