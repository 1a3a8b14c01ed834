"""``tracker documents``, ``add-document``, ``open`` and ``export-document``."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker import actions
from tracker.cli import filters, keeping, options, output, values
from tracker.cli.context import author, database_to_write, location, reader
from tracker.cli.writing import say
from tracker.errors import BadFile, BadInput, NotFound
from tracker.models.enums import DocumentKind
from tracker.models.keys import fold
from tracker.rules.media_types import HTML, portable_name
from tracker.store.files import FileStore
from tracker.store.reader import Rows

SHAPE = output.Shape(
    noun="documents",
    columns=(
        ("ref", "ref"),
        ("of", "of"),
        ("kind", "kind"),
        ("file", "file"),
        ("title", "title"),
        ("language", "language"),
        ("on", "on"),
        ("kept", "kept"),
        ("pages", "pages"),
        ("text", "text"),
    ),
    flags=frozenset({"kept"}),
    wraps=frozenset({"file", "title"}),
)

DocumentRef = Annotated[
    str | None, typer.Argument(metavar="DOCUMENT", help="Its reference: PA-2017-001/D1, or party-2/D1 of a party.")
]


def documents(
    ctx: typer.Context,
    agreement: options.AgreementFilter = None,
    party: options.PartyFilter = None,
    kind: Annotated[DocumentKind | None, typer.Option(help="Only of this kind.")] = None,
    text: options.TextFilter = None,
    sort: options.Sort = None,
    limit: options.Limit = None,
    format_name: options.Format = None,
    out: options.Output = None,
) -> None:
    """List the files kept with agreements and parties; one that is only named has no file in the store.

    The last column says whether the text was read for search (read, partly-read), or why it was not (no-text,
    not-read, encrypted, damaged, unsafe, too-large, too-slow).
    """
    with reader(ctx) as rows:
        given = filters.values(rows, values.day(None), agreement=agreement, party=party, text=text, kind=kind)
        found = rows.rows("documents", **given)
    for row in found:
        row["kept"] = row["sha256"] is not None
    output.show(found, SHAPE, format_name=format_name, output=out, sort=sort, limit=limit)


def add_document(
    ctx: typer.Context,
    ref: options.AnyRef = None,
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="The file to keep.")] = None,
    kind: Annotated[DocumentKind | None, typer.Option(help="What kind of document it is.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its title.")] = None,
    language: Annotated[str | None, typer.Option(metavar="LL", help="Its language.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day it bears.")] = None,
) -> None:
    """Keep a file: copied beside the database under the SHA-256 of its content, its text read for search.

    REF is an agreement, an activity (REF/A1), an obligation (REF/O1), one of its due dates (REF/O1:2017-11-18), whose
    evidence the file then is, or a party.

    Examples:

      tracker add-document PA-2017-001 signed.pdf --kind signed-text --language es

      tracker add-document PA-2017-001/A1 list.pdf --kind attendance-list
    """
    ref = values.required(ref, "Reference", "REF")
    source = Path(values.required(file, "File", "FILE"))
    name = portable_name(source.name or "document") if file else ""
    data = {"file": name, "kind": kind, "title": title, "language": language}
    part = values.part("DocumentPart", data | {"on": values.written(on, "--on")}, {"file": "FILE"})
    path = database_to_write(ctx)
    # before anything is copied
    actions.running.run(path, lambda session: actions.documents.owner(session, ref), dry_run=True)
    with actions.documents.keeping(path) as files:
        kept, text = keeping.keep(files, source)
        outcome = actions.running.run(
            path, lambda session: actions.documents.add(session, ref, part, kept, text), author=author(ctx), files=files
        )
    say(outcome)


def open_document(
    ctx: typer.Context,
    ref: DocumentRef = None,
    print_path: Annotated[
        bool, typer.Option("--print-path", help="Only print where the kept file lies; also when output is no terminal.")
    ] = False,
) -> None:
    """Open a kept file with the program your system has for it.

    A copy is opened, which cannot be written to: what is kept stays as it was. A web page can run scripts and is not
    opened: export it if you trust it.

    Examples:

      tracker open PA-2017-001/D1
    """
    row, path = _kept(ctx, values.required(ref, "Document", "DOCUMENT"))
    if print_path or not sys.stdout.isatty():
        typer.echo(path)
        return
    if row["media_type"] == HTML or Path(row["file"]).suffix.lower() in (".htm", ".html", ".xhtml"):
        raise BadFile(
            row["file"],
            "is a web page, which can run scripts: it is not opened",
            f"if you trust it: tracker export-document {row['ref']} -o FILE",
        )
    folder = Path(tempfile.mkdtemp(prefix="tracker-"))
    copy = folder / portable_name(row["file"])
    copy.write_bytes(path.read_bytes())
    copy.chmod(0o400)
    _launch(copy)
    typer.echo(f"opened a copy: {copy}", err=True)


def export_document(
    ctx: typer.Context,
    ref: DocumentRef = None,
    out: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write ('-': stdout).")
    ] = None,
) -> None:
    """Write a kept file as it was given, after holding it against its SHA-256.

    Examples:

      tracker export-document PA-2017-001/D1 -o signed.pdf
    """
    named = values.required(ref, "Document", "DOCUMENT")
    target = values.required(out, "File", "-o FILE")
    _, path = _kept(ctx, named)
    content = path.read_bytes()
    if target == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    output.write_file(Path(target), content)
    typer.echo(f"wrote {target}")


def find(rows: Rows, ref: str) -> dict[str, Any]:
    """The document with this reference, of an agreement or of a party. Raises NotFound, BadInput."""
    match = re.fullmatch(r"(?P<owner>.+)/[dD](?P<number>[1-9][0-9]{0,8})", ref)
    if match is None:
        raise BadInput("DOCUMENT", ref, "is not the reference of a document: expected REF/D1")
    owner, number = match["owner"], int(match["number"])
    party = rows.row("parties", party=fold(owner)) if rows.row("record_agreement", ref=owner) is None else None
    if party is not None:
        found = rows.rows("documents", party=fold(party["ref"]), number=number)
        found = [row for row in found if row["party"] is not None]
    else:
        found = rows.rows("documents", agreement=filters.agreement_ref(rows, owner), number=number)
    if not found:
        raise NotFound("document", ref, [], f"see what there is with: tracker documents --text {owner}")
    return found[0]


def _kept(ctx: typer.Context, ref: str) -> tuple[dict[str, Any], Path]:
    """The document and the file kept for it, whole. Raises BadFile where it is not kept, missing or altered."""
    with reader(ctx) as rows:
        row = find(rows, ref)
    store = FileStore(location(ctx).path)
    if row["sha256"] is None:
        raise BadFile(row["file"], "is only named: the file is not kept", "keep it with: tracker add-document")
    path = store.path(row["sha256"])
    if not store.holds(row["sha256"]):
        raise BadFile(path, f"is missing: {row['ref']} {row['file']} was kept there", "see: tracker verify --files")
    try:
        whole = store.hash_of(row["sha256"]) == row["sha256"]
    except OSError as error:
        raise BadFile(path, f"cannot be read: {error.strerror}") from error
    if not whole:
        raise BadFile(path, f"is altered: it is no longer {row['ref']} {row['file']}", "see: tracker verify --files")
    return row, path


def _launch(path: Path) -> None:
    """Open a file with the system's program for it. Raises BadFile where there is none."""
    try:
        if sys.platform == "win32":
            os.startfile(path)
        else:
            command = "open" if sys.platform == "darwin" else "xdg-open"
            quiet = subprocess.DEVNULL
            subprocess.Popen([command, str(path)], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise BadFile(path, f"cannot be opened: {error.strerror}", "print where it lies with: --print-path") from error
