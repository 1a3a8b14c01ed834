"""The sheets of a portfolio's workbook: one for each noun, as plain rows. Writes no file."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.reports import phrases
from tracker.reports.portfolio import Count, PortfolioReport
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
    return filled(
        sheet("Portfolio", (Column("What", 32), Column("Value", 60, "day")), facts),
        sheet(
            "Agreements",
            (
                Column("Reference", 22),
                Column("Title", 60),
                Column("Kind", 28),
                Column("Status", 20),
                day("Since"),
                Column("Parties", 40),
                Column("Scope areas", 40),
                Column("Countries", 14),
                day("Signed"),
                day("In force from"),
                day("Term to"),
                day("Next deadline"),
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
        sheet(
            "In force",
            (
                Column("Reference", 22),
                Column("Title", 70),
                day("From"),
                day("Term to"),
                Column("Then", 20),
            ),
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
        deadlines("Overdue", report.overdue),
        deadlines("Deadlines", report.deadlines),
        _counts("By status", report.by_status),
        _counts("By kind", report.by_kind),
        _counts("By country", report.by_country),
        _counts("By scope area", report.by_scope),
        _counts("By partner", report.by_partner),
        sheet(
            "Scope by partner",
            (Column("Scope area", 38), *(Column(partner.name, 14, "count") for partner in report.heat.partners)),
            (
                (scope.name, *(number or None for number in line))
                for scope, line in zip(report.heat.scopes, report.heat.numbers, strict=True)
            ),
        ),
        sheet(
            "People trained",
            (
                Column("Reference", 22),
                Column("Training", 60),
                day("From"),
                day("To"),
                Column("Place", 24),
                *PEOPLE_COLUMNS,
            ),
            ((a.ref, a.title, a.on, a.until, a.place, *people_cells(a.people)) for a in report.trainings),
            ("All trainings", None, None, None, None, *people_cells(report.trained)),
        ),
    )


def _counts(name: str, items: Iterable[Count]) -> Sheet:
    columns = (Column("Name", 50), Column("Code", 32), Column("Agreements", 12, "count"))
    return sheet(name, columns, ((item.name, item.code, item.number) for item in items))
