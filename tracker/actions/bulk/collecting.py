"""How often Python looks for objects that nobody needs any more, while many are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for objects that hold each other in a circle a seventieth as often: rows make none, and looking goes
    through every row that is kept; not at all at those that are there already."""
    often = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(70 * often[0], *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)
        gc.unfreeze()
