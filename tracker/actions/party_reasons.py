"""Why an agreement entered into force for a party on a day of its own. Imports no SQLAlchemy: explaining is reading.

Only the days of parties are kept among the rows; the reasons follow from consents and the provision, as the days did.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tracker.models.enums import EventKind
from tracker.rules.dates import WrittenDate, parse_date
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.facts import EventFact, Facts, Provisions, Reason
from tracker.rules.in_force import SECTION, Dated, party_entry_into_force
from tracker.store.reader import Rows


def of_parties(rows: Rows, ref: str) -> Iterator[tuple[str, str, Reason]]:
    """Each bound party for which the agreement entered into force on another day than for all: label, day, reason."""
    derived = rows.row("show_derived", agreement=ref) or {}
    labels: dict[int, str] = {}
    days: dict[str, str | None] = {}
    for row in rows.rows("explain_parties", agreement=ref):
        if row["party_id"] not in labels:
            taken = row["party"] in labels.values()
            labels[row["party_id"]] = f"{row['party']} ({row['ref']})" if taken else row["party"]
        if row["bound"]:
            days.setdefault(labels[row["party_id"]], row["in_force"])
    if not any(day and day != derived["in_force"] for day in days.values()):
        return
    entry = None
    if derived["in_force"]:
        on = _written(derived["in_force"])
        entry = Dated(on, Reason("entry into force", SECTION, on.text, on.precision))
    last = date.fromisoformat(derived["last_day"]) if derived["last_day"] else None
    for party, found in party_entry_into_force(_facts(rows, ref, tuple(days), labels), entry, last).items():
        day = days[party]
        if found and day == found.on.text and day != derived["in_force"]:
            yield party, day, found.reason


def _facts(rows: Rows, ref: str, bound: tuple[str, ...], labels: dict[int, str]) -> Facts:
    """What entry into force for a party follows from: the events and the provision."""
    found = rows.row("record_agreement", ref=ref) or {}
    events = tuple(
        EventFact(
            f"E{row['number']}",
            EventKind(row["kind"]),
            parse_date(row["on_text"]),
            labels.get(row["party_id"], "") if row["party_id"] else None,
        )
        for row in rows.rows("record_events", agreement=found["id"])
    )
    provisions = {row["kind"]: row for row in rows.rows("record_provisions", agreement=found["id"])}
    said = provisions.get("entry-into-force")
    clauses = {"entry_into_force": said["clause"]} if said and said["clause"] else {}
    rule = parse_entry_rule(said["rule"]) if said else None
    return Facts(ref, date.min, bound, events, Provisions(entry_into_force=rule, clauses=clauses))


def _written(text: str) -> WrittenDate:
    """A derived day as it is kept: a date as written, or ``LOWER..UPPER``."""
    lower, _, upper = text.partition("..")
    return WrittenDate.between(date.fromisoformat(lower), date.fromisoformat(upper)) if upper else parse_date(text)
