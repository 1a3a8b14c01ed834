"""The front door: parse, call one action or one query, print. No rules, no SQL, no SQLAlchemy at import."""

import os

os.environ.setdefault("TYPER_USE_RICH", "0")  # read when Typer is imported; rich would cost every help and completion
