"""Reasons, waits, days to watch and due rules: every text that the rules can write is read, and said anew."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from rules.test_properties import DURATIONS, ENTRY_RULES, FACTS, HORIZON, NOTICES, SCHEDULES

from reports.test_words import Marked
from tracker.reports import phrases, reasons, schedules, words
from tracker.rules.derivation import derive
from tracker.rules.durations import Duration, Notice
from tracker.rules.entry_into_force import EntryRule
from tracker.rules.facts import Facts, Reason
from tracker.rules.schedules import Schedule


def read(text: str, messages: tuple[str, ...]) -> bool:
    """Whether a message reads the text: what none reads comes back with no word from the catalogue."""
    with words.speaking("en", Marked()):
        return "⟦" in reasons.said(text, messages)


@settings(max_examples=400, deadline=None)
@given(FACTS)
def test_every_reason_of_a_standing_or_a_term_is_read(facts: Facts) -> None:
    derived = derive(facts, HORIZON)
    for reason in [item.reason for item in (*derived.standings, *derived.terms)]:
        assert read(reason.rule, (*reasons.RULES, *reasons.PLAIN)), reason.rule
        if reason.arithmetic:
            with words.speaking("en", Marked()):
                assert "⟦" in reasons.arithmetic(reason.arithmetic), reason.arithmetic
        assert all(fact.ref.startswith("E") or read(fact.what, reasons.FACTS) for fact in _facts(reason)), reason
    assert all(read(text, reasons.WAITS) for text in derived.waiting.values()), derived.waiting


def _facts(reason: Reason) -> list[Any]:
    return [*reason.facts, *(fact for cause in reason.because for fact in _facts(cause))]


@settings(max_examples=300, deadline=None)
@given(SCHEDULES)
def test_due_rules_say_in_english_what_was_written(schedule: Schedule) -> None:
    """But for days, which are in words, and rules of RFC 5545."""
    written = re.sub(r"\b[0-9]{4}(-[0-9]{2}){0,2}\b", lambda found: phrases.day(found[0]), str(schedule))
    if "RRULE" not in written:
        assert schedules.due(str(schedule)) == written


@settings(max_examples=200, deadline=None)
@given(DURATIONS, NOTICES, ENTRY_RULES)
def test_lengths_and_entries_say_in_english_what_was_written(
    duration: Duration, notice: Notice, entry: EntryRule
) -> None:
    assert schedules.length(duration) == str(duration)
    assert schedules.notice(notice) == str(notice)
    if entry.on is None:
        assert schedules.entry(entry) == str(entry)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("every 6 months after entry into force", "every 6 months after entry into force"),
        ("every year on 31 March until 2030-01-01", "every year on 31 March until 1 January 2030"),
        ("every month on the first Monday from 2018-02-01, 3 times", None),
        ("every month on the last day from 2026-10", "every month on the last day from October 2026"),
        ("every year on the last Friday of May, next working day", None),
        ("60 days before expiry, previous working day", None),
        ("every 2 weeks on Monday from 2026-11-01, 1 time", "every 2 weeks on Monday from 1 November 2026, 1 time"),
        ("every 1 year and 6 months after O3 until expiry", None),
        ("on termination", None),
        ("2026-06", "June 2026"),
        ("something the rules do not know", None),
    ],
)
def test_due_rules_in_words(written: str, said: str | None) -> None:
    assert schedules.due(written) == (said or phrases.days(written))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("O1 and O2 count from each other", "O1 and O2 count from each other"),
        ("60 days after termination: not terminated", "60 days after termination: not terminated"),
        ("every day from 0217-01-01: gives over 10,000 due dates by 0244-05-20: let it begin later", None),
        ("10 days after A7: there is no activity A7", "10 days after A7: there is no activity A7"),
        ("10 days before O2: 30 days after consent: not every party has consented yet", None),
        ("999 years after consent: 2018-01-01 +11988 months leaves the calendar: years run from 0001 to 9999", None),
    ],
)
def test_waits_in_words(written: str, said: str | None) -> None:
    assert reasons.waits(written) == said if said else reasons.waits(written)
    assert read(written, reasons.WAITS)


@pytest.mark.parametrize(
    "text",
    [
        "last day to give notice before term 2",
        "renews by itself for term 3",
        "expires: last day of term 1",
        "enters into force",
        "comes into effect",
    ],
)
def test_days_to_watch_in_words(text: str) -> None:
    assert reasons.milestone(text) == text and read(text, reasons.MILESTONES)


@pytest.mark.parametrize(("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (40, "40th")])
def test_ordinals(number: int, said: str) -> None:
    assert schedules.ordinal(number) == said
