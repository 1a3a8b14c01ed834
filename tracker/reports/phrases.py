"""Values in words: dates, counts, lists, provisions, reasons. Messages come from the catalogue, forms from Babel."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from tracker.models.enums import EventKind
from tracker.reports.codes import code
from tracker.reports.words import ENGLISH, _, language, mark, ngettext
from tracker.rules.wording import event_in_words, wording
from tracker.store.reference_data import countries

UNKNOWN = "unknown"
_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_PATTERNS = {4: "y", 7: "MMMM y", 10: "d MMMM y"}
_PLAIN = {"indefinite": mark("It has no end."), "no last day is known": mark("No last day is known.")}


def locale() -> str:
    """The locale that sets dates, numbers and lists; English is British: day before month, no serial comma."""
    return "en_GB" if language() == ENGLISH else language().replace("-", "_")


def day(text: str | None, *, brief: bool = False) -> str:
    """A date as written (``2017-05-18``, ``2017-05``, ``2017``, ``unknown`` or ``LOWER..UPPER``) in words.

    ``brief`` shortens the month's name, for tables.
    """
    if text is None or text == UNKNOWN:
        return _("unknown")
    lower, between, upper = text.partition("..")
    if between:
        return _("between {first} and {last}").format(first=day(lower, brief=brief), last=day(upper, brief=brief))
    try:
        first = date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 10 else text)
        return _date(first, len(text), brief)
    except (ValueError, KeyError):
        return text


def _date(first: date, length: int, brief: bool) -> str:
    if language() != ENGLISH:
        skeleton = {4: "y", 7: "yMMMM", 10: "yMMMMd"}[length]
        return str(format_skeleton(skeleton.replace("MMMM", "MMM") if brief else skeleton, first, locale=locale()))
    pattern = _PATTERNS[length].replace("MMMM", "MMM" if brief else "MMMM")
    # American month names: the British one is "Sept", a letter more than every other
    return str(format_date(first, pattern, locale=ENGLISH))


def days(text: str) -> str:
    """The text with the ISO days in it written in words."""
    return _ISO.sub(lambda found: day(found[0]), text)


def on(text: str | None) -> str:
    """``on 18 May 2017``, ``in May 2017``, ``on an unknown day``."""
    if text is None or text == UNKNOWN:
        return _("on an unknown day")
    if ".." in text:
        return day(text)
    return _("on {day}").format(day=day(text)) if len(text) == 10 else _("in {month}").format(month=day(text))


def since(text: str | None) -> str:
    """``since 18 May 2017``, ``since an unknown day``."""
    return _("since an unknown day") if text in (None, UNKNOWN) else _("since {day}").format(day=day(text))


def span(from_day: str | None, to_day: str | None, *, brief: bool = False) -> str:
    """``18 May 2017 to 17 May 2020``, an end that is not known said so."""
    first, last = day(from_day, brief=brief), day(to_day, brief=brief)
    if from_day and to_day:
        return _("{first} to {last}").format(first=first, last=last)
    if from_day:
        return _("from {first}, open").format(first=first)
    return _("from an unknown day to {last}").format(last=last) if to_day else _("from an unknown day, open")


def left(number: int | None) -> str:
    """Days from the day of the report: ``in 84 days``, ``today``, ``147 days ago``."""
    if number is None:
        return ""
    if number == 0:
        return _("today")
    if number > 0:
        return ngettext("in {n} day", "in {n} days", number).format(n=count(number))
    return ngettext("{n} day ago", "{n} days ago", -number).format(n=count(-number))


def capital(text: str) -> str:
    """The text with its first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def label(value: str | None) -> str:
    """A code in words with a capital; nothing for nothing."""
    return capital(code(value))


def count(number: int | Decimal) -> str:
    """A number with its thousands apart: ``31,749``."""
    return str(format_decimal(number, locale=locale(), decimal_quantization=False))


def counted(number: int, one: str, many: str) -> str:
    """A message with the number in it: ``1 agreement``, ``22 agreements``; both forms hold ``{n}``."""
    return ngettext(one, many, number).format(n=count(number))


def amount(value: Any) -> str:
    """The value of a figure, as a number where it is one that can be read."""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return count(exact) if exact.is_finite() and abs(exact.adjusted()) < 30 else str(value)


def listed(items: Collection[str]) -> str:
    """``a, b and c`` as the language joins lists."""
    return str(format_list(list(items), locale=locale())) if items else ""


def country(value: str | None) -> str:
    """A country's name by its code; the code where no such country is known."""
    known = countries().get(value or "")
    return known.get(f"name_{language()}") or known["name_en"] if known else (value or "")


def tongue(value: str | None) -> str:
    """A language's name by its code; the code where no such language is known."""
    try:
        return Locale.parse((value or "").replace("-", "_")).get_display_name(locale()) or value or ""
    except (UnknownLocaleError, ValueError, TypeError):
        return value or ""


