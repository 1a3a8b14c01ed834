"""What the sheets of a report's workbook hold: one sheet for each noun, as plain rows. Writes no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tracker.reports import phrases
from tracker.reports.factsheet import AgreementReport
from tracker.reports.parts import Deadline, People
from tracker.reports.portfolio import Count, PortfolioReport

Form = Literal["text", "day", "number", "count"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what its cells are. A day known in full is a date;
    ``number`` takes decimals as text."""

    heading: str
    width: int = 16
    form: Form = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its rows; ``total`` is a last row set apart."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: tuple[Any, ...] | None = None


DAY = {"width": 14, "form": "day"}
_PEOPLE = tuple(Column(word, 10, "count") for word in ("Women", "Men", "Other", "Not split", "Total"))


def _sheet(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], total: Sequence[Any] | None = None
) -> Sheet:
    return Sheet(name, tuple(columns), tuple(map(tuple, rows)), tuple(total) if total else None)


def _day(heading: str) -> Column:
    return Column(heading, 14, "day")


def _people(them: People) -> tuple[int, ...]:
    return (them.women, them.men, them.other, them.unsplit, them.total)


def _deadlines(name: str, items: Iterable[Deadline]) -> Sheet:
    columns = (
        _day("Day"),
        Column("Days left", 10, "count"),
        Column("What", 50),
        Column("Kind", 14),
        Column("Reference", 22),
    )
    more = (Column("Agreement", 20), Column("State", 14), Column("Responsible", 24))
    rows = (
        (i.on, i.days_left, i.what, phrases.code(i.kind), i.ref, i.agreement, phrases.code(i.state), i.responsible)
        for i in items
    )
    return _sheet(name, (*columns, *more), rows)


def _filled(*sheets: Sheet) -> tuple[Sheet, ...]:
    """The sheets that hold anything."""
    return tuple(sheet for sheet in sheets if sheet.rows)


