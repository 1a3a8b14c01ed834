"""What the root command was told. Light: help, the version and completion load no more than this."""

from __future__ import annotations

from typing import NamedTuple

WORDS = "tracker.words"
"""Where the root command's context keeps the words that follow its own options."""


class Settings(NamedTuple):
    """What the root command was given: its options, and the words after them."""

    db: str | None
    actor: str | None = None
    words: tuple[str, ...] = ()
