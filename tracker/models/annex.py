"""What hangs on an agreement beside its obligations: documents, links, notes, figures and contacts."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.models.base import WrittenOn, belongs_to, choice, names
from tracker.models.enums import DocumentKind, LinkKind


class Document(WrittenOn, table=True):
    """A file, kept by its SHA-256 beside the database; without one it is only named, not kept."""

    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    position: int
    file: str
    kind: DocumentKind = choice(DocumentKind, "kind")
    title: str | None = None
    language: str | None = None
    sha256: str | None = None


class Link(SQLModel, table=True):
    """What this agreement does to another, named by its reference (which may be recorded later)."""

    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        UniqueConstraint("agreement_id", "kind", "to_ref"),
    )

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    position: int
    kind: LinkKind = choice(LinkKind, "kind")
    to_ref: str = Field(index=True)


class Note(WrittenOn, table=True):
    """A dated remark."""

    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    position: int
    text: str


class Figure(SQLModel, table=True):
    """A number the agreement rests on or is measured by; ``value`` is a decimal kept as text."""

    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    position: int
    what: str
    value: str
    unit: str | None = None
    period: str | None = None
    source: str | None = None


class Contact(SQLModel, table=True):
    """A person to ask about an agreement."""

    __table_args__ = (UniqueConstraint("agreement_id", "person_id"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    position: int
    person_id: int = names("person", nullable=False)
