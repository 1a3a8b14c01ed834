"""Completion of references, names and codes from the database; silent whenever it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from tracker.errors import TrackerError

Completion = list[tuple[str, str]]

_LAST = "\U0010ffff"
"""The last character there is: what begins with a word lies between the word and the word with this after it."""


def _from(query: str, *, folded: bool = False) -> Callable[[typer.Context, str], Completion]:
    def complete(ctx: typer.Context, incomplete: str) -> Completion:
        from tracker.models.keys import fold
        from tracker.store.reader import Reader

        try:
            with Reader(_path(ctx)) as reader:
                start = fold(incomplete) if folded and incomplete else incomplete.lower()
                rows = reader.rows(query, start=start, after=start + _LAST)
        except (TrackerError, Exception):  # a broken database must not break the prompt
            return []
        return [_offered(row["ref"], row["title"] or "", fold(incomplete)) for row in rows]

    return complete


class Offered(str):
    """A completion in its own case and accents, whatever was typed: Typer drops what does not start with the word."""

    def startswith(self, *args: Any) -> bool:
        return True


def _offered(ref: str, title: str, begun: str) -> tuple[str, str]:
    """What completes the word, and a remark: a party whose name was begun is offered by its name."""
    from tracker.models.keys import fold

    if not fold(ref).startswith(begun) and fold(title).startswith(begun):
        return Offered(title), ref
    return Offered(ref), title[:60]


def _path(ctx: typer.Context):  # type: ignore[no-untyped-def]
    from tracker import config

    root = ctx.find_root()
    return config.location(root.params.get("db")).path


agreements = _from("complete_agreements")
obligations = _from("complete_obligations")
parties = _from("complete_parties", folded=True)
scopes = _from("complete_scopes")
people = _from("complete_people", folded=True)


def references(ctx: typer.Context, incomplete: str) -> Completion:
    """Agreements, and once a slash is typed the obligations of one."""
    return obligations(ctx, incomplete) if "/" in incomplete else agreements(ctx, incomplete)


def agreements_or_people(ctx: typer.Context, incomplete: str) -> Completion:
    """What a report is of: people for a handover, agreements for any other."""
    return people(ctx, incomplete) if ctx.params.get("name") == "handover" else agreements(ctx, incomplete)


def formats(incomplete: str) -> list[str]:
    """The names of output formats."""
    from tracker.cli.output import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]
