"""The house: who may import whom, what the rules may not know, how large a room may be."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "tracker"
FILES = sorted(ROOT.rglob("*.py"))
BASE = {"errors", "config", "paths"}
MAY_IMPORT = {
    "errors": set(),
    "paths": set(),
    "config": {"errors"},
    "models": BASE,
    "store": BASE | {"models"},
    "rules": BASE | {"models"},
    "actions": BASE | {"models", "store", "rules"},
    "reports": BASE | {"models", "store", "rules", "actions"},
    "exchange": BASE | {"models", "store", "rules", "actions"},
    "cli": BASE | {"models", "store", "rules", "actions", "reports", "exchange"},
    "web": BASE | {"models", "store", "rules", "actions", "reports", "exchange"},
}
"""cli, web -> reports, exchange -> actions -> rules | store -> models -> errors, config, paths."""
DOORS = {"__init__", "__main__"}
IMPURE = {
    *("sqlmodel", "sqlalchemy", "sqlite3", "pydantic", "typer", "os", "pathlib", "io", "subprocess", "socket"),
    *("random", "secrets", "time", "locale", "logging", "tempfile", "shutil", "zoneinfo"),
}
LARGEST = 350


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imports(source: str, package: str = "tracker") -> Iterator[tuple[int, str]]:
    """Every module imported anywhere in a source, with its line: inside functions, under TYPE_CHECKING, relative
    ones, and those named in ``import_module("...")``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: -node.level + 1 or None] if node.level else []
            module = ".".join([*parents, *([node.module] if node.module else [])])
            # from tracker import actions: the names are modules themselves
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            words = [part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)]
            yield node.lineno, "".join(str(word) for word in words)


def of(file: Path) -> list[tuple[int, str]]:
    package = ".".join(("tracker", *file.relative_to(ROOT).parts[:-1]))
    return list(imports(file.read_text(encoding="utf-8"), package))


def room(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def wrong_ways(here: str, found: list[tuple[int, str]]) -> list[str]:
    """Imports of the house itself that go back or sideways."""
    wrong = []
    for line, module in found:
        top, _, rest = module.partition(".")
        there = rest.partition(".")[0]
        known = there in MAY_IMPORT or there in DOORS
        if top == "tracker" and known and there != here and there not in MAY_IMPORT[here]:
            wrong.append(f"line {line}: {here} imports {there}")
    return wrong


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_point_one_way(file: Path) -> None:
    if room(file) not in DOORS:
        assert wrong_ways(room(file), of(file)) == []


def test_every_room_has_a_place_in_the_house() -> None:
    assert {room(file) for file in FILES} <= MAY_IMPORT.keys() | DOORS


@pytest.mark.parametrize(
    ("here", "source"),
    [
        ("rules", "from tracker.store import connect"),
        ("rules", "import tracker.actions.records"),
        ("store", "def f():\n    from tracker import rules"),
        ("store", "from ..rules import dates"),
        ("models", "from .. import store"),
        ("reports", "from tracker import exchange"),
        ("exchange", "from tracker.reports import xlsx"),
        ("actions", "if TYPE_CHECKING:\n    from tracker.cli import app"),
        ("errors", "from tracker import config"),
        ("actions", "import_module('tracker.cli.app')"),
        ("actions", "importlib.import_module(f'tracker.exchange.{name}')"),
    ],
)
def test_the_test_sees_every_way_to_import(here: str, source: str) -> None:
    assert wrong_ways(here, list(imports(source, f"tracker.{here}")))


@pytest.mark.parametrize("file", sorted((ROOT / "rules").rglob("*.py")), ids=name_of)
def test_rules_know_no_session_no_clock_no_machine(file: Path) -> None:
    assert {module.split(".")[0] for _, module in of(file)} & IMPURE == set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("today", "now", "utcnow", "environ"), f"line {node.lineno}"
        if isinstance(node, ast.Name):
            assert node.id not in ("print", "open", "input", "eval", "exec"), f"line {node.lineno}"
        assert not isinstance(node, ast.Global), f"line {node.lineno}"


def test_there_is_one_clock() -> None:
    clocks = []
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if re.search(r"\b(date|datetime)\.(today|now|utcnow)$|^time\.(time|localtime)$", called):
                clocks.append(name_of(file))
    assert set(clocks) == {"config.py"}


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_room_says_what_it_is_and_is_not_too_large(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text))
    assert said and len(said.split()) >= 2, "the first line says what the file is"
    assert text.count("\n") <= LARGEST


@pytest.mark.parametrize(
    "file", sorted([*(ROOT / "cli").rglob("*.py"), *(ROOT / "reports").rglob("*.py")]), ids=name_of
)
def test_front_doors_and_reports_hold_no_sql(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    sql = re.compile(r"\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE\b.+\bSET\b|\bDELETE FROM\b|\bPRAGMA\b", re.DOTALL)
    assert [text for text in texts if sql.search(text)] == []
    drivers = {"sqlite3", "sqlalchemy", "sqlmodel", "alembic"}
    assert {module.split(".")[0] for _, module in of(file)} & drivers == set()


def test_only_the_store_speaks_to_the_driver() -> None:
    """Everybody else asks a named query or works on a session."""
    speakers = {name_of(file) for file in FILES if {m.split(".")[0] for _, m in of(file)} & {"sqlite3", "alembic"}}
    assert {name.split("/")[0] for name in speakers} == {"store"}


def test_only_the_standard_library_and_declared_packages_are_imported() -> None:
    declared = (ROOT.parent / "pyproject.toml").read_text(encoding="utf-8")
    names = {
        re.split(r"[>=<\[]", line.strip(' ",'))[0].lower().replace("-", "_")
        for line in declared.partition("dependencies = [")[2].partition("]\n\n")[0].splitlines()
        if line.strip().startswith('"')
    }
    brought = dict.fromkeys(("sqlalchemy", "pydantic", "pydantic_core"), "sqlmodel")
    brought |= {"ruamel": "ruamel.yaml", "yaml": "pyyaml", "dateutil": "python_dateutil", "markupsafe": "jinja2"}
    brought |= {"docx": "docxtpl"}
    used = {module.split(".")[0] for file in FILES for _, module in of(file)} - set(sys.stdlib_module_names)
    assert {name for name in used - {"tracker"} if brought.get(name, name) not in names} == set()


def test_public_functions_of_the_layers_below_the_door_say_what_they_do() -> None:
    silent = []
    for layer in ("rules", "actions", "exchange", "reports"):
        for file in sorted((ROOT / layer).rglob("*.py")):
            for node in ast.parse(file.read_text(encoding="utf-8")).body:
                public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if public and not ast.get_docstring(node) and file.parent.name != "quality":
                    silent.append(f"{name_of(file)}:{node.lineno} {node.name}")
    assert silent == []
