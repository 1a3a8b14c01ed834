"""The portfolio: many agreements on one day, counted and laid side by side. Knows no layout, reads no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker import actions
from tracker.models.enums import Role, Status
from tracker.reports import phrases, selection
from tracker.reports.codes import code
from tracker.reports.findings import Finding
from tracker.reports.parts import (
    MILESTONES,
    WHOLE,
    Activity,
    Deadline,
    People,
    Period,
    horizon,
    journal_head,
    parted,
    party_names,
    split,
    trained,
)
from tracker.rules.wording import status_in_words
from tracker.store.reader import Row, Rows

PARTNERS = frozenset({Role.PARTY, Role.PARTICIPANT, Role.IMPLEMENTING_PARTNER, Role.DONOR})
"""Roles that make an organisation or State a partner; observers, depositaries and third parties are none."""

SEVERITIES = ("error", "warning", "note")

EVERY = 1000
"""After so many agreements checked, a second or so, progress is told."""

COLUMNS = 12
"""Most partners in the heat map."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An agreement of the portfolio with its status on the day."""

    ref: str
    title: str
    kind: str
    status: str
    words: str
    since: str
    parties: tuple[str, ...]
    scopes: tuple[str, ...]
    countries: tuple[str, ...]
    signed: str | None
    in_force: str | None
    ends: str | None
    next_deadline: str | None
    responsible: str | None
    confidentiality: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What one quality check found among the agreements: each finding as a reference and what it says."""

    code: str
    severity: str
    title: str
    mend: str
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Running:
    """An agreement in force on the day: since when, and the last day of its current term (None: open).

    ``from_day`` None is an unknown day; ``renews`` says that another term follows by itself.
    """

    ref: str
    title: str
    words: str
    from_day: str | None
    to_day: str | None
    renews: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many agreements have one value; an agreement counts once under each of its values."""

    code: str
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Agreements in each scope area with each partner: ``numbers`` has a row for each of ``scopes``."""

    scopes: tuple[Count, ...]
    partners: tuple[Count, ...]
    numbers: tuple[tuple[int, ...], ...]
    partners_left_out: int

    @property
    def most(self) -> int:
        return max((number for line in self.numbers for number in line), default=0)


@dataclass(frozen=True, slots=True)
class PortfolioReport:
    """Everything the portfolio says, as seen on ``day``."""

    day: date
    until: date
    journal: str
    title: str
    period: Period
    filters: tuple[tuple[str, str], ...]
    left_out: int
    agreements: tuple[Listed, ...]
    in_force: int
    by_status: tuple[Count, ...]
    by_kind: tuple[Count, ...]
    by_country: tuple[Count, ...]
    by_scope: tuple[Count, ...]
    by_partner: tuple[Count, ...]
    running: tuple[Running, ...]
    heat: Heat
    milestones: tuple[Deadline, ...]
    deadlines: tuple[Deadline, ...]
    overdue: tuple[Deadline, ...]
    trainings: tuple[Activity, ...]
    trained: People
    gaps: tuple[Gap, ...]


def build(
    rows: Rows,
    day: date,
    values: Mapping[str, Any] | None = None,
    *,
    filters: Iterable[tuple[str, str]] = (),
    title: str = "",
    include_confidential: bool = False,
    period: Period = WHOLE,
    progress: Callable[[int, int], None] | None = None,
) -> PortfolioReport:
    """The agreements that ``values`` (of the query ``agreements``) leave, on ``day``.

    ``filters`` are the same in words. Everything else in the report is of these agreements. ``period`` limits its
    deadlines and trainings, not its agreements, which are those of the day; without an end, deadlines reach a year
    ahead. ``progress`` is told how many agreements of how many are checked, every EVERY of them. Raises BadInput
    where the year ahead lies past the last day there is.
    """
    today, until = day.isoformat(), period.last or horizon(day)
    chosen = selection.select(rows, day, values or {}, include_confidential=include_confidential)
    agreements = tuple(listed(row) for row in chosen.rows)
    refs = frozenset(item.ref for item in agreements)
    partners, names = _partners(rows, refs)
    scopes = {row["code"]: phrases.scope(row) for row in rows.rows("scopes")}
    by_scope = _counts((code for item in agreements for code in item.scopes), scopes)
    by_partner = _counts((key for keys in partners.values() for key in keys), names)
    deadlines = (Deadline.of(row) for row in rows.rows("deadlines", day=today, until=until.isoformat()))
    mine = (item for item in deadlines if item.agreement in refs and period.holds(item.on))
    overdue, ahead = parted(item for item in mine if item.on <= until.isoformat())
    found = (Activity.of(row, day) for row in rows.rows("activities", day=today) if row["agreement"] in refs)
    activities = [item for item in found if period.holds(item.on)]
    return PortfolioReport(
        day=day,
        until=until,
        journal=journal_head(rows),
        title=title,
        period=period,
        filters=tuple(filters),
        left_out=len(chosen.left_out),
        agreements=agreements,
        in_force=sum(item.status == Status.IN_FORCE for item in agreements),
        by_status=_counts((item.status for item in agreements), {item: code(item) for item in Status}),
        by_kind=_counts((item.kind for item in agreements), {item.kind: code(item.kind) for item in agreements}),
        by_country=_counts(
            (code for item in agreements for code in item.countries),
            {code: phrases.country(code) for item in agreements for code in item.countries},
        ),
        by_scope=by_scope,
        by_partner=by_partner,
        running=tuple(_running(rows, agreements, today)),
        heat=_heat(agreements, partners, by_scope, by_partner),
        milestones=tuple(item for item in ahead if item.kind in MILESTONES),
        deadlines=tuple(item for item in ahead if item.kind not in MILESTONES),
        overdue=overdue,
        trainings=tuple(activity for activity in activities if activity.trained),
        trained=trained(activities),
        gaps=tuple(_gaps(rows, agreements, day, progress)),
    )


def _gaps(
    rows: Rows, agreements: Sequence[Listed], day: date, progress: Callable[[int, int], None] | None
) -> Iterable[Gap]:
    """Findings of the quality checks, errors first, then the most frequent."""
    found = {}
    checked = actions.checking.of_agreements(rows, [item.ref for item in agreements], day)
    for number, (ref, findings) in enumerate(checked, 1):
        found[ref] = [Finding.of(finding) for finding in findings]
        if progress and number % EVERY == 0:
            progress(number, len(agreements))
    met: dict[str, list[Finding]] = {}
    for item in agreements:
        for finding in found[item.ref]:
            met.setdefault(finding.code, []).append(finding)
    order = sorted(met, key=lambda key: (SEVERITIES.index(met[key][0].severity), -len(met[key]), key))
    return (_gap(met[key]) for key in order)


def _gap(found: Sequence[Finding]) -> Gap:
    first = found[0]
    return Gap(first.code, first.severity, first.title, first.mend, tuple((item.ref, item.what) for item in found))


def listed(row: Row) -> Listed:
    """An agreement of the query ``agreements``."""
    values = {key: row[key] for key in Listed.__dataclass_fields__ if key != "words"}
    values |= {key: split(row[key]) for key in ("parties", "scopes", "countries")}
    return Listed(**values, words=status_in_words(row["status"], row["kind"]))


def _partners(rows: Rows, refs: frozenset[str]) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    """The partners of each agreement by the reference of the party, and how each is named."""
    found = [row for row in rows.rows("report_participations") if row["agreement"] in refs and row["role"] in PARTNERS]
    of: dict[str, list[str]] = {}
    for row in found:
        keys = of.setdefault(row["agreement"], [])
        if row["party"] not in keys:
            keys.append(row["party"])
    return {ref: tuple(keys) for ref, keys in of.items()}, party_names(found)


def _counts(codes: Iterable[str], names: Mapping[str, str]) -> tuple[Count, ...]:
    """How often each code comes, most first, then by name."""
    counted = (Count(str(code), names.get(code, str(code)), number) for code, number in Counter(codes).items())
    return tuple(sorted(counted, key=lambda item: (-item.number, item.name.casefold(), item.code)))


def _running(rows: Rows, agreements: Iterable[Listed], today: str) -> Iterable[Running]:
    terms = {row["agreement"]: row for row in rows.rows("report_terms", day=today)}
    first = {row["agreement"]: row["from_day"] for row in rows.rows("report_first_terms")}
    items = [
        Running(
            item.ref,
            item.title,
            item.words,
            first.get(item.ref),
            terms[item.ref]["to_day"] if item.ref in terms else None,
            bool(terms[item.ref]["renews"]) if item.ref in terms else False,
        )
        for item in agreements
        if item.status == Status.IN_FORCE
    ]
    return sorted(items, key=lambda item: (item.from_day or "", item.ref))


def _heat(
    agreements: Iterable[Listed],
    partners: Mapping[str, tuple[str, ...]],
    by_scope: tuple[Count, ...],
    by_partner: tuple[Count, ...],
) -> Heat:
    columns = by_partner[:COLUMNS]
    met = Counter(
        (scope, party) for item in agreements for scope in item.scopes for party in partners.get(item.ref, ())
    )
    lines = {scope.code: tuple(met[scope.code, column.code] for column in columns) for scope in by_scope}
    scopes = tuple(scope for scope in by_scope if any(lines[scope.code]))
    return Heat(
        scopes=scopes,
        partners=columns,
        numbers=tuple(lines[scope.code] for scope in scopes),
        partners_left_out=len(by_partner) - len(columns),
    )
