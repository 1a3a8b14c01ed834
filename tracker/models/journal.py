"""The journal: one entry for each write, and the rows it changed. Written by ``store.journal``, never by a session."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from tracker.models.base import choice
from tracker.models.enums import Operation


class JournalEntry(SQLModel, table=True):
    """One write. ``hash`` covers the entry before it, and every row of this one."""

    __tablename__ = "journal_entry"

    number: int = Field(primary_key=True)
    """From 1, without gaps."""
    at: str
    """When: UTC, to the second."""
    actor: str
    """Who: the user and host, or what --actor said."""
    command: str
    salt: bytes
    """The salt of ``digest``, erased with the words."""
    digest: bytes
    """HMAC-SHA-256 of actor and command."""
    undoes: int | None = None
    """The entry that this one reverts."""
    count: int
    """How many rows the entry has."""
    key: str
    """The name of the key that sealed it."""
    hash: str
    """SHA-256 over the hash before and everything in this entry."""
    seal: str
    """HMAC-SHA-256 of the hash with that key, which is kept outside of the database."""


class JournalRow(SQLModel, table=True):
    """One row that an entry changed."""

    __tablename__ = "journal_row"
    __table_args__ = (
        Index("ix_journal_row__table_name_row_key", "table_name", "row_key", "entry"),
        {"sqlite_with_rowid": False},
    )

    entry: int = Field(primary_key=True, foreign_key="journal_entry.number")
    position: int = Field(primary_key=True)
    table_name: str
    row_key: str
    operation: Operation = choice(Operation, "operation")
    ref: str | None = Field(default=None, index=True)
    """The reference of what the row belongs to."""
    payload: str
    """JSON: the row's values; for an update the changed columns, each with its old and new value."""
    salt: bytes
    """The salt of ``digest``, made anew when values are erased."""
    digest: bytes
    """HMAC-SHA-256 of the values as first written; an ``erase`` row holds the one of what was left of them."""
