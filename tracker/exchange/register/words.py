"""Words in cells: kinds, countries, scope areas and statuses by the names offices give them; lists and empty marks."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from tracker import paths
from tracker.exchange.register.sheet import Value, as_text
from tracker.models.enums import AgreementKind, PartyKind
from tracker.models.keys import fold
from tracker.store.reference_data import codes_by_name, countries

_NUMBERED = re.compile(r"(?:^|\n|(?<=[.;,] )|(?<= ))\(?[0-9]{1,2}[.)]\s+")
_SEPARATED = re.compile(r"\s*(?:;|\n|\|)\s*")
_LIST_OF_WORDS = re.compile(r"\s*(?:;|\n|\||,|/| & | and | y | et | e )\s*")
_EMAIL = re.compile(r"[^\s<>()\[\],;:\"/]+@[^\s<>()\[\],;:\"/]+\.[A-Za-z]{2,}")
_AGREEMENT_KINDS = frozenset(kind.value.replace("-", " ") for kind in AgreementKind)
_PARTY_KIND_CODES = frozenset(kind.value.replace("-", " ") for kind in PartyKind)
_PARTY_KINDS = {
    "state": PartyKind.STATE,
    "country": PartyKind.STATE,
    "ministry": PartyKind.MINISTRY,
    "ministerio": PartyKind.MINISTRY,
    "ministere": PartyKind.MINISTRY,
    "agency": PartyKind.AGENCY,
    "university": PartyKind.ACADEMIC,
    "universidad": PartyKind.ACADEMIC,
    "universite": PartyKind.ACADEMIC,
    "academic": PartyKind.ACADEMIC,
    "academia": PartyKind.ACADEMIC,
    "ngo": PartyKind.NGO,
    "ong": PartyKind.NGO,
    "company": PartyKind.PRIVATE_SECTOR,
    "empresa": PartyKind.PRIVATE_SECTOR,
    "private": PartyKind.PRIVATE_SECTOR,
    "private sector": PartyKind.PRIVATE_SECTOR,
    "municipality": PartyKind.LOCAL_AUTHORITY,
    "municipio": PartyKind.LOCAL_AUTHORITY,
    "igo": PartyKind.INTERGOVERNMENTAL_ORGANIZATION,
    "international organization": PartyKind.INTERGOVERNMENTAL_ORGANIZATION,
}


@cache
def _spellings(name: str) -> dict[str, str]:
    """The code of each spelling on one of the lists in ``db/reference/spellings.csv``, folded."""
    with (paths.REFERENCE / "spellings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["list"] == name]
    return {_key(word): row["code"] for row in rows for word in row["spellings"].split("|")}


@cache
def _names(file_name: str) -> dict[str, str]:
    """The code of each name in a list with columns code, en, es, fr and pt."""
    with (paths.REFERENCE / file_name).open(encoding="utf-8", newline="") as file:
        return {fold(row[lang]): row["code"] for row in csv.DictReader(file) for lang in ("en", "es", "fr", "pt")}


def said(value: Value) -> str:
    """The text of a cell; empty also for the ways to write that there is nothing to say (``-``, ``n/a``)."""
    text = as_text(value)
    return "" if len(text) <= 40 and _key(text) in _spellings("empty") else text


def kind_named(text: str) -> str | None:
    """The kind of agreement with this code or name, in four languages; None where it is none of them."""
    key = fold(text)
    if key in _AGREEMENT_KINDS:
        return key.replace(" ", "-")
    return _names("kinds.csv").get(key) or _spellings("kind").get(_key(text))


def renewal_named(text: str) -> str | None:
    """``tacit``, ``express`` or ``none`` by its name in four languages."""
    return _names("renewals.csv").get(fold(text))


def status_named(text: str) -> str | None:
    """The standing that a status typed by hand means; None where it means none of them."""
    return _spellings("status").get(_key(text))


def country_code(text: str) -> str | None:
    """The ISO 3166-1 code of a country by code or name, in four languages and as registers spell it."""
    if len(text) == 2 and text.upper() in countries():
        return text.upper()
    return codes_by_name().get(fold(text)) or _spellings("country").get(_key(text)) or _portuguese().get(fold(text))


@cache
def _portuguese() -> dict[str, str]:
    from babel import Locale

    names = Locale("pt").territories
    return {fold(names[code]): code for code in countries() if code in names}


def scope_named(text: str, scopes: Mapping[str, str]) -> str | None:
    """The code of a scope area by code or name; ``scopes`` has the code of each folded name and code."""
    return scopes.get(fold(text))


def party_kind_named(text: str) -> str | None:
    """The kind of party with this code or usual name."""
    key = fold(text)
    if key in _PARTY_KIND_CODES:
        return key.replace(" ", "-")
    found = _PARTY_KINDS.get(key)
    return found.value if found else None


def split_names(text: str) -> list[str]:
    """Names in one cell: between semicolons, bars and line breaks, or numbered; commas belong to names."""
    text = _NUMBERED.sub("\n", text) if len(_NUMBERED.findall(text)) > 1 or text.startswith("1.") else text
    parts = [re.sub(r"^[-•*·–]\s+", "", part).strip(" ,") for part in _SEPARATED.split(text)]
    return list(dict.fromkeys(part for part in parts if part))


def split_words(text: str) -> list[str]:
    """Words of a code list in one cell: also between commas, slashes and ``and``."""
    return list(dict.fromkeys(part.strip() for part in _LIST_OF_WORDS.split(text) if part.strip()))


def emails_in(text: str) -> list[str]:
    """The e-mail addresses in a cell, in order."""
    return list(dict.fromkeys(match.strip(".") for match in _EMAIL.findall(text)))


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    """Folded, but marks alone stay what they are (``-``, ``n/a``), and dots go (``U.S.A.``)."""
    plain = " ".join(text.casefold().split())
    if not any(sign.isalnum() for sign in plain):
        return plain
    return fold(re.sub(r"[.’'`]", lambda found: "" if found[0] == "." else " ", text))


def language_code(text: str) -> str | None:
    """The ISO 639-1 code of a language by code or name, in four languages."""
    key = fold(text)
    return key if len(key) == 2 and key in _languages().values() else _languages().get(key)


@cache
def _languages() -> dict[str, str]:
    from babel import Locale

    found: dict[str, str] = {}
    for locale in ("en", "es", "fr", "pt"):
        for code, name in Locale(locale).languages.items():
            if len(code) == 2:
                found.setdefault(fold(name), code)
    return found


_ENTRY_RULES = {
    "on signature": "on signature|upon signature|at signature|from signature|date of signature|signature|immediately"
    "|a la firma|en la firma|al firmarse|desde la firma|desde su firma|a partir de la firma|a partir de su firma"
    "|fecha de firma|inmediata|a la signature|des la signature|des sa signature"
    "|na assinatura|da assinatura|a partir da assinatura",
    "on consent": "on consent|on ratification|upon ratification|con la ratificacion|a la ratificacion"
    "|a la ratification|na ratificacao",
}


def entry_rule(text: str) -> str:
    """A rule of entry into force in the program's words, where one of the usual ways to write it is used."""
    key = fold(text)
    return next((rule for rule, spellings in _ENTRY_RULES.items() if key in spellings.split("|")), text)
