"""Reads the text of kept files for search, one file per format, in a process of its own with limits.

A file that hangs, eats memory or crashes its reader takes nothing down: it is kept and said to be without text.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tracker.models.enums import TextState
from tracker.rules.media_types import CSV, DOCX, HTML, MAIL, MARKDOWN, ODT, OLE, PDF, PLAIN
from tracker.rules.pages import FileText, Page

READ = (PDF, DOCX, ODT, HTML, PLAIN, MARKDOWN, CSV, MAIL, OLE)
"""The media types that are given to a reader; of older Office files only whether a password protects them."""

SECONDS = 60
"""Longest time that reading one file may take."""

MEMORY = 1024 * 1024 * 1024
"""Most bytes of memory that reading one file may take, where the system can limit it."""


def read(path: Path, media_type: str, *, seconds: float = SECONDS) -> FileText:
    """The text of the file at ``path``, or why it has none; never raises for what the file holds."""
    if media_type not in READ:
        return FileText(TextState.NOT_READ)
    command = [sys.executable, "-P", "-m", "tracker.exchange.texts.worker", str(path), media_type, str(MEMORY)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return FileText(TextState.TOO_SLOW)
    if done.returncode != 0:
        return FileText(TextState.DAMAGED)
    return _from_json(done.stdout)


def _environment() -> dict[str, str]:
    """This process's environment, in which the program itself is found whatever folder the command runs in."""
    root = str(Path(__file__).resolve().parents[3])
    others = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{others}" if others else root, "PYTHONUTF8": "1"}


def _from_json(raw: bytes) -> FileText:
    try:
        found = json.loads(raw)
        pages = tuple(Page(number, text) for number, text in found["pages"])
        return FileText(TextState(found["state"]), pages, found["count"])
    except (ValueError, KeyError, TypeError):
        return FileText(TextState.DAMAGED)
