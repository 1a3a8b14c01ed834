"""Loads an agreement and its parts by reference, and keeps the rows under it in step with what is wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, func, select

from tracker.errors import NotFound
from tracker.models.tables import Agreement, Link
from tracker.store import references

Row = TypeVar("Row", bound=SQLModel)


def find(session: Session, ref: str) -> Agreement | None:
    """The agreement with this reference, without regard to case; None where there is none (any more)."""
    given = references.as_given(session, ref)
    return session.exec(select(Agreement).where(Agreement.ref == given)).first() if given else None


def agreement(session: Session, ref: str) -> Agreement:
    """The agreement with this reference, without regard to case. Raises NotFound with the nearest ones."""
    found = find(session, ref)
    if found is None:
        given = references.as_given(session, ref)
        hint = "it has been removed" if given else "list them with: tracker agreements"
        raise NotFound("agreement", ref, [] if given else references.nearest(session, ref), hint)
    return found


def spell_links(session: Session, agreement: Agreement) -> None:
    """Let links that were recorded before their target name it as it is spelt, whatever case they were typed in."""
    key = agreement.ref.lower()
    for link in session.exec(select(Link).where(func.lower(Link.to_ref) == key, Link.to_ref != agreement.ref)):
        link.to_ref = agreement.ref
        session.add(link)
    session.flush()


def parts(session: Session, model: type[Row], **owner: Any) -> list[Row]:
    """The rows of ``model`` under their owner (``agreement_id=7``), by number or position, else as recorded."""
    columns: Any = model
    order = [getattr(columns, name) for name in ("position", "id") if name in model.model_fields]
    conditions = [getattr(columns, name) == value for name, value in owner.items()]
    return list(session.exec(select(model).where(*conditions).order_by(*order)))


def numbered(session: Session, model: type[Row], agreement: Agreement, letter: str, number: int) -> Row:
    """The part ``REF/LETTERNUMBER`` of an agreement. Raises NotFound with the numbers there are."""
    columns: Any = model
    found = session.exec(select(model).where(columns.agreement_id == agreement.id, columns.number == number)).first()
    if found is None:
        there = session.exec(
            select(columns.number).where(columns.agreement_id == agreement.id).order_by(columns.number)
        ).all()
        raise NotFound(
            model.__name__.lower(),
            f"{agreement.ref}/{letter}{number}",
            [f"{agreement.ref}/{letter}{other}" for other in list(there)[:3]],
        )
    return found


def replace(
    session: Session,
    model: type[Row],
    owner: Mapping[str, Any],
    wanted: Sequence[Mapping[str, Any]],
    *,
    derived: Collection[str] = (),
) -> bool:
    """Make the rows under ``owner`` be exactly ``wanted``; says whether anything changed.

    Rows that are the same already stay untouched; ``derived`` columns are not compared.
    """
    existing = parts(session, model, **owner)
    names = [name for name in model.model_fields if name != "id" and name not in (*owner, *derived)]
    now = [{name: getattr(row, name) for name in names} for row in existing]
    then = [{name: values.get(name, _default(model, name)) for name in names} for values in wanted]
    if now == then:
        return False
    for row in existing:
        session.delete(row)
    session.flush()
    add_all(session, (model(**owner, **values) for values in wanted))
    return True


def add_all(session: Session, rows: Iterable[SQLModel]) -> None:
    """Add rows in order and give them their ids."""
    session.add_all(list(rows))
    session.flush()


def _default(model: type[SQLModel], name: str) -> Any:
    field = model.model_fields[name]
    return None if field.is_required() else field.default
