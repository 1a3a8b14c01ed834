"""``tracker backup`` and ``tracker restore``: everything in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker import actions, config
from tracker.cli.context import location
from tracker.cli.passphrase import passphrase
from tracker.cli.verify import Told
from tracker.errors import BadFile
from tracker.rules import retention

PassphraseFile = Annotated[
    str | None,
    typer.Option("--passphrase-file", metavar="FILE", help="A file with the passphrase, which only you can read."),
]
PassphraseCommand = Annotated[
    str | None,
    typer.Option("--passphrase-command", metavar="COMMAND", help="A command that prints the passphrase."),
]


def backup(
    ctx: typer.Context,
    out: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The file, or a folder: a dated name is given there.")
    ],
    keep: Annotated[
        str | None,
        typer.Option("--keep", metavar="RULE", help="Thin out the folder: days, weeks, months, years (7d,5w,12m)."),
    ] = None,
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Encrypt it (age format); asks for a passphrase.")] = False,
    passphrase_file: PassphraseFile = None,
    passphrase_command: PassphraseCommand = None,
) -> None:
    """Write everything to one file, while others work: database, documents, the journal's head, a hash of each.

    It is a ZIP archive that any program opens. Exit code 1 when something is wrong with what it was made of.

    Examples:

      tracker backup -o agreements.zip

      tracker backup -o /mnt/backups/ --keep 7d,5w,12m --passphrase-file ~/.backup-passphrase
    """
    rule = None if keep is None else retention.parse(keep)
    target = _target(out)
    secret = passphrase(passphrase_file, passphrase_command, ask=encrypt, twice=True)
    done = actions.backups.make(location(ctx).path, target, secret, rule, Told())
    for finding in done.made.findings:
        typer.echo(finding, err=True)
    manifest = done.made.manifest
    documents = len(manifest.parts) - 1
    typer.echo(f"backed up to {done.file}: {documents} document{'' if documents == 1 else 's'}")
    if manifest.journal:
        typer.echo(f"the journal's head is {manifest.journal}", err=True)
    for file in done.removed:
        typer.echo(f"removed {file}", err=True)
    if done.made.findings:
        nothing = "; nothing was removed" if rule else ""
        typer.echo(f"something is wrong with what was backed up{nothing}: see tracker verify", err=True)
        raise typer.Exit(1)


def restore(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A backup that tracker backup made.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Prove that it can be restored; change nothing.")] = False,
    unproven: Annotated[bool, typer.Option("--unproven", help="Take it though its journal does not prove it.")] = False,
    passphrase_file: PassphraseFile = None,
    passphrase_command: PassphraseCommand = None,
) -> None:
    """Put a backup in the place of the database, once everything in it is proven. What it replaces is kept.

    Examples:

      tracker restore agreements.zip --dry-run

      tracker restore agreements.zip
    """
    source, place = Path(file), location(ctx).path
    secret = passphrase(passphrase_file, passphrase_command, ask=actions.backups.is_encrypted(source), twice=False)
    done = actions.backups.restore(source, place, secret, Told(), unproven=unproven, dry_run=dry_run)
    manifest = done.manifest
    documents = f"{done.documents} document{'' if done.documents == 1 else 's'}"
    typer.echo(f"{'can be restored' if dry_run else f'restored {place}'}: as of {manifest.made}, {documents}")
    for aside in done.aside:
        typer.echo(f"what was there is kept: {aside}", err=True)
    if done.seen and str(done.seen) != manifest.journal:
        typer.echo(f"the journal's head was {done.seen} and is {manifest.journal} now", err=True)
    for key in done.strange:
        told = f"its journal is sealed with the key {key}, which is not known here: tracker verify asks for it"
        typer.echo(f"{told}, in {config.journal_key_file()}", err=True)
    for ref in done.lacking:
        typer.echo(f"{ref}: its file is not in the backup, nor kept here", err=True)


def _target(out: str) -> Path:
    if not out.strip() or out == "-" or "\0" in out:
        raise BadFile(repr(out), "is no file: expected a name for the backup, or a folder")
    target = Path(out).expanduser()
    if out.endswith(("/", "\\")) and not target.is_dir():
        raise BadFile(target, "there is no such folder", "is its disk there? A folder is not made here")
    return target
