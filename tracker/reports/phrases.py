"""Values in words: dates, counts, lists, names of things. Messages come from the catalogue, forms from Babel."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from tracker.models.enums import EventKind
from tracker.reports.codes import code
from tracker.reports.words import ENGLISH, _, language, ngettext
from tracker.rules.wording import event_in_words
from tracker.store.reference_data import countries

UNKNOWN = "unknown"
_ISO = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_PATTERNS = {4: "y", 7: "MMMM y", 10: "d MMMM y"}


def locale() -> str:
    """The locale that sets dates, numbers and lists; English is British: day before month, no serial comma."""
    return "en_GB" if language() == ENGLISH else language().replace("-", "_")


def known_locale() -> Locale:
    """What Babel knows of the locale."""
    return _locale(locale())


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


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
        return str(
            format_skeleton(skeleton.replace("MMMM", "MMM") if brief else skeleton, first, locale=known_locale())
        )
    pattern = _PATTERNS[length].replace("MMMM", "MMM" if brief else "MMMM")
    # American month names: the British one is "Sept", a letter more than every other
    return str(format_date(first, pattern, locale=_locale(ENGLISH)))


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
    return str(format_decimal(number, locale=known_locale(), decimal_quantization=False))


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
    return str(format_list(list(items), locale=known_locale())) if items else ""


def country(value: str | None) -> str:
    """A country's name by its code; the code where no such country is known."""
    known = countries().get(value or "")
    return known.get(f"name_{language()}") or known["name_en"] if known else (value or "")


def scope(row: Mapping[str, Any]) -> str:
    """A scope area's name; the English one where it has none in the language."""
    return str(row.get(f"name_{language()}") or row["name_en"])


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
