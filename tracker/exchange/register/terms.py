"""What a cell says about how long an agreement lasts: a length, an end, no end, renewal by itself or by agreement.

Registers write it in any of the columns for end, duration and renewal, in four languages, alone or together:
``5 Years``, ``36 meses``, ``auto renew``, ``unlimited``, ``Till consent``, ``Auto-renewable after 5 years``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tracker.exchange.register import term_words as w
from tracker.rules.durations import Duration
from tracker.rules.words import fold, number_word

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


def read_lasting(text: str, unit: str | None = None) -> Lasting:
    """What the text says of duration, end and renewal. ``unit`` (``years``, ``months`` ...) is that of bare numbers.

    Says nothing (``says_something`` is False) of a text without such words; raises nothing.
    """
    folded = " ".join(re.sub(r"[’'`]", " ", fold(text)).split())
    if _BARE_NUMBER.fullmatch(folded) and unit:
        return Lasting(_duration(folded, unit))
    rest = folded
    refused = bool(w.NOT_RENEWED.search(rest))
    rest = w.NOT_RENEWED.sub(" ", rest)
    until = bool(w.UNTIL.search(rest))
    indefinite = bool(w.INDEFINITE.search(rest))
    rest = w.INDEFINITE.sub(" ", rest)
    tacit = bool(w.TACIT.search(rest))
    rest = w.TACIT.sub(" ", rest)
    express = bool(not tacit and w.EXPRESS.search(rest))
    rest = w.EXPRESS.sub(" ", rest)
    lengths: list[Duration] = []
    for found in w.LENGTH.finditer(rest):
        length = _of_match(found)
        if length:
            lengths.append(length)
    rest = w.LENGTH.sub(lambda found: " " if _of_match(found) else found[0], rest)
    lengths = _joined(lengths, folded)
    rest = w.CONNECTING.sub(" ", rest)
    whole = not re.search(r"[a-z0-9]", rest) and len(lengths) <= 2 - (not (tacit or express))
    renewal = "none" if refused else "tacit" if tacit else "express" if express else None
    return Lasting(
        duration=lengths[0] if lengths else None,
        indefinite=indefinite and not lengths,
        renewal=renewal,
        period=lengths[1] if renewal in ("tacit", "express") and len(lengths) > 1 else None,
        whole=whole and not (indefinite and (lengths or until)) and not (refused and (tacit or express)),
    )


def read_renewal(text: str, unit: str | None = None) -> Lasting:
    """As ``read_lasting`` for a cell of a renewal column, where ``yes`` and ``no`` are answers too."""
    folded = " ".join(fold(text).split()).strip(" .")
    if w.NO.fullmatch(folded):
        return Lasting(renewal="none")
    if w.YES.fullmatch(folded):
        return Lasting(renewal="tacit" if "auto" in folded else None, whole="auto" in folded)
    return read_lasting(text, unit)


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
    return _duration(str(number), w.UNIT_OF[found["unit2"]]) if number else None


def _duration(number: str, unit: str) -> Duration | None:
    """So many of a unit; parts of years and weeks where they come to whole months and days."""
    count = Fraction(number.replace(",", "."))
    if count.denominator == 1:
        return Duration(**{unit: int(count)}) if count else None
    smaller, times = {"years": ("months", 12), "weeks": ("days", 7)}.get(unit, ("", 1))
    parts = count * times
    return Duration(**{smaller: int(parts)}) if smaller and parts.denominator == 1 else None


def _joined(lengths: list[Duration], folded: str) -> list[Duration]:
    """``1 year and 6 months`` as one length; two of the same unit stay two."""
    if (
        len(lengths) == 2
        and not (lengths[0].years and lengths[1].years)
        and not (lengths[0].months and lengths[1].months)
    ):
        first, second = lengths
        if (
            first.years
            and (second.months or second.days)
            and not re.search(r"renew|renov|recondu|prorrog|renouvel", folded)
        ):
            return [first + second]
    return lengths
