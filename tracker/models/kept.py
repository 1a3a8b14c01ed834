"""What was read of kept files: derived from their content, and read again whenever it is wanted (``db reindex``)."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.models.base import belongs_to, choice
from tracker.models.enums import TextState


class KeptFile(SQLModel, table=True):
    """The content under one SHA-256: its size in bytes, its media type, and how reading its text went.

    ``pages`` is how many it has; NULL where it has none or they are not known.
    """

    __tablename__ = "kept_file"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    id: int = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    size: int
    media_type: str
    text_state: TextState = choice(TextState, "text_state")
    pages: int | None = None


class FilePage(SQLModel, table=True):
    """A page of a file's text, or a part of one (``position`` from 0); ``page`` is NULL where there are no pages."""

    __tablename__ = "file_page"
    __table_args__ = (UniqueConstraint("file_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    file_id: int = belongs_to("kept_file")
    position: int
    page: int | None = None
    text: str


class FileClause(SQLModel, table=True):
    """An article, clause or section of a file's text (``tracker.rules.clauses``), in the order of the text."""

    __tablename__ = "file_clause"
    __table_args__ = (UniqueConstraint("file_id", "position"),)

    id: int = Field(default=None, primary_key=True)
    file_id: int = belongs_to("kept_file")
    position: int
    family: str
    number: str
    heading: str
    page: int | None = None
    text: str
