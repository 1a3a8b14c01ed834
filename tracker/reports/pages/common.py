"""What the pages of several reports are made of: cells, columns, tables of deadlines, of people, heads and feet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker import __version__
from tracker.reports import phrases
from tracker.reports.codes import code
from tracker.reports.document import Cell, Column, Table, table
from tracker.reports.parts import Activity, Deadline, File, People, Period
from tracker.reports.questions import short
from tracker.reports.words import _, mark

NOTHING = Cell("–", "")


def day(text: str | None) -> Cell:
    """A day in words, unknown set apart; a workbook holds it as a date."""
    if text is None or text == phrases.UNKNOWN:
        return Cell(_("unknown"), None, "unknown")
    return Cell(phrases.day(text, brief=True), text)


def day_or(text: str | None, otherwise: str = "–") -> Cell:
    """A day, or other words where there is none."""
    return day(text) if text else Cell(otherwise, "" if otherwise == "–" else otherwise)


def some(text: str | None) -> Cell:
    """A text, or a dash on paper where there is none."""
    return Cell(text) if text else NOTHING


def known(text: str | None) -> Cell:
    """A text, or that it is unknown."""
    return Cell(text) if text else Cell(_("unknown"), None, "unknown")


def label(value: str | None) -> Cell:
    """A code in words."""
    return Cell(phrases.label(value))


def state(value: str, words: str = "") -> Cell:
    """A state, set as a label."""
    return Cell(phrases.capital(words or code(value)), None, value)


def number(value: int) -> Cell:
    """A number with its thousands apart."""
    return Cell(phrases.count(value), value)


def strong(text: str) -> Cell:
    """A text that stands out."""
    return Cell(text, None, "strong")


def text_column(heading: str, share: float = 1.0, width: int = 24, under: str = "", book: bool = False) -> Column:
    """A column of texts."""
    return Column(heading, share, "text", width, under, book)


def day_column(heading: str, share: float = 0.7, under: str = "", book: bool = False) -> Column:
    """A column of days."""
    return Column(heading, share, "day", 14, under, book)


def count_column(heading: str, share: float = 0.35, book: bool = False) -> Column:
    """A column of whole numbers."""
    return Column(heading, share, "count", 10, "", book)


def state_column(heading: str, share: float = 0.78) -> Column:
    """A column of states."""
    return Column(heading, share, "state", 16)


def people_columns() -> tuple[Column, ...]:
    """Women, men, other, not split, total."""
    headings = (_("Women"), _("Men"), _("Other"), _("Not split"), _("Total"))
    return tuple(count_column(heading) for heading in headings)


def people_cells(them: People) -> tuple[Cell, ...]:
    """The cells of ``people_columns``; dashes where nobody was counted."""
    if not them.total:
        return (NOTHING,) * 5
    return tuple(map(number, (them.women, them.men, them.other, them.unsplit, them.total)))


def deadlines(name: str, items: Iterable[Deadline], *, agreements: bool = True) -> Table:
    """Deadlines by day: what, its agreement (where ``agreements``), who is responsible, its state."""
    what, on, whose = _("What"), _("Day"), _("Responsible")
    columns = (
        day_column(on),
        Column(_("In days"), 0.4, "count", 10, on),
        text_column(what, 2.2, 50),
        text_column(_("Kind"), width=14, under=what),
        text_column(_("Reference"), width=22, under=what),
        text_column(_("Agreement"), width=60, under=what if agreements else "", book=not agreements),
        text_column(whose, 0.8, 24),
        state_column(_("State")),
    )
    rows = (
        (
            day(i.on),
            Cell(phrases.left(i.days_left), i.days_left),
            phrases.capital(i.what),
            label(i.kind),
            i.ref,
            i.title,
            some(i.responsible),
            state(i.state),
        )
        for i in items
    )
    return table(name, columns, rows)


def activities(name: str, items: Sequence[Activity], total: People | None = None, *, caption: str = "") -> Table:
    """Activities with the people who attended them; ``total`` is a last row of people trained."""
    what, on = _("Activity"), _("Day")
    columns = (
        text_column(_("No."), 0.3, 22),
        day_column(on),
        day_column(_("To"), under=on),
        text_column(what, 2.0, 50),
        text_column(_("Kind"), width=20, under=what),
        text_column(_("Place"), width=20, under=what),
        text_column(_("Attended by"), width=30, under=what),
        text_column(_("Scope areas"), width=28, book=True),
        text_column(_("Fulfils"), width=24, under=what),
        state_column(_("State"), 0.75),
        *people_columns(),
    )
    rows = (
        (
            Cell(short(a.ref), a.ref),
            day(a.on),
            Cell(_("to {day}").format(day=phrases.day(a.until, brief=True)), a.until) if a.until else None,
            a.title,
            label(a.kind),
            a.place,
            attended(a),
            ", ".join(a.scopes),
            fulfils(a),
            state(a.state),
            *people_cells(a.people),
        )
        for a in items
    )
    last = None
    if total is not None and total.total:
        last = ("", "", "", _("People trained"), *[""] * 6, *people_cells(total))
    return table(name, columns, rows, last, caption)


def attended(activity: Activity) -> str:
    """The institutions that came to an activity, each with how many people."""
    return phrases.listed(
        [
            _("{party} {n}").format(party=party, n=phrases.count(them.total)) if them.total else party
            for party, them in activity.attendance
        ]
    )


def fulfils(activity: Activity) -> Cell | None:
    """What an activity fulfils: ``fulfils O1, due 10 Sep 2025``; a workbook has the references."""
    if not activity.fulfils:
        return None
    said = []
    for item in activity.fulfils:
        ref, _colon, due = short(item).partition(":")
        dated = _("{ref} due {day}").format(ref=ref, day=phrases.day(due, brief=True)) if due else ref
        said.append(dated)
    return Cell(_("fulfils {what}").format(what=phrases.listed(said)), list_of(activity.fulfils))


def list_of(items: Iterable[str]) -> str:
    """Values side by side, for workbooks."""
    return ", ".join(items)


_FILTERS = {
    "party": mark("party {value}"),
    "scope": mark("scope area {value}"),
    "country": mark("country {value}"),
    "kind": mark("kind {value}"),
    "status": mark("status {value}"),
    "responsible": mark("responsible {value}"),
    "agreement": mark("agreement {value}"),
    "text": mark("the text “{value}”"),
}


def _value(name: str, value: str) -> str:
    """The value of a filter in words."""
    if name in ("kind", "status"):
        return code(value)
    return phrases.country(value) if name == "country" else value


def notices(left_out: int, period: Period, filters: Sequence[tuple[str, str]] = ()) -> tuple[str, ...]:
    """What stands under the head: what the report is limited to, and what was left out of it."""
    said = []
    if filters:
        limits = phrases.listed([_(_FILTERS[name]).format(value=_value(name, value)) for name, value in filters])
        said.append(_("Limited to {limits}.").format(limits=limits))
    if period.first or period.last:
        said.append(_("Period: {span}.").format(span=period_in_words(period)))
    if left_out:
        said.append(
            phrases.counted(
                left_out,
                "{n} confidential agreement is left out of this report.",
                "{n} confidential agreements are left out of this report.",
            )
        )
    return tuple(said)


def period_in_words(period: Period) -> str:
    """``1 January 2026 to 31 March 2026``, ``from 1 January 2026``, ``to 31 March 2026``."""
    first = phrases.day(period.first.isoformat()) if period.first else ""
    last = phrases.day(period.last.isoformat()) if period.last else ""
    if first and last:
        return _("{first} to {last}").format(first=first, last=last)
    return _("from {first}").format(first=first) if first else _("to {last}").format(last=last)


def files(shown: Iterable[File], *, agreement: bool = True) -> Cell:
    """The files that show something: their references (whole ones where ``agreement``) and names."""
    said = [_("{ref} {file}").format(ref=item.ref if agreement else short(item.ref), file=item.name) for item in shown]
    return Cell(phrases.listed(said))


SHORT = 12
"""Digits of the journal's hash that are printed; files carry it whole beside."""


def as_of(on: date, journal: str) -> str:
    """The line at the foot that says of which day and which state of the journal the report is, and what made it."""
    day = phrases.day(on.isoformat())
    if not journal:
        return _("as of {day}; Tracker {version}").format(day=day, version=__version__)
    count, _colon, digits = journal.partition(":")
    message = _("as of {day}; journal {head}; Tracker {version}")
    return message.format(day=day, head=f"{count}:{digits[:SHORT]}", version=__version__)
