"""What a checkpoint says and how it is signed: Ed25519 over its text. Known to the log and to the verifier; no Django."""

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from toex.picture import chain


class NotSigned(Exception):
    """A checkpoint is not what the key signed."""


@dataclass(frozen=True, slots=True)
class Statement:
    """That the log held `number` entries at `at`, the last with that hash; `previous` is the checkpoint before it."""

    number: int
    hash: str
    at: str
    previous: str
    digest: str = ""


def signed(statement: Statement, key: Ed25519PrivateKey) -> str:
    """Write a checkpoint and sign it; equal checkpoints are equal texts."""
    body = {
        "number": statement.number, "hash": statement.hash, "at": statement.at, "previous": statement.previous,
        "key": key_id(key.public_key()),
    }  # fmt: skip
    return chain.written({**body, "signature": key.sign(chain.written(body).encode()).hex()})


def read(text: str, key: Ed25519PublicKey) -> Statement:
    """Read a checkpoint. NotSigned where it is no checkpoint, was signed by another key, or was changed since."""
    try:
        said = json.loads(text)
        signature = bytes.fromhex(said.pop("signature"))
        if said["key"] != key_id(key):
            raise NotSigned("was signed by another key")
        key.verify(signature, chain.written(said).encode())
        return Statement(int(said["number"]), said["hash"], said["at"], said["previous"], chain.hashed(text))
    except InvalidSignature:
        raise NotSigned("was changed after it was signed") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotSigned("cannot be read") from None


def key_id(key: Ed25519PublicKey) -> str:
    """Name a public key by its digest."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def make_key(path: Path) -> None:
    """Make a key that signs, whole or not at all, for its owner's eyes; of two who make it at once, the first one's stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
        handle.write(_new_key())
        handle.flush()
        os.fsync(handle.fileno())
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(temporary)
    temporary.unlink()


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_of(key: Ed25519PrivateKey) -> bytes:
    """Give the public key, as its file holds it."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Read the key that signs. NotSigned where the file holds no such key."""
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NotSigned("The file holds no Ed25519 key.")
    return key


def checking_key(path: Path) -> Ed25519PublicKey:
    """Read the key that checks. NotSigned where there is none."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        raise NotSigned("There is no public key to check the checkpoints with.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotSigned("The file holds no Ed25519 key.")
    return key