def paragraphs(text: str | None) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def joined(parts: Iterable[str]) -> str:
    """Short remarks side by side, those that say something."""
    return " · ".join(part for part in parts if part)


def event(kind: str, agreement_kind: str, party_kind: str | None = None) -> str:
    """An event as it is called for this instrument and party; other phrases as they are."""
    try:
        return _(event_in_words(EventKind(kind), agreement_kind, party_kind))
    except ValueError:
        return code(kind)


def provisions(rules: dict[str, Any], kind: str) -> Iterator[tuple[str, str, str, str | None]]:
    """What the agreement provides: key, heading, sentence and clause for each provision of its record."""
    clauses = rules.get("clauses", {})
    words: dict[str, tuple[str, Callable[[Any], str]]] = {
        "entry_into_force": (capital(_(wording(kind).entry_into_force)), lambda rule: capital(days(rule))),
        "duration": (_("Duration"), lambda rule: capital(rule)),
        "ends": (_("End"), lambda rule: _("Ends {on_day}").format(on_day=on(rule))),
        "indefinite": (_("Duration"), lambda _rule: _("Without an end")),
        "renewal": (_("Renewal"), _renewal),
        "notice": (_("Notice"), lambda rule: _("{length} before the end of a term").format(length=capital(rule))),
    }
    for key, (heading, say) in words.items():
        if rules.get(key) not in (None, False):
            yield key, heading, say(rules[key]), clauses.get(key)


def _renewal(rule: dict[str, Any]) -> str:
    period, times = rule.get("period"), rule.get("times")
    most = counted(times, "at most {n} time", "at most {n} times") if times else ""
    if rule.get("mode") == "none":
        return _("Not renewed")
    if rule.get("mode") == "tacit":
        if period and most:
            message = _("Renews by itself for {period} at a time, {at_most}, unless notice is given")
        elif period:
            message = _("Renews by itself for {period} at a time, unless notice is given")
        elif most:
            message = _("Renews by itself, {at_most}, unless notice is given")
        else:
            message = _("Renews by itself, unless notice is given")
    elif period and most:
        message = _("Renewed only by express agreement for {period}, {at_most}")
    elif period:
        message = _("Renewed only by express agreement for {period}")
    elif most:
        message = _("Renewed only by express agreement, {at_most}")
    else:
        message = _("Renewed only by express agreement")
    return message.format(period=period, at_most=most)


def why(
    reason: dict[str, Any], ref: str, kind: str, hidden: Collection[str] = (), *, by_rule: bool = False
) -> tuple[str, ...]:
    """The reason of a value derived for agreement ``ref`` in one or two plain sentences.

    ``by_rule`` leads the rule in as one; references in ``hidden`` are not named. Rules and arithmetic are derived in
    English and stay so.
    """
    said = list(dict.fromkeys(_fact(item, ref, kind, hidden) for item in _facts(reason)))
    recorded = _("Recorded: {facts}.").format(facts=listed(said))
    if reason["rule"] in _PLAIN:
        return (_(_PLAIN[reason["rule"]]),)
    if reason["arithmetic"] or not said:
        section = "" if reason["section"].startswith("section ") else reason["section"]
        how = reason["arithmetic"].removeprefix(f"{reason['rule']} {reason['result']}") or reason["result"]
        how = days(how.strip()).replace(" - ", " − ")
        rule = days(reason["rule"])
        if section and by_rule:
            sentence = _("By the rule “{rule}” ({clause}): {how}.")
        elif by_rule:
            sentence = _("By the rule “{rule}”: {how}.")
        else:
            sentence = "{rule} ({clause}): {how}." if section else "{rule}: {how}."
        sentence = sentence.format(rule=rule if by_rule else capital(rule), clause=section, how=how)
        return (sentence, recorded) if said else (sentence,)
    return (recorded,)


def _facts(reason: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from reason["facts"]
    for cause in reason["because"]:
        yield from _facts(cause)


def _fact(item: dict[str, Any], ref: str, kind: str, hidden: Collection[str]) -> str:
    own = re.fullmatch(r"E[0-9]+", item["ref"])
    values = {
        "what": event(item["what"], kind) if own else item["what"],
        "party": item["party"],
        "on_day": on(item["on"]),
        "ref": item["ref"],
    }
    if own:
        message = _("{what} by {party} {on_day} ({ref})") if item["party"] else _("{what} {on_day} ({ref})")
        return message.format(**values)
    if item["ref"] == ref:
        return (_("{what} by {party} {on_day}") if item["party"] else _("{what} {on_day}")).format(**values)
    values["ref"] = _("a confidential agreement") if item["ref"] in hidden else item["ref"]
    return (_("{ref} {what} by {party} {on_day}") if item["party"] else _("{ref} {what} {on_day}")).format(**values)
