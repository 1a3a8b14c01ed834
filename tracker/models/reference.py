"""References ever given, so that none is given twice, not even after a removal."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Reference(SQLModel, table=True):
    """``key`` is the reference without regard to case; ``stem`` and ``number`` those of a counted one."""

    __table_args__ = (Index("ix_reference__stem_number", "stem", "number"),)

    key: str = Field(primary_key=True)
    ref: str
    stem: str | None = None
    number: int | None = None
