"""The articles, clauses and sections of a text: where each stands, what it says, and what a reference means.

A heading is told from a reference in running text by its form and by the line before it (docs/decisions/0028). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from tracker.models.keys import fold
from tracker.rules.ordinals import number_in_words, roman, word_pattern

LONGEST = 20_000
"""Most characters of a clause's text that are kept."""

MOST = 5_000
"""Most divisions of a text that are told apart; what follows them belongs to the last."""

_LINES = 100_000
"""Most lines of a text in which headings are looked for."""

_LINE = 400
"""Most characters from either end of a line that tell whether it is a heading."""

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
    r"(?:\.?[º°ª]|(?i:ers?|[eè]re|[eè]me|st|nd|rd|th)(?!\w))?(?:[\s-](?i:bis|ter|quater|quinquies)(?!\w))?"
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
        if not (line.strip() and len(line.strip()) < 40 and _PAGE_NUMBER.fullmatch(line.strip()))
    ]
    found = (heading for place in range(min(len(lines), _LINES)) if (heading := _heading(lines, place)))
    headings = list(islice(found, MOST))
    contents = _contents(headings, lines)
    return [
        Clause(heading.family, heading.number, heading.line, lines[heading.place].page, _text(heading, end, lines))
        for place, (heading, end) in enumerate(zip(headings, _ends(headings, len(lines)), strict=True))
        if place not in contents
    ]


def _ends(headings: Sequence[_Heading], length: int) -> list[int]:
    """The line after the last of each division: where the next of its kind begins, or of one that holds it."""
    order = list(dict.fromkeys(heading.family for heading in headings if heading.family != "annex"))
    ranks = {"annex": -1, **{family: rank for rank, family in enumerate(order)}}
    begins = dict.fromkeys(ranks, length)  # where the next of each kind begins, seen from the end of the text
    ends = []
    for heading in reversed(headings):
        ends.append(min(begins[family] for family, rank in ranks.items() if rank <= ranks[heading.family]))
        begins[heading.family] = heading.place
    return ends[::-1]


def _text(heading: _Heading, end: int, lines: Sequence[_Line]) -> str:
    """What stands between a heading and the end of its division, up to LONGEST characters."""
    body, length = [heading.rest], len(heading.rest)
    for place in range(heading.place + 1, end):
        if length > LONGEST:
            break
        body.append(lines[place].text)
        length += len(lines[place].text) + 1
    return "\n".join(body).strip()[:LONGEST]


def _contents(headings: Sequence[_Heading], lines: Sequence[_Line]) -> set[int]:
    """The places of the headings that are lines of a table of contents: the same comes again, and here nothing but
    its title stands before the next heading. The last line of such a table may be followed by anything."""
    titles, bare = [], []
    for place, heading in enumerate(headings):
        following = headings[place + 1].place if place + 1 < len(headings) else len(lines)
        below = (lines[line].text.strip() for line in range(heading.place + 1, min(following, heading.place + 50)))
        said = [text for text in (heading.rest, *below) if text]
        titles.append(re.sub(r"\W*\s\d{1,4}$", "", fold(said[0][:200])) if said else "")
        bare.append(len(said) < 2 and len("".join(said)) <= 200)
    later: dict[tuple[str, str], list[str]] = {}
    again = set()
    for place in reversed(range(len(headings))):
        known = later.setdefault((headings[place].family, headings[place].number), [])
        if any(title.startswith(titles[place]) for title in known):
            again.add(place)
        if len(known) < 10:
            known.append(titles[place])
    found: set[int] = set()
    listed = set()
    for place, heading in enumerate(headings):
        named = (heading.family, heading.number)
        if place in again and (bare[place] or (place - 1 in found and named not in listed)):
            found.add(place)
            listed.add(named)
    return found


def _heading(lines: Sequence[_Line], place: int) -> _Heading | None:
    """The heading that stands on a line; None for running text and for a line of a table of contents."""
    whole = lines[place].text.lstrip()
    line, more = whole[:_LINE], whole[_LINE:]
    match = _HEADING.match(line)
    family = None
    if match is not None:
        family = next(name for name in FAMILIES if match[name])
    else:
        match = _FEMININE.match(line)
        if match is not None and match["number"].isupper() and match["number"].rstrip().endswith("A"):
            family = "clause"  # "TERCERA.- Obligaciones": the noun, feminine, is left out
    if match is None or family is None or _LEADERS.search(whole[-_LINE:]):
        return None
    if not line.lstrip(" \t#>*_")[:1].isupper() and not line.lstrip().startswith("§"):
        return None
    number = canonical_number(match["number"])
    if number is None or (number.isalpha() and family not in ("annex", "section", "part")):
        return None
    rest = (match["rest"] + more).strip(" \t*_")
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


def canonical_number(written: str) -> str | None:
    """A number as it is compared: ``IV``, ``4``, ``4º``, ``cuarta`` give ``4``; ``3 BIS`` gives ``3 bis``; a letter
    itself. None for what is no number."""
    match = re.fullmatch(r"(?P<base>.+?)(?:[\s-](?P<more>bis|ter|quater|quinquies))?", written.strip(), re.IGNORECASE)
    if match is None:
        return None
    base = re.sub(r"\.?[º°ª]$", "", match["base"].strip())
    base = re.sub(r"(?:(?<=\d)|(?<=\bI))(?i:ers?|[eè]re|[eè]me|st|nd|rd|th)$", "", base)
    more = f" {match['more'].lower()}" if match["more"] else ""
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})*", base):
        return ".".join(str(int(part)) for part in base.split(".")) + more
    value = roman(base) or number_in_words(base)
    if value is not None and base not in ("C", "D", "L", "M"):
        return f"{value}{more}"
    return f"{base}{more}" if re.fullmatch(r"[A-Z]", base) else None
