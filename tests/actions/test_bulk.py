"""The rows of many new agreements at once are those of the same agreements recorded one by one."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker import actions
from tracker.actions.books import Books
from tracker.actions.bulk import Bulk
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

MENTIONED = (*NAMES, "Ministry of Health (CR)", "WHO", "Red Cros", "party-1", "party-9")
people = st.fixed_dictionaries(
    {"name": st.sampled_from(["Ana Gil", "Luis Paz", "person-1"])},
    optional={
        "email": st.sampled_from(["ana@example.org", "gil@example.org", "none"]),
        "office": st.sampled_from(["Director", "Officer"]),
        "party": st.sampled_from(MENTIONED),
    },
)
described = {
    "country": st.sampled_from(["PA", "CR"]),
    "acronym": st.sampled_from(["MINSA", "WHO"]),
    "kind": st.sampled_from(["government", "other"]),
    "part_of": st.sampled_from(MENTIONED),
    "former_names": st.sampled_from([["Health Office"], ["UNHCR"]]),
}
parties = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(NAMES)},
        optional={
            **described,
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
sides = st.lists(st.sampled_from(MENTIONED), max_size=2)
settled = {"due": st.sampled_from(["2019-06-30", "2018-02-05", "2020", "2018-11-18"])}
obligation = st.fixed_dictionaries(
    {"text": st.just("Report"), "due": st.sampled_from(SCHEDULES)},
    optional={
        "number": st.sampled_from(["1", "2", "7"]),
        "clause": st.just("Art. 3"),
        "owed_by": sides,
        "owed_to": sides,
        "scopes": st.just(["border-management"]),
        "responsible": people,
        "survives": st.just("true"),
        "fulfilled": st.lists(
            st.fixed_dictionaries(
                {"on": st.sampled_from(["2019-07-01", "2018-03"])},
                optional={**settled, "by": st.just("A1"), "evidence": st.just("report sent")},
            ),
            max_size=2,
        ),
        "waived": st.lists(
            st.fixed_dictionaries({"on": st.just("2020"), "reason": st.just("not needed")}, optional=settled),
            max_size=1,
        ),
    },
)
activity = st.fixed_dictionaries(
    {"title": st.just("Workshop"), "kind": st.just("training"), "on": st.sampled_from(["2019-03-04", "2020"])},
    optional={
        "number": st.sampled_from(["1", "4"]),
        "until": st.just("2020-12-31"),
        "status": st.just("held"),
        "scopes": st.just(["border-management"]),
        "attendance": st.lists(
            st.fixed_dictionaries({"party": st.sampled_from(MENTIONED), "women": st.just("3")}), max_size=2
        ),
    },
)
promises = st.fixed_dictionaries(
    {
        "title": st.just("Border training"),
        "parties": st.just([{"name": "IOM"}, {"name": "Ministry of Health", "country": "PA"}]),
        "provisions": provisions,
        "events": st.sampled_from([[{"event": "signed", "on": day}] for day in DAYS]),
        "obligations": st.lists(obligation, min_size=1, max_size=4),
        "activities": st.lists(activity, min_size=1, max_size=2),
    },
    optional={"recorded_on": st.just("2016-01-01"), "countries": st.just(["PA"])},
)
records = st.fixed_dictionaries(
    {"title": st.sampled_from(["Border training", "Data sharing", "Convenio marco"])},
    optional={
        "ref": st.sampled_from(["PA-2017-001", "PA-2017-003", "pa-2017-003", "OWN/7", "PA-2017-003/o1"]),
        "kind": st.sampled_from(["memorandum-of-understanding", "treaty"]),
        "summary": st.just("About borders."),
        "countries": st.sampled_from([["PA"], ["CR", "PA"]]),
        "languages": st.just(["es"]),
        "parties": parties,
        "other_parties": st.lists(
            st.fixed_dictionaries({"name": st.sampled_from(NAMES)}, optional=described), max_size=1
        ),
        "scopes": st.sampled_from([["border-management"], ["counter-trafficking", "border-management"]]),
        "provisions": provisions,
        "events": st.lists(
            st.fixed_dictionaries(
                {"event": st.sampled_from(["signed", "entered-into-force", "terminated"]), "on": st.sampled_from(DAYS)},
                optional={"party": st.sampled_from(MENTIONED)},
            ),
            max_size=2,
        ),
        "obligations": st.lists(obligation, max_size=3),
        "activities": st.lists(activity, max_size=2),
        "links": st.sampled_from([[{"replaces": "PA-2017-003"}], [{"amends": "own/7"}]]),
        "notes": st.just([{"text": "first"}, {"on": "2020", "text": "second"}]),
        "figures": st.just([{"what": "budget", "value": "1000.50", "unit": "USD"}]),
        "contacts": st.lists(people, max_size=2),
        "responsible": people,
        "recorded_on": st.just("2016-01-01"),
    },
)


@pytest.mark.parametrize("made", [records, promises], ids=["of-all-kinds", "of-promises"])
def test_the_two_ways_give_the_same_rows(made: st.SearchStrategy[Values], template: Path) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(made, min_size=1, max_size=4), st.booleans())
    def holds(given_records: list[Values], insist: bool) -> None:
        checked = [record for values in given_records if (record := _checked(values)) is not None]
        one_by_one = _recorded(template, checked, bulk=False, insist=insist)
        assert _recorded(template, checked, bulk=True, insist=insist) == one_by_one

    holds()


def test_beside_the_reference_of_a_person_nothing_else_counts(template: Path) -> None:
    """Their party is neither looked up nor made."""
    named = [{"name": "Ana Gil"}, {"name": "person-1", "party": "UNHCR"}]
    checked = [actions.record_check.check({"title": f"T {n}", "responsible": part}) for n, part in enumerate(named)]
    found = _recorded(template, checked, bulk=True)
    assert found == _recorded(template, checked, bulk=False)
    assert found["party"] == []


def test_a_record_that_is_not_plain_is_left_to_the_ordinary_way(template: Path) -> None:
    record = actions.record_check.check({"title": "X", "ref": "PA-2017-001", "links": [{"amends": "PA-2016-001"}]})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        shutil.copy(template, path)

        def use_case(session: Any) -> bool:
            return Bulk(Books(session), TODAY).takes(record)

        assert actions.running.run(path, use_case) is False


def test_rows_are_written_in_batches_and_at_the_end(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.actions.bulk.agreements._BATCH", 2)
    checked = [actions.record_check.check({"title": f"Agreement {n}", "countries": ["PA"]}) for n in range(5)]
    rows = _recorded(template, checked, bulk=True)
    assert [row["ref"] for row in rows["agreement"]] == [f"PA-2026-{n:03}" for n in range(1, 6)]


def _checked(values: Values) -> Any:
    try:
        return actions.record_check.check(values)
    except actions.record_check.InvalidRecord:
        return None


def _recorded(template: Path, checked: list[Any], *, bulk: bool, insist: bool = True) -> dict[str, list[Any]]:
    """Every row of every table but the journal's, after recording what can be recorded, and under "said" what was
    told of each record or why not; what could not be recorded is taken back."""
    said: list[Any] = []

    def one_by_one(session: Any) -> None:
        for record in checked:
            books = Books(session, insist=insist)
            with _told(session, said):
                actions.agreements.save(books, record, TODAY)
                said.append(books.asides())

    def at_once(session: Any) -> None:
        books = Books(session, insist=insist)
        many = Bulk(books, TODAY)
        for record in checked:
            mark = books.mark()
            if not many.takes(record):
                many.write()
            with _told(session, said):
                many.save(record)
                said.append(books.asides(mark))
            if isinstance(said[-1], tuple):
                books.back_to(mark)
                many.names.clear()
        many.write()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        shutil.copy(template, path)
        actions.running.run(path, at_once if bulk else one_by_one)
        with closing(sqlite3.connect(path)) as db:
            db.row_factory = sqlite3.Row
            names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            kept = [name for name in names if not name.startswith(("journal", "sqlite", "search"))]
            return {"said": said} | {name: _sorted(db.execute(f"SELECT * FROM {name}").fetchall()) for name in kept}


@contextmanager
def _told(session: Any, said: list[Any]) -> Iterator[None]:
    """Take back what an error stopped, and note the error."""
    try:
        with session.begin_nested():
            yield
    except TrackerError as error:
        said.append((error.place, str(error)))


def _sorted(rows: list[sqlite3.Row]) -> list[Values]:
    """Rows without the ids of parts, which may be given in another order."""
    return sorted(({**row} for row in rows), key=lambda row: repr(sorted(row.items(), key=lambda item: item[0])))


def test_an_import_written_in_parts_is_one_entry_that_verifies_and_can_be_undone(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.actions.bulk.agreements._BATCH", 2)
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


def test_a_row_that_is_wrong_takes_no_other_with_it(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "tracker.db"
    shutil.copy(template, path)
    good = {"title": "Agreement 1", "ref": "X-1", "parties": [{"name": "IOM"}]}
    bad = {"title": "Agreement 2", "ref": "X-2", "links": [{"amends": "X-1"}], "scopes": ["nonsense"]}
    rows = [actions.registers.RegisterRow(number, values) for number, values in enumerate((good, bad), start=1)]
    taken = actions.running.run(
        path, lambda session: actions.registers.bring_in(session, rows, TODAY, insist=True, skip_bad=True)
    )
    assert [one.did for one in taken] == ["new", "unreadable"]
    with closing(sqlite3.connect(path)) as db:
        assert [ref for (ref,) in db.execute("SELECT ref FROM agreement")] == ["X-1"]
