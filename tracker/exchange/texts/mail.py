"""The text of an e-mail (EML): who wrote to whom, the subject, the words, and the names of what is attached."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from tracker.exchange.texts.limits import TooLarge
from tracker.exchange.texts.web_page import seen

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
    yield "\n".join(f"{name.capitalize()}: {message[name]}" for name in _HEADERS if message[name])
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        content = body.get_content()
        yield seen(content) if body.get_content_subtype() == "html" else str(content)
    for part in message.iter_attachments():
        if part.get_content_type() == "message/rfc822" and depth < _DEEPEST:
            for inner in part.iter_parts():
                yield from _texts(inner, depth + 1)  # type: ignore[arg-type]
        elif part.get_filename():
            yield f"Attached: {part.get_filename()}"
