"""Which characters the fonts that Tracker ships can set, read from their own tables; nothing is left to chance.

PDF/UA allows no character without a shape. What no shipped font has becomes WHITE SQUARE, and the page says so.
"""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
MISSING = "□"
_FAMILIES = ("SourceSans3-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf")
Ranges = tuple[tuple[int, int], ...]


def settable(text: str) -> tuple[str, bool]:
    """The text with every character that can be set, and whether any was replaced.

    A combining mark stays where the font of its base has it; marks that order or join without a shape of their own
    are left out where no font knows them.
    """
    if text.isascii():
        return text, False
    out: list[str] = []
    base: Ranges | None = None
    replaced = False
    for c in unicodedata.normalize("NFC", text):
        category = unicodedata.category(c)
        if category.startswith("M"):
            kept = base is not None and _has(base, ord(c))
        else:
            base = next((font for font in _fonts() if _has(font, ord(c))), None)
            kept = base is not None or c in "\n\t"
        if kept:
            out.append(c)
        elif category == "Cf" or c in "\ufe0e\ufe0f":
            continue
        else:
            out.append(MISSING)
            replaced = True
    return "".join(out), replaced


@cache
def _fonts() -> tuple[Ranges, ...]:
    return tuple(covered(FONTS / name) for name in _FAMILIES)


def _has(ranges: Ranges, point: int) -> bool:
    place = bisect_right(ranges, (point, 0x110000)) - 1
    return place >= 0 and ranges[place][0] <= point <= ranges[place][1]


def covered(font: Path) -> Ranges:
    """The code points a TrueType font has glyphs for, as sorted ranges, both ends included.

    Reads the ``cmap`` table (OpenType 1.9, formats 4 and 12). Raises ValueError for a font with neither.
    """
    data = font.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    start = next(
        struct.unpack_from(">I", data, 12 + 16 * i + 8)[0]
        for i in range(tables)
        if data[12 + 16 * i : 16 + 16 * i] == b"cmap"
    )
    count = struct.unpack_from(">H", data, start + 2)[0]
    offsets = [start + struct.unpack_from(">I", data, start + 4 + 8 * i + 4)[0] for i in range(count)]
    formats = {struct.unpack_from(">H", data, at)[0]: at for at in offsets}
    if 12 in formats:
        return _groups(data, formats[12])
    if 4 in formats:
        return _segments(data, formats[4])
    raise ValueError(f"{font.name}: no character map of format 4 or 12")


def _groups(data: bytes, at: int) -> Ranges:
    count = struct.unpack_from(">I", data, at + 12)[0]
    groups = (struct.unpack_from(">III", data, at + 16 + 12 * i) for i in range(count))
    return tuple((first, last) for first, last, glyph in groups if glyph or first != last)


def _segments(data: bytes, at: int) -> Ranges:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    lasts = struct.unpack_from(f">{count}H", data, at + 14)
    firsts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    where = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, where)
    found = []
    for i, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            if offsets[i]:
                place = where + 2 * i + offsets[i] + 2 * (point - first)
                glyph = struct.unpack_from(">H", data, place)[0]
            else:
                glyph = (point + deltas[i]) & 0xFFFF
            if glyph:
                found.append((point, point))
    return tuple(found)
