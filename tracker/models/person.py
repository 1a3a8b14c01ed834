"""People: signatories, contacts and those responsible."""

from sqlmodel import Field, SQLModel

from tracker.models.base import names


class Person(SQLModel, table=True):
    """A person, told apart by name and e-mail; ``office`` is the one held today."""

    id: int = Field(default=None, primary_key=True)
    ref: str = Field(unique=True)
    name: str
    name_key: str = Field(index=True)
    office: str | None = None
    email: str | None = None
    phone: str | None = None
    party_id: int | None = names("party", nullable=True, default=None)
