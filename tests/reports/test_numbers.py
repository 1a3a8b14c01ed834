"""Every number of the reports equals a query of its own, written here and run on the bare database."""

from __future__ import annotations

import io
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import TODAY
from python_calamine import CalamineWorkbook

from reports.test_document import small_document
from tracker import actions, reports
from tracker.reports.document import Column, Section, Table, table
from tracker.store.reader import Reader

ON_THE_DAY = """
FROM agreement a JOIN standing s ON s.agreement_id = a.id
 AND coalesce(s.from_day, '') <= '2026-11-24' AND coalesce(s.to_day, '9999') >= '2026-11-24'
"""


@pytest.fixture(scope="module")
def bare(examples: Reader) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(examples.path)
    yield connection
    connection.close()


def counts(items: Any) -> dict[str, int]:
    return {item.code: item.number for item in items}


@pytest.mark.parametrize(
    ("field", "select", "joined"),
    [
        ("by_status", "s.status", ""),
        ("by_kind", "a.kind", ""),
        ("by_country", "c.country", "JOIN agreement_country c ON c.agreement_id = a.id"),
        (
            "by_scope",
            "v.code",
            "JOIN agreement_scope x ON x.agreement_id = a.id JOIN scope_area v ON v.id = x.scope_id",
        ),
        (
            "by_partner",
            "p.ref",
            "JOIN participation x ON x.agreement_id = a.id AND x.role IN "
            "('party', 'participant', 'implementing-partner', 'donor') JOIN party p ON p.id = x.party_id",
        ),
    ],
)
def test_counts(examples: Reader, bare: sqlite3.Connection, field: str, select: str, joined: str) -> None:
    query = f"SELECT {select}, count(DISTINCT a.id) {ON_THE_DAY} {joined} GROUP BY 1"
    assert counts(getattr(reports.portfolio.build(examples, TODAY), field)) == dict(bare.execute(query).fetchall())


def test_heat_map(examples: Reader, bare: sqlite3.Connection) -> None:
    heat = reports.portfolio.build(examples, TODAY).heat
    query = f"""SELECT v.code, p.ref, count(DISTINCT a.id) {ON_THE_DAY}
        JOIN agreement_scope x ON x.agreement_id = a.id JOIN scope_area v ON v.id = x.scope_id
        JOIN participation y ON y.agreement_id = a.id AND y.role NOT IN ('observer', 'depositary', 'third-party')
        JOIN party p ON p.id = y.party_id GROUP BY 1, 2"""
    met = {(scope, party): number for scope, party, number in bare.execute(query)}
    assert len(heat.partners) == 12
    for scope, line in zip(heat.scopes, heat.numbers, strict=True):
        assert list(line) == [met.get((scope.code, partner.code), 0) for partner in heat.partners]


def test_people_trained(examples: Reader, bare: sqlite3.Connection) -> None:
    query = """SELECT sum(women), sum(men), sum(other), coalesce(sum(total), 0) FROM attendance x
        JOIN activity v ON v.id = x.activity_id
        WHERE v.kind = 'training' AND v.status = 'held' AND v.on_lower <= '2026-11-24'"""
    them = reports.portfolio.build(examples, TODAY).trained
    assert (them.women, them.men, them.other, them.unsplit) == bare.execute(query).fetchone()


def test_in_force_on_another_day_is_exact(examples: Reader, bare: sqlite3.Connection) -> None:
    day = date(2003, 12, 31)
    found = reports.portfolio.build(examples, day)
    query = "SELECT count(*) " + ON_THE_DAY.replace("2026-11-24", "2003-12-31") + " WHERE s.status = 'in-force'"
    assert found.in_force == len(found.running) == bare.execute(query).fetchone()[0]


def test_filters_narrow_everything(examples: Reader) -> None:
    found = reports.portfolio.build(examples, TODAY, {"country": "PA"}, filters=[("country", "PA")])
    refs = {row["ref"] for row in examples.rows("agreements", day=TODAY.isoformat(), country="PA")}
    assert {item.ref for item in found.agreements} == refs
    assert {item.agreement for item in (*found.overdue, *found.deadlines, *found.trainings)} <= refs
    assert {item.ref for item in found.running} <= refs


