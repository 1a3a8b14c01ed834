"""What every table shares: the naming of constraints, string enumerations with a CHECK, dates with both bounds.

Holds no noun of its own.
"""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Enum, ForeignKey, Integer
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s__%(column_0_N_name)s",
    "uq": "uq_%(table_name)s__%(column_0_N_name)s",
    "ck": "ck_%(table_name)s__%(constraint_name)s",
    "fk": "fk_%(table_name)s__%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def choice(codes: type[StrEnum], name: str, *, nullable: bool = False, **kwargs: Any) -> Any:
    """A column holding one value of ``codes`` as text; the database checks it (constraint ``name``)."""
    kind = Enum(
        codes,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda enum: [member.value for member in enum],
    )
    return Field(sa_type=kind, nullable=nullable, **kwargs)


def belongs_to(table: str, **kwargs: Any) -> Any:
    """A column naming the row this one is a part of: it goes when that row goes."""
    return Field(
        sa_type=Integer,
        sa_column_args=[ForeignKey(f"{table}.id", ondelete="CASCADE")],
        nullable=False,
        index=True,
        **kwargs,
    )


def names(table: str, **kwargs: Any) -> Any:
    """A column naming a row that exists by itself and cannot be removed while it is named."""
    return Field(
        sa_type=Integer,
        sa_column_args=[ForeignKey(f"{table}.id")],
        index=True,
        **kwargs,
    )


class WrittenOn(SQLModel):
    """A day as written (``2017``) with its bounds, both inclusive; ``unknown`` has neither."""

    on_text: str | None = None
    on_lower: date | None = None
    on_upper: date | None = None


class WrittenUntil(SQLModel):
    """A last day as written with its bounds, both inclusive."""

    until_text: str | None = None
    until_lower: date | None = None
    until_upper: date | None = None
