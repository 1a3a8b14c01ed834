"""Every writing command says what changed, gives the reference, and suggests a next step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.running import Tracker
from tracker.cli.catalogue import COMMANDS, FOLLOW, RECORD

WRITES: dict[str, tuple[tuple[str, ...], str]] = {
    "add-agreement": (("add-agreement", "A second one", "--country", "PA"), "added PA-2026-001 A second one"),
    "add-party": (("add-party", "Servicio Nacional de Fronteras", "--acronym", "SENAFRONT"), "added party-3 SENAFRONT"),
    "add-person": (("add-person", "Luis Arosemena", "--email", "luis@example.org"), "added person-2 Luis Arosemena"),
    "add-scope": (
        ("add-scope", "darien-corridor", "--name", "Darien corridor", "--parent", "border-management"),
        "added scope area darien-corridor",
    ),
    "add-obligation": (
        ("add-obligation", "PA-2017-001", "Send a report", "--owed-by", "MINSEG", "--due", "2018-06-30"),
        "added PA-2017-001/O2 Send a report",
    ),
    "add-link": (("add-link", "PA-2017-001", "implements", "OTHER-1"), "added PA-2017-001/L1"),
    "add-note": (("add-note", "PA-2017-001", "A remark"), "added PA-2017-001/N2"),
    "add-figure": (("add-figure", "PA-2017-001", "people crossing", "31749"), "added PA-2017-001/F2"),
    "add-document": (("add-document", "PA-2017-001", "signed.txt", "--kind", "signed-text"), "added PA-2017-001/D1"),
    "record": (
        ("record", "PA-2017-001", "terminated", "--on", "2019-01-01"),
        "recorded PA-2017-001/E2 terminated on 2019-01-01",
    ),
    "add-activity": (
        ("add-activity", "PA-2017-001", "Second workshop", "--kind", "training", "--on", "2018-05-10"),
        "added PA-2017-001/A2 Second workshop (planned)",
    ),
    "fulfil": (
        ("fulfil", "PA-2017-001/O1", "--due", "2018-05-18", "--on", "2018-05-10"),
        "fulfilled PA-2017-001/O1 due 2018-05-18 on 2018-05-10",
    ),
    "waive": (
        ("waive", "PA-2017-001/O1", "--due", "2018-05-18", "--reason", "postponed by both"),
        "waived PA-2017-001/O1 due 2018-05-18",
    ),
    "edit": (("edit", "PA-2017-001", "notice=3 months"), "changed PA-2017-001"),
    "remove": (("remove", "PA-2017-001/N1", "--yes"), "removed PA-2017-001/N1 The ministry asked for a new annex"),
}


def test_every_writing_command_is_here() -> None:
    writing = {name for name, entry in COMMANDS.items() if entry.group in (RECORD, FOLLOW)}
    assert set(WRITES) == writing - {"undo"}  # tests/cli/test_undo.py


@pytest.mark.parametrize("name", WRITES)
def test_says_what_changed_and_what_to_do_next(small: Tracker, name: str) -> None:
    args, said = WRITES[name]
    Path("signed.txt").write_text("signed", encoding="utf-8")
    if name == "add-link":
        small("add-agreement", "The other", "--ref", "OTHER-1")
    before = small.rows()
    found = small(*args)
    assert found.out.startswith(said), found.out
    assert small.rows() != before
    following = re.search(r"^next: tracker (\S+)", found.err, re.MULTILINE)
    assert following is not None, found.err
    assert following[1] in COMMANDS


def test_next_step_of_reading_commands_works(small: Tracker) -> None:
    """What is suggested and needs no filling in can be given as it stands."""
    found = small("add-obligation", "PA-2017-001", "Send a report", "--owed-by", "MINSEG", "--due", "2018-06-30")
    following = found.err.split("next: tracker ")[1].split()
    assert "PA-2017-001/O2" in small(*following).out


def test_an_addition_by_mistake_of_the_case_is_the_same_agreement(small: Tracker) -> None:
    assert small("add-note", "pa-2017-001", "A remark").out == "added PA-2017-001/N2\n"
    assert small("fulfil", "pa-2017-001/o1", "--due", "2018-05-18").out.startswith("fulfilled PA-2017-001/O1")


def test_unknown_party_is_created_and_said_so(small: Tracker) -> None:
    found = small("add-agreement", "With UNHCR", "--party", "UNHCR", "--party", "iom")
    assert "created party-3 UNHCR" in found.err
    assert "iom" not in found.err
    assert small.json("agreements", "--text", "With UNHCR")[0]["parties"] == ["UNHCR", "IOM"]


def test_similar_party_is_refused_unless_insisted_on(small: Tracker) -> None:
    before = small.rows()
    found = small("add-agreement", "X", "--party", "Ministry of Publc Security", code=2)
    assert "similar to MINSEG (party-2)" in found.err
    assert "--new-party" in found.err
    assert small.rows() == before
    found = small("add-agreement", "X", "--party", "Ministry of Publc Security", "--new-party")
    assert "created party-3 Ministry of Publc Security" in found.err


@pytest.mark.parametrize(
    "name",
    [
        "minseg",
        "MINISTRY OF PUBLIC SECURITY",
        "Mínistry of Públic Securitý",
        "party-2",
    ],
)
def test_party_is_found_by_any_name_without_case_and_accents(small: Tracker, name: str) -> None:
    found = small("add-agreement", "X", "--party", name)
    assert "created" not in found.err
    assert small.json("agreements", "--text", "X")[0]["parties"] == ["MINSEG"]


def test_own_reference_and_references_given(small: Tracker) -> None:
    assert "added MY/1 Own" in small("add-agreement", "Own", "--ref", "MY/1").out
    assert "added PA-2017-002 " in small("add-agreement", "X", "--country", "PA", "--signed", "2017").out
    assert "added XX-2026-001 " in small("add-agreement", "Y").out
    small("remove", "XX-2026-001", "--yes")
    assert "added XX-2026-002 " in small("add-agreement", "Z").out


def test_dates_as_people_type_them(small: Tracker) -> None:
    for typed, kept in (
        ("18 May 2017", "2017-05-18"),
        ("mayo de 2017", "2017-05"),
        ("today", "2026-11-24"),
        ("-2w", "2026-11-10"),
        ("unknown", "unknown"),
        ("2028-02-29", "2028-02-29"),
    ):
        ref = small("add-agreement", "X", "--signed", typed).out.split()[1]
        assert small("show", ref, "--format", "json", "--as-of", "9999-12-31").json["events"][0]["on"] == kept


def test_fulfil_with_a_file_as_evidence_keeps_the_file(small: Tracker) -> None:
    Path("list.txt").write_text("12 women, 9 men", encoding="utf-8")
    small("fulfil", "PA-2017-001/O1", "--due", "2018-05-18", "--evidence", "list.txt")
    kept = small.json("documents")
    assert [(row["file"], row["kept"]) for row in kept] == [("list.txt", True)]
    assert (small.folder / "documents" / kept[0]["sha256"][:2] / kept[0]["sha256"][2:]).read_text() == "12 women, 9 men"


def test_fulfil_without_due_date_takes_the_only_open_one(small: Tracker) -> None:
    small("add-obligation", "PA-2017-001", "Once", "--owed-by", "IOM", "--due", "2018-01-01")
    assert "due 2018-01-01" in small("fulfil", "PA-2017-001/O2").out
    found = small("fulfil", "PA-2017-001/O1", code=2)
    assert "has 4 open due dates" in found.err


def test_activity_kept_outside_its_agreement_is_refused(small: Tracker) -> None:
    found = small("fulfil", "PA-2017-001/O1", "--due", "2018-05-18", "--by", "OTHER/A1", code=2)
    assert "--by" in found.err
    args = ("add-activity", "PA-2017-001", "X", "--kind", "training", "--on", "2018", "--status", "held")
    assert "--fulfils" in small(*args, "--fulfils", "OTHER/O1", code=2).err


def test_record_changes_the_status(small: Tracker) -> None:
    assert small.json("agreements")[0]["status"] == "expired"
    found = small("record", "PA-2017-001", "renewed", "--on", "2020-04-30", "--for", "10 years")
    assert "PA-2017-001 is in-force" in found.out
    assert small.json("agreements")[0]["ends"] == "2030-05-17"
