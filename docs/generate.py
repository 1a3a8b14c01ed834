"""Writes what comes from the program itself: references of commands and of the schema, rules, checks, words.

Run with ``make docs``; a test fails while a page is not what this gives.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import checks_page
import rules_page
import words_catalogue
from sqlalchemy import CheckConstraint, Column, Enum, Table, UniqueConstraint
from typer.testing import CliRunner

import tracker.models.tables as tables
from tracker.cli.app import app, command
from tracker.cli.catalogue import COMMANDS
from tracker.store import queries

HERE = Path(__file__).resolve().parent
_NOTICE = "<!-- Written by docs/generate.py: change the program, then run `make docs`. -->"


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    return {
        HERE / "cli-reference.md": cli_reference(),
        HERE / "schema-reference.md": schema_reference(),
        HERE / "rules.md": rules_page.rules_page(_NOTICE),
        HERE / "checks.md": checks_page.checks_page(_NOTICE),
        words_catalogue.TARGET: words_catalogue.catalogue(),
    }


def cli_reference() -> str:
    """The help of every command, 80 columns wide, in the groups of ``tracker --help``."""
    lines = ["# Command reference", "", _NOTICE, ""]
    lines += ["This is what `tracker COMMAND --help` prints. [guide.md](guide.md) shows the commands at work.", ""]
    lines += ["```text", help_of(), "```", ""]
    for group in dict.fromkeys(entry.group for entry in COMMANDS.values()):
        lines += [f"## {group}", ""]
        for name, entry in COMMANDS.items():
            if entry.group == group:
                lines += [f"### tracker {name}", "", "```text", help_of(name), "```", ""]
                for inner in commands_under(name):
                    lines += [f"#### tracker {name} {inner}", "", "```text", help_of(name, inner), "```", ""]
    return "\n".join(lines)


def commands_under(name: str) -> list[str]:
    """The commands of a group of commands; none for a command that is no group."""
    found = command.get_command(command.make_context("tracker", [name], resilient_parsing=True), name)
    return list(getattr(found, "commands", {}))


def help_of(*command: str) -> str:
    """What ``--help`` prints, whatever terminal this runs in."""
    environment = {"COLUMNS": "80", "TERMINAL_WIDTH": "80", "NO_COLOR": "1"}
    found = CliRunner().invoke(app, [*command, "--help"], prog_name="tracker", env=environment, terminal_width=80)
    if found.exit_code != 0:
        raise RuntimeError(f"tracker {' '.join(command)} --help: {found.output}") from found.exception
    return "\n".join(line.rstrip() for line in found.output.strip("\n").splitlines())


def schema_reference() -> str:
    """Every table with its columns and constraints, and every named query."""
    lines = ["# Schema reference", "", _NOTICE, ""]
    lines += [
        "The database is one SQLite file. Nothing but Tracker should write to it; any program may read it.",
        "Days are ISO dates. A date as written takes three columns: its text, and the first and the last day it can",
        "mean (`2017`: 2017-01-01 and 2017-12-31; `unknown`: neither). Every table has a whole number `id` as its key",
        "unless it says otherwise. The schema of the record file is another thing: `tracker schema record` prints it.",
        "",
        "## Tables",
        "",
    ]
    models = {mapped.__table__.name: mapped for mapped in _models()}
    for table in sorted(tables.METADATA.tables.values(), key=lambda table: table.name):
        lines += _table(table, models[table.name])
    lines += ["## Named queries", "", "The whole read side, in `db/queries`. Values are bound, never pasted in.", ""]
    for file in sorted({query_file(name) for name in queries.catalogue()}):
        lines += [f"### {file}", ""]
        for name, query in queries.catalogue().items():
            if query_file(name) == file:
                lines += [f"- `{name}`{': ' + query.doc if query.doc else ''}"]
        lines += [""]
    return "\n".join(lines)


def query_file(name: str) -> str:
    """The file a named query stands in."""
    from tracker import paths

    for file in sorted(paths.QUERIES.glob("*.sql")):
        if f"-- name: {name}\n" in file.read_text(encoding="utf-8"):
            return file.name
    raise KeyError(name)


def _models() -> Iterator[Any]:
    for name in tables.__all__:
        value = getattr(tables, name)
        if isinstance(value, type) and hasattr(value, "__table__"):
            yield value


def _table(table: Table, model: Any) -> list[str]:
    lines = [f"### {table.name}", ""]
    if model.__doc__ and not model.__doc__.startswith(f"{model.__name__}("):
        lines += [inspect.cleandoc(model.__doc__), ""]
    lines += ["| column | type | may be empty | refers to | meaning |", "|---|---|---|---|---|"]
    notes = _column_docs(model)
    for column in table.columns:
        refers = ", ".join(
            f"{key.target_fullname}{', goes with it' if key.ondelete == 'CASCADE' else ''}"
            for key in column.foreign_keys
        )
        name = f"{column.name} (key)" if column.primary_key else column.name
        empty = "yes" if column.nullable else "no"
        lines.append(f"| {name} | {_type(column)} | {empty} | {refers} | {notes.get(column.name, '')} |")
    lines.append("")
    for constraint in sorted(table.constraints, key=lambda constraint: str(constraint.name)):
        if isinstance(constraint, UniqueConstraint):
            lines.append(f"- unique: {', '.join(column.name for column in constraint.columns)}")
        elif isinstance(constraint, CheckConstraint) and not _is_code_list(table, constraint):
            lines.append(f"- check: `{constraint.sqltext}`")
    for column in table.columns:
        if isinstance(column.type, Enum):
            lines.append(f"- check: {column.name} is one of {', '.join(f'`{code}`' for code in column.type.enums)}")
    if not lines[-1]:
        return lines
    return [*lines, ""]


def _column_docs(model: Any) -> dict[str, str]:
    """The sentences that stand under columns in the source of a model."""
    body = ast.parse(inspect.getsource(model)).body[0]
    assert isinstance(body, ast.ClassDef)
    docs = {}
    for before, node in pairwise(body.body):
        told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if told and isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name):
            docs[before.target.id] = " ".join(str(node.value.value).split())  # type: ignore[union-attr]
    return docs


def _is_code_list(table: Table, constraint: CheckConstraint) -> bool:
    names = {column.type.name for column in table.columns if isinstance(column.type, Enum)}
    return any(str(constraint.name).endswith(f"_{name}") or constraint.name == name for name in names)


def _type(column: Column[Any]) -> str:
    if isinstance(column.type, Enum):
        return "text, from a code list"
    return {"VARCHAR": "text", "INTEGER": "whole number", "DATE": "day", "BOOLEAN": "true or false"}.get(
        str(column.type), str(column.type).lower()
    )


def main() -> None:
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"wrote {path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}")


if __name__ == "__main__":
    main()
