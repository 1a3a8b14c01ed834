"""The language of reports: which there are, where it is said, and what is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from cli.running import Tracker
from tracker import config
from tracker.reports import words


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue of one word, as whoever translates would add it."""
    catalogue = Catalog(locale="es", charset="utf-8")
    catalogue.add("Portfolio of agreements", "Cartera de acuerdos")
    target = tmp_path / "locale" / "es" / "LC_MESSAGES" / "tracker.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(words, "LOCALES", tmp_path / "locale")
    yield
    shutil.rmtree(tmp_path / "locale")


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize("code", ["es", "ES", "es-PA", "es_MX"])
def test_a_language_with_a_catalogue_can_be_asked_for(small: Tracker, code: str) -> None:
    done = small("report", "portfolio", "--lang", code, "-f", "html")
    assert done.code == 0 and "Cartera de acuerdos" in done.out and '<html lang="es">' in done.out


@pytest.mark.usefixtures("spanish")
def test_the_language_of_the_environment_and_of_the_configuration(
    small: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_LANG", "es")
    assert "# Cartera de acuerdos" in small("report", "portfolio").out
    assert "# Portfolio of agreements" in small("report", "portfolio", "--lang", "en").out
    monkeypatch.delenv("TRACKER_LANG")
    file = config.config_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('language = "es"\n', encoding="utf-8")
    try:
        assert "# Cartera de acuerdos" in small("report", "portfolio").out
    finally:
        file.unlink()


@pytest.mark.usefixtures("spanish")
def test_another_language_names_those_there_are(small: Tracker) -> None:
    done = small("report", "portfolio", "--lang", "fr", code=2)
    assert done.code == 2 and done.out == ""
    assert done.err == "error: --lang: 'fr' is no language of reports; expected one of: en, es\n"


def test_the_environment_is_named_where_it_is_wrong(small: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_LANG", "xx")
    done = small("report", "portfolio", code=2)
    assert done.code == 2 and "TRACKER_LANG" in done.err and "en" in done.err
