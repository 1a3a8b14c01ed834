"""The house: who may import whom, what the rules may not know, how large a room may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "tracker"
LEVEL = {
    "errors": 0,
    "config": 0,
    "paths": 0,
    "models": 1,
    "rules": 2,
    "store": 2,
    "actions": 3,
    "reports": 4,
    "exchange": 4,
    "cli": 5,
}
FILES = sorted(ROOT.rglob("*.py"))
IMPURE = {"sqlmodel", "sqlalchemy", "sqlite3", "os", "pathlib", "subprocess", "random", "time", "typer", "locale"}


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Every module imported anywhere in a file, inside functions too, with its line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = node.module == "tracker"
            names = [f"tracker.{alias.name}" for alias in node.names] if inner else [node.module]
            yield from ((node.lineno, name) for name in names)


def place(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_one_way(file: Path) -> None:
    """Left may import right, never back and never sideways: cli -> reports, exchange -> actions -> rules | store
    -> models -> errors, config, paths."""
    here = place(file)
    if here in ("__init__", "__main__"):
        return
    for line, module in imports(file):
        parts = module.split(".")
        if parts[0] == "tracker" and len(parts) > 1 and parts[1] in LEVEL and parts[1] != here:
            allowed = LEVEL[parts[1]] < LEVEL[here] or (here == "config" and parts[1] == "errors")
            assert allowed, f"{file.name}:{line}: {here} imports {parts[1]}"


@pytest.mark.parametrize("file", sorted((ROOT / "rules").rglob("*.py")), ids=lambda file: file.name)
def test_rules_know_no_session_no_clock_no_machine(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    found = {module.split(".")[0] for _, module in imports(file)} & IMPURE
    assert not found
    for clock in ("date.today(", "datetime.now(", "utcnow(", "print("):
        assert clock not in text


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_room_says_what_it_is_and_is_not_too_large(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "the first line says what the file is"
    assert text.count("\n") <= 300


@pytest.mark.parametrize("file", sorted((ROOT / "cli").rglob("*.py")), ids=lambda file: file.name)
def test_the_front_door_holds_no_sql(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "SELECT " not in text and "sqlite3" not in text


def test_public_functions_of_the_layers_below_the_door_say_what_they_do() -> None:
    silent = []
    for layer in ("rules", "actions", "exchange", "reports"):
        for file in sorted((ROOT / layer).rglob("*.py")):
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if public and not ast.get_docstring(node) and file.parent.name != "quality":
                    silent.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert len(silent) <= 0, silent
