"""What all parts of a record share: unknown keys refused, empty keys left out, faults with their places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, PydanticUndefined


class Part(BaseModel):
    """What all parts share: unknown keys are refused, nothing is changed after the check."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

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
