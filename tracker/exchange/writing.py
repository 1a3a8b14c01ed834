"""Writes records as files: every agreement asked for, read row by row, in YAML or JSON."""

from __future__ import annotations

from typing import Any

from tracker.errors import BadInput
from tracker.store import dump
from tracker.store.reader import Rows

FORMATS = ("yaml", "json")


def records(reader: Rows, refs: list[str]) -> list[dict[str, Any]]:
    """The records of these agreements, in this order."""
    found = [dump.record(reader, ref) for ref in refs]
    return [record for record in found if record is not None]


def text(values: list[dict[str, Any]], chosen: str) -> str:
    """Records in a format of ``FORMATS``. Raises BadInput for another one."""
    if chosen == "yaml":
        from tracker.exchange import yaml_file

        return yaml_file.write(values)
    if chosen == "json":
        from tracker.exchange import json_file

        return json_file.write(values)
    raise BadInput("--format", chosen, f"is not a format of records: expected {' or '.join(FORMATS)}")
