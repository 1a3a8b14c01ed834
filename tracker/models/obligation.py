"""Obligations and their occurrences: what was promised, and each day it falls due."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.models.base import belongs_to, choice, names
from tracker.models.enums import ObligationKind


class Side(StrEnum):
    OWED_BY = "owed-by"
    OWED_TO = "owed-to"


class Obligation(SQLModel, table=True):
    """A commitment. ``due`` is its schedule in canonical words; ``waits_for`` (derived) says why it has no date."""

    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    position: int
    text: str
    kind: ObligationKind = choice(ObligationKind, "kind")
    clause: str | None = None
    due: str
    survives: bool = False
    responsible_id: int | None = names("person", nullable=True, default=None)
    waits_for: str | None = None


class ObligationParty(SQLModel, table=True):
    __tablename__ = "obligation_party"
    __table_args__ = (UniqueConstraint("obligation_id", "side", "party_id"),)

    id: int = Field(default=None, primary_key=True)
    obligation_id: int = belongs_to("obligation")
    side: Side = choice(Side, "side")
    position: int
    party_id: int = names("party", nullable=False)


class ObligationScope(SQLModel, table=True):
    __tablename__ = "obligation_scope"
    __table_args__ = (UniqueConstraint("obligation_id", "scope_id"),)

    id: int = Field(default=None, primary_key=True)
    obligation_id: int = belongs_to("obligation")
    position: int
    scope_id: int = names("scope_area", nullable=False)


class Occurrence(SQLModel, table=True):
    """One due date (``due_on``; a fulfilment on request has none). Fulfilled and waived ones are facts and stay;
    the others are derived and rewritten. ``warn_on`` is the lower bound of the day it falls due."""

    __table_args__ = (
        UniqueConstraint("obligation_id", "due_on"),
        Index(
            "ix_occurrence__open",
            "due_on",
            "id",
            sqlite_where=text("done_text IS NULL AND waived_text IS NULL"),
            postgresql_where=text("done_text IS NULL AND waived_text IS NULL"),
        ),
        Index(
            "ix_occurrence__settled",
            "due_on",
            "id",
            sqlite_where=text("done_text IS NOT NULL OR waived_text IS NOT NULL"),
            postgresql_where=text("done_text IS NOT NULL OR waived_text IS NOT NULL"),
        ),
        Index(
            "ix_occurrence__between",
            "warn_on",
            sqlite_where=text("warn_on < due_on AND done_text IS NULL AND waived_text IS NULL"),
            postgresql_where=text("warn_on < due_on AND done_text IS NULL AND waived_text IS NULL"),
        ),
        Index(
            "ix_occurrence__done_lower",
            "done_lower",
            "warn_on",
            sqlite_where=text("done_lower IS NOT NULL"),
            postgresql_where=text("done_lower IS NOT NULL"),
        ),
        Index(
            "ix_occurrence__waived_lower",
            "waived_lower",
            "warn_on",
            sqlite_where=text("waived_lower IS NOT NULL"),
            postgresql_where=text("waived_lower IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    obligation_id: int = belongs_to("obligation")
    due_on: date | None = None
    warn_on: date | None = None
    done_text: str | None = None
    done_lower: date | None = None
    done_upper: date | None = None
    evidence: str | None = None
    activity_id: int | None = names("activity", nullable=True, default=None)
    waived_text: str | None = None
    waived_lower: date | None = None
    waived_upper: date | None = None
    waived_reason: str | None = None
    because: str | None = None
