"""Amounts in the cells of a column: the column decides whether comma or point stands before decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.errors import BadInput
from tracker.exchange.register.sheet import Broken, Value, as_text

_CURRENCIES = {
    sign: code
    for code, signs in {
        "USD": "us$ usd u$s",
        "BRL": "r$ brl",
        "EUR": "€ eur euros euro",
        "GBP": "£ gbp",
        "PEN": "s/ s/. pen",
        "PAB": "b/. b/ pab",
        "CAD": "cad cad$ c$",
        "CHF": "chf",
        "XOF": "xof fcfa",
        "XAF": "xaf",
        "THB": "thb ฿",
        "COP": "cop",
        "MXN": "mxn",
        "CLP": "clp",
        "CRC": "crc ₡",
        "JPY": "jpy ¥",
        "INR": "inr ₹",
        "AUD": "aud",
        "SEK": "sek",
        "NOK": "nok",
        "DKK": "dkk",
    }.items()
    for sign in signs.split()
}
_LONGEST_FIRST = tuple(sorted(_CURRENCIES, key=len, reverse=True))
_DIGIT = re.compile("[0-9]")
_PERCENT = re.compile(r"\s*(%|per ?cent|por ciento|por cento|pour cent)$", re.IGNORECASE)


@dataclass
class Decimals:
    """What a column's texts say about the sign before decimals; ``add`` takes cells one by one."""

    comma: int = 0
    point: int = 0
    either: int = 0

    def add(self, value: Value) -> None:
        if not isinstance(value, str) or (number := _bare(as_text(value))[0]) is None:
            return
        sign = _decimal_sign(number)
        self.comma += sign == ","
        self.point += sign == "."
        self.either += sign == "?"

    @property
    def sign(self) -> str | None:
        """``,`` or ``.`` where the column proves one and only one; else None."""
        if bool(self.comma) == bool(self.point):
            return None
        return "," if self.comma else "."


def read_amount(value: Value, decimal: str | None, field: str) -> tuple[str, str | None]:
    """The number in a cell as digits with a point before decimals, and its currency or unit where one is written.

    ``decimal`` is the column's decimal sign or None. Raises BadInput for what is no number, and for what can be two
    (``1.234`` where nothing says what the point means).
    """
    if isinstance(value, Broken):
        raise BadInput(field, "", value.reason)
    text = as_text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _digits(
            f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value), text, field
        ), None
    bare, unit = _bare(text)
    if bare is None:
        raise BadInput(field, text, "is not an amount: write digits, with a currency before or after them")
    sign: str | None = _decimal_sign(bare)
    if sign == "?":
        sign = decimal
        if sign is None:
            raise BadInput(
                field,
                text,
                "can be two numbers",
                "say which sign stands before decimals with --decimal , or --decimal .",
            )
    elif sign in (",", ".") and decimal in (",", ".") and sign != decimal:
        raise BadInput(field, text, f"has {sign} before decimals, where this column has {decimal}")
    whole, _, decimals = bare.partition(sign) if sign else (bare, "", "")
    if not re.fullmatch(r"-?[0-9]+|-?[0-9]{1,3}([., '][0-9]{2,3})*[., '][0-9]{3}", whole):
        raise BadInput(field, text, "is not an amount: its digits stand in no groups of three")
    plain = re.sub(r"[., ']", "", whole)
    return _digits(f"{plain}.{decimals}" if decimals else plain, text, field), unit


def is_number(text: str) -> bool:
    """Whether a text is digits and separators, with a currency perhaps; other words make it none."""
    return _bare(text)[0] is not None


def unit_in_heading(heading: str) -> str | None:
    """The currency that a heading names: ``Amount (USD)``."""
    for word in re.split(r"[\s()\[\],;:-]+", heading.casefold()):
        if word in _CURRENCIES:
            return _CURRENCIES[word]
    return None


def _bare(text: str) -> tuple[str | None, str | None]:
    """The digits and separators of an amount, and its unit; None where it has other words."""
    if not _DIGIT.search(text):
        return None, None
    folded = " ".join(text.casefold().split())
    unit = "%" if _PERCENT.search(folded) else None
    folded = _PERCENT.sub("", folded) if unit else folded
    marked = folded.startswith(_LONGEST_FIRST) or folded.endswith(_LONGEST_FIRST)
    for name in _LONGEST_FIRST if marked else ():
        if folded.startswith(name) and not folded[len(name) :][:1].isalpha():
            folded, unit = folded[len(name) :], _CURRENCIES[name]
            break
        if folded.endswith(name) and not folded[: -len(name)][-1:].isalpha():
            folded, unit = folded[: -len(name)], _CURRENCIES[name]
            break
    folded = folded.strip().removeprefix("$").strip().removesuffix(",-").removesuffix(".-")
    return (folded, unit) if re.fullmatch(r"-?[0-9][0-9.,' ]*", folded) else (None, None)


def _decimal_sign(number: str) -> str:
    """``,`` or ``.`` before decimals, ``""`` for none, ``?`` where one sign before three digits could be either."""
    number = number.lstrip("-")
    commas, points = number.count(","), number.count(".")
    if commas and points:
        return "," if number.rfind(",") > number.rfind(".") else "."
    for count, sign in ((commas, ","), (points, ".")):
        if count > 1:
            return {",": ".", ".": ","}[sign]
        if count == 1:
            before, after = number.split(sign)
            grouped = len(after) == 3 and 1 <= len(before.replace(" ", "")) <= 3 and not before.startswith("0")
            return "?" if grouped else sign
    return ""


def _digits(plain: str, text: str, field: str) -> str:
    if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,6})?", plain):
        raise BadInput(field, text, "is not an amount: expected up to 18 digits and six decimals")
    return plain
