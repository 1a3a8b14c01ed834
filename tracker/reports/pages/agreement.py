"""The fact sheet of one agreement as a document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.reports import charts, phrases
from tracker.reports.document import Bullets, Cell, Document, Fact, Line, Paragraph, Section, Table, Timeline
from tracker.reports.document import section as part
from tracker.reports.factsheet import AgreementReport, Link, Term
from tracker.reports.pages import agreement_annexes as annexes
from tracker.reports.pages import agreement_tables as tables
from tracker.reports.pages import common
from tracker.reports.words import _, language, mark
from tracker.rules.dates import parse_date


def document(report: AgreementReport) -> Document:
    """The fact sheet laid out."""
    standing = report.standing
    return Document(
        report="agreement",
        language=language(),
        day=report.day,
        eyebrow=report.heading or _("Agreement fact sheet"),
        title=report.title,
        lead="",
        ref=report.ref,
        status=common.state(report.status or "", _(standing.words)) if standing else Cell(_("No status"), None, "none"),
        marking="" if report.confidentiality == "public" else phrases.label(report.confidentiality),
        facts=tuple(_facts(report)),
        notices=common.notices(0, report.period),
        sections=tuple(item for item in _sections(report) if item),
        foot=report.ref,
        as_of=common.as_of(report.day, report.journal),
        journal=report.journal,
    )


def _facts(report: AgreementReport) -> Iterator[Fact]:
    term, deadline = report.term, report.next_deadline
    yield Fact(_("Kind"), common.label(report.kind))
    yield Fact(_("Signed"), common.day(report.signed))
    in_force = phrases.capital(_(report.words.in_force))
    yield Fact(_("{in_force} from").format(in_force=in_force), common.day(report.in_force))
    if term and term.to_day:
        last = phrases.day(term.to_day, brief=True)
        renews = _("renews by itself") if term.renews else _("does not renew by itself")
        gone = _gone(term, report.day)
        yield Fact(_("Current term"), Cell(_("to {day}").format(day=last), term.to_day), renews, gone)
    elif term:
        yield Fact(_("Current term"), Cell(_("open")), _("no last day"))
    elif report.last_day:
        ended = phrases.day(report.last_day, brief=True)
        yield Fact(_("Current term"), Cell(_("ended {day}").format(day=ended), report.last_day))
    else:
        yield Fact(_("Current term"), Cell(_("none")))
    if deadline:
        yield Fact(
            _("Next deadline"),
            common.day(deadline.on),
            _("{when}: {what}").format(when=phrases.left(deadline.days_left), what=deadline.what),
        )
    else:
        yield Fact(_("Next deadline"), Cell(_("none")))


def _gone(term: Term, day: date) -> float | None:
    """What part of a term has gone by on a day, that day included; None where its first or last day is not known."""
    if not term.from_day or not term.to_day:
        return None
    first, last = date.fromisoformat(term.from_day), date.fromisoformat(term.to_day)
    return min(1.0, max(0.0, ((day - first).days + 1) / ((last - first).days + 1)))


def _sections(report: AgreementReport) -> Iterator[Section | None]:
    words = report.words
    yield part(_("Purpose"), *(Paragraph(line) for line in phrases.paragraphs(report.summary)))
    yield part(_("Status"), *_status(report))
    yield part(phrases.capital(_(words.parties)), tables.parties(report))
    yield part(_("Timeline"), _timeline(report))
    yield part(_("Obligations"), tables.obligations(report))
    yield part(_("Overdue and without result"), common.deadlines(_("Overdue"), report.overdue, agreements=False))
    yield part(
        _("Due in the next 12 months") if report.period.last is None else _("Due in the period"),
        common.deadlines(_("Deadlines"), report.ahead, agreements=False),
    )
    yield part(_("Fulfilled and waived"), tables.settled(report))
    yield part(_("Activities"), _activities(report))
    yield part(_("Open questions"), Bullets(report.questions, "open"))
    yield part(_("Provisions"), tables.provisions(report))
    yield part(_("Terms"), tables.terms(report))
    yield part(_("Scope areas"), tables.scopes(report))
    yield part(_("Statuses"), tables.standings(report) if len(report.standings) > 1 else None)
    yield part(_("Events"), tables.events(report))
    yield part(_("Linked agreements"), Bullets(tuple(_links(report))))
    yield part(_("Figures"), annexes.figures(report))
    yield part(_("Documents"), annexes.documents(report))
    yield part(_("Contacts"), annexes.contacts(report))
    yield part(_("Notes"), annexes.notes(report))
    yield part(_("About this record"), annexes.about(report))


def _status(report: AgreementReport) -> Iterator[Paragraph]:
    standing = report.standing
    if standing:
        lead = _("{status} {since}.").format(
            status=phrases.capital(_(standing.words)), since=phrases.since(standing.from_day)
        )
        yield Paragraph(" ".join(standing.why), lead)
    else:
        yield Paragraph(_("nothing had happened yet."), _("No status on this day:"))
    if report.overdue:
        lead = phrases.counted(
            len(report.overdue),
            "{n} item is overdue or without a result.",
            "{n} items are overdue or without a result.",
        )
        oldest = phrases.day(report.overdue[0].on)
        yield Paragraph(_("The oldest was due on {day}.").format(day=oldest), lead)


def _activities(report: AgreementReport) -> Table:
    caption = _("Not split: counted without saying how many were women and men.")
    if report.trained.total:
        caption = _(
            "Not split: counted without saying how many were women and men. "
            "People trained are those who attended trainings that were held."
        )
    return common.activities(_("Activities"), report.activities, report.trained, caption=caption)


def _timeline(report: AgreementReport) -> Timeline:
    spans = [(standing.from_day, standing.to_day) for standing in report.standings]
    spans += [(term.from_day, term.to_day) for term in report.terms]
    dated = [(parse_date(event.on).lower, event) for event in report.events]
    axis = charts.Axis.over([*charts.days_of(spans), *(day for day, _event in dated if day)], report.day)
    lines = []
    for item in report.standings:
        title = phrases.span(item.from_day, item.to_day)
        bar = axis.bar(item.from_day, item.to_day, item.status, title)
        lines.append(Line(phrases.capital(_(item.words)), phrases.span(item.from_day, item.to_day, brief=True), (bar,)))
    for term in report.terms:
        look = "term-next" if term.place == "next" else f"term-{term.number % 2}"
        title = phrases.span(term.from_day, term.to_day)
        notice = ""
        marks: tuple[tuple[float, str], ...] = ()
        if term.notice_day:
            notice = _("notice by {day}").format(day=phrases.day(term.notice_day, brief=True))
            marks = ((axis.at(date.fromisoformat(term.notice_day)), notice),)
        note = phrases.joined([phrases.span(term.from_day, term.to_day, brief=True), notice])
        label = _("Term {number}").format(number=term.number)
        bar = axis.bar(term.from_day, term.to_day, look, title)
        lines.append(Line(label, note, (bar,), marks))
    marks = tuple(
        (axis.at(day), _("{event}, {day}").format(event=phrases.capital(event.words), day=phrases.day(event.on)))
        for day, event in dated
        if day
    )
    if marks:
        note = phrases.counted(len(marks), "{n} event, listed below", "{n} events, listed below")
        lines.append(Line(_("Events"), note, (), marks))
    caption = _(
        "A bar that breaks up at an end is open there: no such day is known, or there is none. "
        "A dashed outline is a term still to come; a stroke in a term is its notice day."
    )
    return charts.timeline(_("Timeline"), _("What"), lines, axis, report.day, caption)


_LINKS = {
    "amends": (mark("Amends {ref}: {title}"), mark("{ref} amends this one: {title}")),
    "extends": (mark("Extends {ref}: {title}"), mark("{ref} extends this one: {title}")),
    "replaces": (mark("Replaces {ref}: {title}"), mark("{ref} replaces this one: {title}")),
    "implements": (mark("Implements {ref}: {title}"), mark("{ref} implements this one: {title}")),
    "terminates": (mark("Terminates {ref}: {title}"), mark("{ref} terminates this one: {title}")),
}


def _links(report: AgreementReport) -> Iterator[str]:
    for link in report.links:
        yield _link(link)
    if report.links_left_out:
        yield phrases.counted(
            report.links_left_out,
            "{n} link to a confidential agreement is left out.",
            "{n} links to confidential agreements are left out.",
        )


def _link(link: Link) -> str:
    forth, back = _LINKS[link.kind]
    return _(back if link.back else forth).format(ref=link.ref, title=link.title or _("(not recorded here)"))
