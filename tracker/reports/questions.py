"""What is not known about an agreement, in sentences: the open questions of its fact sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.models.enums import BOUND_ROLES
from tracker.reports import phrases

if TYPE_CHECKING:
    from tracker.reports.factsheet import AgreementReport

NAMED = 8
"""Most parties named in one question; more are counted."""


def answered(report: AgreementReport) -> AgreementReport:
    """The report with its open questions."""
    asked = (*_of_the_agreement(report), *_of_obligations(report), *_of_activities(report), *_of_papers(report))
    return replace(report, questions=asked)


def _of_the_agreement(report: AgreementReport) -> Iterator[str]:
    words = report.words
    provided = {provision.what for provision in report.provisions}
    entry = phrases.capital(words.entry_into_force)
    signed = any(event.kind == "signed" for event in report.events)
    if report.signed in (None, phrases.UNKNOWN):
        yield "The day of signature is unknown." if signed else "No signature is recorded."
    elif len(report.signed or "") < 10:
        yield f"The exact day of signature is unknown: {phrases.day(report.signed)} is all that is recorded."
    if report.in_force is None:
        if entry in provided:
            yield f"{entry} is provided for, but the day has not been established."
        else:
            yield f"Nothing is recorded on {words.entry_into_force}: neither an event nor a provision."
    elif len(report.in_force) < 10 or report.in_force == phrases.UNKNOWN:
        yield f"The exact day of {words.entry_into_force} is unknown."
    if not provided & {"Duration", "End"}:
        yield "How long it lasts is not recorded: neither a duration nor an end, nor that it has none."
    if not report.parties:
        yield "No parties are recorded."
    unsigned = [
        party.acronym or party.name
        for party in report.parties
        if party.role in BOUND_ROLES and party.signatory is None and len(report.parties) <= NAMED
    ]
    if unsigned and signed:
        yield f"Who signed for {phrases.listed(unsigned)} is not recorded."
    if not report.scopes:
        yield "No scope areas are recorded."
    if report.responsible is None:
        yield "Nobody is recorded as responsible for following it up."


def _of_obligations(report: AgreementReport) -> Iterator[str]:
    if not report.obligations:
        yield "No obligations are recorded."
    lacking = {
        "has no due date": [item.ref for item in report.obligations if item.due == "ongoing"],
        "rests on no clause": [item.ref for item in report.obligations if not item.clause],
        "names nobody who owes it": [item.ref for item in report.obligations if not item.owed_by],
        "has nobody responsible": [item.ref for item in report.obligations if not item.responsible],
    }
    many = {
        "has no due date": "have no due date",
        "rests on no clause": "rest on no clause",
        "names nobody who owes it": "name nobody who owes them",
        "has nobody responsible": "have nobody responsible",
    }
    for one, refs in lacking.items():
        if refs:
            yield f"{phrases.capital(_obligations(refs))} {one if len(refs) == 1 else many[one]}."
    for item in report.obligations:
        if item.waits_for:
            yield f"Obligation {_short(item.ref)} cannot fall due yet: {phrases.days(item.waits_for)}."


def _obligations(refs: Sequence[str]) -> str:
    return f"obligation{'' if len(refs) == 1 else 's'} {phrases.listed([_short(ref) for ref in refs])}"


def _short(ref: str) -> str:
    return ref.rpartition("/")[2]


def _of_activities(report: AgreementReport) -> Iterator[str]:
    for item in report.activities:
        if item.state == "without-result":
            yield (
                f"Activity {_short(item.ref)} was planned for {phrases.day(item.until or item.on)}: "
                "whether it was held is not recorded."
            )
        elif item.state == "held" and not item.people.total:
            yield f"How many people attended activity {_short(item.ref)} is not recorded."
        elif item.people.unsplit:
            yield (
                f"Activity {_short(item.ref)}: {phrases.plural(item.people.unsplit, 'person is', 'people are')} "
                "counted without saying how many were women and men."
            )


def _of_papers(report: AgreementReport) -> Iterator[str]:
    if not report.documents:
        yield "No documents are kept with it."
    elif not any(item.get("kind") == "signed-text" for item in report.documents):
        yield "The signed text is not among the documents kept with it."
    if not report.source:
        yield "Where this record was taken from is not said."