def test_milestones_and_gaps(examples: Reader, bare: sqlite3.Connection) -> None:
    found = reports.portfolio.build(examples, TODAY)
    query = """SELECT a.ref, m.kind, m.on_day FROM milestone m JOIN agreement a ON a.id = m.agreement_id
        WHERE m.on_day BETWEEN '2026-11-24' AND '2027-11-24' ORDER BY 3, 1, 2"""
    assert [(item.agreement, item.kind, item.on) for item in found.milestones] == bare.execute(query).fetchall()
    expected = Counter(
        finding.check.code
        for item in found.agreements
        for finding in actions.checking.of_agreement(examples, item.ref, TODAY)
    )
    assert {gap.code: len(gap.findings) for gap in found.gaps} == dict(expected)


def test_progress_is_told_while_many_agreements_are_checked(examples: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports.portfolio, "EVERY", 10)
    told: list[tuple[int, int]] = []
    reports.portfolio.build(examples, TODAY, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(10, 23), (20, 23)]


def test_the_pages_print_the_numbers_of_the_values(examples: Reader) -> None:
    """Facts, bars and tables hold what the frozen values hold: no figure is computed on the page."""
    found = reports.portfolio.build(examples, TODAY)
    document = reports.catalogue.document("portfolio", found)
    facts = {fact.label: fact.value.value for fact in document.facts}
    assert facts["Agreements"] == len(found.agreements) and facts["In force"] == found.in_force
    assert facts["People trained"] == found.trained.total
    blocks = {block.name: block for _, block in document.blocks if hasattr(block, "name")}
    assert [number for _, number in blocks["By status"].items] == [count.number for count in found.by_status]
    assert [line for _, line in blocks["Scope by partner"].rows] == list(found.heat.numbers)
    assert len(blocks["In force"].lines) == found.in_force


def test_owed_by_each_debtor(examples: Reader, bare: sqlite3.Connection) -> None:
    """Overdue, in 30, 90 and 365 days, from the bare rows of due dates."""
    found = reports.obligations.build(examples, TODAY)
    query = """SELECT coalesce(p.acronym, p.name),
            sum(c.due_on < :day), sum(c.due_on BETWEEN :day AND date(:day, '+30 days')),
            sum(c.due_on BETWEEN :day AND date(:day, '+90 days')),
            sum(c.due_on BETWEEN :day AND date(:day, '+365 days'))
        FROM occurrence c JOIN obligation o ON o.id = c.obligation_id JOIN agreement a ON a.id = o.agreement_id
        JOIN obligation_party x ON x.obligation_id = o.id AND x.side = 'owed-by' JOIN party p ON p.id = x.party_id
        WHERE c.done_text IS NULL AND c.waived_text IS NULL
          AND NOT (a.last_day IS NOT NULL AND a.last_day < c.due_on AND a.last_day < :day AND NOT o.survives)
        GROUP BY 1"""
    expected = {name: counts for name, *counts in bare.execute(query, {"day": "2026-11-24"})}
    for owing in found.by_debtor:
        assert [owing.overdue, *owing.ahead] == expected.get(str(owing.name), [0, 0, 0, 0]), owing
    assert found.whole.overdue == len(found.overdue)
    assert found.whole.ahead[-1] == len(found.ahead)
    assert sum(owing.overdue for owing in found.by_person) == found.whole.overdue


def test_fulfilled_in_time_and_late(examples: Reader, bare: sqlite3.Connection) -> None:
    found = reports.obligations.build(examples, TODAY).whole
    query = """SELECT sum(due_on IS NOT NULL AND done_upper <= due_on), sum(due_on IS NOT NULL AND done_lower > due_on),
        count(*) FROM occurrence WHERE done_text IS NOT NULL AND done_lower <= '2026-11-24'"""
    in_time, late, whole = bare.execute(query).fetchone()
    assert (found.in_time, found.late, found.untold) == (in_time, late, whole - in_time - late)


