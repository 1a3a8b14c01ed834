"""Notes, figures, links and contacts of an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from tracker.actions import derivation, documents
from tracker.actions.books import Books
from tracker.actions.events import written
from tracker.actions.numbering import keep_numbered
from tracker.actions.outcome import Outcome
from tracker.actions.record import FigurePart, LinkPart, NotePart, Record
from tracker.errors import BadInput, Conflict, at
from tracker.models.tables import Agreement, Contact, Figure, Link, Note
from tracker.store import agreements as store
from tracker.store import references

Row = TypeVar("Row", bound=SQLModel)


def save(books: Books, agreement: Agreement, record: Record, today: date) -> None:
    """Make notes, figures, links, contacts and documents be those of the record."""
    session = books.session
    keep_numbered(session, Note, agreement, "N", [note_columns(part) for part in record.notes])
    keep_numbered(session, Figure, agreement, "F", [part.model_dump() for part in record.figures])
    before = derivation.replaced_by(session, agreement)
    links = []
    for position, link in enumerate(record.links):
        with at("links", position, link.kind.value):
            links.append(_link(session, agreement, link))
    keep_numbered(session, Link, agreement, "L", links)
    gone = set(before) - set(derivation.replaced_by(session, agreement))
    derivation.derive_all(session, sorted(gone), today)
    documents.save(session, agreement, record.documents)
    contacts: list[dict[str, Any]] = []
    for position, part in enumerate(record.contacts):
        with at("contacts", position):
            person = books.people.take(part)
            if any(row["person_id"] == person.id for row in contacts):
                raise BadInput("contact", part.name, "stands twice among the contacts")
            contacts.append({"position": position, "person_id": person.id})
    store.replace(session, Contact, {"agreement_id": agreement.id}, contacts)


def add_note(session: Session, ref: str, part: NotePart) -> Outcome:
    """Add a remark to an agreement."""
    agreement = store.agreement(session, ref)
    number = _append(session, Note, agreement, "N", note_columns(part))
    name = f"{agreement.ref}/N{number}"
    return Outcome(name, [f"added {name}"], [], f"tracker show {agreement.ref}")


def add_figure(session: Session, ref: str, part: FigurePart) -> Outcome:
    """Add a figure an agreement rests on or is measured by."""
    agreement = store.agreement(session, ref)
    number = _append(session, Figure, agreement, "F", part.model_dump())
    name = f"{agreement.ref}/F{number}"
    said = f"added {name} {part.what}: {part.value}{f' {part.unit}' if part.unit else ''}"
    return Outcome(name, [said], [], f"tracker show {agreement.ref}")


def add_link(session: Session, ref: str, part: LinkPart, today: date) -> Outcome:
    """Say what an agreement does to another. Raises NotFound when the other is not recorded."""
    agreement = store.agreement(session, ref)
    target = store.agreement(session, part.target or "")
    values = {"kind": part.kind, "to_ref": target.ref}
    _refuse_itself(agreement, target.ref)
    there = store.parts(session, Link, agreement_id=agreement.id)
    if any(link.kind is part.kind and link.to_ref == target.ref for link in there):
        raise Conflict(f"{agreement.ref} {part.kind.value} {target.ref} already")
    number = _append(session, Link, agreement, "L", values)
    derivation.derive(session, agreement, today)
    name = f"{agreement.ref}/L{number}"
    said = f"added {name}: {agreement.ref} {part.kind.value} {target.ref}"
    return Outcome(name, [said], [], f"tracker show {target.ref}")


def _append(session: Session, model: type[Row], agreement: Agreement, letter: str, values: dict[str, Any]) -> int:
    rows = store.parts(session, model, agreement_id=agreement.id)
    kept = [row.model_dump(exclude={"id", "agreement_id", "number", "position"}) for row in rows]
    keep_numbered(session, model, agreement, letter, [*kept, values])
    return max(_numbers(store.parts(session, model, agreement_id=agreement.id)))


def _numbers(rows: Sequence[SQLModel]) -> list[int]:
    return [row.number for row in rows]  # type: ignore[attr-defined]


def note_columns(part: NotePart) -> dict[str, Any]:
    """The columns of a note but for its place in the agreement."""
    return {"text": part.text, **written("on", part.on)}


def _link(session: Session, agreement: Agreement, part: LinkPart) -> dict[str, Any]:
    target = part.target or ""
    _refuse_itself(agreement, target)
    return {"kind": part.kind, "to_ref": references.as_given(session, target) or target}


def _refuse_itself(agreement: Agreement, target: str) -> None:
    if target.lower() == agreement.ref.lower():
        raise BadInput("link", target, "is the agreement itself: expected another one")
