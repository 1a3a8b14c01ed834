"""What hangs on an agreement beside its obligations: documents, links, notes, figures and contacts."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.models.base import WrittenOn, belongs_to, choice, names
from tracker.models.enums import DocumentKind, LinkKind


class Named(WrittenOn):
    """What is said of a file; without ``sha256`` it is only named, not kept."""

    file: str
    kind: DocumentKind = choice(DocumentKind, "kind")
    title: str | None = None
    language: str | None = None
    sha256: str | None = Field(default=None, index=True)


class Document(Named, table=True):
    """A file, kept by its SHA-256 beside the database. ``of_part`` names what it is the document of within the
    agreement: an activity (``A1``), an obligation (``O1``) or one due date (``O1:2017-11-18``), as its evidence."""

    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    position: int
    of_part: str | None = None


class PartyDocument(Named, table=True):
    """A file kept with a party: its statutes, a mandate, a letter that belongs to no agreement."""

    __tablename__ = "party_document"
    __table_args__ = (
        UniqueConstraint("party_id", "number"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: int = Field(default=None, primary_key=True)
    party_id: int = belongs_to("party")
    number: int


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
