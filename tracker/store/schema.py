"""What marks a file as a Tracker database, its schema, and what lies beside it. Light: every read uses it."""

from __future__ import annotations

APPLICATION_ID = 0x54524B31
"""``TRK1`` in the file header."""

VERSION = 6
"""The number of migrations; written to ``user_version`` by the migration that reaches it."""

FOLDER = "documents"
"""The folder of kept files, beside the database."""
