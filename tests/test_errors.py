"""Every error a user can meet: one sentence, a documented exit code, an HTTP status."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from tracker import errors
from tracker.errors import TrackerError, at

KNOWN = {"Path | str": Path("x.yaml"), "list[str]": ["a", "b"], "int | None": 3}


def subclasses(kind: type[TrackerError]) -> list[type[TrackerError]]:
    return [kind for child in kind.__subclasses__() for kind in (child, *subclasses(child))]


def an(kind: type[TrackerError]) -> TrackerError:
    given: dict[str, Any] = {
        field.name: KNOWN.get(str(field.type), "some text") for field in fields(kind) if field.name != "hint"
    }
    return kind(**given)


@pytest.mark.parametrize("kind", subclasses(TrackerError), ids=lambda kind: kind.__name__)
def test_one_sentence_and_a_code(kind: type[TrackerError]) -> None:
    error = an(kind)
    assert str(error) and "\n" not in str(error)
    assert error.exit_code in (2, 3, 4, 5)
    assert 400 <= error.http_status < 600
    assert kind.__doc__


def test_the_tree_is_in_one_file() -> None:
    assert {kind.__module__ for kind in subclasses(TrackerError)} == {errors.__name__}


def test_places_add_up_from_outside_in() -> None:
    with pytest.raises(errors.BadInput) as caught, at(2), at("obligations", 0), at("due"):
        raise errors.BadInput("due", "soon", "is not understood")
    assert caught.value.place == (2, "obligations", 0, "due")


def test_long_values_are_cut() -> None:
    assert len(str(errors.BadInput("title", "x" * 10_000, "is too long"))) < 100
