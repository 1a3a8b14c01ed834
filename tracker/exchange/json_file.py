"""Record files as JSON: one object, several after one another, or a list of them."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from typing import Any

from tracker.errors import BadRecord
from tracker.exchange.source import DEEPEST, Document, Place, Position, too_deep

_SPACE = re.compile(r"[ \t\n\r]*")


def parse(text: str, name: str) -> list[Document]:
    """The documents of a file called ``name``.

    Raises BadRecord for what is no JSON (NaN and duplicate keys included) and for too deep structures.
    """
    reader = _Reader(text, name)
    try:
        return list(_quickly(reader))
    except (_AnotherLook, ValueError, RecursionError):
        return list(_carefully(reader))


def write(records: list[dict[str, Any]]) -> str:
    """One record as an object, several as a list."""
    return json.dumps(records[0] if len(records) == 1 else records, ensure_ascii=False, indent=2) + "\n"


def _carefully(reader: _Reader) -> Iterator[Document]:
    """Every document, read sign by sign. Raises BadRecord for what is wrong, where it stands."""
    index = reader.skip(0)
    while index < len(reader.text):
        begin = index
        values, index = reader.value(index, (), 0)
        if isinstance(values, list):
            for place, value in enumerate(values):
                yield Document(value, partial(_positions, reader, begin, place))
        else:
            yield Document(values, partial(_positions, reader, begin, None))
        index = reader.skip(index)


def _quickly(reader: _Reader) -> Iterator[Document]:
    """The same documents, read by the json module alone. Raises whatever it may where another look is needed."""
    index = reader.skip(0)
    while index < len(reader.text):
        if reader.text[index] != "[":
            values, end = _MAPPINGS.raw_decode(reader.text, index)
            yield Document(_mapped(values), partial(_positions, reader, index, None))
            index = reader.skip(end)
            continue
        index = reader.skip(index + 1)
        while reader.text[index : index + 1] != "]":
            values, end = _MAPPINGS.raw_decode(reader.text, index)
            yield Document(_mapped(values), partial(_positions, reader, index, None))
            index = reader.skip(end)
            if reader.text[index : index + 1] == ",":
                index = reader.skip(index + 1)
                if reader.text[index : index + 1] == "]":
                    raise _AnotherLook
            elif reader.text[index : index + 1] != "]":
                raise _AnotherLook
        index = reader.skip(index + 1)


def _positions(reader: _Reader, begin: int, item: int | None) -> dict[Place, Position]:
    """Where everything stands in what begins at an index, or in one item of the list that begins there."""
    reader.positions = {}
    reader.value(begin, (), 0)
    if item is None:
        return reader.positions
    return {place[1:]: position for place, position in reader.positions.items() if place[:1] == (item,)}


class _AnotherLook(Exception):
    """Something that a record hardly holds and the json module alone does not tell."""


def _mapped(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _AnotherLook
    return value


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _AnotherLook
    for key, value in pairs:
        if value is True or value is False:
            values[key] = str(value).lower()
        elif isinstance(value, list) and not all(isinstance(one, str | dict) for one in value):
            raise _AnotherLook
    return values


def _no_number(word: str) -> Any:
    raise _AnotherLook


_MAPPINGS = json.JSONDecoder(object_pairs_hook=_mapping, parse_int=str, parse_float=str, parse_constant=_no_number)


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
