"""Second programs that open what the reports write: poppler for PDF, LibreOffice for Word files and workbooks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

REQUIRED = os.environ.get("TRACKER_SECOND_PROGRAMS") == "required"
"""Set by .ci/run where they are installed: then a program that is missing fails its tests."""

POPPLER = pytest.mark.skipif(not REQUIRED and shutil.which("pdftotext") is None, reason="poppler-utils is not here")
OFFICE = pytest.mark.skipif(not REQUIRED and shutil.which("soffice") is None, reason="LibreOffice is not here")


def run(*command: str | Path, cwd: Path) -> str:
    """What a program prints."""
    environment = {**os.environ, "HOME": str(cwd), "TZ": "UTC"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def text_of(pdf: Path, *options: str) -> str:
    """The text layer of a PDF."""
    return run("pdftotext", *options, pdf, "-", cwd=pdf.parent)


def info_of(pdf: Path) -> dict[str, str]:
    """What a PDF says of itself: title, pages, whether it is tagged."""
    lines = run("pdfinfo", pdf, cwd=pdf.parent).splitlines()
    return {key.strip(): value.strip() for key, _colon, value in (line.partition(":") for line in lines)}


def picture_of(pdf: Path, page: int) -> tuple[int, int, float]:
    """Width and height of a page drawn at 40 dots per inch, and the part of it that is not white."""
    run("pdftoppm", "-r", "40", "-gray", "-f", str(page), "-l", str(page), pdf, pdf.with_suffix(""), cwd=pdf.parent)
    drawn = next(iter(sorted(pdf.parent.glob(f"{pdf.stem}-*.pgm"))))
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", drawn.read_bytes())
    assert head is not None
    points = drawn.read_bytes()[head.end() :]
    drawn.unlink()
    return int(head[1]), int(head[2]), sum(point < 250 for point in points) / len(points)


def as_pdf(file: Path) -> Path:
    """A Word file or workbook as LibreOffice prints it."""
    profile = f"-env:UserInstallation=file://{file.parent}/profile"
    run("soffice", "--headless", profile, "--convert-to", "pdf", file.name, cwd=file.parent)
    return file.with_suffix(".pdf")
