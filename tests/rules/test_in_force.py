"""The day of entry into force, which only an agreement has that is not over by then; worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from .build import HORIZON, derive, facts

S = "signed 2017-05-18"
LATER = {"entry": "2019-01-01"}
CONSENT_2 = {"entry": "90 days after the 2nd consent", "bound": "A B C"}

CASES: list[tuple[str, dict[str, Any], str | None]] = [
    (S, {"entry": "on signature"}, "2017-05-18"),
    (S, LATER, "2019-01-01"),
    # Over on the day of entry or before it: never in force.
    (S + "; terminated 2018-12-31", LATER, None),
    (S + "; terminated 2019-01-01", LATER, None),  # terminated on that very day
    (S + "; terminated 2019-01-02", LATER, "2019-01-01"),  # for one day
    (S + "; terminated 2018", LATER, None),  # upper bound 2018-12-31
    (S + "; terminated 2019", LATER, "2019-01-01"),  # upper bound 2019-12-31
    (S + "; terminated unknown", LATER, None),  # before anything dated
    (S + "; terminated unknown", {"entry": "on signature"}, None),
    (S + "; abandoned 2018-12-31", LATER, None),
    (S + "; abandoned 2019-01-01", LATER, "2019-01-01"),  # abandonment is of what was never in force
    (S + "; termination-notice 2018-10-02", {**LATER, "notice": "90 days"}, None),  # 29 + 30 + 31: from 12-31
    (S + "; termination-notice 2018-10-03", {**LATER, "notice": "90 days"}, None),  # from 2019-01-01
    (S + "; termination-notice 2018-10-04", {**LATER, "notice": "90 days"}, "2019-01-01"),
    (S + "; withdrew 2018-06-01 A", LATER, None),
    (S, {**LATER, "ends": "2018-12-31"}, None),
    (S, {**LATER, "ends": "2019-01-01"}, "2019-01-01"),
    (S, {**LATER, "ends": "2018-12"}, None),
    (S, {**LATER, "ends": "2019"}, "2019-01-01"),
    (S, {**LATER, "ends": "2018-12-31", "renewal": "tacit", "period": "1 year"}, "2019-01-01"),  # in its second term
    (S + "; renewed 2018-12-01 for P1Y", {**LATER, "ends": "2018-12-31"}, "2019-01-01"),
    # Expired on the day of entry, renewed later: in force from that renewal.
    (S + "; renewed 2019-07-01 for P1Y", {**LATER, "ends": "2018-12-31"}, "2019-07-01"),
    (S, {**LATER, "replaced": "2018-06-01"}, None),
    (S, {**LATER, "replaced": "2019-01-01"}, None),
    (S, {**LATER, "replaced": "2019-01-02"}, "2019-01-01"),
    (S, {**LATER, "replaced": "unknown"}, None),
    # The event goes before the provision, and is no better than it.
    (S + "; entered-into-force 2019-01-01; terminated 2018-12-31", {}, None),
    # Provisional application and suspension leave entry into force as it is.
    (S + "; provisionally-applied 2017-06-01", LATER, "2019-01-01"),
    (S + "; provisionally-applied 2017-06-01; terminated 2018-06-01", LATER, None),
    (S + "; suspended 2018-06-01; resumed 2019-06-01", LATER, "2019-01-01"),
    (S + "; suspended 2019-01-01", LATER, "2019-01-01"),
    # By consent.
    ("ratified 2018-01-01 A; ratified 2018-02-01 B; terminated 2018-05-01", CONSENT_2, None),  # 02-01 + 90 days
    ("ratified 2018-01-01 A; ratified 2018-02-01 B; terminated 2018-05-03", CONSENT_2, "2018-05-02"),
    # Nothing orders two unknown days: the entry stays unknown.
    ("entered-into-force unknown; terminated unknown", {}, "unknown"),
    ("entered-into-force unknown; terminated 2018", {}, "unknown"),
]


@pytest.mark.parametrize(("events", "rest", "expected"), CASES)
def test_entry_into_force(events: str, rest: dict[str, Any], expected: str | None) -> None:
    found = derive(facts(events, **rest), HORIZON)
    assert (found.entry_into_force and str(found.entry_into_force)) == expected


PARTIES: list[tuple[str, dict[str, Any], dict[str, str | None]]] = [
    (S, {"entry": "on signature"}, {"A": "2017-05-18", "B": "2017-05-18"}),
    (S + "; terminated 2018-06-01", LATER, {"A": None, "B": None}),
    # Terminated on 2018-12-01: C, who consented on 2018-09-03, would have been bound from 2018-12-02.
    (
        "ratified 2018-01-01 A; ratified 2018-02-01 B; ratified 2018-09-03 C; terminated 2018-12-01",
        CONSENT_2,
        {"A": "2018-05-02", "B": "2018-05-02", "C": None},
    ),
    (
        "ratified 2018-01-01 A; ratified 2018-02-01 B; ratified 2018-09-02 C; terminated 2018-12-02",
        CONSENT_2,
        {"A": "2018-05-02", "B": "2018-05-02", "C": "2018-12-01"},
    ),
    # C withdraws before its own day comes; then consents anew.
    (
        "ratified 2018-01-01 A; ratified 2018-02-01 B; ratified 2018-09-03 C; withdrew 2018-10-01 C",
        CONSENT_2,
        {"A": "2018-05-02", "B": "2018-05-02", "C": None},
    ),
    (
        "ratified 2018-01-01 A; ratified 2018-02-01 B; ratified 2018-09-03 C; withdrew 2018-10-01 C;"
        " acceded 2019-01-01 C",
        CONSENT_2,
        {"A": "2018-05-02", "B": "2018-05-02", "C": "2019-04-01"},  # 30 + 28 + 31 days, and one more
    ),
    # B withdraws before the second consent: its consent still counts, and it is not bound itself.
    (
        "ratified 2018-01-01 B; withdrew 2018-01-15 B; ratified 2018-02-01 A; ratified 2018-09-03 C",
        CONSENT_2,
        {"A": "2018-05-02", "B": None, "C": "2018-12-02"},
    ),
    # Its own event counts for a party, but not once the agreement is over.
    (S + "; entered-into-force 2018-01-01 A", {}, {"A": "2018-01-01", "B": None}),
    (S + "; entered-into-force 2018-01-01 A; terminated 2017-12-01", {}, {"A": None, "B": None}),
]


@pytest.mark.parametrize(("events", "rest", "expected"), PARTIES)
def test_entry_into_force_for_each_party(events: str, rest: dict[str, Any], expected: dict[str, str | None]) -> None:
    found = derive(facts(events, **rest), HORIZON).party_entries
    assert {party: on and str(on) for party, on in found.items() if party in expected} == expected


def test_what_counts_from_entry_waits_where_there_was_none() -> None:
    never = facts(S + "; terminated 2018-06-01", **LATER, due=("30 days after entry into force",))
    assert derive(never, HORIZON).waiting == {1: "30 days after entry into force: not yet in force"}