def test_the_heat_map_of_due_dates_adds_up(examples: Reader, bare: sqlite3.Connection) -> None:
    found = reports.obligations.build(examples, TODAY)
    query = """SELECT substr(c.due_on, 1, 7), count(*) FROM occurrence c JOIN obligation o ON o.id = c.obligation_id
        JOIN agreement a ON a.id = o.agreement_id
        JOIN obligation_party x ON x.obligation_id = o.id AND x.side = 'owed-by' JOIN party p ON p.id = x.party_id
        WHERE p.acronym = 'IOM' AND c.done_text IS NULL AND c.waived_text IS NULL AND c.due_on IS NOT NULL
          AND NOT (a.last_day IS NOT NULL AND a.last_day < c.due_on AND a.last_day < '2026-11-24' AND NOT o.survives)
        GROUP BY 1"""
    by_month = dict(bare.execute(query).fetchall())
    line = dict(found.heat)["IOM"]
    assert found.months[0] == "2026-11" and len(found.months) == 12
    assert line[1:] == tuple(by_month.get(month, 0) for month in found.months)
    assert line[0] == sum(number for month, number in by_month.items() if month < "2026-11")


def people(bare: sqlite3.Connection, select: str, joined: str = "", where: str = "") -> dict[str, tuple[int, ...]]:
    query = f"""SELECT {select}, sum(coalesce(x.women, 0)), sum(coalesce(x.men, 0)), sum(coalesce(x.other, 0)),
            sum(coalesce(x.total, 0)),
            sum(coalesce(x.women, 0) + coalesce(x.men, 0) + coalesce(x.other, 0) + coalesce(x.total, 0))
        FROM attendance x JOIN activity v ON v.id = x.activity_id JOIN party p ON p.id = x.party_id
        JOIN agreement a ON a.id = v.agreement_id {joined}
        WHERE v.status = 'held' AND v.on_lower <= '2026-11-24' {where} GROUP BY 1"""
    return {key: tuple(rest) for key, *rest in bare.execute(query)}


def test_people_of_activities(examples: Reader, bare: sqlite3.Connection) -> None:
    found = reports.activities.build(examples, TODAY)
    assert {t.code: t.people for t in found.by_kind} == people(bare, "v.kind")
    assert {t.name: t.people for t in found.by_party} == people(bare, "coalesce(p.acronym, p.name)")
    scopes = "JOIN activity_scope y ON y.activity_id = v.id JOIN scope_area w ON w.id = y.scope_id"
    assert {t.code: t.people for t in found.by_scope if t.code} == people(bare, "w.code", scopes)
    quarter = "substr(v.on_lower, 1, 4) || '-Q' || ((substr(v.on_lower, 6, 2) + 2) / 3)"
    assert {t.code: t.people for t in found.by_quarter} == people(bare, quarter)
    assert found.whole.people == people(bare, "1")[1]  # type: ignore[index]
    assert found.trained.people == people(bare, "1", where="AND v.kind = 'training'")[1]  # type: ignore[index]
    assert {r.activity.ref: r.people for r in found.held if r.people[-1]} == people(bare, "a.ref || '/A' || v.number")


def test_every_figure_of_people_is_the_sum_of_the_activities_it_names(examples: Reader) -> None:
    found = reports.activities.build(examples, TODAY)
    of = {reach.activity.ref: reach.people for reach in found.held}
    for tally in (*found.by_kind, *found.by_scope, *found.by_quarter, found.whole, found.trained):
        sums = tuple(sum(of[ref][place] or 0 for ref in tally.activities) for place in range(5))
        assert tally.people == sums, tally.name


def test_hidden_numbers_are_nowhere_in_the_values(examples: Reader) -> None:
    """Not even an office's template can print them: the values of the report do not hold them."""
    found = reports.activities.build(examples, TODAY, hide_below=5)
    every = [reach.activity for reach in found.held] + list(found.others)
    assert all(not item.people.total and not any(them.total for _, them in item.attendance) for item in every)
    shown = [number for reach in found.held for number in reach.people]
    assert None in shown and not {1, 2, 3, 4} & {number for number in shown if number}


