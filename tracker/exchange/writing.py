"""Writes records as files: every agreement asked for, read row by row, in YAML or JSON."""

from __future__ import annotations

from typing import Any

from tracker.errors import BadInput
from tracker.models.keys import NO_EMAIL
from tracker.store import directory, dump
from tracker.store.reader import Rows

FORMATS = ("yaml", "json")


def documents(reader: Rows, refs: list[str], *, whole: bool) -> list[dict[str, Any]]:
    """The documents of a file with these agreements, in this order: the directory first, where one is needed.

    ``whole``: these are all there are, and what belongs to none of them is to be kept as well.
    """
    found = records(reader, refs)
    listed = directory.directory(reader, found, whole=whole)
    directory.tell_apart(found, listed, NO_EMAIL)
    return [{"directory": listed}, *found] if listed else found


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
