"""What all parts of a record share: unknown keys refused, empty keys left out, faults with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, PydanticUndefined


class Part(BaseModel):
    """What all parts share: unknown keys are refused, nothing is changed after the check."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_keys(cls, data: Any) -> Any:
        """A key without a value is a key left out; ``Shared`` parts remember that it stood there."""
        if not isinstance(data, dict) or None not in data.values():
            return data
        return cls._without_empty(data, {info.alias or name: info for name, info in cls.model_fields.items()})

    @classmethod
    def _without_empty(cls, data: dict[str, Any], fields: dict[str, FieldInfo]) -> dict[str, Any]:
        return {key: value for key, value in data.items() if value is not None or key not in fields}

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The JSON Schema, in which each key is described by the text under it in the source.

        The source is read only here: pydantic would do it for each command that writes, and take as long as all the
        rest of it.
        """
        schema = super().model_json_schema(*args, **kwargs)
        for part in [cls, *_below(Part)]:
            described = schema if part is cls else schema.get("$defs", {}).get(part.__name__, {})
            for name, text in _texts_under(part).items():
                info = part.model_fields[name]
                for key in (info.alias or name, name):
                    if key in described.get("properties", {}):
                        described["properties"][key]["description"] = text
        return schema


def _below(part: type[Part]) -> Iterator[type[Part]]:
    for child in part.__subclasses__():
        yield child
        yield from _below(child)


def _texts_under(part: type[Part]) -> dict[str, str]:
    """The text under each field of a part, or of what it is made from, by the field's name."""
    import ast
    from inspect import cleandoc, getsource
    from textwrap import dedent

    texts: dict[str, str] = {}
    for origin in reversed([one for one in part.__mro__ if issubclass(one, Part)]):
        (body,) = ast.parse(dedent(getsource(origin))).body
        assert isinstance(body, ast.ClassDef)
        for field, text in pairwise(body.body):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(text, ast.Expr)
                and isinstance(text.value, ast.Constant)
            ):
                texts[field.target.id] = cleandoc(str(text.value.value))
    return {name: text for name, text in texts.items() if name in part.model_fields}


class Shared(Part):
    """What other agreements name as well: a key left out says nothing, one without a value says there is none."""

    @classmethod
    def _without_empty(cls, data: dict[str, Any], fields: dict[str, FieldInfo]) -> dict[str, Any]:
        said = {
            key: fields[key].get_default() if key in fields and value is None else value for key, value in data.items()
        }
        return {key: value for key, value in said.items() if value is not PydanticUndefined}


def refuse(problem: str, *place: str | int) -> PydanticCustomError:
    """A refusal in our own words, without pydantic's; ``place`` is where inside the part the fault stands."""
    return PydanticCustomError("record", "{problem}", {"problem": problem, "place": place})


def second_of_two(values: Sequence[str]) -> int | None:
    """The position of the first value that stood before; None where each stands once. Empty ones do not count."""
    seen: set[str] = set()
    for position, value in enumerate(values):
        if value and value in seen:
            return position
        seen.add(value)
    return None
