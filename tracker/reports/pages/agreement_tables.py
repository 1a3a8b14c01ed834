"""The tables of the fact sheet on what was agreed and what follows from it, each with all its columns."""

from __future__ import annotations

from tracker.models.enums import BOUND_ROLES
from tracker.reports import phrases, reasons, schedules
from tracker.reports.document import Cell, Column, Table, table
from tracker.reports.factsheet import AgreementReport
from tracker.reports.pages.common import (
    NOTHING,
    count_column,
    day,
    day_column,
    day_or,
    files,
    known,
    label,
    list_of,
    number,
    some,
    state,
    state_column,
    strong,
    text_column,
)
from tracker.reports.questions import short
from tracker.reports.words import _


def parties(report: AgreementReport) -> Table:
    """Parties in their roles, with signatories."""
    party, signed = phrases.capital(_(report.words.party)), _("Signed by")
    several = len(report.parties) > 2
    entry = _("{in_force} for it").format(in_force=phrases.capital(_(report.words.in_force)))
    columns = (
        text_column(party, 1.7, 44),
        text_column(_("Acronym"), width=12, book=True),
        text_column(_("Part of"), width=20, under=party),
        text_column(_("Kind"), width=24, book=True),
        text_column(_("Country"), width=20, under=party),
        text_column(_("Role"), 0.8, 18),
        day_column(entry, 0.75, book=not several),
        text_column(signed, 1.2, 26),
        text_column(_("Office"), width=32, under=signed),
    )
    rows = []
    for p in report.parties:
        bound = p.role in BOUND_ROLES
        name = f"{p.name} ({p.acronym})" if p.acronym and p.acronym != p.name else p.name
        country = "" if p.kind == "state" else phrases.country(p.country)
        rows.append(
            (
                Cell(name, p.name, "strong"),
                p.acronym,
                Cell(_("part of {whole}").format(whole=p.part_of), p.part_of) if p.part_of else None,
                label(p.kind),
                Cell(country, phrases.country(p.country)),
                label(p.role),
                day(p.in_force) if bound else NOTHING,
                known(p.signatory) if bound else some(p.signatory),
                p.office,
            )
        )
    return table(phrases.capital(_(report.words.parties)), columns, rows)


def scopes(report: AgreementReport) -> Table:
    """Scope areas with their codes."""
    columns = (
        text_column(_("Area"), 1.7, 40),
        text_column(_("Code"), width=30, book=True),
        text_column(_("Global Compact objective"), 1.0, 24),
        text_column(_("SDG target"), 0.8, 18),
        text_column(_("DAC purpose"), 0.8, 18),
    )
    return table(
        _("Scope areas"), columns, ((s.name, s.code, some(s.gcm), some(s.sdg), some(s.dac)) for s in report.scopes)
    )


def provisions(report: AgreementReport) -> Table:
    """What the agreement provides, in words."""
    columns = (
        text_column(_("Provision"), 0.8, 22),
        text_column(_("Rule"), 2.2, 70),
        text_column(_("Clause"), 0.7, 18),
    )
    return table(_("Provisions"), columns, ((strong(p.what), p.rule, some(p.clause)) for p in report.provisions))


def terms(report: AgreementReport) -> Table:
    """Terms with their notice days."""
    first, then = _("Term"), _("Then")
    columns = (
        count_column(first, 0.35),
        text_column(_("On the day"), width=12, under=first),
        day_column(_("From")),
        day_column(_("Last day")),
        day_column(_("Notice by")),
        text_column(then, 0.7, 18),
        text_column(_("Origin"), width=18, book=True),
        text_column(_("Why"), 1.9, 70),
    )
    places = {"past": "", "current": _("current"), "next": _("next")}
    rows = (
        (
            number(t.number),
            places[t.place],
            day(t.from_day),
            day_or(t.to_day, _("open")),
            day_or(t.notice_day),
            _("renews by itself") if t.renews else (_("ends") if t.to_day else NOTHING),
            label(t.origin),
            Cell(t.why[0] if t.why else "", " ".join(t.why)),
        )
        for t in report.terms
    )
    return table(_("Terms"), columns, rows)


