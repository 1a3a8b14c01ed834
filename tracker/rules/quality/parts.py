"""Checks of obligations, activities, documents and parties."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.rules.quality.finding import Check, Directory, Found, Subject, Values, bounds

_ENDED = ("expired", "terminated", "replaced", "abandoned")


def _obligation(s: Subject, item: Values) -> str:
    return f"{s.ref}/O{item['number']}"


def no_clause(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        if not item.get("clause"):
            yield Found(_obligation(s, item), "rests on no clause")


def no_debtor(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        if not item.get("owed_by"):
            yield Found(_obligation(s, item), "is owed by nobody")


def nobody_answers(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        if not item.get("responsible") and not s.record.get("responsible") and s.status not in _ENDED:
            yield Found(_obligation(s, item), "has nobody responsible, nor has its agreement")


def no_due_rule(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        if item["due"] == "ongoing" and s.status not in _ENDED:
            yield Found(_obligation(s, item), "has no due rule: it is ongoing and never falls due")


def overdue(s: Subject) -> Iterator[Found]:
    for item in s.obligations:
        if item["overdue"]:
            times = "once" if item["overdue"] == 1 else f"{item['overdue']} times"
            yield Found(item["ref"], f"is overdue {times}, first since {item['next_due']}")


def lapses(s: Subject) -> Iterator[Found]:
    for number in s.open_after_end:
        yield Found(f"{s.ref}/O{number}", f"falls due after the last day, {s.last_day}, and is not said to survive")


def waits_for_nothing(s: Subject) -> Iterator[Found]:
    for item in s.obligations:
        waits = item["waits_for"] or ""
        if "there is no" in waits or "each other" in waits or "from itself" in waits:
            yield Found(item["ref"], f"never falls due: {waits}")


def fulfilled_without_evidence(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        bare = [done for done in item.get("fulfilled", ()) if not done.get("evidence") and not done.get("by")]
        if bare:
            days = ", ".join(str(done.get("due") or done["on"]) for done in bare[:4])
            yield Found(_obligation(s, item), f"is fulfilled without evidence or activity: {days}")


def no_result(s: Subject) -> Iterator[Found]:
    for item in s.section("activities"):
        last = bounds(item.get("until") or item["on"])[1]
        if item["status"] in ("planned", "postponed") and last and last < s.day:
            yield Found(f"{s.ref}/A{item['number']}", f"was {item['status']} for {last} and has no result")


def training_without_attendance(s: Subject) -> Iterator[Found]:
    for item in s.section("activities"):
        if item["kind"] == "training" and item["status"] == "held" and not item.get("attendance"):
            yield Found(f"{s.ref}/A{item['number']}", "is a training that was held, without attendance")


def attendance_without_split(s: Subject) -> Iterator[Found]:
    for item in s.section("activities"):
        whole = [people["party"] for people in item.get("attendance", ()) if people.get("total") is not None]
        if whole:
            yield Found(f"{s.ref}/A{item['number']}", f"counts people of {', '.join(whole)} without a split by sex")


def held_ahead(s: Subject) -> Iterator[Found]:
    for item in s.section("activities"):
        first = bounds(item["on"])[0]
        if item["status"] == "held" and first and first > s.day:
            yield Found(f"{s.ref}/A{item['number']}", f"is said to be held, on {item['on']}, which lies ahead")


def no_signed_text(s: Subject) -> Iterator[Found]:
    kept = any(item["kind"] in ("signed-text", "certified-copy") for item in s.section("documents"))
    if s.signed and not kept:
        yield Found(s.ref, "is signed, and the signed text is not kept")


def named_only(s: Subject) -> Iterator[Found]:
    for item in s.section("documents"):
        if not item.get("sha256"):
            yield Found(s.ref, f"names the document {item['file']}, but the file is not kept")


def party_without_kind(d: Directory) -> Iterator[Found]:
    for party in d.parties:
        if not party["kind"]:
            yield Found(party["ref"], f"{party['name']} has no kind")


def party_without_country(d: Directory) -> Iterator[Found]:
    for party in d.parties:
        if not party["country"] and party["kind"] != "intergovernmental-organization":
            yield Found(party["ref"], f"{party['name']} has no country")


def likely_duplicates(d: Directory) -> Iterator[Found]:
    for one, other in d.alike:
        yield Found(other["ref"], f"{other['name']} may be the same as {one['name']} ({one['ref']})")


def unused_party(d: Directory) -> Iterator[Found]:
    for party in d.parties:
        if not party["used"]:
            yield Found(party["ref"], f"{party['name']} is named by no agreement")


def person_out_of_reach(d: Directory) -> Iterator[Found]:
    for person in d.people:
        if (person["agreements"] or person["obligations"]) and not (person["email"] or person["phone"]):
            yield Found(person["ref"], f"{person['name']} answers for something and has neither e-mail nor telephone")


def checks() -> list[Check]:
    """The checks of obligations, activities, documents and parties, in the order of their codes."""

    def check(code: str, name: str, severity: str, title: str, why: str, mend: str, function: object) -> Check:
        if code.startswith("P"):
            return Check(code, name, severity, title, why, mend, of_directory=function)  # type: ignore[arg-type]
        return Check(code, name, severity, title, why, mend, of_agreement=function)  # type: ignore[arg-type]

    return [
        check(
            "D01",
            "no-signed-text",
            "note",
            "Signed without a document",
            "The signed text is the truth; the record is a claim about it.",
            "tracker add-document REF FILE --kind signed-text",
            no_signed_text,
        ),
        check(
            "D02",
            "document-not-kept",
            "warning",
            "A document that is only named",
            "It cannot be opened when it is needed.",
            "tracker add-document REF FILE, then tracker remove REF/D1",
            named_only,
        ),
        check(
            "O01",
            "no-clause",
            "note",
            "An obligation without a clause",
            "What rests on no clause cannot be claimed.",
            "tracker edit REF/O1 clause=...",
            no_clause,
        ),
        check(
            "O02",
            "no-debtor",
            "error",
            "An obligation owed by nobody",
            "Nobody does what nobody owes.",
            "tracker edit REF/O1 owed_by=PARTY",
            no_debtor,
        ),
        check(
            "O03",
            "obligation-without-responsible",
            "note",
            "An obligation nobody answers for",
            "Its due dates are on nobody's list.",
            "tracker edit REF/O1 responsible=NAME",
            nobody_answers,
        ),
        check(
            "O04",
            "no-due-rule",
            "note",
            "An obligation without a due rule",
            "What never falls due is never asked for.",
            'tracker edit REF/O1 due="every year on 31 March"',
            no_due_rule,
        ),
        check(
            "O05",
            "overdue",
            "error",
            "Overdue",
            "It was promised and is not recorded as done.",
            "tracker fulfil REF/O1, or tracker waive REF/O1",
            overdue,
        ),
        check(
            "O06",
            "falls-due-after-the-end",
            "warning",
            "Falls due after the last day",
            "It lapses with the agreement unless it is said to survive.",
            "tracker edit REF/O1 survives=true, or another due rule",
            lapses,
        ),
        check(
            "O07",
            "waits-for-nothing",
            "error",
            "Waits for something that does not exist",
            "It will never fall due.",
            "tracker edit REF/O1 due=...",
            waits_for_nothing,
        ),
        check(
            "O08",
            "no-evidence",
            "note",
            "Fulfilled without evidence",
            "What cannot be shown counts as not done.",
            "tracker edit REF (evidence of the fulfilment)",
            fulfilled_without_evidence,
        ),
        check(
            "P01",
            "party-without-kind",
            "note",
            "A party without a kind",
            "Reports and words depend on whether it is a State, a ministry or an organisation.",
            "tracker edit PARTY kind=ministry",
            party_without_kind,
        ),
        check(
            "P02",
            "party-without-country",
            "note",
            "A party without a country",
            "Public holidays and lists by country depend on it.",
            "tracker edit PARTY country=PA",
            party_without_country,
        ),
        check(
            "P03",
            "likely-duplicates",
            "warning",
            "Two parties that may be one",
            "What one owes is looked for under the other.",
            "Use one name: tracker edit PARTY other_names=..., then tracker remove the other",
            likely_duplicates,
        ),
        check(
            "P04",
            "unused-party",
            "note",
            "A party no agreement names",
            "It may be a slip for another one.",
            "tracker remove PARTY",
            unused_party,
        ),
        check(
            "P05",
            "person-out-of-reach",
            "note",
            "A responsible person without e-mail or telephone",
            "Reminders cannot reach them.",
            "tracker edit PERSON email=...",
            person_out_of_reach,
        ),
        check(
            "T01",
            "no-result",
            "warning",
            "An activity whose day has passed without a result",
            "Whether it took place is not known.",
            "tracker edit REF/A1 status=held, postponed or cancelled",
            no_result,
        ),
        check(
            "T02",
            "no-attendance",
            "warning",
            "A held training without attendance",
            "People trained is the first figure a donor asks for.",
            "tracker edit REF (attendance of the activity)",
            training_without_attendance,
        ),
        check(
            "T03",
            "attendance-without-split",
            "note",
            "Attendance without a split by sex",
            "Figures by sex are asked for and cannot be made up later.",
            "tracker edit REF (women, men, other in place of total)",
            attendance_without_split,
        ),
        check(
            "T04",
            "held-ahead",
            "error",
            "An activity said to be held that lies ahead",
            "Its day or its status is wrong.",
            "tracker edit REF/A1 on=DATE or status=planned",
            held_ahead,
        ),
    ]
