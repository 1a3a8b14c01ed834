"""Loads the named statements of ``db/queries/*.sql``.

A statement begins with ``-- name: NAME``; the comment lines that follow document it. A line ending in
``-- when NAME`` belongs to the statement only when that value is given, so one text serves every filter and the
planner sees only the conditions asked for. ``-- include NAME`` stands for a fragment that several share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker import paths

_PART = re.compile(r"^-- (name|fragment): (\w+)$", re.MULTILINE)
_WHEN = re.compile(r"^(?P<sql>.*?)\s*-- when (?P<value>\w+)$")
_INCLUDE = re.compile(r"^-- include (?P<fragment>\w+)(?:\s+-- when (?P<value>\w+))?$")
_BOUND = re.compile(r"(?<!:):([a-z_]+)")

Lines = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Query:
    """One named statement: its documentation and its lines, each with the value it depends on, if any."""

    name: str
    doc: str
    lines: Lines

    def text(self, given: frozenset[str]) -> str:
        """The statement with the conditional lines of ``given`` values only."""
        return "\n".join(sql for sql, value in self.lines if value is None or value in given)


def bind(name: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The statement for these values and the values it names. Raises KeyError for a name no file holds."""
    given = {key: value for key, value in values.items() if value is not None}
    text = catalogue()[name].text(frozenset(given))
    named = set(_BOUND.findall(text))
    return text, {key: value for key, value in given.items() if key in named}


@cache
def catalogue() -> dict[str, Query]:
    """Every statement by name. Raises ValueError when two have the same name, KeyError for an unknown fragment."""
    statements: dict[str, str] = {}
    shared: dict[str, str] = {}
    for file in sorted(paths.QUERIES.glob("*.sql")):
        parts = _PART.split(file.read_text(encoding="utf-8"))
        for what, name, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            if name in statements or name in shared:
                raise ValueError(f"{file.name}: a second {name}")
            (shared if what == "fragment" else statements)[name] = body
    fragments: dict[str, Lines] = {}
    for name, body in shared.items():
        fragments[name] = _lines(body, fragments)[1]
    return {name: Query(name, *_lines(body, fragments)) for name, body in statements.items()}


def _lines(body: str, fragments: dict[str, Lines]) -> tuple[str, Lines]:
    doc: list[str] = []
    lines: list[tuple[str, str | None]] = []
    for line in body.strip().splitlines():
        if include := _INCLUDE.match(line):
            lines += [(sql, value or include["value"]) for sql, value in fragments[include["fragment"]]]
        elif line.startswith("--"):
            if not lines:
                doc.append(line.removeprefix("--").strip())
        else:
            when = _WHEN.match(line)
            lines.append((when["sql"], when["value"]) if when else (line, None))
    return " ".join(doc), tuple(lines)
