"""Follow-up and the people it reached: by kind, scope area, institution and quarter, each figure with its activities.

Rows into frozen values. Knows no layout, reads no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.reports import phrases, selection, suppression
from tracker.reports.parts import WHOLE, Activity, People, Period, bounds, journal_head, party_names
from tracker.store.reader import Row, Rows

SEXES = ("women", "men", "other", "unsplit")
FIGURES = (*SEXES, "total")

Attended = tuple[str, str, People]
"""The reference of an activity, the name of a party, and who came from there."""


@dataclass(frozen=True, slots=True)
class Tally:
    """People reached under one heading; ``code`` None is for what has none. ``people`` are in the order of FIGURES,
    None where hidden; ``activities`` are those counted."""

    code: str | None
    name: str
    activities: tuple[str, ...]
    people: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """One activity with the figures of its people; None where hidden."""

    activity: Activity
    people: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class ActivitiesReport:
    """Everything the report says, as seen on ``day``. ``hide_below`` is the least number of people shown, or None;
    ``heat`` counts activities held in each scope area by quarter."""

    day: date
    journal: str
    title: str
    period: Period
    filters: tuple[tuple[str, str], ...]
    left_out: int
    hide_below: int | None
    held: tuple[Reach, ...]
    others: tuple[Activity, ...]
    whole: Tally
    trained: Tally
    by_kind: tuple[Tally, ...]
    by_scope: tuple[Tally, ...]
    by_party: tuple[Tally, ...]
    by_quarter: tuple[Tally, ...]
    quarters: tuple[str, ...]
    heat: tuple[tuple[str, tuple[int, ...]], ...]


def build(
    rows: Rows,
    day: date,
    values: Mapping[str, Any] | None = None,
    *,
    filters: Iterable[tuple[str, str]] = (),
    title: str = "",
    include_confidential: bool = False,
    period: Period = WHOLE,
    hide_below: int | None = None,
) -> ActivitiesReport:
    """Activities that ``values`` (of the query ``activities``) leave, of which a day can lie in ``period``.

    People are those who attended activities held by ``day``; an activity counts under each of its scope areas and
    each institution that attended. ``hide_below`` hides numbers of people as ``suppression`` says.
    """
    given = dict(values or {})
    chosen = selection.select(rows, day, selection.of_agreements(given), include_confidential=include_confidential)
    own = {key: given.get(key) for key in ("party", "scope", "text", *selection.BEGINNINGS)} | {"day": day.isoformat()}
    found = rows.rows("activities", **own)
    if given.get("responsible"):
        whose = {key: given.get(key) for key in ("responsible", "few")}
        theirs = {row["ref"] for row in rows.rows("agreements", day=day.isoformat(), **whose)}
        found = [row for row in found if row["agreement"] in theirs]
    names, attendance = _attendance(rows, {key: given.get(key) for key in selection.BEGINNINGS})
    items = [
        Activity.of(row, day, [(names[party], people) for party, people in attendance.get(row["ref"], ())])
        for row in found
        if row["agreement"] in chosen.refs
    ]
    items = [
        item for item in items if period.holds(f"{item.on}..{item.until or item.on}" if item.on != "unknown" else None)
    ]
    held = [item for item in items if _held(item, day)]
    attended = [(item.ref, party, people) for item in held for party, people in item.attendance]
    areas = {row["code"]: phrases.scope(row) for row in rows.rows("scopes")}
    tables = _Tables(held, attended, hide_below)
    quarters = tuple(sorted({quarter(item.on) for item in held}))
    tally = tables.tallies
    kept = _unnumbered if hide_below else _as_it_is
    return ActivitiesReport(
        day=day,
        journal=journal_head(rows),
        title=title,
        period=period,
        filters=tuple(filters),
        left_out=len({row["agreement"] for row in found} & chosen.left_out),
        hide_below=hide_below,
        held=tuple(Reach(kept(item), tables.people(("activity", item.ref))) for item in held),
        others=tuple(kept(item) for item in items if not _held(item, day)),
        whole=tables.tally("whole", None, "", held),
        trained=tables.tally("trained", None, "", [item for item in held if item.kind == "training"]),
        by_kind=tally("kind", lambda item: (item.kind,), {}),
        by_scope=tally("scope", lambda item: item.scopes or (None,), areas),
        by_party=tally("party", lambda item: tuple(dict.fromkeys(party for party, _ in item.attendance)), {}),
        by_quarter=tally("quarter", lambda item: (quarter(item.on),), {}, by_name=True),
        quarters=quarters,
        heat=_heat(held, quarters, areas),
    )


def _as_it_is(item: Activity) -> Activity:
    return item


def _unnumbered(item: Activity) -> Activity:
    """The activity without its own numbers of people, which stand in the figures of the report or nowhere."""
    attendance = tuple((party, People()) for party, _people in item.attendance)
    return replace(item, people=People(), attendance=attendance)


def _held(item: Activity, day: date) -> bool:
    lower = bounds(item.on)[0]
    return item.state == "held" and (lower is None or lower <= day)


def quarter(written: str) -> str:
    """The quarter a date as written lies in, ``2026-Q1``; the year, or ``unknown``, where it does not say which."""
    lower, upper = bounds(written)
    if lower is None or upper is None:
        return "unknown"
    first, last = (lower.month - 1) // 3, (upper.month - 1) // 3
    if lower.year != upper.year:
        return "unknown"
    return f"{lower.year:04}-Q{first + 1}" if first == last else f"{lower.year:04}"


def _attendance(rows: Rows, chosen: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, list[tuple[str, People]]]]:
    found: list[Row] = rows.rows("report_attendance", **chosen)
    of: dict[str, list[tuple[str, People]]] = {}
    for row in found:
        of.setdefault(row["activity"], []).append((row["party"], People.of(row)))
    return party_names(found), of


Cell = tuple[str, str, str]
Figure = tuple[str, str | None, str]


class _Tables:
    """All figures of people that the report shows, and which of them are hidden."""

    def __init__(self, held: list[Activity], attended: list[Attended], below: int | None) -> None:
        self.held = held
        self.cells: dict[Cell, int] = {}
        for ref, party, people in attended:
            for sex in SEXES:
                cell = (ref, party, sex)
                self.cells[cell] = self.cells.get(cell, 0) + getattr(people, sex)
        self.of: dict[str, list[Cell]] = {}
        for cell in self.cells:
            self.of.setdefault(cell[0], []).append(cell)
        self.figures: dict[Figure, list[Cell]] = {}
        self.relations: list[suppression.Relation] = []
        self._add("whole", None, held)
        self._add("trained", None, [item for item in held if item.kind == "training"])
        self._partition("activity", lambda item: (item.ref,))
        self._partition("kind", lambda item: (item.kind,))
        self._partition("quarter", lambda item: (quarter(item.on),))
        self._partition("party", lambda item: tuple(dict.fromkeys(party for party, _ in item.attendance)))
        self._partition("scope", lambda item: item.scopes or (None,))
        self.hidden = (
            suppression.hidden(self.figures, self.cells, self.relations, below) if below else frozenset[Figure]()
        )

    def _partition(self, table: str, keys: Callable[[Activity], Iterable[str | None]]) -> None:
        """The figures of one table; where each person counts once, its rows add up to the whole."""
        groups = _grouped(self.held, keys)
        for key, items in groups.items():
            self._add(table, key, items)
        if table != "scope":
            for sex in FIGURES:
                self.relations.append((("whole", None, sex), [(table, key, sex) for key in groups]))

    def _add(self, table: str, key: str | None, items: Iterable[Activity]) -> None:
        cells = (cell for item in items for cell in self.of.get(item.ref, ()))
        mine = [cell for cell in cells if table != "party" or cell[1] == key]
        for sex in SEXES:
            self.figures[table, key, sex] = [cell for cell in mine if cell[2] == sex]
        self.figures[table, key, "total"] = mine
        self.relations.append(((table, key, "total"), [(table, key, sex) for sex in SEXES]))

    def people(self, figure: tuple[str, str | None]) -> tuple[int | None, ...]:
        """The figures under one heading, None where hidden."""
        keys = [(*figure, sex) for sex in FIGURES]
        return tuple(
            None if key in self.hidden else sum(self.cells[cell] for cell in self.figures[key]) for key in keys
        )

    def tally(self, table: str, code: str | None, name: str, items: Iterable[Activity]) -> Tally:
        """One row of a table."""
        return Tally(code, name, tuple(item.ref for item in items), self.people((table, code)))

    def tallies(
        self,
        table: str,
        keys: Callable[[Activity], Iterable[str | None]],
        names: Mapping[str, str],
        *,
        by_name: bool = False,
    ) -> tuple[Tally, ...]:
        """A table: most activities first, then by name; what has no key comes last."""
        found = _grouped(self.held, keys)
        made = [self.tally(table, key, names.get(key or "", key or ""), items) for key, items in found.items()]
        return tuple(
            sorted(made, key=lambda t: (t.code is None, 0 if by_name else -len(t.activities), t.name.casefold()))
        )


def _grouped(
    items: Iterable[Activity], keys: Callable[[Activity], Iterable[str | None]]
) -> dict[str | None, list[Activity]]:
    groups: dict[str | None, list[Activity]] = {}
    for item in items:
        for key in keys(item):
            groups.setdefault(key, []).append(item)
    return groups


def _heat(
    held: Iterable[Activity], quarters: tuple[str, ...], areas: Mapping[str, str]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    met = Counter((scope, quarter(item.on)) for item in held for scope in item.scopes)
    seen = Counter(scope for item in held for scope in item.scopes)
    order = sorted(seen, key=lambda code: (-seen[code], areas.get(code, code)))
    return tuple((areas.get(code, code), tuple(met[code, at] for at in quarters)) for code in order)
