"""What is searched for: any text becomes words, phrases, conditions and fields, and a safe FTS5 expression. Pure.

``"..."`` is a phrase, ``traffick*`` the beginning of a word; AND, OR, NOT in capitals and parentheses join;
``in:notes`` and the like limit. What does not fit, such as an operator with nothing to join, is looked for as a word
or left out: no text is an error. One without any letter or digit finds nothing; of one over LONGEST characters the
first are looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

LONGEST = 1000
"""Most characters that are searched for at once."""

NOTHING = '""'
"""The expression of a search that finds nothing."""

SECTIONS = ("agreements", "parties", "obligations", "activities", "notes", "figures", "documents")
"""What ``in:`` can name."""

FIELDS = ("in", "party", "scope", "country", "agreement")
"""Fields by which words of the form ``field:value`` limit a search; each is an option of the command as well."""

_DEEPEST = 20
_TOKEN = re.compile(
    r'(?P<field>[A-Za-z]+):(?:"(?P<quoted>[^"]+)"|(?P<value>[^\s()"]+))|"(?P<phrase>[^"]*)"?(?P<star>\*)?|(?P<bracket>[()])|(?P<word>[^\s()"]+)'
)


@dataclass(frozen=True)
class Search:
    """A search as it was understood: the ``expression`` for FTS5 (None: only fields are given), the ``fields``, and
    what was taken otherwise than it may have been meant, in ``asides``."""

    expression: str | None
    fields: dict[str, str] = field(default_factory=dict)
    asides: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Token:
    kind: str
    """``term``, ``AND``, ``OR``, ``NOT``, ``(`` or ``)``."""
    text: str = ""


def parse(text: str) -> Search:
    """The search that ``text`` asks for; what is taken otherwise than written is said in its ``asides``."""
    tokens, fields, asides = _tokens(unicodedata.normalize("NFC", text[:LONGEST]))
    if len(text) > LONGEST:
        asides.append(f"of {len(text)} characters the first {LONGEST} are looked for")
    parser = _Parser(_joined(tokens))
    expression = parser.either()
    if expression is None:  # "OR" alone is a word as any other
        words = [_quoted(token.kind) for token in tokens if token.kind in ("AND", "OR", "NOT")]
        expression = " AND ".join(words) or None
    if expression is None and not fields:
        expression = NOTHING
        asides.append("it holds no word to look for: expected a letter or a digit")
    return Search(expression, fields, (*asides, *dict.fromkeys(parser.asides)))


def _tokens(text: str) -> tuple[list[_Token], dict[str, str], list[str]]:
    tokens: list[_Token] = []
    fields: dict[str, str] = {}
    asides: list[str] = []
    for match in _TOKEN.finditer(text):
        name = (match["field"] or "").lower()
        if name in FIELDS:
            value = match["quoted"] or match["value"]
            if name == "in" and value.lower() not in SECTIONS:
                asides.append(f"in:{value} names nothing that is searched ({', '.join(SECTIONS)}): taken as words")
            else:
                fields[name] = value.lower() if name == "in" else value
                continue
        if match["bracket"]:
            tokens.append(_Token(match["bracket"]))
        elif match["word"] in ("AND", "OR", "NOT"):
            tokens.append(_Token(match["word"]))
        elif match["phrase"] is not None:
            tokens += _term(match["phrase"], bool(match["star"]))
        else:
            word = match[0]
            tokens += _term(word.rstrip("*"), word.endswith("*"))
    return tokens, fields, asides


def _term(words: str, prefix: bool) -> list[_Token]:
    """A word or phrase as FTS5 takes it; none where it has no letter and no digit."""
    if not any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in words):
        return []
    return [_Token("term", f"{_quoted(words)}{' *' if prefix else ''}")]


def _quoted(words: str) -> str:
    cleaned = "".join(c if c.isprintable() else " " for c in words).replace('"', '""')
    return f'"{cleaned}"'


def _joined(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens with parentheses in pairs and not too deep, and without operators that have nothing to join."""
    depth, kept, opened = 0, [], 0
    for token in tokens:
        if token.kind == "(":
            depth += 1
            if depth > _DEEPEST:
                continue
            opened += 1
        elif token.kind == ")":
            if depth == 0:
                continue
            depth -= 1
            if depth >= _DEEPEST:
                continue
            opened -= 1
        kept.append(token)
    return [*kept, *[_Token(")")] * opened]


class _Parser:
    """OR binds least, then AND (which may be left out), then NOT."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.asides: list[str] = []

    def kind(self) -> str | None:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else None

    def skip(self, *kinds: str) -> list[str]:
        met = []
        while (kind := self.kind()) in kinds:
            met.append(str(kind))
            self.place += 1
        return met

    def either(self) -> str | None:
        found = [self.both()]
        while self.skip("OR"):
            found.append(self.both())
        return _join("OR", found)

    def both(self) -> str | None:
        """Terms that must all be there, and those after NOT, which must not."""
        wanted: list[str | None] = []
        unwanted: list[str | None] = []
        while self.kind() not in (None, "OR", ")"):
            met = self.skip("AND", "NOT")
            if self.kind() not in (None, "OR", ")"):
                (unwanted if "NOT" in met else wanted).append(self.one())
        found, without = _join("AND", wanted), _join("OR", unwanted)
        if found is None and without is not None:
            self.asides.append("NOT takes away from what is found, and nothing else is looked for: it is left aside")
            return _join("AND", unwanted)
        return f"({found} NOT {without})" if found and without else found

    def one(self) -> str | None:
        token = self.tokens[self.place]
        self.place += 1
        if token.kind != "(":
            return token.text
        found = self.either()
        self.skip(")")
        return found


def _join(operator: str, operands: Sequence[str | None]) -> str | None:
    """The operands side by side, since FTS5 takes a long row of them but not a deep tree."""
    given = [operand for operand in operands if operand]
    return f"({f' {operator} '.join(given)})" if len(given) > 1 else given[0] if given else None
