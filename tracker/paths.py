"""Where ``db/`` lies: in the wheel as ``tracker/_db``, beside the package in a checkout or an editable install."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_db"
DB = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "db"

MIGRATIONS = DB / "migrations"
QUERIES = DB / "queries"
REFERENCE = DB / "reference"
EXAMPLES = DB / "examples"
