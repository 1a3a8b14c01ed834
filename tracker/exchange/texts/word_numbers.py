"""The numbers Word writes before paragraphs by itself (``Article 1``, ``(a)``): they stand nowhere in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.exchange.texts.limits import walk


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    label: str = ""


class Numbering:
    """Counts the numbered paragraphs of one document by its ``numbering.xml`` and ``styles.xml``."""

    def __init__(self, numbering: bytes | None, styles: bytes | None) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._by_style: dict[str, tuple[str | None, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, style: str | None, num: str | None, level: str | None) -> str:
        """What Word writes before the next paragraph with this style and list; empty where it writes nothing."""
        styled = self._by_style.get(style or "", (None, 0))
        number = num if num is not None else styled[0]
        place = int(level) if level is not None and level.isdigit() else styled[1]
        abstract = self._abstract.get(number or "")
        found = self._levels.get((abstract or "", place))
        if abstract is None or found is None or number == "0":
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[place] = counts.get(place, found.start - 1) + 1
        for deeper in [other for other in counts if other > place]:
            del counts[deeper]
        if found.form in ("bullet", "none"):
            return ""

        def written(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            rule = self._levels.get((abstract, other), _Level())
            return _written(counts.get(other, rule.start), rule.form)

        return re.sub(r"%([1-9])", written, found.label).strip()

    def _read_numbering(self, xml: bytes) -> None:
        state: dict[str, str] = {}

        def start(full: str, attributes: dict[str, str]) -> None:
            name = full.rpartition(" ")[2]
            given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            if name == "abstractNum":
                state.clear()
                state["abstract"] = given.get("abstractNumId", "")
            elif name == "num":
                state.clear()
                state["num"] = given.get("numId", "")
            elif name == "abstractNumId" and "num" in state:
                self._abstract[state["num"]] = given.get("val", "")
            elif name == "lvl" and "abstract" in state and given.get("ilvl", "").isdigit():
                state["level"] = given["ilvl"]
                self._levels[state["abstract"], int(given["ilvl"])] = _Level()
            elif "level" in state and "abstract" in state:
                level = self._levels[state["abstract"], int(state["level"])]
                value = given.get("val", "")
                if name == "start" and value.isdigit():
                    level.start = int(value)
                elif name == "numFmt":
                    level.form = value
                elif name == "lvlText":
                    level.label = value[:60]

        walk(xml, start, lambda name: None, lambda text: None)

    def _read_styles(self, xml: bytes) -> None:
        state: dict[str, str] = {}

        def start(full: str, attributes: dict[str, str]) -> None:
            name = full.rpartition(" ")[2]
            given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            if name == "style":
                state["style"] = given.get("styleId", "")
            elif name == "numId" and "style" in state:
                level = self._by_style.get(state["style"], (None, 0))[1]
                self._by_style[state["style"]] = (given.get("val"), level)
            elif name == "ilvl" and "style" in state and given.get("val", "").isdigit():
                number = self._by_style.get(state["style"], (None, 0))[0]
                self._by_style[state["style"]] = (number, int(given["val"]))

        walk(xml, start, lambda name: None, lambda text: None)


def _written(number: int, form: str) -> str:
    """A number in one of Word's forms; those that are not known are written in digits."""
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        text = _roman(number)
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter") and number > 0:
        text = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text if form == "upperLetter" else text.lower()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    signs = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")]
    signs += [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text
