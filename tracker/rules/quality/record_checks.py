"""Checks of what an agreement's record says: parties and their names, words, scope, links, activity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.models.enums import CONSENT
from tracker.models.keys import fold
from tracker.rules.dates import add_months
from tracker.rules.quality.finding import BINDS, YEAR, Fix, Found, Subject, bounds, check

_NOTBINDS_KINDS = ("memorandum-of-understanding", "letter-of-intent")
_CONSENTS = tuple(kind.value for kind in CONSENT)
_MINISTRY = re.compile(
    r"\b(?:Ministry|Ministries|Ministerio|Minist[eè]re|Secretariat|Secretar[ií]a|Department) "
    r"(?:of|for|de|del|du|des)(?: (?:the|la|las|los|el|le|les|l'))?"
    r"(?: (?:and|of|for|y|e|et|de|del|du|des|la)(?= ))*"
    r"(?: [A-ZÀ-Ý][\w'’-]+(?: (?:and|of|for|y|e|et|de|del|du|des|la)(?= [A-ZÀ-Ý]))*){1,6}"
)


@check(
    "A06",
    "two-names",
    "warning",
    title="Two or more names for the counterpart in one record",
    why="The obligations of one body may be sought from another.",
    mend="Find out who signed, then: tracker edit PARTY other_names=..., or mend the text",
)
def two_names(s: Subject) -> Iterator[Found]:
    parties = s.section("parties") + s.section("other_parties")
    names = {fold(name) for party in parties for name in _names(party)}
    texts = [s.record.get("title"), s.record.get("summary"), s.record.get("source")]
    texts += [note["text"] for note in s.section("notes")] + [item["text"] for item in s.section("obligations")]
    bodies = [party for party in parties if party.get("kind") in ("ministry", "agency", None)]
    said: dict[str, str] = {}
    for text in texts:
        for match in _MINISTRY.finditer(text or ""):
            key = fold(match[0])
            if not any(key in name or name in key for name in names):
                said.setdefault(key, match[0])
    for name in said.values():
        if bodies:
            values = {"name": name, "parties": [party["name"] for party in bodies[:3]]}
            yield Found(s.ref, "names '{name}', which is no name of {parties}", values)


@check(
    "A08",
    "treaty-words",
    "note",
    title="An instrument that is not binding uses treaty words",
    why="Memoranda have participants and come into effect; parties and ratification suggest a treaty.",
    mend="tracker edit REF kind=..., or edit the roles in the record: tracker edit REF",
)
def treaty_words(s: Subject) -> Iterator[Found]:
    if s.record["kind"] not in _NOTBINDS_KINDS:
        return
    for event in s.events(*_CONSENTS):
        values = {"kind": s.record["kind"], "event": event["event"]}
        yield Found(s.ref, "is a {kind}, but is {event}: such texts are not", values)
    parties = [party["name"] for party in s.section("parties") if party.get("role") == "party"]
    if parties:
        values = {"kind": s.record["kind"]}
        yield Found(s.ref, "is a {kind}, but has parties rather than participants", values)


@check(
    "A09",
    "organisation-ratifies",
    "warning",
    title="An international organisation that ratifies",
    why="Organisations give an act of formal confirmation (Vienna Convention of 1986, article 2(1)(b bis)).",
    mend="tracker check --fix",
)
def organisation_ratifies(s: Subject) -> Iterator[Found]:
    organisations = {
        name
        for party in s.section("parties")
        if party.get("kind") == "intergovernmental-organization"
        for name in _names(party)
    }
    for event in s.events("ratified"):
        if event.get("party") in organisations:
            fix = Fix(f"{s.ref}/E{event['number']}", "event", "formally-confirmed") if event.get("number") else None
            values = {"party": event["party"], "day": event["on"]}
            yield Found(s.ref, "{party} ratifies on {day}: an organisation formally confirms", values, fix)


@check(
    "A10",
    "framework-alone",
    "note",
    title="A framework agreement without implementing instruments",
    why="A framework says what may be done; what is done follows from other instruments.",
    mend="tracker add-link OTHER implements REF",
)
def framework_alone(s: Subject) -> Iterator[Found]:
    if s.record["kind"] == "framework-agreement" and s.status in BINDS and not s.implemented_by:
        yield Found(s.ref, "is a framework agreement that no recorded instrument implements")


@check(
    "A12",
    "no-activity",
    "note",
    title="In force without any activity for a year",
    why="An agreement nobody works on is worth a question before it renews.",
    mend="tracker add-activity REF ...",
)
def no_activity(s: Subject) -> Iterator[Found]:
    if s.status != "in-force" or s.in_force_on is None or add_months(s.in_force_on, YEAR) > s.day:
        return
    days = [bounds(item.get("until") or item["on"])[1] for item in s.section("activities") if item["status"] == "held"]
    if not any(day and add_months(day, YEAR) > s.day for day in days):
        yield Found(s.ref, "is in force, and no activity was held for a year")


@check(
    "A13",
    "few-parties",
    "error",
    title="Fewer than two parties bound",
    why="One party alone has no agreement: a party is missing or has the wrong role.",
    mend="tracker edit REF",
)
def few_parties(s: Subject) -> Iterator[Found]:
    bound = [party for party in s.section("parties") if party.get("role") in ("party", "participant")]
    if len(bound) < 2:
        yield Found(s.ref, "has one party bound by it" if bound else "has no parties bound by it")


@check(
    "A14",
    "no-scope",
    "note",
    title="No scope area",
    why="It is not found by what it is about.",
    mend="tracker edit REF scopes=...",
)
def no_scope(s: Subject) -> Iterator[Found]:
    if not s.section("scopes"):
        yield Found(s.ref, "has no scope area")


@check(
    "A15",
    "no-responsible",
    "note",
    title="Nobody responsible",
    why="Its deadlines are nobody's.",
    mend="tracker edit REF responsible=NAME",
)
def no_responsible(s: Subject) -> Iterator[Found]:
    if s.status in (*BINDS, "signed") and not s.record.get("responsible"):
        yield Found(s.ref, "has nobody responsible")


@check(
    "A16",
    "unrecorded-link",
    "warning",
    title="A link to an agreement that is not recorded",
    why="What it amends or replaces cannot be followed.",
    mend="Record the other agreement under that reference, or tracker remove REF/L1",
)
def unrecorded_link(s: Subject) -> Iterator[Found]:
    for ref in s.unrecorded:
        yield Found(s.ref, "is linked to {ref}, which is not recorded", {"ref": ref})


@check(
    "A21",
    "signatory-missing",
    "note",
    title="Signed, but by whom is not recorded",
    why="Who bound the party, in which office, is asked first when the agreement is disputed.",
    mend="tracker edit REF (signatory of the party)",
)
def signatory_missing(s: Subject) -> Iterator[Found]:
    if s.signed and s.record["kind"] not in ("treaty", "convention", "protocol"):
        for party in s.section("parties"):
            if party.get("role") in ("party", "participant") and not party.get("signatory"):
                values = {"party": party.get("acronym") or party["name"]}
                yield Found(s.ref, "is signed, but who signed for {party} is not recorded", values)


def _names(party: object) -> list[str]:
    assert isinstance(party, dict)
    names = [party["name"], party.get("acronym")]
    return [name for name in [*names, *party.get("former_names", ()), *party.get("other_names", ())] if name]
