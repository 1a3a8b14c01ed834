"""A look into the packed files of a workbook before it is read.

The parser gives errors and formulas without a stored result as empty cells, and takes memory for every cell
between the corners of a sheet; a date would be missing without a word, and one far cell would end the program.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from tracker.errors import BadFile
from tracker.exchange.register.sheet import Broken

LARGEST = 100 * 1024 * 1024
"""Most bytes of a workbook as it is on the disk."""
UNPACKED = 1024 * 1024 * 1024
"""Most bytes of all that is packed in it."""
RATIO = 200
"""Most times its packed size that one part over 20 MiB may have."""
ENTRIES = 2000
CELLS = 12_000_000
"""Most cells between the corners of one sheet: what is read takes memory for each."""

Cells = dict[int, dict[int, Broken]]

_CHUNK = 1024 * 1024
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*[^/]>')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_AT = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STORED = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)</")
_NO_RESULT = Broken("holds a formula whose result is not stored: open the file in a spreadsheet program and save it")


def scan(path: Path, file: IO[bytes]) -> dict[str, Cells]:
    """By sheet, row and column (from 0): the cells that hold an error or a formula without a stored result.

    Raises BadFile for a workbook too large to read, with macros, or with entities in its XML. A file that is no
    ZIP (an old XLS) is passed over: its parser says what is wrong with it.
    """
    file.seek(0, 2)
    if file.tell() > LARGEST:
        raise BadFile(path, f"is over {LARGEST // 1024**2} MiB", "save it as CSV UTF-8, which is read as a stream")
    file.seek(0)
    if not zipfile.is_zipfile(file):
        file.seek(0)
        if path.suffix.lower() != ".xls" or file.read(8) != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise BadFile(path, "is no workbook", "save it as .xlsx, .ods or CSV UTF-8")
        return {}
    try:
        with zipfile.ZipFile(file) as packed:
            _refuse_bombs(path, packed)
            names = packed.namelist()
            if any(name.endswith("vbaProject.bin") for name in names):
                raise BadFile(path, "holds macros", "save it as .xlsx")
            if "content.xml" in names:
                return _scan_ods(path, packed)
            if "xl/workbook.xml" in names:
                return {name: _scan_xlsx(path, packed, part) for name, part in _parts(path, packed) if part in names}
            raise BadFile(path, "is no workbook: it holds no sheets", "save it as .xlsx, .ods or CSV UTF-8")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadFile(path, "is damaged: it cannot be unpacked") from error
    except ElementTree.ParseError as error:
        raise BadFile(path, f"is damaged: its XML cannot be read ({error})") from error


def _refuse_bombs(path: Path, packed: zipfile.ZipFile) -> None:
    entries = packed.infolist()
    if len(entries) > ENTRIES:
        raise BadFile(path, f"packs {len(entries)} files: expected at most {ENTRIES}")
    if sum(entry.file_size for entry in entries) > UNPACKED:
        raise BadFile(path, f"is over {UNPACKED // 1024**2} MiB once unpacked", "save it as CSV UTF-8")
    for entry in entries:
        if entry.file_size > 20 * 1024**2 and entry.file_size > RATIO * max(entry.compress_size, 1):
            raise BadFile(path, f"packs {entry.filename} over {RATIO} times: it is no ordinary workbook")


def _chunks(path: Path, packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part unpacked bit by bit. Raises BadFile where it is larger than it says, or declares entities."""
    said, read = packed.getinfo(name).file_size, 0
    with packed.open(name) as part:
        while chunk := part.read(_CHUNK):
            if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise BadFile(path, f"declares entities in {name}: no spreadsheet program writes that")
            read += len(chunk)
            if read > said:
                raise BadFile(path, f"is damaged: {name} is larger than it says")
            yield chunk


def _xml(path: Path, packed: zipfile.ZipFile, name: str) -> Any:
    return ElementTree.fromstring(b"".join(_chunks(path, packed, name)))


def _parts(path: Path, packed: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the packed file it is in."""
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in packed.namelist():
        return
    targets = {relation.get("Id"): relation.get("Target", "") for relation in _xml(path, packed, relations)}
    for sheet in _xml(path, packed, "xl/workbook.xml").iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            ident = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
            target = targets.get(ident, "")
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _scan_xlsx(path: Path, packed: zipfile.ZipFile, part: str) -> Cells:
    broken: Cells = {}
    rows = columns = 0
    rest = b""
    for chunk in (*_chunks(path, packed, part), b""):
        text = rest + chunk
        end = text.rfind(b"</") if chunk else len(text)
        end = text.find(b">", end) + 1 if chunk and end >= 0 else max(end, 0)
        text, rest = text[:end], text[end:]
        if len(rest) > 32 * _CHUNK:
            raise BadFile(path, f"is damaged: {part} has a cell without an end")
        for letters, number in set(_FILLED.findall(text)):
            columns, rows = max(columns, _column(letters)), max(rows, int(number))
        if rows * columns > CELLS:
            raise BadFile(
                path,
                f"spans {rows} rows and {columns} columns: more than can be read",
                "delete what stands far outside the table",
            )
        if b"<f" in text or b't="e"' in text or b":f" in text:
            _find_broken(text, broken)
    return broken


def _find_broken(text: bytes, broken: Cells) -> None:
    for kind, content in _CELL.findall(text):
        at, stored = _AT.search(kind), _STORED.search(content)
        if b't="e"' in kind:
            shown = stored[1].decode("utf-8", "replace") if stored else "an error"
            found: Broken | None = Broken(f"holds the error {shown}")
        else:
            has_formula = b"<f" in content or b":f" in content
            found = _NO_RESULT if has_formula and not stored and b't="str"' not in kind else None
        if found and at:
            broken.setdefault(int(at[2]) - 1, {})[_column(at[1]) - 1] = found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _scan_ods(path: Path, packed: zipfile.ZipFile) -> dict[str, Cells]:
    """As ``_scan_xlsx``: rows and cells may be repeated, so a small file can be a large sheet."""
    found: dict[str, Cells] = {}
    parser: Any = ElementTree.XMLPullParser(["start", "end"])
    cells: Cells = {}
    row = column = 0
    widest = 0
    for chunk in _chunks(path, packed, "content.xml"):
        parser.feed(chunk)
        for event, element in parser.read_events():
            tag = element.tag
            if event == "start":
                if tag == f"{_TABLE}table":
                    cells = found.setdefault(element.get(f"{_TABLE}name", ""), {})
                    row = widest = 0
                elif tag == f"{_TABLE}table-row":
                    column = 0
                continue
            if tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                repeated = int(element.get(f"{_TABLE}number-columns-repeated", "1"))
                if len(element) or element.get(f"{_OFFICE}value-type"):
                    widest = max(widest, column + repeated)
                    if element.get(f"{_CALC}value-type") == "error":
                        text = "".join(element.itertext()).strip() or "an error"
                        cells.setdefault(row, {})[column] = Broken(f"holds the error {text}")
                    element.set("filled", "1")
                column += repeated
            elif tag == f"{_TABLE}table-row":
                repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                filled = any(cell.get("filled") for cell in element)
                row += repeated
                if filled and row * widest > CELLS:
                    raise BadFile(path, f"spans {row} rows and {widest} columns: more than can be read")
                element.clear()
    return found
