"""The words of reports, through one gettext catalogue (``tracker/locale``): the only place where it is opened.

English is what the code says. Another language is a folder ``tracker/locale/LANG/LC_MESSAGES`` with ``tracker.mo``,
translated from ``tracker.pot``, which ``docs/generate.py`` extracts from the code.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from tracker.errors import BadInput

LOCALES = Path(__file__).parent.parent / "locale"
DOMAIN = "tracker"
ENGLISH = "en"

_speaks: ContextVar[tuple[str, _gettext.NullTranslations]] = ContextVar(
    "speaks", default=(ENGLISH, _gettext.NullTranslations())
)


def language() -> str:
    """The language reports are written in at the moment, as a BCP 47 code."""
    return _speaks.get()[0]


def languages() -> list[str]:
    """The languages that reports can be written in: English, and those with a compiled catalogue."""
    compiled = {path.parents[1].name.replace("_", "-") for path in LOCALES.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")}
    return [ENGLISH, *sorted(compiled - {ENGLISH})]


def spoken(code: str, field: str) -> str:
    """The language that ``code`` names (``es``, ``es-PA``, ``es_PA``), or the one it is a form of.

    Raises BadInput, about ``field``, where reports cannot be written in it.
    """
    known = {language.casefold(): language for language in languages()}
    wanted = code.strip().replace("_", "-").casefold()
    found = known.get(wanted) or known.get(wanted.partition("-")[0])
    if found is None:
        raise BadInput(field, code, f"is no language of reports; expected one of: {', '.join(known.values())}")
    return found


@contextmanager
def speaking(code: str, catalogue: _gettext.NullTranslations | None = None) -> Iterator[None]:
    """Within it reports speak this language; what its catalogue lacks stays English."""
    found = catalogue or _gettext.translation(DOMAIN, LOCALES, [code.replace("-", "_")], fallback=True)
    token = _speaks.set((code, found))
    try:
        yield
    finally:
        _speaks.reset(token)


def _(message: str) -> str:
    """A message of the catalogue in the language of the moment."""
    return _speaks.get()[1].gettext(message)


def pgettext(context: str, message: str) -> str:
    """A message that is said otherwise in this context than elsewhere."""
    return _speaks.get()[1].pgettext(context, message)


def ngettext(one: str, many: str, number: int) -> str:
    """The form of a message for a number; the plural rules are the language's own."""
    return _speaks.get()[1].ngettext(one, many, number)


def mark(message: str) -> str:
    """Marks a message for the catalogue where it is translated only later, with ``_``."""
    return message
