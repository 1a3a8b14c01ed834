"""A language made by a rule from the catalogue: every message between brackets. No word of a report may be outside.

The records are the examples with every free text in Cyrillic letters, so that Latin letters outside of brackets are
words of the program, but for references, codes, addresses and names that Babel has in the language.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from conftest import TODAY

from reports.conftest import build
from tracker import actions, reports
from tracker.reports import pdf, words
from tracker.store import dump
from tracker.store.reader import Reader
from tracker.store.reference_data import countries

LANGUAGE = "fr"
FREE = frozenset(
    {
        "title",
        "summary",
        "name",
        "acronym",
        "part_of",
        "former_names",
        "other_names",
        "office",
        "text",
        "clause",
        "clauses",
        "evidence",
        "reason",
        "place",
        "source",
        "note",
        "what",
        "unit",
        "file",
        "party",
        "owed_by",
        "owed_to",
    }
)
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "абвгдежзиклмнопрстуфхцчшщыАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫ"
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CASES = [
    ("agreement", "DEMO-WORK-PLAN"),
    ("agreement", "UN-1990-CMW"),
    ("agreement", "IOM-PA-MINSEG"),
    ("agreement", "X-COURSE"),
    ("portfolio", ""),
    ("obligations", ""),
    ("activities", ""),
    ("handover", "Ana Demo Quintero".translate(str.maketrans(LATIN, OTHER))),
]
COURSE = {
    "ref": "X-COURSE",
    "title": "x",
    "kind": "project-agreement",
    "countries": ["PA"],
    "confidentiality": "internal",
    "parties": [{"name": name, "kind": "ngo"} for name in ("one", "two", "three")],
    "provisions": {
        "entry_into_force": "first day of the month following 3 months after the 2nd consent",
        "duration": "1 year and 6 months",
        "renewal": {"mode": "tacit", "period": "1 year", "times": 2},
        "notice": "3 months to the end of a quarter",
    },
    "events": [
        {"event": "negotiation-opened", "on": "2016"},
        {"event": "signed", "on": "2017-03"},
        {"event": "ratified", "on": "2017-05-01", "party": "one"},
        {"event": "approved", "on": "2017-05-02", "party": "two"},
        {"event": "suspended", "on": "2018-01-10"},
        {"event": "resumed", "on": "2018-03-10"},
        {"event": "renewed", "on": "2022-04-01", "until": "2027-06-30"},
        {"event": "termination-notice", "on": "2026-09-01", "party": "two"},
    ],
    "obligations": [
        {"number": number, "text": "x", "owed_by": ["one"], "owed_to": ["two"], "due": due}
        for number, due in enumerate(
            (
                "every month on the first Monday from 2026-01-01, 5 times, next working day",
                "every year on 31 March until 2030-01-01",
                "30 days before expiry",
                "60 days after termination",
                "on withdrawal",
                "10 days after A7",
                "20 days after O9",
                "RRULE:FREQ=MONTHLY;BYDAY=1MO from 2026-09-01",
                "on request",
                "every 1 year and 6 months after entry into force until expiry",
                "every month on the last day from 2026-10-01",
                "every month on the 15th from 2026-10-01",
                "every week on Monday from 2026-11-01, 4 times",
            ),
            1,
        )
    ],
    "links": [{"amends": "X-NOWHERE"}],
}


def bracketed(message: str) -> str:
    """The message with its own words between brackets, and its places outside of them."""
    parts = re.split(r"(\{[a-z_]+\})", message)
    return "".join(part if at % 2 or not part.strip() else f"⟦{part}⟧" for at, part in enumerate(parts))


@pytest.fixture(scope="module", autouse=True)
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The made language, compiled, in a folder of catalogues of its own."""
    folder = tmp_path_factory.mktemp("locale")
    shutil.copy(words.LOCALES / "tracker.pot", folder)
    with (folder / "tracker.pot").open("rb") as file:
        template = read_po(file)
    made = Catalog(locale=LANGUAGE, charset="utf-8")
    for message in template:
        if message.id:
            both = isinstance(message.id, tuple)
            said = tuple(map(bracketed, message.id)) if both else bracketed(message.id)
            made.add(message.id, said, context=message.context)
    target = folder / LANGUAGE / "LC_MESSAGES" / "tracker.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "LOCALES", folder)
        yield


def foreign(value: Any, free: bool = False) -> Any:
    """A record with its free texts in other letters."""
    if isinstance(value, dict):
        return {key: foreign(item, free or key in FREE) for key, item in value.items()}
    if isinstance(value, list):
        return [foreign(item, free) for item in value]
    return value.translate(str.maketrans(LATIN, OTHER)) if free and isinstance(value, str) else value


