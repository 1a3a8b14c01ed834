"""Record files as YAML: every scalar read as text, so that ``NO`` is Norway; aliases and tags are refused."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import yaml
from ruamel.yaml import YAML
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from tracker.errors import BadRecord
from tracker.exchange.source import DEEPEST, Document, Place, Position, too_deep

_NULLS = ("", "~", "null", "Null", "NULL")
_DEFAULT_TAGS = ("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_ESCAPED = re.compile("[\ufeff\ufffe\uffff]")
"""Characters that stand in YAML only as an escape, which a block does not know."""
_REFUSED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that may not stand in YAML (YAML 1.2, section 5.1)."""

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def parse(text: str, name: str) -> list[Document]:
    """The documents of a file called ``name``; empty ones are left out.

    Raises BadRecord for what is no YAML, for duplicate keys, aliases, tags and too deep structures.
    """
    if found := _REFUSED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        problem = f"is not YAML: it holds U+{ord(found.group()):04X}"
        raise BadRecord(name, line, None, "", problem, "remove the character, or write it as an escape")
    documents = []
    try:
        events: Iterator[Event] = iter(yaml.parse(text, Loader=yaml.CBaseLoader))
        for event in events:
            if isinstance(event, DocumentStartEvent):
                reader = _Reader(name, events)
                values = reader.value(next(events), (), 0)
                next(events)  # the document's end
                if values is not None:
                    documents.append(Document(values, partial(dict, reader.positions)))
    except yaml.YAMLError as error:
        raise _not_yaml(error, name) from error
    return documents


def write(records: list[dict[str, Any]]) -> str:
    """Records as YAML documents, dates and numbers without quotes, long texts as blocks."""
    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 110
    yaml.explicit_start = len(records) > 1
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(_Plain, _represent_plain)
    yaml.representer.add_representer(_Block, _represent_block)
    out = io.StringIO()
    yaml.dump_all([_dressed(record) for record in records], out)
    return out.getvalue()


class _Reader:
    """Turns the events of one document into values, and remembers where each stands."""

    def __init__(self, name: str, events: Iterator[Event]) -> None:
        self.name = name
        self.events = events
        self.positions: dict[Place, Position] = {}

    def value(self, event: Event, place: Place, depth: int) -> Any:
        here = _position(event)
        self.positions.setdefault(place, here)
        if depth > DEEPEST:
            raise too_deep(self.name, here)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise BadRecord(self.name, *here, "", "has an anchor or alias: write the value out")
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in _DEFAULT_TAGS:
            raise BadRecord(self.name, *here, "", f"has the tag {tag}: leave it out")
        if isinstance(event, ScalarEvent):
            plain = not event.style
            return None if plain and event.value in _NULLS else event.value
        if isinstance(event, SequenceStartEvent):
            return self.sequence(place, depth)
        if isinstance(event, MappingStartEvent):
            return self.mapping(place, depth)
        raise AssertionError(event)

    def sequence(self, place: Place, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            values.append(self.value(event, (*place, len(values)), depth + 1))
        return values

    def mapping(self, place: Place, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            here = _position(event)
            if not isinstance(event, ScalarEvent):
                raise BadRecord(self.name, *here, "", "expected a key: text before a colon")
            key = event.value
            if key in values:
                raise BadRecord(self.name, *here, key, "stands twice here")
            self.positions[(*place, key)] = here
            values[key] = self.value(next(self.events), (*place, key), depth + 1)
        return values


def _position(event: Event) -> Position:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _not_yaml(error: yaml.YAMLError, name: str) -> BadRecord:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (None, None)
    return BadRecord(name, line, column, "", f"is not YAML: {problem}")


class _Plain(str):
    """Text that is written without quotes though YAML would take it for a number or a day."""


class _Block(str):
    """Text of several lines, written as a block."""


def _represent_plain(representer: Any, value: _Plain) -> Any:
    kind = "timestamp" if _DAY.fullmatch(value) else "float" if "." in value else "int"
    return representer.represent_scalar(f"tag:yaml.org,2002:{kind}", str(value))


def _represent_block(representer: Any, value: _Block) -> Any:
    return representer.represent_scalar("tag:yaml.org,2002:str", str(value), style="|")


def _dressed(value: Any, key: str = "") -> Any:
    """The value with its texts marked for how they are written."""
    if isinstance(value, dict):
        return {name: _dressed(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_dressed(inner, key) for inner in value]
    if isinstance(value, str):
        dated = key in ("on", "until", "due", "ends", "period", "recorded_on", "entry_into_force")
        if dated and (_DAY.fullmatch(value) or _YEAR.fullmatch(value)):
            return _Plain(value)
        if key == "value" and _NUMBER.fullmatch(value):
            return _Plain(value)
        if "\n" in value and not _ESCAPED.search(value):
            return _Block(value)
    return value
