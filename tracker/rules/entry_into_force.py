"""When an agreement enters into force, as its text says it: read, printed, applied (docs/rules.md, section 5).

Holds neither events nor parties: ``in_force`` finds the anchor (the signature or consent), the rule
here counts from it. The sources are the final clauses of treaties (Vienna Convention, article 24).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.errors import BadInput
from tracker.rules.dates import WrittenDate, add_months, parse_date
from tracker.rules.durations import Duration, parse_duration
from tracker.rules.words import fold, ordinal, ordinal_number

FORMS = (
    "a date, 'on signature', 'on consent', 'on the 2nd consent', '30 days after signature', "
    "'90 days after the 40th consent', 'on the 90th day after the 40th consent' or "
    "'first day of the month following 3 months after the 20th consent'"
)
_LONGEST = 150
_FIRST_OF_MONTH = re.compile(
    r"(?:on )?(?:the )?first day of the (?:calendar )?month (?:following|after) "
    r"(?:(?:the )?(?:expiry|expiration) of )?(?:a period of )?(.+)"
)
_NTH_DAY = re.compile(r"(?:on )?(?:the )?(\S+) day (?:after|following) (.+)")
_AFTER = re.compile(r"(.+?) (?:after|following) (.+)")
_ANCHOR = re.compile(r"(?:the )?(?:date of |day of )?(?:the )?(?:(\S+) )?(signature|consent)")


@dataclass(frozen=True, slots=True)
class EntryRule:
    """A date ``on``, or an ``anchor`` (``signature``, ``consent``) and what is counted from it.

    ``nth`` is the number of the consent needed; None means the last needed, of every party.
    ``first_of_month`` moves to the first day of the month following the day so counted, also where
    that day is itself the first of a month. ``str`` gives words that parse to the same rule.
    """

    on: WrittenDate | None = None
    anchor: str = ""
    nth: int | None = None
    after: Duration | None = None
    first_of_month: bool = False

    def applied_to(self, anchor: WrittenDate) -> WrittenDate:
        """The day of entry into force for this anchor, lower bound to lower and upper to upper."""
        if anchor.lower is None or anchor.upper is None:
            return anchor
        return WrittenDate.between(self._counted(anchor.lower), self._counted(anchor.upper))

    def anchor_words(self) -> str:
        """``signature``, ``consent`` or ``the 40th consent``."""
        return f"the {ordinal(self.nth)} {self.anchor}" if self.nth else self.anchor

    def _counted(self, day: date) -> date:
        day = self.after.after(day) if self.after else day
        return add_months(day.replace(day=1), 1) if self.first_of_month else day

    def __str__(self) -> str:
        if self.on:
            return self.on.text
        counted = f"{self.after} after {self.anchor_words()}" if self.after else self.anchor_words()
        if self.first_of_month:
            return f"first day of the month following {counted}"
        return counted if self.after else f"on {counted}"


@lru_cache(maxsize=1024)
def parse_entry_rule(text: str, field: str = "entry into force") -> EntryRule:
    """An entry-into-force provision from words or a date (strict forms, also partial).

    ``on the 90th day after`` is the same as ``90 days after``; ``last signature`` and ``last
    consent`` are ``signature`` and ``consent``. Raises BadInput for anything else.
    """
    if len(text) > _LONGEST or not text.isprintable():
        raise BadInput(field, text, f"is not understood: write {FORMS}")
    folded = " ".join(fold(text).split())
    if folded[:1].isdigit() and " " not in folded:
        return EntryRule(on=_known(parse_date(text, field), text, field))
    if found := _FIRST_OF_MONTH.fullmatch(folded):
        counted = _AFTER.fullmatch(found[1])
        length = parse_duration(counted[1], field) if counted else None
        anchor, nth = _anchor(counted[2] if counted else found[1], text, field)
        return EntryRule(anchor=anchor, nth=nth, after=length, first_of_month=True)
    if found := _NTH_DAY.fullmatch(folded):
        days = ordinal_number(found[1])
        if days is None or days > 999:
            raise BadInput(field, text, f"does not say which day: write {FORMS}")
        anchor, nth = _anchor(found[2], text, field)
        return EntryRule(anchor=anchor, nth=nth, after=Duration(days=days))
    if found := _AFTER.fullmatch(folded):
        anchor, nth = _anchor(found[2], text, field)
        return EntryRule(anchor=anchor, nth=nth, after=parse_duration(found[1], field))
    anchor, nth = _anchor(folded.removeprefix("on "), text, field)
    return EntryRule(anchor=anchor, nth=nth)


def _known(on: WrittenDate, text: str, field: str) -> WrittenDate:
    if on.lower is None:
        raise BadInput(field, text, "is no rule: leave the provision out where it is not known")
    return on


def _anchor(words: str, text: str, field: str) -> tuple[str, int | None]:
    """``signature`` or ``consent`` and the number of the consent, None for the last needed."""
    found = _ANCHOR.fullmatch(words)
    if not found:
        raise BadInput(field, text, f"is not understood: write {FORMS}")
    if found[1] in (None, "last"):
        return found[2], None
    number = ordinal_number(found[1])
    if number is None:
        raise BadInput(field, text, f"is not understood: {found[1]!r} is no ordinal", f"write {FORMS}")
    if found[2] == "signature":
        raise BadInput(field, text, "counts signatures: only consents are counted", f"write {FORMS}")
    return found[2], number
