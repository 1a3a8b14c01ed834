"""Scope areas: the hierarchical code list of what agreements are about."""

from sqlmodel import Field, SQLModel

from tracker.models.base import names


class ScopeArea(SQLModel, table=True):
    """One area, with its Global Compact objectives, SDG targets and DAC purpose codes (``;`` between several).

    ``builtin`` areas come with the program (``db/reference/scopes.csv``); the others are the officers' own.
    """

    __tablename__ = "scope_area"

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    parent_id: int | None = names("scope_area", nullable=True, default=None)
    name_en: str
    name_es: str | None = None
    name_fr: str | None = None
    gcm: str | None = None
    sdg: str | None = None
    dac: str | None = None
    builtin: bool = False
