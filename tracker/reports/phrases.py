"""Values in words: dates, codes, counts, provisions, reasons. English only; every word of a report that is no
heading comes from here, so that other languages have one place to begin."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from tracker.models.enums import EventKind
from tracker.rules.wording import event_in_words, wording
from tracker.store.reference_data import countries

LOCALE = "en"
UNKNOWN = "unknown"
HIDDEN = "a confidential agreement"
_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_PATTERNS = {4: "y", 7: "MMMM y", 10: "d MMMM y"}
_KEPT = {"ngo": "NGO"}
_PLAIN = {"indefinite": "It has no end.", "no last day is known": "No last day is known."}


def day(text: str | None, *, brief: bool = False) -> str:
    """A date as written (``2017-05-18``, ``2017-05``, ``2017``, ``unknown`` or ``LOWER..UPPER``) in words.

    ``brief`` shortens the month's name, for tables.
    """
    if text is None or text == UNKNOWN:
        return UNKNOWN
    lower, between, upper = text.partition("..")
    if between:
        return f"between {day(lower, brief=brief)} and {day(upper, brief=brief)}"
    try:
        first = date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 10 else text)
        pattern = _PATTERNS[len(text)].replace("MMMM", "MMM" if brief else "MMMM")
        return str(format_date(first, pattern, locale=LOCALE))
    except (ValueError, KeyError):
        return text


def days(text: str) -> str:
    """The text with the ISO days in it written in words."""
    return _ISO.sub(lambda found: day(found[0]), text)


def on(text: str | None) -> str:
    """``on 18 May 2017``, ``in May 2017``, ``on an unknown day``."""
    if text is None or text == UNKNOWN:
        return "on an unknown day"
    return day(text) if ".." in text else f"{'on' if len(text) == 10 else 'in'} {day(text)}"


def since(text: str | None) -> str:
    """``since 18 May 2017``, ``since an unknown day``."""
    return "since an unknown day" if text in (None, UNKNOWN) else f"since {day(text)}"


def left(number: int | None) -> str:
    """Days from the day of the report: ``in 84 days``, ``today``, ``147 days ago``."""
    if number is None:
        return ""
    if number == 0:
        return "today"
    unit = "day" if abs(number) == 1 else "days"
    return f"in {count(number)} {unit}" if number > 0 else f"{count(-number)} {unit} ago"


def code(value: str | None) -> str:
    """A value of a code list in words: ``memorandum of understanding``."""
    return "" if value is None else _KEPT.get(value, value.replace("-", " "))


def capital(text: str) -> str:
    """The text with its first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def count(number: int | Decimal) -> str:
    """A number with its thousands apart: ``31,749``."""
    return str(format_decimal(number, locale=LOCALE, decimal_quantization=False))


def amount(value: Any) -> str:
    """The value of a figure, as a number where it is one that can be read."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return count(exact) if exact.is_finite() and abs(exact.adjusted()) < 30 else str(value)


def plural(number: int, one: str, many: str) -> str:
    """``1 agreement``, ``22 agreements``."""
    return f"{count(number)} {one if number == 1 else many}"


def listed(items: Collection[str]) -> str:
    """``a, b and c`` as the language joins lists."""
    return str(format_list(list(items), locale="en_GB")) if items else ""


def country(value: str | None) -> str:
    """A country's name by its code; the code where no such country is known."""
    known = countries().get(value or "")
    return known["name_en"] if known else (value or "")


def language(value: str) -> str:
    """A language's name by its code; the code where no such language is known."""
    try:
        return Locale.parse(value.replace("-", "_")).get_display_name(LOCALE) or value
    except (UnknownLocaleError, ValueError):
        return value


def event(kind: str, agreement_kind: str, party_kind: str | None = None) -> str:
    """An event as it is called for this instrument and party; other phrases as they are."""
    try:
        return event_in_words(EventKind(kind), agreement_kind, party_kind)
    except ValueError:
        return code(kind)


def provisions(rules: dict[str, Any], kind: str) -> Iterator[tuple[str, str, str | None]]:
    """What the agreement provides: a heading, a sentence, and the clause, for each provision of its record."""
    clauses = rules.get("clauses", {})
    words: dict[str, tuple[str, Callable[[Any], str]]] = {
        "entry_into_force": (capital(wording(kind).entry_into_force), lambda rule: capital(days(rule))),
        "duration": ("Duration", lambda rule: capital(rule)),
        "ends": ("End", lambda rule: f"Ends {on(rule)}"),
        "indefinite": ("Duration", lambda _: "Without an end"),
        "renewal": ("Renewal", _renewal),
        "notice": ("Notice", lambda rule: f"{capital(rule)} before the end of a term"),
    }
    for key, (heading, say) in words.items():
        if rules.get(key) not in (None, False):
            yield heading, say(rules[key]), clauses.get(key)


def _renewal(rule: dict[str, Any]) -> str:
    period = f" for {rule['period']}" if rule.get("period") else ""
    times = f", at most {plural(rule['times'], 'time', 'times')}" if rule.get("times") else ""
    each = " at a time" if period else ""
    if rule.get("mode") == "none":
        return "Not renewed"
    if rule.get("mode") == "tacit":
        return f"Renews by itself{period}{each}{times}, unless notice is given"
    return f"Renewed only by express agreement{period}{times}"


def why(
    reason: dict[str, Any], ref: str, kind: str, hidden: Collection[str] = (), *, rule: str = "{}"
) -> tuple[str, ...]:
    """The reason of a value derived for agreement ``ref`` in one or two plain sentences.

    ``rule`` is how the rule is led in; references in ``hidden`` are not named.
    """
    said = list(dict.fromkeys(_fact(item, ref, kind, hidden) for item in _facts(reason)))
    if reason["rule"] in _PLAIN:
        return (_PLAIN[reason["rule"]],)
    if reason["arithmetic"] or not said:
        clause = "" if reason["section"].startswith("section ") else f" ({reason['section']})"
        how = reason["arithmetic"].removeprefix(f"{reason['rule']} {reason['result']}") or reason["result"]
        sentence = f"{capital(rule.format(days(reason['rule'])))}{clause}: {days(how.strip()).replace(' - ', ' − ')}."
        return (sentence, f"Recorded: {listed(said)}.") if said else (sentence,)
    return (f"Recorded: {listed(said)}.",)


def _facts(reason: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from reason["facts"]
    for cause in reason["because"]:
        yield from _facts(cause)


def _fact(item: dict[str, Any], ref: str, kind: str, hidden: Collection[str]) -> str:
    who = f" by {item['party']}" if item["party"] else ""
    if re.fullmatch(r"E[0-9]+", item["ref"]):
        return f"{event(item['what'], kind)}{who} {on(item['on'])} ({item['ref']})"
    name = HIDDEN if item["ref"] in hidden else item["ref"]
    subject = "" if item["ref"] == ref else f"{name} "
    return f"{subject}{item['what']}{who} {on(item['on'])}"
