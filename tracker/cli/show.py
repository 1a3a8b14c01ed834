"""``tracker show``: everything about one agreement, or about a part of one, a party or a person."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import typer

from tracker.cli import filters, layout, options, output, values
from tracker.cli.context import reader
from tracker.errors import BadInput, NotFound
from tracker.models.keys import fold
from tracker.store import dump
from tracker.store.reader import Reader

_PART = re.compile(r"(?P<agreement>.+)/(?P<letter>[A-Za-z])(?P<number>[1-9][0-9]{0,8})")
_SECTIONS = {
    "O": "obligations",
    "A": "activities",
    "E": "events",
    "D": "documents",
    "L": "links",
    "N": "notes",
    "F": "figures",
}


def show(
    ctx: typer.Context,
    ref: options.AnyRef = None,
    as_of: options.AsOf = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """Show everything about one agreement, obligation, activity, party or person.

    JSON gives the record with what is derived from it under "derived".

    Examples:

      tracker show IOM-PA-MINSEG

      tracker show PA-2017-001/O1 --as-of 2018-06-01
    """
    ref = values.required(ref, "Reference", "REF")
    day = values.day(as_of)
    chosen = output.format_of(format_name, out)
    if chosen not in ("table", "json"):
        raise BadInput("--format", chosen, "does not fit one record: expected table or json")
    with reader(ctx, until=day) as rows:
        found = _find(rows, ref, day)
    text = output.render_json(found) if chosen == "json" else layout.lay_out(found, output.terminal_width(out))
    output.write(text, out)


def agreement(rows: Reader, ref: str, day: date) -> dict[str, Any]:
    """The record of an agreement with what is derived from it as seen on ``day``."""
    record = dump.record(rows, ref) or {}
    for section in ("events", "links", "documents", "figures", "notes"):
        numbers = rows.rows(f"record_{section}", agreement=_id(rows, ref))
        record[section] = [
            {"number": row["number"], **part} for row, part in zip(numbers, record.get(section, []), strict=True)
        ]
    day_text = day.isoformat()
    standing = rows.rows("show_standing", agreement=ref)
    now = [row for row in standing if _holds(row, day_text)]
    derived = rows.row("show_derived", agreement=ref) or {}
    upcoming = rows.rows("show_milestones", agreement=ref, day=day_text)
    record["derived"] = {
        "as_of": day_text,
        "status": now[0]["status"] if now else None,
        "since": (now[0]["from_day"] or "unknown") if now else None,
        "signed": derived["signed"],
        "in_force": derived["in_force"],
        "last_day": derived["last_day"],
        "standing": [_without_reason(row) for row in standing],
        "terms": [
            {**_without_reason(row), "renews": bool(row["renews"])} for row in rows.rows("show_terms", agreement=ref)
        ],
        "milestones": [_without_reason(row) for row in upcoming],
        "obligations": output.typed(
            rows.rows("obligations", day=day_text, agreement=ref), ("owed_by", "owed_to", "scopes")
        ),
        "linked_from": rows.rows("show_links_here", agreement=ref),
    }
    return record


def _find(rows: Reader, ref: str, day: date) -> dict[str, Any]:
    part = _PART.fullmatch(ref)
    if part is not None and part["letter"].upper() in _SECTIONS:
        return _part(rows, part["agreement"], part["letter"].upper(), int(part["number"]), day)
    key = fold(ref)
    known = rows.row("known_reference", ref=ref)
    if known is None or ref.lower().startswith(("party-", "person-")):
        party = rows.row("parties", party=key)
        if party is not None:
            found = output.typed([party], ("former_names", "other_names"))[0]
            listed = rows.rows("agreements", day=day.isoformat(), party=key)
            found["agreements"] = [f"{row['ref']} {row['title']} ({row['status']})" for row in listed]
            return found
        person = rows.row("people", person=key)
        if person is not None:
            return person
    try:
        return agreement(rows, filters.agreement_ref(rows, ref), day)
    except NotFound as error:
        error.what = "agreement, party or person"
        raise


def _part(rows: Reader, ref: str, letter: str, number: int, day: date) -> dict[str, Any]:
    ref = filters.agreement_ref(rows, ref)
    name = f"{ref}/{letter}{number}"
    if letter == "O":
        found = rows.rows("obligations", day=day.isoformat(), agreement=ref, number=number)
        if found:
            one = output.typed(found, ("owed_by", "owed_to", "scopes"))[0]
            one["survives"] = bool(one["survives"])
            due = rows.rows("occurrences", day=day.isoformat(), agreement=ref, number=number)
            repeated = ("ref", "agreement", "text", "responsible")
            one["occurrences"] = [{key: row[key] for key in row if key not in repeated} for row in due]
            return one
    elif letter == "A":
        found = rows.rows("activities", day=day.isoformat(), agreement=ref, number=number)
        if found:
            one = output.typed(found, ("scopes", "fulfils"))[0]
            one["attendance"] = rows.rows("attendance", agreement=ref, number=number)
            return one
    else:
        record = dump.record(rows, ref) or {}
        section = _SECTIONS[letter]
        numbers = [row["number"] for row in rows.rows(f"record_{section}", agreement=_id(rows, ref))]
        if number in numbers:
            return {"ref": name, **record[section][numbers.index(number)]}
    raise NotFound(_SECTIONS[letter], name, [], f"see what there is with: tracker show {ref}")


def _id(rows: Reader, ref: str) -> int:
    row = rows.row("record_agreement", ref=ref)
    assert row is not None
    return int(row["id"])


def _holds(row: dict[str, Any], day: str) -> bool:
    return (row["from_day"] or "") <= day <= (row["to_day"] or "9999-12-31")


def _without_reason(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "because"}