def obligations(report: AgreementReport) -> Table:
    """What is owed, by whom, to whom, by when."""
    what, owed, stands = _("Obligation"), _("Owed by"), _("State")
    columns = (
        text_column(_("No."), 0.3, 22),
        text_column(what, 2.1, 50),
        text_column(_("Kind"), width=18, book=True),
        text_column(_("Clause"), width=14, under=what),
        text_column(_("Due"), width=32, under=what),
        Column(_("Fulfilled"), 0.4, "count", 10, what),
        text_column(_("Outlives"), width=10, under=what),
        text_column(_("Responsible"), width=24, under=what),
        text_column(owed, 0.9, 22),
        text_column(_("Owed to"), width=22, under=owed),
        text_column(_("Scope areas"), width=28, book=True),
        day_column(_("Next due"), 0.7),
        state_column(stands, 0.75),
        Column(_("Overdue"), 0.4, "count", 10, stands),
    )
    rows = []
    for o in report.obligations:
        due = _("No due date") if o.due == "ongoing" else phrases.capital(schedules.due(o.due))
        times = phrases.counted(o.fulfilled, "fulfilled {n} time", "fulfilled {n} times") if o.fulfilled else ""
        late = phrases.counted(o.overdue, "{n} due date", "{n} due dates") if o.overdue > 1 else ""
        waits = Cell(reasons.waits(o.waits_for), "") if o.waits_for else NOTHING
        to = phrases.listed(o.owed_to)
        rows.append(
            (
                Cell(short(o.ref), o.ref),
                o.text,
                label(o.kind),
                o.clause,
                due,
                Cell(times, o.fulfilled),
                _("outlives the agreement") if o.survives else "",
                o.responsible,
                known(phrases.listed(o.owed_by)),
                Cell(_("to {whom}").format(whom=to), to) if to else None,
                list_of(o.scopes),
                day(o.next_due) if o.next_due else waits,
                state(o.state),
                Cell(late, o.overdue),
            )
        )
    return table(_("Obligations"), columns, rows)


def settled(report: AgreementReport) -> Table:
    """Due dates that were met or waived, with their evidence."""
    what, how = _("Obligation"), _("Evidence or reason")
    columns = (
        day_column(_("Due"), 0.65),
        text_column(what, 1.7, 50),
        text_column(_("No."), width=22, under=what),
        state_column(_("State")),
        day_column(_("On"), 0.65),
        text_column(how, 1.3, 50),
        text_column(_("By activity"), width=20, under=how),
        text_column(_("Files"), width=40, under=how),
    )
    rows = (
        (
            day_or(s.due_on, _("on request")),
            s.text,
            Cell(short(s.ref), s.ref),
            state(s.state),
            day(s.on),
            some(s.how),
            Cell(_("by {activity}").format(activity=short(s.by_activity)), s.by_activity) if s.by_activity else None,
            files(s.files, agreement=False),
        )
        for s in report.settled
    )
    return table(_("Fulfilled and waived"), columns, rows)


def standings(report: AgreementReport) -> Table:
    """Every status with its days and why."""
    columns = (
        text_column(_("Status"), 0.8, 20),
        day_column(_("From"), 0.65),
        day_column(_("To"), 0.65),
        text_column(_("Why"), 2.2, 90),
    )
    rows = (
        (phrases.capital(_(s.words)), day(s.from_day), day_or(s.to_day, _("open")), " ".join(s.why))
        for s in report.standings
    )
    return table(_("Statuses"), columns, rows)


def events(report: AgreementReport) -> Table:
    """The dated facts of the agreement's life."""
    what, noted = _("Event"), any(event.note for event in report.events)
    columns = (
        day_column(_("Day"), 0.7),
        text_column(what, 1.2, 28),
        day_column(_("Until"), under=what),
        text_column(_("For"), width=14, under=what),
        text_column(_("Ahead"), width=10, under=what),
        text_column(_("By"), 0.9, 30),
        text_column(_("Note"), 1.6, 60, book=not noted),
    )
    rows = (
        (
            day(e.on),
            phrases.capital(e.words),
            Cell(_("until {day}").format(day=phrases.day(e.until, brief=True)), e.until) if e.until else None,
            Cell(_("for {length}").format(length=e.duration), e.duration) if e.duration else None,
            Cell(_("after the day of this report")) if e.ahead else None,
            e.party or _("all"),
            e.note,
        )
        for e in report.events
    )
    return table(_("Events"), columns, rows)
