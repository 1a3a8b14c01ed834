"""Every listing: its promised JSON keys with their types, every format, filters, sorting, limits and files."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from cli.running import Tracker
from tracker.cli import output
from tracker.cli.catalogue import COMMANDS, SEE

TEXT, WHOLE, LIST, FLAG = (str,), (int,), (list,), (bool,)
MAYBE = (str, type(None))
MAYBE_WHOLE = (int, type(None))

# Design section 8 promises the first keys of agreements, deadlines and obligations; docs/json.md the rest.
PROMISED: dict[str, dict[str, tuple[type, ...]]] = {
    "agreements": {
        **dict.fromkeys(("ref", "title", "kind", "status", "since", "confidentiality"), TEXT),
        **dict.fromkeys(("parties", "scopes", "countries"), LIST),
        **dict.fromkeys(("signed", "in_force", "ends", "next_deadline", "responsible"), MAYBE),
    },
    "deadlines": {
        **dict.fromkeys(("on", "kind", "ref", "agreement", "title", "what", "state", "confidentiality"), TEXT),
        "responsible": MAYBE,
        "days_left": WHOLE,
    },
    "obligations": {
        **dict.fromkeys(("ref", "agreement", "title", "text", "kind", "due", "state", "confidentiality"), TEXT),
        **dict.fromkeys(("owed_by", "owed_to", "scopes"), LIST),
        **dict.fromkeys(("clause", "next_due", "responsible", "waits_for"), MAYBE),
        **dict.fromkeys(("overdue", "fulfilled"), WHOLE),
        "survives": FLAG,
    },
    "obligations --occurrences": {
        **dict.fromkeys(("ref", "agreement", "text", "state", "confidentiality"), TEXT),
        **dict.fromkeys(
            ("due_on", "done_on", "evidence", "by_activity", "waived_on", "waived_reason", "responsible"), MAYBE
        ),
        "documents": LIST,
        "days_left": MAYBE_WHOLE,
    },
    "activities": {
        **dict.fromkeys(("ref", "agreement", "title", "kind", "on", "status", "state", "confidentiality"), TEXT),
        **dict.fromkeys(("until", "place"), MAYBE),
        **dict.fromkeys(("women", "men", "other", "people"), MAYBE_WHOLE),
        **dict.fromkeys(("scopes", "fulfils"), LIST),
    },
    "activities --attendance": {
        **dict.fromkeys(("ref", "agreement", "title", "on", "status", "party", "confidentiality"), TEXT),
        **dict.fromkeys(("women", "men", "other"), MAYBE_WHOLE),
        "people": WHOLE,
    },
    "parties": {
        **dict.fromkeys(("ref", "name"), TEXT),
        **dict.fromkeys(("acronym", "kind", "country", "part_of"), MAYBE),
        **dict.fromkeys(("former_names", "other_names"), LIST),
        "agreements": WHOLE,
    },
    "people": {
        **dict.fromkeys(("ref", "name"), TEXT),
        **dict.fromkeys(("office", "email", "phone", "party"), MAYBE),
        **dict.fromkeys(("agreements", "obligations", "signed"), WHOLE),
    },
    "scopes": {
        **dict.fromkeys(("code", "name_en"), TEXT),
        **dict.fromkeys(("parent", "name_es", "name_fr", "gcm", "sdg", "dac"), MAYBE),
        "builtin": FLAG,
        "agreements": WHOLE,
    },
    "documents": {
        **dict.fromkeys(("ref", "file", "kind"), TEXT),
        **dict.fromkeys(("agreement", "party", "of", "title", "language", "on", "sha256"), MAYBE),
        **dict.fromkeys(("media_type", "text"), MAYBE),
        **dict.fromkeys(("size", "pages"), MAYBE_WHOLE),
        "kept": FLAG,
    },
    "history": {
        **dict.fromkeys(("entry",), WHOLE),
        **dict.fromkeys(("at", "actor", "command", "what", "change", "field"), TEXT),
        "undoes": MAYBE_WHOLE,
        "ref": MAYBE,
        **dict.fromkeys(("before", "after"), (str, int, type(None))),
    },
}


def test_every_listing_is_here() -> None:
    listings = {name for name, entry in COMMANDS.items() if entry.group == SEE} - {
        "show",
        "explain",
        "check",
        "open",
        "search",
    }
    assert {name.split()[0] for name in PROMISED} == listings


@pytest.mark.parametrize("listing", PROMISED)
def test_promised_keys_are_there_with_their_types(examples: Tracker, listing: str) -> None:
    rows = examples.json(*listing.split(), *(["--within", "3y"] if listing == "deadlines" else []))
    assert rows
    for row in rows:
        assert list(row) and set(row) == set(PROMISED[listing])
        for key, types in PROMISED[listing].items():
            assert type(row[key]) in types, (key, row)


@pytest.mark.parametrize("listing", PROMISED)
def test_nothing_found_is_an_empty_list(empty: Tracker, listing: str) -> None:
    if listing != "scopes":
        assert empty(*listing.split(), "--format", "json").out == "[]\n"
        found = empty(*listing.split())
        assert found.out == ""
        assert found.err.startswith("no ")


@pytest.mark.parametrize("chosen", output.FORMATS)
def test_every_format_of_every_listing(examples: Tracker, chosen: str) -> None:
    for listing in PROMISED:
        found = examples(*listing.split(), "--format", chosen, "--limit", "3")
        assert found.out.strip(), listing
        assert found.err == ""
        assert "\x1b" not in found.out


def test_csv_can_be_read_back(examples: Tracker) -> None:
    for listing in PROMISED:
        rows = examples.json(*listing.split())
        read = list(csv.DictReader(io.StringIO(examples(*listing.split(), "--format", "csv").out)))
        assert len(read) == len(rows)
        assert list(read[0]) == list(rows[0])


def test_json_lines(examples: Tracker) -> None:
    lines = examples("agreements", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == examples.json("agreements")


def test_spreadsheet_formulas_are_made_harmless_in_csv_alone(small: Tracker) -> None:
    small("add-agreement", "=cmd|'/c calc'!A1")
    assert "'=cmd|" in small("agreements", "--format", "csv").out
    assert any(row["title"] == "=cmd|'/c calc'!A1" for row in small.json("agreements"))


FILTERS = [
    ("agreements", ("--party", "UNODC"), lambda row: "UNODC" in row["parties"]),
    ("agreements", ("--scope", "counter-smuggling"), lambda row: "counter-smuggling" in row["scopes"]),
    ("agreements", ("--country", "PA"), lambda row: "PA" in row["countries"]),
    ("agreements", ("--country", "panamá"), lambda row: "PA" in row["countries"]),
    ("agreements", ("--kind", "convention"), lambda row: row["kind"] == "convention"),
    ("agreements", ("--status", "in-force"), lambda row: row["status"] == "in-force"),
    ("agreements", ("--responsible", "Ana Demo Quintero"), lambda row: row["responsible"] == "Ana Demo Quintero"),
    ("agreements", ("--within", "2y"), lambda row: row["next_deadline"] is not None),
    ("agreements", ("--overdue",), lambda row: row["ref"] == "DEMO-WORK-PLAN"),
    ("agreements", ("--text", "RESIDENCE"), lambda row: "residence" in row["title"].lower()),
    ("obligations", ("--party", "SENAFRONT"), lambda row: "SENAFRONT" in row["owed_by"] + row["owed_to"]),
    ("obligations", ("--scope", "counter-trafficking"), None),
    ("obligations", ("--country", "PA"), None),
    ("obligations", ("--agreement", "demo-work-plan"), lambda row: row["agreement"] == "DEMO-WORK-PLAN"),
    ("obligations", ("--kind", "training"), lambda row: row["kind"] == "training"),
    ("obligations", ("--status", "in-force"), None),
    ("obligations", ("--state", "ongoing"), lambda row: row["state"] == "ongoing"),
    ("obligations", ("--responsible", "Rosa Demo Batista"), lambda row: row["responsible"] == "Rosa Demo Batista"),
    ("obligations", ("--within", "5m"), lambda row: row["next_due"] <= "2027-04-24"),
    ("obligations", ("--overdue",), lambda row: row["state"] == "overdue"),
    ("obligations", ("--text", "field guide"), lambda row: "field guide" in row["text"]),
    ("obligations --occurrences", ("--state", "fulfilled"), lambda row: row["state"] == "fulfilled"),
    ("obligations --occurrences", ("--within", "1y"), lambda row: row["due_on"] <= "2027-11-24"),
    ("obligations --occurrences", ("--overdue",), lambda row: row["state"] == "overdue"),
    ("deadlines --within 3y", ("--agreement", "DEMO-WORK-PLAN"), lambda row: row["agreement"] == "DEMO-WORK-PLAN"),
    ("deadlines --within 3y", ("--party", "SENAFRONT"), None),
    ("deadlines --within 3y", ("--responsible", "Rosa Demo Batista"), None),
    ("deadlines --within 3y", ("--overdue",), lambda row: row["state"] in ("overdue", "without-result")),
    ("deadlines --within 3y", ("--text", "renews"), lambda row: "renews" in row["what"]),
    ("deadlines --within 3y", ("--kind", "project-agreement"), lambda row: row["agreement"] == "DEMO-WORK-PLAN"),
    ("activities", ("--scope", "counter-smuggling"), lambda row: "counter-smuggling" in row["scopes"]),
    ("activities", ("--kind", "training"), lambda row: row["kind"] == "training"),
    ("activities", ("--status", "cancelled"), lambda row: row["status"] == "cancelled"),
    ("activities", ("--overdue",), lambda row: row["state"] == "without-result"),
    ("activities", ("--text", "Metetí"), lambda row: row["place"] == "Metetí"),
    ("activities", ("--text", "meteti"), lambda row: row["place"] == "Metetí"),
    ("activities", ("--within", "1y"), lambda row: row["on"] <= "2027-11-24"),
    ("parties", ("--kind", "ministry"), lambda row: row["kind"] == "ministry"),
    ("parties", ("--country", "PA"), lambda row: row["country"] == "PA"),
    ("parties", ("--party", "iom"), lambda row: row["acronym"] == "IOM"),
    ("parties", ("--text", "fronteras"), lambda row: "Fronteras" in row["name"]),
    ("people", ("--party", "IOM"), lambda row: row["party"] == "IOM"),
    ("people", ("--text", "demo"), lambda row: "Demo" in row["name"]),
    ("scopes", ("--text", "smuggl"), None),
    ("documents", ("--agreement", "IOM-PA-MINSEG"), lambda row: row["agreement"] == "IOM-PA-MINSEG"),
    ("documents", ("--kind", "correspondence"), lambda row: row["kind"] == "correspondence"),
    ("documents", ("--text", "letter"), lambda row: "letter" in row["file"]),
]
ALL_OF_IT = {"documents"}
"""Listings in which the examples hold one row only, so that a filter leaves it."""


@pytest.mark.parametrize(("listing", "given", "holds"), FILTERS, ids=[f"{a} {' '.join(b)}" for a, b, _ in FILTERS])
def test_filters_filter(examples: Tracker, listing: str, given: tuple[str, ...], holds: Any) -> None:
    everything = examples.json(*listing.split())
    left = examples.json(*listing.split(), *given)
    assert left
    if listing not in ALL_OF_IT and given != ("--country", "PA"):
        assert len(left) < len(everything)
    assert all(row in everything for row in left) or "--within" in given
    if holds is not None:
        assert all(holds(row) for row in left), left
        if holds in (FILTERS[0][2], FILTERS[4][2], FILTERS[5][2]):
            assert left == [row for row in everything if holds(row)]


def test_scope_filter_takes_the_areas_below(examples: Tracker) -> None:
    parent = next(row["parent"] for row in examples.json("scopes") if row["code"] == "counter-smuggling")
    assert set(examples.refs("agreements", "--scope", "counter-smuggling")) <= set(
        examples.refs("agreements", "--scope", parent)
    )


def test_wildcards_in_a_search_are_no_wildcards(small: Tracker) -> None:
    small("add-agreement", "Grows by 100% a year")
    assert small.refs("agreements", "--text", "100%") == ["XX-2026-001"]
    assert small.refs("agreements", "--text", "Grows%year") == []
    assert small.refs("agreements", "--text", "Gr_ws") == []
    for sign in ("%", "_", "\\"):
        assert small.refs("agreements", "--text", sign) == []
    assert "--text" in small("agreements", "--text", " ", code=2).err


def test_party_filter_of_activities(examples: Tracker) -> None:
    assert examples.refs("activities", "--party", "SENAFRONT") == examples.refs("activities")
    assert examples.refs("activities", "--party", "UNODC") == []


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("agreements", "--party", "UNHRC"), 3, "did you mean UNHCR"),
        (("agreements", "--scope", "border-managment"), 3, "did you mean border-management"),
        (("agreements", "--country", "Panam"), 2, "did you mean Panama (PA)"),
        (("agreements", "--responsible", "Ana Demo Quintera"), 3, "did you mean Ana Demo Quintero"),
        (("agreements", "--kind", "mou"), 2, "did you mean memorandum-of-understanding"),
        (("agreements", "--status", "inforce"), 2, "did you mean in-force"),
        (("obligations", "--agreement", "DEMO-WORKPLAN"), 3, "did you mean DEMO-WORK-PLAN"),
        (("show", "IOM-PA-MINSG"), 3, "did you mean IOM-PA-MINSEG"),
        (("export", "IOM-PA-MINSG"), 3, "did you mean IOM-PA-MINSEG"),
        (("agreements", "--sort", "tilte"), 2, "did you mean title"),
        (("agreements", "--format", "jsno"), 2, "did you mean json"),
        (("agreement",), 2, "did you mean agreements"),
        (("agreements", "--scop", "x"), 2, "--scope"),
    ],
)
def test_did_you_mean(examples: Tracker, given: tuple[str, ...], code: int, said: str) -> None:
    found = examples(*given, code=code)
    assert found.out == ""
    assert len(found.errors) == 1
    assert said in found.err


def test_sort_and_limit(examples: Tracker) -> None:
    up = examples.json("agreements", "--sort", "since")
    down = examples.json("agreements", "--sort", "-since")
    days = [row["since"] for row in up]
    assert days == sorted(days)
    assert [row["since"] for row in down] == days[::-1]
    counted = [row["agreements"] for row in examples.json("parties", "--sort", "-agreements")]
    assert counted == sorted(counted, reverse=True)
    assert examples.json("agreements", "--sort", "since", "--limit", "2") == up[:2]
    assert len(examples.json("agreements", "--limit", "99999999999999999999")) == len(up)


def test_what_is_not_known_is_sorted_last(examples: Tracker) -> None:
    for sort in ("ends", "-ends"):
        ends = [row["ends"] for row in examples.json("agreements", "--sort", sort)]
        known = [end for end in ends if end]
        assert ends == known + [None] * (len(ends) - len(known))


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.json", "["),
        ("x.jsonl", '{"ref"'),
        ("x.csv", "ref,title"),
        ("x.md", "| ref"),
        ("x.html", "<table>"),
        ("x.tsv", "ref"),
        ("x.rst", "==="),
        ("x.tex", "\\begin{tabular}"),
        ("x.txt", "ref  "),
        ("x", "ref  "),
        ("X.JSON", "["),
    ],
)
def test_file_ending_says_the_format(examples: Tracker, name: str, begins: str) -> None:
    found = examples("agreements", "-o", name)
    assert found.out == ""
    assert Path(name).read_text(encoding="utf-8").startswith(begins)
    assert [path for path in Path().iterdir() if path.name.endswith(".new")] == []


def test_format_comes_before_the_file_ending(examples: Tracker) -> None:
    examples("agreements", "-o", "x.csv", "--format", "json")
    json.loads(Path("x.csv").read_text(encoding="utf-8"))


def test_dash_is_stdout(examples: Tracker) -> None:
    assert examples("agreements", "-o", "-").out == examples("agreements").out


@pytest.mark.parametrize("command", ["agreements", "export", "schema", "show"])
def test_file_that_cannot_be_written(examples: Tracker, command: str) -> None:
    args = [command, "IOM-PA-MINSEG"] if command == "show" else [command]
    Path("folder").mkdir()
    for name, said in (("folder", "is a folder"), ("missing/x.json", "cannot be written"), ("folder/", "is a folder")):
        found = examples(*args, "-o", name, code=2)
        assert found.out == ""
        assert len(found.errors) == 1
        assert said in found.err
    assert list(Path("folder").iterdir()) == []


def test_write_protected_folder_keeps_the_old_file(examples: Tracker) -> None:
    if os.geteuid() == 0:
        pytest.skip("everything may be written by root")
    Path("folder").mkdir(mode=0o500)
    assert "cannot be written" in examples("agreements", "-o", "folder/x.csv", code=2).err


def test_status_on_another_day(examples: Tracker) -> None:
    now = {row["ref"]: row["status"] for row in examples.json("agreements")}
    then = {row["ref"]: row["status"] for row in examples.json("agreements", "--as-of", "1960-01-01")}
    assert set(then) < set(now)
    assert then["REFUGEE-1951"] == "in-force" if "REFUGEE-1951" in then else then


def test_deadlines_count_days_from_the_day_looked_from(examples: Tracker) -> None:
    rows = examples.json("deadlines", "--within", "1y", "--as-of", "2026-01-01")
    assert rows == sorted(rows, key=lambda row: (row["on"], row["ref"], row["kind"]))
    assert all(row["on"] <= "2027-01-01" for row in rows)
    assert {row["kind"] for row in rows} <= {
        "obligation",
        "activity",
        "notice",
        "expiry",
        "renewal",
        "entry-into-force",
    }


def test_open_series_are_derived_ahead_when_a_listing_asks(examples: Tracker) -> None:
    far = examples.json("deadlines", "--within", "20y")
    assert max(row["on"] for row in far) > "2044"
    found = examples("deadlines", "--within", "400y", code=2)
    assert "150 years ahead" in found.err


@pytest.mark.parametrize("within", ["5", "-5d", "", "5x", "2026-12-31", "99999y", "999999d", "٣d"])
def test_window_that_is_none(examples: Tracker, within: str) -> None:
    for listing in ("agreements", "obligations", "deadlines", "activities"):
        found = examples(listing, "--within", within, code=2)
        assert found.errors == [line for line in found.errors if line.startswith("error: --within: ")]
        assert len(found.errors) == 1
