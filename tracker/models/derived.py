"""Derived rows: standing, terms and milestones, rewritten whenever the facts they come from change.

``because`` holds the chain of reasons as JSON (``tracker.rules.facts.Reason``).
"""

from datetime import date

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.models.base import belongs_to, choice
from tracker.models.enums import MilestoneKind, Status


class Standing(SQLModel, table=True):
    """The status over an interval of days, both ends included; a missing end is open."""

    __table_args__ = (Index("ix_standing__status_to_day", "status", "to_day"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    status: Status = choice(Status, "status")
    from_day: date | None = None
    to_day: date | None = None
    because: str


class Term(SQLModel, table=True):
    """One period for which the agreement binds; ``warn_day`` is the lower bound of its last day."""

    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    from_day: date | None = None
    to_day: date | None = None
    warn_day: date | None = None
    notice_day: date | None = None
    renews: bool
    origin: str
    because: str


class Milestone(SQLModel, table=True):
    """A day to watch: entry into force, notice day, renewal, expiry."""

    __table_args__ = (
        Index("ix_milestone__on_day", "on_day", "id"),
        Index(
            "ix_milestone__between",
            "warn_day",
            sqlite_where=text("warn_day < on_day"),
            postgresql_where=text("warn_day < on_day"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    kind: MilestoneKind = choice(MilestoneKind, "kind")
    on_day: date
    warn_day: date
    term: int | None = None
    because: str
