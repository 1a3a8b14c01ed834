"""The portfolio: many agreements on one day, counted and laid side by side. Knows no layout, reads no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.models.enums import Role, Status
from tracker.reports import phrases
from tracker.reports.parts import Activity, Deadline, People, horizon, parted, split, trained
from tracker.rules.wording import status_in_words
from tracker.store.reader import Row, Rows

PARTNERS = frozenset({Role.PARTY, Role.PARTICIPANT, Role.IMPLEMENTING_PARTNER, Role.DONOR})
"""Roles that make an organisation or State a partner; observers, depositaries and third parties are none."""

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
    title: str
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
    deadlines: tuple[Deadline, ...]
    overdue: tuple[Deadline, ...]
    trainings: tuple[Activity, ...]
    trained: People


def build(
    rows: Rows,
    day: date,
    values: Mapping[str, Any] | None = None,
    *,
    filters: Iterable[tuple[str, str]] = (),
    title: str = "Portfolio of agreements",
    include_confidential: bool = False,
) -> PortfolioReport:
    """The agreements that ``values`` (of the query ``agreements``) leave, on ``day``.

    ``filters`` are the same in words. Everything else in the report is of these agreements. Raises BadInput
    where a year from ``day`` lies past the last day there is.
    """
    today, until = day.isoformat(), horizon(day)
    found = rows.rows("agreements", **{**(values or {}), "day": today})
    shown = [row for row in found if include_confidential or row["confidentiality"] != "confidential"]
    agreements = tuple(_listed(row) for row in shown)
    refs = frozenset(item.ref for item in agreements)
    partners = _partners(rows, refs)
    scopes = {row["code"]: row["name_en"] for row in rows.rows("scopes")}
    by_scope = _counts((code for item in agreements for code in item.scopes), scopes)
    by_partner = _counts((key for keys in partners.of.values() for key in keys), partners.names)
    deadlines = [Deadline.of(row) for row in rows.rows("deadlines", day=today, until=until.isoformat())]
    overdue, ahead = parted(item for item in deadlines if item.agreement in refs)
    activities = [Activity.of(row, day) for row in rows.rows("activities", day=today) if row["agreement"] in refs]
    running = tuple(_running(rows, agreements, today))
    return PortfolioReport(
        day=day,
        until=until,
        title=title,
        filters=tuple(filters),
        left_out=len(found) - len(shown),
        agreements=agreements,
        in_force=sum(item.status == Status.IN_FORCE for item in agreements),
        by_status=_counts((item.status for item in agreements), {item: phrases.code(item) for item in Status}),
        by_kind=_counts(
            (item.kind for item in agreements), {item.kind: phrases.code(item.kind) for item in agreements}
        ),
        by_country=_counts(
            (code for item in agreements for code in item.countries),
            {code: phrases.country(code) for item in agreements for code in item.countries},
        ),
        by_scope=by_scope,
        by_partner=by_partner,
        running=running,
        heat=_heat(agreements, partners, by_scope, by_partner),
        deadlines=ahead,
        overdue=overdue,
        trainings=tuple(activity for activity in activities if activity.trained),
        trained=trained(activities),
    )


def _listed(row: Row) -> Listed:
    values = {key: row[key] for key in Listed.__dataclass_fields__ if key != "words"}
    values |= {key: split(row[key]) for key in ("parties", "scopes", "countries")}
    return Listed(**values, words=status_in_words(row["status"], row["kind"]))


@dataclass(frozen=True, slots=True)
class _Partners:
    """The partners of each agreement by the reference of the party, and how each is named."""

    of: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


def _partners(rows: Rows, refs: frozenset[str]) -> _Partners:
    """Two partners of the same name are told apart by their country, or by their reference."""
    found = [row for row in rows.rows("report_participations") if row["agreement"] in refs and row["role"] in PARTNERS]
    of: dict[str, list[str]] = {}
    parties = {row["party"]: row for row in found}
    for row in found:
        keys = of.setdefault(row["agreement"], [])
        if row["party"] not in keys:
            keys.append(row["party"])
    labels = {key: str(row["acronym"] or row["name"]) for key, row in parties.items()}
    same = Counter(labels.values())
    full = {
        key: label if same[label] == 1 else f"{label} ({parties[key]['country'] or key})"
        for key, label in labels.items()
    }
    again = Counter(full.values())
    names = {key: name if again[name] == 1 else f"{labels[key]} ({key})" for key, name in full.items()}
    return _Partners({ref: tuple(keys) for ref, keys in of.items()}, names)


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
    agreements: Iterable[Listed], partners: _Partners, by_scope: tuple[Count, ...], by_partner: tuple[Count, ...]
) -> Heat:
    columns = by_partner[:COLUMNS]
    met = Counter(
        (scope, party) for item in agreements for scope in item.scopes for party in partners.of.get(item.ref, ())
    )
    lines = {scope.code: tuple(met[scope.code, column.code] for column in columns) for scope in by_scope}
    scopes = tuple(scope for scope in by_scope if any(lines[scope.code]))
    return Heat(
        scopes=scopes,
        partners=columns,
        numbers=tuple(lines[scope.code] for scope in scopes),
        partners_left_out=len(by_partner) - len(columns),
    )
