"""The front door: parse, call one action or one query, print. No rules, no SQL, no SQLAlchemy at import."""
