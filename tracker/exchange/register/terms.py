"""What a cell says about how long an agreement lasts: a length, an end, no end, renewal by itself or by agreement.

Registers write it in any of the columns for end, duration and renewal, in four languages, alone or together:
``5 Years``, ``36 meses``, ``auto renew``, ``unlimited``, ``Till consent``, ``Auto-renewable after 5 years``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tracker.exchange.register import term_words as w
from tracker.rules.durations import Duration
from tracker.rules.words import fold, number_word

_TERM, _PERIOD, _NOTICE, _UNSURE = "term", "renewed term", "notice", "unsure"
"""What a length measures; unsure where the words around it make it another."""

_BARE_NUMBER = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Lasting:
    """What one cell says: each part is None where it says nothing of it.

    ``renewal`` is ``tacit``, ``express`` or ``none``; ``period`` is the length of a renewed term where it is said
    beside another. ``whole`` is False where the cell has more words than were understood.
    """

    duration: Duration | None = None
    indefinite: bool = False
    renewal: str | None = None
    period: Duration | None = None
    whole: bool = True

    @property
    def says_something(self) -> bool:
        return bool(self.duration or self.indefinite or self.renewal)


@lru_cache(maxsize=1024)
def read_lasting(text: str, unit: str | None = None) -> Lasting:
    """What the text says of duration, end and renewal. ``unit`` (``years``, ``months`` ...) is that of bare numbers.

    Says nothing (``says_something`` is False) of a text without such words; raises nothing.
    """
    folded = " ".join(re.sub(r"[’'`]", " ", fold(text)).split())
    if _BARE_NUMBER.fullmatch(folded) and unit:
        return Lasting(_duration(folded, unit))
    lengths = _lengths(folded)
    rest = w.CONDITION.sub(" ", folded)
    until = bool(w.UNTIL.search(rest))
    indefinite = bool(w.INDEFINITE.search(rest))
    rest = w.INDEFINITE.sub(" ", rest)
    refused = bool(w.NOT_RENEWED.search(rest))
    rest = w.NOT_RENEWED.sub(" ", rest)
    tacit = bool(w.TACIT.search(rest))
    rest = w.TACIT.sub(" ", rest)
    express = bool(not tacit and w.EXPRESS.search(rest))
    rest = w.EXPRESS.sub(" ", rest)
    rest = w.LENGTH.sub(lambda found: " " if _of_match(found) else found[0], rest)
    renewal = "none" if refused else "tacit" if tacit else "express" if express else None
    if renewal in ("tacit", "express"):
        rest = w.RENEWAL.sub(" ", rest)
    rest = w.CONNECTING.sub(" ", rest)
    terms, periods = lengths[_TERM], lengths[_PERIOD]
    doubtful = bool(w.QUALIFIED.search(folded)) or _contradicts_itself(folded)
    sure = (
        not doubtful
        and not lengths[_UNSURE]
        and not re.search(r"[0-9]", rest)
        and len(terms) <= 1
        and len(periods) <= 1
    )
    period = periods[0] if periods and sure and renewal in ("tacit", "express") else None
    whole = sure and not re.search(r"[a-z]", rest) and not lengths[_NOTICE] and bool(period) == bool(periods)
    return Lasting(
        duration=terms[0] if terms and sure else None,
        indefinite=indefinite and not terms,
        renewal=renewal,
        period=period,
        whole=whole and not (indefinite and (terms or until)) and not (refused and (tacit or express)),
    )


def _contradicts_itself(folded: str) -> bool:
    """``5 (four) years``: the word in brackets is another number."""
    return any(
        number_word(word) not in (None, int(number)) for number, word in re.findall(r"([0-9]+) ?\(([a-z]+)\)", folded)
    )


def _lengths(folded: str) -> dict[str, list[Duration]]:
    """The lengths in a text by what they measure; ``1 year and 6 months`` is one."""
    found: dict[str, list[Duration]] = {name: [] for name in (_TERM, _PERIOD, _NOTICE, _UNSURE)}
    last, kind = 0, ""
    for match in w.LENGTH.finditer(folded):
        length = _of_match(match)
        before, after = folded[: match.start()], folded[match.end() :]
        if length is None:
            continue
        if kind and w.JOINING.fullmatch(folded[last : match.start()]) and _is_smaller(length, found[kind][-1]):
            found[kind][-1] += length
        else:
            kind = _kind(before, after)
            found[kind].append(length)
        last = match.end()
    return found


def _kind(before: str, after: str) -> str:
    """What a length between these texts measures."""
    if w.COUNTED_ON.search(before):
        return _UNSURE
    if w.NOTICE_AFTER.match(after) or w.NOTICE_BEFORE.search(before):
        return _NOTICE
    renewed = list(w.RENEWAL.finditer(before))
    between = before[renewed[-1].end() :] if renewed else ""
    if w.CONDITIONED.search(between):
        return _NOTICE
    if renewed and not w.EACH_TERM.search(between) and not re.search(r"[.;]|^ ?, ?$", between):
        return _PERIOD
    return _TERM


def _is_smaller(length: Duration, than: Duration) -> bool:
    return bool(than.years and not than.months and length.months and not length.years) or bool(
        (than.years or than.months) and not than.days and length.days and not length.months and not length.years
    )


def read_renewal(text: str, unit: str | None = None, heading: str = "") -> Lasting:
    """As ``read_lasting`` for a cell of a renewal column, where ``yes`` and ``no`` are answers to its heading too."""
    folded = " ".join(fold(text).split()).strip(" .")
    if w.NO.fullmatch(folded):
        return Lasting(renewal="none")
    if w.YES.fullmatch(folded):
        tacit = "auto" in folded or read_lasting(heading).renewal == "tacit"
        return Lasting(renewal="tacit" if tacit else None, whole=tacit)
    return read_lasting(re.sub(r"^\W*(yes|s[ií]|oui|sim)\b[\s,.:;–-]+", "", text, flags=re.IGNORECASE), unit)


def unit_in(heading: str) -> str | None:
    """The unit that a heading names: ``Tiempo Conv. (Anos)`` counts years; None where it names none."""
    words = [word for word in re.split(r"[^a-z]+", fold(heading)) if len(word) > 1]
    units = {w.UNIT_OF[word] for word in words if word in w.UNIT_OF}
    return units.pop() if len(units) == 1 else None


def _of_match(found: re.Match[str]) -> Duration | None:
    if found["number"]:
        unit = w.UNIT_OF[found["unit"]]
        return _duration(found["number"], unit)
    number = number_word(found["word"])
    if found["again"] and number != int(found["again"]):
        number = None if number else int(found["again"])
    return _duration(str(number), w.UNIT_OF[found["unit2"]]) if number else None


def _duration(number: str, unit: str) -> Duration | None:
    """So many of a unit; parts of years and weeks where they come to whole months and days."""
    count = Fraction(number.replace(",", "."))
    if count.denominator == 1:
        return Duration(**{unit: int(count)}) if count else None
    smaller, times = {"years": ("months", 12), "weeks": ("days", 7)}.get(unit, ("", 1))
    parts = count * times
    return Duration(**{smaller: int(parts)}) if smaller and parts.denominator == 1 else None
