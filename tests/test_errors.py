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


CODES = {"NotFound": 3, "Conflict": 4, "DatabaseUnusable": 5}


@pytest.mark.parametrize("kind", subclasses(TrackerError), ids=lambda kind: kind.__name__)
def test_the_code_is_the_documented_one(kind: type[TrackerError]) -> None:
    assert kind.exit_code == CODES.get(kind.__name__, 2)
    assert kind.http_status == {2: 400, 3: 404, 4: 409, 5: 503}[kind.exit_code]
    assert an(kind).hint is None


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errors.BadInput("--on", "soon", "is not a date"), "--on: 'soon' is not a date"),
        (errors.BadInput("title", "", "is empty"), "title: is empty"),
        (errors.BadInput("title", "a\nb", "has a break"), r"title: 'a\nb' has a break"),
        (errors.Missing("Title", "TITLE"), "title is missing: give TITLE"),
        (errors.BadRecord("f.yaml", 3, 7, "events[1].on", "is wrong"), "f.yaml:3:7: events[1].on: is wrong"),
        (errors.BadRecord("f.yaml", 3, None, "", "is wrong"), "f.yaml:3: is wrong"),
        (errors.BadRecord("f.yaml", None, None, "", "holds no record"), "f.yaml: holds no record"),
        (errors.BadFile(Path("a.pdf"), "is empty"), "a.pdf: is empty"),
        (errors.NotFound("agreement", "X", []), "there is no agreement 'X'"),
        (errors.NotFound("agreement", "X", ["Y", "Z"]), "there is no agreement 'X'; did you mean Y or Z?"),
        (errors.Similar("party", "IMO", ["IOM"]), "party 'IMO' is not known, but similar to IOM"),
        (errors.DatabaseUnusable("x.db", "is locked"), "x.db: is locked"),
    ],
)
def test_the_sentences(error: TrackerError, said: str) -> None:
    assert str(error) == said


def test_what_is_raised_outside_a_place_keeps_its_own() -> None:
    error = errors.NotFound("scope area", "x", [])
    assert error.place == ()
    with pytest.raises(errors.NotFound), at("scopes"):
        raise error
    assert error.place == ("scopes",)
    assert errors.NotFound("scope area", "x", []).place == (), "a place is of one error, not of its kind"


def test_other_errors_pass_a_place_unchanged() -> None:
    with pytest.raises(ZeroDivisionError), at("scopes"):
        1 / 0  # noqa: B018
