"""Numbered parts of an agreement: what stays the same keeps its number, what is new gets one never used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from tracker.models.tables import Agreement
from tracker.store import references
from tracker.store.agreements import parts

Row = TypeVar("Row", bound=SQLModel)


def keep_numbered(
    session: Session,
    model: type[Row],
    agreement: Agreement,
    letter: str,
    wanted: Sequence[Mapping[str, Any]],
) -> None:
    """Make the parts be ``wanted``, in this order.

    Parts have no identity of their own: equal ones are the same, and one that differs from what stood in its
    place is that one changed.
    """
    left = parts(session, model, agreement_id=agreement.id)
    changed = []
    for position, values in enumerate(wanted):
        row = next((row for row in left if _holds(row, values)), None)
        if row is not None:
            left.remove(row)
            _set(session, row, {"position": position})
        else:
            changed.append((position, values))
    places = {row.position: row for row in left}  # type: ignore[attr-defined]
    fresh = []
    for position, values in changed:
        if position in places:
            _set(session, places.pop(position), values)
        else:
            fresh.append((position, values))
    for row in places.values():
        session.delete(row)
    session.flush()
    for position, values in fresh:
        _, number = references.give_next(session, f"{agreement.ref}/{letter}")
        session.add(model(agreement_id=agreement.id, number=number, position=position, **values))
    session.flush()


def match_numbers(
    session: Session,
    model: type[Row],
    agreement: Agreement,
    letter: str,
    wanted: Sequence[tuple[int | None, Mapping[str, Any]]],
) -> list[Row]:
    """Make the parts be ``wanted``, each known by its number (None: a new one); gives the rows in order.

    Raises Conflict for the number of a part that was removed.
    """
    there: dict[int, Row] = {_number(row): row for row in parts(session, model, agreement_id=agreement.id)}
    kept = {number for number, _ in wanted}
    for number, row in there.items():
        if number not in kept:
            session.delete(row)
    session.flush()
    stem = f"{agreement.ref}/{letter}"
    for new in [given for given, _ in wanted if given is not None and given not in there]:
        references.give(session, f"{stem}{new}", stem, new)
    rows = []
    for position, (given, values) in enumerate(wanted):
        number = given or references.give_next(session, stem)[1]
        row = there.get(number) or model(agreement_id=agreement.id, number=number, **values)
        _set(session, row, {"position": position, **values})
        rows.append(row)
    session.flush()
    return rows


def recognise(
    session: Session,
    model: type[Row],
    agreement: Agreement,
    wanted: Sequence[tuple[int | None, Mapping[str, Any]]],
    named: str,
) -> list[tuple[int | None, Mapping[str, Any]]]:
    """``wanted`` with the number of the part that each unnumbered one means.

    That is the one of the same words (column ``named``) which nothing else claims; without such it stays new.
    """
    claimed = {number for number, _ in wanted}
    left = [row for row in parts(session, model, agreement_id=agreement.id) if _number(row) not in claimed]
    found = []
    for number, values in wanted:
        same = None if number else next((row for row in left if getattr(row, named) == values[named]), None)
        if same is not None:
            left.remove(same)
            number = _number(same)
        found.append((number, values))
    return found


def _number(row: SQLModel) -> int:
    number: int = row.number  # type: ignore[attr-defined]
    return number


def _holds(row: SQLModel, values: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _set(session: Session, row: SQLModel, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
