"""Finds a person in free text: by name, whatever case and accents, by e-mail address and by telephone number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tracker.models.keys import fold

ERASED = "[erased]"
"""What stands in the place of what was erased."""

_SHORTEST_PHONE = 5


class Mentions:
    """What one person is called and reached by; whole words only, so that ``Ana`` is not found in ``Panama``."""

    def __init__(self, names: Iterable[str], emails: Iterable[str] = (), phones: Iterable[str] = ()) -> None:
        patterns = [*map(_name, names), *map(_email, emails), *map(_phone, phones)]
        found = sorted({pattern for pattern in patterns if pattern}, key=len, reverse=True)
        self._pattern = re.compile("|".join(found) or r"(?!)")

    def found_in(self, text: str) -> bool:
        """Whether the text names the person."""
        return self._pattern.search(_plain(text)[0]) is not None

    def erased_from(self, text: str) -> str:
        """The text with ``[erased]`` in place of each mention; itself where there is none."""
        plain, places = _plain(text)
        parts, end = [], 0
        for match in self._pattern.finditer(plain):
            first, last = places[match.start()], places[match.end() - 1] + 1
            while last < len(text) and unicodedata.combining(text[last]):
                last += 1
            parts += [text[end:first], ERASED]
            end = last
        return "".join([*parts, text[end:]]) if parts else text


def _plain(text: str) -> tuple[str, range | list[int]]:
    """The text without case and accents, and the place in it that each character comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    plain, places = [], []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(part):
                plain.append(part)
                places.append(place)
    return "".join(plain), places


def _name(name: str) -> str:
    words = r"[\W_]+".join(re.escape(word) for word in fold(name).split())
    return rf"(?<![^\W_]){words}(?![^\W_])" if words else ""


def _email(address: str) -> str:
    plain = re.escape(_plain(address.strip())[0])
    return rf"(?<![\w.+-]){plain}(?![\w-])" if plain else ""


def _phone(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    spaced = r"[\s()./-]*".join(digits)
    return rf"\+?(?<!\d){spaced}(?!\d)" if len(digits) >= _SHORTEST_PHONE else ""
