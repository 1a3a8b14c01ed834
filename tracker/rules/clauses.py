"""The articles, clauses and sections of a text: where each stands, what it says, and what a reference means.

A heading is told from a reference in running text by its form and by the line before it (docs/decisions/0028). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.rules.ordinals import number_in_words, roman, word_pattern

LONGEST = 20_000
"""Most characters of a clause's text that are kept."""

FAMILIES = {
    "article": r"art[ií]culos?|articles?|arts?\b\.?",
    "clause": r"cl[aá]usulas?|clauses?|cl\.",
    "section": r"secci[oó]n(?:es)?|sections?|secc?\b\.?|§",
    "chapter": r"cap[ií]tulos?|chapters?|chapitres?",
    "part": r"parte|part|partie",
    "title": r"t[ií]tulo|title|titre",
    "annex": r"anexos?|annex(?:es|es?)?|appendix|ap[eé]ndice|appendice",
}
"""What each kind of division is called in English, Spanish and French, with the abbreviations in use."""

ALIKE = ("article", "clause", "section")
"""Kinds that stand for each other where the text has no heading of the kind a reference names."""

KEYWORD = "|".join(f"(?P<{family}>{pattern})" for family, pattern in FAMILIES.items())
NUMBER = (
    rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLCDM]{{1,8}}(?![\w])|(?i:{word_pattern()})(?!\w)|[A-Z](?![\w]))"
    r"(?:\.?[º°ª]|(?:ers?|[eè]re|[eè]me|st|nd|rd|th)(?!\w))?(?:[\s-](?i:bis|ter|quater|quinquies)(?!\w))?"
)
_SEPARATOR = r"[ \t]*(?:\.[ \t]*[-–—]+|[.:;)\]–—-]+)[ \t]*"
_HEADING = re.compile(rf"[\s#>*_]*(?i:{KEYWORD})[ \t]*(?P<number>{NUMBER})(?P<rest>.*)")
_FEMININE = re.compile(
    rf"[\s#>*_]*(?P<number>(?:{word_pattern()}))(?!\w)(?P<rest>[ \t]*(?:\.[ \t]*[-–—]+|[.:]|[-–—]+).*)", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:\.{3,}|…+|(?:\. ){3,}|\s{3,}|\t)\s*\d{1,4}\s*$")
_PAGE_NUMBER = re.compile(
    r"[\s–—-]*(?:(?i:page|p[aá]gina|p[aá]g\.?|p\.)\s*)?\d{1,4}(?:\s*(?:/|of|de|sur)\s*\d{1,4})?[\s–—-]*"
)
_JOINS = frozenset(
    """a al and any as at au aux avec by ce cet cette con conforme d'un dans de del della des dicha dicho du e el
    each en entre et for from in into its l la las le les lo los said su sus or of on par para per por presente
    présent present pursuant que según selon ser sin son sous sur that the their this to to under upon ver voir vu with
    within y o ou à con artículos articles article artículo""".split()  # noqa: SIM905
)
"""Words that leave a sentence open: a division named right after one of them is a reference."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One division of a text: ``family`` and ``number`` (``3``, ``3 bis``, ``3.2``, ``A``) as they are compared,
    its ``heading`` as written, the ``page`` it begins on (None where the text has no pages) and its ``text``."""

    family: str
    number: str
    heading: str
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class _Heading:
    place: int
    family: str
    number: str
    line: str
    rest: str


def clauses_of(pages: Iterable[tuple[int | None, str]]) -> list[Clause]:
    """The divisions of a text given page by page (number from 1 or None, text), in the order of their headings.

    A division ends where the next of its kind begins, or one of a kind that holds it: of two kinds the one met first
    holds the other, and an annex is held by nothing. A line of a table of contents is no heading.
    """
    lines = [
        _Line(line.rstrip(), page)
        for page, text in pages
        for line in re.split(r"\r\n|[\n\r\f\v\u2028\u2029]", text)
        if not (line.strip() and _PAGE_NUMBER.fullmatch(line))
    ]
    headings = [found for place in range(len(lines)) if (found := _heading(lines, place))]
    order = list(dict.fromkeys(heading.family for heading in headings if heading.family != "annex"))
    ranks = {"annex": -1, **{family: rank for rank, family in enumerate(order)}}
    clauses = []
    for index, heading in enumerate(headings):
        later = (h.place for h in headings[index + 1 :] if ranks[h.family] <= ranks[heading.family])
        end = next(later, len(lines))
        body = [heading.rest, *(line.text for line in lines[heading.place + 1 : end])]
        text = "\n".join(body).strip()[:LONGEST]
        clauses.append(Clause(heading.family, heading.number, heading.line, lines[heading.place].page, text))
    return _without_contents(clauses)


