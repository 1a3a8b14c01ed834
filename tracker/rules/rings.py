"""Obligations that count from each other in a ring, so that none of them can ever fall due. Holds no days."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.rules.schedules import Offset, Schedule, Series


def counted_from(schedule: Schedule) -> int | None:
    """The number of the obligation a schedule counts from; None where it counts from none."""
    rule = schedule.rule
    anchor = rule.anchor if isinstance(rule, Offset) else rule.after if isinstance(rule, Series) else None
    return int(anchor[1:]) if anchor and anchor[0] == "O" and anchor[1:].isdecimal() else None


def ring(number: int, schedules: Mapping[int, Schedule]) -> tuple[int, ...]:
    """The obligations that ``number`` counts from one after another, itself first, where that leads back to it.

    Empty where it does not.
    """
    found = [number]
    while (following := counted_from(schedules[found[-1]]) if found[-1] in schedules else None) not in (None, *found):
        found.append(following or 0)
    return tuple(found) if following == number else ()


def ring_in_words(numbers: tuple[int, ...]) -> str:
    """``O1 counts from itself``, ``O1 and O2 count from each other``."""
    names = [f"O{number}" for number in numbers]
    return f"{' and '.join(names)} count from each other" if names[1:] else f"{names[0]} counts from itself"
