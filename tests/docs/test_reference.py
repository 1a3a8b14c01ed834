"""The generated pages are what the program gives; the guide shows every command."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tracker.cli.catalogue import COMMANDS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def generate() -> Any:
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return importlib.import_module("generate")
    finally:
        sys.path.remove(str(ROOT / "docs"))


def test_generated_pages_are_up_to_date(generate: Any) -> None:
    for path, text in generate.pages().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date: run make docs"


def test_generated_pages_do_not_depend_on_the_terminal(generate: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERMINAL_WIDTH", "200")
    monkeypatch.setenv("FORCE_COLOR", "1")
    for name in ("agreements", "add-agreement"):
        text = generate.help_of(name)
        assert "\x1b" not in text
        assert max(len(line) for line in text.splitlines()) <= 80


def test_catalogue_tells_each_command_in_a_sentence() -> None:
    for name, entry in COMMANDS.items():
        assert entry.help.strip(), name
        assert entry.help.endswith("."), name
        assert len(entry.help) <= 75, name


@pytest.mark.parametrize("name", COMMANDS)
def test_guide_shows_the_command(name: str) -> None:
    guide = (ROOT / "docs/guide.md").read_text(encoding="utf-8")
    assert re.search(rf"^\$ tracker (?:[^\n]*?)?{re.escape(name)}\b", guide, re.MULTILINE), name


def test_json_page_documents_every_promised_key() -> None:
    from cli.test_reading import PROMISED

    page = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    for listing, keys in PROMISED.items():
        section = page.split(f"\n## tracker {listing}\n")[1].split("\n## ")[0]
        documented = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
        assert documented == set(keys), listing


def test_record_page_documents_every_key() -> None:
    from tracker.actions.record import Record

    page = (ROOT / "docs/record-file.md").read_text(encoding="utf-8")
    schema = Record.model_json_schema(by_alias=True)
    keys = {key for part in [schema, *schema["$defs"].values()] for key in part.get("properties", {})}
    told = set(re.findall(r"`(\w+)`", page)) | set(re.findall(r"^\s*(?:- )?\{?(\w+):", page, re.MULTILINE))
    assert keys <= told, sorted(keys - told)


def test_every_picture_of_the_reports_is_shown_and_small() -> None:
    kept = {path.name: path.stat().st_size for path in (ROOT / "docs/pictures").iterdir()}
    shown = set()
    for page in (ROOT / "docs/guide.md", ROOT / "README.md"):
        for words, target in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            assert len(words) > 20 and (page.parent / target).is_file(), target
            shown.add(Path(target).name)
    assert shown == kept.keys()
    assert all(size < 80_000 for size in kept.values())
