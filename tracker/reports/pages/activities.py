"""Follow-up and the people it reached, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.reports import phrases
from tracker.reports.activities import ActivitiesReport, Tally
from tracker.reports.document import Bars, Cell, Document, Fact, Heat, Paragraph, Section, Table, table
from tracker.reports.document import section as part
from tracker.reports.pages import common
from tracker.reports.pages.common import count_column, day, day_column, list_of, number, text_column
from tracker.reports.words import _, language

HIDDEN = "*"
MOST = 20
"""Most bars under one heading."""

NAMED = 12
"""Most activities named beside a figure on paper; a workbook names them all."""


def document(report: ActivitiesReport) -> Document:
    """The report laid out."""
    title = report.title or _("Activities and people reached")
    on = phrases.day(report.day.isoformat())
    notices = list(common.notices(report.left_out, report.period, report.filters))
    if report.hide_below:
        message = _(
            "{mark} stands for a number of people that is hidden: one below {n}, "
            "or one that would give such a number away."
        )
        notices.append(message.format(mark=HIDDEN, n=phrases.count(report.hide_below)))
    return Document(
        report="activities",
        language=language(),
        day=report.day,
        eyebrow=_("Activities as of {day}").format(day=on),
        title=title,
        lead="",
        ref="",
        status=None,
        marking="",
        facts=tuple(_facts(report)),
        notices=tuple(notices),
        sections=tuple(item for item in _sections(report) if item),
        foot=title,
        as_of=common.as_of(report.day, report.journal),
        journal=report.journal,
    )


def _figure(value: int | None) -> Cell:
    return Cell(HIDDEN, HIDDEN) if value is None else number(value)


def _facts(report: ActivitiesReport) -> Iterator[Fact]:
    yield Fact(_("Activities held"), number(len(report.held)))
    yield Fact(_("People reached"), _figure(report.whole.people[-1]))
    women, total = report.whole.people[0], report.whole.people[-1]
    yield Fact(_("Women"), _figure(women), part=women / total if women and total else None)
    yield Fact(_("Men"), _figure(report.whole.people[1]))
    yield Fact(_("Institutions"), number(len(report.by_party)))
    yield Fact(_("People trained"), _figure(report.trained.people[-1]))


def _sections(report: ActivitiesReport) -> Iterator[Section | None]:
    if not report.held and not report.others:
        yield part(_("Activities"), Paragraph(_("No activities pass the filters.")))
        return
    note = _(
        "People are those who attended activities that were held; somebody who came twice counts twice. "
        "Not split: counted without saying how many were women and men."
    )
    yield part(
        _("People by institution"),
        _bars(_("People by institution"), _("Institution"), report.by_party),
        narrow=True,
    )
    yield part(
        _("People by quarter"),
        _bars(_("People by quarter"), _("Quarter"), _quarters(report.by_quarter)[-MOST:]),
        narrow=True,
    )
    yield part(
        _("By institution and sex"),
        _tallies(_("By institution"), _("Institution"), report.by_party, report.whole, note),
    )
    yield part(_("By kind"), _tallies(_("By kind"), _("Kind"), _kinds(report.by_kind), report.whole))
    areas = _("An activity counts under each of its scope areas, so these rows do not add up.")
    yield part(_("By scope area"), _tallies(_("By scope area"), _("Scope area"), report.by_scope, None, areas))
    yield part(_("By quarter"), _tallies(_("By quarter"), _("Quarter"), _quarters(report.by_quarter), report.whole))
    yield part(_("Scope areas by quarter"), _heat(report))
    yield part(_("Activities held"), _held(report))
    yield part(_("Planned, postponed, cancelled, without result"), common.activities(_("Others"), report.others))


def _kinds(tallies: Sequence[Tally]) -> list[Tally]:
    return [Tally(t.code, phrases.label(t.code), t.activities, t.people) for t in tallies]


def _quarters(tallies: Sequence[Tally]) -> list[Tally]:
    return [Tally(t.code, _quarter(t.name), t.activities, t.people) for t in tallies]


def _quarter(name: str) -> str:
    if name == phrases.UNKNOWN:
        return _("unknown")
    year, _dash, number_ = name.partition("-Q")
    return _("quarter {n} of {year}").format(n=number_, year=year) if number_ else year


def _bars(name: str, of: str, tallies: Sequence[Tally]) -> Bars:
    shown = [(phrases.capital(t.name), t.people[-1]) for t in tallies if t.people[-1] is not None]
    items, hidden = tuple(shown[:MOST]), len(tallies) - len(shown)
    said = [
        _("The first {n}; all stand in the tables below.").format(n=MOST) if len(shown) > MOST else "",
        phrases.counted(hidden, "{n} hidden number has no bar.", "{n} hidden numbers have no bar.") if hidden else "",
    ]
    caption = " ".join(filter(None, said))
    return Bars(name, of, _("People"), items, caption)


def _tallies(name: str, of: str, tallies: Sequence[Tally], whole: Tally | None, caption: str = "") -> Table:
    columns = (
        text_column(of, 2.4, 36),
        text_column(_("Which"), width=60, under=of),
        count_column(_("Activities"), 0.6),
        *common.people_columns(),
    )
    rows = (
        (
            Cell(phrases.capital(t.name), None, "strong") if t.code else Cell(_("none recorded"), "", "unknown"),
            Cell(_which(t.activities), list_of(t.activities)),
            number(len(t.activities)),
            *map(_figure, t.people),
        )
        for t in tallies
    )
    total = None
    if whole and tallies:
        total = (_("All"), "", number(len(whole.activities)), *map(_figure, whole.people))
    return table(name, columns, rows, total, caption)


def _which(refs: Sequence[str]) -> str:
    if len(refs) <= NAMED:
        return phrases.listed(refs)
    more = phrases.counted(len(refs) - NAMED, "{n} more", "{n} more")
    return phrases.listed([*refs[:NAMED], more])


def _heat(report: ActivitiesReport) -> Heat | None:
    if not report.heat:
        return None
    caption = _("Activities held in each scope area in each quarter. The darker, the more.")
    columns = tuple(phrases.capital(_quarter(name)) for name in report.quarters)
    return Heat(_("Scope by quarter"), _("Scope area"), columns, report.heat, caption, upright=len(columns) > 6)


def _held(report: ActivitiesReport) -> Table:
    what, on = _("Activity"), _("Day")
    columns = (
        day_column(on),
        day_column(_("To"), under=on),
        text_column(what, 2.4, 50),
        text_column(_("Kind"), width=20, under=what),
        text_column(_("Place"), width=20, under=what),
        text_column(_("Attended by"), width=30, under=what),
        text_column(_("Reference"), width=22, under=what),
        text_column(_("Scope areas"), width=28, book=True),
        text_column(_("Fulfils"), width=24, under=what),
        *common.people_columns(),
    )
    rows = (
        (
            day(item.on),
            Cell(_("to {day}").format(day=phrases.day(item.until, brief=True)), item.until) if item.until else None,
            item.title,
            common.label(item.kind),
            item.place,
            phrases.listed([party for party, _people in item.attendance]),
            item.ref,
            list_of(item.scopes),
            common.fulfils(item),
            *map(_figure, reach.people),
        )
        for reach in report.held
        for item in (reach.activity,)
    )
    total = (_("All"), *[""] * 8, *map(_figure, report.whole.people)) if report.held else None
    return table(_("Activities held"), columns, rows, total)
