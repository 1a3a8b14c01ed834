"""What a use case says when it is done: what changed, the references it gave, and a sensible next step."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """``ref`` is what the command was about; ``said`` are its sentences in order, ``aside`` what was noticed
    on the way (parties created, names completed); ``next`` is a command worth giving now."""

    ref: str
    said: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    next: str | None = None


@dataclass
class Brought:
    """What one record did: ``new``, ``updated`` or ``same``, and what changed, key by key."""

    ref: str
    title: str
    did: str
    changes: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
