"""Every count of the portfolio equals a query of its own, written here and run on the bare database."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from conftest import TODAY
from python_calamine import CalamineWorkbook
from tracker.reports.sheets import Column, Sheet

from tracker import reports
from tracker.reports.xlsx import _workbook
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


def test_no_text_of_a_workbook_is_lost(examples: Reader) -> None:
    texts = ["word " * 4000, "W" * 70_000, "one\n\ntwo\n" * 100, "=1+1", "http://x.example/", "0012"]
    sheet = Sheet("Texts", (Column("Text", 30),), tuple((text,) for text in texts))
    book = CalamineWorkbook.from_filelike(io.BytesIO(_workbook([sheet], "t & t", "s", "f & f", TODAY)))
    cells = [str(row[0]) for row in book.get_sheet_by_name("Texts").to_python()[1:]]
    assert "".join("".join(cells).split()) == "".join("".join(texts).split())


def test_a_workbook_holds_dates_where_a_day_is_known(examples: Reader) -> None:
    columns = (Column("Day", 14, "day"), Column("Value", 10, "number"))
    rows = (("2026-11-24", "1.5"), ("2026-11", "1e400"), ("unknown", "12345678901234567890"), ("1899-12-31", "x"))
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(_workbook([Sheet("Days", columns, rows)], "t", "s", "f", TODAY + timedelta(days=1)))
    )
    assert book.get_sheet_by_name("Days").to_python()[1:] == [
        [date(2026, 11, 24), 1.5],
        ["2026-11", "1e400"],
        ["unknown", "12345678901234567890"],
        ["1899-12-31", "x"],
    ]
