"""Checks of the directory: parties and people."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.rules.quality.finding import Directory, Found, check

_ENDED = ("expired", "terminated", "replaced", "abandoned")


@check(
    "P01",
    "party-without-kind",
    "note",
    title="A party without a kind",
    why="Reports and words depend on whether it is a State, a ministry or an organisation.",
    mend="tracker edit PARTY kind=ministry",
)
def party_without_kind(d: Directory) -> Iterator[Found]:
    for party in d.parties:
        if not party["kind"]:
            yield Found(party["ref"], "{name} has no kind", {"name": party["name"]})


@check(
    "P02",
    "party-without-country",
    "note",
    title="A party without a country",
    why="Public holidays and lists by country depend on it.",
    mend="tracker edit PARTY country=PA",
)
def party_without_country(d: Directory) -> Iterator[Found]:
    for party in d.parties:
        if not party["country"] and party["kind"] != "intergovernmental-organization":
            yield Found(party["ref"], "{name} has no country", {"name": party["name"]})


@check(
    "P03",
    "likely-duplicates",
    "warning",
    title="Two parties that may be one",
    why="What one owes is looked for under the other.",
    mend="Use one name: tracker edit PARTY other_names=..., then tracker remove the other",
)
def likely_duplicates(d: Directory) -> Iterator[Found]:
    for one, other in d.alike:
        values = {"name": other["name"], "other": one["name"], "ref": one["ref"]}
        yield Found(other["ref"], "{name} may be the same as {other} ({ref})", values)


@check(
    "P04",
    "unused-party",
    "note",
    title="A party no agreement names",
    why="It may be a slip for another one.",
    mend="tracker remove PARTY",
)
def unused_party(d: Directory) -> Iterator[Found]:
    for party in d.parties:
        if not party["used"]:
            yield Found(party["ref"], "{name} is named by no agreement", {"name": party["name"]})


@check(
    "P05",
    "person-out-of-reach",
    "note",
    title="A responsible person without e-mail or telephone",
    why="Reminders cannot reach them.",
    mend="tracker edit PERSON email=...",
)
def person_out_of_reach(d: Directory) -> Iterator[Found]:
    for person in d.people:
        if (person["agreements"] or person["obligations"]) and not (person["email"] or person["phone"]):
            message = "{name} answers for something and has neither e-mail nor telephone"
            yield Found(person["ref"], message, {"name": person["name"]})
