"""Writes rows as text, one by one: CSV, JSON, JSON lines, YAML. Nothing is held in memory but the row at hand."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from typing import IO, Any

from tracker.exchange.safe_text import spreadsheet_safe
from tracker.exchange.table import Table

_ESCAPED_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON takes as they are, and YAML only as an escape."""


def write_csv(table: Table, out: IO[str], *, excel: bool = False) -> int:
    """Write the rows as CSV beneath a line of keys; how many rows that were.

    Values of a list are joined with ``; ``. Text that a spreadsheet program would take for a formula gets an
    apostrophe before it. ``excel`` is for Excel where the comma is the decimal sign: a byte order mark, and ``;``
    between values.
    """
    if excel:
        out.write("\ufeff")
    shape: dict[str, Any] = {"delimiter": ";" if excel else ",", "lineterminator": "\r\n" if excel else "\n"}
    usual, quoting = csv.writer(out, **shape), csv.writer(out, quoting=csv.QUOTE_ALL, **shape)
    usual.writerow(table.keys)
    count = 0
    for row in table.rows:
        cells = [in_csv(value) for value in row.values()]
        # Python before 3.13 quotes no lone carriage return, at which a spreadsheet program begins a new row
        (quoting if any(isinstance(cell, str) and "\r" in cell for cell in cells) else usual).writerow(cells)
        count += 1
    return count


def in_csv(value: Any) -> Any:
    """The value as CSV has it: a list joined, formulas made harmless: in each item, and in the whole, which begins one
    where the first item is a number such as ``+1``."""
    return spreadsheet_safe("; ".join(map(spreadsheet_safe, value)) if isinstance(value, list) else value)


def write_json(table: Table, out: IO[str]) -> int:
    """Write the rows as one JSON list, laid out as the listings do it; how many rows that were."""
    count = 0
    for row in table.rows:
        out.write(",\n  " if count else "[\n  ")
        out.write(json.dumps(row, ensure_ascii=False, indent=2).replace("\n", "\n  "))
        count += 1
    out.write("\n]\n" if count else "[]\n")
    return count


def write_jsonl(table: Table, out: IO[str]) -> int:
    """Write the rows as JSON, one a line; how many rows that were."""
    count = 0
    for row in table.rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def write_yaml(table: Table, out: IO[str]) -> int:
    """Write the rows as one YAML list of mappings; how many rows that were.

    Every text stands in double quotes, so that each version of YAML reads it as the same text.
    """
    count = 0
    for row in table.rows:
        for place, (key, value) in enumerate(row.items()):
            out.write(f"{'- ' if place == 0 else '  '}{_key(key)}: {_in_yaml(value)}\n")
        count += 1
    if not count:
        out.write("[]\n")
    return count


def _key(key: str) -> str:
    """``on`` is a key like any other, but means true in older YAML where it has no quotes."""
    return f'"{key}"' if key == "on" else key


def _in_yaml(value: Any) -> str:
    return _ESCAPED_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


WRITERS: dict[str, Callable[..., int]] = {
    "csv": write_csv,
    "json": write_json,
    "jsonl": write_jsonl,
    "yaml": write_yaml,
}
