"""What readers share: limits of archives, and XML without document types, entities and bottomless nesting."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

LARGEST_FILE = 20 * 1024 * 1024
"""Most bytes of a Word or OpenDocument file without its pictures that is read."""

LARGEST_UNPACKED = 200 * 1024 * 1024
"""Most bytes the read members of an archive may unpack to."""

LARGEST_RATIO = 100
"""How many times larger than packed a read member may be, from a size on at which it matters."""

MOST_ENTRIES = 1_000
"""Most entries of an archive."""

DEEPEST = 256
"""Most XML elements within each other."""

_SMALL = 1024 * 1024


class TooLarge(Exception):
    """The file is within what is kept, but over what is read."""


class Unsafe(Exception):
    """The file is made to do harm, or might as well be."""


def members(path: Path, *names: str) -> dict[str, bytes]:
    """The named members of an archive that it has, unpacked.

    Raises Unsafe for a bomb (too many entries, too high a ratio, more in a member than it says), TooLarge for a
    member over the limits, BadZipFile.
    """
    with zipfile.ZipFile(path) as archive:
        if len(archive.infolist()) > MOST_ENTRIES:
            raise Unsafe("too many entries")
        found = {}
        left = LARGEST_UNPACKED
        for name in names:
            if name not in archive.NameToInfo:
                continue
            info = archive.getinfo(name)
            if info.file_size > _SMALL and info.file_size > LARGEST_RATIO * max(1, info.compress_size):
                raise Unsafe("ratio")
            if info.compress_size > LARGEST_FILE or info.file_size > left:
                raise TooLarge
            with archive.open(info) as member:
                content = member.read(info.file_size + 1)
            if len(content) > info.file_size:
                raise Unsafe("more than it says")
            left -= len(content)
            found[name] = content
        return found


def walk(
    xml: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Go through XML, calling back with each element (``NAMESPACE NAME``), its end, and text.

    Raises Unsafe for a document type (so for any entity of its own) and for nesting over DEEPEST, ExpatError for what
    is not well-formed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def refuse(*_: object) -> None:
        raise Unsafe("document type")

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Unsafe("nesting")
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse  # type: ignore[assignment]
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.Parse(xml, True)
