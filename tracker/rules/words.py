"""Words for months and numbers in English, Spanish, French and Portuguese. Holds no date
arithmetic.

Words are compared *folded*: lower case, without accents (``fold``). ``NFD`` and not ``NFKD``, so
that full-width letters and digits stay what they are and are refused.
"""

from __future__ import annotations

import unicodedata

_MONTHS = (
    "january jan janv janvier enero ene janeiro",
    "february feb febrero fevrier fev fevr fevereiro",
    "march mar marzo mars marco",
    "april apr abril abr avril avr",
    "may mayo mai maio",
    "june jun junio juin junho",
    "july jul julio juillet juil julho",
    "august aug agosto ago aout",
    "september sep sept septiembre setiembre set septembre setembro",
    "october oct octubre octobre out outubro",
    "november nov noviembre novembre novembro",
    "december dec diciembre dic decembre dez dezembro",
)
MONTH_NAMES = tuple(names.split()[0].capitalize() for names in _MONTHS)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_TENS = (
    "twenty twentieth",
    "thirty thirtieth",
    "forty fortieth",
    "fifty fiftieth",
    "sixty sixtieth",
    "seventy seventieth",
    "eighty eightieth",
    "ninety ninetieth",
)
_ORDINAL_OF = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
for _tens, (_cardinal, _ordinal) in enumerate(map(str.split, _TENS), 2):
    _ORDINAL_OF[_ordinal] = 10 * _tens
    for _one, _word in enumerate(_ORDINALS.split()[:9], 1):
        _ORDINAL_OF[f"{_cardinal}-{_word}"] = 10 * _tens + _one
_NUMBERS = (
    "one un una une um uma",
    "two dos deux dois duas",
    "three tres trois",
    "four cuatro quatre quatro",
    "five cinco cinq",
    "six seis",
    "seven siete sept sete",
    "eight ocho huit oito",
    "nine nueve neuf nove",
    "ten diez dix dez",
    "eleven once onze",
    "twelve doce douze doze",
)
_NUMBER_OF = {name: number for number, names in enumerate(_NUMBERS, 1) for name in names.split()}


def fold(text: str) -> str:
    """The text in lower case and without accents, for comparing words."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def month_number(word: str) -> int | None:
    """1..12 for a folded month name or usual abbreviation (also with a dot), else None."""
    return _MONTH_OF.get(word.removesuffix("."))


def number_word(word: str) -> int | None:
    """1..12 for a folded number word, else None."""
    return _NUMBER_OF.get(word)


def ordinal_number(word: str) -> int | None:
    """The number of a folded ordinal, ``40th`` or ``fortieth`` (up to 99 in words), else None."""
    digits = word[:-2]
    if word[-2:] in ("st", "nd", "rd", "th") and digits.isascii() and digits.isdecimal():
        return int(digits) if len(digits) <= 4 and int(digits) > 0 else None
    return _ORDINAL_OF.get(word)


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``11th``, ``40th``: the canonical way an ordinal is printed."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def plural(number: int, unit: str) -> str:
    """``1 day``, ``3 days``."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
