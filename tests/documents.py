"""Real files made on the spot: what offices keep, and what is made to do harm."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib

import docx
import typst
from docx.enum.text import WD_BREAK

AGREEMENT = """
#set page(width: 14cm, height: 12cm)
#set text(lang: "es")
= Convenio de cooperación
Las Partes acuerdan lo siguiente:

Artículo 1 \\
Objeto \\
El objeto es la cooperación contra el tráfico ilícito de migrantes en Panamá, según el artículo 2.
#pagebreak()
Artículo 2 \\
Formación \\
1. La OIM formará a los funcionarios del Gobierno cada seis meses. \\
2. El Ministerio facilitará los locales.
#pagebreak()
Artículo 3 \\
Vigencia \\
El convenio dura tres años.
"""


def pdf(markup: str = AGREEMENT) -> bytes:
    """A PDF set by Typst."""
    made: bytes = typst.compile(markup.encode())
    return made


def scan() -> bytes:
    """A PDF of one page that is a picture of a text, as a scanner gives it: no letter can be read from it."""
    width, height = 60, 40
    pixels = zlib.compress(bytes([255 if (x // 3 + y // 5) % 2 else 0 for y in range(height) for x in range(width)]))
    drawing = b"q 300 0 0 200 20 20 cm /Im0 Do Q"
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 340 240] /Contents 4 0 R "
            b"/Resources << /XObject << /Im0 5 0 R >> >> >>",
            b"<< /Length %d >> stream\n%b\nendstream" % (len(drawing), drawing),
            b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 "
            b"/Filter /FlateDecode /Length %d >> stream\n%b\nendstream" % (width, height, len(pixels), pixels),
        ]
    )


def encrypted() -> bytes:
    """A PDF that opens with the password ``secret`` only (standard handler, revision 2, RC4 of 40 bits)."""
    pad = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    identity, permissions = b"0123456789abcdef", -4
    password = (b"secret" + pad)[:32]
    owner = rc4(hashlib.md5(password).digest()[:5], password)
    seed = password + owner + permissions.to_bytes(4, "little", signed=True) + identity
    user = rc4(hashlib.md5(seed).digest()[:5], pad)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P %d >>"
        % (owner.hex().encode(), user.hex().encode(), permissions),
    ]
    identified = identity.hex().encode()
    return assemble(objects, b"/Encrypt 4 0 R /ID [<%b> <%b>]" % (identified, identified))


def rc4(key: bytes, data: bytes) -> bytes:
    """RC4, which the oldest protected PDFs use."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def word(*paragraphs: str) -> bytes:
    """A Word document; a paragraph ``---`` breaks the page."""
    document = docx.Document()
    for text in paragraphs:
        if text == "---":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rewritten(archive: bytes, **changed: bytes | tuple[str, str]) -> bytes:
    """The archive with members changed (``word__document_xml`` is word/document.xml): other bytes, or a text replaced
    by another in it."""
    names = {
        key.replace("__", "/").replace("_", ".", 1) if "__" in key else key: value for key, value in changed.items()
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            value = names.pop(info.filename, None)
            content = old.read(info)
            if isinstance(value, tuple):
                content = content.decode().replace(*value).encode()
            elif value is not None:
                content = value
            new.writestr(info.filename, content)
        for name, value in names.items():
            assert isinstance(value, bytes)
            new.writestr(name, value)
    return out.getvalue()


def with_entity(archive: bytes, secret: str) -> bytes:
    """A Word document whose text asks for the content of another file by an external entity (XXE)."""
    declared = f'<!DOCTYPE w [<!ENTITY leak SYSTEM "file://{secret}">]>'
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        xml = old.read("word/document.xml").decode()
    xml = re.sub(r"(<\?xml[^>]*\?>)", rf"\1{declared}", xml, count=1)
    return rewritten(archive, word__document_xml=xml.replace("MARK", "&leak;").encode())


def bomb(megabytes: int = 150) -> bytes:
    """A Word document of a few kilobytes whose text unpacks to very many megabytes of spaces."""
    body = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>"
    return rewritten(word("x"), word__document_xml=body + b" " * (megabytes * 1024 * 1024))


ODT_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>taken out</text:p></text:deletion>
</text:changed-region></text:tracked-changes>
<text:h>Article 1</text:h><text:p>Cooperation<text:s text:c="2"/>of <text:span>both</text:span> sides</text:p>
<text:p><text:soft-page-break/>Article 2</text:p><text:p>Training</text:p>
</office:text></office:body></office:document-content>"""


def open_document(content: str = ODT_CONTENT, manifest: str = "<manifest/>") -> bytes:
    """An OpenDocument text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


MAIL = b"""From: Ana <ana@example.org>\r
To: luis@example.org\r
Subject: =?utf-8?q?Capacitaci=C3=B3n?=\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=x\r
\r
--x\r
Content-Type: multipart/alternative; boundary=y\r
\r
--y\r
Content-Type: text/plain; charset=utf-8\r
\r
The training is on Monday.\r
--y\r
Content-Type: text/html\r
\r
<p>The training is on <b>Monday</b>.</p><script>steal()</script>\r
--y--\r
--x\r
Content-Type: application/pdf\r
Content-Disposition: attachment; filename=agenda.pdf\r
\r
%PDF\r
--x--\r
"""
