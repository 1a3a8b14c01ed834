"""What a clause as officers write it means (``Art. 3(1)``, ``Cláusula tercera``), and the passage it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.rules.clauses import ALIKE, FAMILIES, KEYWORD, NUMBER, Clause, canonical_number
from tracker.rules.ordinals import roman

_BELOW = (
    r"paragraphs?|paragraphes?|paras?\b\.?|p[aá]rrafos?|p[aá]rr\.|apartados?|incisos?|inc\.|literal(?:es)?|lit\b\.?|"
    r"numeral(?:es)?|num\.|points?|puntos?|alin[eé]as?|al\b\.?|lettres?|letters?|letras?|sub-?paragraphs?|items?"
)
_STEP = (
    rf"\s*\((?P<bracket>\w{{1,5}})\)|\.(?P<point>\d{{1,3}})|,?\s*(?i:{_BELOW})\s*(?P<word>\(?\w{{1,5}}\)?)|"
    r",?\s*(?P<letter>[a-z])\)"
)
_REFERENCE = re.compile(
    rf"(?<!\w)(?i:{KEYWORD})[ \t]*(?P<number>{NUMBER})(?P<steps>(?:{re.sub('P<[a-z]+>', ':', _STEP)})*)"
)
_FURTHER = re.compile(
    rf"\s*(?P<joint>,|;|&|and|or|y|e|o|et|ou|to|a|à|al|[-–—])\s*(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]+(?!\w))"
    rf"(?P<steps>(?:{re.sub('P<[a-z]+>', ':', _STEP)})*)(?!\w)"
)
_NOUN = "|".join(FAMILIES.values())
_OF = r"\s+(?:of|del|de la|de l['’]|de|du)\s*"
_BEFORE = re.compile(rf"(?:(?:{_BELOW})\s*\(?\w{{1,5}}\)?{_OF})+(?=(?:{_NOUN})(?!\w))", re.IGNORECASE)
_BELOW_STEP = re.compile(rf"(?:{_BELOW})\s*\(?(?P<step>\w{{1,5}})\)?{_OF}", re.IGNORECASE)
_MARKER = re.compile(
    r"\s*(?:\((?P<round>\w{1,4})\)|(?P<plain>\d{1,3}|[a-z]|[ivx]{1,5}|[A-Z])[.)º°](?!\d)|(?P<path>\d{1,3}(?:\.\d{1,3})+)[.)]?)"
    r"(?=\W|[A-ZÁÉÍÓÚÑÀÇ]|$)"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A division that is named: its ``family`` and ``number`` (as ``Clause`` has them) and the ``steps`` below it."""

    family: str
    number: str
    steps: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.family} {self.number}{''.join(f'({step})' for step in self.steps)}"


@dataclass(frozen=True, slots=True)
class Passage:
    """What a reference leads to: the clause, the text of the part it names, and the first step that is not there."""

    clause: Clause
    text: str
    missing: str | None = None


def references_in(written: str) -> list[Reference]:
    """The divisions that a clause as written names, in order; none for words that name no division (``Preamble``).

    ``Art. 3(1)``, ``Art. 3.1``, ``Art. 3, para. 1``, ``paragraph 1 of Article 3`` and ``artículo 3, inciso a)`` name a
    part of one; ``Arts. 3 and 5`` and ``Articles 3-5`` several.
    """
    found: list[Reference] = []
    for match in _REFERENCE.finditer(written):
        family = next(name for name in FAMILIES if match[name])
        number = canonical_number(match["number"])
        if number is None:
            continue
        before = next((m for m in _BEFORE.finditer(written) if m.end() == match.start()), None)
        leading = [m["step"].lower() for m in _BELOW_STEP.finditer(before[0])] if before else []
        found.append(Reference(family, number, (*_steps(match["steps"]), *reversed(leading))))
        end = match.end()
        while further := _FURTHER.match(written, end):
            other = canonical_number(further["number"])
            if other is None:
                break
            last = found[-1].number
            if further["joint"] in ("to", "a", "à", "al", "-", "–", "—") and last.isdigit() and other.isdigit():
                found += [Reference(family, str(n)) for n in range(int(last) + 1, min(int(other), int(last) + 50))]
            found.append(Reference(family, other, _steps(further["steps"])))
            end = further.end()
    return list(dict.fromkeys(found))


