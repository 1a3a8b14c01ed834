"""Activities: the follow-up of an agreement, and who attended."""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from tracker.models.base import WrittenOn, WrittenUntil, belongs_to, choice, names
from tracker.models.enums import ActivityKind, ActivityStatus


class Activity(WrittenOn, WrittenUntil, table=True):
    """A training, work session, exchange of information or another follow-up."""

    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        Index("ix_activity__on_lower", "on_lower"),
        Index(
            "ix_activity__open",
            text("coalesce(until_upper, on_upper)"),
            sqlite_where=text("status IN ('planned', 'postponed')"),
            postgresql_where=text("status IN ('planned', 'postponed')"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    position: int
    title: str
    kind: ActivityKind = choice(ActivityKind, "kind")
    place: str | None = None
    status: ActivityStatus = choice(ActivityStatus, "status")


class ActivityScope(SQLModel, table=True):
    __tablename__ = "activity_scope"
    __table_args__ = (UniqueConstraint("activity_id", "scope_id"),)

    id: int = Field(default=None, primary_key=True)
    activity_id: int = belongs_to("activity")
    position: int
    scope_id: int = names("scope_area", nullable=False)


class Attendance(SQLModel, table=True):
    """People of one party at an activity. ``total`` is kept only where no split by sex is known."""

    __table_args__ = (
        UniqueConstraint("activity_id", "party_id"),
        CheckConstraint("women >= 0 AND men >= 0 AND other >= 0 AND total >= 0", name="counts"),
    )

    id: int = Field(default=None, primary_key=True)
    activity_id: int = belongs_to("activity")
    position: int
    party_id: int = names("party", nullable=False)
    women: int | None = None
    men: int | None = None
    other: int | None = None
    total: int | None = None
