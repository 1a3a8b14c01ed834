"""Every check speaks on a record that deserves it and is silent on one that does not."""

from __future__ import annotations

from datetime import date

import pytest

from rules.quality.cases import (
    IOM,
    MINSEG,
    OF_DIRECTORY,
    PARTY,
    PERSON,
    SPEAKS,
    TERM,
    activity,
    events,
    notice,
    obligation,
    owed,
    provisions,
    subject,
)
from tracker.rules.quality import catalogue
from tracker.rules.quality.finding import Directory, Subject

SILENT: list[tuple[str, Subject]] = [
    ("A01", subject(signed="2025")),
    ("A02", subject(status="signed", since=date(2025, 11, 25))),
    ("A03", subject(provisions(indefinite=True), terms=[{**TERM, "to_day": None}])),
    ("A04", subject(**notice("2027-01-24"))),  # 61 days ahead
    ("A04", subject(events(("non-renewal-notice", "2026-11-01")), **notice("2026-12-01"))),
    ("A05", subject(provisions(duration="3 years", renewal={"mode": "express"}))),
    ("A06", subject({"notes": [{"text": "The Ministry of Public Security signed it."}]})),
    (
        "A06",
        subject(
            {
                "parties": [IOM, {**MINSEG, "other_names": ["Ministry of Interior"]}],
                "notes": [{"text": "The announcement also says Ministry of Interior."}],
            }
        ),
    ),
    ("A07", subject(events(("suspended", "2025-12-31"), ("resumed", "2026-01-01")))),
    ("A07", subject(events(("resumed", "2025"), ("suspended", "2025-03")))),  # within the year, after it
    ("A07", subject(events(("suspended", "2025", "IOM"), ("resumed", "2025")))),
    ("A07", subject(events(("suspended", "unknown"), ("resumed", "unknown")))),
    ("A07", subject(events(("signed", "unknown"), ("ratified", "2024-12-31", "MINSEG")))),
    ("A08", subject({"kind": "memorandum-of-understanding", "parties": [{**IOM, "role": "participant"}]})),
    ("A09", subject(events(("ratified", "2025-02-01", "MINSEG"), ("formally-confirmed", "2025-02-01", "IOM")))),
    ("A10", subject({"kind": "framework-agreement"}, implemented_by=["Y"])),
    ("A11", subject(status="expired", **owed(state="lapsed"))),
    ("A12", subject(activity(on="2025-11-25"))),
    ("A12", subject({"activities": []}, in_force_on=date(2025, 11, 25))),
    ("A15", subject({"responsible": None}, status="expired")),
    ("A17", subject(status="signed", since=date(2026, 11, 1))),
    ("A18", subject(milestones=[{"kind": "expiry", "on_day": "2027-01-24", "term": 1}])),
    ("A22", subject(provisions(duration="3 years", renewal={"mode": "tacit"}))),
    ("A22", subject(provisions(ends="2027-12-31", renewal={"mode": "tacit", "period": "1 year"}))),
    ("A22", subject(provisions(ends="2027-12-31", renewal={"mode": "express"}))),
    ("A23", subject({**provisions(renewal={"mode": "express", "times": 1}), **events(("renewed", "2026-01-01"))})),
    ("A23", subject({**provisions(renewal={"mode": "express"}), **events(("renewed", "2026"), ("renewed", "2026"))})),
    ("A24", subject(events(("renewed", "2026-01-01")), terms=[TERM, {**TERM, "number": 2, "origin": "express"}])),
    ("O07", subject(obligation(due="30 days after O2"))),
    ("O03", subject({"responsible": None, **obligation(responsible={"name": "Luis"})})),
    ("O04", subject(obligation(due="ongoing"), status="expired")),
    ("O07", subject(**owed(waits_for="30 days after entry into force: not yet in force"))),
    ("O08", subject(obligation(fulfilled=[{"on": "2026-03-30", "by": "A1"}, {"on": "2026-03-30", "evidence": "x"}]))),
    ("T01", subject(activity(status="planned", on="2026-11-24"))),
    ("T01", subject(activity(status="postponed", on="2026-11"))),
    ("T02", subject(activity(kind="meeting", attendance=[]))),
    ("T04", subject(activity(on="2026-11"))),
]


def test_a_notice_within_a_term_of_unknown_length_is_named() -> None:
    open_term = subject(
        {
            **provisions(ends="2025-12-31", renewal={"mode": "tacit"}),
            **events(("non-renewal-notice", "2026-03-01")),
        }
    )
    said = [finding.what for finding in catalogue.of_agreement(open_term) if finding.check.code == "A22"]
    assert said == [
        "renews by itself after 2025-12-31, for how long is not known: no later end is derived",
        "when the notice of non-renewal (2026-03-01) takes effect cannot be told",
    ]


def codes(subject: Subject) -> list[str]:
    return [finding.check.code for finding in catalogue.of_agreement(subject)]


def test_the_sound_agreement_is_silent() -> None:
    assert codes(subject()) == []


@pytest.mark.parametrize(("code", "situation", "found"), SPEAKS, ids=lambda v: v if isinstance(v, str) else "")
def test_it_speaks(code: str, situation: str, found: Subject) -> None:
    assert code in codes(found), situation


@pytest.mark.parametrize(("code", "sound"), SILENT, ids=lambda value: value if isinstance(value, str) else "")
def test_it_is_silent(code: str, sound: Subject) -> None:
    assert code not in codes(sound)


@pytest.mark.parametrize(
    ("code", "situation", "directory"), OF_DIRECTORY, ids=lambda v: v if isinstance(v, str) else ""
)
def test_of_the_directory(code: str, situation: str, directory: Directory) -> None:
    assert [finding.check.code for finding in catalogue.of_directory(directory)] == [code], situation


def test_the_sound_directory_is_silent() -> None:
    igo = {**PARTY, "kind": "intergovernmental-organization", "country": None}
    assert list(catalogue.of_directory(Directory([PARTY, igo], [PERSON]))) == []


def test_every_check_is_tried_and_explains_itself() -> None:
    tried = {code for code, _, _ in SPEAKS} | {code for code, _, _ in OF_DIRECTORY}
    assert tried == {check.code for check in catalogue.CHECKS}
    assert len(catalogue.CHECKS) >= 25
    assert len({check.name for check in catalogue.CHECKS}) == len(catalogue.CHECKS)
    for check in catalogue.CHECKS:
        assert check.severity in ("error", "warning", "note")
        assert check.title and check.why.endswith(".") and check.mend


def test_ignored_checks_are_left_out() -> None:
    assert "A14" not in [f.check.code for f in catalogue.of_agreement(subject({"scopes": []}), {"A14"})]


def test_the_fix_names_the_event() -> None:
    found = next(f for f in catalogue.of_agreement(subject(events(("ratified", "2025-02-01", "IOM")))) if f.fix)
    assert found.fix is not None
    assert (found.fix.ref, found.fix.key, found.fix.value) == ("X/E1", "event", "formally-confirmed")


def test_a_check_is_found_by_code_or_name() -> None:
    assert catalogue.named("a06") is catalogue.named("two-names")
    assert catalogue.named("A99") is None
