"""``tracker explain``: the chain of facts, rules and arithmetic behind each derived value."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import typer

from tracker.actions import party_reasons
from tracker.cli import filters, options, output, values
from tracker.cli.context import reader
from tracker.errors import BadInput, NotFound
from tracker.rules.facts import as_json
from tracker.rules.wording import status_in_words
from tracker.store.picture import holds
from tracker.store.reader import Reader, split


def explain(
    ctx: typer.Context,
    ref: options.AnyRef = None,
    as_of: options.AsOf = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """Say why: the chain behind a status, a term, a notice day, a due date.

    REF is an agreement, an activity (REF/A1), an obligation (REF/O1), one due date (REF/O1:2018-05-18), or the
    deadlines of an agreement on a day (REF:2019-11-17).

    Examples:

      tracker explain UN-2000-TIP

      tracker explain PA-2017-001/O1:2018-05-18 --format json
    """
    ref = values.required(ref, "Reference", "REF")
    day = values.day(as_of)
    chosen = output.format_of(format_name, out)
    if chosen not in ("table", "json"):
        raise BadInput("--format", chosen, "does not fit a chain of reasons: expected table or json")
    match = filters.DEADLINE.fullmatch(ref)
    if match is None:
        raise NotFound("agreement", ref, [])
    with reader(ctx, until=day) as rows:
        whole = filters.agreement_ref(rows, match["agreement"])
        if (match["letter"] or "").upper() == "A":
            found = _activity(rows, whole, int(match["number"]), day)
        elif match["number"]:
            found = _obligation(rows, whole, int(match["number"]), match["day"], day)
        else:
            found = _agreement(rows, whole, match["day"], day)
    if chosen == "json":
        output.write(output.render_json({"ref": ref, "as_of": day.isoformat(), "values": found}), out)
    else:
        output.write("\n\n".join(_in_words(item) for item in found) + "\n", out)


def _agreement(rows: Reader, ref: str, on: str | None, day: date) -> list[dict[str, Any]]:
    """The values derived for an agreement: standing on the day, terms, days to watch, and own days of parties."""
    today = day.isoformat()
    kind = (rows.row("record_agreement", ref=ref) or {})["kind"]
    found = []
    if on is None:
        for row in rows.rows("show_standing", agreement=ref):
            if holds(row, today):
                since = row["from_day"] or "an unknown day"
                found.append(
                    _value(ref, "status", f"{status_in_words(row['status'], kind)} since {since}", row, "from_day")
                )
        for row in rows.rows("show_terms", agreement=ref):
            last = row["to_day"] or "open"
            found.append(_value(ref, "term", f"term {row['number']} from {row['from_day']} to {last}", row, "to_day"))
    for row in rows.rows("show_milestones", agreement=ref):
        if on is None and row["on_day"] < today:
            continue
        if on in (None, row["on_day"]):
            said = f"{row['kind'].replace('-', ' ')} {row['on_day']}"
            found.append(_value(ref, row["kind"], said, row, "on_day"))
    if on is None:
        for party, own, reason in party_reasons.of_parties(rows, ref):
            said = f"{status_in_words('in-force', kind)} for {party} since {own}"
            found.append({"ref": ref, "value": "party", "says": said, "result": own, "reason": as_json(reason)})
    if not found:
        days = [row["on_day"] for row in rows.rows("show_milestones", agreement=ref)]
        raise NotFound("deadline", f"{ref}:{on}" if on else ref, days[:3])
    return found


def _obligation(rows: Reader, ref: str, number: int, on: str | None, day: date) -> list[dict[str, Any]]:
    """The due dates of an obligation; or on what it waits."""
    name = f"{ref}/O{number}"
    stated = rows.row("obligations", day=day.isoformat(), agreement=ref, number=number)
    if stated is None:
        raise NotFound("obligation", name, [], f"see what there is with: tracker obligations --agreement {ref}")
    due = [row for row in rows.rows("explain_occurrences", agreement=ref, number=number) if on in (None, row["due_on"])]
    found = [_value(name, "due date", _settled(row), row, "due_on") for row in due]
    if found:
        return found
    if on is not None:
        days = [row["due_on"] for row in rows.rows("explain_occurrences", agreement=ref, number=number)]
        raise NotFound("due date", f"{name}:{on}", [item for item in days if item][:3])
    waits = stated["waits_for"] or f"{stated['due']}: it has no due dates"
    return [{"ref": name, "value": "due date", "says": waits, "result": None, "reason": None}]


def _activity(rows: Reader, ref: str, number: int, day: date) -> list[dict[str, Any]]:
    """Why an activity is among the deadlines, or is not."""
    row = rows.row("activities", day=day.isoformat(), agreement=ref, number=number)
    if row is None:
        raise NotFound(
            "activity", f"{ref}/A{number}", [], f"see what there is with: tracker activities --agreement {ref}"
        )
    last = row["until"] or row["on"]
    said = f"is {row['status']}, on {last} as recorded"
    if row["state"] == "without-result":
        said = f"was {row['status']} for {last}; that day has passed, and it is neither held, postponed nor cancelled"
    return [{"ref": row["ref"], "value": "activity", "says": said, "result": last, "reason": None}]


def _settled(row: dict[str, Any]) -> str:
    said = f"due {row['due_on']}" if row["due_on"] else "done on request"
    if row["done_text"]:
        shown = [f"by {row['by_activity']}" if row["by_activity"] else "", *split(row["documents"])]
        if row["evidence"] and not any(item.endswith(f" {row['evidence']}") for item in shown):
            shown.append(row["evidence"])
        proof = "; ".join(item for item in shown if item)
        return f"{said}, fulfilled {row['done_text']}{f' ({proof})' if proof else ''}"
    return f"{said}, waived {row['waived_text']}" if row["waived_text"] else said


def _value(ref: str, value: str, says: str, row: dict[str, Any], result: str) -> dict[str, Any]:
    reason = json.loads(row["because"]) if row["because"] else None
    return {"ref": ref, "value": value, "says": says, "result": row[result], "reason": reason}


def _in_words(item: dict[str, Any]) -> str:
    head = f"{item['ref']} {item['says']}"
    if item["reason"] is None:
        fact = item["value"] == "due date" and item["result"]
        return f"{head}\n  recorded as a fact; it no longer follows from the rule" if fact else head
    return "\n".join([f"{head}, because:", *_chain(item["reason"], 1)])


def _chain(reason: dict[str, Any], depth: int) -> list[str]:
    """One line for a rule with its clause, its arithmetic and its result; below it what it rests on."""
    space = "  " * depth
    how = reason["arithmetic"].removeprefix(f"{reason['rule']} {reason['result']}")
    if how and how == reason["arithmetic"]:
        how = f" = {how}"
    exact = "" if reason["precision"] == "day" else f" (known to the {reason['precision']})"
    if reason["precision"] == "unknown":
        exact = " (the day is unknown)"
    lines = [f"{space}{reason['rule']} ({reason['section']}): {reason['result']}{how}{exact}"]
    for fact in reason["facts"]:
        who = f" by {fact['party']}" if fact["party"] else ""
        lines.append(f"{space}  ← {fact['ref']} {fact['what']}{who} {fact['on']}")
    for cause in reason["because"]:
        lines += _chain(cause, depth + 1)
    return lines
