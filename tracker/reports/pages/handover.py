"""The file handed to a successor, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.reports import phrases, schedules
from tracker.reports.document import Cell, Document, Fact, Section, Table, table
from tracker.reports.document import section as part
from tracker.reports.findings import Finding
from tracker.reports.handover import HandoverReport
from tracker.reports.pages import common
from tracker.reports.pages.common import (
    day_column,
    day_or,
    known,
    number,
    some,
    state,
    state_column,
    strong,
    text_column,
)
from tracker.reports.pages.portfolio import agreements
from tracker.reports.parts import split
from tracker.reports.words import _, language


def document(report: HandoverReport) -> Document:
    """The report laid out."""
    person = report.person
    reached = phrases.joined([person.office or "", person.party or "", person.email or "", person.phone or ""])
    return Document(
        report="handover",
        language=language(),
        day=report.day,
        eyebrow=_("Handover as of {day}").format(day=phrases.day(report.day.isoformat())),
        title=report.title or _("Handover from {person}").format(person=person.name),
        lead=reached,
        ref="",
        status=None,
        marking="",
        facts=tuple(_facts(report)),
        notices=common.notices(report.left_out, report.period, report.filters),
        sections=tuple(item for item in _sections(report) if item),
        foot=report.title or _("Handover from {person}").format(person=person.name),
        as_of=common.as_of(report.day, report.journal),
        journal=report.journal,
    )


def _facts(report: HandoverReport) -> Iterator[Fact]:
    yield Fact(_("Agreements"), number(len(report.agreements)))
    yield Fact(_("Obligations"), number(len(report.obligations)))
    yield Fact(_("Overdue"), number(len(report.overdue)), _("or without result"))
    until = phrases.day(report.until.isoformat(), brief=True)
    yield Fact(_("Owed"), number(len(report.owed)), _("to {day}").format(day=until))
    until = phrases.day(report.decide_until.isoformat(), brief=True)
    yield Fact(_("Decisions pending"), number(len(report.decisions)), _("to {day}").format(day=until))
    questions = len(report.unanswered) + len(report.undocumented) + len(report.stale) + len(report.to_mend)
    yield Fact(_("To clear up"), number(questions))


def _sections(report: HandoverReport) -> Iterator[Section | None]:
    until = phrases.day(report.until.isoformat())
    decide = phrases.day(report.decide_until.isoformat())
    yield part(_("Overdue and without result"), common.deadlines(_("Overdue"), report.overdue))
    yield part(
        _("Decisions pending: notice days and expiries to {day}").format(day=decide),
        common.deadlines(_("Decisions pending"), report.decisions),
    )
    yield part(_("Owed to {day}").format(day=until), common.deadlines(_("Owed"), report.owed))
    yield part(_("Agreements"), agreements(report.agreements))
    yield part(_("Obligations"), _obligations(report))
    yield part(_("Unanswered"), _findings(_("Unanswered"), report.unanswered))
    yield part(_("Undocumented"), _findings(_("Undocumented"), report.undocumented))
    yield part(_("Stale"), _findings(_("Stale"), report.stale))
    yield part(_("To put right"), _findings(_("To put right"), report.to_mend))
    yield part(_("Contacts by counterpart"), _contacts(report))


def _obligations(report: HandoverReport) -> Table:
    what, owed = _("Obligation"), _("Owed by")
    columns = (
        text_column(what, 2.4, 50),
        text_column(_("Clause"), width=14, under=what),
        text_column(_("Due"), width=32, under=what),
        text_column(_("Reference"), width=22, under=what),
        text_column(owed, 0.9, 22),
        text_column(_("Owed to"), width=22, under=owed),
        day_column(_("Next due")),
        state_column(_("State")),
    )
    rows = []
    for row in report.obligations:
        due = _("No due date") if row["due"] == "ongoing" else phrases.capital(schedules.due(row["due"]))
        to = phrases.listed(split(row["owed_to"]))
        rows.append(
            (
                row["text"],
                row["clause"],
                due,
                row["ref"],
                known(phrases.listed(split(row["owed_by"]))),
                Cell(_("to {whom}").format(whom=to), to) if to else None,
                day_or(row["next_due"]),
                state(row["state"]),
            )
        )
    return table(_("Obligations"), columns, rows)


def _findings(name: str, findings: Sequence[Finding]) -> Table:
    what = _("Finding")
    columns = (
        text_column(_("Check"), 0.35, 8),
        text_column(what, 2.6, 80),
        text_column(_("Reference"), 0.9, 24),
        text_column(_("How to mend"), width=60, under=what),
        state_column(_("Severity"), 0.6),
    )
    rows = ((item.code, item.what, item.ref, item.mend, state(item.severity)) for item in findings)
    return table(name, columns, rows)


def _contacts(report: HandoverReport) -> Table:
    person = _("Person")
    columns = (
        text_column(_("Counterpart"), 0.8, 24),
        text_column(person, 1.3, 28),
        text_column(_("Office"), width=32, under=person),
        text_column(_("E-mail"), 1.2, 34),
        text_column(_("Telephone"), 0.8, 20),
        text_column(_("Under"), 1.0, 30),
    )
    rows = (
        (
            strong(item.party) if item.party else Cell(_("none recorded"), "", "unknown"),
            item.person.name,
            item.person.office,
            some(item.person.email),
            some(item.person.phone),
            phrases.listed(item.agreements),
        )
        for item in report.contacts
    )
    return table(_("Contacts"), columns, rows)
