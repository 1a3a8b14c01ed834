"""The root command: loads each command when it is used, and turns errors of ours into one line on stderr."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from tracker.cli.catalogue import COMMANDS
from tracker.cli.settings import WORDS, Settings

GLOBAL_OPTIONS = ("--db", "--actor")
"""Options of the root command that may stand anywhere before ``--``."""


class LazyGroup(TyperGroup):
    """A group whose commands are loaded on use; its help comes from the catalogue alone."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        if entry.completes and ctx.resilient_parsing and _first_word_is_typed(cmd_name):
            return _completed(cmd_name, entry.completes)
        if cmd_name not in self.commands:
            module, function = entry.target.split(":")
            found = getattr(import_module(f"tracker.cli.{module}"), function)
            built = get_command(found if isinstance(found, typer.Typer) else _alone(cmd_name, found))
            self.commands[cmd_name] = _readable_help(built)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise _usage().no_command(args[0], COMMANDS)
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
            _completion_classes._sanitize_help_text = lambda text: _usage().printable(text)
        super()._main_shell_completion(*args, **kwargs)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            args = ["--help"]  # what was asked for, so it goes to stdout and ends with 0
        return super().parse_args(ctx, _globals_first(args))

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        with _told([]):
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        words = [*ctx._protected_args, *ctx.args]
        with _told(words):
            if any("\ud800" <= character <= "\udfff" for word in words for character in word):
                raise _usage().no_text(words)
            ctx.meta[WORDS] = words
            return super().invoke(ctx)


@contextmanager
def _told(words: list[str]) -> Iterator[None]:
    """An error of the user's inside is told and ends the command with its code; any other goes its way."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except Exception as error:
        code = _usage().tell(error, words)
        if code is None:
            raise
        raise typer.Exit(code) from error


def _usage() -> Any:
    """What tells errors, loaded when there is one."""
    from tracker.cli import usage

    return usage


def _readable_help(command: Any) -> Any:
    """The command with code lists in the help of their options, where lines break, not in the placeholder."""
    command.help = re.sub(r"(?<=\S)\n +(?=\S)", " ", command.help or "")
    for parameter in command.params:
        choices = getattr(parameter.type, "choices", None)
        if choices and parameter.metavar is None:
            parameter.metavar = str(parameter.name).upper()
            parameter.help = f"{(parameter.help or '').rstrip('.')}: {', '.join(str(choice) for choice in choices)}."
    return command


def _alone(name: str, function: Any) -> typer.Typer:
    """An application of one command."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, context_settings={"help_option_names": ["-h", "--help"]})(function)
    return app


def _first_word_is_typed(command: str) -> bool:
    """Whether a shell asks how the first word after the command goes on; an option has to be known to the command."""
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    before, _, word = line.rpartition(" ")
    return before.split(" ")[-1] == command and not word.startswith(("-", "\n"))


def _completed(name: str, completes: str) -> Any:
    """A command of its first argument alone: how that goes on is known without the command."""
    from tracker.cli import complete

    def first(word: str = typer.Argument("", autocompletion=getattr(complete, completes))) -> None:
        """Never run."""

    return get_command(_alone(name, first))


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
    try:
        command(prog_name="tracker")
    except OSError as error:
        if error.filename is not None:  # what happens to a file is told where it happens: this is a bug
            raise
        from tracker.cli.usage import tell_nowhere_to_print

        raise SystemExit(tell_nowhere_to_print(error)) from None
