"""What a backup says it holds: ``manifest.json``, read strictly, since a backup may come from anywhere."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

FORMAT, VERSION = "tracker backup", 1
NAME = "manifest.json"
DATABASE = "tracker.db"
DOCUMENTS = "documents"
LARGEST = 256 * 1024 * 1024
"""Most bytes of a manifest: some million documents."""


@dataclass(frozen=True)
class Part:
    """A file in the backup: its name there, its size in bytes, the SHA-256 of its content."""

    name: str
    size: int
    sha256: str

    @property
    def is_document(self) -> bool:
        return self.name != DATABASE


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    ``made`` is UTC, ``journal`` the head as COUNT:HASH (None before schema 2). ``documents`` says whether the kept
    files are in it; ``missing`` are the SHA-256 of those that were gone or damaged when it was made.
    """

    made: str
    program: str
    schema: int
    journal: str | None
    documents: bool
    missing: list[str]
    parts: list[Part]

    def to_json(self) -> bytes:
        values = {"format": FORMAT, "version": VERSION, "made": self.made, "program": self.program}
        values |= {"schema": self.schema, "journal": self.journal, "documents": self.documents}
        values |= {"missing": self.missing, "parts": [vars(part) for part in self.parts]}
        return (json.dumps(values, indent=1) + "\n").encode("ascii")

    @classmethod
    def parse(cls, text: bytes) -> Manifest:
        """Raises ValueError for anything but a manifest whose every name is one that a backup uses."""
        try:
            values = json.loads(text)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
        _must(isinstance(values, dict) and values.get("format") == FORMAT, "it is not of a backup of Tracker")
        _must(values.get("version") == VERSION, "it was made by a newer Tracker")
        _must(isinstance(values.get("parts"), list) and isinstance(values.get("missing"), list), "it lists no parts")
        parts = [_part(part) for part in values["parts"]]
        names = [part.name for part in parts]
        _must(len(set(names)) == len(names) and DATABASE in names, "its parts are not those of a backup")
        journal, schema = values.get("journal"), values.get("schema")
        _must(
            journal is None or bool(re.fullmatch(r"[0-9]{1,18}:[0-9a-f]{64}", str(journal))), "its journal is no head"
        )
        _must(type(schema) is int and schema > 0, "its schema is no number")
        _must(all(_is_hash(one) for one in values["missing"]), "it lists what is no document as missing")
        _must(isinstance(values.get("documents"), bool), "it does not say whether documents are in it")
        made, program = str(values.get("made"))[:40], str(values.get("program"))[:40]
        return cls(made, program, schema, journal, values["documents"], values["missing"], parts)


def document_name(sha256: str) -> str:
    """The name of a kept file in a backup: as in the folder of documents."""
    return f"{DOCUMENTS}/{sha256[:2]}/{sha256[2:]}"


def _part(values: Any) -> Part:
    _must(isinstance(values, dict) and set(values) == {"name", "size", "sha256"}, "a part is not described")
    name, size, sha256 = values["name"], values["size"], values["sha256"]
    _must(_is_hash(sha256) and type(size) is int and 0 < size < 1 << 50, "a part is not described")
    _must(name in (DATABASE, document_name(sha256)), f"{str(name)[:60]!r} is no name of a part")
    return Part(name, size, sha256)


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _must(holds: bool, problem: str) -> None:
    if not holds:
        raise ValueError(problem)
