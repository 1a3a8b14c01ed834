"""Reads record files: finds the format, checks every document, and says of each error where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.actions import record_check
from tracker.actions.record import DirectoryDocument, Record
from tracker.errors import BadFile, BadInput, BadRecord, Conflict, TrackerError
from tracker.exchange.source import YAML_ENDINGS, Document, Place, read_text


@dataclass(frozen=True)
class RecordFile:
    """The checked records of one file, and its documents for saying where something stands."""

    name: str
    documents: list[Document]
    records: list[Record | DirectoryDocument]

    def located(self, error: TrackerError) -> TrackerError:
        """An error of an action with its place turned into file, line, column and key."""
        if not error.place or not isinstance(error.place[0], int):
            return error
        document = self.documents[error.place[0]]
        return at_place(self.name, document, error.place[1:], error)


def read(path: Path) -> RecordFile:
    """The records of a YAML or JSON file. Raises BadFile, or BadRecord with line and key of the first problem."""
    ending = path.suffix.lower()
    if ending not in (*YAML_ENDINGS, ".json", ".jsonl") and path.is_file():
        raise BadFile(path, f"is no record file: expected the ending {', '.join(YAML_ENDINGS)} or .json")
    return parse(read_text(path), str(path), as_json=ending in (".json", ".jsonl"))


def parse(text: str, name: str, *, as_json: bool) -> RecordFile:
    """The records of a text. Raises BadRecord, also for a text without any record."""
    if as_json:
        from tracker.exchange import json_file

        documents = json_file.parse(text, name)
    else:
        from tracker.exchange import yaml_file

        documents = yaml_file.parse(text, name)
    if not documents:
        raise BadRecord(name, None, None, "", "holds no record")
    return RecordFile(name, documents, [_checked(document, name) for document in documents])


def at_place(name: str, document: Document, place: Place, error: TrackerError) -> TrackerError:
    """``error`` as an error in the file: exit code 4 stays for conflicts, everything else is bad input."""
    line, column = document.position(place) or (None, None)
    key = record_check.path_of(place)
    problem = str(error)
    if isinstance(error, BadInput):
        problem = str(BadInput("", error.value, error.expected)).removeprefix(": ")
    placed = BadRecord(name, line, column, key, problem, error.hint)
    if isinstance(error, Conflict):
        placed.exit_code, placed.http_status = error.exit_code, error.http_status
    return placed


def _checked(document: Document, name: str) -> Record | DirectoryDocument:
    try:
        return record_check.check_document(_mapping(document, name))
    except record_check.InvalidRecord as error:
        place, problem = error.problems[0]
        line, column = document.position(place) or (None, None)
        more = len(error.problems) - 1
        hint = f"and {more} more problem{'s' if more > 1 else ''} in this record" if more else None
        raise BadRecord(name, line, column, record_check.path_of(place), problem, hint) from error


def _mapping(document: Document, name: str) -> Any:
    if not isinstance(document.values, dict):
        line, column = document.position(()) or (None, None)
        raise BadRecord(name, line, column, "", "is no record: expected keys and values, such as title: ...")
    return document.values
