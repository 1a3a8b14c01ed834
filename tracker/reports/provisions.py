"""What an agreement provides, in sentences: entry into force, duration, end, renewal, notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tracker.reports import phrases, schedules
from tracker.reports.words import _
from tracker.rules.durations import parse_duration, parse_notice
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.wording import wording


def provided(rules: dict[str, Any], kind: str) -> Iterator[tuple[str, str, str, str | None]]:
    """What the agreement provides: key, heading, sentence and clause for each provision of its record."""
    clauses = rules.get("clauses", {})
    words: dict[str, tuple[str, Callable[[Any], str]]] = {
        "entry_into_force": (phrases.capital(_(wording(kind).entry_into_force)), _entry),
        "duration": (_("Duration"), _length),
        "ends": (_("End"), lambda rule: _("Ends {on_day}").format(on_day=phrases.on(rule))),
        "indefinite": (_("Duration"), lambda _rule: _("Without an end")),
        "renewal": (_("Renewal"), _renewal),
        "notice": (_("Notice"), _notice),
    }
    for key, (heading, say) in words.items():
        if rules.get(key) not in (None, False):
            yield key, heading, say(rules[key]), clauses.get(key)


def _renewal(rule: dict[str, Any]) -> str:
    period, times = rule.get("period"), rule.get("times")
    period = schedules.length(parse_duration(period)) if period else ""
    most = phrases.counted(times, "at most {n} time", "at most {n} times") if times else ""
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


def _entry(rule: str) -> str:
    return phrases.capital(schedules.entry(parse_entry_rule(rule)))


def _length(rule: str) -> str:
    return phrases.capital(schedules.length(parse_duration(rule)))


def _notice(rule: str) -> str:
    length = schedules.notice(parse_notice(rule))
    return _("{length} before the end of a term").format(length=phrases.capital(length))
