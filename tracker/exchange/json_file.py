"""Record files as JSON: one object, several after one another, or a list of them."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any

from tracker.errors import BadRecord
from tracker.exchange.source import DEEPEST, Document, Place, Position, too_deep

_SPACE = re.compile(r"[ \t\n\r]*")


def parse(text: str, name: str) -> list[Document]:
    """The documents of a file called ``name``.

    Raises BadRecord for what is no JSON (NaN and duplicate keys included) and for too deep structures.
    """
    documents = []
    reader = _Reader(text, name)
    index = reader.skip(0)
    while index < len(text):
        reader.positions = {}
        values, index = reader.value(index, (), 0)
        if isinstance(values, list):
            documents += _items(values, reader.positions)
        else:
            documents.append(Document(values, reader.positions))
        index = reader.skip(index)
    return documents


def write(records: list[dict[str, Any]]) -> str:
    """One record as an object, several as a list."""
    return json.dumps(records[0] if len(records) == 1 else records, ensure_ascii=False, indent=2) + "\n"


def _items(values: list[Any], positions: dict[Place, Position]) -> list[Document]:
    inner: list[dict[Place, Position]] = [{} for _ in values]
    for place, position in positions.items():
        if place:
            inner[int(place[0])][place[1:]] = position
    return [Document(value, inner[index]) for index, value in enumerate(values)]


class _NotANumber(Exception):
    """NaN or Infinity: words of Python's, not of JSON."""


class _Reader:
    """Walks the structure itself, to know where things stand; leaves texts and numbers to the json module."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.positions: dict[Place, Position] = {}
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._scalars = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=self._constant)

    def position(self, index: int) -> Position:
        line = bisect_right(self._lines, index)
        return line, index - self._lines[line - 1] + 1

    def skip(self, index: int) -> int:
        match = _SPACE.match(self.text, index)
        assert match is not None
        return match.end()

    def value(self, index: int, place: Place, depth: int) -> tuple[Any, int]:
        here = self.position(index)
        self.positions.setdefault(place, here)
        if depth > DEEPEST:
            raise too_deep(self.name, here)
        start = self.text[index : index + 1]
        if start == "{":
            return self.mapping(index + 1, place, depth)
        if start == "[":
            return self.sequence(index + 1, place, depth)
        try:
            scalar, end = self._scalars.raw_decode(self.text, index)
        except json.JSONDecodeError as error:
            raise self.wrong(error.pos, error.msg) from error
        except _NotANumber as error:
            raise self.wrong(index, f"{error} is not a number") from error
        return scalar if scalar is None or isinstance(scalar, str) else str(scalar).lower(), end

    def sequence(self, index: int, place: Place, depth: int) -> tuple[list[Any], int]:
        values: list[Any] = []
        index = self.skip(index)
        while self.text[index : index + 1] != "]":
            if values:
                index = self.skip(self.expect(index, ","))
            inner, index = self.value(index, (*place, len(values)), depth + 1)
            values.append(inner)
            index = self.skip(index)
        return values, index + 1

    def mapping(self, index: int, place: Place, depth: int) -> tuple[dict[str, Any], int]:
        values: dict[str, Any] = {}
        index = self.skip(index)
        while self.text[index : index + 1] != "}":
            if values:
                index = self.skip(self.expect(index, ","))
            if self.text[index : index + 1] != '"':
                raise self.wrong(index, "expected a key in double quotes")
            here = self.position(index)
            key, index = self.value(index, (*place, "\0"), depth + 1)
            if key in values:
                raise BadRecord(self.name, *here, key, "stands twice here")
            self.positions.pop((*place, "\0"), None)
            self.positions[(*place, key)] = here
            index = self.skip(self.expect(self.skip(index), ":"))
            values[key], index = self.value(index, (*place, key), depth + 1)
            index = self.skip(index)
        return values, index + 1

    def expect(self, index: int, sign: str) -> int:
        if self.text[index : index + 1] != sign:
            raise self.wrong(index, f"expected {sign!r}")
        return index + 1

    def wrong(self, index: int, problem: str) -> BadRecord:
        return BadRecord(self.name, *self.position(index), "", f"is not JSON: {problem}")

    def _constant(self, word: str) -> Any:
        raise _NotANumber(word)
