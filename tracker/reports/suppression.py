"""Which figures of a report must be hidden so that no small number of people can be read or worked out.

A figure is a sum over disjoint cells: how many women of one institution came to one activity, and so on. Hiding only
the small figures is not enough, because the others and the totals give them away. So, until nothing changes:

1. a figure above 0 and below the limit is hidden;
2. where a total is shown, the parts hidden of it must be two at least and together reach the limit, else the smallest
   part still shown is hidden too, and where none is left, the total;
3. no hidden figure may be a combination of shown ones, added and subtracted in any way across all tables; where one
   is, the smallest shown figure of that combination is hidden.

Zeros are shown and taken as known to the reader. The rule keeps exact figures from being worked out; it does not keep
a reader from bounds (a hidden part is at most what its total leaves), nor from what they know otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Key = Any
Cell = Any
Relation = tuple[Key, Sequence[Key]]
"""A total and the figures it is the sum of."""

_PRIME = (1 << 61) - 1
_Vector = dict[int, int]


def hidden(
    figures: Mapping[Key, Iterable[Cell]], cells: Mapping[Cell, int], relations: Iterable[Relation], below: int
) -> frozenset[Key]:
    """The keys of the figures that must be hidden; ``cells`` are the people in each cell, ``below`` the limit."""
    sets = {key: frozenset(cell for cell in parts if cells[cell]) for key, parts in figures.items()}
    value = {parts: sum(cells[cell] for cell in parts) for parts in sets.values()}
    sums = [
        (sets[total], sorted({sets[part] for part in parts} - {frozenset()}, key=sorted_key))
        for total, parts in relations
    ]
    away = {parts for parts, number in value.items() if 0 < number < below}
    if away:
        merged = _merged(value)
        while _remainders(away, sums, value, below) or _spanned(away, value, merged):
            pass
    return frozenset(key for key, parts in sets.items() if parts in away)


def sorted_key(parts: frozenset[Cell]) -> list[str]:
    """An order of figures that is the same in every run."""
    return sorted(map(str, parts))


def _remainders(
    away: set[frozenset[Cell]],
    sums: Sequence[tuple[frozenset[Cell], Sequence[frozenset[Cell]]]],
    value: Mapping[frozenset[Cell], int],
    below: int,
) -> bool:
    """Apply rule 2 to every total; whether that hid anything."""
    changed = False
    for total, parts in sums:
        while total not in away:
            gone = [part for part in parts if part in away]
            if not gone or (len(gone) > 1 and sum(value[part] for part in gone) >= below):
                break
            shown = [part for part in parts if part not in away]
            away.add(min(shown, key=lambda part: (value[part], sorted_key(part))) if shown else total)
            changed = True
    return changed


def _merged(value: Iterable[frozenset[Cell]]) -> dict[frozenset[Cell], _Vector]:
    """Each figure as a vector over groups of cells that always come together."""
    member: dict[Cell, list[int]] = {}
    for number, parts in enumerate(value):
        for cell in parts:
            member.setdefault(cell, []).append(number)
    groups: dict[tuple[int, ...], int] = {}
    place = {cell: groups.setdefault(tuple(numbers), len(groups)) for cell, numbers in member.items()}
    return {parts: dict.fromkeys((place[cell] for cell in parts), 1) for parts in value}


def _spanned(
    away: set[frozenset[Cell]], value: Mapping[frozenset[Cell], int], merged: Mapping[frozenset[Cell], _Vector]
) -> bool:
    """Apply rule 3 once; whether that hid anything."""
    shown = sorted(
        (parts for parts in value if parts not in away and parts), key=lambda p: (len(merged[p]), sorted_key(p))
    )
    basis: dict[int, tuple[_Vector, _Vector]] = {}
    for number, parts in enumerate(shown):
        rest, used = _reduced(dict(merged[parts]), {number: 1}, basis)
        if rest:
            pivot = min(rest)
            inverse = pow(rest[pivot], -1, _PRIME)
            basis[pivot] = (_scaled(rest, inverse), _scaled(used, inverse))
    found = False
    for parts in sorted(away, key=sorted_key):
        rest, used = _reduced(dict(merged[parts]), {}, basis)
        if not rest:
            among = [shown[number] for number in used]
            if not any(item in away for item in among):
                away.add(min(among, key=lambda item: (value[item], sorted_key(item))))
                found = True
    return found


def _reduced(row: _Vector, used: _Vector, basis: Mapping[int, tuple[_Vector, _Vector]]) -> tuple[_Vector, _Vector]:
    """What the basis leaves of a row, and the rows that took part in it."""
    while (pivot := next((place for place in sorted(row) if place in basis), None)) is not None:
        factor = row[pivot]
        other, took = basis[pivot]
        _subtract(row, other, factor)
        _subtract(used, took, factor)
    return row, used


def _subtract(row: _Vector, other: _Vector, factor: int) -> None:
    for place, number in other.items():
        left = (row.get(place, 0) - factor * number) % _PRIME
        if left:
            row[place] = left
        else:
            row.pop(place, None)


def _scaled(row: _Vector, factor: int) -> _Vector:
    return {place: number * factor % _PRIME for place, number in row.items()}
