"""Changes of a party's own fields: checked so that no name comes to mean two parties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from tracker.errors import BadInput, Conflict, shortened
from tracker.models.enums import NameKind
from tracker.models.keys import fold
from tracker.models.tables import Party, PartyName
from tracker.store import parties as store
from tracker.store.agreements import replace

NAMES = {"former_names": NameKind.FORMER, "other_names": NameKind.OTHER}


def label(party: Party) -> str:
    """How a party is called for short: its acronym, else its name."""
    return party.acronym or party.name


def change(session: Session, party: Party, changes: Mapping[str, Any]) -> None:
    """Give a party these fields: ``name``, ``acronym``, ``kind``, ``country``, ``part_of`` (a Party), ``former_names``,
    ``other_names``; None or an empty list empties one.

    Raises BadInput for no name and for a party that would be part of itself, Conflict for a taken name.
    """
    renamed = {field for field, value in changes.items() if value != getattr(party, field, None)}
    for field, value in changes.items():
        if field in ("name", "acronym"):
            if value is None and field == "name":
                raise BadInput("name", "", "a party has a name: expected some text")
            setattr(party, field, value)
            setattr(party, f"{field}_key", fold(value) if value else None)
        elif field in NAMES:
            rows = [{"position": place, "name": name, "key": fold(name)} for place, name in enumerate(value or [])]
            replace(session, PartyName, {"party_id": party.id, "kind": NAMES[field]}, rows)
        elif field == "part_of":
            refuse_circle(session, party, value)
            party.part_of_id = value.id if value else None
        else:
            setattr(party, field, value)
    keep_names_apart(session, party)
    for field, name in (("name", party.name), ("acronym", party.acronym)):
        if name and (field in renamed or "acronym" in renamed or "country" in changes):
            _refuse_taken(session, party, field, name, new=field in renamed or "acronym" in renamed)
    if "country" in changes or NAMES.keys() & changes.keys():
        refuse_names_of_others(session, party, [row.name for row in store.further_names(session, party)])
    session.add(party)
    session.flush()


def keep_names_apart(session: Session, party: Party) -> None:
    """Drop further names that say again what the name, the acronym or another of them says."""
    seen = {party.name_key, party.acronym_key}
    for kind in NAMES.values():
        rows = [row for row in store.further_names(session, party) if row.kind is kind]
        kept: list[dict[str, Any]] = []
        for row in rows:
            if row.key not in seen:
                seen.add(row.key)
                kept.append({"position": len(kept), "name": row.name, "key": row.key})
        replace(session, PartyName, {"party_id": party.id, "kind": kind}, kept)


def refuse_names_of_others(session: Session, party: Party, names: list[str]) -> None:
    """Raises Conflict for a further name that is the name of another party of the same country, or of none."""
    for name in names:
        key = fold(name)
        for other in store.with_key(session, key):
            same = not party.country or other.country in (None, party.country)
            if other.id != party.id and other.name_key == key and same:
                raise Conflict(
                    f"{shortened(name)} is {other.ref}: it cannot be a further name of {shortened(label(party))}",
                    f"if the two are one, remove {other.ref} first",
                )


def refuse_circle(session: Session, party: Party, parent: Party | None) -> None:
    """Raises BadInput where ``parent`` is the party itself or a part of it."""
    step = parent
    while step is not None:
        if parent is not None and step.id == party.id:
            raise BadInput("part_of", label(parent), f"would make {shortened(label(party))} a part of itself")
        step = session.get(Party, step.part_of_id) if step.part_of_id else None


def _refuse_taken(session: Session, party: Party, field: str, value: str, *, new: bool) -> None:
    """Raises Conflict where a party of the same country, or of none, is called so: the name would mean two.

    A party that keeps its name may be given a country to tell it from one without.
    """
    country = party.country
    for other in store.with_key(session, fold(value)):
        same = not country or other.country == country or (new and not other.country)
        if other.id != party.id and same:
            raise Conflict(
                f"{other.ref} {shortened(other.name)} is called {shortened(value)} already", f"give another {field}"
            )
