"""Lays one thing out for people: a title, its short values, then a table for each list of parts."""

from __future__ import annotations

from typing import Any

from tracker.cli import output
from tracker.rules.wording import BINDING, Wording, event_in_words, status_in_words, wording

_LEFT_OUT = ("ref", "title", "derived", "obligations", "recorded_on")
_COLUMNS = {
    "obligations": ("ref", "state", "next_due", "text", "owed_by", "owed_to", "clause", "due", "waits_for"),
}
"""Sections of which only some columns are shown; the rest is in JSON and under the part's own reference."""

_SECTION_ORDER = ("parties", "terms", "events", "obligations", "milestones", "activities")


def lay_out(found: dict[str, Any], width: int | None) -> str:
    """The text for a terminal ``width`` columns wide (None: no terminal) of what ``show`` found."""
    coloured = width is not None
    width = width or 120
    derived = found.get("derived", {})
    words = wording(str(found.get("kind"))) if derived else BINDING
    if derived:
        found = _in_fitting_words(found, words)
        derived = found["derived"]
    values = {key: value for key, value in found.items() if key not in _LEFT_OUT}
    values["obligations"] = derived.get("obligations")
    shown = {**{key: value for key, value in derived.items() if key not in ("obligations", "parties")}, **values}
    heading = " ".join(str(found[key]) for key in ("ref", "title") if found.get(key))
    lines = [heading, "=" * min(len(heading), width), ""] if heading else []
    short: dict[str, Any] = {}
    tables: dict[str, list[dict[str, Any]]] = {}
    for key, value in shown.items():
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            tables[key] = value
        elif isinstance(value, dict):
            short |= {f"{key} {inner}".replace("provisions ", ""): said for inner, said in value.items()}
        else:
            short[key] = value
    lines += _short(short, width)
    order = [key for key in _SECTION_ORDER if key in tables]
    for key in [*order, *(key for key in tables if key not in order)]:
        title = words.parties if key == "parties" else key.replace("_", " ")
        lines += ["", title.capitalize(), _table(key, tables[key], width, coloured).rstrip("\n")]
    return "\n".join(lines) + "\n"


def _in_fitting_words(found: dict[str, Any], words: Wording) -> dict[str, Any]:
    """An agreement with the words that fit its kind and its parties, and each party's own entry into force."""
    kind, derived = str(found["kind"]), dict(found["derived"])
    own = {row["party"]: row["in_force"] for row in derived["parties"]}
    several = len(own) > 2 or len(set(own.values())) > 1
    kinds = {party.get(key): party.get("kind") for party in found.get("parties", []) for key in ("name", "acronym")}
    parties = []
    for party in found.get("parties", []):
        entry = {words.in_force: own.get(party.get("acronym") or party["name"])} if several else {}
        parties.append({**party, **entry})
    events = [
        {**event, "event": event_in_words(event["event"], kind, kinds.get(event.get("party")))}
        for event in found["events"]
    ]
    if derived["status"]:
        derived["status"] = status_in_words(derived["status"], kind)
    derived["standing"] = [{**row, "status": status_in_words(row["status"], kind)} for row in derived["standing"]]
    derived = {words.in_force if key == "in_force" else key: value for key, value in derived.items()}
    provisions = {
        words.entry_into_force if key == "entry_into_force" else key: value
        for key, value in found.get("provisions", {}).items()
    }
    return {**found, "parties": parties, "events": events, "derived": derived, "provisions": provisions}


def _short(values: dict[str, Any], width: int) -> list[str]:
    from textwrap import wrap

    given = {key.replace("_", " "): _text(value) for key, value in values.items() if value not in (None, "", [], {})}
    left = max((len(key) for key in given), default=0)
    lines = []
    for key, text in given.items():
        parts = [line for part in text.split("\n") for line in (wrap(part, max(20, width - left - 2)) or [""])]
        lines += [f"{key if i == 0 else '':<{left}}  {part}".rstrip() for i, part in enumerate(parts)]
    return lines


def _table(name: str, rows: list[dict[str, Any]], width: int, coloured: bool) -> str:
    keys = [
        key
        for key in dict.fromkeys(key for row in rows for key in row)
        if not all(row.get(key) in (None, "", [], {}, False) for row in rows)
        and not any(isinstance(row.get(key), list) and row[key] and isinstance(row[key][0], dict) for row in rows)
        and key in _COLUMNS.get(name, (key,))
        and key not in ("agreement", "id")
    ]
    keys.sort(key=lambda key: _COLUMNS[name].index(key) if name in _COLUMNS else 0)
    cells = [{key: _text(row.get(key)) for key in keys} for row in rows]
    of_words = frozenset(key for key in keys if any(" " in line[key] for line in cells))  # no reference is broken
    shape = output.Shape(name, [(key, key.replace("_", " ")) for key in keys], wraps=of_words)
    return "".join(output.render(cells, shape, "table", width, coloured=coloured))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(
            f"{key.replace('_', ' ')} {_text(inner)}" if key != "name" else _text(inner) for key, inner in value.items()
        )
    return str(value)
