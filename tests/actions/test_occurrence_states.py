"""The state of a due date is the same by the rule (rules/states.py) and by the query that listings use."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement, obligation
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker import actions
from tracker.models.enums import OccurrenceState
from tracker.rules.dates import WrittenDate
from tracker.rules.states import occurrence_state
from tracker.store.reader import Reader

DUES = ("2018-06", "every month from 2018-04-30, 5 times")
SETTLED = (None, "unknown", "2018-06-30", "2018-07-01", "2018-07", "2018")
ENDS: tuple[dict[str, Any], ...] = (
    {},
    *({"provisions": {"entry_into_force": "on signature", "ends": day}} for day in ("2018-06-29", "2018-06-30")),
    {"events": [{"event": "signed", "on": "2017-05-18"}, {"event": "terminated", "on": "2018-06-30"}]},
    {"events": [{"event": "signed", "on": "2017-05-18"}, {"event": "terminated", "on": "2018-07"}]},
    {"provisions": {"entry_into_force": "2019-01-01", "indefinite": True}},
)


def _obligations() -> Iterator[dict[str, Any]]:
    """Each due date met, waived and left open, each surviving the agreement and not."""
    kinds = product(DUES, SETTLED, ("fulfilled", "waived"), (True, False))
    for number, (due, on, how, survives) in enumerate(kinds, start=1):
        settled = {} if on is None else {how: [{"due": due if due[0] == "2" else "2018-06-30", "on": on}]}
        if on is not None and how == "waived":
            settled["waived"][0]["reason"] = "agreed"
        yield obligation(due, number, survives=survives, **settled)


@pytest.fixture(scope="module")
def many(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("states") / "tracker.db"
    shutil.copy(template, path)
    duties = list(_obligations())
    records = [
        actions.record_check.check(agreement(f"X-{place}", obligations=duties, **end)) for place, end in enumerate(ENDS)
    ]
    actions.running.run(path, lambda session: actions.records.bring_in(session, records, TODAY))
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


STORED = """
SELECT a.ref || '/O' || o.number AS ref, c.due_on, c.done_text, c.done_lower, c.done_upper,
       c.waived_text, c.waived_lower, c.waived_upper, a.last_day, o.survives
FROM occurrence c JOIN obligation o ON o.id = c.obligation_id JOIN agreement a ON a.id = o.agreement_id
"""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _written(row: sqlite3.Row, prefix: str) -> WrittenDate | None:
    text = row[f"{prefix}_text"]
    return WrittenDate(text, _day(row[f"{prefix}_lower"]), _day(row[f"{prefix}_upper"])) if text else None


def _by_rule(connection: sqlite3.Connection, day: date) -> Counter[tuple[str, str, str]]:
    return Counter(
        (
            row["ref"],
            row["due_on"],
            occurrence_state(
                date.fromisoformat(row["due_on"]),
                _written(row, "done"),
                _written(row, "waived"),
                _day(row["last_day"]),
                bool(row["survives"]),
                day,
            ).value,
        )
        for row in connection.execute(STORED)
    )


def _by_query(connection: sqlite3.Connection, day: date) -> Counter[tuple[str, str, str]]:
    path = connection.execute("PRAGMA database_list").fetchone()["file"]
    with Reader(Path(path)) as rows:
        found = rows.rows("occurrences", day=day.isoformat())
    return Counter((row["ref"], row["due_on"], row["state"]) for row in found)


EDGES = sorted(
    date(2018, month, day)
    for month, days in ((1, (1, 2)), (6, (1, 29, 30)), (7, (1, 2, 30, 31)), (8, (1, 30, 31)))
    for day in days
)


@pytest.mark.parametrize("day", EDGES, ids=str)
def test_rule_and_query_agree_on_the_days_that_count(many: sqlite3.Connection, day: date) -> None:
    assert _by_query(many, day) == _by_rule(many, day)


@settings(max_examples=20, deadline=None)
@given(day=st.dates(date(2017, 5, 18), date(2027, 1, 1)))
def test_rule_and_query_agree_on_any_day(many: sqlite3.Connection, day: date) -> None:
    assert _by_query(many, day) == _by_rule(many, day)


def test_each_state_is_among_them(many: sqlite3.Connection) -> None:
    seen = {state for day in (date(2018, 6, 30), date(2018, 8, 1)) for _, _, state in _by_rule(many, day)}
    assert seen == {state.value for state in OccurrenceState} - {"ongoing"}  # which is of what has no due date
    assert len(_by_rule(many, date(2018, 6, 30))) > 500
