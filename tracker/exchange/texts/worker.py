"""The process that reads one file: ``python -m tracker.exchange.texts.worker FILE MEDIA_TYPE BYTES``; JSON on stdout.

It limits its own memory before it looks at the file. What a reader raises means that the file is damaged.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from tracker.exchange.texts.limits import TooLarge, Unsafe
from tracker.models.enums import TextState
from tracker.rules.media_types import CSV, DOCX, HTML, MAIL, MARKDOWN, ODT, OLE, PDF, PLAIN
from tracker.rules.pages import FileText, file_text

READERS = {
    PDF: "pdf",
    DOCX: "word",
    ODT: "open_document",
    HTML: "web_page",
    MAIL: "mail",
    OLE: "older_office",
    **dict.fromkeys((PLAIN, MARKDOWN, CSV), "plain"),
}


def read(path: Path, media_type: str) -> FileText:
    """The text of a file, or why it has none, read in this very process."""
    reader = import_module(f"tracker.exchange.texts.{READERS[media_type]}")
    try:
        found = reader.pages(path)
        return found if isinstance(found, FileText) else file_text(found)
    except (TooLarge, MemoryError):
        return FileText(TextState.TOO_LARGE)
    except Unsafe:
        return FileText(TextState.UNSAFE)
    except Exception:  # a parser may raise anything on what is broken
        return FileText(TextState.DAMAGED)


def limit(memory: int) -> None:
    """Let this process have at most ``memory`` bytes, where the system can limit it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read the file named on the command line and print what was found."""
    path, media_type, memory = sys.argv[1:]
    limit(int(memory))
    found = read(Path(path), media_type)
    pages = [[page.number, page.text] for page in found.pages]
    sys.stdout.write(json.dumps({"state": found.state.value, "count": found.count, "pages": pages}))


if __name__ == "__main__":
    main()
