"""Exports of WhatsApp chats, as text or packed with what was attached: one table of messages, however a telephone writes them.

Whether the day or the month stands first is not for a reader to guess: the time is sent as it stands.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import is_zipfile

from toex.parsers.kinds import chat_in
from toex.parsers.packed import Packed, unpacked
from toex.parsers.refusals import GivenUpError, Why
from toex.parsers.sending import Sender

_TIME = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_BEGINS = re.compile(rf"\[(?P<ios>{_TIME})\]\s(?P<a>.*)|(?P<android>{_TIME})\s-\s(?P<b>.*)", re.DOTALL)
_SAID = re.compile(r"(?P<who>[^:\n]{1,100}):\s(?P<body>.*)", re.DOTALL)
_ATTACHED = re.compile(
    r"<attached: ([^<>\n]{1,300})>|^\u200e?(\S[^\n]{0,300}\.\w{2,5}) \(file attached\)", re.MULTILINE
)
_SIGNS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\ufeff"))  # of the direction of writing
_SPACES = {ord("\u202f"): " ", ord("\u00a0"): " "}
_HEADERS = ("#", "Time", "From", "Body", "Attachment", "Said by the app")


def read(path: Path, out: Sender, *, cap: int) -> None:
    """Send every message of the export, or of the chat that a ZIP holds, with the hash of each attachment in it."""
    if not is_zipfile(path):
        if path.stat().st_size > cap:
            raise GivenUpError(Why.TOO_BIG)
        _send(path.read_bytes(), out, {})
        return
    with unpacked(path, cap) as archive:
        name = chat_in(archive.members)
        if not name:
            raise GivenUpError(Why.BROKEN)
        hashes = {one.rpartition("/")[2]: _hash(archive, one) for one in archive.members if one != name}
        _send(archive.whole(name), out, hashes)


def _send(data: bytes, out: Sender, hashes: dict[str, str]) -> None:
    out.begin("Messages", _HEADERS)
    for number, (time, said) in enumerate(_messages(data), start=1):
        spoken = _SAID.fullmatch(said)
        body = spoken["body"] if spoken else said
        found = _ATTACHED.search(body)
        name = (found[1] or found[2]).strip() if found else ""
        told = f"{name} ({hashes[name]})" if name in hashes else name
        out.record(
            "Messages",
            {"#": str(number), "Time": time, "From": spoken["who"] if spoken else "", "Body": body, "Attachment": told,
             "Said by the app": "" if spoken else "Yes"},
        )  # fmt: skip


def _messages(data: bytes) -> Iterator[tuple[str, str]]:
    """Give the time and the text of each message; a line that begins none goes on with the one before.

    What stands before the first message has no time. GivenUpError where there is no message at all.
    """
    time, lines = "", list[str]()
    for raw in data.decode("utf-8-sig", "replace").splitlines():
        line = _clean(raw)
        begun = _BEGINS.fullmatch(line)
        if begun is None:
            lines.append(line)
            continue
        if time or any(lines):
            yield time, "\n".join(lines).strip()
        time, lines = begun["ios"] or begun["android"], [begun["a"] if begun["ios"] else begun["b"]]
    if not time:
        raise GivenUpError(Why.BROKEN)
    yield time, "\n".join(lines).strip()


def _clean(line: str) -> str:
    return line.translate(_SIGNS).translate(_SPACES)


def _hash(archive: Packed, name: str) -> str:
    digest = sha256()
    for block in archive.blocks(name):
        digest.update(block)
    return digest.hexdigest()
