"""The rows of many new agreements at once are those of the same agreements recorded one by one."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker import actions
from tracker.actions.books import Books
from tracker.actions.bulk import Bulk
from tracker.actions.party_cache import PartyCache
from tracker.errors import TrackerError

Values = dict[str, Any]

NAMES = ("IOM", "Ministry of Health", "Ministry of the Interior", "UNHCR", "Red Cross", "Policía Nacional")
DAYS = ("2017-05-18", "2020", "2024-02", "2026-11-24", "2030-01-31", "unknown")
RULES = (
    "on signature",
    "2018-01-01",
    "30 days after signature",
    "first day of the month following 1 month after signature",
)
SCHEDULES = (
    "ongoing",
    "2019-06-30",
    "every 6 months after entry into force",
    "60 days before expiry",
    "every month on the first Monday from 2018-02-01, 3 times",
    "30 days after O1",
)

parties = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(NAMES)},
        optional={
            "country": st.sampled_from(["PA", "CR"]),
            "role": st.sampled_from(["party", "donor", "participant"]),
            "signatory": st.fixed_dictionaries({"name": st.sampled_from(["Ana Gil", "Luis Paz"])}),
        },
    ),
    max_size=3,
)
provisions = st.fixed_dictionaries(
    {},
    optional={
        "entry_into_force": st.sampled_from(RULES),
        "duration": st.sampled_from(["3 years", "18 months", "90 days"]),
        "renewal": st.sampled_from([{"mode": "tacit"}, {"mode": "tacit", "times": "2"}, {"mode": "express"}]),
        "notice": st.sampled_from(["6 months", "3 months to the end of a quarter"]),
    },
)
records = st.fixed_dictionaries(
    {"title": st.sampled_from(["Border training", "Data sharing", "Convenio marco"])},
    optional={
        "ref": st.sampled_from(["PA-2017-001", "PA-2017-003", "pa-2017-003", "OWN/7"]),
        "kind": st.sampled_from(["memorandum-of-understanding", "treaty"]),
        "summary": st.just("About borders."),
        "countries": st.sampled_from([["PA"], ["CR", "PA"]]),
        "languages": st.just(["es"]),
        "parties": parties,
        "scopes": st.sampled_from([["border-management"], ["counter-trafficking", "border-management"]]),
        "provisions": provisions,
        "events": st.lists(
            st.fixed_dictionaries(
                {"event": st.sampled_from(["signed", "entered-into-force", "terminated"]), "on": st.sampled_from(DAYS)}
            ),
            max_size=2,
        ),
        "obligations": st.lists(
            st.fixed_dictionaries({"text": st.just("Report"), "due": st.sampled_from(SCHEDULES)}), max_size=3
        ),
        "notes": st.just([{"text": "first"}, {"on": "2020", "text": "second"}]),
        "figures": st.just([{"what": "budget", "value": "1000.50", "unit": "USD"}]),
        "contacts": st.just([{"name": "Ana Gil"}]),
        "responsible": st.just({"name": "Luis Paz"}),
        "recorded_on": st.just("2016-01-01"),
    },
)


def test_the_two_ways_give_the_same_rows(template: Path) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(records, min_size=1, max_size=4))
    def holds(given_records: list[Values]) -> None:
        checked = [record for values in given_records if (record := _checked(values)) is not None]
        one_by_one, at_once = _rows(template, checked, bulk=False), _rows(template, checked, bulk=True)
        assert one_by_one == at_once

    holds()


def test_a_record_that_is_not_plain_is_left_to_the_ordinary_way(template: Path) -> None:
    record = actions.record_check.check(
        {"title": "X", "activities": [{"title": "T", "kind": "training", "on": "2020"}]}
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        shutil.copy(template, path)

        def use_case(session: Any) -> bool:
            books = Books(session)
            return Bulk(books, PartyCache(books.parties), TODAY).takes(record)

        assert actions.running.run(path, use_case) is False


def test_rows_are_written_in_batches_and_at_the_end(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.actions.bulk._BATCH", 2)
    checked = [actions.record_check.check({"title": f"Agreement {n}", "countries": ["PA"]}) for n in range(5)]
    rows = _rows(template, checked, bulk=True)
    assert [row["ref"] for row in rows["agreement"]] == [f"PA-2026-{n:03}" for n in range(1, 6)]


def _checked(values: Values) -> Any:
    try:
        return actions.record_check.check(values)
    except actions.record_check.InvalidRecord:
        return None


def _rows(template: Path, checked: list[Any], *, bulk: bool) -> dict[str, list[Values]]:
    """Every row of every table but the journal's, after recording what can be recorded; what cannot is taken back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        shutil.copy(template, path)

        def use_case(session: Any) -> None:
            books = Books(session, insist=True)
            cache = PartyCache(books.parties)
            many = Bulk(books, cache, TODAY)
            for record in checked:
                mark = books.mark()
                try:
                    with session.begin_nested():
                        if bulk and many.takes(record):
                            many.add(record)
                        else:
                            actions.agreements.save(books, record, TODAY)
                except TrackerError:
                    books.back_to(mark)
                    cache.clear()
            many.write()

        actions.running.run(path, use_case)
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            kept = [name for name in names if not name.startswith(("journal", "sqlite", "search"))]
            return {name: _sorted(db.execute(f"SELECT * FROM {name}").fetchall()) for name in kept}


def _sorted(rows: list[sqlite3.Row]) -> list[Values]:
    """Rows without the ids of parts, which may be given in another order."""
    return sorted(({**row} for row in rows), key=lambda row: repr(sorted(row.items(), key=lambda item: item[0])))


def test_an_import_written_in_parts_is_one_entry_that_verifies_and_can_be_undone(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.actions.bulk._BATCH", 2)
    path = tmp_path / "tracker.db"
    shutil.copy(template, path)
    rows = [
        actions.registers.RegisterRow(
            number,
            {
                "title": f"Agreement {number}",
                "parties": [{"name": "ACME" if number < 4 else "Acme Foundation", "acronym": "ACME"}],
                "provisions": {"duration": "3 years", "entry_into_force": "on signature"},
                "events": [{"event": "signed", "on": f"2020-01-{number:02}"}],
            },
        )
        for number in range(1, 8)
    ]

    def use_case(session: Any) -> Any:
        return actions.registers.bring_in(session, rows, TODAY, insist=True)

    taken = actions.running.run(path, use_case)
    assert [one.did for one in taken] == ["new"] * 7
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM journal_entry").fetchone()[0] == 2, "the making, and the import"
    silent: Any = lambda *said: None  # noqa: E731
    assert actions.verification.verify(path, TODAY, None, silent)[1] == []
    actions.running.run(path, lambda session: actions.undoing.undo(session, None, TODAY))
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT count(*) FROM agreement").fetchone()[0] == 0
    assert actions.verification.verify(path, TODAY, None, silent)[1] == []
