"""Which reports are of one origin: the same reference, or near-identical text sent again by another force."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

from toex.analysis.statements import View, rows
from toex.pole import batch

SHINGLE = 4
ALIKE = 0.75
_SKETCH = 6
_FEW = 8  # a text of fewer words is too short to say that two people did not write it
_WORD = re.compile(r"\w+")


@contextmanager
def text_origins(view: View) -> Iterator[None]:
    """Give the view a table `text_origin` (dataset, source_key, origin) of its reports while the block runs."""
    reports = rows(view, "report_texts")
    origin = group_origins(reports)
    keyed = {(r["dataset"], r["source_key"]): origin[r["record_id"]] for r in reports}
    columns = {
        "dataset": [dataset for dataset, _ in keyed],
        "source_key": [key for _, key in keyed],
        "origin": list(keyed.values()),
    }
    view.register("text_origin", batch("text", columns, len(keyed)))
    try:
        yield
    finally:
        view.drop("text_origin")


def group_origins(reports: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Give each report item (record_id, origin, text) the name of its origin, the smallest of those that are one."""
    head: dict[str, str] = {}
    own = {r["record_id"]: r["origin"] or r["record_id"] for r in reports}
    shingles = {r["record_id"]: _shingles(r["text"] or "") for r in reports}
    for one, other in _candidates(shingles):
        if _alike(shingles[one], shingles[other]):
            low, high = sorted((_find(head, own[one]), _find(head, own[other])))
            head[high] = low
    return {record: _find(head, origin) for record, origin in own.items()}


def _shingles(text: str) -> frozenset[int]:
    words = _WORD.findall(text.casefold())
    if len(words) < _FEW:
        return frozenset()
    runs = (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))
    return frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs)


def _candidates(shingles: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    """Pair the texts that share one of their smallest shingles; each is held against the first few that had it."""
    held: dict[int, list[str]] = defaultdict(list)
    for record in sorted(shingles):
        met = set()
        for mark in sorted(shingles[record])[:_SKETCH]:
            met.update(held[mark][:20])
            held[mark].append(record)
        yield from ((other, record) for other in sorted(met))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one) and bool(other) and len(one & other) / len(one | other) >= ALIKE


def _find(head: dict[str, str], name: str) -> str:
    while head.setdefault(name, name) != name:
        head[name] = head[head[name]]
        name = head[name]
    return name
