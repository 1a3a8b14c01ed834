"""The write side's engine: SQLAlchemy over ``connect``; writers take the lock before their first read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event

from tracker.store.connect import connect


def writing_engine(path: Path, *, create: bool = False, any_version: bool = False) -> Engine:
    """An engine whose every transaction is ``BEGIN IMMEDIATE``: what it reads cannot change before it commits."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=lambda: connect(path, create=create, any_version=any_version),
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def private_engine(db: sqlite3.Connection) -> Engine:
    """An engine over a copy in memory that nobody else sees."""
    return create_engine("sqlite://", creator=lambda: db, poolclass=StaticPool)
