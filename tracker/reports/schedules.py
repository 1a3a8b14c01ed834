"""Lengths of time, days of entry into force and due rules in words, from the values that the rules read them into."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date, format_skeleton, get_day_names, get_month_names

from tracker.errors import BadInput
from tracker.reports import phrases
from tracker.reports.words import ENGLISH, _, language, mark, ngettext, pgettext
from tracker.rules import schedules
from tracker.rules.durations import Duration, Notice
from tracker.rules.entry_into_force import EntryRule
from tracker.rules.patterns import LAST, Pattern

ANCHOR = "counted from"
"""The context in which the catalogue has what due rules count from: ``30 days after {anchor}``."""

_NOTICES = {
    "month": mark("{length} to the end of a month"),
    "quarter": mark("{length} to the end of a quarter"),
    "year": mark("{length} to the end of a year"),
}
_ENTRIES = {
    # anchor, counted by number, after a length of time, on the first of the following month
    ("signature", False, False, False): mark("on signature"),
    ("consent", False, False, False): mark("on consent"),
    ("consent", True, False, False): mark("on the {ordinal} consent"),
    ("signature", False, True, False): mark("{length} after signature"),
    ("consent", False, True, False): mark("{length} after consent"),
    ("consent", True, True, False): mark("{length} after the {ordinal} consent"),
    ("signature", False, False, True): mark("first day of the month following signature"),
    ("consent", False, False, True): mark("first day of the month following consent"),
    ("consent", True, False, True): mark("first day of the month following the {ordinal} consent"),
    ("signature", False, True, True): mark("first day of the month following {length} after signature"),
    ("consent", False, True, True): mark("first day of the month following {length} after consent"),
    ("consent", True, True, True): mark("first day of the month following {length} after the {ordinal} consent"),
}
_ORDINALS = {"one": mark("{n}st"), "two": mark("{n}nd"), "few": mark("{n}rd"), "other": mark("{n}th")}
_WEEKDAYS = {
    1: (mark("{series} on the first {weekday}"), mark("{series} on the first {weekday} of {month}")),
    2: (mark("{series} on the second {weekday}"), mark("{series} on the second {weekday} of {month}")),
    3: (mark("{series} on the third {weekday}"), mark("{series} on the third {weekday} of {month}")),
    4: (mark("{series} on the fourth {weekday}"), mark("{series} on the fourth {weekday} of {month}")),
    5: (mark("{series} on the fifth {weekday}"), mark("{series} on the fifth {weekday} of {month}")),
    LAST: (mark("{series} on the last {weekday}"), mark("{series} on the last {weekday} of {month}")),
}
_SHIFTS = {"next": mark("{due}, next working day"), "previous": mark("{due}, previous working day")}


def length(value: Duration) -> str:
    """``3 years``, ``1 year and 6 months``."""
    parts = [
        phrases.counted(value.years, "{n} year", "{n} years") if value.years else "",
        phrases.counted(value.months, "{n} month", "{n} months") if value.months else "",
        phrases.counted(value.weeks, "{n} week", "{n} weeks") if value.weeks else "",
        phrases.counted(value.days, "{n} day", "{n} days") if value.days else "",
    ]
    return phrases.listed([part for part in parts if part])


def notice(value: Notice) -> str:
    """A period of notice: ``3 months to the end of a quarter``."""
    if value.to_end_of is None:
        return length(value.duration)
    return _(_NOTICES[value.to_end_of]).format(length=length(value.duration))


def ordinal(number: int) -> str:
    """``40th``, in the forms that the language has for it (CLDR)."""
    category = phrases.known_locale().ordinal_form(number)
    return _(_ORDINALS.get(category, _ORDINALS["other"])).format(n=phrases.count(number))


def entry(rule: EntryRule) -> str:
    """A provision on entry into force: a day, ``on signature``, ``30 days after the 40th consent``."""
    if rule.on:
        return phrases.day(rule.on.text)
    message = _ENTRIES[rule.anchor, rule.nth is not None, rule.after is not None, rule.first_of_month]
    counted = length(rule.after) if rule.after else ""
    return _(message).format(length=counted, ordinal=ordinal(rule.nth) if rule.nth else "")


def anchor(name: str) -> str:
    """What due dates are counted from: ``entry into force``, ``O1``."""
    return pgettext(ANCHOR, name) if name in schedules.ANCHORS else name


def due(text: str) -> str:
    """A due rule as recorded in words; what is no rule stays as it is."""
    try:
        schedule = schedules.parse_schedule(text)
    except BadInput:
        return text
    said = _rule(schedule.rule)
    return _(_SHIFTS[schedule.shift]).format(due=said) if schedule.shift else said


def _rule(rule: schedules.Rule) -> str:
    if isinstance(rule, schedules.Fixed):
        return phrases.day(rule.on.text)
    if isinstance(rule, schedules.Undated):
        return _("on request") if rule.words == "on request" else _("ongoing")
    if isinstance(rule, schedules.Offset):
        if rule.length is None:
            return _("on {anchor}").format(anchor=anchor(rule.anchor))
        message = _("{length} before {anchor}") if rule.before else _("{length} after {anchor}")
        return message.format(length=length(rule.length), anchor=anchor(rule.anchor))
    if isinstance(rule, schedules.Series):
        return _series(rule)
    if rule.start is None:
        return _("by the rule {rule} of RFC 5545").format(rule=rule.rule)
    return _("by the rule {rule} of RFC 5545 from {day}").format(rule=rule.rule, day=phrases.day(rule.start.text))


def _series(rule: schedules.Series) -> str:
    said = _on(rule.pattern, _every(rule.step)) if rule.pattern else _every(rule.step)
    if rule.start:
        said = _("{series} from {day}").format(series=said, day=phrases.day(rule.start.text))
    if rule.after:
        said = _("{series} after {anchor}").format(series=said, anchor=anchor(rule.after))
    if rule.until_expiry:
        return _("{series} until expiry").format(series=said)
    if rule.until:
        return _("{series} until {day}").format(series=said, day=phrases.day(rule.until.text))
    if rule.times:
        message = ngettext("{series}, {n} time", "{series}, {n} times", rule.times)
        return message.format(series=said, n=phrases.count(rule.times))
    return said


def _every(step: Duration) -> str:
    if step == Duration(days=step.days):
        return phrases.counted(step.days, "every day", "every {n} days")
    if step == Duration(weeks=step.weeks):
        return phrases.counted(step.weeks, "every week", "every {n} weeks")
    if step == Duration(months=step.months):
        return phrases.counted(step.months, "every month", "every {n} months")
    if step == Duration(years=step.years):
        return phrases.counted(step.years, "every year", "every {n} years")
    return _("every {length}").format(length=length(step))


def _on(pattern: Pattern, series: str) -> str:
    values = {"series": series}
    if pattern.month:
        values["month"] = get_month_names("wide", "stand-alone", phrases.locale())[pattern.month]
    if pattern.weekday is not None:
        values["weekday"] = get_day_names("wide", "format", phrases.locale())[pattern.weekday]
        if pattern.place is None:
            return _("{series} on {weekday}").format(**values)
        bare, of_month = _WEEKDAYS[pattern.place]
        return _(of_month if pattern.month else bare).format(**values)
    if pattern.day == LAST:
        message = _("{series} on the last day of {month}") if pattern.month else _("{series} on the last day")
        return message.format(**values)
    if pattern.month:
        return _("{series} on {day}").format(series=series, day=_day_of_year(pattern.day or 1, pattern.month))
    return _("{series} on the {ordinal}").format(series=series, ordinal=ordinal(pattern.day or 1))


def _day_of_year(number: int, month: int) -> str:
    """``31 March``, as the language writes it."""
    day = date(2000, month, number)  # a leap year, for 29 February
    if language() == ENGLISH:
        return str(format_date(day, "d MMMM", locale=ENGLISH))
    return str(format_skeleton("MMMMd", day, locale=phrases.locale()))
