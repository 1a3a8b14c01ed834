"""The errors a user can cause or mend: each carries what identifies it, an exit code and an HTTP status.

Only these are turned into one line on stderr (``tracker.cli.app``); everything else is a bug and crashes
with a traceback. Exit codes: 2 bad input, 3 not found, 4 conflict, 5 the database cannot be used.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class TrackerError(Exception):
    """Root of every error that is told to the user in one sentence.

    Subclasses are dataclasses of the facts that identify the error and build the sentence in ``__str__``.
    ``hint`` is a second sentence: what to do next. ``place`` is where in a record it happened (keys and
    positions), set by ``at``.
    """

    place: tuple[str | int, ...] = ()
    exit_code = 2
    http_status = 400
    hint: str | None = None


def shortened(text: str, most: int = 60) -> str:
    """The text as a sentence of an error can hold it."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


class at:
    """Errors raised inside happened at this place of the record; nested places add up from outside in."""

    __slots__ = ("place",)

    def __init__(self, *place: str | int) -> None:
        self.place = place

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, TrackerError):
            error.place = (*self.place, *error.place)


@dataclass
class BadInput(TrackerError):
    """A value that cannot be taken as it is: ``field`` names it, ``expected`` says what would do."""

    field: str
    value: str
    expected: str
    hint: str | None = None

    def __str__(self) -> str:
        shown = shortened(self.value)
        return f"{self.field}: {shown!r} {self.expected}" if self.value else f"{self.field}: {self.expected}"


@contextmanager
def naming(field: str, *place: str | int) -> Iterator[None]:
    """BadInput raised inside, by arithmetic that knows no key, is about ``field``, at this place of the record."""
    try:
        yield
    except BadInput as error:
        error.field, error.place = field, place
        raise


@dataclass
class Missing(TrackerError):
    """A required value that was not given; ``flag`` is how to give it."""

    what: str
    flag: str

    def __str__(self) -> str:
        return f"{self.what[:1].lower()}{self.what[1:]} is missing: give {self.flag}"


@dataclass
class WrongUsage(TrackerError):
    """A command line that cannot be understood: an unknown command, option or value of a code list."""

    problem: str
    hint: str | None = None

    def __str__(self) -> str:
        return self.problem


@dataclass
class BadRecord(TrackerError):
    """Something wrong inside a file: where (file, line, column, key) and what."""

    file: str
    line: int | None
    column: int | None
    key: str
    problem: str
    hint: str | None = None

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        return f"{place}: {self.key}: {self.problem}" if self.key else f"{place}: {self.problem}"


@dataclass
class BadFile(TrackerError):
    """A file that cannot be read or written at all."""

    path: Path | str
    problem: str
    hint: str | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


@dataclass
class Similar(TrackerError):
    """A new name that is too close to a known one to be created without being insisted on."""

    what: str
    name: str
    known: list[str]
    hint: str | None = None

    def __str__(self) -> str:
        return f"{self.what} {self.name!r} is not known, but similar to {' and '.join(self.known)}"


@dataclass
class NotFound(TrackerError):
    """A reference or name that nothing has; ``nearest`` are the closest known ones."""

    what: str
    name: str
    nearest: list[str]
    hint: str | None = None
    exit_code = 3
    http_status = 404

    def __str__(self) -> str:
        said = f"there is no {self.what} {self.name!r}"
        return f"{said}; did you mean {' or '.join(self.nearest)}?" if self.nearest else said


@dataclass
class Conflict(TrackerError):
    """What was asked contradicts what is recorded: it exists already, is in use, or changed meanwhile."""

    what: str
    hint: str | None = None
    exit_code = 4
    http_status = 409

    def __str__(self) -> str:
        return self.what


@dataclass
class DatabaseUnusable(TrackerError):
    """The database is missing, foreign, newer than the program, damaged, or locked for too long."""

    path: str
    problem: str
    hint: str | None = None
    exit_code = 5
    http_status = 503

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"
