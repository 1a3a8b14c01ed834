"""``tracker explain``: the chain behind every derived value, in words and as JSON equal to what is stored."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest

from cli.running import Tracker
from tracker.rules.dates import parse_date


def test_a_convention_in_words(examples: Tracker) -> None:
    shown = examples("explain", "UN-2000-TIP").out.splitlines()
    assert shown[:4] == [
        "UN-2000-TIP in force since 2003-12-25, because:",
        "  90 days after the 40th consent (Art. 17(1)): 2003-12-25"
        " = 40th consent 2003-09-26 (40 of 60 listed) + 90 days",
        "    40th consent (section 5): 2003-09-26 (40 of 60 listed)",
        "      ← E93 ratified by Rwanda 2003-09-26",
    ]


def test_the_notice_day_of_the_renewed_term(examples: Tracker) -> None:
    shown = examples("explain", "IT-LY-2017:2028-11-01").out
    assert "notice 2028-11-01" in shown
    assert "2028-11-01 = 2029-02-01 - 3 months" in shown


def test_a_due_date(small: Tracker) -> None:
    shown = small("explain", "PA-2017-001/O1:2018-05-18").out
    assert "2018-05-18 = 2017-11-18 + 1 × 6 months" in shown
    found = small("explain", "PA-2017-001/O1:2018-05-18", "--format", "json").json
    assert [value["result"] for value in found["values"]] == ["2018-05-18"]
    assert found["values"][0]["reason"]["section"] == "section 6"


def test_what_waits_says_on_what(small: Tracker) -> None:
    small("edit", "PA-2017-001", "entry_into_force=30 days after consent", "duration=")
    small("add-obligation", "PA-2017-001", "Report", "--owed-by", "IOM", "--due", "30 days after entry into force")
    shown = small("explain", "PA-2017-001/O2").out
    assert shown == "PA-2017-001/O2 30 days after entry into force: not yet in force\n"


def test_an_activity(examples: Tracker) -> None:
    assert "that day has passed" in examples("explain", "DEMO-WORK-PLAN/A6").out
    assert "is held" in examples("explain", "DEMO-WORK-PLAN/A2").out


def test_unknown_stays_unknown(examples: Tracker) -> None:
    shown = examples("explain", "IOM-PA-MINSEG").out
    assert "signed since an unknown day" in shown and "the day is unknown" in shown


def test_a_memorandum_is_in_effect(examples: Tracker) -> None:
    assert examples("explain", "IT-LY-2017").out.startswith("IT-LY-2017 in effect since 2017-02-02")


@pytest.mark.parametrize(
    "ref", ["PA-2017-001/O9", "PA-2017-001/O1:2018-05-19", "PA-2017-001:2019-01-01", "NOPE", "PA-2017-001/A9"]
)
def test_what_there_is_not(small: Tracker, ref: str) -> None:
    assert len(small("explain", ref, code=3).errors) == 1


def test_every_derived_row_is_explained_by_its_own_value(examples: Tracker) -> None:
    """The result of the stored reason is the stored value, for every derived row."""
    assert examples.db is not None
    db = sqlite3.connect(examples.db)
    rows: list[tuple[Any, ...]] = []
    rows += db.execute("SELECT 'term', to_day, because FROM term")
    rows += db.execute("SELECT 'milestone', on_day, because FROM milestone")
    rows += db.execute("SELECT 'due', due_on, because FROM occurrence WHERE because IS NOT NULL")
    starts = db.execute("SELECT 'standing', from_day, because FROM standing").fetchall()
    assert len(rows) > 50 and len(starts) > 20
    for what, value, because in rows:
        reason = json.loads(because)
        assert reason["result"] == (value or "open"), (what, value, reason)
    for what, value, because in starts:  # what starts, starts on the lower bound
        lower = parse_date(json.loads(because)["result"]).lower
        assert str(lower) == str(value), (what, value)


def test_nothing_differs_when_derived_anew(examples: Tracker) -> None:
    before = examples.rows()
    result = examples("db", "rederive", "--check")
    assert result.out == "" and examples.rows() == before


def test_a_row_changed_behind_the_back_is_found_and_mended(examples: Tracker) -> None:
    assert examples.db is not None
    with sqlite3.connect(examples.db) as db:
        db.execute("UPDATE occurrence SET due_on = '2027-03-11' WHERE due_on = '2027-03-10'")
        db.execute("DELETE FROM milestone WHERE kind = 'notice'")
    found = examples("db", "rederive", "--check", code=1)
    assert found.out.splitlines() == ["differs: DEMO-WORK-PLAN", "differs: IT-LY-2017"]
    examples("db", "rederive")
    examples("db", "rederive", "--check")


def test_deadlines_of_one_person_for_a_script(examples: Tracker) -> None:
    assert examples("deadlines", "--mine", code=2).errors
    examples.env(TRACKER_PERSON="Ana Demo Quintero")
    found = examples("deadlines", "--mine", "--fail-on", "overdue", "--format", "json", code=1).json
    assert {row["responsible"] for row in found} == {"Ana Demo Quintero"}
    examples("deadlines", "--mine", "--fail-on", "overdue", "--as-of", "2025-04-01", code=0)
    examples("deadlines", "--mine", "--fail-on", "any", "--as-of", "2025-04-01", "--within", "1y", code=1)


def test_each_party_has_its_own_entry_into_force(examples: Tracker) -> None:
    bound = {row["party"]: row["in_force"] for row in examples.json("show", "UN-1990-CMW")["derived"]["parties"]}
    assert bound["Egypt"] == "2003-07-01"
    assert bound["Türkiye"] == "2005-01-01"  # deposited 2004-09-27: first day of the month following 3 months
    assert bound["Indonesia"] == "2012-09-01"  # deposited 2012-05-31


def test_why_a_party_has_its_own_entry_into_force(examples: Tracker) -> None:
    shown = examples("explain", "UN-1990-CMW").out
    assert "UN-1990-CMW in force for Türkiye since 2005-01-01, because:\n" in shown
    chain = shown.partition("for Türkiye since 2005-01-01, because:\n")[2].split("\n\n")[0].splitlines()
    assert chain[0].endswith(
        ": 2005-01-01 = its own consent 2004-09-27 + 3 months, then the first day of the following month"
    )
    assert chain[1:2] == ["    its own consent (section 5): 2004-09-27"]
    assert chain[2].endswith(" ratified by Türkiye 2004-09-27")
    assert "for Egypt since" not in shown  # from the first day on, as the agreement itself
    found = examples("explain", "UN-1990-CMW", "--format", "json").json["values"]
    own = {value["says"]: value for value in found if value["value"] == "party"}
    bound = examples.json("show", "UN-1990-CMW")["derived"]["parties"]
    assert len(own) == len([row for row in bound if row["in_force"] not in (None, "2003-07-01")])
    assert all(value["result"] == value["reason"]["result"] for value in own.values())


def test_what_resumed_and_what_was_not_renewed(small: Tracker) -> None:
    for event, on in (("suspended", "2018-03"), ("resumed", "2018-06"), ("non-renewal-notice", "2019-11-17")):
        small("record", "PA-2017-001", event, "--on", on)
    small(
        "edit", "PA-2017-001", "renewal=tacit", "notice=6 months", "entry_into_force=on signature", "duration=3 years"
    )
    shown = small("explain", "PA-2017-001", "--as-of", "2018-07-01").out
    assert "since 2018-06-01, because:\n  resumed (section 5): 2018-06-01 (known to the month)\n" in shown
    assert "no term 2 by itself" in shown and "on or before the notice day 2019-11-17 of term 1" in shown
