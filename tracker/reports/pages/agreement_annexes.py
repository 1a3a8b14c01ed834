"""The tables of the fact sheet on what is kept beside the agreement: documents, figures, contacts, notes, source."""

from __future__ import annotations

from tracker.reports import phrases
from tracker.reports.document import Cell, Column, Table, table
from tracker.reports.factsheet import AgreementReport
from tracker.reports.pages.common import (
    NOTHING,
    day_column,
    day_or,
    known,
    label,
    some,
    strong,
    text_column,
)
from tracker.reports.words import _


def documents(report: AgreementReport) -> Table:
    """The files kept with the agreement."""
    what = _("Document")
    columns = (
        text_column(what, 2.2, 44),
        text_column(_("File"), width=30, under=what),
        text_column(_("Shows"), width=24, under=what),
        text_column("SHA-256", width=66, under=what),
        text_column(_("Kind"), 0.8, 18),
        text_column(_("Language"), 0.6, 14),
        day_column(_("Day"), 0.65),
    )
    rows = (
        (
            Cell(d["title"] or d["file"] or "", d["title"]),
            Cell((d["file"] or "") if d["title"] else "", d["file"]),
            _shows(d["of"]),
            Cell(f"SHA-256 {d['sha256']}", d["sha256"]) if d["sha256"] else None,
            label(d["kind"]),
            some(phrases.tongue(d["language"])),
            day_or(d["on"]),
        )
        for d in report.documents
    )
    return table(_("Documents"), columns, rows)


def _shows(part: str | None) -> Cell | None:
    """What a document belongs to: an obligation, one of its due dates, or an activity."""
    if part is None:
        return None
    ref, _colon, due = part.partition(":")
    if due:
        return Cell(_("belongs to {ref}, due {day}").format(ref=ref, day=phrases.day(due, brief=True)), part)
    return Cell(_("belongs to {ref}").format(ref=ref), part)


def figures(report: AgreementReport) -> Table:
    """Figures the agreement rests on or is measured by."""
    columns = (
        text_column(_("What"), 1.6, 50),
        Column(_("Value"), 0.6, "number", 16),
        text_column(_("Unit"), 0.6, 16),
        day_column(_("Period"), 0.65),
        text_column(_("Source"), 1.3, 50),
    )
    rows = (
        (
            phrases.capital(f["what"]),
            Cell(phrases.amount(f["value"]), f["value"]),
            some(f["unit"]),
            Cell(phrases.day(f["period"]), f["period"]) if f["period"] else NOTHING,
            some(f["source"]),
        )
        for f in report.figures
    )
    return table(_("Figures"), columns, rows)


def contacts(report: AgreementReport) -> Table:
    """Whom to turn to, the one responsible first."""
    person, whose = _("Person"), _("For")
    columns = (
        text_column(person, 1.3, 28),
        text_column(_("Office"), width=32, under=person),
        text_column(whose, 0.9, 24),
        text_column(_("Task"), width=24, under=whose),
        text_column(_("E-mail"), 1.3, 34),
        text_column(_("Telephone"), 0.8, 20),
    )
    people = [(report.responsible, True)] if report.responsible else []
    people += [(person, False) for person in report.contacts]
    rows = (
        (
            strong(p.name),
            p.office,
            p.party,
            _("responsible for the agreement") if answers else None,
            some(p.email),
            some(p.phone),
        )
        for p, answers in people
        if p
    )
    return table(_("Contacts"), columns, rows)


def notes(report: AgreementReport) -> Table:
    """Dated remarks."""
    columns = (day_column(_("Day"), 0.5), text_column(_("Note"), 3.0, 110))
    return table(_("Notes"), columns, ((day_or(n["on"]), n["text"]) for n in report.notes))


def about(report: AgreementReport) -> Table:
    """Where the record comes from."""
    columns = (text_column(_("About"), 0.8, 24), text_column(_("Recorded"), 3.0, 110))
    rows = (
        (strong(_("Countries")), phrases.listed([phrases.country(item) for item in report.countries])),
        (strong(_("Languages of the text")), phrases.listed([phrases.tongue(item) for item in report.languages])),
        (strong(_("Confidentiality")), phrases.label(report.confidentiality)),
        (strong(_("Source")), known(report.source)),
    )
    return table(_("About"), columns, [row for row in rows if row[1]])
