"""Undoing: takes back what one entry of the journal changed, as an entry of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from tracker.actions import derivation
from tracker.actions.outcome import Outcome
from tracker.actions.rewriting import differences
from tracker.errors import Conflict, NotFound
from tracker.models.enums import LinkKind
from tracker.models.tables import Agreement, Link, Participation
from tracker.store import dump
from tracker.store.files import FileStore
from tracker.store.journal import ledger, reverting
from tracker.store.journal.ledger import Entry, Told
from tracker.store.transaction import addition, raw_of, rows_of


def undo(session: Session, number: int | None, today: date) -> Outcome:
    """Take back what the last entry recorded, or entry ``number``; references given with it stay given.

    Raises NotFound for an entry that is not there, Conflict where later entries touched the same rows, or rest on
    what would go, and for what cannot be taken back: an upgrade, an erasure.
    """
    db = raw_of(session)
    entry = ledger.entry(db, number) if number is not None else ledger.last_with_facts(db)
    if entry is None:
        hint = "list them with: tracker history"
        raise NotFound("entry", str(number if number is not None else 1), [], hint)
    rows = list(ledger.rows(db, entry.number))
    _refuse(entry, rows)
    later = ledger.touching(db, {(row.table, row.key) for row in rows if row.is_fact}, entry.number)
    if later:
        raise _conflict(entry, "touched the same since", later)
    refs = _agreements(row.ref for row in rows)
    before = _records(session, refs)
    addition(session).undoes = entry.number
    lost = reverting.revert(db, rows)
    if lost.rows:
        resting = ledger.touching(db, lost.rows, entry.number)
        raise _conflict(entry, f"rest on it ({', '.join(lost.refs)})", resting)
    session.expire_all()
    _derive(session, rows, refs, today)
    said = [f"undid {entry}", *_said(before, _records(session, refs)), *_others(rows)]
    aside = ["bring it back with: tracker undo", *_files_gone(session, rows)]
    return Outcome(str(entry.number), said, aside, None)


def _refuse(entry: Entry, rows: list[Told]) -> None:
    if any(row.operation == "erase" for row in rows):
        raise Conflict(f"{entry} cannot be undone: what was erased is gone")
    if any(row.table in reverting.FIXED for row in rows):
        raise Conflict(f"{entry} cannot be undone: it made or upgraded the database")
    if not any(row.is_fact for row in rows):
        raise Conflict(f"{entry} cannot be undone: it only derived what follows from facts")


def _conflict(entry: Entry, why: str, later: list[Entry]) -> Conflict:
    which = "; ".join(str(other) for other in later[:5])
    more = f" and {len(later) - 5} more" if len(later) > 5 else ""
    hint = f"undo that first: tracker undo --entry {later[-1].number}" if later else None
    return Conflict(f"{entry} cannot be undone: later entries {why}: {which}{more}", hint)


def _agreements(refs: Iterable[str | None]) -> list[str]:
    """The references of the agreements that these are, or are parts of."""
    return list(dict.fromkeys(ref.rpartition("/")[0] or ref for ref in refs if ref))


def _records(session: Session, refs: list[str]) -> dict[str, dict[str, Any]]:
    rows = rows_of(session)
    return {ref: record for ref in refs if (record := dump.record(rows, ref)) is not None}


def _derive(session: Session, rows: list[Told], refs: list[str], today: date) -> None:
    """Derive anew the agreements concerned, those they replace or no longer do, and those of parties concerned."""
    replaced = {
        str(row.values["to_ref"])
        for row in rows
        if row.table == "link" and row.values.get("kind") == LinkKind.REPLACES.value
    }
    parties = [int(row.key) for row in rows if row.table == "party"]
    for agreement in session.exec(select(Agreement).where(col(Agreement.ref).in_(refs))).all():
        derivation.derive(session, agreement, today)
    again = set(session.exec(select(Link.to_ref).where(col(Link.to_ref).in_(replaced))).all()) | replaced
    derivation.derive_all(session, sorted(again - set(refs)), today)
    taking_part = select(Participation.agreement_id).where(col(Participation.party_id).in_(parties))
    for agreement in session.exec(select(Agreement).where(col(Agreement.id).in_(taking_part))).all():
        derivation.anew(session, agreement, today)


def _said(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> list[str]:
    """What became of each agreement, in the words of an edit."""
    said = []
    for ref in dict.fromkeys([*before, *after]):
        if ref not in after:
            said.append(f"took back {ref} {before[ref]['title']}, with everything recorded under it")
        elif ref not in before:
            said.append(f"brought back {ref} {after[ref]['title']}, with everything recorded under it")
        elif changes := differences(before[ref], after[ref]):
            said += [f"changed {ref}", *(f"  {line}" for line in changes)]
    return said


def _files_gone(session: Session, rows: list[Told]) -> list[str]:
    """What to say of documents that came back, and their files do not: ``tracker db compact`` removed them since."""
    store = FileStore(rows_of(session).path)
    return [
        f"the file of {row.ref} {row.values['file']} is gone: tracker db compact removed it"
        for row in rows
        if row.table in ("document", "party_document") and row.operation == "delete"
        if (sha256 := row.values.get("sha256")) and not store.holds(sha256)
    ]


_ALONE = {"party": "party", "person": "person", "scope_area": "scope area", "party_document": "document"}


def _others(rows: list[Told]) -> list[str]:
    """What became of parties, people and scope areas."""
    words = {"insert": "took back", "delete": "brought back", "update": "changed back"}
    said = []
    for row in rows:
        if row.table in _ALONE:
            name = row.values.get("name") or row.values.get("name_en") or row.values.get("file") or ""
            shown = f" {name}" if isinstance(name, str) and name else ""
            said.append(f"{words[row.operation]} {_ALONE[row.table]} {row.ref}{shown}")
    return said
