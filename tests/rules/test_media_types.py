"""What a file is by its content, what is refused, and names that any disk takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules import media_types as m

DOCX_MEMBERS = ("[Content_Types].xml", "word/document.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)

KINDS = [
    (b"%PDF-1.7\n", "a.pdf", m.PDF),
    (b"junk before\n%PDF-1.4\n", "a.pdf", m.PDF),
    (OLE, "a.doc", m.OLE),
    (b"{\\rtf1 x}", "a.rtf", m.RTF),
    (b"\x89PNG\r\n\x1a\n....", "a", "image/png"),
    (b"\xff\xd8\xff\xe0....", "a.jpeg", "image/jpeg"),
    (b"II*\x00....", "a.tif", "image/tiff"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp", "image/webp"),
    (b"\x00\x00\x00\x18ftypheic....", "a.heic", "image/heic"),
    (b"plain words", "a.txt", m.PLAIN),
    (b"plain words", "", m.PLAIN),
    (b"BMZ reports", "a.txt", m.PLAIN),
    (b"ID3 of the plan", "a.txt", m.PLAIN),
    (b"BM\x36\x00\x00", "a.bmp", "image/bmp"),
    ("Señor".encode("cp1252"), "a.txt", m.PLAIN),
    ("Señor".encode("utf-16"), "a.txt", m.PLAIN),
    (b"\xef\xbb\xbf# Title", "a.md", m.MARKDOWN),
    (b"a;b\n1;2\n", "a.csv", m.CSV),
    (b"<!DOCTYPE html><p>x", "a.html", m.HTML),
    (b"\n <!-- saved --> <HTML><body>", "a.htm", m.HTML),
    (b'<?xml version="1.0"?><html xmlns="x">', "a.xhtml", m.HTML),
    (b"From: a@example.org\r\nSubject: x\r\n\r\nwords", "a.eml", m.MAIL),
    (b"no headers here", "a.eml", m.PLAIN),
    (b'<?xml version="1.0"?>\n<svg xmlns="x">', "a.svg", "image/svg+xml"),
    (bytes(range(256)), "a.bin", m.UNKNOWN),
    (b"\x01\x02\x03\x04\x05\x06\x81", "a", m.UNKNOWN),
]


@pytest.mark.parametrize(("head", "name", "kind"), KINDS)
def test_by_content(head: bytes, name: str, kind: str) -> None:
    assert m.media_type(head, name) == kind


@pytest.mark.parametrize(
    ("members", "package", "kind"),
    [
        (DOCX_MEMBERS, None, m.DOCX),
        (("[Content_Types].xml", "xl/workbook.xml"), None, m.XLSX),
        (("[Content_Types].xml", "ppt/presentation.xml"), None, m.PPTX),
        (("mimetype", "content.xml"), m.ODT, m.ODT),
        (("mimetype", "content.xml"), "application/evil", m.ZIP),
        (("word/document.xml",), None, m.ZIP),
        ((), None, m.ZIP),
    ],
)
def test_archives_by_what_lies_in_them(members: tuple[str, ...], package: str | None, kind: str) -> None:
    assert m.media_type(b"PK\x03\x04", "a.docx", members, package) == kind


def test_a_text_that_is_cut_within_a_letter_is_text() -> None:
    head = ("x" * (m.HEAD - 1) + "é").encode()[: m.HEAD]
    assert m.media_type(head, "a.txt") == m.PLAIN
    assert m.text_of(head, cut=True) == "x" * (m.HEAD - 1)


REFUSED = [
    ("a.exe", b"MZ\x90\x00", (), "is a program"),
    ("a.exe", b"MZ", (), "is named .exe"),
    ("a.pdf", b"\x7fELF", (), "is a program"),
    ("tool", b"#!/bin/sh\n", (), "is a program"),
    ("a.zip", b"PK\x03\x04", ("META-INF/MANIFEST.MF",), "is a program"),
    ("a.bat", b"del *", (), "is named .bat"),
    ("a.JS", b"alert(1)", (), "is named .js"),
    ("a.docm", b"PK\x03\x04", DOCX_MEMBERS, "is named .docm"),
    ("a.docx", b"PK\x03\x04", (*DOCX_MEMBERS, "word/vbaProject.bin"), "holds macros"),
    ("a.svg", b"<svg>", (), "is an SVG drawing"),
    ("a.png", b"<svg>", (), "is an SVG drawing"),
    ("a.pdf", b"PK\x03\x04", (), "is named .pdf, but is a ZIP archive: expected a PDF"),
    ("a.docx", b"PK\x03\x04", (), "is named .docx, but is a ZIP archive: expected a Word document"),
    ("a.docx", b"%PDF-1.4", (), "is named .docx, but is a PDF"),
    ("a.png", b"\xff\xd8\xff", (), "is named .png, but is of type image/jpeg"),
    ("a.txt", b"<html>", (), "is named .txt, but is a web page"),
    ("a.eml", b"no headers", (), "is named .eml, but is plain text"),
]


@pytest.mark.parametrize(("name", "head", "members", "problem"), REFUSED)
def test_what_is_not_kept(name: str, head: bytes, members: tuple[str, ...], problem: str) -> None:
    found = m.media_type(head, name, members)
    refused = m.refusal(name, found, head, members)
    assert refused is not None and problem in refused.problem


def test_macros_of_an_older_office_file() -> None:
    refused = m.refusal("a.doc", m.OLE, OLE, macros=True)
    assert refused is not None and "macros" in refused.problem


@pytest.mark.parametrize(
    ("name", "head", "members"),
    [
        ("a.pdf", b"%PDF-1.4", ()),
        ("A.PDF", b"%PDF-1.4", ()),
        ("a.docx", b"PK\x03\x04", DOCX_MEMBERS),
        ("locked.docx", OLE, ()),
        ("a.doc", OLE, ()),
        ("a.html", b"<html><script>", ()),
        ("a.md", b"<html>", ()),
        ("plan.dwg", bytes(range(256)), ()),
        ("README", b"words", ()),
        ("a.txt", b"MZUZU is a city", ()),
        (".hidden", b"words", ()),
    ],
)
def test_what_is_kept(name: str, head: bytes, members: tuple[str, ...]) -> None:
    assert m.refusal(name, m.media_type(head, name, members), head, members) is None


@pytest.mark.parametrize(
    ("name", "portable"),
    [
        ("signed.pdf", "signed.pdf"),
        ("a\nb\x1b[31m.pdf", "a_b_[31m.pdf"),
        ("-rf", "_rf"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\y.pdf", "y.pdf"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("a:b?.pdf", "a_b_.pdf"),
        ("  ...  ", "document"),
        ("عقد.pdf", "عقد.pdf"),
        ("x" * 251 + ".pdf", "x" * 187 + ".pdf"),
    ],
)
def test_names_for_any_disk(name: str, portable: str) -> None:
    assert m.portable_name(name) == portable


@given(st.text(max_size=300))
def test_any_name_becomes_one_for_any_disk(name: str) -> None:
    found = m.portable_name(name)
    assert found and len(found) <= 200 and found.isprintable()
    assert not set(found) & set('/\\<>:"|?*') and not found.startswith("-") and found.strip(" .") == found
    assert m.portable_name(found) == found


@given(st.binary(max_size=300), st.sampled_from(["a", "a.txt", "a.eml", "a.pdf", "a.docx", ".x"]))
def test_any_bytes_are_something(head: bytes, name: str) -> None:
    found = m.media_type(head, name)
    assert "/" in found
    m.refusal(name, found, head)
