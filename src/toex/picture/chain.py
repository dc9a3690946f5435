"""A chain of hashes: each entry's text holds the hash of the one before, so that none can be changed or taken out unseen."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from toex.picture.errors import PictureError

FIRST = "0" * 64


def written(body: Mapping[str, Any]) -> str:
    """Write an entry so that equal entries are equal texts."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False)


def hashed(text: str) -> str:
    """Give the hash of a written entry."""
    return hashlib.sha256(text.encode()).hexdigest()


def walk(entries: Iterable[tuple[str, str]]) -> tuple[int, str]:
    """Walk (text, hash) pairs from the first; give their number and the last hash.

    PictureError names the first entry that was changed, moved or removed.
    """
    previous, count = FIRST, 0
    for text, told in entries:
        count += 1
        if json.loads(text)["previous"] != previous or hashed(text) != told:
            raise PictureError(f"The log was altered: entry {count} does not follow from the one before it.")
        previous = told
    return count, previous


def digest(texts: Iterable[str]) -> str:
    """Give what stands in a log for values that may be personal."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]
