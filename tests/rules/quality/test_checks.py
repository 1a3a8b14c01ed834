"""Every check speaks on a record that deserves it and is silent on one that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tracker.rules.quality import catalogue
from tracker.rules.quality.finding import Directory, Subject

DAY = date(2026, 11, 24)
IOM = {"name": "International Organization for Migration", "acronym": "IOM", "role": "party"}
IOM |= {"kind": "intergovernmental-organization", "signatory": {"name": "Ana"}}
MINSEG = {"name": "Ministry of Public Security", "acronym": "MINSEG", "kind": "ministry", "country": "PA"}
MINSEG |= {"role": "party", "signatory": {"name": "Luis"}}
OBLIGATION = {"number": 1, "text": "Train", "clause": "Art. 3", "owed_by": ["IOM"], "due": "every year on 31 March"}
TRAINING: dict[str, Any] = {"number": 1, "title": "Course", "kind": "training", "on": "2026-09-01", "status": "held"}
TRAINING |= {"attendance": [{"party": "MINSEG", "women": 3, "men": 4}]}
TERM = {"number": 1, "from_day": "2025-01-01", "to_day": "2027-12-31", "notice_day": "2027-09-30", "renews": True}


def subject(record: dict[str, Any] | None = None, **changes: Any) -> Subject:
    """An agreement that no check finds fault with, but for the changes; ``record`` keys replace the record's."""
    whole = {
        "title": "Cooperation agreement",
        "kind": "cooperation-agreement",
        "parties": [IOM, MINSEG],
        "scopes": ["border-management"],
        "provisions": {"entry_into_force": "on signature", "duration": "3 years", "notice": "3 months"},
        "events": [{"number": 1, "event": "signed", "on": "2025-01-01"}],
        "obligations": [OBLIGATION],
        "activities": [TRAINING],
        "documents": [{"number": 1, "file": "signed.pdf", "kind": "signed-text", "sha256": "a" * 64}],
        "responsible": {"name": "Ana"},
    }
    sound = Subject(
        ref="X",
        day=DAY,
        record={**whole, **(record or {})},
        status="in-force",
        since=date(2025, 1, 1),
        signed="2025-01-01",
        in_force="2025-01-01",
        in_force_on=date(2025, 1, 1),
        last_day=date(2027, 12, 31),
        terms=[TERM],
        obligations=[{"ref": "X/O1", "state": "pending", "next_due": "2027-03-31", "overdue": 0, "waits_for": None}],
    )
    return replace(sound, **changes)


def provisions(**values: Any) -> dict[str, Any]:
    return {"provisions": values}


def events(*written: tuple[str, str] | tuple[str, str, str]) -> dict[str, Any]:
    keys = ("event", "on", "party")
    found = [dict(zip(keys, item, strict=False)) for item in written]
    return {"events": [{"number": number, **event} for number, event in enumerate(found, start=1)]}


def notice(day: str) -> dict[str, Any]:
    return {"milestones": [{"kind": "notice", "on_day": day, "term": 1}]}


def obligation(**changes: Any) -> dict[str, Any]:
    return {"obligations": [{**OBLIGATION, **changes}]}


def activity(**changes: Any) -> dict[str, Any]:
    return {"activities": [{**TRAINING, **changes}]}


def owed(**changes: Any) -> dict[str, Any]:
    row = {"ref": "X/O1", "state": "pending", "next_due": "2027-03-31", "overdue": 0, "waits_for": None}
    return {"obligations": [{**row, **changes}]}


