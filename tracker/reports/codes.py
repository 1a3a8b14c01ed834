"""The values of the code lists in words, each a message of the catalogue; and states, which queries make."""

from __future__ import annotations

from tracker.reports.words import _, mark

WORDS = {
    # kinds of agreement
    "treaty": mark("treaty"),
    "convention": mark("convention"),
    "protocol": mark("protocol"),
    "framework-agreement": mark("framework agreement"),
    "cooperation-agreement": mark("cooperation agreement"),
    "memorandum-of-understanding": mark("memorandum of understanding"),
    "letter-of-intent": mark("letter of intent"),
    "exchange-of-notes": mark("exchange of notes"),
    "project-agreement": mark("project agreement"),
    "grant-agreement": mark("grant agreement"),
    "data-sharing-agreement": mark("data sharing agreement"),
    "host-country-agreement": mark("host country agreement"),
    "amendment": mark("amendment"),
    "other": mark("other"),
    # kinds of party
    "state": mark("State"),
    "ministry": mark("ministry"),
    "agency": mark("agency"),
    "local-authority": mark("local authority"),
    "intergovernmental-organization": mark("intergovernmental organization"),
    "ngo": mark("NGO"),
    "academic": mark("academic"),
    "private-sector": mark("private sector"),
    # roles
    "party": mark("party"),
    "participant": mark("participant"),
    "implementing-partner": mark("implementing partner"),
    "donor": mark("donor"),
    "observer": mark("observer"),
    "depositary": mark("depositary"),
    "third-party": mark("third party"),
    # statuses
    "replaced": mark("replaced"),
    "terminated": mark("terminated"),
    "abandoned": mark("abandoned"),
    "expired": mark("expired"),
    "suspended": mark("suspended"),
    "in-force": mark("in force"),
    "provisionally-applied": mark("provisionally applied"),
    "signed": mark("signed"),
    "negotiating": mark("negotiating"),
    # kinds of obligation
    "training": mark("training"),
    "reporting": mark("reporting"),
    "meeting": mark("meeting"),
    "information-sharing": mark("information sharing"),
    "funding": mark("funding"),
    "provision": mark("provision"),
    "notification": mark("notification"),
    # states of due dates, of obligations and of deadlines
    "fulfilled": mark("fulfilled"),
    "waived": mark("waived"),
    "lapsed": mark("lapsed"),
    "overdue": mark("overdue"),
    "pending": mark("pending"),
    "ongoing": mark("ongoing"),
    "without-result": mark("without result"),
    # kinds of activity
    "work-session": mark("work session"),
    "information-exchange": mark("information exchange"),
    "technical-assistance": mark("technical assistance"),
    "study-visit": mark("study visit"),
    "joint-operation": mark("joint operation"),
    # statuses of activities
    "planned": mark("planned"),
    "held": mark("held"),
    "postponed": mark("postponed"),
    "cancelled": mark("cancelled"),
    # kinds of document
    "signed-text": mark("signed text"),
    "annex": mark("annex"),
    "certified-copy": mark("certified copy"),
    "minutes": mark("minutes"),
    "attendance-list": mark("attendance list"),
    "report": mark("report"),
    "correspondence": mark("correspondence"),
    "press-release": mark("press release"),
    # kinds of link
    "amends": mark("amends"),
    "extends": mark("extends"),
    "replaces": mark("replaces"),
    "implements": mark("implements"),
    "terminates": mark("terminates"),
    # kinds of deadline and of milestone
    "obligation": mark("obligation"),
    "activity": mark("activity"),
    "notice": mark("notice"),
    "expiry": mark("expiry"),
    "renewal": mark("renewal"),
    "entry-into-force": mark("entry into force"),
    # how a term came about, beside entry into force
    "tacit": mark("tacit"),
    "express": mark("express"),
    # confidentiality
    "public": mark("public"),
    "internal": mark("internal"),
    "confidential": mark("confidential"),
    # severities of findings
    "error": mark("error"),
    "warning": mark("warning"),
    "note": mark("note"),
}
HAPPENED = {
    "negotiation-opened": mark("negotiation opened"),
    "adopted": mark("adopted"),
    "signed": mark("signed"),
    "ratified": mark("ratified"),
    "accepted": mark("accepted"),
    "approved": mark("approved"),
    "acceded": mark("acceded"),
    "formally-confirmed": mark("formally confirmed"),
    "provisionally-applied": mark("provisionally applied"),
    "entered-into-force": mark("entered into force"),
    "renewed": mark("renewed"),
    "suspended": mark("suspended"),
    "resumed": mark("resumed"),
    "non-renewal-notice": mark("notice of non-renewal"),
    "termination-notice": mark("notice of termination"),
    "withdrew": mark("withdrew"),
    "terminated": mark("terminated"),
    "abandoned": mark("abandoned"),
    "registered": mark("registered"),
}
"""Events as what has happened; what they are called as headings depends on the instrument (``rules.wording``)."""

INSTRUMENT = (
    mark("in effect"),
    mark("enters into force"),
    mark("comes into effect"),
    mark("coming into effect"),
    mark("parties"),
    mark("participants"),
    mark("negotiation opened"),
    mark("provisional application"),
    mark("ratification"),
    mark("acceptance"),
    mark("approval"),
    mark("accession"),
    mark("formal confirmation"),
    mark("signature"),
    mark("adoption"),
    mark("suspension"),
    mark("resumption"),
    mark("notice of non-renewal"),
    mark("notice of termination"),
    mark("withdrawal"),
    mark("termination"),
    mark("abandonment"),
    mark("registration"),
)
"""Words of ``rules.wording`` beyond the codes: what events and statuses are called for an instrument."""


def code(value: str | None) -> str:
    """A value of a code list in words: ``memorandum of understanding``; an unknown one with its hyphens opened."""
    if value is None:
        return ""
    known = WORDS.get(value)
    return _(known) if known else value.replace("-", " ")


def happened(kind: str) -> str:
    """An event as what has happened: ``ratified``. Raises ValueError where there is no such event."""
    if kind not in HAPPENED:
        raise ValueError(kind)
    return _(HAPPENED[kind])
