"""``tracker show``: everything about one agreement, or about a part of one, a party or a person."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import typer

from tracker import actions
from tracker.cli import filters, layout, options, output, values
from tracker.cli.context import reader
from tracker.errors import BadInput, NotFound
from tracker.models.keys import fold
from tracker.store import dump
from tracker.store.picture import picture
from tracker.store.reader import Rows

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
        found = find(rows, ref, day)
    output.write(rendered(found, chosen, out), out)


def rendered(found: dict[str, Any], chosen: str, out: str | None) -> str:
    """What was found as a text in the chosen format: JSON, or laid out for people."""
    return output.render_json(found) if chosen == "json" else layout.lay_out(found, output.terminal_width(out))


def find(rows: Rows, ref: str, day: date) -> dict[str, Any]:
    """Everything about what ``ref`` names, as seen on ``day``. Raises NotFound."""
    part = _PART.fullmatch(ref)
    if part is not None and part["letter"] in "dD":
        from tracker.cli import documents  # with it comes all that keeps files

        return documents.find(rows, ref)
    if part is not None and part["letter"].upper() in _SECTIONS:
        return _part(rows, part["agreement"], part["letter"].upper(), int(part["number"]), day)
    key = fold(ref)
    known = rows.row("known_reference", ref=ref)
    if known is None or ref.lower().startswith(("party-", "person-")):
        party = rows.row("parties", party=key)
        if party is not None:
            found = next(output.typed([party], ("former_names", "other_names")))
            listed = rows.rows("agreements", day=day.isoformat(), party=key)
            found["documents"] = [
                {key: row[key] for key in ("ref", "file", "kind", "title", "language", "on", "text")}
                for row in rows.rows("documents", party=fold(party["ref"]))
                if row["party"] is not None
            ]
            found["agreements"] = [f"{row['ref']} {row['title']} ({row['status']})" for row in listed]
            return found
        person = rows.row("people", person=key)
        if person is not None:
            return person
    try:
        return picture(rows, filters.agreement_ref(rows, ref), day)
    except NotFound as error:
        error.what = "agreement, party or person"
        raise


def _part(rows: Rows, ref: str, letter: str, number: int, day: date) -> dict[str, Any]:
    ref = filters.agreement_ref(rows, ref)
    name = f"{ref}/{letter}{number}"
    if letter == "O":
        found = rows.rows("obligations", day=day.isoformat(), agreement=ref, number=number)
        if found:
            one = next(output.typed(found, ("owed_by", "owed_to", "scopes")))
            one["survives"] = bool(one["survives"])
            due = rows.rows("occurrences", day=day.isoformat(), agreement=ref, number=number)
            repeated = ("ref", "agreement", "text", "responsible", "confidentiality")
            one["occurrences"] = [
                {key: row[key] for key in row if key not in repeated} for row in output.typed(due, ("documents",))
            ]
            one["clause_text"] = actions.clause_quotes.quotes(rows, ref, one["clause"])
            one["documents"] = _documents_of(rows, ref, name)
            return one
    elif letter == "A":
        found = rows.rows("activities", day=day.isoformat(), agreement=ref, number=number)
        if found:
            one = next(output.typed(found, ("scopes", "fulfils")))
            one["attendance"] = rows.rows("attendance", agreement=ref, number=number)
            one["documents"] = _documents_of(rows, ref, name)
            return one
    else:
        record = dump.record(rows, ref) or {}
        section = _SECTIONS[letter]
        numbers = [row["number"] for row in rows.rows(f"record_{section}", agreement=_id(rows, ref))]
        if number in numbers:
            return {"ref": name, **record[section][numbers.index(number)]}
    noun = _SECTIONS[letter].replace("ies", "y").removesuffix("s")
    raise NotFound(noun, name, [], f"see what there is with: tracker show {ref}")


def _documents_of(rows: Rows, ref: str, name: str) -> list[dict[str, Any]]:
    """The documents of an activity or an obligation (and of its due dates)."""
    keys = ("ref", "of", "file", "kind", "title", "language", "on", "text")
    found = [row for row in rows.rows("documents", agreement=ref) if (row["of"] or "").partition(":")[0] == name]
    return [{key: row[key] for key in keys} for row in found]


def _id(rows: Rows, ref: str) -> int:
    row = rows.row("record_agreement", ref=ref)
    assert row is not None
    return int(row["id"])
