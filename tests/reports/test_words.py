"""One catalogue of words: every message is in it, every word of a report comes from it, in the forms of a language."""

from __future__ import annotations

import gettext
import importlib
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from reports.conftest import cases, render
from tracker import reports
from tracker.models import enums
from tracker.reports import codes, phrases, words
from tracker.rules import wording
from tracker.store.reader import Reader

POT = words.LOCALES / "tracker.pot"


class Marked(gettext.NullTranslations):
    """A language in which every message is its own between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture(scope="module")
def known() -> set[str]:
    with POT.open("rb") as file:
        catalogue = read_po(file)
    found: set[str] = set()
    for message in catalogue:
        found |= {message.id} if isinstance(message.id, str) else set(message.id)
    return found


def test_every_message_asked_for_is_in_the_catalogue(examples: Reader, known: set[str]) -> None:
    asked: set[str] = set()

    class Asked(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            asked.add(message)
            return message

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            asked.update((msgid1, msgid2))
            return msgid1 if n == 1 else msgid2

    with words.speaking("en", Asked()):
        for name, of in cases():
            render(examples, name, of, "md")
            render(examples, name, of, "xlsx")
    assert len(asked) > 200
    assert asked <= known, asked - known


def test_every_code_has_its_words() -> None:
    lists = [value for value in vars(enums).values() if isinstance(value, type) and issubclass(value, StrEnum)]
    wanted = {str(code) for codes_ in lists if codes_ is not StrEnum for code in codes_}
    wanted -= {str(code) for code in (*enums.EventKind, *enums.RenewalMode, *enums.ProvisionKind, *enums.NameKind)}
    # of the journal and of kept files, of which no report tells
    wanted -= {str(code) for code in (*enums.Operation, *enums.TextState)}
    assert wanted <= codes.WORDS.keys()


def test_every_word_of_the_instruments_is_in_the_catalogue(known: set[str]) -> None:
    said = {value for kind in (wording.BINDING, wording.NOT_BINDING) for value in kind.__slots__}
    for kind in (wording.BINDING, wording.NOT_BINDING):
        said = {getattr(kind, name) for name in kind.__slots__}
        assert said <= known
    for event in enums.EventKind:
        for agreement in ("treaty", "memorandum-of-understanding"):
            assert wording.event_in_words(event, agreement) in known


def test_no_sentence_is_glued_from_pieces(known: set[str]) -> None:
    """No message begins or ends with a space, or holds a place without a name."""
    for message in known - {""}:
        assert message == message.strip(), message
        assert "{}" not in message and "%s" not in message, message


@pytest.mark.parametrize(("name", "of"), cases())
def test_every_heading_label_and_column_is_translated(examples: Reader, name: str, of: str) -> None:
    with words.speaking("en", Marked()):
        document = reports.catalogue.document(name, _built(examples, name, of))
        said = [document.eyebrow, document.as_of, *document.notices]
        said += [fact.label for fact in document.facts] + [section.heading for section in document.sections]
        for _section, block in document.blocks:
            said += [block.name, *(column.heading for column in block.columns)] if block.kind == "table" else []
            said += [block.of, block.name] if block.kind in ("bars", "timeline") else []
    untold = [text for text in said if "⟦" not in text and text != "SHA-256"]
    assert untold == []


def _built(rows: Reader, name: str, of: str) -> Any:
    from reports.conftest import build

    return build(rows, name, of)


def test_dates_numbers_and_lists_follow_the_language() -> None:
    with words.speaking("es"):
        assert phrases.day("2017-05-18") == "18 de mayo de 2017"
        assert phrases.listed(["a", "b", "c"]) == "a, b y c"
        assert phrases.country("PA") == "Panamá"
    with words.speaking("fr"):
        assert phrases.day("2017-05") == "mai 2017"
        assert phrases.listed(["a", "b"]) == "a et b"
        assert phrases.count(31749).replace("\u202f", " ") == "31 749"
    assert phrases.day("2017-05-18") == "18 May 2017" and words.language() == "en"


def test_plural_forms_are_the_catalogues_own() -> None:
    class Polish(gettext.NullTranslations):
        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return f"form {1 if n == 1 else 2 if n % 10 in (2, 3, 4) else 5} {{n}}"

    with words.speaking("pl", Polish()):
        assert [phrases.counted(n, "{n} day", "{n} days") for n in (1, 3, 5)] == ["form 1 1", "form 2 3", "form 5 5"]


def test_a_page_says_its_language(examples: Reader) -> None:
    with words.speaking("es"):
        found = render(examples, "portfolio", "", "html").decode("utf-8")
        assert '<html lang="es">' in found
        assert re.search(rb"/Lang\s*\(es\)", render(examples, "portfolio", "", "pdf"))


@pytest.fixture(autouse=True)
def docs_on_path() -> Iterator[None]:
    folder = str(Path(__file__).parents[2] / "docs")
    sys.path.insert(0, folder)
    yield
    sys.path.remove(folder)


def test_the_catalogue_is_up_to_date() -> None:
    made = importlib.import_module("words_catalogue")
    assert made.catalogue() == POT.read_text(encoding="utf-8"), "run make docs"
