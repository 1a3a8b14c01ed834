"""Numbers as headings write them: ``3``, ``IV``, ``tercera``, ``premier``, ``Twenty-first``; up to 30 in words."""

from __future__ import annotations

import re
from functools import cache

from tracker.models.keys import fold

LARGEST_WORD = 30
"""The largest number that is read in words."""

_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}

_ENGLISH = (
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty""".split(),  # noqa: SIM905
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split(),  # noqa: SIM905
)
_FRENCH = (
    """un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
    dix-neuf vingt""".split(),  # noqa: SIM905
    """premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième
    treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième""".split(),  # noqa: SIM905
)
_SPANISH = """uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
    dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete
    veintiocho veintinueve treinta""".split()  # noqa: SIM905
_SPANISH_ORDINALS = "primer segund tercer cuart quint sext séptim octav noven".split()  # noqa: SIM905


def number_in_words(text: str) -> int | None:
    """The number from 1 to 30 that ``text`` says in English, Spanish or French, cardinal or ordinal, in any case and
    with or without accents and hyphens (``décima tercera``, ``vingt et unième``, ``Article One``); else None."""
    return _words().get(fold(text))


def roman(text: str) -> int | None:
    """The number a Roman numeral in capitals stands for, written as the rule has it (``IV``, not ``IIII``)."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def word_pattern() -> str:
    """A regular expression (to be used without regard to case) for every number in words, the longest first."""
    parts = sorted(_written(), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]").replace(r"\-", r"[\s-]") for word in parts)


@cache
def _written() -> dict[str, int]:
    """Every spelling with the number it means; hyphens stand for a space as well."""
    found: dict[str, int] = {}
    for cardinals, ordinals in (_ENGLISH, _FRENCH):
        for number, word in [*enumerate(cardinals, 1), *enumerate(ordinals, 1)]:
            found[word] = number
    for number in range(1, 10):
        found[f"twenty-{_ENGLISH[0][number - 1]}"] = 20 + number
        found[f"twenty-{_ENGLISH[1][number - 1]}"] = 20 + number
        joint = "vingt-et-" if number == 1 else "vingt-"
        found[f"{joint}{_FRENCH[0][number - 1]}"] = 20 + number
        found[f"{joint}{'unième' if number == 1 else _FRENCH[1][number - 1]}"] = 20 + number
    found |= {"thirty": 30, "thirtieth": 30, "trente": 30, "trentième": 30}
    found |= {"première": 1, "second": 2, "seconde": 2, "une": 1, "una": 1, "veintiún": 21, "veintiuna": 21}
    found |= dict(zip(_SPANISH, range(1, 31), strict=True))
    found |= {"primer": 1, "tercer": 3}
    endings = "oa"
    for gender in endings:
        units: list[tuple[int, str]] = [(place, f"{stem}{gender}") for place, stem in enumerate(_SPANISH_ORDINALS, 1)]
        units.append((7, f"sétim{gender}"))
        found |= {word: place for place, word in units}
        found |= {f"décim{gender}": 10, f"undécim{gender}": 11, f"duodécim{gender}": 12}
        found |= {f"vigésim{gender}": 20, f"trigésim{gender}": 30}
        for ten, stem in ((10, "décim"), (20, "vigésim")):
            for other in endings:  # "vigésimo primera" is written as well
                for place, unit in units:
                    found[f"{stem}{other} {unit}"] = ten + place
                    found[f"{fold(stem)}{other}{unit}"] = ten + place
                    found[f"{fold(stem)}{other}{unit}".replace("ooct", "oct")] = ten + place  # decimoctava
    return found | {_plain(word): number for word, number in found.items()}


def _plain(word: str) -> str:
    """The word without its accents, hyphens kept."""
    return "-".join(fold(part) for part in word.split("-"))


@cache
def _words() -> dict[str, int]:
    return {fold(word): number for word, number in _written().items()}
