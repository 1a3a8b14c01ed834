"""What is not known about an agreement, in sentences: the open questions of its fact sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.models.enums import BOUND_ROLES
from tracker.reports import phrases, reasons
from tracker.reports.words import _, ngettext

if TYPE_CHECKING:
    from tracker.reports.factsheet import AgreementReport

NAMED = 8
"""Most parties named in one question; more are counted."""


def answered(report: AgreementReport) -> AgreementReport:
    """The report with its open questions."""
    asked = (*_of_the_agreement(report), *_of_obligations(report), *_of_activities(report), *_of_papers(report))
    return replace(report, questions=asked)


def _of_the_agreement(report: AgreementReport) -> Iterator[str]:
    provided = {provision.key for provision in report.provisions}
    entry = _(report.words.entry_into_force)
    signed = any(event.kind == "signed" for event in report.events)
    if report.signed in (None, phrases.UNKNOWN):
        yield _("The day of signature is unknown.") if signed else _("No signature is recorded.")
    elif len(report.signed or "") < 10:
        known = phrases.day(report.signed)
        yield _("The exact day of signature is unknown: {known} is all that is recorded.").format(known=known)
    if report.in_force is None:
        if "entry_into_force" in provided:
            message = _("{entry} is provided for, but the day has not been established.")
            yield message.format(entry=phrases.capital(entry))
        else:
            yield _("Nothing is recorded on {entry}: neither an event nor a provision.").format(entry=entry)
    elif len(report.in_force) < 10 or report.in_force == phrases.UNKNOWN:
        yield _("The exact day of {entry} is unknown.").format(entry=entry)
    if not provided & {"duration", "ends", "indefinite"}:
        yield _("How long it lasts is not recorded: neither a duration nor an end, nor that it has none.")
    if not report.parties:
        yield _("No parties are recorded.")
    unsigned = [
        party.acronym or party.name
        for party in report.parties
        if party.role in BOUND_ROLES and party.signatory is None and len(report.parties) <= NAMED
    ]
    if unsigned and signed:
        yield _("Who signed for {parties} is not recorded.").format(parties=phrases.listed(unsigned))
    if not report.scopes:
        yield _("No scope areas are recorded.")
    if report.responsible is None:
        yield _("Nobody is recorded as responsible for following it up.")


def _of_obligations(report: AgreementReport) -> Iterator[str]:
    items = report.obligations
    if not items:
        yield _("No obligations are recorded.")
    if refs := [item.ref for item in items if item.due == "ongoing"]:
        message = ngettext("Obligation {refs} has no due date.", "Obligations {refs} have no due date.", len(refs))
        yield message.format(refs=_refs(refs))
    if refs := [item.ref for item in items if not item.clause]:
        message = ngettext("Obligation {refs} rests on no clause.", "Obligations {refs} rest on no clause.", len(refs))
        yield message.format(refs=_refs(refs))
    if refs := [item.ref for item in items if not item.owed_by]:
        message = ngettext(
            "Obligation {refs} names nobody who owes it.", "Obligations {refs} name nobody who owes them.", len(refs)
        )
        yield message.format(refs=_refs(refs))
    if refs := [item.ref for item in items if not item.responsible]:
        message = ngettext(
            "Obligation {refs} has nobody responsible.", "Obligations {refs} have nobody responsible.", len(refs)
        )
        yield message.format(refs=_refs(refs))
    for item in items:
        if item.waits_for:
            message = _("Obligation {ref} cannot fall due yet: {reason}.")
            yield message.format(ref=short(item.ref), reason=reasons.waits(item.waits_for))


def _refs(refs: Sequence[str]) -> str:
    return phrases.listed([short(ref) for ref in refs])


def short(ref: str) -> str:
    """The number of a part without its agreement: ``O1`` of ``PA-2017-001/O1``."""
    return ref.rpartition("/")[2]


def _of_activities(report: AgreementReport) -> Iterator[str]:
    for item in report.activities:
        ref = short(item.ref)
        if item.state == "without-result":
            message = _("Activity {ref} was planned for {day}: whether it was held is not recorded.")
            yield message.format(ref=ref, day=phrases.day(item.until or item.on))
        elif item.state == "held" and not item.people.total:
            yield _("How many people attended activity {ref} is not recorded.").format(ref=ref)
        elif item.people.unsplit:
            message = ngettext(
                "Activity {ref}: {n} person is counted without saying whether a woman or a man.",
                "Activity {ref}: {n} people are counted without saying how many were women and men.",
                item.people.unsplit,
            )
            yield message.format(ref=ref, n=phrases.count(item.people.unsplit))


def _of_papers(report: AgreementReport) -> Iterator[str]:
    if not report.documents:
        yield _("No documents are kept with it.")
    elif not any(item.get("kind") == "signed-text" for item in report.documents):
        yield _("The signed text is not among the documents kept with it.")
    if not report.source:
        yield _("Where this record was taken from is not said.")
