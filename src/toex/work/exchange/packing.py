"""A bundle as a file: fixed members in a ZIP, their hashes in a manifest, a signature over that. Knows no Django.

What a stranger sends is opened here, so nothing is believed before it was checked: the end of the file says how few
members there are, their names are ours or the file is refused, no name of it ever becomes a path, each member is read to a
cap, and of the manifest not a letter is read before the signature over it holds.
"""

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from toex.picture import chain
from toex.work.errors import NotAllowed

FORMAT = 1
LARGEST = 64 << 20  # bytes of the file
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
CAPS: Mapping[str, int] = {  # bytes of each member once it is unpacked
    MANIFEST: 1 << 20, SIGNATURE: 1 << 10, "data.json": 64 << 20, "product.pdf": 32 << 20, "product.docx": 32 << 20,
    "notice.docx": 8 << 20,
}  # fmt: skip
_SAID = b"toex exchange bundle 1\n"  # what is signed begins with it, so that a signature serves nothing else
_DAY = (1980, 1, 1, 0, 0, 0)
_END = struct.Struct("<4s4H2IH")  # the end record of a ZIP: PKWARE's APPNOTE 4.3.16
_DIRECTORY = 4 << 10  # bytes of the directory of so few members
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, ValueError, OSError)

Kind = Literal["product", "correction"]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself. `turn` is the number of the issue, or of the correction to the version."""

    number: str
    kind: Kind
    organisation: str  # the sender's code
    organisation_name: str
    installation: str
    to: str  # the addressee's code
    to_name: str
    recipients: list[dict[str, str]]
    reference: str
    title: str
    version: int
    turn: int
    marking: str
    handling: list[str]
    made: str
    corrects: str  # the number of the bundle that it corrects
    members: dict[str, str]  # SHA-256 by name
    format: int = FORMAT

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made)


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle whose signature and hashes hold, the fingerprint of the key, and its members by name."""

    manifest: Manifest
    key: str
    members: Mapping[str, bytes]


def pack(manifest: Manifest, members: Mapping[str, bytes], *, key: Ed25519PrivateKey, fingerprint: str) -> bytes:
    """Write a bundle; the same manifest and members give the same bytes. The manifest's hashes are worked out here."""
    said = {**asdict(manifest), "members": {name: _hash(content) for name, content in members.items()}}
    body = chain.written(said).encode()
    signature = chain.written({"key": fingerprint, "signature": key.sign(_SAID + body).hex()}).encode()
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in {MANIFEST: body, SIGNATURE: signature, **dict(sorted(members.items()))}.items():
            part = ZipInfo(name, date_time=_DAY)
            part.compress_type, part.external_attr, part.create_system = ZIP_DEFLATED, 0o600 << 16, 3
            archive.writestr(part, content)
    return kept.getvalue()


def unpack(content: bytes, *, key_of: Callable[[str], Ed25519PublicKey | None]) -> Opened:
    """Open a bundle. `key_of` gives a trusted key by its fingerprint.

    NotAllowed where it is no bundle, where no trusted sender signed it, or where anything was changed since.
    """
    members = _members(content)
    told = _said(members.pop(SIGNATURE), "signature")
    known, signature = str(told.get("key", "")), str(told.get("signature", ""))
    key = key_of(known)
    if key is None:
        raise NotAllowed(
            "No trusted sender has the key that signed this bundle: an administrator checks a key's fingerprint with the "
            "other side before anything that it signed is opened."
        )
    body = members.pop(MANIFEST)
    try:
        key.verify(bytes.fromhex(signature), _SAID + body)
    except (InvalidSignature, ValueError):
        raise NotAllowed("The bundle was changed after it was signed, so nothing of it is taken.") from None
    manifest = _manifest(_said(body, "manifest"))
    if {name: _hash(part) for name, part in members.items()} != manifest.members:
        raise NotAllowed("A part of the bundle is not the one that was signed, so nothing of it is taken.")
    return Opened(manifest, known, members)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _members(content: bytes) -> dict[str, bytes]:
    """Read the members of a file that may be anything at all."""
    if len(content) > LARGEST:
        raise NotAllowed(f"A bundle has at most {LARGEST >> 20} megabytes.")
    _check_end(content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            listed = archive.infolist()
            _check_listed(listed)
            return {one.filename: _read(archive, one) for one in listed}
    except _BROKEN:
        raise NotAllowed("This is not a bundle that can be read whole.") from None


def _check_end(content: bytes) -> None:
    """Raise NotAllowed unless the file ends as a bundle does: few members, no comment, nothing before or after."""
    tail = content[-_END.size :]
    if len(tail) == _END.size:
        mark, disk, first, here, whole, size, start, comment = _END.unpack(tail)
        fits = 2 < whole == here <= len(CAPS) and size <= _DIRECTORY and start + size + _END.size == len(content)
        if mark == b"PK\x05\x06" and fits and not (disk or first or comment):
            return
    raise NotAllowed("This is not a bundle of another installation.")


def _check_listed(listed: list[ZipInfo]) -> None:
    names = [one.filename for one in listed]
    known = len(set(names)) == len(names) and {MANIFEST, SIGNATURE, "data.json"} <= set(names) <= set(CAPS)
    plain = all(one.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not one.flag_bits & 1 for one in listed)
    small = known and all(one.file_size <= CAPS[one.filename] for one in listed)
    if not (known and plain and small):
        raise NotAllowed("The file holds what no bundle holds, or more of it than any bundle has.")


def _read(archive: ZipFile, one: ZipInfo) -> bytes:
    """Unpack a member to its cap and not a byte further, whatever its header says."""
    cap = CAPS[one.filename]
    with archive.open(one) as stream:
        content = stream.read(cap + 1)
    if len(content) > cap:
        raise NotAllowed("The file holds what no bundle holds, or more of it than any bundle has.")
    return content


def _said(content: bytes, what: str) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise NotAllowed(f"The bundle's {what} cannot be read.")
    return said


def _manifest(said: Mapping[str, Any]) -> Manifest:
    if said.get("format") != FORMAT:
        raise NotAllowed("The bundle is written in a form that this version does not know.")
    try:
        made = Manifest(**said)
        moment = made.made_at
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None or not _shaped(made):
        raise NotAllowed("The bundle's manifest lacks something, or says more than it may.")
    return made


def _shaped(one: Manifest) -> bool:
    texts = ("number", "organisation", "organisation_name", "installation", "to", "to_name", "reference", "title",
             "marking", "corrects")  # fmt: skip
    right = all(isinstance(getattr(one, name), str) and len(getattr(one, name)) <= 200 for name in texts)
    lists = isinstance(one.handling, list) and isinstance(one.recipients, list) and isinstance(one.members, dict)
    lists = lists and all(isinstance(line, str) for line in one.handling) and all(map(_is_recipient, one.recipients))
    counts = all(type(n) is int and 0 < n < 10_000 for n in (one.version, one.turn))
    return right and lists and counts and one.kind in ("product", "correction")


def _is_recipient(one: Any) -> bool:
    return isinstance(one, dict) and all(isinstance(part, str) for part in (*one, *one.values()))