def of_agreement(report: AgreementReport) -> tuple[Sheet, ...]:
    """The fact sheet of one agreement."""
    standing, term, deadline = report.standing, report.term, report.next_deadline
    facts = [
        ("Reference", report.ref),
        ("Title", report.title),
        ("Kind", phrases.code(report.kind)),
        ("As of", report.day.isoformat()),
        ("Status", standing.words if standing else "none on this day"),
        ("Since", report.since or ""),
        ("Why", " ".join(standing.why) if standing else ""),
        ("Signed", report.signed or phrases.UNKNOWN),
        (f"{phrases.capital(report.words.in_force)} from", report.in_force or phrases.UNKNOWN),
        ("Current term to", (term.to_day or "open") if term else (report.last_day or "none")),
        ("Next deadline", deadline.on if deadline else "none"),
        ("Next deadline is", deadline.what if deadline else ""),
        ("Summary", report.summary or ""),
        ("Countries", phrases.listed([phrases.country(code) for code in report.countries])),
        ("Languages", phrases.listed([phrases.language(code) for code in report.languages])),
        ("Responsible", report.responsible.name if report.responsible else phrases.UNKNOWN),
        ("Confidentiality", report.confidentiality),
        ("Source", report.source or phrases.UNKNOWN),
    ]
    people = ([report.responsible] if report.responsible else []) + list(report.contacts)
    return _filled(
        _sheet("Agreement", (Column("What", 20), Column("Value", 90, "day")), [fact for fact in facts if fact[1]]),
        _sheet(
            "Parties",
            (
                Column("Party", 44),
                Column("Acronym", 12),
                Column("Kind", 24),
                Column("Country", 20),
                Column("Part of", 20),
                Column("Role", 18),
                _day("In force for it"),
                Column("Signatory", 26),
                Column("Office", 32),
            ),
            (
                (
                    p.name,
                    p.acronym,
                    phrases.code(p.kind),
                    phrases.country(p.country),
                    p.part_of,
                    phrases.code(p.role),
                    p.in_force,
                    p.signatory,
                    p.office,
                )
                for p in report.parties
            ),
        ),
        _sheet(
            "Scope areas",
            (
                Column("Area", 40),
                Column("Code", 30),
                Column("Global Compact objective", 24),
                Column("SDG target", 18),
                Column("DAC purpose", 18),
            ),
            ((s.name, s.code, s.gcm, s.sdg, s.dac) for s in report.scopes),
        ),
        _sheet(
            "Provisions",
            (Column("Provision", 22), Column("Rule", 70, "day"), Column("Clause", 18)),
            ((p.what, p.rule, p.clause) for p in report.provisions),
        ),
        _sheet(
            "Terms",
            (
                Column("Term", 8, "count"),
                _day("From"),
                _day("Last day"),
                _day("Notice by"),
                Column("Renews", 18),
                Column("Origin", 18),
                Column("On the day", 12),
                Column("Why", 70),
            ),
            (
                (
                    t.number,
                    t.from_day or phrases.UNKNOWN,
                    t.to_day or "open",
                    t.notice_day,
                    "by itself" if t.renews else "",
                    phrases.code(t.origin),
                    t.place,
                    " ".join(t.why),
                )
                for t in report.terms
            ),
        ),
        _sheet(
            "Obligations",
            (
                Column("Reference", 22),
                Column("Obligation", 50),
                Column("Kind", 18),
                Column("Clause", 14),
                Column("Owed by", 22),
                Column("Owed to", 22),
                Column("Scope areas", 28),
                Column("Due", 32, "day"),
                _day("Next due"),
                Column("State", 12),
                Column("Overdue", 10, "count"),
                Column("Fulfilled", 10, "count"),
                Column("Outlives", 10),
                Column("Responsible", 24),
            ),
            (
                (
                    o.ref,
                    o.text,
                    phrases.code(o.kind),
                    o.clause,
                    phrases.listed(o.owed_by),
                    phrases.listed(o.owed_to),
                    ", ".join(o.scopes),
                    o.due,
                    o.next_due,
                    o.state,
                    o.overdue,
                    o.fulfilled,
                    "yes" if o.survives else "",
                    o.responsible,
                )
                for o in report.obligations
            ),
        ),
        _deadlines("Overdue", report.overdue),
        _deadlines("Deadlines", report.ahead),
        _sheet(
            "Fulfilled and waived",
            (
                Column("Reference", 22),
                Column("Obligation", 50),
                _day("Due"),
                Column("State", 12),
                _day("On"),
                Column("Evidence or reason", 50),
                Column("By activity", 20),
            ),
            ((s.ref, s.text, s.due_on, s.state, s.on, s.how, s.by_activity) for s in report.settled),
        ),
        _sheet(
            "Activities",
            (
                Column("Reference", 22),
                Column("Activity", 50),
                Column("Kind", 20),
                _day("From"),
                _day("To"),
                Column("Place", 20),
                Column("State", 14),
                Column("Scope areas", 28),
                Column("Fulfils", 24),
                *_PEOPLE,
                Column("People trained", 14, "count"),
            ),
            (
                (
                    a.ref,
                    a.title,
                    phrases.code(a.kind),
                    a.on,
                    a.until,
                    a.place,
                    phrases.code(a.state),
                    ", ".join(a.scopes),
                    ", ".join(a.fulfils),
                    *(_people(a.people) if a.people.total else (None,) * 5),
                    a.people.total if a.trained else None,
                )
                for a in report.activities
            ),
            ("People trained", *[None] * 8, *_people(report.trained), report.trained.total)
            if report.trained.total
            else None,
        ),
        _sheet(
            "Attendance",
            (Column("Activity", 22), Column("Party", 30), *_PEOPLE),
            ((a.ref, party, *_people(them)) for a in report.activities for party, them in a.attendance),
        ),
        _sheet(
            "Statuses",
            (Column("Status", 20), _day("From"), _day("To"), Column("Why", 90)),
            ((s.words, s.from_day or phrases.UNKNOWN, s.to_day or "open", " ".join(s.why)) for s in report.standings),
        ),
        _sheet(
            "Events",
            (_day("Day"), Column("Event", 28), Column("By", 30), _day("Until"), Column("For", 14), Column("Note", 60)),
            ((e.on, e.words, e.party or "all", e.until, e.duration, e.note) for e in report.events),
        ),
        _sheet(
            "Documents",
            (
                Column("Title", 44),
                Column("File", 30),
                Column("Kind", 18),
                Column("Language", 14),
                _day("Day"),
                Column("SHA-256", 66),
            ),
            (
                (
                    d.get("title"),
                    d.get("file"),
                    phrases.code(d.get("kind")),
                    phrases.language(d.get("language") or ""),
                    d.get("on"),
                    d.get("sha256"),
                )
                for d in report.documents
            ),
        ),
        _sheet(
            "Links",
            (Column("Reference", 22), Column("Link", 26), Column("Title", 70)),
            (
                (
                    k.ref,
                    f"{phrases.code(k.kind)} this one" if k.back else f"this one {phrases.code(k.kind)} it",
                    k.title,
                )
                for k in report.links
            ),
        ),
        _sheet(
            "Figures",
            (
                Column("What", 50),
                Column("Value", 16, "number"),
                Column("Unit", 16),
                _day("Period"),
                Column("Source", 50),
            ),
            (tuple(f.get(key) for key in ("what", "value", "unit", "period", "source")) for f in report.figures),
        ),
        _sheet("Open questions", (Column("What is unknown", 110),), ((question,) for question in report.questions)),
        _sheet(
            "Contacts",
            (
                Column("Person", 28),
                Column("Office", 32),
                Column("For", 24),
                Column("E-mail", 34),
                Column("Telephone", 20),
            ),
            ((p.name, p.office, p.party, p.email, p.phone) for p in people),
        ),
        _sheet(
            "Notes", (_day("Day"), Column("Note", 110)), ((note.get("on"), note.get("text")) for note in report.notes)
        ),
    )


