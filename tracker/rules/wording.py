"""Words that fit the instrument and the party, as the treaty glossaries have them. Pure; decides no status.

A memorandum that is not binding comes into effect between participants; a treaty enters into force between
parties. An international organisation does not ratify: it gives an act of formal confirmation (Vienna
Convention of 1986, article 2(1)(b bis)).
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.models.enums import AgreementKind, EventKind, PartyKind, Status


@dataclass(frozen=True, slots=True)
class Wording:
    """The words for one kind of instrument."""

    in_force: str
    enters_into_force: str
    entry_into_force: str
    party: str
    parties: str


BINDING = Wording("in force", "enters into force", "entry into force", "party", "parties")
NOT_BINDING = Wording("in effect", "comes into effect", "coming into effect", "participant", "participants")
NOT_BINDING_KINDS = frozenset({AgreementKind.MEMORANDUM_OF_UNDERSTANDING, AgreementKind.LETTER_OF_INTENT})

_EVENTS = {
    EventKind.NEGOTIATION_OPENED: "negotiation opened",
    EventKind.PROVISIONALLY_APPLIED: "provisional application",
    EventKind.RATIFIED: "ratification",
    EventKind.ACCEPTED: "acceptance",
    EventKind.APPROVED: "approval",
    EventKind.ACCEDED: "accession",
    EventKind.FORMALLY_CONFIRMED: "formal confirmation",
    EventKind.SIGNED: "signature",
    EventKind.ADOPTED: "adoption",
    EventKind.RENEWED: "renewal",
    EventKind.SUSPENDED: "suspension",
    EventKind.RESUMED: "resumption",
    EventKind.NON_RENEWAL_NOTICE: "notice of non-renewal",
    EventKind.TERMINATION_NOTICE: "notice of termination",
    EventKind.WITHDREW: "withdrawal",
    EventKind.TERMINATED: "termination",
    EventKind.ABANDONED: "abandonment",
    EventKind.REGISTERED: "registration",
}


def wording(kind: str) -> Wording:
    """The words for an instrument of this kind (a value of AgreementKind)."""
    return NOT_BINDING if kind in NOT_BINDING_KINDS else BINDING


def status_in_words(status: str, kind: str) -> str:
    """A status as it is said of this kind of instrument: ``in force``, ``in effect``, ``provisionally applied``."""
    return wording(kind).in_force if status == Status.IN_FORCE else status.replace("-", " ")


def event_in_words(event: str, kind: str, party_kind: str | None = None) -> str:
    """An event as it is called for this instrument and party: an organisation's ratification is a formal
    confirmation."""
    if event == EventKind.ENTERED_INTO_FORCE:
        return wording(kind).entry_into_force
    if event == EventKind.RATIFIED and party_kind == PartyKind.INTERGOVERNMENTAL_ORGANIZATION:
        return _EVENTS[EventKind.FORMALLY_CONFIRMED]
    return _EVENTS[EventKind(event)]
