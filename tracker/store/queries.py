"""Loads the named statements of ``db/queries/*.sql``.

A statement begins with ``-- name: NAME``; the comment lines that follow document it. A line ending in
``-- when NAME`` belongs to the statement only when that value is given, so one text serves every filter and the
planner sees only the conditions asked for. ``-- include NAME`` stands for a fragment that several share. After
``-- then`` comes a second statement, whose rows follow those of the first.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker import paths

_PART = re.compile(r"^-- (name|fragment): (\w+)$", re.MULTILINE)
_WHEN = re.compile(r"^(?P<sql>.*?)\s*-- when (?P<value>\w+)$")
_INCLUDE = re.compile(r"^-- include (?P<fragment>\w+)(?:\s+-- when (?P<value>\w+))?$")
_THEN = re.compile(r"^-- then$", re.MULTILINE)
_BOUND = re.compile(r"(?<!:):([a-z_]+)")

Lines = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class Query:
    """One named query: its documentation and its statements, mostly one; each of their lines with the values that
    have to be given for it."""

    name: str
    doc: str
    statements: tuple[Lines, ...]

    def texts(self, given: AbstractSet[str]) -> list[str]:
        """The statements with the conditional lines of ``given`` values only."""
        return ["\n".join(sql for sql, needed in lines if needed <= given) for lines in self.statements]


def bind(name: str, values: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The statements for these values, each with the values it names. Raises KeyError for a name no file holds."""
    given = {key: value for key, value in values.items() if value is not None}
    found = []
    for text in query(name).texts(given.keys()):
        named = set(_BOUND.findall(text))
        found.append((text, {key: value for key, value in given.items() if key in named}))
    return found


@cache
def query(name: str) -> Query:
    """The query of this name. Raises KeyError for a name, or a fragment, that no file holds."""
    statements, shared = _bodies()
    parts = [_lines(part, shared) for part in _THEN.split(statements[name])]
    return Query(name, parts[0][0], tuple(lines for _, lines in parts))


def catalogue() -> dict[str, Query]:
    """Every query by name. Raises as ``query`` does, and ValueError when two have the same name."""
    return {name: query(name) for name in _bodies()[0]}


@cache
def _bodies() -> tuple[dict[str, str], dict[str, str]]:
    """The texts of statements and of fragments by name: a command takes apart only those that it asks."""
    statements: dict[str, str] = {}
    shared: dict[str, str] = {}
    for file in sorted(paths.QUERIES.glob("*.sql")):
        parts = _PART.split(file.read_text(encoding="utf-8"))
        for what, name, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            if name in statements or name in shared:
                raise ValueError(f"{file.name}: a second {name}")
            (shared if what == "fragment" else statements)[name] = body
    return statements, shared


def _lines(body: str, fragments: dict[str, str]) -> tuple[str, Lines]:
    """What the body says of itself, and its lines with those of the fragments it includes, and of theirs."""
    doc: list[str] = []
    lines: list[tuple[str, frozenset[str]]] = []
    for line in body.strip().splitlines():
        if include := _INCLUDE.match(line):
            _, included = _lines(fragments[include["fragment"]], fragments)
            lines += [(sql, needed | _needed(include)) for sql, needed in included]
        elif line.startswith("--"):
            if not lines:
                doc.append(line.removeprefix("--").strip())
        else:
            when = _WHEN.match(line)
            lines.append((when["sql"], _needed(when)) if when else (line, frozenset()))
    return " ".join(doc), tuple(lines)


def _needed(found: re.Match[str]) -> frozenset[str]:
    return frozenset((found["value"],)) if found["value"] else frozenset()
