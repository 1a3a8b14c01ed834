"""Proves the tables that SQLite keeps behind the search index: that each of their rows is one it would have written.

FTS5's own integrity-check reads every page of the index and holds it against the texts. It does not ask whether the
page on which a word begins would be found (``search_idx``), nor for rows that nothing names. The format is told at the
head of SQLite's ``ext/fts5/fts5_index.c``; it is version 4 in every release since 2015.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import accumulate

SEGMENT, LIST = 37, 1 << 36
"""In the number of a page: how far left its segment's number stands, and the bit of an index into a long list."""

COUNTS, STRUCTURE = 1, 10
"""The numbers of the two rows of search_data that are no pages."""

TYPES = {
    "search_docsize": "typeof(sz) = 'blob'",
    "search_data": "typeof(block) = 'blob'",
    "search_idx": "typeof(segid) = 'integer' AND typeof(term) = 'blob' AND typeof(pgno) = 'integer'",
}
"""What stands in the columns of these tables, which would take anything."""


def strange(db: sqlite3.Connection) -> Iterator[str]:
    """The tables behind the index that hold a row SQLite would not have written.

    Where SQLite is in the middle of merging pages (in an index of hundreds), what it still holds of pages that are
    merged already is only asked to be in order: it is never read again.
    """
    if db.execute("SELECT k, v, typeof(v) FROM search_config").fetchall() != [("version", 4, "integer")]:
        yield "search_config"
    for table, types in TYPES.items():
        if db.execute(f"SELECT 1 FROM {table} WHERE NOT ({types}) LIMIT 1").fetchone():
            yield table
            return
    pages = begins = 0
    for number, first, last in _segments(db.execute("SELECT block FROM search_data WHERE id = 10").fetchone()[0]):
        found = dict(_begins(db, number))
        wanted, lists, seen = _wanted(db, number, first, last)
        pages += seen
        begins += len(found)
        merged = {page: term for page, (term, _) in found.items() if first > 1 and page <= first}
        later = {page: term for page, term in wanted.items() if page not in merged}
        fits = list(merged.values()) == sorted(set(merged.values())) and later.keys() == found.keys() - merged.keys()
        if not fits or any(found[page] not in [(term, page in lists) for term in later[page]] for page in later):
            yield "search_idx"
    if db.execute("SELECT count(*) FROM search_idx").fetchone()[0] != begins:
        yield "search_idx"
    if db.execute("SELECT count(*) FROM search_data").fetchone()[0] != pages + len((COUNTS, STRUCTURE)):
        yield "search_data"


def _segments(structure: bytes) -> Iterator[tuple[int, int, int]]:
    """Each part of the index: its number, its first and its last page."""
    numbers = _varints(structure[4:])
    levels, _, _ = next(numbers), next(numbers), next(numbers)
    for _ in range(levels):
        _, count = next(numbers), next(numbers)
        for _ in range(count):
            yield next(numbers), next(numbers), next(numbers)


def _begins(db: sqlite3.Connection, segment: int) -> Iterator[tuple[int, tuple[bytes, bool]]]:
    """What search_idx says: for each page the beginning of its first word, and whether a long list starts on it."""
    rows = db.execute("SELECT pgno, term FROM search_idx WHERE segid = ? ORDER BY pgno", (segment,))
    for number, term in rows:
        yield number >> 1, (term, bool(number & 1))


def _wanted(
    db: sqlite3.Connection, segment: int, first: int, last: int
) -> tuple[dict[int, tuple[bytes, ...]], set[int], int]:
    """What the pages themselves say of the same, where indexes of long lists are, how many rows are accounted for.

    A page is known by as much of its first word as tells it from the last word before it; by the whole word where
    SQLite went on with a merge that it had left off.
    """
    words: dict[int, tuple[bytes, ...]] = {}
    lists: set[int] = set()
    seen, before = 0, b""
    whole = (segment << SEGMENT, (segment + 1) << SEGMENT)
    for number, block in db.execute("SELECT id, block FROM search_data WHERE id >= ? AND id < ? ORDER BY id", whole):
        page = number - whole[0]
        if page & LIST:
            page &= ~LIST
            merged = first > 1 and page <= first
            seen += page in words or merged or any(found < page for found in lists if _grown(db, whole[0], found))
            lists.add(page)
            continue
        if not first <= page <= last:
            continue
        seen += 1
        size = int.from_bytes(block[2:4], "big")
        places = list(accumulate(_varints(block[size:])))
        if places:
            word = _first(block, places[0])
            shared = next((n for n in range(len(word)) if word[: n + 1] != before[: n + 1]), len(word))
            words[page] = (word[: shared + 1], word) if page > 1 else (b"",)
            before = _last(block, places)
    return words, lists, seen


def _grown(db: sqlite3.Connection, segment: int, page: int) -> bool:
    """Whether the index of a long list is so long that it has an index of its own."""
    row = db.execute("SELECT block FROM search_data WHERE id = ?", (segment | LIST | page,)).fetchone()
    return row is not None and row[0][:1] == b"\x01"


def _first(block: bytes, place: int) -> bytes:
    length, place = _varint(block, place)
    return block[place : place + length]


def _last(block: bytes, places: list[int]) -> bytes:
    """The last word of a page: each keeps the beginning of the one before it, so it is put together backwards."""
    found, kept = b"", None
    for place in reversed(places[1:]):
        keeps, place = _varint(block, place)
        length, place = _varint(block, place)
        if kept is None:
            found, kept = block[place : place + length], keeps
        elif keeps < kept:
            found, kept = block[place : place + kept - keeps] + found, keeps
        if kept == 0:
            return found
    return _first(block, places[0])[:kept] + found


def _varints(data: bytes) -> Iterator[int]:
    place = 0
    while place < len(data):
        number, place = _varint(data, place)
        yield number


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A number of SQLite's (seven bits a byte, the greatest first), and where the next begins."""
    number = 0
    while True:
        byte = data[place]
        place += 1
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place
