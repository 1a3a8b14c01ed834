"""Derived rows follow the facts in the same transaction; what was fulfilled or waived stays."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from factories import agreement, rows, signed

from tracker import actions, exchange, paths
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
    with Reader(database) as reader:
        return [
            (row["due_on"], row["state"]) for row in reader.rows("occurrences", day=TODAY.isoformat(), agreement=ref)
        ]


def status(database: Path, ref: str, day: str) -> str | None:
    with Reader(database) as reader:
        return next((row["status"] for row in reader.rows("agreements", day=day) if row["ref"] == ref), None)


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


PERPETUAL = {"entry_into_force": "on signature", "indefinite": True}


def lasting(ref: str, signed_on: str, *replaced: str, **rest: Any) -> dict[str, Any]:
    """An agreement without end, signed and in force on one day, that replaces others."""
    events = [{"event": "signed", "on": signed_on}, *rest.pop("events", [])]
    links = [{"replaces": other} for other in replaced]
    return {"ref": ref, "title": ref, **SIGNED, "events": events, "provisions": PERPETUAL, "links": links, **rest}


def later_in_force(day: str) -> dict[str, Any]:
    return {"provisions": {"entry_into_force": day, "indefinite": True}}


@pytest.mark.parametrize("ended", ["terminated", "abandoned"])
def test_what_was_never_in_force_replaces_nothing(database: Path, bring: Bring, run: Run, ended: str) -> None:
    bring(lasting("OLD", "2017-05-18"))
    event = {"event": ended, "on": "2020-06-01"}
    bring(lasting("NEW", "2020-01-01", "OLD", events=[event], **later_in_force("2021-01-01")))
    assert status(database, "OLD", "2021-01-01") == "in-force"
    run(actions.removal.remove, "NEW/E2", TODAY)
    assert [status(database, "OLD", day) for day in ("2020-12-31", "2021-01-01")] == ["in-force", "replaced"]
    assert run(actions.derivation.rederive, TODAY) == []


def test_what_ended_after_its_entry_has_replaced(database: Path, bring: Bring) -> None:
    bring(lasting("OLD", "2017-05-18"))
    bring(lasting("NEW", "2020-01-01", "OLD", events=[{"event": "terminated", "on": "2020-01-02"}]))
    assert status(database, "OLD", "2026-01-01") == "replaced"


def test_a_replacement_on_an_unknown_day_has_happened(database: Path, bring: Bring) -> None:
    bring(lasting("OLD", "2017-05-18"), lasting("NEW", "unknown", "OLD"))
    assert status(database, "OLD", "2017-05-18") == "replaced"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_chain_of_replacements_follows_whatever_the_order(
    database: Path, bring: Bring, run: Run, order: tuple[int, ...]
) -> None:
    """LAST replaced MIDDLE before that entered into force, so MIDDLE never replaced FIRST."""
    chain = [
        lasting("FIRST", "2017-05-18"),
        lasting("MIDDLE", "2018-01-01", "FIRST", **later_in_force("2020-01-01")),
        lasting("LAST", "2019-01-01", "MIDDLE"),
    ]
    for place in order:
        bring(chain[place])
    assert status(database, "MIDDLE", "2020-01-01") == "replaced"
    assert status(database, "FIRST", "2020-01-01") == "in-force"
    edit(run, "LAST/E1", on="2020-01-02")
    assert status(database, "FIRST", "2020-01-01") == "replaced"
    edit(run, "LAST/E1", on="2020-01-01")
    assert status(database, "FIRST", "2020-01-01") == "in-force"
    run(actions.removal.remove, "LAST", TODAY)
    assert status(database, "FIRST", "2020-01-01") == "replaced"
    assert run(actions.derivation.rederive, TODAY) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_that_replace_each_other_the_earlier_holds(
    database: Path, bring: Bring, run: Run, order: tuple[int, int]
) -> None:
    both = [lasting("ONE", "2017-01-01", "TWO"), lasting("TWO", "2018-01-01", "ONE")]
    bring(both[order[0]])
    bring(both[order[1]])
    assert [status(database, ref, "2019-01-01") for ref in ("ONE", "TWO")] == ["in-force", "replaced"]
    assert run(actions.derivation.rederive, TODAY) == []


def test_deriving_anew_changes_nothing(database: Path, bring: Bring, run: Run) -> None:
    bring(ROLLING)
    assert run(actions.derivation.rederive, TODAY) == []


def test_a_standing_has_no_gap_and_follows_each_event(database: Path, bring: Bring, run: Run) -> None:
    bring(ROLLING)
    cases = [
        ({"event": "suspended", "on": "2018-01-01"}, "suspended"),
        ({"event": "resumed", "on": "2019-01-01"}, "in-force"),
        ({"event": "terminated", "on": "2020-01-01"}, "terminated"),
    ]
    for event, expected in cases:
        part = actions.record.EventPart.model_validate(event)
        run(actions.events.record, "R-1", part, TODAY)
        assert status(database, "R-1", event["on"]) == expected
    assert [status(database, "R-1", f"{year}-06-01") for year in (2017, 2018, 2019, 2020)] == [
        "in-force",
        "suspended",
        "in-force",
        "terminated",
    ]
    run(actions.removal.remove, "R-1/E3", TODAY)
    assert status(database, "R-1", "2019-06-01") == "suspended"


def test_a_failing_rule_leaves_the_fact_unwritten(
    database: Path, bring: Bring, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Facts and what follows from them are one transaction: never one without the other."""
    bring(ROLLING)
    before = rows(database)
    monkeypatch.setattr("tracker.actions.derivation.apply_rules", lambda facts, horizon: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        edit(run, "R-1/E1", on="2018-01-10")
    assert rows(database) == before


def test_settled_days_stay_when_their_schedule_and_their_agreement_change(
    database: Path, bring: Bring, run: Run
) -> None:
    settled = {"fulfilled": [{"due": "2017-11-18", "on": "2017-11-02", "evidence": "list"}]}
    bring({**ROLLING, "obligations": [{**ROLLING["obligations"][0], **settled}]})  # type: ignore[index]
    for changes in ({"due": "ongoing"}, {"due": "on request"}, {"due": "30 days after termination"}):
        edit(run, "R-1/O1", **changes)
        assert occurrences(database) == [("2017-11-18", "fulfilled")]
    edit(run, "R-1/E1", on="unknown")
    assert ("2017-11-18", "fulfilled") in occurrences(database)


def derived(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every derived row, without ids."""
    with sqlite3.connect(database) as db:
        return {
            table: sorted(db.execute(f"SELECT {columns} FROM {table}"), key=repr)
            for table, columns in {
                "standing": "agreement_id, status, from_day, to_day, because",
                "term": "agreement_id, number, from_day, to_day, warn_day, notice_day, renews, origin, because",
                "milestone": "agreement_id, kind, on_day, warn_day, term, because",
                "occurrence": "obligation_id, due_on, warn_on, done_text, waived_text, because",
                "participation": "agreement_id, party_id, in_force_text",
                "agreement": "ref, signed_text, in_force_text, in_force_on, last_day, derived_until",
            }.items()
        }


def with_examples(path: Path, order: int = 1) -> Path:
    """All the real agreements that come with the program, brought into a database."""
    files = sorted(paths.EXAMPLES.glob("*.yaml"))[::order]
    records = [record for file in files for record in exchange.reading.read(file).records]
    actions.running.run(path, lambda session: actions.records.bring_in(session, records, TODAY))
    return path


@pytest.fixture(scope="module")
def brought(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_examples(Path(shutil.copy(template, tmp_path_factory.mktemp("examples") / "tracker.db")))


@pytest.fixture
def examples(brought: Path, database: Path) -> Path:
    return Path(shutil.copy(brought, database))


def test_deriving_all_the_examples_anew_changes_no_row(examples: Path, run: Run) -> None:
    before = derived(examples)
    assert sum(map(len, before.values())) > 300
    assert run(actions.derivation.rederive, TODAY) == []
    assert derived(examples) == before


def test_rows_that_disagree_with_the_rules_are_found_and_mended(examples: Path) -> None:
    before = derived(examples)
    with sqlite3.connect(examples) as db:
        db.execute("UPDATE standing SET status = 'abandoned' WHERE id = (SELECT min(id) FROM standing)")
        db.execute("UPDATE agreement SET last_day = '1999-12-31' WHERE ref = 'IT-LY-2017'")
        db.execute("DELETE FROM milestone")
    spoilt = derived(examples)
    found = actions.databases.rederive(examples, TODAY, dry_run=True)
    assert "IT-LY-2017" in found and derived(examples) == spoilt
    assert actions.databases.rederive(examples, TODAY, dry_run=False) == found
    assert derived(examples) == before


def test_the_order_of_import_does_not_matter_for_what_is_derived(examples: Path, template: Path) -> None:
    other = with_examples(Path(shutil.copy(template, examples.with_name("other.db"))), order=-1)
    listed = []
    for path in (examples, other):
        with Reader(path) as reader:
            found = reader.rows("agreements", day=TODAY.isoformat())
        listed.append({row["ref"]: {**row, "id": None} for row in found})
    assert listed[0] == listed[1] and len(listed[0]) >= 12


def test_further_ahead_is_further_not_other(database: Path, bring: Bring) -> None:
    bring(ROLLING)
    near = occurrences(database)
    actions.databases.extend(database, date(2045, 1, 1))
    far = occurrences(database)
    assert far[: len(near)] == near and len(far) > len(near)
    assert actions.databases.extend(database, date(2030, 1, 1)) == 0


def test_what_has_an_end_is_never_extended(database: Path, bring: Bring, read: Any) -> None:
    bring({**ROLLING, "provisions": {"entry_into_force": "on signature", "duration": "3 years"}})
    assert actions.databases.extend(database, date(2100, 1, 1)) == 0
    assert read("short_of_horizon", until="2100-01-01") == []


def test_two_that_replace_one_count_from_the_earlier(database: Path, bring: Bring, run: Run) -> None:
    later = [agreement(ref, events=[signed(day)], links=[{"replaces": "OLD"}]) for ref, day in
             (("N-1", "2022-01-01"), ("N-2", "2020-01-01"))]  # fmt: skip
    bring(agreement("OLD"), *later)
    assert status(database, "OLD", "2020-01-01") == "replaced"
    run(actions.removal.remove, "N-2", TODAY)
    assert (status(database, "OLD", "2021-12-31"), status(database, "OLD", "2022-01-01")) == ("in-force", "replaced")


@pytest.mark.parametrize("how", ["edit the link", "update the record", "change what the link does"])
def test_the_replaced_one_follows_when_the_link_is_gone(database: Path, bring: Bring, run: Run, how: str) -> None:
    bring(
        agreement("OLD"),
        agreement("OTHER"),
        agreement("NEW", events=[signed("2020-01-01")], links=[{"replaces": "OLD"}]),
    )
    assert status(database, "OLD", "2021-01-01") == "replaced"
    if how == "edit the link":
        edit(run, "NEW/L1", replaces="OTHER")
        assert status(database, "OTHER", "2021-01-01") == "replaced"
    elif how == "update the record":
        bring(agreement("NEW", events=[signed("2020-01-01")]), update=True)
    else:
        edit(run, "NEW/L1", replaces="", amends="OLD")
    assert status(database, "OLD", "2021-01-01") == "in-force"


def test_what_never_enters_into_force_replaces_nothing(database: Path, bring: Bring) -> None:
    bring(agreement("OLD"), agreement("NEW", provisions={}, links=[{"replaces": "OLD"}]))
    assert status(database, "OLD", "2026-01-01") == "in-force"
