"""A first look at a file's bytes: its hash, its encoding and what would trip a reader."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from toex.intake.errors import UnreadableFileError
from toex.parsers import LOOK, is_delimited

_BLOCK = 1 << 20
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the bytes say: SHA-256, size, kind of file, encoding, and whether the text is sound in that encoding."""

    receipt: str
    size: int
    kind: Literal["delimited", "parsed"]  # parsed by a reader in a child process, whatever it is
    encoding: str
    doubt: str = ""
    sound: bool = True  # no NUL and no undecodable byte: the quick reader may be tried


def survey(path: Path, *, encoding: str = "") -> Survey:
    """Read the file once and say what it is; `encoding` is believed where a mapping states it.

    Raises UnreadableFileError for a file that is missing, empty or of a kind that is not taken.
    """
    try:
        return _survey(path, encoding)
    except OSError as problem:
        raise UnreadableFileError("The file cannot be opened.") from problem


def _survey(path: Path, encoding: str) -> Survey:
    head = next(_blocks(path), b"")
    if not head:
        raise UnreadableFileError("The file is empty.")
    if not is_delimited(head[:LOOK]):
        digest, size, _ = _hash(path)
        return Survey(digest, size, "parsed", "")
    return _survey_text(path, head, encoding)


def _survey_text(path: Path, head: bytes, stated: str) -> Survey:
    found = stated or next((name for bom, name in _BOMS if head.startswith(bom)), "") or _wide(head)
    digest, size, nul = _hash(path)
    if found:
        good, bad = _decoded(path, found)
        return Survey(digest, size, "delimited", found, _damage(found, bad), not bad and not (nul and "utf-8" in found))
    good, bad = _decoded(path, "utf-8")
    if not bad:
        return Survey(digest, size, "delimited", "utf-8", sound=not nul)
    if good > bad:
        return Survey(digest, size, "delimited", "utf-8", _damage("utf-8", bad), False)
    _, bad = _decoded(path, "cp1252")
    return Survey(digest, size, "delimited", "cp1252", _damage("cp1252", bad), not bad and not nul)


def _damage(encoding: str, bad: int) -> str:
    return f"{bad} bytes are not {encoding}; their rows are set aside." if bad else ""


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: nearly every second byte of the text is zero."""
    sample = head[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd / half > 0.6 and even / half < 0.1:
        return "utf-16-le"
    if even / half > 0.6 and odd / half < 0.1:
        return "utf-16-be"
    return ""


def _hash(path: Path) -> tuple[str, int, bool]:
    digest, size, nul = sha256(), 0, False
    for block in _blocks(path):
        digest.update(block)
        size += len(block)
        nul = nul or b"\0" in block
    return digest.hexdigest(), size, nul


def _decoded(path: Path, encoding: str) -> tuple[int, int]:
    """Count the characters beyond ASCII that decode, and the places that do not."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
    except LookupError as problem:
        raise UnreadableFileError("The stated encoding is not one that is known.") from problem
    good = bad = 0
    for block in _blocks(path):
        text = decoder.decode(block)
        if not text.isascii():
            broken = text.count("\ufffd")
            bad += broken
            good += len(text) - len(text.encode("ascii", "ignore")) - broken
    bad += decoder.decode(b"", True).count("\ufffd")
    return good, bad


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block
