"""What is owed: due dates by debtor and by person, overdue and ahead, and what was fulfilled, with evidence.

Rows into frozen values. Knows no layout, reads no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.reports import selection
from tracker.reports.parts import WHOLE, File, Period, bounds, evidence, files_of, journal_head, split
from tracker.store.reader import Row, Rows

WINDOWS = (30, 90, 365)
"""Days ahead that are counted, each from the day of the report on; a longer one holds the shorter ones."""

MONTHS, MOST_MONTHS = 12, 24
"""Months of the heat map: so many from the month of the report on, or those of the period, at most so many."""


@dataclass(frozen=True, slots=True)
class Due:
    """One due date of an obligation with its state on the day. ``timely`` says whether it was fulfilled in time:
    None where it was not fulfilled, or the days recorded do not tell."""

    ref: str
    agreement: str
    title: str
    text: str
    clause: str | None
    owed_by: tuple[str, ...]
    owed_to: tuple[str, ...]
    responsible: str | None
    due_on: str | None
    state: str
    days_left: int | None
    done_on: str | None
    evidence: str | None
    by_activity: str | None
    files: tuple[File, ...]
    waived_on: str | None
    waived_reason: str | None
    timely: bool | None

    @property
    def open(self) -> bool:
        return self.state in ("overdue", "pending")


@dataclass(frozen=True, slots=True)
class Owing:
    """How much one debtor or person owes: due dates in each state. ``ahead`` is for each of WINDOWS; ``untold`` are
    fulfilled without the days to tell whether in time."""

    name: str | None
    overdue: int
    ahead: tuple[int, ...]
    in_time: int
    late: int
    untold: int
    waived: int
    lapsed: int


@dataclass(frozen=True, slots=True)
class ObligationsReport:
    """Everything the report says, as seen on ``day``.

    ``heat`` counts open due dates of each debtor: those before the first of ``months``, then by month.
    """

    day: date
    journal: str
    title: str
    period: Period
    filters: tuple[tuple[str, str], ...]
    left_out: int
    obligations: int
    whole: Owing
    by_debtor: tuple[Owing, ...]
    by_person: tuple[Owing, ...]
    overdue: tuple[Due, ...]
    ahead: tuple[Due, ...]
    settled: tuple[Due, ...]
    undated: tuple[Row, ...]
    months: tuple[str, ...]
    heat: tuple[tuple[str | None, tuple[int, ...]], ...]


def build(
    rows: Rows,
    day: date,
    values: Mapping[str, Any] | None = None,
    *,
    filters: Iterable[tuple[str, str]] = (),
    title: str = "",
    include_confidential: bool = False,
    period: Period = WHOLE,
) -> ObligationsReport:
    """Due dates of the obligations that ``values`` (of the query ``obligations``) leave, in ``period``.

    A due date lies in the period by its own day, one without a day by the day it was fulfilled or waived. What was
    fulfilled is counted as far back as the period goes.
    """
    given = dict(values or {})
    chosen = selection.select(rows, day, selection.of_agreements(given), include_confidential=include_confidential)
    filtered = ("party", "scope", "responsible", "text", *selection.BEGINNINGS)
    own = {key: given.get(key) for key in filtered} | {"day": day.isoformat()}
    everything = rows.rows("obligations", **own)
    known = {row["ref"]: row for row in everything if row["agreement"] in chosen.refs}
    shown = evidence(rows, given.get("agreement"))
    dues = [
        due
        for row in rows.rows("occurrences", **own)
        if row["ref"] in known and period.holds((due := _due(row, known[row["ref"]], shown)).due_on or _settled_on(due))
    ]
    months = _months(day, period)
    by_debtor = tuple(_by(dues, lambda due: due.owed_by or (None,)))
    return ObligationsReport(
        day=day,
        journal=journal_head(rows),
        title=title,
        period=period,
        filters=tuple(filters),
        left_out=len({row["agreement"] for row in everything} & chosen.left_out),
        obligations=len(known),
        whole=_owing(None, dues),
        by_debtor=by_debtor,
        by_person=tuple(_by(dues, lambda due: (due.responsible,))),
        overdue=tuple(due for due in dues if due.state == "overdue"),
        ahead=tuple(due for due in dues if due.state == "pending" and (due.days_left or 0) <= WINDOWS[-1]),
        settled=tuple(due for due in dues if due.state in ("fulfilled", "waived")),
        undated=tuple(row for row in known.values() if row["state"] == "ongoing"),
        months=months,
        heat=tuple((owing.name, _by_month(dues, owing.name, months)) for owing in by_debtor),
    )


def _due(row: Row, obligation: Row, shown: Mapping[str, tuple[File, ...]]) -> Due:
    copied = ("ref", "agreement", "text", "due_on", "state", "responsible", "days_left")
    fulfilled, waived = row["state"] == "fulfilled", row["state"] == "waived"
    return Due(
        **{key: row[key] for key in copied},
        title=obligation["title"],
        clause=obligation["clause"],
        owed_by=split(obligation["owed_by"]),
        owed_to=split(obligation["owed_to"]),
        done_on=row["done_on"] if fulfilled else None,
        evidence=row["evidence"] if fulfilled else None,
        by_activity=row["by_activity"] if fulfilled else None,
        files=files_of(shown, row["ref"], row["due_on"], row["by_activity"]) if fulfilled else (),
        waived_on=row["waived_on"] if waived else None,
        waived_reason=row["waived_reason"] if waived else None,
        timely=timely(row["due_on"], row["done_on"]) if fulfilled else None,
    )


def timely(due_on: str | None, done_on: str | None) -> bool | None:
    """Whether what was due by ``due_on`` (ISO) was done by then; None where ``done_on`` as written does not tell."""
    lower, upper = bounds(done_on)
    if due_on is None or lower is None or upper is None:
        return None
    if upper.isoformat() <= due_on:
        return True
    return False if lower.isoformat() > due_on else None


def _settled_on(due: Due) -> str | None:
    return due.done_on or due.waived_on


def _by(dues: Iterable[Due], keys: Callable[[Due], Iterable[str | None]]) -> Iterator[Owing]:
    """What is owed under each key, by name, nobody last; a due date counts under each of its keys."""
    found: dict[str | None, list[Due]] = {}
    for due in dues:
        for key in keys(due):
            found.setdefault(key, []).append(due)
    for name in sorted(found, key=lambda key: (key is None, (key or "").casefold())):
        yield _owing(name, found[name])


def _owing(name: str | None, dues: Iterable[Due]) -> Owing:
    items = list(dues)
    fulfilled = Counter(due.timely for due in items if due.state == "fulfilled")
    states = Counter(due.state for due in items)
    ahead = [due.days_left for due in items if due.state == "pending" and due.days_left is not None]
    return Owing(
        name=name,
        overdue=states["overdue"],
        ahead=tuple(sum(left <= window for left in ahead) for window in WINDOWS),
        in_time=fulfilled[True],
        late=fulfilled[False],
        untold=fulfilled[None],
        waived=states["waived"],
        lapsed=states["lapsed"],
    )


def _months(day: date, period: Period) -> tuple[str, ...]:
    first = period.first or (min(day, period.last) if period.last else day)
    start = first.year * 12 + first.month - 1
    count = MONTHS
    if period.last:
        count = min(MOST_MONTHS, max(1, period.last.year * 12 + period.last.month - start))
    return tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(start, start + count))


def _by_month(dues: Iterable[Due], name: str | None, months: tuple[str, ...]) -> tuple[int, ...]:
    own = (due for due in dues if due.open and due.due_on and (name in due.owed_by or not (name or due.owed_by)))
    met = Counter((due.due_on or "")[:7] for due in own)
    before = sum(number for month, number in met.items() if month < months[0])
    return (before, *(met[month] for month in months))


def last_day(day: date, period: Period) -> date:
    """The last day whose due dates the report needs: that of its windows and months, or of the period."""
    return period.last or day + timedelta(days=WINDOWS[-1] + 31)
