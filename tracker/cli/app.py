"""The root command: loads each command when it is used, and turns errors of ours into one line on stderr."""

from __future__ import annotations

import json
import os
import re
import sys
from importlib import import_module
from itertools import pairwise
from typing import Annotated, Any

import typer
from typer._click.exceptions import UsageError
from typer.core import TyperGroup
from typer.main import get_command

from tracker.cli.catalogue import COMMANDS
from tracker.cli.context import WORDS, Settings
from tracker.cli.usage import in_our_words
from tracker.errors import TrackerError, WrongUsage

GLOBAL_OPTIONS = ("--db", "--actor")
"""Options of the root command that may stand anywhere before ``--``."""

_LONGEST = 900
"""Most characters of an error that are shown."""


class LazyGroup(TyperGroup):
    """A group whose commands are loaded on use; its help comes from the catalogue alone."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        if cmd_name not in self.commands:
            module, function = entry.target.split(":")
            found = getattr(import_module(f"tracker.cli.{module}"), function)
            built = get_command(found if isinstance(found, typer.Typer) else _alone(cmd_name, found))
            self.commands[cmd_name] = _readable_help(built)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=2)
            suggestion = f"; did you mean {' or '.join(near)}?" if near else ""
            raise WrongUsage(f"there is no command {args[0]!r}{suggestion}", "list them with: tracker --help")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for group in dict.fromkeys(entry.group for entry in COMMANDS.values()):
            with formatter.section(group):
                rows = [(name, entry.help) for name, entry in COMMANDS.items() if entry.group == group]
                formatter.write_dl(rows)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        from typer._click.shell_completion import CompletionItem

        return [
            CompletionItem(name, help=entry.help) for name, entry in COMMANDS.items() if name.startswith(incomplete)
        ]

    def _main_shell_completion(self, *args: Any, **kwargs: Any) -> None:
        if any(name.startswith("_TRACKER_COMPLETE") for name in os.environ):
            from typer import _completion_classes

            # Typer reads titles as rich markup here: "[/red]" in one would end completion with an error
            _completion_classes._sanitize_help_text = printable
        super()._main_shell_completion(*args, **kwargs)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            args = ["--help"]  # what was asked for, so it goes to stdout and ends with 0
        return super().parse_args(ctx, _globals_first(args))

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().make_context(*args, **kwargs)
        except UsageError as error:
            if type(error).__name__ == "NoArgsIsHelpError":
                raise
            _report(in_our_words(error), as_json=False)
            raise typer.Exit(error.exit_code) from error

    def invoke(self, ctx: Any) -> Any:
        words = [*ctx._protected_args, *ctx.args]
        try:
            _refuse_bytes(words)
            ctx.meta[WORDS] = words
            return super().invoke(ctx)
        except TrackerError as error:
            told: TrackerError = error
        except UsageError as error:
            if type(error).__name__ == "NoArgsIsHelpError":
                raise
            told = in_our_words(error)
        _report(told, as_json="--format=json" in words or ("--format", "json") in pairwise(words))
        raise typer.Exit(told.exit_code)


def _readable_help(command: Any) -> Any:
    """The command with code lists in the help of their options, where lines break, not in the placeholder."""
    command.help = re.sub(r"(?<=\S)\n +(?=\S)", " ", command.help or "")
    for parameter in command.params:
        choices = getattr(parameter.type, "choices", None)
        if choices and parameter.metavar is None:
            parameter.metavar = str(parameter.name).upper()
            parameter.help = f"{(parameter.help or '').rstrip('.')}: {', '.join(str(choice) for choice in choices)}."
    return command


def _refuse_bytes(words: list[str]) -> None:
    """Refuse arguments that are no UTF-8: they arrive as lone surrogates, which no database and no file takes."""
    for word in words:
        if any("\ud800" <= character <= "\udfff" for character in word):
            raise WrongUsage(f"the argument {word[:60]!r} is not UTF-8", "type it anew, or set a UTF-8 locale")


def _alone(name: str, function: Any) -> typer.Typer:
    """An application of one command."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, context_settings={"help_option_names": ["-h", "--help"]})(function)
    return app


def _globals_first(args: list[str]) -> list[str]:
    """Move the root command's own options to the front, so that they may stand at the end as well."""
    first: list[str] = []
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == "--":
            rest.append(word)
            break
        if word in GLOBAL_OPTIONS:
            first += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word.split("=")[0] in GLOBAL_OPTIONS:
            first.append(word)
        else:
            rest.append(word)
    return [*first, *rest, *words]


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


app = typer.Typer(cls=LazyGroup, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


def _version(wanted: bool) -> None:
    if wanted:
        from tracker import __version__

        typer.echo(f"tracker {__version__}")
        raise typer.Exit


@app.callback(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Dates are YYYY-MM-DD, YYYY-MM, YYYY or unknown; today, +30d, 18 May 2017 and mayo de 2017 do as well. "
    "Begin with: tracker demo",
)
def root(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            "--db", metavar="PATH", help="The database (else TRACKER_DB, the configuration, your data folder)."
        ),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option("--actor", metavar="NAME", help="Who writes, for the journal (else TRACKER_ACTOR, the user)."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Track cooperation agreements: what was promised, by whom, and what falls due."""
    ctx.obj = Settings(db, actor, tuple(ctx.meta.get(WORDS, ())))


command = get_command(app)


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace" if stream is sys.stderr else "strict", encoding="utf-8")
    command(prog_name="tracker")
