"""The file handed to a successor: all that one person answers for. Rows into frozen values; knows no layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker import actions
from tracker.errors import NotFound
from tracker.models.keys import fold
from tracker.reports import portfolio, selection
from tracker.reports.factsheet import Person
from tracker.reports.findings import Finding
from tracker.reports.parts import WHOLE, Deadline, Period, horizon, journal_head, parted
from tracker.store.narrowing import few
from tracker.store.reader import Row, Rows

OWED_WITHIN = 180
"""Days ahead, the last one included, of which the due dates are listed."""

UNANSWERED = frozenset({"T01", "T02", "A01", "A02", "A03", "A17", "A21", "O04", "O07"})
UNDOCUMENTED = frozenset({"D01", "D02", "O01", "O08", "T03"})
STALE = frozenset({"A11", "A12"})
ELSEWHERE = frozenset({"O05", "A04", "A18"})
"""Checks whose findings the report says in its own tables: what is overdue, and what has to be decided."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to turn to for a counterpart, and under which agreements."""

    party: str | None
    person: Person
    agreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandoverReport:
    """Everything that one person hands over, as seen on ``day``; deadlines reach to ``until``, included."""

    day: date
    until: date
    decide_until: date
    journal: str
    title: str
    period: Period
    filters: tuple[tuple[str, str], ...]
    left_out: int
    person: Person
    agreements: tuple[portfolio.Listed, ...]
    obligations: tuple[Row, ...]
    overdue: tuple[Deadline, ...]
    owed: tuple[Deadline, ...]
    decisions: tuple[Deadline, ...]
    unanswered: tuple[Finding, ...]
    undocumented: tuple[Finding, ...]
    stale: tuple[Finding, ...]
    to_mend: tuple[Finding, ...]
    contacts: tuple[Contact, ...]


def build(
    rows: Rows,
    who: str,
    day: date,
    values: Mapping[str, Any] | None = None,
    *,
    filters: Iterable[tuple[str, str]] = (),
    title: str = "",
    include_confidential: bool = False,
    period: Period = WHOLE,
) -> HandoverReport:
    """What the person called ``who`` (name or reference) answers for. Raises NotFound for nobody known.

    That is their agreements, with all obligations under them that name nobody else, and their own obligations under
    other agreements. Decisions are looked for a year ahead, since a notice day is no day to begin thinking.
    """
    key = fold(who)
    found = rows.row("people", person=key)
    if found is None:
        raise NotFound("person", who, [], "list them with: tracker people")
    values = dict(values or {})
    today, until = day.isoformat(), period.last or day + timedelta(days=OWED_WITHIN)
    decide_until = period.last or horizon(day)
    asked = selection.of_agreements(values) | {k: values.get(k) for k in ("party", "scope", "text")}
    asked["few"] = few(rows, responsible=key) or asked.get("few")
    own = selection.select(rows, day, asked | {"responsible": key}, include_confidential=include_confidential)
    every = selection.select(rows, day, asked, include_confidential=include_confidential)
    theirs = rows.rows("obligations", day=today, responsible=key, few=asked["few"])
    obligations = tuple(row for row in theirs if row["agreement"] in every.refs)
    last = max(until, decide_until).isoformat()
    due = [Deadline.of(row) for row in rows.rows("deadlines", day=today, responsible=key, until=last, few=asked["few"])]
    late, ahead = parted(item for item in due if item.agreement in every.refs)
    findings = _findings(rows, [row["ref"] for row in own.rows], day)
    refs = {row["ref"] for row in own.rows} | {row["agreement"] for row in obligations}
    out = own.left_out | ({row["agreement"] for row in theirs} & every.left_out)
    return HandoverReport(
        day=day,
        until=until,
        decide_until=decide_until,
        journal=journal_head(rows),
        title=title,
        period=period,
        filters=tuple(filters),
        left_out=len(out),
        person=Person(found["name"], found["office"], found["email"], found["phone"], found["party"]),
        agreements=tuple(portfolio.listed(row) for row in own.rows),
        obligations=obligations,
        overdue=tuple(item for item in late if period.holds(item.on)),
        owed=tuple(
            item
            for item in ahead
            if item.kind in ("obligation", "activity") and item.on <= until.isoformat() and period.holds(item.on)
        ),
        decisions=tuple(
            item for item in ahead if item.kind in ("notice", "expiry") and item.on <= decide_until.isoformat()
        ),
        unanswered=tuple(item for item in findings if item.code in UNANSWERED),
        undocumented=tuple(item for item in findings if item.code in UNDOCUMENTED),
        stale=tuple(item for item in findings if item.code in STALE),
        to_mend=tuple(item for item in findings if item.code not in UNANSWERED | UNDOCUMENTED | STALE | ELSEWHERE),
        contacts=tuple(_contacts(rows, refs)),
    )


def _findings(rows: Rows, refs: list[str], day: date) -> list[Finding]:
    found = dict(actions.checking.of_agreements(rows, refs, day))
    return [Finding.of(item) for ref in refs for item in found[ref]]


def _contacts(rows: Rows, refs: Iterable[str]) -> Iterable[Contact]:
    """Contacts by counterpart, those of no party last; one person once under each party."""
    wanted = set(refs)
    found: dict[tuple[str | None, Person], list[str]] = {}
    for row in rows.rows("report_contacts"):
        if row["agreement"] in wanted:
            person = Person(row["name"], row["office"], row["email"], row["phone"], row["party"])
            found.setdefault((row["party"], person), []).append(row["agreement"])
    order = sorted(found, key=lambda key: (key[0] is None, (key[0] or "").casefold(), key[1].name.casefold()))
    return (Contact(party, person, tuple(found[party, person])) for party, person in order)
