"""Checks of agreements: dates, terms, renewals, order of events, the words that fit the instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from tracker.models.enums import CONSENT
from tracker.models.keys import fold
from tracker.rules.dates import add_months
from tracker.rules.quality.finding import Check, Fix, Found, Subject, bounds

_YEAR = 12
NOTICE_WARNING = timedelta(days=60)
"""How long before a notice day a decision should be on record."""

_BINDING = ("in-force", "suspended", "provisionally-applied")
_NOT_BINDING_KINDS = ("memorandum-of-understanding", "letter-of-intent")
_CONSENTS = tuple(kind.value for kind in CONSENT)
_DECISIONS = ("renewed", "non-renewal-notice", "termination-notice", "terminated", "withdrew")
_MINISTRY = re.compile(
    r"\b(?:Ministry|Ministries|Ministerio|Minist[eè]re|Secretariat|Secretar[ií]a|Department) "
    r"(?:of|for|de|del|du|des)(?: (?:the|la|las|los|el|le|les|l'))?"
    r"(?: (?:and|of|for|y|e|et|de|del|du|des|la)(?= ))*"
    r"(?: [A-ZÀ-Ý][\w'’-]+(?: (?:and|of|for|y|e|et|de|del|du|des|la)(?= [A-ZÀ-Ý]))*){1,6}"
)


def signed_on_unknown_day(s: Subject) -> Iterator[Found]:
    if s.signed == "unknown":
        yield Found(s.ref, "is signed, but the day is unknown")


def signed_not_in_force(s: Subject) -> Iterator[Found]:
    if s.status == "signed" and s.since is not None and add_months(s.since, _YEAR) <= s.day:
        yield Found(s.ref, f"is signed since {s.since} and not in force after a year")


def no_entry_into_force(s: Subject) -> Iterator[Found]:
    rule = s.provisions.get("entry_into_force")
    if s.status in ("signed", "negotiating") and s.signed and not rule and not s.events("entered-into-force"):
        yield Found(s.ref, "says nothing on entry into force: neither an event nor a provision")


def no_end(s: Subject) -> Iterator[Found]:
    ends = any(term["to_day"] for term in s.terms)
    if s.status in _BINDING and not ends and not s.provisions.get("indefinite"):
        yield Found(s.ref, f"is {s.status} without an end, and is not said to be indefinite")


def notice_day_near(s: Subject) -> Iterator[Found]:
    for milestone in s.milestones:
        if milestone["kind"] != "notice":
            continue
        day = date.fromisoformat(milestone["on_day"])
        term = next((t for t in s.terms if t["number"] == milestone["term"]), None)
        begin = date.fromisoformat(term["from_day"]) if term and term["from_day"] else date.min
        decided = any((bounds(e["on"])[1] or date.min) >= begin for e in s.events(*_DECISIONS))
        if s.day <= day <= s.day + NOTICE_WARNING and not decided:
            left = (day - s.day).days
            yield Found(
                s.ref, f"renews by itself unless notice is given by {day} ({left} days left), no decision recorded"
            )


def expiry_near(s: Subject) -> Iterator[Found]:
    for milestone in s.milestones:
        if milestone["kind"] == "expiry":
            day = date.fromisoformat(milestone["on_day"])
            if s.day <= day <= s.day + NOTICE_WARNING:
                yield Found(s.ref, f"expires on {day}, and no renewal is recorded")


def tacit_without_notice(s: Subject) -> Iterator[Found]:
    if s.provisions.get("renewal", {}).get("mode") == "tacit" and not s.provisions.get("notice"):
        yield Found(s.ref, "renews by itself, but no period of notice is recorded")


def renewal_without_end(s: Subject) -> Iterator[Found]:
    renews = s.provisions.get("renewal", {}).get("mode") in ("tacit", "express")
    if renews and not (s.provisions.get("duration") or s.provisions.get("ends")):
        yield Found(s.ref, "has a renewal clause, but no duration and no last day to renew from")


def notice_without_provision(s: Subject) -> Iterator[Found]:
    for event in s.events("termination-notice"):
        if not s.provisions.get("notice"):
            yield Found(s.ref, f"notice of termination was given ({event['on']}), but no period of notice is recorded")


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
            yield Found(s.ref, f"names {name!r}, which is no name of {', '.join(p['name'] for p in bodies[:3])}")


def out_of_order(s: Subject) -> Iterator[Found]:
    suspended = [bounds(event["on"])[0] or date.min for event in s.events("suspended")]
    for event in s.events("resumed"):
        upper = bounds(event["on"])[1] or date.max
        if not any(day <= upper for day in suspended):
            yield Found(s.ref, f"is resumed on {event['on']} without having been suspended before")
    signed = {event.get("party"): bounds(event["on"])[0] for event in s.events("signed")}
    for event in s.events("ratified", "accepted", "approved"):
        day = bounds(event["on"])[1]
        before = signed.get(event.get("party")) or signed.get(None)
        if day and before and day < before:
            who = f" by {event['party']}" if event.get("party") else ""
            yield Found(s.ref, f"is {event['event']}{who} on {event['on']}, before it was signed on {before}")
    for event in s.events("renewed", "suspended", "withdrew"):
        day = bounds(event["on"])[1]
        if day and s.in_force_on and day < s.in_force_on:
            yield Found(s.ref, f"is {event['event']} on {event['on']}, before it entered into force on {s.in_force_on}")
        elif s.in_force is None:
            yield Found(s.ref, f"is {event['event']} on {event['on']}, though never in force")


def treaty_words(s: Subject) -> Iterator[Found]:
    if s.record["kind"] not in _NOT_BINDING_KINDS:
        return
    for event in s.events(*_CONSENTS):
        yield Found(s.ref, f"is a {s.record['kind'].replace('-', ' ')}, but is {event['event']}: such texts are not")
    parties = [party["name"] for party in s.section("parties") if party.get("role") == "party"]
    if parties:
        yield Found(s.ref, f"is a {s.record['kind'].replace('-', ' ')}, but has parties rather than participants")


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
            yield Found(s.ref, f"{event['party']} ratifies on {event['on']}: an organisation formally confirms", fix)


def framework_alone(s: Subject) -> Iterator[Found]:
    if s.record["kind"] == "framework-agreement" and s.status in _BINDING and not s.implemented_by:
        yield Found(s.ref, "is a framework agreement that no recorded instrument implements")


def expired_with_pending(s: Subject) -> Iterator[Found]:
    if s.status in ("expired", "terminated", "replaced"):
        owed = [o for o in s.obligations if o["state"] in ("overdue", "pending")]
        if owed:
            numbers = ", ".join(str(o["ref"]).rpartition("/")[2] for o in owed)
            yield Found(s.ref, f"is {s.status} since {s.since}, with obligations still open: {numbers}")


def no_activity(s: Subject) -> Iterator[Found]:
    if s.status != "in-force" or s.in_force_on is None or add_months(s.in_force_on, _YEAR) > s.day:
        return
    days = [bounds(item.get("until") or item["on"])[1] for item in s.section("activities") if item["status"] == "held"]
    if not any(day and add_months(day, _YEAR) > s.day for day in days):
        yield Found(s.ref, "is in force, and no activity was held for a year")


def few_parties(s: Subject) -> Iterator[Found]:
    bound = [party for party in s.section("parties") if party.get("role") in ("party", "participant")]
    if len(bound) < 2:
        yield Found(s.ref, f"has {len(bound) or 'no'} {'party' if len(bound) == 1 else 'parties'} bound by it")


def no_scope(s: Subject) -> Iterator[Found]:
    if not s.section("scopes"):
        yield Found(s.ref, "has no scope area")


def no_responsible(s: Subject) -> Iterator[Found]:
    if s.status in (*_BINDING, "signed") and not s.record.get("responsible"):
        yield Found(s.ref, "has nobody responsible")


def unrecorded_link(s: Subject) -> Iterator[Found]:
    for ref in s.unrecorded:
        yield Found(s.ref, f"is linked to {ref}, which is not recorded")


def signatory_missing(s: Subject) -> Iterator[Found]:
    if s.signed and s.record["kind"] not in ("treaty", "convention", "protocol"):
        for party in s.section("parties"):
            if party.get("role") in ("party", "participant") and not party.get("signatory"):
                yield Found(
                    s.ref, f"is signed, but who signed for {party.get('acronym') or party['name']} is not recorded"
                )


def _names(party: object) -> list[str]:
    assert isinstance(party, dict)
    names = [party["name"], party.get("acronym")]
    return [name for name in [*names, *party.get("former_names", ()), *party.get("other_names", ())] if name]


def checks() -> list[Check]:
    """The checks of agreements, in the order of their codes."""

    def check(code: str, name: str, severity: str, title: str, why: str, mend: str, function: object) -> Check:
        return Check(code, name, severity, title, why, mend, of_agreement=function)  # type: ignore[arg-type]

    return [
        check(
            "A01",
            "signed-day-unknown",
            "warning",
            "Signed, but the day is unknown",
            "Terms, entry into force and due dates are counted from the signature.",
            "tracker edit REF/E1 on=DATE",
            signed_on_unknown_day,
        ),
        check(
            "A02",
            "signed-not-in-force",
            "warning",
            "Signed and not in force for a year",
            "It may be in force without anybody having recorded so, or be forgotten.",
            "tracker record REF entered-into-force --on DATE, or abandoned",
            signed_not_in_force,
        ),
        check(
            "A03",
            "no-end",
            "warning",
            "In force without an end and not said to be indefinite",
            "Nobody is warned before an end that is not recorded.",
            "tracker edit REF duration=..., ends=... or indefinite=true",
            no_end,
        ),
        check(
            "A04",
            "notice-day-near",
            "error",
            "Notice day within 60 days and no decision recorded",
            "After the notice day it renews by itself for another term.",
            "tracker record REF non-renewal-notice --on DATE, or renewed",
            notice_day_near,
        ),
        check(
            "A05",
            "tacit-without-notice",
            "warning",
            "Tacit renewal without a period of notice",
            "Without it there is no notice day to watch: it renews unnoticed.",
            'tracker edit REF notice="3 months"',
            tacit_without_notice,
        ),
        check(
            "A06",
            "two-names",
            "warning",
            "Two or more names for the counterpart in one record",
            "The obligations of one body may be sought from another.",
            "Find out who signed, then: tracker edit PARTY other_names=..., or mend the text",
            two_names,
        ),
        check(
            "A07",
            "out-of-order",
            "error",
            "An event out of order",
            "One of the two dates is wrong, and with it the status.",
            "tracker edit REF/E1 on=DATE, or tracker remove REF/E1",
            out_of_order,
        ),
        check(
            "A08",
            "treaty-words",
            "note",
            "An instrument that is not binding uses treaty words",
            "Memoranda have participants and come into effect; parties and ratification suggest a treaty.",
            "tracker edit REF kind=..., or edit the roles in the record: tracker edit REF",
            treaty_words,
        ),
        check(
            "A09",
            "organisation-ratifies",
            "warning",
            "An international organisation that ratifies",
            "Organisations give an act of formal confirmation (Vienna Convention of 1986, article 2(1)(b bis)).",
            "tracker check --fix",
            organisation_ratifies,
        ),
        check(
            "A10",
            "framework-alone",
            "note",
            "A framework agreement without implementing instruments",
            "A framework says what may be done; what is done follows from other instruments.",
            "tracker add-link OTHER implements REF",
            framework_alone,
        ),
        check(
            "A11",
            "ended-with-open-obligations",
            "warning",
            "Ended with obligations still open",
            "What survives is still owed; what does not should be fulfilled or waived.",
            "tracker fulfil REF/O1, tracker waive REF/O1",
            expired_with_pending,
        ),
        check(
            "A12",
            "no-activity",
            "note",
            "In force without any activity for a year",
            "An agreement nobody works on is worth a question before it renews.",
            "tracker add-activity REF ...",
            no_activity,
        ),
        check(
            "A13",
            "few-parties",
            "error",
            "Fewer than two parties bound",
            "One party alone has no agreement: a party is missing or has the wrong role.",
            "tracker edit REF",
            few_parties,
        ),
        check(
            "A14",
            "no-scope",
            "note",
            "No scope area",
            "It is not found by what it is about.",
            "tracker edit REF scopes=...",
            no_scope,
        ),
        check(
            "A15",
            "no-responsible",
            "note",
            "Nobody responsible",
            "Its deadlines are nobody's.",
            "tracker edit REF responsible=NAME",
            no_responsible,
        ),
        check(
            "A16",
            "unrecorded-link",
            "warning",
            "A link to an agreement that is not recorded",
            "What it amends or replaces cannot be followed.",
            "Record the other agreement under that reference, or tracker remove REF/L1",
            unrecorded_link,
        ),
        check(
            "A17",
            "no-entry-into-force",
            "warning",
            "Signed, and nothing said on entry into force",
            "Whether it binds cannot be told.",
            'tracker edit REF entry_into_force="on signature"',
            no_entry_into_force,
        ),
        check(
            "A18",
            "expiry-near",
            "error",
            "Expires within 60 days and no renewal is recorded",
            "After its last day it no longer binds.",
            "tracker record REF renewed --on DATE --for TIME",
            expiry_near,
        ),
        check(
            "A19",
            "renewal-without-end",
            "warning",
            "A renewal clause, but nothing to renew from",
            "Without a duration or last day no term ends, and no renewal follows.",
            'tracker edit REF duration="3 years"',
            renewal_without_end,
        ),
        check(
            "A20",
            "notice-without-provision",
            "error",
            "Notice of termination without a period of notice",
            "When the notice runs out cannot be told: the agreement counts as in force.",
            'tracker edit REF notice="90 days", or tracker record REF terminated --on DATE',
            notice_without_provision,
        ),
        check(
            "A21",
            "signatory-missing",
            "note",
            "Signed, but by whom is not recorded",
            "Who bound the party, in which office, is asked first when the agreement is disputed.",
            "tracker edit REF (signatory of the party)",
            signatory_missing,
        ),
    ]
