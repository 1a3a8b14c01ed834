"""Wrong usage in our own words: one line that names the flag and the nearest valid value."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from tracker.errors import WrongUsage

_IN_WORDS = {
    "is not a valid int range": "is not a whole number",
    "is not a valid integer": "is not a whole number",
    "is not in the range x>=1": "is too small: expected 1 or more",
}


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
