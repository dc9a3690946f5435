"""Which rows of a chunk may be loaded, and why the others are set aside."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.access import marking_faults
from toex.intake.chunk import LONGEST_CELL, Chunk, Flags, Odd, offsets
from toex.intake.condition import flags, holds
from toex.intake.delimited import TOTAL
from toex.intake.expression import evaluate
from toex.intake.mapping import SheetMapping

ERASED = "[erased]"  # what stands in each cell of a row that was cut out of a delivery
_TOTAL = r"(?i)^\s*(?:(?:grand|sub|overall)[ -]?)?totals?\b[^a-z]*(?:of (?:records|rows)|(?:records|rows|calls|reads))?[^a-z]*$"
_FIGURE = re.compile(r"[£€$]?[\d.,: -]+%?")
_FORMULA = r"^(?:[=@\t\r]|[+-][^0-9\s(])"


@dataclass(frozen=True, slots=True)
class _Fault:
    mask: Flags
    column: str
    reason: str


def checked(chunk: Chunk, mapping: SheetMapping, bound: Mapping[str, str]) -> Chunk:
    """Give the rows that may be loaded, with the others among the odd ones; the first reason found is the one told."""
    good = np.ones(len(chunk), dtype=bool)
    odd = list(chunk.odd)
    for fault in _faults(chunk, mapping, bound):
        fresh = fault.mask & good
        if fresh.any():
            odd.extend(Odd(int(row), fault.column, fault.reason) for row in chunk.numbers[fresh])
            good &= ~fresh
    kept = chunk.keep(good)
    return Chunk(kept.headers, kept.columns, kept.numbers, tuple(sorted(odd, key=lambda o: o.row)), kept.formulas)


def trimmed(column: pa.Array) -> pa.Array:
    """Give texts without blanks at their ends, null where nothing is left."""
    text = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _faults(chunk: Chunk, mapping: SheetMapping, bound: Mapping[str, str]) -> Iterator[_Fault]:
    if not len(chunk):
        return
    yield from _not_records(chunk, mapping)
    for header, column in zip(chunk.headers, chunk.columns, strict=True):
        yield from _cell_faults(header, column)
    yield from _marking_faults(chunk, mapping, bound)
    for refusal in mapping.refusals:
        columns = {name: trimmed(chunk.column(header)) for name, header in bound.items()}
        yield _Fault(holds(refusal.when, columns, len(chunk)), "", refusal.reason)
    for name in sorted(mapping.key_columns()):
        if name in bound:
            yield from _key_faults(chunk, bound[name])


def _not_records(chunk: Chunk, mapping: SheetMapping) -> Iterator[_Fault]:
    yield _Fault(_all_equal(chunk, chunk.headers), "", "The row repeats the header.")
    yield _Fault(_all_equal(chunk, [ERASED] * len(chunk.headers)), "", "The row was erased.")
    yield from _totals(chunk)
    for words in mapping.ends_at:
        mask = flags(pc.starts_with(chunk.columns[0], pattern=words, ignore_case=True))
        yield _Fault(mask, chunk.headers[0], TOTAL)


def _totals(chunk: Chunk) -> Iterator[_Fault]:
    """Find rows that begin by saying that they are a total and hold but figures beside it."""
    for header, column in zip(chunk.headers[:2], chunk.columns[:2], strict=True):
        for place in np.flatnonzero(flags(pc.match_substring_regex(column, _TOTAL))).tolist():
            others = [one[place].as_py().strip() for one in chunk.columns if one is not column]
            if all(not text or _FIGURE.fullmatch(text) for text in others):
                yield _Fault(np.arange(len(chunk)) == place, header, TOTAL)


def _all_equal(chunk: Chunk, texts: Sequence[str]) -> Flags:
    """Say which rows hold these texts, cell by cell."""
    equal = np.ones(len(chunk), dtype=bool)
    for text, column in zip(texts, chunk.columns, strict=True):
        equal &= flags(pc.equal(column, text))
        if not equal.any():
            break
    return equal


def _cell_faults(header: str, column: pa.Array) -> Iterator[_Fault]:
    bounds = offsets(column)
    lengths = np.diff(bounds)
    if (lengths > LONGEST_CELL).any():
        long = flags(pc.greater(pc.utf8_length(column), LONGEST_CELL))
        yield _Fault(long, header, f"The cell holds more than {LONGEST_CELL} characters, the most that is taken.")
    data = column.buffers()[2]
    if data is not None and b"\0" in memoryview(data)[bounds[0] : bounds[-1]].tobytes():
        yield _Fault(flags(pc.match_substring(column, "\0")), header, "The cell holds a NUL, which no text does.")


def _marking_faults(chunk: Chunk, mapping: SheetMapping, bound: Mapping[str, str]) -> Iterator[_Fault]:
    rules = [mapping.row.get("marking"), *(record.row.get("marking") for record in mapping.records)]
    columns = {name: trimmed(chunk.column(header)) for name, header in bound.items()} if any(rules) else {}
    for rule in rules:
        if rule is not None:
            texts = evaluate(rule, columns, len(chunk), mapping.lists)
            for reason, mask in marking_faults(texts).items():
                yield _Fault(mask, "", reason)


def _key_faults(chunk: Chunk, header: str) -> Iterator[_Fault]:
    mask = flags(pc.match_substring_regex(chunk.column(header), _FORMULA))
    yield _Fault(mask, header, "A cell of the key looks like a formula, so the row's identity is not sure.")
    computed = {row for row, marked in chunk.formulas if marked == header}
    if computed:
        mask = np.isin(chunk.numbers, list(computed))
        yield _Fault(mask, header, "A cell of the key is computed by a formula, so the row's identity is not sure.")
