"""Errors of the user's in one line on stderr; wrong usage in our own words, with the flag and the nearest valid value.

Loaded only when something went wrong.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

import typer
from typer._click.exceptions import UsageError

from tracker.errors import BadFile, TrackerError, WrongUsage

_LONGEST = 900
"""Most characters of an error that are shown."""

_IN_WORDS = {
    "is not a valid int range": "is not a whole number",
    "is not a valid integer": "is not a whole number",
    "is not in the range x>=1": "is too small: expected 1 or more",
}


def tell(error: Exception, words: list[str]) -> int | None:
    """Tell an error of the user's on stderr; gives the exit code, or None where it is an error of ours, or no error.

    ``words`` are those of the command line: with ``--format json`` among them it is told as JSON.
    """
    if isinstance(error, UsageError):
        if type(error).__name__ == "NoArgsIsHelpError":
            return None
        error = in_our_words(error)
    if not isinstance(error, TrackerError):
        return None
    _report(error, as_json="--format=json" in words or ("--format", "json") in pairwise(words))
    return error.exit_code


def no_command(word: str, known: Iterable[str]) -> WrongUsage:
    """The error for a command that there is not."""
    near = get_close_matches(word, list(known), n=2)
    suggestion = f"; did you mean {' or '.join(near)}?" if near else ""
    return WrongUsage(f"there is no command {word!r}{suggestion}", "list them with: tracker --help")


def no_text(words: Iterable[str]) -> WrongUsage:
    """The error for arguments that are no UTF-8: they come as lone surrogates, which no database and no file takes."""
    word = next(word for word in words if any("\ud800" <= character <= "\udfff" for character in word))
    return WrongUsage(f"the argument {word[:60]!r} is not UTF-8", "type it anew, or set a UTF-8 locale")


def tell_nowhere_to_print(error: OSError) -> int:
    """Say on stderr that stdout cannot be written; gives the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left to print would fail again at the end
    hint = "what was recorded is recorded: tracker history shows it"
    problem = BadFile("what is printed", f"cannot be written: {error.strerror}", hint)
    _report(problem, as_json=False)
    return problem.exit_code


def _report(error: TrackerError, *, as_json: bool) -> None:
    if as_json:
        said = {"error": type(error).__name__, "message": str(error), "hint": error.hint}
        typer.echo(json.dumps(said | {"exit_code": error.exit_code}, ensure_ascii=False), err=True)
        return
    typer.echo(f"error: {printable(str(error))}", err=True)
    if error.hint:
        typer.echo(f"hint: {printable(error.hint)}", err=True)


def printable(text: str) -> str:
    """One line that is safe on a terminal: control characters and lone surrogates are shown as escapes, and what
    would fill the screen is cut in its middle."""
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]} ... {text[-_LONGEST // 2 :]}"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def in_our_words(error: Any) -> WrongUsage:
    """A usage error of the command-line library as one of ours; ``error`` is its ``UsageError``."""
    command = error.ctx.command_path if error.ctx is not None else "tracker"
    hint = f"see what it takes with: {command} --help"
    parameter = getattr(error, "param", None)
    if hasattr(error, "option_name") and hasattr(error, "possibilities"):
        known = [name for option in error.ctx.command.params for name in option.opts] if error.ctx else []
        return WrongUsage(f"there is no option {error.option_name}{_nearest(error.option_name, known)}", hint)
    if parameter is None:
        said = error.format_message().rstrip(".")
        return WrongUsage(said[:1].lower() + said[1:], hint)
    flag = _flag(parameter)
    choices = [str(getattr(choice, "value", choice)) for choice in getattr(parameter.type, "choices", [])]
    value = str(error.message).partition("'")[2].partition("' is not one of")[0]
    if choices and "is not one of" in error.message:
        return WrongUsage(f"{flag}: {value!r} is not known{_nearest(value, choices)}", hint)
    said = str(error.message).rstrip(".").replace("Value error, ", "")
    for theirs, ours in _IN_WORDS.items():
        said = said.replace(theirs, ours)
    return WrongUsage(f"{flag}: {said}", hint)


def _flag(parameter: Any) -> str:
    """``--kind`` for an option, its placeholder (``EVENT``) for an argument."""
    options = [name for name in parameter.opts if name.startswith("--")]
    return options[0] if options else str(parameter.metavar or parameter.name).upper()


def _nearest(word: str, known: list[str]) -> str:
    close = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    initials = [item for item in known if "".join(part[0] for part in item.split("-") if part) == word.lower()]
    if close or initials:
        return f"; did you mean {(initials or close)[0]}?"
    return f"; expected one of: {', '.join(known)}" if known and not word.startswith("-") else ""
