"""Text files of values: encoding and separator are found, and what cannot be read is said with its line."""

from pathlib import Path

import pytest

from tracker.errors import BadFile, BadInput, BadRecord
from tracker.exchange.delimited_file import open_delimited


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encoding_and_separator_are_found(file: Path, separator: str, encoding: str, ending: str) -> None:
    rows = [["Título", "Notas, etc", "País"], ["São João; x", 'dice "sí"', "Perú"], ["a|b", "línea\nnueva", "c\td"]]
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    file.write_bytes(ending.join([*quoted, ""]).encode(encoding))
    found = open_delimited(file)
    assert (found.separator, list(found.rows())) == (separator, rows)
    assert found.encoding == ("cp1252" if encoding == "cp1252" else "utf-8-sig")
    assert found.name == "register"


def test_decimal_commas_do_not_make_a_comma_the_separator(file: Path) -> None:
    file.write_text("Título;Monto\nA;1,5\nB;2,5\nC;3,5\n", encoding="utf-8")
    assert open_delimited(file).separator == ";"


def test_title_rows_do_not_hide_the_separator(file: Path) -> None:
    file.write_text(
        "Register of agreements, 2024\n\nTitle;Partner;Signed\nA;B;2020-01-01\nC;D;2020-01-01\n", encoding="utf-8"
    )
    assert open_delimited(file).separator == ";"


@pytest.mark.parametrize("said", ["semicolon", ";"])
def test_what_is_said_counts(file: Path, said: str) -> None:
    file.write_bytes(b"a,b;\xe9,c\n")
    found = open_delimited(file, encoding="latin-1", separator=said)
    assert list(found.rows()) == [["a,b", "é,c"]]


def test_a_late_byte_decides_the_encoding(file: Path) -> None:
    file.write_bytes(b"Title,Partner\n" + b"A,B\n" * 400_000 + "é,x\n".encode("cp1252"))
    assert open_delimited(file).encoding == "cp1252"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        ("Title,Partner\n".encode("utf-16"), "is UTF-16"),
        (b"Title,Par\0tner\n", "zero byte"),
        (b"Title,Partner\nA,\x81\xe9\n", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_no_text_is_refused(file: Path, content: bytes, why: str) -> None:
    file.write_bytes(content)
    with pytest.raises(BadFile, match=why):
        open_delimited(file)


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        ('Title,Partner\nA,B\n"C,D\n', 4, "never closed"),
        ('Title,Partner\n"A" x,B\n', 2, "after a closing quote"),
        ("Title,Partner\nA," + "x" * 131_073 + "\n", 2, "131072 characters"),
        ("Title,Partner\n" + "," * 20_000 + "\n", 2, "20001 columns"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(file: Path, content: str, line: int, why: str) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(BadRecord, match=why) as refused:
        list(open_delimited(file, separator=",").rows())
    assert abs((refused.value.line or 0) - line) <= 1


def test_ragged_rows_are_rows(file: Path) -> None:
    file.write_text("a,b,c\n1\n\n1,2,3,4\n", encoding="utf-8")
    assert list(open_delimited(file).rows()) == [["a", "b", "c"], ["1"], [], ["1", "2", "3", "4"]]


def test_a_separator_or_encoding_that_is_none(file: Path) -> None:
    file.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(BadInput, match="comma, semicolon, tab, bar"):
        open_delimited(file, separator="&")
    for encoding in ("klingon", "base64", "rot13", "hex"):
        with pytest.raises(BadInput, match="is no encoding"):
            open_delimited(file, encoding=encoding)


def test_an_encoding_that_does_not_fit_is_said(file: Path) -> None:
    file.write_bytes(b"a,\xe9\n")
    with pytest.raises(BadFile, match="utf-8"):
        open_delimited(file, encoding="utf-8", separator=",")
