"""Situations in which each check speaks; docs/checks.md takes its examples from here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tracker.rules.clauses import clauses_of
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


SPEAKS: list[tuple[str, str, Subject]] = [
    ("A01", "it was signed on an unknown day", subject(signed="unknown")),
    (
        "A02",
        "it was signed on 2025-11-24 and nothing brought it into force",
        subject(status="signed", since=date(2025, 11, 24)),
    ),
    (
        "A03",
        "in force, without duration, last day or `indefinite`",
        subject(provisions(entry_into_force="on signature"), terms=[{**TERM, "to_day": None}]),
    ),
    ("A04", "tacit renewal, notice day 2027-01-23, no decision recorded", subject(**notice("2027-01-23"))),
    ("A04", "the notice day is today", subject(**notice("2026-11-24"))),
    (
        "A04",
        "it was renewed in the term before",
        subject(events(("renewed", "2024-12-31")), **notice("2026-12-01")),
    ),  # decided on the term before
    ("A05", "renewal is tacit, notice is left out", subject(provisions(duration="3 years", renewal={"mode": "tacit"}))),
    (
        "A06",
        "a note says Ministry of Interior",
        subject({"notes": [{"text": "The announcement also says Ministry of Interior."}]}),
    ),
    (
        "A06",
        "the summary says Ministerio de Gobierno y Justicia",
        subject({"summary": "Firmado por el Ministerio de Gobierno y Justicia"}),
    ),
    (
        "A07",
        "it is resumed without having been suspended",
        subject(events(("signed", "2025-01-01"), ("resumed", "2026-01-01"))),
    ),
    (
        "A07",
        "it is resumed before it is suspended",
        subject(events(("resumed", "2026-01-01"), ("suspended", "2026-02-01"))),
    ),
    (
        "A07",
        "it is resumed twice, and suspended again only after that",
        subject(
            events(("suspended", "2025-02"), ("resumed", "2025-03"), ("resumed", "2025-04"), ("suspended", "2026"))
        ),
    ),
    (
        "A07",
        "it is resumed on an unknown day, and suspended on a known one",
        subject(events(("suspended", "2025-02"), ("resumed", "unknown"))),
    ),
    (
        "A07",
        "one party resumes what another suspended",
        subject(events(("suspended", "2025-02", "IOM"), ("resumed", "2025-03", "MINSEG"))),
    ),
    (
        "A07",
        "it is ratified before it was signed",
        subject(events(("signed", "2025-01-01"), ("ratified", "2024-12-31", "MINSEG"))),
    ),
    (
        "A07",
        "it is renewed before it was in force",
        subject(events(("signed", "2025-01-01"), ("renewed", "2024-12-31"))),
    ),
    (
        "A22",
        "an end and tacit renewal, without a period",
        subject(provisions(ends="2027-12-31", renewal={"mode": "tacit"}, notice="3 months")),
    ),
    (
        "A23",
        "renewed, and its text provides for no renewal",
        subject(events(("signed", "2025-01-01"), ("renewed", "2026-01-01"))),
    ),
    (
        "A23",
        "renewed twice, and its text allows it once",
        subject(
            {
                **provisions(duration="1 year", renewal={"mode": "express", "times": 1}),
                **events(("signed", "2023-01-01"), ("renewed", "2024-01-01"), ("renewed", "2025-01-01")),
            }
        ),
    ),
    (
        "A24",
        "renewed, while it renews by itself",
        subject(events(("signed", "2025-01-01"), ("renewed", "2026-01-01"))),
    ),
    (
        "O07",
        "it counts from itself",
        subject(obligation(due="30 days after O1")),
    ),
    (
        "O07",
        "two count from each other",
        subject(
            {
                "obligations": [
                    {**OBLIGATION, "due": "30 days after O2"},
                    {**OBLIGATION, "number": 2, "due": "every month after O1"},
                ]
            }
        ),
    ),
    (
        "O07",
        "a recurrence that never comes",
        subject(**owed(waits_for="RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30: nothing falls due before it ends")),
    ),
    ("O09", "fulfilled for a day that is no due date", subject(off_schedule=[(1, "2026-05-30")])),
    ("A08", "a memorandum of understanding with parties", subject({"kind": "memorandum-of-understanding"})),
    (
        "A08",
        "a letter of intent that is ratified",
        subject({"kind": "letter-of-intent", "parties": [], **events(("ratified", "2025-02-01"))}),
    ),
    ("A09", "IOM, an intergovernmental organisation, ratifies", subject(events(("ratified", "2025-02-01", "IOM")))),
    ("A10", "a framework agreement that nothing implements", subject({"kind": "framework-agreement"})),
    (
        "A11",
        "it expired, an obligation is still overdue",
        subject(status="expired", **owed(state="overdue", overdue=1)),
    ),
    ("A12", "the last activity was held a year ago", subject(activity(on="2025-11-24"))),  # a year ago to the day
    ("A12", "the only activity is still planned", subject(activity(status="planned", on="2026-12-01"))),
    ("A13", "IOM is its only party", subject({"parties": [IOM]})),
    ("A13", "the ministry is an observer", subject({"parties": [IOM, {**MINSEG, "role": "observer"}]})),
    ("A14", "it has no scope area", subject({"scopes": []})),
    ("A15", "nobody is responsible", subject({"responsible": None, "obligations": []})),
    ("A16", "it implements PA-2010-002, which is not recorded", subject(unrecorded=["PA-2010-002"])),
    (
        "A17",
        "signed, without provision or event on entry into force",
        subject(provisions(duration="3 years"), status="signed", since=date(2026, 11, 1)),
    ),
    ("A18", "its last day is 2027-01-23", subject(milestones=[{"kind": "expiry", "on_day": "2027-01-23", "term": 1}])),
    (
        "A19",
        "renewal is express, but it is indefinite",
        subject(provisions(entry_into_force="on signature", renewal={"mode": "express"}, indefinite=True)),
    ),
    (
        "A20",
        "notice was given, no period of notice is recorded",
        subject({**events(("termination-notice", "2026-01-01")), **provisions(duration="3 years")}),
    ),
    ("A21", "nobody signed for the ministry", subject({"parties": [IOM, {**MINSEG, "signatory": None}]})),
    ("D01", "signed, no document", subject({"documents": []})),
    ("D02", "a document without its file", subject({"documents": [{"file": "a.pdf", "kind": "signed-text"}]})),
    ("D03", "the text has no article 3", subject(texts=[("X/D1", clauses_of([(1, "Article 1\nPurpose.\n")]))])),
    ("O01", "the obligation has no clause", subject(obligation(clause=None))),
    ("O02", "the obligation has no debtor", subject(obligation(owed_by=[]))),
    ("O03", "neither the obligation nor the agreement has anybody responsible", subject({"responsible": None})),
    ("O04", "the obligation is ongoing", subject(obligation(due="ongoing"))),
    ("O05", "two due dates have passed", subject(**owed(state="overdue", overdue=2, next_due="2026-03-31"))),
    ("O06", "a due date lies after the last day", subject(open_after_end=[1])),
    (
        "O07",
        "it is due 30 days after an activity A9 that is not there",
        subject(**owed(waits_for="30 days after A9: there is no activity A9")),
    ),
    (
        "O08",
        "fulfilled, without evidence or activity",
        subject(obligation(fulfilled=[{"due": "2026-03-31", "on": "2026-03-30"}])),
    ),
    ("T01", "planned for yesterday", subject(activity(status="planned", on="2026-11-23"))),
    ("T01", "postponed, its month has passed", subject(activity(status="postponed", on="2026-09"))),
    ("T02", "a training was held, nobody is counted", subject(activity(attendance=[]))),
    (
        "T03",
        "7 people of the ministry, without women and men",
        subject(activity(attendance=[{"party": "MINSEG", "total": 7}])),
    ),
    ("T04", "held tomorrow", subject(activity(on="2026-11-25"))),
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
    ("P01", "the ministry has no kind", Directory([{**PARTY, "kind": None}])),
    ("P02", "the ministry has no country", Directory([{**PARTY, "country": None}])),
    (
        "P03",
        "Ministry and Ministery are both recorded",
        Directory([], [], [(PARTY, {**PARTY, "ref": "party-2", "name": "Ministery"})]),
    ),
    ("P04", "no agreement names it", Directory([{**PARTY, "used": 0}])),
    ("F01", "the database has the mode 0644", Directory(open_files=[("tracker.db", "0644")])),
    ("P05", "responsible, without e-mail or telephone", Directory([], [{**PERSON, "email": None}])),
]
