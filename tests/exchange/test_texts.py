"""Texts read from real files made on the spot: with pages, within limits, never at the cost of the program."""

from __future__ import annotations

import os
import sys
import time
import zipfile
from pathlib import Path

import documents as made
import pytest

from tracker.exchange import texts
from tracker.models.enums import TextState
from tracker.rules import media_types
from tracker.rules.pages import MOST_CHARACTERS, FileText
from tracker.store.files import content_of


@pytest.fixture
def read(tmp_path: Path):  # type: ignore[no-untyped-def]
    """What is read of a file with this name and content, as it is read when it is kept."""

    def reads(name: str, raw: bytes | str, **limits: float) -> FileText:
        path = tmp_path / name
        path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
        content = content_of(path)
        kind = media_types.media_type(content.head, name, content.members, content.package)
        return texts.read(path, kind, **limits)

    return reads


def by_page(found: FileText) -> dict[int | None, str]:
    return {page.number: page.text for page in found.pages}


def test_pdf(read) -> None:  # type: ignore[no-untyped-def]
    found = read("a.pdf", made.pdf())
    assert found.state is TextState.READ and found.count == 3
    pages = by_page(found)
    assert "tráfico ilícito de migrantes en Panamá" in pages[1].replace("\n", " ")
    assert pages[2].startswith("Artículo 2") and "dura tres años" in pages[3]


def test_a_scanned_pdf_has_no_text_and_one_with_a_password_says_so(read) -> None:  # type: ignore[no-untyped-def]
    assert read("scan.pdf", made.scan()) == FileText(TextState.NO_TEXT, (), 1)
    assert read("locked.pdf", made.encrypted()).state is TextState.ENCRYPTED


def test_the_protected_pdf_of_the_test_is_a_real_one(tmp_path: Path) -> None:
    import pypdfium2

    assert len(pypdfium2.PdfDocument(made.encrypted(), password="secret")) == 1


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_pdf_is_no_mishap(read, kept: float) -> None:  # type: ignore[no-untyped-def]
    whole = made.pdf()
    assert read("cut.pdf", whole[: int(len(whole) * kept)]).state in TextState


def test_a_pdf_that_is_none_is_damaged(read) -> None:  # type: ignore[no-untyped-def]
    assert read("bad.pdf", b"%PDF-1.7\n" + os.urandom(2000)).state is TextState.DAMAGED


def test_word_with_its_page_breaks(read) -> None:  # type: ignore[no-untyped-def]
    found = read("a.docx", made.word("Article 1", "Cooperación", "---", "Article 2", "Training"))
    assert found.count == 2
    assert by_page(found)[1].split() == ["Article", "1", "Cooperación"]
    assert by_page(found)[2].split() == ["Article", "2", "Training"]


def test_word_without_page_breaks_has_no_pages(read) -> None:  # type: ignore[no-untyped-def]
    found = read("a.docx", made.word("Article 1", "Cooperación"))
    assert (found.count, list(by_page(found))) == (None, [None])


