"""What contradicts the rules is refused in one line, and what never falls due is spoken of (docs/rules.md)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cli.running import Tracker

REF = "PA-2017-001"


def record(**values: Any) -> dict[str, Any]:
    events = values.pop("events", [{"event": "signed", "on": "2017-05-18"}])
    parties = [{"name": "Alpha"}, {"name": "Beta"}]
    provisions = {"entry_into_force": "on signature", "indefinite": True}
    return {"ref": "R-1", "title": "R", "parties": parties, "provisions": provisions, "events": events, **values}


def bring(tracker: Tracker, code: int = 0, **values: Any) -> str:
    (tracker.folder / "r.json").write_text(json.dumps(record(**values)))
    return tracker("import", "r.json", code=code).err


def duties(*dues: str) -> list[dict[str, Any]]:
    return [{"text": due, "due": due, "owed_by": ["Alpha"]} for due in dues]


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"obligations": duties("every month from 2018-02 until 2018-01")}, "obligations[1].due: 'every month from"),
    ({"obligations": duties("RRULE:FREQ=DAILY;UNTIL=20170101 from 2018-01-01")}, "ends on 2017-01-01"),
    ({"obligations": duties("30 days after O1")}, "never falls due: O1 counts from itself"),
    ({"obligations": duties("30 days before O1")}, "never falls due: O1 counts from itself"),
    ({"obligations": duties("on O2", "every month after O1")}, "O2 count from each other"),
    ({"obligations": duties("2018-01-01", "on O3", "on O2")}, "obligations[2].due"),
    ({"provisions": {"entry_into_force": "2018-02", "ends": "2018-01"}}, "before the agreement enters into force on"),
    # Past the year 9999: the key whose arithmetic leaves the calendar.
    ({"events": [{"event": "signed", "on": "9999-12-31"}],
      "provisions": {"entry_into_force": "30 days after signature"}},
     "provisions.entry_into_force: '9999-12-31 +30 days' leaves the calendar"),
    ({"events": [{"event": "signed", "on": "9999-12-31"}],
      "provisions": {"entry_into_force": "on signature", "duration": "1 year"}},
     "provisions.duration: '9999-12-31 +12 months' leaves the calendar"),
    ({"events": [{"event": "signed", "on": "2017"}, {"event": "termination-notice", "on": "9999-12-31"}],
      "provisions": {"notice": "90 days"}},
     "events[2]: '9999-12-31 +90 days' leaves the calendar"),
    ({"provisions": {"entry_into_force": "on signature", "ends": "2020",
                     "notice": "999 years, 9999 months and 9999 weeks"}},
     "provisions.notice: "),
]  # fmt: skip


@pytest.mark.parametrize(("values", "problem"), REFUSED)
def test_a_file_that_contradicts_the_rules_changes_nothing(
    empty: Tracker, values: dict[str, Any], problem: str
) -> None:
    before = empty.rows()
    said = bring(empty, 2, **values)
    assert said.startswith("error: r.json:1:")
    assert problem in said
    assert len(said.splitlines()) == 1
    assert empty.rows() == before


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (
            ("add-obligation", REF, "X", "--owed-by", "IOM", "--due", "3 days after O2"),
            "--due: '3 days after O2' never",
        ),
        (("add-obligation", REF, "X", "--owed-by", "IOM", "--due", "every month from 2018 until 2017"), "--due: "),
        (("edit", f"{REF}/O1", "due=3 days after O1"), "due: '3 days after O1' never falls due: O1 counts from itself"),
        (("record", REF, "signed"), "day is missing: give --on DATE"),
        (("record", REF, "renewed", "--on", "9999-12-31", "--for", "1 year"), "renewed on 9999-12-31: "),
    ],
)
def test_a_command_that_contradicts_the_rules_changes_nothing(
    small: Tracker, command: tuple[str, ...], problem: str
) -> None:
    before = small.rows()
    error = small(*command, code=2).errors
    assert len(error) == 1
    assert error[0].startswith(f"error: {problem}")
    assert small.rows() == before


@pytest.mark.parametrize("as_of", ["9999-12-31", "9999-12-01"])
def test_the_end_of_the_calendar_is_a_day_like_others(small: Tracker, as_of: str) -> None:
    assert small("deadlines", "--as-of", as_of).code == 0
    assert small("obligations", "--within", "1y", "--as-of", as_of).code == 0


def test_a_window_too_far_ahead_is_blamed_on_the_window(small: Tracker) -> None:
    small("edit", f"{REF}/O1", "survives=true")
    assert "--within: '2226-" in small("deadlines", "--within", "200y", code=2).err
    assert "--within: '2226-" in small("obligations", "--within", "200y", code=2).err
    assert "--as-of: " in small("deadlines", "--as-of", "2300-01-01", code=2).err


def found(tracker: Tracker, *codes: str) -> list[tuple[str, str, str]]:
    rows = tracker("check", "R-1", "--format", "json", code=1).json
    return [(row["code"], row["ref"], row["what"]) for row in rows if row["code"] in codes]


def test_what_never_falls_due_is_found(empty: Tracker) -> None:
    never = ("30 days after O9", "every month after A9", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 from 2018-01-01")
    bring(empty, obligations=duties(*never, "30 days after signature"))
    assert found(empty, "O07") == [
        ("O07", "R-1/O1", "never falls due: 30 days after O9: there is no obligation O9"),
        ("O07", "R-1/O2", "never falls due: every month after A9: there is no activity A9"),
        ("O07", "R-1/O3", f"never falls due: {never[2]}: nothing falls due before it ends"),
    ]


def test_what_was_settled_for_no_due_date_is_found(empty: Tracker) -> None:
    done = {"fulfilled": [{"due": "2018-06-29", "on": "2018-06-01"}, {"due": "2018-06-30", "on": "2018-06-01"}]}
    waived = {"waived": [{"due": "2018-01-01", "on": "2018-01-01", "reason": "x"}]}
    far = {"fulfilled": [{"due": "2050-05-18", "on": "2018-06-01"}]}
    obligations = duties("2018-06-30", "ongoing", "every year after entry into force")
    bring(empty, obligations=[obligations[0] | done, obligations[1] | waived, obligations[2] | far])
    assert found(empty, "O09") == [
        ("O09", "R-1/O1", "is settled for 2018-06-29, which does not follow from its due rule"),
        ("O09", "R-1/O2", "is settled for 2018-01-01, which does not follow from its due rule"),
    ]


def test_tacit_renewal_of_unknown_length_is_recorded_and_found(empty: Tracker) -> None:
    bring(empty, provisions={"entry_into_force": "on signature", "ends": "2019-12-31", "renewal": {"mode": "tacit"}})
    assert found(empty, "A22")
    (listed,) = empty.json("agreements")
    assert (listed["status"], listed["since"], listed["ends"]) == ("in-force", "2017-05-18", None)
    exported = empty("export", "--format", "json").json
    assert exported["provisions"]["renewal"] == {"mode": "tacit"}


def test_tacit_renewal_of_what_has_no_end_is_recorded_and_found(empty: Tracker) -> None:
    bring(empty, provisions={"entry_into_force": "on signature", "renewal": {"mode": "tacit"}})
    assert [code for code, _, _ in found(empty, "A03", "A19", "A22")] == ["A03", "A19"]


def test_renewals_beyond_the_text_are_found(empty: Tracker) -> None:
    renewed = [{"event": "renewed", "on": day} for day in ("2018-01-01", "2019-01-01")]
    events = [{"event": "signed", "on": "2017-05-18"}, *renewed]
    text = {"entry_into_force": "on signature", "duration": "1 year"}
    bring(empty, events=events, provisions={**text, "renewal": {"mode": "express", "times": 1}})
    assert [said for _, _, said in found(empty, "A23", "A24")] == [
        "is renewed 2 times, though its text allows it once; each counts"
    ]


def test_a_resumption_before_the_suspension_is_found(empty: Tracker) -> None:
    events = [
        {"event": kind, "on": on} for kind, on in (("signed", "2017"), ("suspended", "2018-03"), ("resumed", "2017"))
    ]
    bring(empty, events=events)
    assert [said for _, _, said in found(empty, "A07")] == ["is resumed on 2017 without having been suspended before"]