SPEAKS: list[tuple[str, Subject]] = [
    ("A01", subject(signed="unknown")),
    ("A02", subject(status="signed", since=date(2025, 11, 24))),
    ("A03", subject(provisions(entry_into_force="on signature"), terms=[{**TERM, "to_day": None}])),
    ("A04", subject(**notice("2027-01-23"))),
    ("A04", subject(**notice("2026-11-24"))),
    ("A04", subject(events(("renewed", "2024-12-31")), **notice("2026-12-01"))),  # decided on the term before
    ("A05", subject(provisions(duration="3 years", renewal={"mode": "tacit"}))),
    ("A06", subject({"notes": [{"text": "The announcement also says Ministry of Interior."}]})),
    ("A06", subject({"summary": "Firmado por el Ministerio de Gobierno y Justicia"})),
    ("A07", subject(events(("signed", "2025-01-01"), ("resumed", "2026-01-01")))),
    ("A07", subject(events(("resumed", "2026-01-01"), ("suspended", "2026-02-01")))),
    ("A07", subject(events(("signed", "2025-01-01"), ("ratified", "2024-12-31", "MINSEG")))),
    ("A07", subject(events(("signed", "2025-01-01"), ("renewed", "2024-12-31")))),
    ("A08", subject({"kind": "memorandum-of-understanding"})),
    ("A08", subject({"kind": "letter-of-intent", "parties": [], **events(("ratified", "2025-02-01"))})),
    ("A09", subject(events(("ratified", "2025-02-01", "IOM")))),
    ("A10", subject({"kind": "framework-agreement"})),
    ("A11", subject(status="expired", **owed(state="overdue", overdue=1))),
    ("A12", subject(activity(on="2025-11-24"))),  # a year ago to the day
    ("A12", subject(activity(status="planned", on="2026-12-01"))),
    ("A13", subject({"parties": [IOM]})),
    ("A13", subject({"parties": [IOM, {**MINSEG, "role": "observer"}]})),
    ("A14", subject({"scopes": []})),
    ("A15", subject({"responsible": None, "obligations": []})),
    ("A16", subject(unrecorded=["PA-2010-002"])),
    ("A17", subject(provisions(duration="3 years"), status="signed", since=date(2026, 11, 1))),
    ("A18", subject(milestones=[{"kind": "expiry", "on_day": "2027-01-23", "term": 1}])),
    ("A19", subject(provisions(entry_into_force="on signature", renewal={"mode": "express"}, indefinite=True))),
    ("A20", subject({**events(("termination-notice", "2026-01-01")), **provisions(duration="3 years")})),
    ("A21", subject({"parties": [IOM, {**MINSEG, "signatory": None}]})),
    ("D01", subject({"documents": []})),
    ("D02", subject({"documents": [{"file": "a.pdf", "kind": "signed-text"}]})),
    ("O01", subject(obligation(clause=None))),
    ("O02", subject(obligation(owed_by=[]))),
    ("O03", subject({"responsible": None})),
    ("O04", subject(obligation(due="ongoing"))),
    ("O05", subject(**owed(state="overdue", overdue=2, next_due="2026-03-31"))),
    ("O06", subject(open_after_end=[1])),
    ("O07", subject(**owed(waits_for="30 days after A9: there is no activity A9"))),
    ("O08", subject(obligation(fulfilled=[{"due": "2026-03-31", "on": "2026-03-30"}]))),
    ("T01", subject(activity(status="planned", on="2026-11-23"))),
    ("T01", subject(activity(status="postponed", on="2026-09"))),
    ("T02", subject(activity(attendance=[]))),
    ("T03", subject(activity(attendance=[{"party": "MINSEG", "total": 7}]))),
    ("T04", subject(activity(on="2026-11-25"))),
]

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
    ("O03", subject({"responsible": None, **obligation(responsible={"name": "Luis"})})),
    ("O04", subject(obligation(due="ongoing"), status="expired")),
    ("O07", subject(**owed(waits_for="30 days after entry into force: not yet in force"))),
    ("O08", subject(obligation(fulfilled=[{"on": "2026-03-30", "by": "A1"}, {"on": "2026-03-30", "evidence": "x"}]))),
    ("T01", subject(activity(status="planned", on="2026-11-24"))),
    ("T01", subject(activity(status="postponed", on="2026-11"))),
    ("T02", subject(activity(kind="meeting", attendance=[]))),
    ("T04", subject(activity(on="2026-11"))),
]

PARTY = {"ref": "party-1", "name": "Ministry", "acronym": None, "kind": "ministry", "country": "PA", "used": 1}
PERSON = {
    "ref": "person-1",
    "name": "Ana",
    "email": "ana@example.org",
    "phone": None,
    "agreements": 1,
    "obligations": 0,
}
OF_DIRECTORY = [
    ("P01", Directory([{**PARTY, "kind": None}])),
    ("P02", Directory([{**PARTY, "country": None}])),
    ("P03", Directory([], [], [(PARTY, {**PARTY, "ref": "party-2", "name": "Ministery"})])),
    ("P04", Directory([{**PARTY, "used": 0}])),
    ("P05", Directory([], [{**PERSON, "email": None}])),
]


def codes(subject: Subject) -> list[str]:
    return [finding.check.code for finding in catalogue.of_agreement(subject)]


def test_the_sound_agreement_is_silent() -> None:
    assert codes(subject()) == []


@pytest.mark.parametrize(("code", "found"), SPEAKS, ids=lambda value: value if isinstance(value, str) else "")
def test_it_speaks(code: str, found: Subject) -> None:
    assert code in codes(found)


@pytest.mark.parametrize(("code", "sound"), SILENT, ids=lambda value: value if isinstance(value, str) else "")
def test_it_is_silent(code: str, sound: Subject) -> None:
    assert code not in codes(sound)


@pytest.mark.parametrize(("code", "directory"), OF_DIRECTORY)
def test_of_the_directory(code: str, directory: Directory) -> None:
    assert [finding.check.code for finding in catalogue.of_directory(directory)] == [code]


def test_the_sound_directory_is_silent() -> None:
    igo = {**PARTY, "kind": "intergovernmental-organization", "country": None}
    assert list(catalogue.of_directory(Directory([PARTY, igo], [PERSON]))) == []


def test_every_check_is_tried_and_explains_itself() -> None:
    tried = {code for code, _ in SPEAKS} | {code for code, _ in OF_DIRECTORY}
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
