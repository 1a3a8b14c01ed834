"""The portfolio as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.reports import charts, phrases
from tracker.reports.document import Bars, Cell, Document, Fact, Heat, Paragraph, Section, Table, Timeline, table
from tracker.reports.document import section as part
from tracker.reports.pages import common
from tracker.reports.pages.common import (
    count_column,
    day,
    day_column,
    day_or,
    list_of,
    number,
    state,
    state_column,
    text_column,
)
from tracker.reports.portfolio import Count, Listed, PortfolioReport
from tracker.reports.words import _, language

NAMED = 8
"""Most agreements named beside a finding on paper; a workbook holds them all."""


def document(report: PortfolioReport) -> Document:
    """The portfolio laid out."""
    on = phrases.day(report.day.isoformat())
    title = report.title or _("Portfolio of agreements")
    return Document(
        report="portfolio",
        language=language(),
        day=report.day,
        eyebrow=_("Portfolio as of {day}").format(day=on),
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


def _facts(report: PortfolioReport) -> Iterator[Fact]:
    yield Fact(_("Agreements"), number(len(report.agreements)))
    share = report.in_force / len(report.agreements) if report.agreements else None
    yield Fact(_("In force"), number(report.in_force), part=share)
    yield Fact(_("Partners"), number(len(report.by_partner)))
    yield Fact(_("Overdue"), number(len(report.overdue)), _("or without result"))
    due = len(report.deadlines) + len(report.milestones)
    yield Fact(_("Due in 12 months") if report.period.last is None else _("Due in the period"), number(due))
    yield Fact(_("People trained"), number(report.trained.total))


def _sections(report: PortfolioReport) -> Iterator[Section | None]:
    if not report.agreements:
        yield part(_("Agreements"), Paragraph(_("No agreement had a status on this day and passes the filters.")))
        return
    until = phrases.day(report.until.isoformat())
    yield part(_("By status"), _bars(_("By status"), _("Status"), report.by_status), narrow=True)
    yield part(_("By kind"), _bars(_("By kind"), _("Kind"), report.by_kind), narrow=True)
    yield part(_("By country"), _bars(_("By country"), _("Country"), report.by_country[:MOST]), narrow=True)
    yield part(_("By scope area"), _bars(_("By scope area"), _("Scope area"), report.by_scope[:MOST]), narrow=True)
    yield part(_("Overdue and without result"), common.deadlines(_("Overdue"), report.overdue))
    yield part(
        _("Expiring and notice days to {day}").format(day=until),
        common.deadlines(_("Expiring and notice days"), report.milestones),
    )
    yield part(_("Due to {day}").format(day=until), common.deadlines(_("Deadlines"), report.deadlines))
    yield part(_("Scope areas by partner"), _heat(report))
    yield part(_("In force, and until when"), _timeline(report))
    yield part(_("Agreements"), agreements(report.agreements))
    yield part(_("By partner"), _bars(_("By partner"), _("Partner"), report.by_partner[:MOST]), narrow=True)
    yield part(_("More partners"), _rest(_("Partner"), report.by_partner), narrow=True)
    yield part(_("More countries"), _rest(_("Country"), report.by_country), narrow=True)
    yield part(_("More scope areas"), _rest(_("Scope area"), report.by_scope), narrow=True)
    yield part(_("People trained"), _trained(report))
    yield part(_("Gaps in the records"), _gaps(report), _findings(report))


DRAWN = 150
"""Most agreements on the timeline: five pages of them."""

MOST = 15
"""Most bars under one heading; what comes after them is in a table of its own."""


def _bars(name: str, of: str, counts: Sequence[Count]) -> Bars:
    items = tuple((phrases.capital(item.name), item.number) for item in counts)
    return Bars(name, of, _("Agreements"), items)


def _rest(of: str, counts: Sequence[Count]) -> Table:
    columns = (
        text_column(of, 1.6, 50),
        text_column(_("Code"), width=32, book=True),
        count_column(_("Agreements"), 0.6),
    )
    rows = ((phrases.capital(item.name), item.code, number(item.number)) for item in counts[MOST:])
    return table(_("More: {what}").format(what=of), columns, rows)


def _heat(report: PortfolioReport) -> Heat:
    heat = report.heat
    caption = phrases.counted(
        len(heat.partners),
        "Agreements in each scope area with the {n} partner that has most. The darker, the more.",
        "Agreements in each scope area with the {n} partners that have most. The darker, the more.",
    )
    rows = tuple((scope.name, line) for scope, line in zip(heat.scopes, heat.numbers, strict=True))
    return Heat(_("Scope by partner"), _("Scope area"), tuple(p.name for p in heat.partners), rows, caption)


def _timeline(report: PortfolioReport) -> Timeline:
    drawn = report.running
    said = ""
    if len(drawn) > DRAWN:
        first = {item.ref for item in sorted(drawn, key=lambda item: (item.to_day or "9999", item.ref))[:DRAWN]}
        drawn = tuple(item for item in drawn if item.ref in first)
        message = _("Drawn are the {n} of {all} in force whose term ends first; the table “Agreements” lists all.")
        said = message.format(n=phrases.count(DRAWN), all=phrases.count(len(report.running)))
    items = (
        (
            item.ref,
            item.title,
            _("renews by itself") if item.renews else "",
            item.from_day,
            item.to_day,
            "in-force",
        )
        for item in drawn
    )
    caption = _(
        "Each bar runs from entry into force to the last day of the current term. A bar that breaks up at its end is "
        "open: no last day is known, or there is none. The dashed line is the day of the report."
    )
    return charts.of_spans(_("In force"), _("Agreement"), items, report.day, f"{said} {caption}".strip())


def agreements(items: Sequence[Listed]) -> Table:
    """Agreements with their status."""
    what, stands = _("Agreement"), _("Status")
    columns = (
        text_column(what, 2.6, 60),
        text_column(_("Reference"), width=22, under=what),
        text_column(_("Kind"), width=28, under=what),
        text_column(_("Parties"), width=40, under=what),
        text_column(_("Responsible"), width=24, under=what),
        state_column(stands, 0.9),
        day_column(_("Since"), under=stands),
        day_column(_("Signed"), 0.7),
        day_column(_("In force from"), 0.75),
        day_column(_("Term to"), book=True),
        day_column(_("Next deadline"), 0.75),
        text_column(_("Scope areas"), width=40, book=True),
        text_column(_("Countries"), width=14, book=True),
    )

    def parties(item: Listed) -> str:
        if len(item.parties) <= 6:
            return phrases.listed(item.parties)
        return phrases.counted(len(item.parties), "{n} party", "{n} parties")

    rows = (
        (
            common.strong(a.title),
            a.ref,
            common.label(a.kind),
            Cell(parties(a), list_of(a.parties)),
            a.responsible,
            state(a.status, _(a.words)),
            Cell(phrases.since(a.since), None if a.since == phrases.UNKNOWN else a.since),
            day(a.signed),
            day(a.in_force),
            day_or(a.ends),
            day_or(a.next_deadline),
            list_of(a.scopes),
            list_of(a.countries),
        )
        for a in items
    )
    return table(_("Agreements"), columns, rows)


def _trained(report: PortfolioReport) -> Table:
    what = _("Training")
    columns = (
        day_column(_("Day"), 0.65),
        day_column(_("To"), book=True),
        text_column(what, 2.2, 60),
        text_column(_("Reference"), width=22, under=what),
        text_column(_("Place"), width=24, under=what),
        *common.people_columns(),
    )
    rows = (
        (day(a.on), day_or(a.until), a.title, a.ref, a.place, *common.people_cells(a.people)) for a in report.trainings
    )
    caption = _(
        "Those who attended trainings that were held. Not split: counted without saying how many were women and men."
    )
    total = (_("All trainings"), "", "", "", "", *common.people_cells(report.trained))
    return table(_("People trained"), columns, rows, total if report.trainings else None, caption)


def _gaps(report: PortfolioReport) -> Table:
    what = _("Finding")
    columns = (
        text_column(_("Check"), 0.35, 8),
        text_column(what, 2.6, 60),
        text_column(_("Where"), width=60, under=what),
        state_column(_("Severity"), 0.6),
        count_column(_("Findings"), 0.5),
    )
    rows = (
        (g.code, g.title, Cell(_where(g.findings)), state(g.severity), number(len(g.findings))) for g in report.gaps
    )
    return table(_("Gaps"), columns, rows)


def _where(findings: Sequence[tuple[str, str]]) -> str:
    refs = list(dict.fromkeys(ref for ref, _what in findings))
    if len(refs) <= NAMED:
        return phrases.listed(refs)
    more = phrases.counted(len(refs) - NAMED, "{n} more", "{n} more")
    return phrases.listed([*refs[:NAMED], more])


def _findings(report: PortfolioReport) -> Table:
    """Every finding, for workbooks."""
    columns = (
        text_column(_("Check"), width=8, book=True),
        text_column(_("Severity"), width=12, book=True),
        text_column(_("Reference"), width=24, book=True),
        text_column(_("Finding"), width=80, book=True),
        text_column(_("How to mend"), width=60, book=True),
    )
    rows = (
        (gap.code, common.label(gap.severity), ref, what, gap.mend) for gap in report.gaps for ref, what in gap.findings
    )
    return table(_("Findings"), columns, rows)
