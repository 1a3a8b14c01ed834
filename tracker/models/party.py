"""Parties: organisations and States, and the further names they are known by."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.models.base import belongs_to, choice, names
from tracker.models.enums import NameKind, PartyKind


class Party(SQLModel, table=True):
    """An organisation or State. ``*_key`` hold the name folded for matching (no case, no accents)."""

    __table_args__ = (CheckConstraint("length(country) = 2", name="country"),)

    id: int = Field(default=None, primary_key=True)
    ref: str = Field(unique=True)
    name: str
    name_key: str = Field(index=True)
    acronym: str | None = None
    acronym_key: str | None = Field(default=None, index=True)
    kind: PartyKind | None = choice(PartyKind, "kind", nullable=True, default=None)
    country: str | None = None
    part_of_id: int | None = names("party", nullable=True, default=None)


class PartyName(SQLModel, table=True):
    """A further name of a party: one it had before, or another it has."""

    __tablename__ = "party_name"
    __table_args__ = (UniqueConstraint("party_id", "kind", "position"),)

    id: int = Field(default=None, primary_key=True)
    party_id: int = belongs_to("party")
    kind: NameKind = choice(NameKind, "kind")
    position: int
    name: str
    key: str = Field(index=True)