def test_the_handover_is_what_the_listings_give_for_the_person(examples: Reader) -> None:
    found = reports.handover.build(examples, "Ana Demo Quintero", TODAY)
    day, key = TODAY.isoformat(), "ana demo quintero"
    until = (TODAY + timedelta(days=180)).isoformat()
    due = examples.rows("deadlines", day=day, responsible=key, until=until)
    late = [row for row in due if row["state"] in ("overdue", "without-result")]
    assert [item.ref for item in found.overdue] == [row["ref"] for row in late]
    kept = [row["ref"] for row in due if row not in late and row["kind"] in ("obligation", "activity")]
    assert [item.ref for item in found.owed] == kept
    listed = examples.rows("obligations", day=day, responsible=key)
    assert [row["ref"] for row in found.obligations] == [row["ref"] for row in listed]
    agreements = examples.rows("agreements", day=day, responsible=key)
    assert [item.ref for item in found.agreements] == [row["ref"] for row in agreements]
    assert [(item.kind, item.on) for item in found.decisions] == [("notice", "2027-09-09")]


@pytest.mark.parametrize("ref", ["DEMO-WORK-PLAN", "UN-1990-CMW", "IT-LY-2017", "UNHCR-IOM-2022"])
def test_a_fact_sheet_counts_what_bare_queries_count(examples: Reader, bare: sqlite3.Connection, ref: str) -> None:
    sheet = reports.agreement.build(examples, ref, TODAY)

    def one(query: str) -> Any:
        return bare.execute(query, {"ref": ref, "day": TODAY.isoformat()}).fetchone()

    due = """FROM occurrence c JOIN obligation o ON o.id = c.obligation_id JOIN agreement a ON a.id = o.agreement_id
        WHERE a.ref = :ref AND c.waived_text IS NULL"""
    over = "AND (a.last_day IS NULL OR c.due_on <= a.last_day OR o.survives)"
    late = one(f"SELECT count(*) {due} {over} AND c.done_text IS NULL AND c.due_on < :day")[0]
    assert sum(item.overdue for item in sheet.obligations) == late
    done = one(f"SELECT count(*) {due} AND c.done_text IS NOT NULL AND c.done_lower <= :day")[0]
    assert sum(item.fulfilled for item in sheet.obligations) == done
    own = "FROM {0} x JOIN agreement a ON a.id = x.agreement_id WHERE a.ref = :ref"
    for name, found in (
        ("obligation", sheet.obligations),
        ("activity", sheet.activities),
        ("event", sheet.events),
        ("document", sheet.documents),
        ("figure", sheet.figures),
        ("standing", sheet.standings),
        ("participation", sheet.parties),
    ):
        assert len(found) == one(f"SELECT count(*) {own.format(name)}")[0], name
    people = one(f"""SELECT coalesce(sum(y.women), 0), coalesce(sum(y.men), 0), coalesce(sum(y.other), 0)
        {own.format("activity").replace(" WHERE", " JOIN attendance y ON y.activity_id = x.id WHERE")}
        AND x.kind = 'training' AND x.status = 'held' AND x.on_lower <= :day""")
    assert (sheet.trained.women or 0, sheet.trained.men or 0, sheet.trained.other or 0) == people


def book(*tables: Table) -> CalamineWorkbook:
    """A workbook of these tables, read back."""
    return CalamineWorkbook.from_filelike(
        io.BytesIO(reports.xlsx.render(small_document("x & y", Section("H", tables))))
    )


def test_no_text_of_a_workbook_is_lost() -> None:
    texts = ["word " * 4000, "W" * 70_000, "one\n\ntwo\n" * 100, "=1+1", "http://x.example/", "0012"]
    found = book(table("Texts", (Column("Text", width=30),), [(text,) for text in texts]))
    cells = [str(row[0]) for row in found.get_sheet_by_name("Texts").to_python()[1:]]
    assert "".join("".join(cells).split()) == "".join("".join(texts).split())


def test_a_workbook_holds_dates_where_a_day_is_known() -> None:
    columns = (Column("Day", form="day"), Column("Value", form="number"))
    rows = (("2026-11-24", "1.5"), ("2026-11", "1e400"), ("unknown", "12345678901234567890"), ("1899-12-31", "x"))
    assert book(table("Days", columns, rows)).get_sheet_by_name("Days").to_python()[1:] == [
        [date(2026, 11, 24), 1.5],
        ["2026-11", "1e400"],
        ["unknown", "12345678901234567890"],
        ["1899-12-31", "x"],
    ]
