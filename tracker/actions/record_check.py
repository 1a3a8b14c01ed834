"""Checks plain values against the record and says what is wrong, where, and what was expected."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tracker.actions.record import DirectoryDocument, Part, Record

Place = tuple[str | int, ...]
P = TypeVar("P", bound=Part)


class InvalidRecord(Exception):
    """What was wrong in a record: for each problem its place (keys and positions) and a sentence."""

    def __init__(self, problems: list[tuple[Place, str]]) -> None:
        super().__init__("; ".join(problem for _, problem in problems))
        self.problems = problems


def check(data: Any) -> Record:
    """The record these plain values describe. Raises InvalidRecord with every problem found."""
    return check_part(Record, data)


def check_document(data: Any) -> Record | DirectoryDocument:
    """The record, or the directory, that one document of a file holds. Raises InvalidRecord."""
    if isinstance(data, dict) and "directory" in data:
        return check_part(DirectoryDocument, data)
    return check(data)


def check_part(part: type[P], data: Any) -> P:
    """One part of a record from plain values. Raises InvalidRecord with every problem found."""
    try:
        return part.model_validate(data)
    except ValidationError as error:
        raise InvalidRecord([_problem(details, part) for details in error.errors()]) from error


def path_of(place: Place) -> str:
    """A place in words: ``obligations[2].due``; positions count from 1."""
    words = ""
    for step in place:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if words else step
    return words


def _problem(error: ErrorDetails, root: type[Part]) -> tuple[Place, str]:
    place = tuple(step for step in error["loc"] if not str(step).startswith("function-"))
    kind, context = error["type"], error.get("ctx", {})
    written = str(error["input"])
    shown = repr(written if len(written) <= 60 else f"{written[:57]}...")
    if kind in ("bad_input", "record", "text_expected"):
        return (*place, *context.get("place", ())), error["msg"]
    if kind == "missing":
        return place, "is missing"
    if kind == "extra_forbidden":
        known = _keys_at(root, place[:-1])
        return place, f"is not a key here; {_nearest(str(place[-1]), known)}"
    if kind == "enum":
        known = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(",")]
        return place, f"{shown} is not known; {_nearest(written, known)}"
    if kind.startswith(("int", "greater", "less")):
        return place, f"{shown} is not possible here: expected a whole number{_range(context)}"
    if kind.startswith("bool"):
        return place, f"{shown} is neither true nor false"
    if kind == "list_type":
        return place, "expected a list"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return place, "expected keys and values"
    if kind == "string_pattern_mismatch":
        return place, f"{shown} is not of the expected form: expected the number of an activity, such as A1"
    return place, f"{shown}: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _range(context: dict[str, Any]) -> str:
    """The bound a number broke, in words."""
    if "ge" in context:
        return f" from {context['ge']} up"
    return f" up to {context['le']}" if "le" in context else ""


def _nearest(word: str, known: list[str]) -> str:
    close = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else f"expected one of: {', '.join(known)}"


def _keys_at(root: type[Part], place: Place) -> list[str]:
    """The keys allowed at a place, found by walking the models' fields."""
    model: type[Part] = root
    for step in place:
        if isinstance(step, int):
            continue
        fields = {info.alias or name: info for name, info in model.model_fields.items()}
        inner = _part_in(fields[step].annotation) if step in fields else None
        if inner is None:
            return []
        model = inner
    return [info.alias or name for name, info in model.model_fields.items()]


def _part_in(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _part_in(argument):
            return found
    return None
