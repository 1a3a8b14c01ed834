"""Reports as Word files: the template that Tracker ships, or an office's own."""

from __future__ import annotations

import io
import pickle
import re
import subprocess
import sys
import zipfile
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from tracker.errors import BadFile
from tracker.reports import word
from tracker.reports.document import Document
from tracker.reports.fields import HEAD, listed
from tracker.reports.plain import TEMPLATES

OURS = TEMPLATES / "report.docx"
MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 20 << 20, 200 << 20, 1_000
_HINT = "see the fields with: tracker report --list-fields"


def render(document: Document) -> bytes:
    """The document in the template that Tracker ships."""
    return word.fill(OURS.read_bytes(), document, None)


def render_with(template: Path, document: Document, report: Any) -> bytes:
    """The document in an office's template, which may name every field of ``report`` and cannot do anything else.

    It is filled in a process of its own, with limits of time and memory. Raises BadFile for a file that is no Word
    document without macros, or a template that cannot be filled, with what is wrong in it.
    """
    content = checked(template)
    given = pickle.dumps((content, document, report))
    # -P: nothing is imported from the folder the user happens to be in
    command = [sys.executable, "-P", "-m", "tracker.reports.word"]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=word.SECONDS + 5, check=False)
    except subprocess.TimeoutExpired:
        raise BadFile(template, f"was not filled within {word.SECONDS} seconds") from None
    if done.returncode < 0:
        raise BadFile(template, f"was not filled within {word.SECONDS} seconds or the memory a template may take")
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BadFile(template, _said(said[-1] if said else "it ended for no reason it gave", document), _HINT)
    return done.stdout


def checked(template: Path) -> bytes:
    """The bytes of a template. Raises BadFile unless they are a Word document of a size that can be read."""
    try:
        if template.stat().st_size > MOST_BYTES:
            raise BadFile(template, f"is larger than {MOST_BYTES >> 20} MB: too large for a template")
        content = template.read_bytes()
    except OSError as error:
        raise BadFile(template, f"cannot be read: {error.strerror}") from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise BadFile(template, "unpacks to more than a template may hold")
            kinds = archive.read("[Content_Types].xml") if len(parts) else b""
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError):
        raise BadFile(template, "is not a Word document: expected a .docx file") from None
    if b"macroEnabled" in kinds:
        raise BadFile(template, "holds macros: save it as .docx")
    if b"wordprocessingml.document.main+xml" not in kinds:
        raise BadFile(template, "is not a Word document: expected a .docx file")
    return content


def _said(problem: str, document: Document) -> str:
    """What is wrong with a template, with the field nearest to one that there is not."""
    found = re.search(r"UndefinedError: (?:'(\w+)' is undefined|.* has no attribute '(\w+)')", problem)
    if found:
        name = found[1] or found[2]
        known = {path.rpartition(".")[2].split("[")[0] for path, _what in listed(document.report)} | set(HEAD)
        near = get_close_matches(name, known, n=1)
        return f"there is no field {name!r}{f'; did you mean {near[0]}?' if near else ''}"
    if problem.startswith("SecurityError") or "SecurityError: " in problem:
        return "asks for what a template may not see"
    return f"cannot be filled: {problem}"
