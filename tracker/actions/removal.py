"""Removals: anything that has a reference and that nothing else rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from tracker.actions import derivation, targets
from tracker.actions.outcome import Outcome
from tracker.errors import Conflict
from tracker.models.tables import (
    METADATA,
    Activity,
    Agreement,
    Document,
    Obligation,
    Occurrence,
    Party,
    PartyName,
    Person,
    ScopeArea,
)
from tracker.store.agreements import parts
from tracker.store.journal import ledger
from tracker.store.transaction import raw_of


def describe(session: Session, ref: str) -> tuple[str, int]:
    """What ``remove`` would remove, in words, and the last entry of the journal about it. Raises NotFound."""
    target = targets.find(session, ref)
    return _describe(target), _last_entry(session, target)


def remove(session: Session, ref: str, today: date, *, seen: int | None = None) -> Outcome:
    """Remove what ``ref`` names; its reference is never given again. ``tracker undo`` brings it back.

    Raises Conflict when something else rests on it: a party that takes part, an activity that fulfils; and when an
    entry later than ``seen`` changed it.
    """
    target = targets.find(session, ref)
    if seen is not None and (last := _last_entry(session, target)) != seen:
        raise Conflict(f"{ref} was changed meanwhile, by entry {last}", f"look at it with: tracker history {ref}")
    said = f"removed {_describe(target)}"
    if isinstance(target, Agreement):
        replaced = derivation.replaced_by(session, target)
        session.delete(target)
        session.flush()
        derivation.derive_all(session, replaced, today)
        return Outcome(target.ref, [said], [], "tracker agreements")
    if isinstance(target, targets.PartOf):
        replaced = derivation.replaced_by(session, target.agreement)
        if isinstance(target.row, Activity):
            _refuse_evidence(session, target)
        _refuse_documented(session, target)
        session.delete(target.row)
        session.flush()
        derivation.derive(session, target.agreement, today)
        derivation.derive_all(session, replaced, today)
        return Outcome(target.ref, [said], [], f"tracker show {target.agreement.ref}")
    if isinstance(target, targets.PartyFile):
        session.delete(target.row)
        session.flush()
        return Outcome(target.ref, [said], [], f"tracker documents --party {target.party.ref}")
    if isinstance(target, ScopeArea) and target.builtin:
        raise Conflict(f"scope area {target.code} comes with the program and stays")
    _refuse_used(session, target)
    session.delete(target)
    session.flush()
    nouns = {Party: "parties", Person: "people", ScopeArea: "scopes"}
    return Outcome(ref, [said], [], f"tracker {nouns[type(target)]}")


def _last_entry(session: Session, target: targets.Target) -> int:
    return ledger.last_touching(raw_of(session), target.code if isinstance(target, ScopeArea) else target.ref)


def _describe(target: targets.Target) -> str:
    if isinstance(target, Agreement):
        return f"{target.ref} {target.title}, with everything recorded under it"
    if isinstance(target, targets.PartOf):
        row = target.row
        words = next((said for key in ("text", "title", "file", "kind") if (said := getattr(row, key, None))), None)
        return f"{target.ref} {words or getattr(row, 'what', '')}".rstrip()
    if isinstance(target, targets.PartyFile):
        return f"{target.ref} {target.row.file}"
    if isinstance(target, ScopeArea):
        return f"scope area {target.code}"
    return f"{target.ref} {target.name}"


def _refuse_evidence(session: Session, target: targets.PartOf) -> None:
    rows = session.exec(
        select(Obligation, Occurrence)
        .join(Occurrence, col(Occurrence.obligation_id) == col(Obligation.id))
        .where(Occurrence.activity_id == target.row.id)
    ).all()
    if rows:
        fulfilled = ", ".join(f"O{o.number}{f' due {c.due_on}' if c.due_on else ''}" for o, c in rows)
        raise Conflict(
            f"{target.ref} fulfils {fulfilled}",
            f"take that back first in: tracker edit {target.agreement.ref}",
        )


def _refuse_documented(session: Session, target: targets.PartOf) -> None:
    """Refuse to remove an activity or an obligation that a document is of."""
    part = f"{target.letter}{target.number}"
    rows = parts(session, Document, agreement_id=target.agreement.id)
    names = [f"{target.agreement.ref}/D{row.number}" for row in rows if (row.of_part or "").partition(":")[0] == part]
    if names:
        hint = f"remove it first, or untie it with: tracker edit {names[0]} of="
        raise Conflict(f"{', '.join(names)} is a document of {target.ref}", hint)


def _refuse_used(session: Session, target: Any) -> None:
    """Refuse to remove a row that others name, and say how many of which kind do."""
    table = type(target).__table__
    uses = []
    for other in METADATA.sorted_tables:
        if other.name == PartyName.__tablename__:
            continue
        for column in other.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                count = session.exec(select(func.count()).select_from(other).where(column == target.id)).one()
                if count:
                    uses.append(f"{other.name.replace('_', ' ')} ({count})")
    if uses:
        raise Conflict(f"{_describe(target)} is still named by {', '.join(uses)}")
