"""Draws the pictures of the reports in docs/pictures from the demonstration: the same bytes for the same program.

Nothing but this project's own dependencies is needed.
"""

from __future__ import annotations

import struct
import tempfile
import zlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2

from tracker import actions, exchange, paths, reports
from tracker.store.reader import Reader

FOLDER = Path(__file__).resolve().parent / "pictures"
DAY = date(2026, 11, 24)
SHARP = 84.0
"""Pixels per inch."""

COLOURS = 200
PICTURES = (
    ("agreement", "DEMO-WORK-PLAN", 0, "agreement"),
    ("portfolio", "", 0, "portfolio"),
    ("portfolio", "", 1, "portfolio-heat-map"),
    ("portfolio", "", 2, "portfolio-timeline"),
    ("obligations", "", 0, "obligations"),
    ("activities", "", 0, "activities"),
    ("handover", "Ana Demo Quintero", 0, "handover"),
)


def pictures() -> dict[str, bytes]:
    """Every picture by its name, as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "demo.db"
        actions.databases.create(database)
        files = sorted(paths.EXAMPLES.glob("*.yaml"))
        records = [record for file in files for record in exchange.reading.read(file).records]
        actions.running.run(database, lambda session: actions.records.bring_in(session, records, DAY))
        with Reader(database) as rows:
            return {name: page_of(rows, which, of, page) for which, of, page, name in PICTURES}


def page_of(rows: Reader, name: str, of: str, page: int) -> bytes:
    """One page of a report as a PNG picture."""
    build: Any = getattr(reports, name).build
    built = build(rows, of, DAY) if of else build(rows, DAY)
    found = pypdfium2.PdfDocument(reports.catalogue.render(name, "pdf", built))[page]
    bitmap = found.render(scale=SHARP / 72, rev_byteorder=True, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGR)
    return png(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def png(width: int, height: int, stride: int, points: bytes) -> bytes:
    """A picture of three bytes a point as PNG with a palette: the commonest colours of each hue, others nearest."""
    lines = [points[at * stride : at * stride + width * 3] for at in range(height)]
    rows = [[line[at : at + 3] for at in range(0, width * 3, 3)] for line in lines]
    counted = Counter(point for row in rows for point in row)
    common = [colour for colour, _number in sorted(counted.items(), key=lambda item: (-item[1], item[0]))]
    hues = {tuple(part >> 5 for part in colour): colour for colour in reversed(common)}
    palette = list(dict.fromkeys([*hues.values(), *common]))[:COLOURS]
    place = {colour: number for number, colour in enumerate(palette)}
    for colour in counted:
        if colour not in place:
            near = min(palette, key=lambda other: sum((a - b) ** 2 for a, b in zip(colour, other, strict=True)))
            place[colour] = palette.index(near)
    data = b"".join(b"\0" + bytes(place[point] for point in row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        (FOLDER / f"{name}.png").write_bytes(picture)
        print(f"wrote {name}.png ({len(picture):,} bytes)")


if __name__ == "__main__":
    main()
