"""The sheets of a fact sheet's workbook: one for each noun, as plain rows. Writes no file."""

from __future__ import annotations

from tracker.reports import phrases
from tracker.reports.factsheet import AgreementReport
from tracker.reports.sheets import (
    PEOPLE_COLUMNS,
    Column,
    Sheet,
    day,
    deadlines,
    filled,
    people_cells,
    sheet,
)


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
    return filled(
        sheet("Agreement", (Column("What", 20), Column("Value", 90, "day")), [fact for fact in facts if fact[1]]),
        sheet(
            "Parties",
            (
                Column("Party", 44),
                Column("Acronym", 12),
                Column("Kind", 24),
                Column("Country", 20),
                Column("Part of", 20),
                Column("Role", 18),
                day("In force for it"),
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
        sheet(
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
        sheet(
            "Provisions",
            (Column("Provision", 22), Column("Rule", 70, "day"), Column("Clause", 18)),
            ((p.what, p.rule, p.clause) for p in report.provisions),
        ),
        sheet(
            "Terms",
            (
                Column("Term", 8, "count"),
                day("From"),
                day("Last day"),
                day("Notice by"),
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
        sheet(
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
                day("Next due"),
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
        deadlines("Overdue", report.overdue),
        deadlines("Deadlines", report.ahead),
        sheet(
            "Fulfilled and waived",
            (
                Column("Reference", 22),
                Column("Obligation", 50),
                day("Due"),
                Column("State", 12),
                day("On"),
                Column("Evidence or reason", 50),
                Column("By activity", 20),
            ),
            ((s.ref, s.text, s.due_on, s.state, s.on, s.how, s.by_activity) for s in report.settled),
        ),
        sheet(
            "Activities",
            (
                Column("Reference", 22),
                Column("Activity", 50),
                Column("Kind", 20),
                day("From"),
                day("To"),
                Column("Place", 20),
                Column("State", 14),
                Column("Scope areas", 28),
                Column("Fulfils", 24),
                *PEOPLE_COLUMNS,
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
                    *(people_cells(a.people) if a.people.total else (None,) * 5),
                    a.people.total if a.trained else None,
                )
                for a in report.activities
            ),
            ("People trained", *[None] * 8, *people_cells(report.trained), report.trained.total)
            if report.trained.total
            else None,
        ),
        sheet(
            "Attendance",
            (Column("Activity", 22), Column("Party", 30), *PEOPLE_COLUMNS),
            ((a.ref, party, *people_cells(them)) for a in report.activities for party, them in a.attendance),
        ),
        sheet(
            "Statuses",
            (Column("Status", 20), day("From"), day("To"), Column("Why", 90)),
            ((s.words, s.from_day or phrases.UNKNOWN, s.to_day or "open", " ".join(s.why)) for s in report.standings),
        ),
        sheet(
            "Events",
            (
                day("Day"),
                Column("Event", 28),
                Column("By", 30),
                day("Until"),
                Column("For", 14),
                Column("Note", 60),
            ),
            ((e.on, e.words, e.party or "all", e.until, e.duration, e.note) for e in report.events),
        ),
        sheet(
            "Documents",
            (
                Column("Title", 44),
                Column("File", 30),
                Column("Kind", 18),
                Column("Language", 14),
                day("Day"),
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
        sheet(
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
        sheet(
            "Figures",
            (
                Column("What", 50),
                Column("Value", 16, "number"),
                Column("Unit", 16),
                day("Period"),
                Column("Source", 50),
            ),
            (tuple(f.get(key) for key in ("what", "value", "unit", "period", "source")) for f in report.figures),
        ),
        sheet("Open questions", (Column("What is unknown", 110),), ((question,) for question in report.questions)),
        sheet(
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
        sheet(
            "Notes",
            (day("Day"), Column("Note", 110)),
            ((note.get("on"), note.get("text")) for note in report.notes),
        ),
    )
