"""Derived rows follow the facts in the same transaction; what was fulfilled or waived stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY

from tracker import actions
from tracker.store.reader import Reader

Bring = Callable[..., list[Any]]
Run = Callable[..., Any]
SIGNED = {"events": [{"event": "signed", "on": "2017-05-18"}], "parties": [{"name": "Alpha"}, {"name": "Beta"}]}
ROLLING = {
    "ref": "R-1",
    "title": "Rolling",
    **SIGNED,
    "provisions": {
        "entry_into_force": "on signature",
        "duration": "3 years",
        "renewal": {"mode": "tacit", "period": "1 year"},
        "notice": "6 months",
    },
    "obligations": [
        {"number": 1, "text": "Report", "owed_by": ["Alpha"], "due": "every 6 months after entry into force"}
    ],
}


def occurrences(database: Path, ref: str = "R-1") -> list[tuple[str, str]]:
    with Reader(database) as rows:
        return [(row["due_on"], row["state"]) for row in rows.rows("occurrences", day=TODAY.isoformat(), agreement=ref)]


def status(database: Path, ref: str, day: str) -> str | None:
    with Reader(database) as rows:
        return next((row["status"] for row in rows.rows("agreements", day=day) if row["ref"] == ref), None)


def edit(run: Run, ref: str, **changes: str) -> None:
    run(actions.editing.fields, ref, changes, TODAY)


def test_a_changed_rule_rewrites_what_is_open_and_keeps_what_is_settled(database: Path, bring: Bring, run: Run) -> None:
    settled = {"fulfilled": [{"due": "2017-11-18", "on": "2017-11-02"}]}
    settled |= {"waived": [{"due": "2018-05-18", "on": "2018-05-01", "reason": "postponed"}]}
    obligation = {**ROLLING["obligations"][0], **settled}  # type: ignore[index]
    bring({**ROLLING, "obligations": [obligation]})
    before = occurrences(database)
    assert before[:3] == [("2017-11-18", "fulfilled"), ("2018-05-18", "waived"), ("2018-11-18", "overdue")]
    edit(run, "R-1/O1", due="every year on 31 March from 2019")
    after = occurrences(database)
    assert after[:4] == [
        ("2017-11-18", "fulfilled"),
        ("2018-05-18", "waived"),
        ("2019-03-31", "overdue"),
        ("2020-03-31", "overdue"),
    ]
    edit(run, "R-1/O1", due="every 6 months after entry into force")
    assert occurrences(database) == before


def test_a_moved_anchor_moves_the_due_dates(database: Path, bring: Bring, run: Run) -> None:
    bring(ROLLING)
    assert occurrences(database)[0][0] == "2017-11-18"
    edit(run, "R-1/E1", on="2018-01-10")
    assert occurrences(database)[0][0] == "2018-07-10"


def test_the_horizon_rolls_and_is_extended_when_asked(database: Path, bring: Bring) -> None:
    bring(ROLLING)
    last = occurrences(database)[-1][0]
    assert last > "2029-11-24"
    assert actions.databases.extend(database, date(2040, 1, 1)) == 1
    assert occurrences(database)[-1][0] > "2043-01-01"
    assert actions.databases.extend(database, date(2040, 1, 1)) == 0


@pytest.mark.parametrize("how", ["the link is removed", "the replacing one is removed", "its entry is moved"])
def test_what_is_replaced_follows_what_replaces_it(database: Path, bring: Bring, run: Run, how: str) -> None:
    provisions = {"entry_into_force": "on signature", "indefinite": True}
    bring({"ref": "OLD", "title": "Old", **SIGNED, "provisions": provisions})
    later = {**SIGNED, "events": [{"event": "signed", "on": "2020-01-01"}], "provisions": provisions}
    bring({"ref": "NEW", "title": "New", **later, "links": [{"replaces": "OLD"}]})
    assert (status(database, "OLD", "2019-12-31"), status(database, "OLD", "2020-01-01")) == ("in-force", "replaced")
    if how == "the link is removed":
        run(actions.removal.remove, "NEW/L1", TODAY)
    elif how == "the replacing one is removed":
        run(actions.removal.remove, "NEW", TODAY)
    else:
        edit(run, "NEW/E1", on="2022-01-01")
        assert status(database, "OLD", "2022-01-01") == "replaced"
    assert status(database, "OLD", "2020-01-01") == "in-force"


def test_the_order_in_which_both_are_recorded_does_not_matter(database: Path, bring: Bring) -> None:
    provisions = {"entry_into_force": "on signature", "indefinite": True}
    later = {**SIGNED, "events": [{"event": "signed", "on": "2020-01-01"}], "provisions": provisions}
    bring({"ref": "NEW", "title": "New", **later, "links": [{"replaces": "OLD"}]})
    bring({"ref": "OLD", "title": "Old", **SIGNED, "provisions": provisions})
    assert status(database, "OLD", "2020-01-01") == "replaced"


def test_deriving_anew_changes_nothing(database: Path, bring: Bring, run: Run) -> None:
    bring(ROLLING)
    assert run(actions.derivation.rederive, TODAY) == []
