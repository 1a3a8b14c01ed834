"""Who writes, for the journal. Light: every command may name one."""

from __future__ import annotations

from dataclasses import dataclass

from tracker import config


@dataclass(frozen=True)
class Author:
    """Who writes, and by which command."""

    actor: str
    command: str

    @classmethod
    def default(cls) -> Author:
        """The user of this machine, by no command."""
        return cls(config.actor(), "")
