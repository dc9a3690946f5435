"""The unit's own exchange key, made beside the key of the checkpoints, and the card by which others come to know it."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.conf import settings

from toex.store import put
from toex.work.audit.signing import make_key, public_of, signing_key
from toex.work.errors import Incomplete

_CARD = re.compile(
    r"Installation: ([0-9a-f]{16})\s.*?(-----BEGIN PUBLIC KEY-----.{1,400}?-----END PUBLIC KEY-----)", re.DOTALL
)
_LONGEST = 4000  # letters of a card


@dataclass(frozen=True, slots=True)
class Card:
    """What an installation shows of itself: its number and its public key."""

    installation: str
    public_key: str

    @property
    def fingerprint(self) -> str:
        """Give the key's fingerprint: the SHA-256 of its 32 bytes."""
        return fingerprint(public_key(self.public_key))


def own_key() -> Ed25519PrivateKey:
    """Give the key that signs this installation's bundles, made where there is none yet."""
    path = Path(settings.TOEX_KEYS) / "exchange.key"
    if not path.exists():
        make_key(path)
    key = signing_key(path)
    if not path.with_suffix(".pub").exists():
        put(path.with_suffix(".pub"), public_of(key))
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """Give a public key's fingerprint: the SHA-256 of its 32 bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def spelt(told: str) -> str:
    """Write a fingerprint in groups of four, as it is read out."""
    return " ".join(told[place : place + 4] for place in range(0, len(told), 4))


def public_key(pem: str) -> Ed25519PublicKey:
    """Read a public key. Incomplete where the text is none of the form that signs bundles (Ed25519)."""
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise Incomplete("This is not a public key that signs bundles (Ed25519).", {"card": "no such key in it"})
    return key


def card_text(organisation: str, installation: str, key: Ed25519PublicKey) -> str:
    """Write the card that is given to another installation; it holds nothing secret."""
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return f"toex exchange card\nOrganisation: {organisation}\nInstallation: {installation}\n{pem}"


def read_card(text: str) -> Card:
    """Read a card. Incomplete where the text is none."""
    found = _CARD.search(text[:_LONGEST].replace("\r\n", "\n"))
    if found is None:
        raise Incomplete("This is not the card of an installation.", {"card": "the card as the other side shows it"})
    public_key(found[2])
    return Card(found[1], found[2])
