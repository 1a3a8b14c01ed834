"""Loads parties by any of their names, folded to keys."""

from __future__ import annotations

from sqlmodel import Session, col, func, or_, select

from tracker.models.tables import Participation, Party, PartyName


def with_key(session: Session, key: str) -> list[Party]:
    """The parties of which some name or the acronym folds to ``key``, in the order recorded."""
    elsewhere = select(PartyName.party_id).where(PartyName.key == key)
    return list(
        session.exec(
            select(Party)
            .where(or_(Party.name_key == key, Party.acronym_key == key, col(Party.id).in_(elsewhere)))
            .order_by(col(Party.id))
        )
    )


def with_ref(session: Session, ref: str) -> Party | None:
    return session.exec(select(Party).where(Party.ref == ref.lower())).first()


def every_key(session: Session) -> list[tuple[str, int]]:
    """Every name key with its party's id, acronyms included."""
    acronyms = session.exec(select(Party.acronym_key, Party.id).where(col(Party.acronym_key).is_not(None)))
    return [
        *session.exec(select(Party.name_key, Party.id)),
        *((key, party_id) for key, party_id in acronyms if key),
        *session.exec(select(PartyName.key, PartyName.party_id)),
    ]


def further_names(session: Session, party: Party) -> list[PartyName]:
    """The former and other names, in the order recorded."""
    return list(
        session.exec(
            select(PartyName).where(PartyName.party_id == party.id).order_by(PartyName.kind, col(PartyName.position))
        )
    )


def agreements_of(session: Session, party: Party) -> int:
    """The number of agreements a party takes part in."""
    counted = select(func.count(func.distinct(Participation.agreement_id))).where(Participation.party_id == party.id)
    return session.exec(counted).one()
