"""The listings as tables to be written: which there are, and what each of them is filtered by.

A listing is described once, by its command: its filters are the options of that command, with their names, code lists
and defaults. What hands rows on (``tracker export``) takes them from there.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, get_args

import typer

from tracker.cli import activities, agreements, deadlines, filters, obligations, output, parties, people
from tracker.errors import BadInput
from tracker.exchange.table import Row, Table
from tracker.store.reader import Reader, split

_LONG = frozenset({"title", "waived_reason"})
"""Texts that wrap on a sheet, where they stand beside what the listing shows."""

_NO_FILTERS = {"ctx", "sort", "limit", "format_name", "out", "as_of", "mine", "fail_on"}


@dataclass(frozen=True)
class Listing:
    """One table: the noun it belongs to, its name, its query, and the command that lists it.

    ``flag`` is the option of the command that gives this table in place of the noun's first.
    """

    noun: str
    name: str
    query: str
    shape: output.Shape
    command: Callable[..., None]
    flag: str | None = None

    @cached_property
    def filters(self) -> dict[str, inspect.Parameter]:
        """The options of the command that choose rows, by name."""
        found = inspect.signature(self.command, eval_str=True).parameters
        return {name: found[name] for name in found if name not in _NO_FILTERS | FLAGS}

    def choices(self, name: str) -> list[str]:
        """The values of a filter that takes a code list; none for other filters."""
        if name not in self.filters:
            return []
        for kind in get_args(get_args(self.filters[name].annotation)[0]):
            if isinstance(kind, type) and issubclass(kind, StrEnum):
                return list(kind)
        return []

    @property
    def by_agreement(self) -> bool:
        """Whether its rows are those of agreements, so that some of these can be chosen by reference."""
        return self.noun == "agreements" or "agreement" in self.filters

    def refusal(self, given: Mapping[str, Any]) -> BadInput | None:
        """Why this table cannot be filtered so, or None where it can."""
        for name, value in given.items():
            flag = f"--{name.replace('_', '-')}"
            if name not in self.filters:
                known = ", ".join(f"--{key}" for key in self.filters)
                return BadInput(flag, "", f"is no filter of {self.noun}: expected one of {known}")
            choices = self.choices(name)
            if choices and value not in choices:
                near = get_close_matches(str(value), choices, n=1)
                expected = f"did you mean {near[0]}?" if near else f"expected one of: {', '.join(choices)}"
                return BadInput(flag, str(value), f"is no {name} of {self.noun}; {expected}")
        return None

    def table(self, rows: Reader, day: date, refs: Sequence[str], given: Mapping[str, Any]) -> Table:
        """The rows that the filters leave on ``day``, of these agreements where there are any, read one by one.

        Raises NotFound for a name that nothing has.
        """
        defaults = {name: item.default for name, item in self.filters.items() if item.default is not None}
        asked = {**defaults, **given}
        of = [filters.values(rows, day, **{**asked, "agreement": ref}) for ref in refs] or [
            filters.values(rows, day, **asked)
        ]
        hidden = self.shape.hidden
        keys = tuple(key for key in rows.columns(self.query, **of[0]) if key not in hidden)
        wraps = self.shape.wraps | self.shape.lists | _LONG
        return Table(self.name, keys, self._stream(rows, of), self.shape.days, wraps)

    def _stream(self, rows: Reader, chosen: list[dict[str, Any]]) -> Iterator[Row]:
        shape = self.shape
        for values in chosen:
            columns = rows.columns(self.query, **values)
            lists, flags, hidden = (
                [key for key in columns if key in kind] for kind in (shape.lists, shape.flags, shape.hidden)
            )
            for row in rows.stream(self.query, **values):
                for key in lists:
                    row[key] = split(row[key])
                for key in flags:
                    row[key] = bool(row[key])
                for key in hidden:
                    del row[key]
                yield row


LISTINGS = (
    Listing("agreements", "Agreements", "agreements", agreements.SHAPE, agreements.agreements),
    Listing("obligations", "Obligations", "obligations", obligations.SHAPE, obligations.obligations),
    Listing(
        *("obligations", "Due dates", "occurrences", obligations.OCCURRENCES, obligations.obligations),
        flag="occurrences",
    ),
    Listing("deadlines", "Deadlines", "deadlines", deadlines.SHAPE, deadlines.deadlines),
    Listing("activities", "Activities", "activities", activities.SHAPE, activities.activities),
    Listing(
        *("activities", "Attendance", "attendances", activities.ATTENDANCE, activities.activities), flag="attendance"
    ),
    Listing("parties", "Parties", "parties", parties.SHAPE, parties.parties),
    Listing("people", "People", "people", people.SHAPE, people.people),
)
NOUNS = tuple(dict.fromkeys(listing.noun for listing in LISTINGS))
FLAGS = {listing.flag for listing in LISTINGS if listing.flag}


def filter_options() -> list[inspect.Parameter]:
    """The filters of all listings as parameters of one command.

    A filter with other values for other nouns takes any of them here; ``Listing.refusal`` judges it for a noun.
    """
    found: dict[str, inspect.Parameter] = {}
    for listing in LISTINGS:
        for name, parameter in listing.filters.items():
            words = list(dict.fromkeys(word for other in LISTINGS for word in other.choices(name)))
            if words and words != listing.choices(name):
                said = typer.Option(
                    f"--{name}",
                    metavar=name.upper(),
                    help=f"Only of this {name}; each noun has its own.",
                    autocompletion=_beginning(words),
                )
                parameter = parameter.replace(annotation=Annotated[str | None, said])
            found.setdefault(name, parameter.replace(default=False if parameter.default is False else None))
    return list(found.values())


def _beginning(words: list[str]) -> Callable[[str], list[str]]:
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]