NUMBERED = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def test_numbers_that_word_writes_by_itself_are_part_of_the_text(read) -> None:  # type: ignore[no-untyped-def]
    def item(text: str, level: int) -> str:
        number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>'
        return f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    body = "".join(
        [item("Purpose", 0), item("Training", 0), item("host", 1), item("pay", 1), item("End", 0), item("x", 1)]
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    raw = made.rewritten(made.word("x"), word__document_xml=xml.encode(), word__numbering_xml=NUMBERED.encode())
    lines = [line for line in read("a.docx", raw).pages[0].text.split("\n") if line]
    assert lines == ["Article I Purpose", "Article II Training", "(a) host", "(b) pay", "Article III End", "(a) x"]


def test_text_that_was_deleted_in_word_is_not_read(read) -> None:  # type: ignore[no-untyped-def]
    raw = made.rewritten(
        made.word("kept MARK"),
        word__document_xml=("MARK", "</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del><w:r><w:t>"),
    )
    assert read("a.docx", raw).pages[0].text.strip() == "kept"


def test_open_document(read) -> None:  # type: ignore[no-untyped-def]
    found = read("a.odt", made.open_document())
    assert by_page(found) == {1: "Article 1\nCooperation  of both sides", 2: "Article 2\nTraining"}
    locked = made.open_document("junk", "<manifest><encryption-data/></manifest>")
    assert read("locked.odt", locked).state is TextState.ENCRYPTED


def test_web_page(read) -> None:  # type: ignore[no-untyped-def]
    html = (
        "<!DOCTYPE html><html><head><title>Press &amp; release</title><style>p{}</style></head><body>"
        "<h1>Article 1</h1><p>Cooperaci&oacute;n<br>con Panam&aacute;</p>"
        "<script>alert(1)</script><td>cell</body></html>"
    )
    text = read("a.html", html).pages[0].text
    assert [line.strip() for line in text.split("\n") if line.strip()] == [
        "Press & release",
        "Article 1",
        "Cooperación",
        "con Panamá",
        "cell",
    ]
    latin = "<html><head><meta charset=iso-8859-1></head><body>Señor</body></html>".encode("latin-1")
    assert "Señor" in read("b.html", latin).pages[0].text


def test_mail(read) -> None:  # type: ignore[no-untyped-def]
    text = read("a.eml", made.MAIL).pages[0].text
    for said in ("Subject: Capacitación", "From: Ana <ana@example.org>", "The training is on Monday.", "agenda.pdf"):
        assert said in text
    assert "steal" not in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv", "none"])
def test_plain_text_in_the_usual_encodings(read, name: str, encoding: str) -> None:  # type: ignore[no-untyped-def]
    assert "Cooperación" in read(name, "Cooperación; Panamá".encode(encoding)).pages[0].text


def test_form_feeds_part_pages(read) -> None:  # type: ignore[no-untyped-def]
    assert by_page(read("a.txt", "one\ftwo")) == {1: "one", 2: "two"}


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n...."),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.bin", bytes(range(256))),
        ("a.rtf", b"{\\rtf1 x}"),
    ],
)
def test_what_is_not_read_says_so(read, name: str, raw: bytes) -> None:  # type: ignore[no-untyped-def]
    assert read(name, raw).state is TextState.NOT_READ


def test_older_office_files_say_whether_a_password_protects_them(read) -> None:  # type: ignore[no-untyped-def]
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert read("a.doc", ole).state is TextState.NOT_READ
    assert read("a.docx", ole + "EncryptedPackage".encode("utf-16-le")).state is TextState.ENCRYPTED


def test_a_bomb_is_unsafe_and_never_unpacked(read) -> None:  # type: ignore[no-untyped-def]
    raw = made.bomb()
    assert len(raw) < 300_000
    started = time.monotonic()
    assert read("bomb.docx", raw).state is TextState.UNSAFE
    assert time.monotonic() - started < 120


def test_an_external_entity_is_never_followed(read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "secret").write_text("THE SECRET")
    found = read("xxe.docx", made.with_entity(made.word("MARK"), str(tmp_path / "secret")))
    assert found == FileText(TextState.UNSAFE)


def test_entities_that_multiply_are_refused(read) -> None:  # type: ignore[no-untyped-def]
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    assert read("lol.odt", made.open_document(lol)).state is TextState.UNSAFE


