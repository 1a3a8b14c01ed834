"""What calendars were given: every deadline as they were last told of it, and which calendar has which."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlmodel import Field, SQLModel


class CalendarEntry(SQLModel, table=True):
    """A deadline as calendars know it (``tracker.rules.calendar.Entry``). It outlives the deadline and its agreement,
    so that a cancellation can be given, and holds no text of either."""

    __tablename__ = "calendar_entry"
    __table_args__ = (UniqueConstraint("agreement", "key"),)

    uid: str = Field(primary_key=True)
    agreement: str
    """The agreement's reference; the agreement may have been removed."""
    key: str
    first_day: date
    last_day: date
    sequence: int
    revised_at: str
    """The moment of the last revision in UTC, as ``2026-11-24T00:00:00Z``."""
    cancelled: bool
    confidential: bool
    digest: str


class CalendarGiven(SQLModel, table=True):
    """That a calendar has an entry. ``calendar`` stands for the filters it was made with."""

    __tablename__ = "calendar_given"

    calendar: str = Field(primary_key=True)
    uid: str = Field(
        sa_type=String,
        sa_column_args=[ForeignKey("calendar_entry.uid", ondelete="CASCADE")],
        primary_key=True,
        index=True,
    )
