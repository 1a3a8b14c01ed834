"""What a record file holds once read: plain values, and where in the file each of them stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.errors import BadFile, BadRecord
from tracker.store.files import open_regular

YAML_ENDINGS = (".yaml", ".yml")
ENDINGS = (*YAML_ENDINGS, ".json", ".jsonl")
"""The endings of record files."""

Place = tuple[str | int, ...]
Position = tuple[int, int]

LARGEST = 50 * 1024 * 1024
"""Most bytes of a record file."""

DEEPEST = 20
"""Most levels of lists and mappings in each other."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file: its values (texts, lists, mappings, None); ``positions`` gives where each of them stands
    (line, column from 1)."""

    values: Any
    positions: Callable[[], dict[Place, Position]]

    def position(self, place: Place) -> Position | None:
        """Where ``place`` stands, or the nearest place that holds it."""
        known = self.positions()
        for length in range(len(place), -1, -1):
            if place[:length] in known:
                return known[place[:length]]
        return None


def read_text(path: Path) -> str:
    """The text of a file. Raises BadFile for what is no readable file, too large, or not UTF-8."""
    with open_regular(path) as file:
        raw: bytes = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise BadFile(path, f"is over {LARGEST // 1024**2} MiB", "split it into several files")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"is not UTF-8: byte 0x{raw[error.start]:02x} in this line"
        raise BadRecord(str(path), line, None, "", problem, "save it as UTF-8") from error


def too_deep(name: str, position: Position) -> BadRecord:
    """The refusal of a structure over DEEPEST levels."""
    return BadRecord(name, *position, "", f"goes over {DEEPEST} levels deep")
