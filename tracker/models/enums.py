"""The code lists of the vocabulary as string enumerations; stored as text and checked by the database.

Kept free of SQLModel and pydantic so that the command line can offer the values at once.
"""

from __future__ import annotations

from enum import StrEnum


class AgreementKind(StrEnum):
    TREATY = "treaty"
    CONVENTION = "convention"
    PROTOCOL = "protocol"
    FRAMEWORK_AGREEMENT = "framework-agreement"
    COOPERATION_AGREEMENT = "cooperation-agreement"
    MEMORANDUM_OF_UNDERSTANDING = "memorandum-of-understanding"
    LETTER_OF_INTENT = "letter-of-intent"
    EXCHANGE_OF_NOTES = "exchange-of-notes"
    PROJECT_AGREEMENT = "project-agreement"
    GRANT_AGREEMENT = "grant-agreement"
    DATA_SHARING_AGREEMENT = "data-sharing-agreement"
    HOST_COUNTRY_AGREEMENT = "host-country-agreement"
    AMENDMENT = "amendment"
    OTHER = "other"


class PartyKind(StrEnum):
    STATE = "state"
    MINISTRY = "ministry"
    AGENCY = "agency"
    LOCAL_AUTHORITY = "local-authority"
    INTERGOVERNMENTAL_ORGANIZATION = "intergovernmental-organization"
    NGO = "ngo"
    ACADEMIC = "academic"
    PRIVATE_SECTOR = "private-sector"
    OTHER = "other"


class Role(StrEnum):
    """What a party is in an agreement. Only ``party`` and ``participant`` are bound by it."""

    PARTY = "party"
    PARTICIPANT = "participant"
    IMPLEMENTING_PARTNER = "implementing-partner"
    DONOR = "donor"
    OBSERVER = "observer"
    DEPOSITARY = "depositary"
    THIRD_PARTY = "third-party"


BOUND_ROLES = frozenset({Role.PARTY, Role.PARTICIPANT})


class EventKind(StrEnum):
    NEGOTIATION_OPENED = "negotiation-opened"
    ADOPTED = "adopted"
    SIGNED = "signed"
    RATIFIED = "ratified"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    ACCEDED = "acceded"
    FORMALLY_CONFIRMED = "formally-confirmed"
    PROVISIONALLY_APPLIED = "provisionally-applied"
    ENTERED_INTO_FORCE = "entered-into-force"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    NON_RENEWAL_NOTICE = "non-renewal-notice"
    TERMINATION_NOTICE = "termination-notice"
    WITHDREW = "withdrew"
    TERMINATED = "terminated"
    ABANDONED = "abandoned"
    REGISTERED = "registered"


CONSENT = frozenset(
    {
        EventKind.RATIFIED,
        EventKind.ACCEPTED,
        EventKind.APPROVED,
        EventKind.ACCEDED,
        EventKind.FORMALLY_CONFIRMED,
    }
)


class Status(StrEnum):
    """The standing of an agreement on a day; the first in this order that applies."""

    REPLACED = "replaced"
    TERMINATED = "terminated"
    ABANDONED = "abandoned"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    IN_FORCE = "in-force"
    PROVISIONALLY_APPLIED = "provisionally-applied"
    SIGNED = "signed"
    NEGOTIATING = "negotiating"


class RenewalMode(StrEnum):
    NONE = "none"
    TACIT = "tacit"
    EXPRESS = "express"


class ProvisionKind(StrEnum):
    ENTRY_INTO_FORCE = "entry-into-force"
    DURATION = "duration"
    ENDS = "ends"
    INDEFINITE = "indefinite"
    RENEWAL = "renewal"
    NOTICE = "notice"


class MilestoneKind(StrEnum):
    ENTRY_INTO_FORCE = "entry-into-force"
    NOTICE = "notice"
    RENEWAL = "renewal"
    EXPIRY = "expiry"


class ObligationKind(StrEnum):
    TRAINING = "training"
    REPORTING = "reporting"
    MEETING = "meeting"
    INFORMATION_SHARING = "information-sharing"
    FUNDING = "funding"
    PROVISION = "provision"
    NOTIFICATION = "notification"
    OTHER = "other"


class OccurrenceState(StrEnum):
    FULFILLED = "fulfilled"
    WAIVED = "waived"
    LAPSED = "lapsed"
    OVERDUE = "overdue"
    PENDING = "pending"
    ONGOING = "ongoing"


class ActivityKind(StrEnum):
    TRAINING = "training"
    WORK_SESSION = "work-session"
    INFORMATION_EXCHANGE = "information-exchange"
    TECHNICAL_ASSISTANCE = "technical-assistance"
    STUDY_VISIT = "study-visit"
    MEETING = "meeting"
    JOINT_OPERATION = "joint-operation"
    OTHER = "other"


class ActivityStatus(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class DocumentKind(StrEnum):
    SIGNED_TEXT = "signed-text"
    ANNEX = "annex"
    AMENDMENT = "amendment"
    CERTIFIED_COPY = "certified-copy"
    MINUTES = "minutes"
    ATTENDANCE_LIST = "attendance-list"
    REPORT = "report"
    CORRESPONDENCE = "correspondence"
    PRESS_RELEASE = "press-release"
    OTHER = "other"


class LinkKind(StrEnum):
    AMENDS = "amends"
    EXTENDS = "extends"
    REPLACES = "replaces"
    IMPLEMENTS = "implements"
    TERMINATES = "terminates"


class NameKind(StrEnum):
    """How a further name of a party is used: a name it had before, or another one it has."""

    FORMER = "former"
    OTHER = "other"


class Confidentiality(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


class Operation(StrEnum):
    """What an entry of the journal did to a row; ``erase`` took a person's data out of an earlier entry."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"
    ERASE = "erase"


class TextState(StrEnum):
    """What became of reading a kept file's text; all but the first two have none."""

    READ = "read"
    PARTLY_READ = "partly-read"
    NO_TEXT = "no-text"
    NOT_READ = "not-read"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    UNSAFE = "unsafe"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
