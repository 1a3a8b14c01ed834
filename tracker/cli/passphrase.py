"""Where a passphrase comes from: a file, a command or the terminal; never the command line, which all can read."""

from __future__ import annotations

import shlex
import stat
import subprocess
import sys
from pathlib import Path

from tracker.errors import BadFile, BadInput, Missing

LONGEST = 4096
"""Most bytes of a passphrase."""


def passphrase(file: str | None, command: str | None, *, ask: bool, twice: bool = False) -> str | None:
    """The passphrase from the file or the command that is named, else asked for where ``ask``; else None.

    A line's end after it is not part of it. Raises BadInput, BadFile; Missing where there is no terminal to ask on.
    """
    if file is not None and command is not None:
        raise BadInput("--passphrase-command", command, "cannot stand with --passphrase-file: give one of them")
    if file is not None:
        return _from_file(Path(file))
    if command is not None:
        return _from_command(command)
    return _asked(twice) if ask else None


def _from_file(file: Path) -> str:
    try:
        mode = file.stat().st_mode
        if stat.S_ISREG(mode) and mode & 0o077:
            raise BadFile(file, "can be read by others: expected a file that only you can read", f"chmod 600 {file}")
        with file.open("rb") as content:
            return _taken(content.read(LONGEST + 1), "--passphrase-file")
    except OSError as error:
        raise BadFile(file, f"cannot be read: {error.strerror}") from error


def _from_command(command: str) -> str:
    try:
        done = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
    except ValueError as error:
        raise BadInput("--passphrase-command", command, f"is no command: {error}") from error
    except (OSError, IndexError) as error:
        raise BadInput("--passphrase-command", command, f"cannot be run: {error}") from error
    if done.returncode:
        raise BadInput("--passphrase-command", command, f"ended with {done.returncode}: expected 0 and the passphrase")
    return _taken(done.stdout, "--passphrase-command")


def _asked(twice: bool) -> str:
    if not sys.stdin.isatty():
        raise Missing("The passphrase", "--passphrase-file or --passphrase-command")
    from getpass import getpass

    found = getpass("passphrase: ")
    if twice and getpass("once more: ") != found:
        raise BadInput("passphrase", "", "the two are not the same: type it anew")
    return _taken(found.encode("utf-8", "surrogateescape"), "passphrase")


def _taken(raw: bytes, flag: str) -> str:
    try:
        text = raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(flag, "", "gives what is not UTF-8") from error
    if not text or len(raw) > LONGEST or not text.isprintable():
        raise BadInput(flag, "", f"expected a passphrase on one line, of at most {LONGEST} bytes")
    return text
