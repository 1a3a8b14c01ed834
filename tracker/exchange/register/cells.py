"""One cell at a time into the draft of a record: what each field takes, and what it does with words it cannot use.

A taker gives None when the cell is in the record, a remark when it should be kept as a note, and raises BadInput for
what must not be guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from tracker.errors import BadFile, BadInput
from tracker.exchange.register import people_cells, term_cells, words
from tracker.exchange.register.cell import Cell, Taker
from tracker.exchange.register.draft import Draft
from tracker.exchange.register.figures import is_number, read_amount, unit_in_heading
from tracker.models.enums import Confidentiality
from tracker.models.keys import fold


def _line(key: str) -> Taker:
    def take(draft: Draft, cell: Cell) -> None:
        draft.put((key,), cell.line, cell.column)

    return take


def _text(key: str) -> Taker:
    def take(draft: Draft, cell: Cell) -> None:
        held = draft.values.get(key)
        draft.put((key,), f"{held}\n{cell.text}" if held else cell.text, cell.column)

    return take


def _reference(draft: Draft, cell: Cell) -> str | None:
    """A reference in the signs that references may have; what cannot be one is kept, and another is given."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", cell.line) if not unicodedata.combining(sign))
    plain = re.sub(r"[^A-Za-z0-9._/-]+", "-", plain)
    ref = re.sub(r"[-._/]*([-._/])", r"\1", re.sub(r"-*([./_])-*", r"\1", plain)).strip("-._/")
    if not ref or len(ref) > 64:
        return "cannot be a reference: one is given"
    draft.put(("ref",), ref, cell.column)
    return None if fold(ref) == fold(cell.line) else f"becomes {ref}"


def _kind(draft: Draft, cell: Cell) -> str | None:
    kind = words.kind_named(cell.line)
    if kind is None:
        return "names no kind of agreement"
    draft.put(("kind",), kind, cell.column)
    return None


def _confidentiality(draft: Draft, cell: Cell) -> str | None:
    if fold(cell.line) not in {one.value for one in Confidentiality}:
        return f"is none of {', '.join(one.value for one in Confidentiality)}"
    draft.put(("confidentiality",), fold(cell.line), cell.column)
    return None


def _parties(draft: Draft, cell: Cell) -> None:
    for name in words.split_names(cell.text):
        draft.party(" ".join(name.split()), cell.column)


def _our_party(draft: Draft, cell: Cell) -> None:
    for name in words.split_names(cell.text):
        draft.party(" ".join(name.split()), cell.column, ours=True)


def _of_party(key: str) -> Taker:
    """Something of the one counterpart; a note where there are several."""

    def take(draft: Draft, cell: Cell) -> None:
        draft.of_party(key, cell.line, cell.column, cell.heading)

    return take


def _names_of_party(key: str) -> Taker:
    def take(draft: Draft, cell: Cell) -> None:
        draft.of_party(key, words.split_names(cell.text), cell.column, cell.heading)

    return take


def _party_kind(draft: Draft, cell: Cell) -> str | None:
    kind = words.party_kind_named(cell.line)
    if kind is None:
        return "names no kind of party"
    draft.of_party("kind", kind, cell.column, cell.heading)
    return None


def _coded(key: str, code_of: Callable[[Cell, str], str | None], what: str) -> Taker:
    """A list of codes; a cell with a word that is no code is kept as a note as well."""

    def take(draft: Draft, cell: Cell) -> str | None:
        whole = code_of(cell, cell.line)
        parts = [cell.line] if whole else words.split_words(cell.text)
        codes = [code_of(cell, part) for part in parts]
        for code in codes:
            if code:
                draft.append(key, code, cell.column)
        unknown = [part for part, code in zip(parts, codes, strict=True) if not code]
        return f"{', '.join(unknown)}: {what}" if unknown else None

    return take


def _language(cell: Cell, text: str) -> str | None:
    return words.language_code(text)


def _obligations(draft: Draft, cell: Cell) -> None:
    for text in words.split_names(cell.text):
        draft.append("obligations", {"text": text}, cell.column)


def _figures(draft: Draft, cell: Cell) -> str | None:
    if isinstance(cell.value, str) and not is_number(cell.text):
        return "is no amount alone"
    value, unit = read_amount(cell.value if not isinstance(cell.value, str) else cell.text, cell.decimal, cell.heading)
    figure = {"what": cell.heading, "value": value, "unit": unit or unit_in_heading(cell.heading)}
    draft.append("figures", {key: said for key, said in figure.items() if said}, cell.column)
    return None


def _documents(draft: Draft, cell: Cell) -> None:
    """A file that lies beside the register is attached; links and the names of other files are kept as a note."""
    for name in words.split_names(cell.text):
        kept = cell.files.get(name)
        if isinstance(kept, BadFile):
            raise BadInput("documents", name, f"{name} {kept.problem}", kept.hint)
        if kept is not None:
            draft.append("documents", {"file": name, "sha256": kept}, cell.column)
        else:
            draft.note(cell.heading, name)


def _link(kind: str) -> Taker:
    def take(draft: Draft, cell: Cell) -> str | None:
        if not re.fullmatch(r"[A-Za-z0-9]+(?:[._/-][A-Za-z0-9]+)*", cell.line) or len(cell.line) > 64:
            return "is not a reference"
        draft.append("links", {kind: cell.line}, cell.column)
        return None

    return take


TAKERS: dict[str, Taker] = {
    **term_cells.TAKERS,
    **people_cells.TAKERS,
    "ref": _reference,
    "title": _line("title"),
    "kind": _kind,
    "summary": _text("summary"),
    "confidentiality": _confidentiality,
    "parties": _parties,
    "our_party": _our_party,
    "acronym": _of_party("acronym"),
    "former_names": _names_of_party("former_names"),
    "other_names": _names_of_party("other_names"),
    "party_kind": _party_kind,
    "party_country": _coded("party_country", lambda _, text: words.country_code(text), "is no country"),
    "countries": _coded("countries", lambda _, text: words.country_code(text), "is no country"),
    "languages": _coded("languages", _language, "is no language"),
    "scopes": _coded("scopes", lambda cell, text: words.scope_named(text, cell.scopes), "is no scope area"),
    "obligations": _obligations,
    "figures": _figures,
    "documents": _documents,
    "source": _text("source"),
    "replaces": _link("replaces"),
    "amends": _link("amends"),
    "implements": _link("implements"),
}
