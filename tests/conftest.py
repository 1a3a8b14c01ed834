"""A database with the schema and the reference data, made once by migrating and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tracker import actions
from tracker.store import dump, migrate
from tracker.store.reader import Reader

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session", autouse=True)
def own_configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A configuration folder for the tests: their key of the journal is not the developer's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("configuration")))
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    migrate.create(path)
    return path


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "tracker.db"
    shutil.copy(template, path)
    return path


@pytest.fixture
def run(database: Path) -> Callable[..., Any]:
    """Runs a use case in a transaction of its own on the test's database, with ``files`` that were kept."""

    def runs(use_case: Callable[..., Any], *args: Any, files: Any = None, **kwargs: Any) -> Any:
        return actions.running.run(database, lambda session: use_case(session, *args, **kwargs), files=files)

    return runs


@pytest.fixture
def bring(run: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Brings in records given as plain values, as if read from a file."""

    def brings(*records: dict[str, Any], **kwargs: Any) -> list[Any]:
        checked = [actions.record_check.check_document(record) for record in records]
        found: list[Any] = run(actions.records.bring_in, checked, TODAY, **kwargs)
        return found

    return brings


@pytest.fixture
def edit(run: Callable[..., Any]) -> Callable[..., list[str]]:
    """Changes fields of what a reference names, as ``tracker edit REF KEY=VALUE``; gives what was said."""

    def edits(ref: str, /, **changes: str) -> list[str]:
        said: list[str] = run(actions.editing.fields, ref, changes, TODAY).said
        return said

    return edits


@pytest.fixture
def read(database: Path) -> Callable[..., list[dict[str, Any]]]:
    """The rows of a named query, as of TODAY."""

    def reads(query: str, **values: Any) -> list[dict[str, Any]]:
        with Reader(database) as rows:
            return rows.rows(query, **{"day": TODAY.isoformat(), **values})

    return reads


@pytest.fixture
def exported(database: Path) -> Callable[[str], dict[str, Any]]:
    """An agreement's record as it would be exported."""

    def exports(ref: str) -> dict[str, Any]:
        with Reader(database) as rows:
            return dump.record(rows, ref) or {}

    return exports
