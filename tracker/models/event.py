"""Events and provisions: the facts and the rules from which standing, terms and milestones are derived."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from tracker.models.base import WrittenOn, WrittenUntil, belongs_to, choice, names
from tracker.models.enums import EventKind, ProvisionKind


class Event(WrittenOn, WrittenUntil, table=True):
    """A dated fact in the agreement's life; without a party it is of all parties."""

    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    number: int
    position: int
    kind: EventKind = choice(EventKind, "kind")
    party_id: int | None = names("party", nullable=True, default=None)
    duration: str | None = None
    """For how long a renewal holds, in canonical words (``3 years``)."""
    note: str | None = None


class Provision(SQLModel, table=True):
    """One rule of the agreement, in canonical words; ``period`` and ``times`` belong to the renewal."""

    __table_args__ = (UniqueConstraint("agreement_id", "kind"),)

    id: int = Field(default=None, primary_key=True)
    agreement_id: int = belongs_to("agreement")
    kind: ProvisionKind = choice(ProvisionKind, "kind")
    rule: str
    period: str | None = None
    times: int | None = None
    clause: str | None = None
