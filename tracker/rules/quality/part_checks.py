"""Checks of an agreement's parts: obligations, activities, documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from tracker.rules.quality.finding import Found, Subject, Values, bounds, check

_NEVER = ("there is no", "nothing falls due", "leaves the calendar")
"""Words of what an obligation waits on that say it waits in vain."""

_COUNTED_FROM = re.compile(r"\bo[0-9]", re.IGNORECASE)
"""An obligation that the due rule of another names."""

_ENDED = ("expired", "terminated", "replaced", "abandoned")


def _obligation(s: Subject, item: Values) -> str:
    return f"{s.ref}/O{item['number']}"


@check(
    "O01",
    "no-clause",
    "note",
    title="An obligation without a clause",
    why="What rests on no clause cannot be claimed.",
    mend="tracker edit REF/O1 clause=...",
)
def no_clause(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        if not item.get("clause"):
            yield Found(_obligation(s, item), "rests on no clause")


@check(
    "O02",
    "no-debtor",
    "error",
    title="An obligation owed by nobody",
    why="Nobody does what nobody owes.",
    mend="tracker edit REF/O1 owed_by=PARTY",
)
def no_debtor(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        if not item.get("owed_by"):
            yield Found(_obligation(s, item), "is owed by nobody")


@check(
    "O03",
    "obligation-without-responsible",
    "note",
    title="An obligation nobody answers for",
    why="Its due dates are on nobody's list.",
    mend="tracker edit REF/O1 responsible=NAME",
)
def nobody_answers(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        if not item.get("responsible") and not s.record.get("responsible") and s.status not in _ENDED:
            yield Found(_obligation(s, item), "has nobody responsible, nor has its agreement")


@check(
    "O04",
    "no-due-rule",
    "note",
    title="An obligation without a due rule",
    why="What never falls due is never asked for.",
    mend='tracker edit REF/O1 due="every year on 31 March"',
)
def no_due_rule(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        if item["due"] == "ongoing" and s.status not in _ENDED:
            yield Found(_obligation(s, item), "has no due rule: it is ongoing and never falls due")


@check(
    "O05",
    "overdue",
    "error",
    title="Overdue",
    why="It was promised and is not recorded as done.",
    mend="tracker fulfil REF/O1, or tracker waive REF/O1",
)
def overdue(s: Subject) -> Iterator[Found]:
    for item in s.obligations:
        if item["overdue"]:
            values = {"n": item["overdue"], "since": item["next_due"]}
            one = "is overdue once, first since {since}"
            yield Found(item["ref"], "is overdue {n} times, first since {since}", values, one=one)


@check(
    "O06",
    "falls-due-after-the-end",
    "warning",
    title="Falls due after the last day",
    why="It lapses with the agreement unless it is said to survive.",
    mend="tracker edit REF/O1 survives=true, or another due rule",
)
def lapses(s: Subject) -> Iterator[Found]:
    for number in s.open_after_end:
        message = "falls due after the last day, {day}, and is not said to survive"
        yield Found(f"{s.ref}/O{number}", message, {"day": s.last_day})


@check(
    "O07",
    "waits-for-nothing",
    "error",
    title="Waits for something that does not exist",
    why="It will never fall due.",
    mend="tracker edit REF/O1 due=...",
)
def waits_for_nothing(s: Subject) -> Iterator[Found]:
    for item in s.obligations:
        waits = item["waits_for"] or ""
        if any(words in waits for words in _NEVER):
            yield Found(item["ref"], "never falls due: {waits}", {"waits": waits})
    if not any(_COUNTED_FROM.search(item["due"]) for item in s.section("obligations")):
        return
    from tracker.rules.rings import ring, ring_in_words  # schedules are read only where one counts from another
    from tracker.rules.schedules import parse_schedule

    schedules = {item["number"]: parse_schedule(item["due"]) for item in s.section("obligations")}
    for number in schedules:
        if found := ring(number, schedules):
            yield Found(f"{s.ref}/O{number}", "never falls due: {waits}", {"waits": ring_in_words(found)})


@check(
    "O09",
    "off-schedule",
    "warning",
    title="Fulfilled or waived on a due date that is none",
    why="The due date that was meant may still count as open.",
    mend="tracker edit REF (due of the fulfilment), or tracker edit REF/O1 due=...",
)
def off_schedule(s: Subject) -> Iterator[Found]:
    for number, days in groupby(s.off_schedule, key=lambda pair: pair[0]):
        message = "is settled for {days}, which does not follow from its due rule"
        yield Found(f"{s.ref}/O{number}", message, {"days": [day for _, day in days]})


@check(
    "O08",
    "no-evidence",
    "note",
    title="Fulfilled without evidence",
    why="What cannot be shown counts as not done.",
    mend="tracker edit REF (evidence of the fulfilment)",
)
def fulfilled_without_evidence(s: Subject) -> Iterator[Found]:
    for item in s.section("obligations"):
        shown = {document.get("of") for document in s.section("documents")}
        bare = [
            done
            for done in item.get("fulfilled", ())
            if not done.get("evidence")
            and not done.get("by")
            and not {f"O{item['number']}", f"O{item['number']}:{done.get('due')}"} & shown
        ]
        if bare:
            values = {"days": [str(done.get("due") or done["on"]) for done in bare[:4]]}
            yield Found(_obligation(s, item), "is fulfilled without evidence or activity: {days}", values)


@check(
    "T01",
    "no-result",
    "warning",
    title="An activity whose day has passed without a result",
    why="Whether it took place is not known.",
    mend="tracker edit REF/A1 status=held, postponed or cancelled",
)
def no_result(s: Subject) -> Iterator[Found]:
    for item in s.section("activities"):
        last = bounds(item.get("until") or item["on"])[1]
        if item["status"] in ("planned", "postponed") and last and last < s.day:
            values = {"state": item["status"], "day": last}
            yield Found(f"{s.ref}/A{item['number']}", "was {state} for {day} and has no result", values)


@check(
    "T02",
    "no-attendance",
    "warning",
    title="A held training without attendance",
    why="People trained is the first figure a donor asks for.",
    mend="tracker edit REF (attendance of the activity)",
)
def training_without_attendance(s: Subject) -> Iterator[Found]:
    for item in s.section("activities"):
        if item["kind"] == "training" and item["status"] == "held" and not item.get("attendance"):
            yield Found(f"{s.ref}/A{item['number']}", "is a training that was held, without attendance")


@check(
    "T03",
    "attendance-without-split",
    "note",
    title="Attendance without a split by sex",
    why="Figures by sex are asked for and cannot be made up later.",
    mend="tracker edit REF (women, men, other in place of total)",
)
def attendance_without_split(s: Subject) -> Iterator[Found]:
    for item in s.section("activities"):
        whole = [people["party"] for people in item.get("attendance", ()) if people.get("total") is not None]
        if whole:
            message = "counts people of {parties} without a split by sex"
            yield Found(f"{s.ref}/A{item['number']}", message, {"parties": whole})


@check(
    "T04",
    "held-ahead",
    "error",
    title="An activity said to be held that lies ahead",
    why="Its day or its status is wrong.",
    mend="tracker edit REF/A1 on=DATE or status=planned",
)
def held_ahead(s: Subject) -> Iterator[Found]:
    for item in s.section("activities"):
        first = bounds(item["on"])[0]
        if item["status"] == "held" and first and first > s.day:
            values = {"day": item["on"]}
            yield Found(f"{s.ref}/A{item['number']}", "is said to be held, on {day}, which lies ahead", values)


@check(
    "D01",
    "no-signed-text",
    "note",
    title="Signed without a document",
    why="The signed text is the truth; the record is a claim about it.",
    mend="tracker add-document REF FILE --kind signed-text",
)
def no_signed_text(s: Subject) -> Iterator[Found]:
    kept = any(item["kind"] in ("signed-text", "certified-copy") for item in s.section("documents"))
    if s.signed and not kept:
        yield Found(s.ref, "is signed, and the signed text is not kept")


@check(
    "D02",
    "document-not-kept",
    "warning",
    title="A document that is only named",
    why="It cannot be opened when it is needed.",
    mend="tracker add-document REF FILE, then tracker remove REF/D1",
)
def named_only(s: Subject) -> Iterator[Found]:
    for item in s.section("documents"):
        if not item.get("sha256"):
            yield Found(s.ref, "names the document {file}, but the file is not kept", {"file": item["file"]})


@check(
    "D03",
    "clause-not-in-text",
    "warning",
    title="An obligation whose clause is not in the text",
    why="What the text does not say cannot be claimed; the number is likely a slip.",
    mend="tracker edit REF/O1 clause=...",
)
def clause_not_in_text(s: Subject) -> Iterator[Found]:
    if not s.texts:
        return
    from tracker.rules.clause_references import find, references_in  # its patterns take longer than all other checks

    documents = [document for document, _ in s.texts]
    for item in s.section("obligations"):
        for reference in references_in(item.get("clause") or ""):
            passages = [found for _, clauses in s.texts if (found := find(clauses, reference))]
            values = {"clause": item["clause"], "documents": documents, "missing": str(reference)}
            if not passages:
                yield Found(_obligation(s, item), "rests on {clause}: {documents} has no {missing}", values)
            elif all(found.missing for found in passages):
                values |= {"heading": passages[0].clause.heading, "missing": str(passages[0].missing)}
                message = "rests on {clause}: '{heading}' in {documents} has no {missing}"
                yield Found(_obligation(s, item), message, values)
