"""Text files of values with separators (CSV, TSV): finds encoding and separator, then gives row by row."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import BadFile, BadInput, BadRecord
from tracker.exchange.register.sheet import MOST_COLUMNS, Row
from tracker.store.files import open_regular

ENDINGS = (".csv", ".tsv", ".txt")
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
LARGEST = 1024**3
"""Most bytes of a text file; it is read as a stream."""

_CHUNK = 1024 * 1024
_SAMPLE = 200
"""Rows looked at for finding the separator."""


@dataclass(frozen=True)
class DelimitedFile:
    """A text file as one sheet, named like the file."""

    path: Path
    encoding: str
    separator: str

    @property
    def name(self) -> str:
        return self.path.stem

    def rows(self) -> Iterator[Row]:
        """The rows, one in memory at a time. Raises BadRecord for an unclosed quote or an over-long field."""
        with self.path.open(encoding=self.encoding, newline="") as lines:
            reader = csv.reader(lines, delimiter=self.separator, strict=True)
            try:
                for row in reader:
                    if len(row) > MOST_COLUMNS:
                        problem = f"has {len(row)} columns: expected at most {MOST_COLUMNS}"
                        raise BadRecord(str(self.path), reader.line_num, None, "", problem)
                    yield row
            except csv.Error as error:
                problem = _in_our_words(str(error))
                raise BadRecord(str(self.path), reader.line_num, None, "", problem) from error


def open_delimited(path: Path, *, encoding: str | None = None, separator: str | None = None) -> DelimitedFile:
    """The file as a sheet, with its encoding and separator found where they are not given.

    Raises BadFile for what is no readable text, BadInput for a separator or an encoding that is none.
    """
    found = _checked(path, encoding) if encoding else _encoding(path)
    if separator is None:
        chosen = "\t" if path.suffix.lower() == ".tsv" else _separator(path, found)
    else:
        chosen = next((sign for sign, name in SEPARATORS.items() if separator in (sign, name)), "")
        if not chosen:
            expected = ", ".join(SEPARATORS.values())
            raise BadInput("--separator", separator, f"is not a separator: expected one of {expected}")
    return DelimitedFile(path, found, chosen)


def _checked(path: Path, encoding: str) -> str:
    """The encoding that was said, once the whole file can be read in it."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        decoder.decode(b"a").encode()  # base64 and the like are codecs, but no encodings of text
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise BadInput("--encoding", encoding, "is no encoding: expected such as utf-8, cp1252 or latin-1") from error
    with open_regular(path) as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise BadFile(path, f"is not {encoding}", "leave --encoding out, and it is found") from error
    return encoding


def _encoding(path: Path) -> str:
    """``utf-8-sig``, or ``cp1252`` for what is no UTF-8: the whole file is looked at, for one byte decides."""
    utf8 = codecs.getincrementaldecoder("utf-8")()
    size, is_utf8, undefined = 0, True, False
    with open_regular(path) as file:
        while chunk := file.read(_CHUNK):
            if not size and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise BadFile(path, "is UTF-16", "save it as CSV UTF-8, or as a workbook (.xlsx)")
            size += len(chunk)
            if size > LARGEST:
                raise BadFile(path, f"is over {LARGEST // 1024**2} MiB", "split it into several files")
            if b"\0" in chunk:
                raise BadFile(path, "holds a zero byte, so it is no text", "save it as CSV UTF-8")
            undefined = undefined or any(byte in chunk for byte in b"\x81\x8d\x8f\x90\x9d")
            if is_utf8:
                try:
                    utf8.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
    if not size:
        raise BadFile(path, "is empty")
    if is_utf8:
        try:
            utf8.decode(b"", final=True)
            return "utf-8-sig"
        except UnicodeDecodeError:
            pass
    if undefined:
        raise BadFile(path, "is neither UTF-8 nor Windows-1252", "save it as CSV UTF-8, or name its --encoding")
    return "cp1252"


def _separator(path: Path, encoding: str) -> str:
    """The separator that cuts the first rows into most columns of equal number."""
    best, chosen = 0.0, ","
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            with path.open(encoding=encoding, newline="") as lines:
                for number, row in enumerate(csv.reader(lines, delimiter=separator, strict=True)):
                    if number >= _SAMPLE:
                        break
                    if any(cell.strip() for cell in row):
                        widths[len(row)] += 1
        except csv.Error:
            continue
        cut = {width: count for width, count in widths.items() if width > 1}
        if not cut:
            continue
        width, count = max(cut.items(), key=lambda item: item[1] * (item[0] - 1))
        share = count / sum(widths.values())
        score = share * share * min(width - 1, 40)
        if score > best:
            best, chosen = score, separator
    return chosen


def _in_our_words(problem: str) -> str:
    if "unexpected end of data" in problem:
        return "opens a quote that is never closed"
    if "field larger than" in problem:
        return f"has a cell of over {csv.field_size_limit()} characters"
    if "expected after" in problem:
        return "has text after a closing quote: double the quotes inside a cell"
    return f"cannot be read: {problem}"
