"""What is owed, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.reports import phrases, schedules
from tracker.reports.document import Cell, Column, Document, Fact, Heat, Paragraph, Section, Table, table
from tracker.reports.document import section as part
from tracker.reports.obligations import WINDOWS, Due, ObligationsReport, Owing
from tracker.reports.pages import common
from tracker.reports.pages.common import (
    count_column,
    day,
    day_column,
    day_or,
    known,
    number,
    some,
    state,
    state_column,
    text_column,
)
from tracker.reports.parts import split
from tracker.reports.words import _, language


def document(report: ObligationsReport) -> Document:
    """The report laid out."""
    title = report.title or _("What is owed")
    on = phrases.day(report.day.isoformat())
    return Document(
        report="obligations",
        language=language(),
        day=report.day,
        eyebrow=_("Obligations as of {day}").format(day=on),
        title=title,
        lead="",
        ref="",
        status=None,
        marking="",
        facts=tuple(_facts(report)),
        notices=common.notices(report.left_out, report.period, report.filters),
        sections=tuple(item for item in _sections(report) if item),
        foot=title,
        as_of=common.as_of(report.day, report.journal),
        journal=report.journal,
    )


def _facts(report: ObligationsReport) -> Iterator[Fact]:
    whole = report.whole
    yield Fact(_("Obligations"), number(report.obligations))
    yield Fact(_("Overdue"), Cell(phrases.count(whole.overdue), whole.overdue, "strong"), _("due dates"))
    for window, count in zip(WINDOWS, whole.ahead, strict=True):
        yield Fact(_("Next {n} days").format(n=phrases.count(window)), number(count), _("due dates"))
    done = whole.in_time + whole.late
    yield Fact(
        _("Fulfilled in time"),
        Cell(_("{n} of {all}").format(n=phrases.count(whole.in_time), all=phrases.count(done)), whole.in_time),
        "",
        whole.in_time / done if done else None,
    )


def _sections(report: ObligationsReport) -> Iterator[Section | None]:
    if not report.obligations:
        yield part(_("Obligations"), Paragraph(_("No obligations pass the filters.")))
        return
    note = _(
        "Each window holds the shorter ones. A due date that several owe counts under each of them. "
        "Not told: fulfilled, without the days to tell whether in time."
    )
    yield part(_("By debtor"), _owing(_("By debtor"), _("Debtor"), report.by_debtor, note))
    yield part(_("By person responsible"), _owing(_("By person"), _("Responsible"), report.by_person, ""))
    yield part(_("Due dates by month"), _heat(report))
    yield part(_("Overdue"), _dues(_("Overdue"), report.overdue))
    for (after, window), name in zip(
        ((-1, WINDOWS[0]), (WINDOWS[0], WINDOWS[1]), (WINDOWS[1], WINDOWS[2])), _windows(), strict=True
    ):
        dues = [due for due in report.ahead if after < (due.days_left or 0) <= window]
        yield part(name, _dues(name, dues))
    yield part(_("On no day: ongoing and on request"), _undated(report))
    yield part(_("Fulfilled and waived"), _settled(report.settled))


def _windows() -> tuple[str, str, str]:
    return _("Next 30 days"), _("31 to 90 days ahead"), _("91 to 365 days ahead")


def _owing(name: str, of: str, items: Sequence[Owing], note: str) -> Table:
    columns = (
        text_column(of, 1.8, 40),
        count_column(_("Overdue"), 0.75),
        *(count_column(_("In {n} days").format(n=window), 0.55) for window in WINDOWS),
        count_column(_("In time"), 0.5),
        count_column(_("Late"), 0.45),
        count_column(_("Not told"), 0.5),
        count_column(_("Waived"), 0.55),
        count_column(_("Lapsed"), 0.55),
    )
    rows = (
        (
            common.strong(item.name) if item.name else Cell(_("nobody named"), "", "unknown"),
            *map(number, (item.overdue, *item.ahead, item.in_time, item.late, item.untold, item.waived, item.lapsed)),
        )
        for item in items
    )
    return table(name, columns, rows, caption=note)


def _heat(report: ObligationsReport) -> Heat | None:
    rows = tuple((name or _("nobody named"), numbers) for name, numbers in report.heat if any(numbers))
    if not rows:
        return None
    caption = _("Open due dates (overdue and pending) of each debtor in each month. The darker, the more.")
    months = tuple(phrases.day(month, brief=True) for month in report.months)
    return Heat(_("Due by month"), _("Debtor"), (_("Past"), *months), rows, caption, upright=False)


def _what_columns(what: str, owed: str) -> tuple[Column, ...]:
    return (
        text_column(what, 2.3, 50),
        text_column(_("Clause"), width=14, under=what),
        text_column(_("Reference"), width=22, under=what),
        text_column(_("Agreement"), width=50, under=what),
        text_column(owed, 0.9, 22),
        text_column(_("Owed to"), width=22, under=owed),
    )


def _what_cells(due: Due) -> tuple[Cell | str | None, ...]:
    to = phrases.listed(due.owed_to)
    return (
        due.text,
        due.clause,
        due.ref,
        due.title,
        known(phrases.listed(due.owed_by)),
        Cell(_("to {whom}").format(whom=to), to) if to else None,
    )


def _dues(name: str, dues: Sequence[Due]) -> Table:
    on, what, owed = _("Due"), _("Obligation"), _("Owed by")
    columns = (
        day_column(on),
        Column(_("In days"), 0.4, "count", 10, on),
        *_what_columns(what, owed),
        text_column(_("Responsible"), 0.9, 24),
    )
    rows = (
        (day(d.due_on), Cell(phrases.left(d.days_left), d.days_left), *_what_cells(d), some(d.responsible))
        for d in dues
    )
    return table(name, columns, rows)


def _undated(report: ObligationsReport) -> Table:
    what, owed = _("Obligation"), _("Owed by")
    columns = (*_what_columns(what, owed), text_column(_("Due"), 0.7, 20), text_column(_("Responsible"), 0.9, 24))
    rows = []
    for row in report.undated:
        to = phrases.listed(split(row["owed_to"]))
        rows.append(
            (
                row["text"],
                row["clause"],
                row["ref"],
                row["title"],
                known(phrases.listed(split(row["owed_by"]))),
                Cell(_("to {whom}").format(whom=to), to) if to else None,
                _("No due date") if row["due"] == "ongoing" else phrases.capital(schedules.due(row["due"])),
                some(row["responsible"]),
            )
        )
    return table(_("Without a day"), columns, rows)


def _settled(dues: Sequence[Due]) -> Table:
    what, owed, stands, how = _("Obligation"), _("Owed by"), _("State"), _("Evidence or reason")
    columns = (
        day_column(_("Due"), 0.75),
        *_what_columns(what, owed),
        state_column(stands, 0.85),
        text_column(_("In time"), width=14, under=stands),
        day_column(_("On"), 0.75),
        text_column(how, 1.2, 50),
        text_column(_("By activity"), width=22, under=how),
        text_column(_("Files"), width=40, under=how),
    )
    told = {True: _("in time"), False: _("late"), None: ""}
    rows = (
        (
            day_or(d.due_on, _("on request")),
            *_what_cells(d),
            state(d.state),
            told[d.timely],
            day(d.done_on or d.waived_on),
            some(d.evidence or d.waived_reason),
            Cell(_("by {activity}").format(activity=d.by_activity), d.by_activity) if d.by_activity else None,
            common.files(d.files),
        )
        for d in dues
    )
    return table(_("Fulfilled and waived"), columns, rows)