def _steps(text: str) -> tuple[str, ...]:
    found = []
    for match in re.finditer(_STEP, text):
        step = next(value for value in match.groups() if value)
        found.append(step.strip("()").lower())
    return tuple(found)


def find(clauses: Sequence[Clause], wanted: Reference) -> Passage | None:
    """The passage of a text that a reference names; None where the text has no such division.

    Where the text has no heading of the family named, articles, clauses and sections stand for each other. ``3.2`` is
    the division of that number, else the second paragraph of division 3. A step that an enumerated text does not have
    is said in ``missing``; in a text without numbered paragraphs the whole division is the passage.
    """
    families = {clause.family for clause in clauses}
    named = (wanted.family,) if wanted.family in families or wanted.family not in ALIKE else ALIKE
    chosen = [clause for clause in clauses if clause.family in named]
    number, _, rest = wanted.number.partition(".")
    inner = tuple(rest.split(".")) if rest else ()
    joined = ".".join([wanted.number, *wanted.steps[:1]])
    for sought, steps in (
        (joined, wanted.steps[1:]),
        (wanted.number, wanted.steps),
        (number, (*inner, *wanted.steps)),
    ):
        for clause in chosen:
            if clause.number == sought:
                return _passage(clause, steps)
    return None


def _passage(clause: Clause, steps: Sequence[str]) -> Passage:
    text, path = clause.text, [clause.number]
    for step in steps:
        path.append(step)
        part = _part(text, step, ".".join(path))
        if part is None:
            enumerated = any(
                _marks(line, _first_of(step), ".".join([*path[:-1], _first_of(step)])) for line in text.split("\n")
            )
            return Passage(clause, text, step if enumerated else None)
        text = part
    return Passage(clause, text)


def _part(text: str, step: str, whole: str) -> str | None:
    """The lines from the one marked ``step`` (or ``3.2`` in whole) to the one marked as its successor."""
    lines = text.split("\n")
    start = next((place for place, line in enumerate(lines) if _marks(line, step, whole)), None)
    if start is None:
        return None
    prefix = whole.rpartition(".")[0]
    for place in range(start + 1, len(lines)):
        if any(_marks(lines[place], after, f"{prefix}.{after}") for after in _successors(step)):
            return "\n".join(lines[start:place]).strip()
    return "\n".join(lines[start:]).strip()


def _marks(line: str, step: str, whole: str) -> bool:
    match = _MARKER.match(line)
    if match is None:
        return False
    marker = (match["round"] or match["plain"] or match["path"]).lower()
    return marker in (step, whole.lower())


def _successors(step: str) -> list[str]:
    """What may follow ``step`` in an enumeration: ``i`` may be a letter or a Roman numeral."""
    if step.isdigit():
        return [str(int(step) + 1)]
    found = []
    if len(step) == 1 and "a" <= step < "z":
        found.append(chr(ord(step) + 1))
    if (value := roman(step.upper())) is not None:
        found.append(_in_roman(value + 1))
    return found


def _first_of(step: str) -> str:
    if step.isdigit():
        return "1"
    return "i" if len(step) > 1 else "a"


def _in_roman(value: int) -> str:
    return "".join(
        symbol * count
        for symbol, count in zip(
            ("x", "ix", "v", "iv", "i"),
            (value // 10, value % 10 // 9, value % 10 % 9 // 5, value % 10 % 9 % 5 // 4, value % 10 % 9 % 5 % 4),
            strict=True,
        )
    )
