"""Progress of long work: one line on stderr, from the first second on, and only where stderr is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

_QUIET = 1.0
"""Seconds before anything is shown: what takes less needs no word."""
_EVERY = 0.1


def watched(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """The items one by one, with a line ``what`` 1,200 of 5,000 (24 %) that keeps up with them."""
    if not sys.stderr.isatty():
        yield from items
        return
    begun = shown = time.monotonic()
    said = False
    try:
        for count, item in enumerate(items, start=1):
            yield item
            now = time.monotonic()
            if now - begun > _QUIET and now - shown > _EVERY:
                share = f" of {total:,} ({100 * count // total} %)" if total else ""
                sys.stderr.write(f"\r{what} {count:,}{share} ")
                sys.stderr.flush()
                shown, said = now, True
    finally:
        if said:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
