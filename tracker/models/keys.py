"""How people and parties are told apart: one folding of names for parties, people and search words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

NO_EMAIL = "none"
"""Written in records for the e-mail of somebody who has none, where another of the same name has one."""


_NO_LETTERS = {sign: " " for sign in range(128) if not chr(sign).isalnum()}


@lru_cache(maxsize=1024)
def fold(name: str) -> str:
    """The name without case, accents, punctuation and repeated spaces; itself where nothing else is left."""
    if name.isascii():
        kept = name.lower().translate(_NO_LETTERS)
    else:
        plain = unicodedata.normalize("NFKD", name.casefold())
        kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split()) or name.strip().casefold()