@pytest.fixture(scope="module")
def database(template: Path, examples: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    path = tmp_path_factory.mktemp("foreign") / "tracker.db"
    shutil.copy(template, path)
    found = [dump.record(examples, row["ref"]) for row in examples.rows("record_refs")]
    records = [actions.record_check.check(foreign(record)) for record in (*found, COURSE)]
    actions.running.run(path, lambda session: actions.records.bring_in(session, records, TODAY))
    with Reader(path) as rows:
        yield rows


@pytest.fixture(scope="module")
def data(database: Reader) -> set[str]:
    """Words that are no words of the program: names in the language, codes and references of the records."""
    locale = Locale.parse(LANGUAGE)
    texts = [str(row[f"name_{LANGUAGE}"]) for row in countries().values()] + list(countries())
    texts += [name for width in ("wide", "abbreviated") for name in get_month_names(width, "format", LANGUAGE).values()]
    texts += get_day_names("wide", "format", LANGUAGE).values()
    texts += list(locale.languages.values()) + list(locale.list_patterns["standard"].values())
    texts += [
        row[key] for row in database.rows("scopes") for key in ("code", "name_fr", "gcm", "sdg", "dac") if row[key]
    ]
    texts += [row["ref"] for row in database.rows("record_refs")] + ["X-NOWHERE", "SHA", "Tracker", "RFC"]
    texts += ["FREQ", "MONTHLY", "BYDAY", "MO"]
    texts += ["et"]
    return {word for text in texts for word in re.findall(r"[^\W\d_]+", text)}


def untold(text: str, data: set[str]) -> set[str]:
    """The words of a text outside of brackets that are Latin and no data."""
    bare = re.sub(
        r"\S+@\S+|https?:\S+|party-[0-9]+|[{]pages?[}]|tracker-journal|[0-9]+:[0-9a-f]+",
        " ",
        re.sub("⟦[^⟧]*(⟧|$)", " ", text),
    )
    found = re.findall(r"[^\W\d_]+", re.sub(r"\b[A-Z]+[0-9]+\b|\b[0-9a-f]{64}\b", " ", bare))
    return {word for word in found if len(word) > 1 and word.isascii()} - data


def said_in(document: Any, form: str) -> Iterator[str]:
    """Every text that a reader of this format meets."""
    if form == "pdf":
        yield from _strings(pdf.values(document))
        return
    content = getattr(reports, {"md": "markdown"}.get(form, form)).render(document)
    if form == "md":
        yield from re.sub(r"\\(.)", r"\1", content.decode("utf-8")).replace("---:", "").split("\n")
    elif form == "html":
        yield from _Page(content.decode("utf-8")).said
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.endswith(".xml") and not re.search("styles|theme|settings|fontTable|Content_Types|app", name):
                    yield from _texts(ElementTree.fromstring(archive.read(name)))


_UNSAID = frozenset({"kind", "tone", "look", "form", "language", "from_day", "to_day"})
"""Keys of what the page is given that are not printed."""


def _strings(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, item in value.items():
            yield from _strings(item, inner)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item, key)
    elif isinstance(value, str) and key not in _UNSAID:
        yield value


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(re.sub("(?s)<style>.*?</style>", "", html))

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value or "" for key, value in attrs if key in ("aria-label", "title", "alt")]


def _texts(root: ElementTree.Element) -> Iterator[str]:
    """Texts of Office XML: whole paragraphs and strings, descriptions, names of sheets."""
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag in ("p", "si", "is", "rich"):
            yield "".join(part.text or "" for part in element.iter() if not part.tag.endswith("}instrText"))
        elif tag in ("v", "oddFooter", "oddHeader", "title", "subject", "description", "keywords"):
            yield re.sub("&[LCRPN]", " ", element.text or "")
        if element.get("descr"):
            yield element.get("descr") or ""
        if tag == "sheet":
            yield element.get("name") or ""


@pytest.mark.parametrize(("name", "of"), CASES)
def test_no_word_of_a_report_is_outside_the_catalogue(database: Reader, data: set[str], name: str, of: str) -> None:
    more: dict[str, Any] = {}
    if name not in ("agreement", "handover"):
        more = {"filters": [("country", "PA"), ("party", "ф"), ("status", "in-force"), ("text", "ш")], "values": {}}
    with words.speaking(LANGUAGE):
        document = reports.catalogue.document(name, build(database, name, of, **more))
        for form in reports.catalogue.FORMATS:
            found = {text: left for text in said_in(document, form) if (left := untold(text, data))}
            assert found == {}, form
            if form != "xlsx":  # there a day that is not known in full is the text that was recorded
                assert [text for text in said_in(document, form) if ISO.search(text)] == [], form
