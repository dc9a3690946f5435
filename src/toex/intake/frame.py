"""One chunk made ready: the mapping's columns, and every row's key, digest, grade and access."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.access import Access, row_access
from toex.intake.checks import trimmed
from toex.intake.chunk import Chunk, Positions
from toex.intake.cleaning import Cleaning
from toex.intake.condition import holds
from toex.intake.errors import MappingError
from toex.intake.expression import evaluate
from toex.intake.mapping import Derived, SheetMapping
from toex.pole import row_key

_BETWEEN = "\x1f"
_GROUP = re.compile(r"(?<!\\)\((?!\?)")


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of one chunk that are loaded. `keys` are source keys, `digests` the hashes of the rows' cells."""

    numbers: Positions
    keys: list[str]
    digests: list[str]
    columns: Mapping[str, pa.Array]
    access: Access

    def __len__(self) -> int:
        return len(self.numbers)


def named_columns(
    chunk: Chunk, mapping: SheetMapping, bound: Mapping[str, str], carried: Mapping[str, str] | None = None
) -> dict[str, pa.Array]:
    """Give the mapping's columns of a chunk, trimmed, with derived ones and those carried from a sheet before."""
    columns = {name: pa.repeat(pa.scalar(text, pa.string()), len(chunk)) for name, text in (carried or {}).items()}
    columns |= {name: trimmed(chunk.column(header)) for name, header in bound.items()}
    for rule in mapping.derived:
        text = evaluate(rule.text, columns, len(chunk), mapping.lists)
        if rule.when:
            text = pc.if_else(pa.array(holds(rule.when, columns, len(chunk))), text, pa.scalar(None, pa.string()))
        columns[rule.name] = _derived(rule, text)
    return columns


def extracted(texts: pa.Array, pattern: str) -> pa.Array:
    """Give what the pattern's first group finds in each text, null where it finds nothing."""
    named, groups = _GROUP.subn("(?P<found>", pattern, count=1)
    if not groups:
        raise MappingError("A pattern marks what it takes by a group in round brackets.")
    try:
        return trimmed(pc.struct_field(pc.extract_regex(texts, named), "found"))
    except pa.ArrowInvalid as problem:
        raise MappingError("A pattern of the mapping is not a regular expression that is read here (RE2).") from problem


def key_texts(columns: Mapping[str, pa.Array], mapping: SheetMapping, rows: int) -> pa.Array:
    """Give the suppliers' keys, their parts joined by a bar; null where any part is empty."""
    parts = [evaluate(part, columns, rows, mapping.lists) for part in mapping.key]
    if not parts:
        return pa.nulls(rows, pa.string())
    if any(part.null_count == rows for part in parts):
        return pa.nulls(rows, pa.string())
    return pc.binary_join_element_wise(*parts, "|") if len(parts) > 1 else parts[0]


def row_digests(chunk: Chunk, *, salt: str = "") -> tuple[list[str], list[str]]:
    """Give the cells of every row as one text, and the hash of it.

    The salt is the mapping's fingerprint (16 characters): read under a corrected mapping, a row is another row.
    """
    texts = pc.binary_join_element_wise(*chunk.columns, _BETWEEN).to_pylist() if len(chunk) else []
    return texts, [blake2b(text.encode(), digest_size=8, salt=salt.encode()).hexdigest() for text in texts]


def frame_of(
    chunk: Chunk,
    columns: Mapping[str, pa.Array],
    *,
    mapping: SheetMapping,
    floor: int,
    cleaning: Cleaning,
    seen: Counter[str],
    salt: str,
) -> Frame:
    """Make a chunk ready; rows without a key of their own get one from their cells and the `seen` repeats of them."""
    texts, digests = row_digests(chunk, salt=salt)
    keys = key_texts(columns, mapping, len(chunk)).to_pylist()
    for place, key in enumerate(keys):
        if key is None:
            text = texts[place]
            seen[digests[place]] += 1
            keys[place] = row_key((text,), seen[digests[place]])
    values = {name: evaluate(rule, columns, len(chunk), mapping.lists) for name, rule in mapping.row.items()}
    return Frame(chunk.numbers, keys, digests, columns, row_access(values, len(chunk), floor=floor, cleaning=cleaning))


def _derived(rule: Derived, texts: pa.Array) -> pa.Array:
    return extracted(texts, rule.pattern) if rule.pattern else texts