def of_portfolio(report: PortfolioReport) -> tuple[Sheet, ...]:
    """The portfolio; its first sheet is never left out."""
    facts = [
        ("Title", report.title),
        ("As of", report.day.isoformat()),
        *((f"Only {name}", value) for name, value in report.filters),
        ("Agreements", len(report.agreements)),
        ("In force", report.in_force),
        ("Partners", len(report.by_partner)),
        ("Overdue or without result", len(report.overdue)),
        ("Due in 12 months", len(report.deadlines)),
        ("People trained", report.trained.total),
        ("Women trained", report.trained.women),
        ("Men trained", report.trained.men),
        ("Others trained", report.trained.other),
        ("Trained, not split by sex", report.trained.unsplit),
        ("Confidential agreements left out", report.left_out),
    ]
    return _filled(
        _sheet("Portfolio", (Column("What", 32), Column("Value", 60, "day")), facts),
        _sheet(
            "Agreements",
            (
                Column("Reference", 22),
                Column("Title", 60),
                Column("Kind", 28),
                Column("Status", 20),
                _day("Since"),
                Column("Parties", 40),
                Column("Scope areas", 40),
                Column("Countries", 14),
                _day("Signed"),
                _day("In force from"),
                _day("Term to"),
                _day("Next deadline"),
                Column("Responsible", 24),
            ),
            (
                (
                    a.ref,
                    a.title,
                    phrases.code(a.kind),
                    a.words,
                    a.since,
                    ", ".join(a.parties),
                    ", ".join(a.scopes),
                    ", ".join(a.countries),
                    a.signed or phrases.UNKNOWN,
                    a.in_force or phrases.UNKNOWN,
                    a.ends,
                    a.next_deadline,
                    a.responsible,
                )
                for a in report.agreements
            ),
        ),
        _sheet(
            "In force",
            (Column("Reference", 22), Column("Title", 70), _day("From"), _day("Term to"), Column("Then", 20)),
            (
                (
                    r.ref,
                    r.title,
                    r.from_day or phrases.UNKNOWN,
                    r.to_day or "open",
                    "renews by itself" if r.renews else "",
                )
                for r in report.running
            ),
        ),
        _deadlines("Overdue", report.overdue),
        _deadlines("Deadlines", report.deadlines),
        _counts("By status", report.by_status),
        _counts("By kind", report.by_kind),
        _counts("By country", report.by_country),
        _counts("By scope area", report.by_scope),
        _counts("By partner", report.by_partner),
        _sheet(
            "Scope by partner",
            (Column("Scope area", 38), *(Column(partner.name, 14, "count") for partner in report.heat.partners)),
            (
                (scope.name, *(number or None for number in line))
                for scope, line in zip(report.heat.scopes, report.heat.numbers, strict=True)
            ),
        ),
        _sheet(
            "People trained",
            (Column("Reference", 22), Column("Training", 60), _day("From"), _day("To"), Column("Place", 24), *_PEOPLE),
            ((a.ref, a.title, a.on, a.until, a.place, *_people(a.people)) for a in report.trainings),
            ("All trainings", None, None, None, None, *_people(report.trained)),
        ),
    )


def _counts(name: str, items: Iterable[Count]) -> Sheet:
    columns = (Column("Name", 50), Column("Code", 32), Column("Agreements", 12, "count"))
    return _sheet(name, columns, ((item.name, item.code, item.number) for item in items))
