"""Every table, imported once so that the metadata is whole (migrations, engine)."""

from sqlmodel import SQLModel

from tracker.models.activity import Activity, ActivityScope, Attendance
from tracker.models.agreement import (
    Agreement,
    AgreementCountry,
    AgreementLanguage,
    AgreementScope,
    Participation,
)
from tracker.models.annex import Contact, Document, Figure, Link, Note, PartyDocument
from tracker.models.calendar import CalendarEntry, CalendarGiven
from tracker.models.derived import Milestone, Standing, Term
from tracker.models.event import Event, Provision
from tracker.models.journal import JournalEntry, JournalRow
from tracker.models.kept import FileClause, FilePage, KeptFile
from tracker.models.obligation import (
    Obligation,
    ObligationParty,
    ObligationScope,
    Occurrence,
    Side,
)
from tracker.models.party import Party, PartyName
from tracker.models.person import Person
from tracker.models.reference import Reference
from tracker.models.scope import ScopeArea

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "Activity",
    "ActivityScope",
    "Agreement",
    "AgreementCountry",
    "AgreementLanguage",
    "AgreementScope",
    "Attendance",
    "CalendarEntry",
    "CalendarGiven",
    "Contact",
    "Document",
    "Event",
    "Figure",
    "FileClause",
    "FilePage",
    "JournalEntry",
    "JournalRow",
    "KeptFile",
    "Link",
    "Milestone",
    "Note",
    "Obligation",
    "ObligationParty",
    "ObligationScope",
    "Occurrence",
    "Participation",
    "Party",
    "PartyDocument",
    "PartyName",
    "Person",
    "Provision",
    "Reference",
    "ScopeArea",
    "Side",
    "Standing",
    "Term",
]
