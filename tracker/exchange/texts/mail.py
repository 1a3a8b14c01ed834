"""The text of an e-mail (EML): who wrote to whom, the subject, the words, and the names of what is attached."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from email.policy import default
from pathlib import Path

from tracker.exchange.texts.limits import TooLarge
from tracker.exchange.texts.web_page import seen
from tracker.rules.media_types import text_of

LARGEST = 50 * 1024 * 1024
"""Most bytes of an e-mail that is read."""

_DEEPEST = 5
_HEADERS = ("from", "to", "cc", "date", "subject")


def pages(path: Path) -> Iterator[tuple[None, str]]:
    """All of the text as one piece; e-mails that are forwarded whole within it come after it."""
    if path.stat().st_size > LARGEST:
        raise TooLarge
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, policy=default)
    yield None, "\n\n".join(_texts(message, 0))


def _texts(message: EmailMessage, depth: int) -> Iterator[str]:
    yield "\n".join(f"{name.capitalize()}: {said}" for name in _HEADERS if (said := _header(message, name)))
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        yield seen(_content(body)) if body.get_content_subtype() == "html" else _content(body)
    elif isinstance(left := message.get_payload(), str):  # said to have parts, and has none
        yield left
    for part in message.iter_attachments():
        if part.get_content_type() == "message/rfc822" and depth < _DEEPEST:
            for inner in part.iter_parts():
                yield from _texts(inner, depth + 1)  # type: ignore[arg-type]
        elif part.get_filename():
            yield f"Attached: {part.get_filename()}"


def _header(message: EmailMessage, name: str) -> str:
    """A header decoded; one with raw bytes in it, which no rule allows and old programs wrote, in their encoding."""
    written = next((value for key, value in message.raw_items() if key.lower() == name), "")
    raw = str(written).encode("utf-8", "surrogateescape")
    if raw.isascii():
        return str(message[name] or "")
    return re.sub(r"\s+", " ", text_of(raw) or "")


def _content(part: MIMEPart) -> str:
    """The words of a part, also where its encoding is not known or not as it says."""
    try:
        return str(part.get_content())
    except (LookupError, ValueError, AttributeError):
        raw = part.get_payload(decode=True)
        return text_of(raw) or "" if isinstance(raw, bytes) else ""
