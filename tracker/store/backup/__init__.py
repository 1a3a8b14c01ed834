"""Backups: one file with the database as it was at one moment, the documents, and a manifest that proves both.

``manifest`` says what is in it, ``container`` writes and reads the file, ``sealing`` encrypts it, ``making`` takes the
copy, ``placing`` puts one back. Nothing here loads SQLAlchemy.
"""
