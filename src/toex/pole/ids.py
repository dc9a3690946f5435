"""The identity of a record: a hash of its dataset, its supplier's key and its part of the row."""

from hashlib import blake2b

_SIZE = 12  # 96 bits: at a thousand million records the chance of any collision is below one in a thousand million
_BETWEEN = "\x1f"


def record_id(dataset: str, source_key: str, part: str) -> str:
    """Give the id (24 hexadecimal characters) of the record that a supplier's row holds for one part.

    It depends on nothing else, so it survives re-delivery, correction and re-conflation, and a row that refers to
    another row by its key can link to it without looking it up.
    """
    return blake2b(f"{dataset}{_BETWEEN}{source_key}{_BETWEEN}{part}".encode(), digest_size=_SIZE).hexdigest()


def row_key(cells: tuple[str, ...], occurrence: int) -> str:
    """Give a key for a row whose supplier sends none: the digest of its cells and which repeat of them it is."""
    text = _BETWEEN.join((*cells, str(occurrence)))
    return "row-" + blake2b(text.encode(), digest_size=_SIZE).hexdigest()


def entity_id(snapshot: int, earliest: str) -> str:
    """Mint the id under which a snapshot's entity is exported, from the smallest record id of its members.

    It is deterministic and, because the snapshot's number is in it, never used again for other members.
    """
    return "E" + blake2b(f"{snapshot}{_BETWEEN}{earliest}".encode(), digest_size=8).hexdigest()
