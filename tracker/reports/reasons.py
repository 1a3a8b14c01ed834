"""Why a derived value is what it is, in the words of the report.

The rules say in English why, and it is kept so with what it is the reason of. Here such a text is read by the
messages of the catalogue, whose places tell what stands in them (a day, a number, a length of time), and said anew in
the language of the report. ``tests/reports/test_reasons.py`` holds that every text of the rules is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import Any

from tracker.errors import BadInput
from tracker.reports import codes, phrases, schedules
from tracker.reports.words import _, mark, ngettext
from tracker.rules.durations import parse_duration, parse_notice
from tracker.rules.entry_into_force import parse_entry_rule
from tracker.rules.schedules import parse_schedule

_DATE = r"(?:[0-9]{4}(?:-[0-9]{2}){0,2}(?:\.\.[0-9]{4}(?:-[0-9]{2}){0,2})?|unknown)"

RULES = (
    mark("entry into force"),
    mark("date of entry into force"),
    mark("entered into force"),
    mark("entered into force for {n} parties"),
    mark("entry into force of what replaces it"),
    mark("told from the first event on"),
    mark("recorded, without any event"),
    mark("first event: {event}"),
    mark("after the last day of term {n}"),
    mark("renewed, having expired on {day}"),
    mark("last day as agreed"),
    mark("term of {length}"),
    mark("tacit renewal {n}"),
    mark("tacit renewal {n} of {times}"),
    mark("until renewed"),
    mark("in force by renewal"),
    mark("notice of termination has run out"),
    mark("abandoned before entry into force"),
    mark("{event}"),
    mark("{entry}"),
)
ARITHMETIC = (
    mark("{sum}, then the first day of the following month"),
    mark("last signature needed {day} ({n} of {all})"),
    mark("last consent needed {day} ({n} of {all})"),
    mark("{ordinal} consent {day} ({n} of {all} listed)"),
    mark("last day of {day}, which may start no later than the suspension of {other}"),
    mark("last day {day} + 1 day"),
    mark("{day} + {length} - 1 day"),
    mark("{day} - 1 day"),
    mark("{day} + {notice}"),
    mark("{sum} + {length}"),
    mark("for how long is not known"),
    mark("until {day}"),
    mark("{day}"),
)
FACTS = (
    mark("entry into force"),
    mark("ends"),
    mark("recorded"),
    mark("enters into force and replaces this"),
)
WAITS = (
    mark("{refs} counts from itself"),
    mark("{refs} count from each other"),
    mark("the due date is unknown"),
    mark("not yet in force"),
    mark("not yet signed by every party"),
    mark("not every party has consented yet"),
    mark("the agreement has no last day"),
    mark("its last day is not known"),
    mark("not yet renewed"),
    mark("not terminated"),
    mark("no event of {anchor} yet"),
    mark("there is no activity {ref}"),
    mark("there is no obligation {ref}"),
    mark("{ref} has no day yet"),
    mark("{ref} has no due date"),
    mark("{ref} is not yet fulfilled"),
    mark("the agreement renews by itself"),
    mark("the day of {anchor} is unknown"),
    mark("nothing falls due before it ends"),
    mark("gives over {n} due dates by {day}: let it begin later"),
    mark("{day} {step} days leaves the calendar: years run from 0001 to 9999"),
    mark("{day} {step} months leaves the calendar: years run from 0001 to 9999"),
    mark("{due}: {waits}"),
)
MILESTONES = (
    mark("last day to give notice before term {n}"),
    mark("renews by itself for term {n}"),
    mark("expires: last day of term {n}"),
    mark("enters into force"),
    mark("comes into effect"),
)
PLAIN = {"indefinite": mark("It has no end."), "no last day is known": mark("No last day is known.")}


def why(
    reason: dict[str, Any], ref: str, kind: str, hidden: Collection[str] = (), *, by_rule: bool = False
) -> tuple[str, ...]:
    """The reason of a value derived for agreement ``ref`` in one or two plain sentences.

    ``by_rule`` leads the rule in as one; references in ``hidden`` are not named.
    """
    if reason["rule"] in PLAIN:
        return (_(PLAIN[reason["rule"]]),)
    facts = list(dict.fromkeys(_fact(item, ref, kind, hidden) for item in _facts(reason)))
    recorded = _("Recorded: {facts}.").format(facts=phrases.listed(facts))
    if facts and not reason["arithmetic"]:
        return (recorded,)
    clause = "" if reason["section"].startswith("section ") else reason["section"]
    rule, how = said(reason["rule"], RULES), arithmetic(reason["arithmetic"] or reason["result"])
    if by_rule:
        sentence = _("By the rule “{rule}” ({clause}): {how}.") if clause else _("By the rule “{rule}”: {how}.")
    else:
        rule = phrases.capital(rule)
        sentence = _("{rule} ({clause}): {how}.") if clause else _("{rule}: {how}.")
    sentence = sentence.format(rule=rule, clause=clause, how=how)
    return (sentence, recorded) if facts else (sentence,)


def waits(text: str) -> str:
    """What an obligation waits for before it can fall due."""
    return said(text, WAITS)


def milestone(text: str) -> str:
    """What happens on a day to watch: ``expires: last day of term 2``."""
    return said(text, MILESTONES)


def arithmetic(text: str) -> str:
    """How a day was counted, with a minus sign where a hyphen stands for one."""
    found = re.fullmatch(r"([0-9]+) of ([0-9]+) parties left, fewer than two", text)
    if found:
        whole = int(found[2])
        message = ngettext(
            "{n} of {all} party left, fewer than two", "{n} of {all} parties left, fewer than two", whole
        )
        return message.format(n=phrases.count(int(found[1])), all=phrases.count(whole))
    return said(text, ARITHMETIC).replace(" - ", " − ")


def said(text: str, messages: Sequence[str]) -> str:
    """The text in the words of the first message that reads it; a text that none reads as it is."""
    for message in messages:
        found = _pattern(message).fullmatch(text)
        if found is None:
            continue
        try:
            values = {place: _PLACES[place][1](value) for place, value in found.groupdict().items()}
        except (ValueError, BadInput):
            continue
        return _(message).format(**values)
    return phrases.days(text)


@cache
def _pattern(message: str) -> re.Pattern[str]:
    parts = re.split(r"\{([a-z]+)\}", message)
    read = [re.escape(part) if at % 2 == 0 else f"(?P<{part}>{_PLACES[part][0]})" for at, part in enumerate(parts)]
    return re.compile("".join(read))


def _number(text: str) -> str:
    return phrases.count(int(text.replace(",", "")))


def _names(text: str) -> str:
    return phrases.listed(text.split(" and "))


def _due(text: str) -> str:
    """A due rule in words. Raises BadInput where the text is none."""
    parse_schedule(text)
    return schedules.due(text)


_PLACES: dict[str, tuple[str, Callable[[str], str]]] = {
    "n": ("[0-9][0-9,]*", _number),
    "all": ("[0-9]+", _number),
    "times": ("[0-9]+", _number),
    "day": (_DATE, phrases.day),
    "other": (_DATE, phrases.day),
    "length": ("[0-9].*?", lambda text: schedules.length(parse_duration(text))),
    "notice": ("[0-9].*", lambda text: schedules.notice(parse_notice(text))),
    "ordinal": ("[0-9]+(?:st|nd|rd|th)", lambda text: schedules.ordinal(int(text[:-2]))),
    "entry": (".+", lambda text: schedules.entry(parse_entry_rule(text))),
    "anchor": ("[^:]+?", schedules.anchor),
    "event": ("[a-z-]+", codes.happened),
    "ref": ("[A-Z][0-9]+", str),
    "refs": ("O[0-9]+(?: and O[0-9]+)*", _names),
    "due": (r"[^:]+|RRULE:\S+(?: from \S+)?", _due),
    "step": (r"[+-][0-9]+", str),
    "sum": (".+", lambda text: said(text, ARITHMETIC)),
    "waits": (".+", waits),
}
"""What may stand in a place of a message: how it is written by the rules, and how it is said."""


def _facts(reason: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from reason["facts"]
    for cause in reason["because"]:
        yield from _facts(cause)


def _fact(item: dict[str, Any], ref: str, kind: str, hidden: Collection[str]) -> str:
    own = re.fullmatch(r"E[0-9]+", item["ref"])
    values = {
        "what": phrases.event(item["what"], kind) if own else said(item["what"], FACTS),
        "party": item["party"],
        "on_day": phrases.on(item["on"]),
        "ref": item["ref"],
    }
    if own:
        message = _("{what} by {party} {on_day} ({ref})") if item["party"] else _("{what} {on_day} ({ref})")
        return message.format(**values)
    if item["ref"] == ref:
        return (_("{what} by {party} {on_day}") if item["party"] else _("{what} {on_day}")).format(**values)
    values["ref"] = _("a confidential agreement") if item["ref"] in hidden else item["ref"]
    return (_("{ref} {what} by {party} {on_day}") if item["party"] else _("{ref} {what} {on_day}")).format(**values)
