"""What a file is by its content, not by its name; and what is not kept. Pure: works on bytes that were read."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

HEAD = 65_536
"""Bytes from a file's start that are looked at."""

UNKNOWN = "application/octet-stream"
PLAIN, HTML, MARKDOWN, CSV, MAIL = "text/plain", "text/html", "text/markdown", "text/csv", "message/rfc822"
PDF, ZIP, OLE, RTF = "application/pdf", "application/zip", "application/x-ole-storage", "application/rtf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
PPTX = f"{_OFFICE}presentationml.presentation"
_OPEN = "application/vnd.oasis.opendocument."
ODT, ODS, ODP = f"{_OPEN}text", f"{_OPEN}spreadsheet", f"{_OPEN}presentation"

_MAGIC = (
    (b"%PDF-", PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
)
_ALSO_WORDS = (b"BM", b"ID3")
"""Marks that a text may begin with as well: it is none where the file holds a zero byte."""

_PROGRAMS = (b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"#!")
_PROGRAM_NAMES = frozenset(
    """app bat chm cmd com cpl desktop dll dmg exe hta jar js jse lnk msi msp pif ps1 reg scr scf sh so url vb vbe vbs
    wsf wsh xll docm dotm pptm potm ppam ppsm xlsm xltm xlam svg svgz swf""".split()  # noqa: SIM905
)
_TEXTS = frozenset((PLAIN, MARKDOWN, CSV))

OF_NAME: dict[str, frozenset[str]] = {
    "pdf": frozenset((PDF,)),
    "docx": frozenset((DOCX, OLE)),
    "xlsx": frozenset((XLSX, OLE)),
    "pptx": frozenset((PPTX, OLE)),
    "odt": frozenset((ODT,)),
    "ods": frozenset((ODS,)),
    "odp": frozenset((ODP,)),
    **dict.fromkeys(("doc", "xls", "ppt"), frozenset((OLE, RTF, HTML))),
    "msg": frozenset((OLE,)),
    "rtf": frozenset((RTF,)),
    "zip": frozenset((ZIP,)),
    "png": frozenset(("image/png",)),
    **dict.fromkeys(("jpg", "jpeg"), frozenset(("image/jpeg",))),
    "gif": frozenset(("image/gif",)),
    **dict.fromkeys(("tif", "tiff"), frozenset(("image/tiff",))),
    "bmp": frozenset(("image/bmp",)),
    "webp": frozenset(("image/webp",)),
    **dict.fromkeys(("heic", "heif"), frozenset(("image/heic",))),
    **dict.fromkeys(("htm", "html", "xhtml"), frozenset((HTML,))),
    "eml": frozenset((MAIL,)),
    "txt": _TEXTS,
    "csv": _TEXTS,
    **dict.fromkeys(("md", "markdown"), frozenset((*_TEXTS, HTML))),
}
"""The media types a file may have by its content, for each ending of a name that promises one."""

_NOUNS = {
    PDF: "a PDF",
    DOCX: "a Word document",
    XLSX: "an Excel workbook",
    PPTX: "a PowerPoint presentation",
    ODT: "an OpenDocument text",
    ODS: "an OpenDocument spreadsheet",
    ODP: "an OpenDocument presentation",
    OLE: "an older or protected Office document",
    ZIP: "a ZIP archive",
    HTML: "a web page",
    MAIL: "an e-mail",
    PLAIN: "plain text",
    UNKNOWN: "something unknown",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not kept, and what would be."""

    problem: str
    hint: str | None = None


def media_type(head: bytes, name: str = "", members: Collection[str] = (), package: str | None = None) -> str:
    """The media type of a file from its first bytes (at least HEAD of them where it has as many).

    For a ZIP archive ``members`` are the names in it and ``package`` the text of its member ``mimetype``. The ending
    of ``name`` only tells kinds of plain text apart (Markdown, CSV, e-mail), which content cannot.
    """
    for magic, found in _MAGIC:
        if head.startswith(magic) and (magic not in _ALSO_WORDS or b"\x00" in head):
            return _in_archive(members, package) if found == ZIP else found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "video/mp4"
    if b"%PDF-" in head[:1024]:  # readers allow what stands before
        return PDF
    text = text_of(head, cut=len(head) >= HEAD)
    if text is None:
        return UNKNOWN
    start = text.lstrip("\ufeff \t\r\n").lower()
    start = re.sub(r"^(?:<\?xml[^>]*>|<!--.*?-->|\s)+", "", start, flags=re.DOTALL)
    if re.match(r"<svg\b|<!doctype svg", start):
        return "image/svg+xml"
    if re.match(r"<!doctype html|<(html|head|body|script)\b", start):
        return HTML
    ending = ending_of(name)
    if ending == "eml":
        return (
            MAIL
            if re.match(r"(From [^\r\n]*\r?\n)?([!-9;-~]+:[^\r\n]*(\r?\n[ \t][^\r\n]*)*\r?\n)+", text.lstrip("\ufeff"))
            else PLAIN
        )
    return {"md": MARKDOWN, "markdown": MARKDOWN, "csv": CSV}.get(ending, PLAIN)


def refusal(
    name: str, found: str, head: bytes, members: Collection[str] = (), *, macros: bool = False
) -> Refusal | None:
    """Why a file of this name and content is not kept; None where it is.

    Programs, drawings that can run scripts (SVG), Office files with macros, and what is not what its name promises.
    ``macros`` says that an older Office file holds a project of macros.
    """
    ending = ending_of(name)
    programs = {"meta-inf/manifest.mf", "androidmanifest.xml"}
    program = head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and b"\x00" in head)
    if program or programs & {member.lower() for member in members}:
        return Refusal("is a program: programs are not kept")
    if macros or any(member.lower().endswith("vbaproject.bin") for member in members):
        return Refusal("holds macros, which are programs: they are not kept", "save it without macros, or as PDF")
    if found == "image/svg+xml" or ending in ("svg", "svgz"):
        return Refusal("is an SVG drawing, which can run scripts: it is not kept", "save it as PDF or PNG")
    if ending in _PROGRAM_NAMES:
        return Refusal(f"is named .{ending}, as programs are: programs are not kept")
    expected = OF_NAME.get(ending)
    if expected is not None and found not in expected:
        promised = next((noun for kind, noun in _NOUNS.items() if kind in expected), f"what .{ending} says")
        hint = None if found == UNKNOWN else "give it its right name"
        return Refusal(f"is named .{ending}, but is {noun_of(found)}: expected {promised}", hint)
    return None


def noun_of(found: str) -> str:
    """A media type in words: ``a PDF``."""
    return _NOUNS.get(found, f"of type {found}")


def ending_of(name: str) -> str:
    """What follows the last point of a name, in small letters; empty where there is none."""
    stem, point, ending = name.rpartition(".")
    return ending.strip().lower() if point and stem else ""


def text_of(raw: bytes, *, cut: bool = False) -> str | None:
    """Bytes as text: by their byte order mark, else as UTF-8, else as Windows-1252; None for what is no text.

    ``cut`` says that the bytes may end inside a character.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if b"\x00" in raw:
        return _wide(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if cut and error.start >= len(raw) - 4:
            return raw[: error.start].decode("utf-8")
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in raw)
    return raw.decode("cp1252", errors="replace") if controls * 100 <= len(raw) else None


def _wide(raw: bytes) -> str | None:
    """Bytes as UTF-16 without a mark where every other of the first ones is zero, as in Latin letters; else None."""
    start = raw[:200]
    for encoding, zeros, letters in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if zeros.count(0) * 10 >= len(zeros) * 9 and 0 not in letters:
            return raw.decode(encoding, errors="replace")
    return None


def _in_archive(members: Collection[str], package: str | None) -> str:
    """What a ZIP archive is by what lies in it."""
    if package is not None and package.strip() in (ODT, ODS, ODP, f"{ODT}-web", f"{ODT}-template"):
        return ODT if package.startswith(ODT) else package.strip()
    if "[Content_Types].xml" in members:
        for member, found in (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX)):
            if member in members:
                return found
    return ZIP


def portable_name(name: str) -> str:
    """A file's name as it is shown and written to any disk: the last part of a path, in which control and
    bidirectional characters and those some systems forbid are ``_``; never empty, at most 200 characters."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join("_" if not c.isprintable() or c in '<>:"|?*' else c for c in last).strip(" .") or "document"
    if re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", kept, re.IGNORECASE):
        kept = f"_{kept}"
    if len(kept) > 200:
        stem, point, ending = kept.rpartition(".")
        kept = f"{stem[: 190 - len(ending)]}{point}{ending}" if point and len(ending) < 20 else kept[:200]
    return f"_{kept[1:]}" if kept.startswith("-") else kept
