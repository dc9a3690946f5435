"""Letters by electronic mail, as the net carries them and as Outlook keeps them: who, to whom, when, what, what is attached."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from oxmsg import Message

from toex.parsers.paragraphs import Document, parted
from toex.parsers.refusals import GivenUpError, Why, by_library

_MOST_PARTED = 500


def email(data: bytes, cap: int) -> Document:
    """Read a letter as the net carries it."""
    if data.count(b"multipart/") > _MOST_PARTED:  # the library's time grows with the square of their depth
        raise GivenUpError(Why.TOO_BIG)
    with by_library():
        return _email(message_from_bytes(data[:cap], policy=policy.default))


def _email(letter: Any) -> Document:
    body = letter.get_body(("plain", "html"))
    text = str(body.get_content()) if body is not None else ""
    if body is not None and body.get_content_type() == "text/html":
        text = plain_of(text)
    others = [part for part in _leaves(letter) if part is not body and not _is_twin(part, body)]
    attached = [(_named(part.get_filename(), at), _bytes(part)) for at, part in enumerate(others, start=1)]
    to = ", ".join(str(letter.get(name)) for name in ("To", "Cc") if letter.get(name))
    return Document(
        parted(text), title=str(letter.get("Subject", "")), written=_moment(str(letter.get("Date", ""))),
        sender=str(letter.get("From", "")), recipients=to, attached=attached,
    )  # fmt: skip


def outlook(data: bytes, cap: int) -> Document:
    """Read a letter as Outlook keeps it."""
    with by_library():
        return _outlook(Message.load(BytesIO(data)), cap)


def _outlook(letter: Any, cap: int) -> Document:
    attached = [
        (_named(part.file_name, at), part.file_bytes or b"") for at, part in enumerate(letter.attachments, start=1)
    ]
    if sum(len(content) for _, content in attached) > cap:
        raise GivenUpError(Why.TOO_BIG)
    text = letter.body or plain_of(letter.html_body or "")
    to = ", ".join(f"{one.name} <{one.email_address}>" for one in letter.recipients)
    sent = letter.sent_date.isoformat() if letter.sent_date else ""
    return Document(
        parted(text),
        title=letter.subject or "",
        written=sent,
        sender=letter.sender or "",
        recipients=to,
        attached=attached,
    )


def plain_of(html: str) -> str:
    """Give the text of a page: what is shown, a line a block."""
    reader = _Shown()
    reader.feed(html)
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts))


class _Shown(HTMLParser):
    """Keeps the text that a page shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        if tag in ("p", "div", "br", "tr", "li", "h1", "h2", "h3"):
            self.parts.append("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _named(name: str | None, at: int) -> str:
    return name or f"attachment {at}"


def _leaves(part: Any) -> Iterator[Any]:
    """Give the parts that hold no others; a letter that is passed on is one of them."""
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        yield part
        return
    for inner in part.get_payload():
        yield from _leaves(inner)


def _is_twin(part: Any, body: Any) -> bool:
    """Say whether a part is the same text as the body in another form, as letters carry it for old programs."""
    return (
        body is not None
        and part.get_content_maintype() == "text"
        and not part.is_attachment()
        and not part.get_filename()
    )


def _bytes(part: Any) -> bytes:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return bytes(part.get_payload(0))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else bytes(part)


def _moment(written: str) -> str:
    try:
        return parsedate_to_datetime(written).isoformat()
    except (ValueError, TypeError):
        return ""
