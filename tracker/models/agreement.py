"""Agreements: one instrument each, with its countries, languages, scope areas and participations."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.models.base import belongs_to, choice, names
from tracker.models.enums import AgreementKind, Confidentiality, Role


class Agreement(SQLModel, table=True):
    """One instrument. The last five columns are derived from its events and provisions (``actions.derivation``)."""

    id: int = Field(default=None, primary_key=True)
    ref: str = Field(unique=True)
    title: str
    kind: AgreementKind = choice(AgreementKind, "kind")
    summary: str | None = None
    source: str | None = None
    confidentiality: Confidentiality = choice(Confidentiality, "confidentiality")
    responsible_id: int | None = names("person", nullable=True, default=None)
    recorded_on: date

    signed_text: str | None = None
    """The day of signature as written: of the last signature needed, else of the first."""
    in_force_text: str | None = None
    """The day of entry into force as far as it is known (``2017``, ``unknown``); NULL where it is not in force."""
    in_force_on: date | None = None
    """The first day in force (lower bound)."""
    last_day: date | None = None
    """The last day on which it binds; NULL where open or unknown."""
    derived_until: date | None = Field(default=None, index=True)
    """The day up to which open-ended terms and series are derived; NULL where nothing is open-ended."""


class AgreementCountry(SQLModel, table=True):
    __tablename__ = "agreement_country"
    __table_args__ = (
        UniqueConstraint("agreement_id", "country"),
        CheckConstraint("length(country) = 2", name="country"),
    )

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    position: int
    country: str = Field(index=True)


class AgreementLanguage(SQLModel, table=True):
    __tablename__ = "agreement_language"
    __table_args__ = (UniqueConstraint("agreement_id", "language"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    position: int
    language: str


class AgreementScope(SQLModel, table=True):
    __tablename__ = "agreement_scope"
    __table_args__ = (UniqueConstraint("agreement_id", "scope_id"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    position: int
    scope_id: int = names("scope_area", nullable=False)


class Participation(SQLModel, table=True):
    """A party in an agreement: its role, and who signed for it, holding which office that day."""

    __table_args__ = (UniqueConstraint("agreement_id", "party_id", "role"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    position: int
    party_id: int = names("party", nullable=False)
    role: Role = choice(Role, "role")
    signatory_id: int | None = names("person", nullable=True, default=None)
    signatory_office: str | None = None

    in_force_text: str | None = None
    """Derived: the day of entry into force for this party, as far as it is known; NULL where there is none."""
