"""Cells that name people: the person responsible, signatories, contacts with their e-mail and telephone."""

from __future__ import annotations

import re

from tracker.exchange.register import words
from tracker.exchange.register.cell import Cell, Taker
from tracker.exchange.register.draft import Draft

_EDGES = re.compile(r"[\s(<:,\-–]+$|^[\s)>:,\-–]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,25}[0-9]")


def _responsible(draft: Draft, cell: Cell) -> str | None:
    names, emails = _people(cell)
    if not names:
        return "names nobody"
    draft.responsible(names[0], emails[0] if emails else None, cell.column)
    return "only the first is taken as responsible" if len(names) > 1 else None


def _responsible_email(draft: Draft, cell: Cell) -> str | None:
    emails = words.emails_in(cell.text)
    if not emails:
        return "is no e-mail address"
    draft.responsible(None, emails[0], cell.column)
    return None


def _signatory(draft: Draft, cell: Cell) -> None:
    draft.of_party("signatory", {"name": cell.line}, cell.column, cell.heading)


def _contacts(draft: Draft, cell: Cell) -> str | None:
    names, emails = _people(cell)
    if not names or any(len(name) > 80 or sum(sign.isdigit() for sign in name) > 3 for name in names):
        return "names nobody in particular"
    for position, name in enumerate(names):
        draft.contact(name, emails[position] if position < len(emails) else None, cell.column)
    return None


def _contact_email(draft: Draft, cell: Cell) -> str | None:
    emails = words.emails_in(cell.text)
    if not draft.reach("email", emails, cell.column):
        return "belongs to no contact named in this row"
    rest = cell.text
    for email in emails:
        rest = rest.replace(email, " ")
    return "has more than e-mail addresses" if re.search(r"\w", rest) else None


def _contact_phone(draft: Draft, cell: Cell) -> str | None:
    phones = [found.strip() for found in _PHONE.findall(cell.text)]
    if not phones or not draft.reach("phone", phones, cell.column):
        return "belongs to no contact named in this row"
    return None


def _people(cell: Cell) -> tuple[list[str], list[str]]:
    """The names and the e-mail addresses in a cell."""
    emails = words.emails_in(cell.text)
    text = cell.text
    for email in emails:
        text = text.replace(email, ";")
    names = [_EDGES.sub("", " ".join(name.split())) for name in re.split(r"[;\n|/]| & ", text)]
    return [name for name in names if re.search(r"[^\W\d_]{2}", name)], emails


TAKERS: dict[str, Taker] = {
    "responsible": _responsible,
    "responsible_email": _responsible_email,
    "signatory": _signatory,
    "contacts": _contacts,
    "contact_email": _contact_email,
    "contact_phone": _contact_phone,
}