def test_bottomless_nesting_and_endless_entries_are_unsafe(read, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert read("deep.odt", made.open_document("<a>" * 100_000)).state is TextState.UNSAFE
    path = tmp_path / "many.zip"
    path.write_bytes(made.open_document())
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(1001):
            archive.writestr(f"x{number}", "")
    assert read("many.odt", path.read_bytes()).state is TextState.UNSAFE


def test_a_member_that_says_it_is_smaller_than_it_is(read) -> None:  # type: ignore[no-untyped-def]
    raw = bytearray(made.open_document())
    size = len(made.ODT_CONTENT.encode())
    lying = bytes(raw).replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert read("lies.odt", lying).state in (TextState.UNSAFE, TextState.DAMAGED)


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_damaged_archives_are_damaged(read, name: str) -> None:  # type: ignore[no-untyped-def]
    raw = made.word("x" * 5000) if name == "a.docx" else made.open_document()
    broken = raw.replace(b"word/document.xml", b"word/document.xmk").replace(b"content.xml", b"content.xmk")
    path_kind = {"a.docx": media_types.DOCX, "a.odt": media_types.ODT}[name]
    path = Path.cwd() / name
    assert texts.read(path, path_kind).state is TextState.DAMAGED, "there is no such file"
    assert read(name, broken).state in (TextState.DAMAGED, TextState.NOT_READ)


def test_a_reader_that_hangs_is_stopped(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys, "executable", "/bin/sleep")
    monkeypatch.setattr(texts.subprocess, "run", _sleeping(texts.subprocess.run))
    started = time.monotonic()
    assert read("a.txt", "x", seconds=0.3).state is TextState.TOO_SLOW
    assert time.monotonic() - started < 60


def _sleeping(run):  # type: ignore[no-untyped-def]
    return lambda command, **given: run(["/bin/sleep", "30"], **given)


def test_a_reader_that_crashes_takes_nothing_down(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    crash = ["/bin/sh", "-c", "kill -SEGV $$"]
    run = texts.subprocess.run
    monkeypatch.setattr(texts.subprocess, "run", lambda command, **given: run(crash, **given))
    assert read("a.txt", "x").state is TextState.DAMAGED


def test_memory_is_limited(read, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(texts, "MEMORY", 64 * 1024 * 1024)
    assert read("a.txt", "word " * 8_000_000).state in (TextState.TOO_LARGE, TextState.DAMAGED)


@pytest.mark.slow
def test_a_text_of_200_megabytes_is_read_in_part(read) -> None:  # type: ignore[no-untyped-def]
    found = read("large.txt", b"cooperation in Panama\n" * (200 * 1024 * 1024 // 22))
    assert found.state is TextState.PARTLY_READ
    assert MOST_CHARACTERS * 0.9 < sum(len(page.text) for page in found.pages) <= MOST_CHARACTERS


PLAIN = b"From: a@b\nSubject: s\nContent-Type: text/plain; charset="


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (PLAIN + b"klingon-8\n\npalabra aqu\xed\n", "aquí"),
        (b"Subject: s\nContent-Type: text/plain; charset\nContent-Transfer-Encoding: base64\n\n!!!palabra!!!\n", "s"),
        (b"From: x@y\nContent-Type: multipart/mixed; boundary=\n\nel cuerpo\n", "el cuerpo"),
        ("From: x@y\nSubject: Capacitación\n\nx\n".encode("latin-1"), "Subject: Capacitación"),
        ("From: x@y\nSubject: Capacitación\n\nx\n".encode(), "Subject: Capacitación"),
        (b"From a@b Mon Jan  1 00:00:00 2020\nFrom: a@b\nSubject: s\n\nel cuerpo\n", "el cuerpo"),
        (b"From: a@b\nSubject: s\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\nsin fin\n", "sin fin"),
        (b"To: <<>>;;,\nDate: Tue, 32 Foo\nSubject: =?utf-8?q?rota=ZZ\n\nel cuerpo\n", "el cuerpo"),
    ],
)
def test_broken_mails_are_read_as_far_as_they_go(read, raw: bytes, word: str) -> None:  # type: ignore[no-untyped-def]
    found = read("a.eml", raw)
    assert found.state is TextState.READ and word in found.pages[0].text


BREAKS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"><office:automatic-styles>
<style:style style:name="P1"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="P2"><style:paragraph-properties fo:break-after="page"/></style:style>
</office:automatic-styles><office:body><office:text>
<text:p>one</text:p><text:h text:style-name="P1">two</text:h><text:p><text:soft-page-break/>three</text:p>
<text:p text:style-name="P2">still three</text:p><text:p>four</text:p>
</office:text></office:body></office:document-content>"""


def test_pages_of_an_open_document_count_the_breaks_that_were_set(read) -> None:  # type: ignore[no-untyped-def]
    assert by_page(read("a.odt", made.open_document(BREAKS))) == {
        1: "one",
        2: "two",
        3: "three\nstill three",
        4: "four",
    }


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(read, encoding: str) -> None:  # type: ignore[no-untyped-def]
    assert read("a.txt", "Artículo 1\nCooperación".encode(encoding)).pages[0].text == "Artículo 1\nCooperación"