def _heading(lines: Sequence[_Line], place: int) -> _Heading | None:
    """The heading that stands on a line; None for running text and for a line of a table of contents."""
    line = lines[place].text
    match = _HEADING.match(line)
    family = None
    if match is not None:
        family = next(name for name in FAMILIES if match[name])
    else:
        match = _FEMININE.match(line)
        if match is not None and match["number"].isupper() and match["number"].rstrip().endswith("A"):
            family = "clause"  # "TERCERA.- Obligaciones": the noun, feminine, is left out
    if match is None or family is None or _LEADERS.search(line):
        return None
    if not line.lstrip(" \t#>*_")[:1].isupper() and not line.lstrip().startswith("§"):
        return None
    number = canonical_number(match["number"])
    if number is None or (number.isalpha() and family not in ("annex", "section", "part")):
        return None
    rest = match["rest"].strip(" \t*_")
    before = lines[place - 1].text.strip() if place else ""
    if not _stands_alone(rest, before):
        return None
    if part := re.fullmatch(r"\((\w{1,4})\)", rest):  # "Art. 3(2)" by itself heads paragraph 2
        number, rest = f"{number}.{part[1].lower()}", ""
    title = re.sub(rf"^{_SEPARATOR}", "", rest).strip()
    return _Heading(place, family, number, line.strip(" \t#>*_"), title)


def _stands_alone(rest: str, before: str) -> bool:
    """Whether what follows the number, and the line before, are those of a heading and not of running text."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", before)
    runs_on = bool(before) and (
        before[-1] in ",(«“‘" or (bool(words) and words[-1].lower() in _JOINS and before[-1] not in ".;:?!")
    )
    if runs_on:
        return False
    unfinished = bool(before) and before[-1] not in '.;:?!»”")]*_-–—' and not before.isupper()
    open_sentence = unfinished and len(before) > 45
    if re.fullmatch(r"(\s*\(\w{1,4}\))+", rest):  # "Art. 3(2)" by itself
        return not open_sentence
    if not rest or re.fullmatch(_SEPARATOR.strip(), rest):
        return not (unfinished and rest.startswith((".", ";", ")")))  # "... see / Article 3." ends a sentence
    separated = re.match(_SEPARATOR, rest)
    if separated is not None and separated[0].strip():
        after = rest[separated.end() :]
        if separated[0].strip() in (";", ")") or (open_sentence and separated[0].strip() == "."):
            return False
        return not after[:1].islower() or separated[0].strip() != "."
    if rest[0] == "(":  # "Article 3 (Training)" is a heading, "Article 3 (2) of" is not
        return re.match(r"\((?:\w{1,3})\)", rest) is None
    first = rest.lstrip("\"“«'‘¿¡")[:1]
    return (first.isupper() or first.isdigit()) and len(rest) <= 150 and rest[-1] != "," and not open_sentence


def _without_contents(clauses: list[Clause]) -> list[Clause]:
    """The clauses without those that say nothing where another with the same number does."""
    told = {(clause.family, clause.number) for clause in clauses if "\n" in clause.text or len(clause.text) > 200}
    return [
        clause
        for clause in clauses
        if "\n" in clause.text or len(clause.text) > 200 or (clause.family, clause.number) not in told
    ]


def canonical_number(written: str) -> str | None:
    """A number as it is compared: ``IV``, ``4``, ``4º``, ``cuarta`` give ``4``; ``3 BIS`` gives ``3 bis``; a letter
    itself. None for what is no number."""
    match = re.fullmatch(r"(?P<base>.+?)(?:[\s-](?P<more>bis|ter|quater|quinquies))?", written.strip(), re.IGNORECASE)
    if match is None:
        return None
    base = re.sub(r"\.?[º°ª]$", "", match["base"].strip())
    base = re.sub(r"(?<=[\dI])(?:ers?|[eè]re|[eè]me|st|nd|rd|th)$", "", base)
    more = f" {match['more'].lower()}" if match["more"] else ""
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})*", base):
        return ".".join(str(int(part)) for part in base.split(".")) + more
    value = roman(base) or number_in_words(base)
    if value is not None and base not in ("C", "D", "L", "M"):
        return f"{value}{more}"
    return f"{base}{more}" if re.fullmatch(r"[A-Z]", base) else None
