"""One part of a mapping applied to a chunk: the rows it holds for, its clean columns, its identifiers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.chunk import Flags, Positions
from toex.intake.cleaning import Cleaned, Cleaning, Count
from toex.intake.condition import holds
from toex.intake.expression import Column, Expression, Lists, columns_of, evaluate, join_texts
from toex.intake.fields import ESSENTIAL, FIELDS, IDENTIFIER_OF, IDENTIFIERS, JOINT, OBJECTS, PERSONAL, TARGETS
from toex.intake.frame import Frame, extracted
from toex.intake.mapping import Record

_EACH = "each"


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Identifiers that the records of a part state: which of its records, and what."""

    kind: str
    role: str
    records: Positions
    values: pa.Array


@dataclass(frozen=True, slots=True)
class Part:
    """The records of one part: the frame's row of each, its turn within that row, its table's columns."""

    record: Record
    rows: Positions
    turns: Positions
    columns: Mapping[str, pa.Array]
    identifiers: tuple[Identifiers, ...]
    counts: Mapping[str, Count]

    def __len__(self) -> int:
        return len(self.rows)

    def name_of(self, turn: int) -> str:
        """Give the part's name in a record's id: the first of several bears the plain name."""
        return self.record.part if turn == 1 else f"{self.record.part}{turn}"


def make_part(record: Record, frame: Frame, *, lists: Lists, cleaning: Cleaning) -> Part:
    """Apply one record's rule to a frame."""
    record = _with_pieces(record)
    rows, turns, columns = _selected(record, frame, lists)
    cleaned = _fields(record, columns, rows=len(rows), lists=lists, cleaning=cleaning)
    counts = {name: found.count for name, found in cleaned.items()}
    made = _targets(record, cleaned)
    present = _present(record, made, len(rows))
    if not present.all():
        chosen = pa.array(present)
        made = {name: column.filter(chosen) for name, column in made.items()}
        columns = {name: column.filter(chosen) for name, column in columns.items()}
        rows, turns = rows[present], turns[present]
    stated = _stated(record, columns, rows=len(rows), lists=lists, cleaning=cleaning, counts=counts)
    own = _own_identifiers(record, made, len(rows))
    return Part(record, rows, turns, made, (*own, *stated), counts)


def _with_pieces(record: Record) -> Record:
    """A record that splits without naming what splits the field that is its main one."""
    if not record.split or record.each:
        return record
    main = next(name for name in ("value", "name", "text", "address") if name in record.fields)
    return replace(record, each=(record.fields[main],), fields={**record.fields, main: Column(_EACH)})


def _selected(record: Record, frame: Frame, lists: Lists) -> tuple[Positions, Positions, dict[str, pa.Array]]:
    """Give the rows the record holds for, the turn of each piece in its row, and the columns there."""
    mask = holds(record.when, frame.columns, len(frame))
    rows: Positions = np.flatnonzero(mask).astype(np.int64)
    turns = np.ones(len(rows), dtype=np.int64)
    pieces: pa.Array | None = None
    if record.each:
        rows, turns, pieces = _pieces(record, frame, rows, lists)
    names = _columns_used(record)
    places = None if len(rows) == len(frame) and pieces is None else pa.array(rows)
    columns = {name: frame.columns[name] if places is None else frame.columns[name].take(places)
               for name in names if name in frame.columns}  # fmt: skip
    if pieces is not None:
        columns[_EACH] = pieces
    return rows, turns, columns


def _columns_used(record: Record) -> frozenset[str]:
    expressions: list[Expression] = [*record.fields.values(), *(stated.text for stated in record.states)]
    asked = {clause.column for stated in record.states for clause in stated.when}
    return frozenset(asked).union(*(columns_of(expression) for expression in expressions))


def _pieces(record: Record, frame: Frame, rows: Positions, lists: Lists) -> tuple[Positions, Positions, pa.Array]:
    """Take the texts of `each`, split where asked; empty pieces fall away, the turn counts those that stay."""
    places, texts = [], []
    for expression in record.each:
        text = evaluate(expression, frame.columns, len(frame), lists).take(pa.array(rows))
        owner = rows
        if record.split:
            parts = pc.split_pattern_regex(text, pattern=record.split)
            owner = rows[pc.list_parent_indices(parts).to_numpy()]
            text = pc.list_flatten(parts)
        if record.pattern:
            text = extracted(text, record.pattern)
        text = pc.utf8_trim_whitespace(text)
        filled = pc.fill_null(pc.not_equal(text, ""), False)
        places.append(owner[np.asarray(filled)])
        texts.append(text.filter(filled))
    owner = np.concatenate(places)
    order = np.argsort(owner, kind="stable")
    owner = owner[order]
    return owner, _turns(owner), pa.concat_arrays(texts).take(pa.array(order))


def _turns(owner: Positions) -> Positions:
    index = np.arange(len(owner))
    first = np.ones(len(owner), dtype=bool)
    first[1:] = owner[1:] != owner[:-1]
    return index - np.maximum.accumulate(np.where(first, index, 0)) + 1


def _fields(
    record: Record, columns: Mapping[str, pa.Array], *, rows: int, lists: Lists, cleaning: Cleaning
) -> dict[str, Cleaned]:
    """Clean every field of the record; fields that make one value together are cleaned together."""
    kinds = FIELDS[record.table]
    texts = {name: evaluate(rule, columns, rows, lists) for name, rule in record.fields.items()}
    found: dict[str, Cleaned] = {}
    for kind, parts in JOINT.items():
        own = [name for name in parts if name in texts and kinds.get(name) == kind]
        if own:
            nothing = pa.nulls(rows, pa.string())
            found[kind] = cleaning.joint(kind, *(texts.pop(name) if name in own else nothing for name in parts))
    for name, text in texts.items():
        found[name] = cleaning.clean(kinds[name] or OBJECTS[record.kind], text)
        if name == "value":
            found[name] = Cleaned({**found[name].columns, "raw": text}, found[name].count)
    return found


def _targets(record: Record, cleaned: Mapping[str, Cleaned]) -> dict[str, pa.Array]:
    """Put the clean columns under the names that the table has for them."""
    made: dict[str, pa.Array] = {}
    for name, found in cleaned.items():
        kind = FIELDS[record.table].get(name, "")
        targets = TARGETS.get("firm" if kind == "firm" else name, {"value": name} if "value" in found.columns else {})
        for column, values in found.columns.items():
            made.setdefault(targets.get(column, column), values)
    also = made.pop("also", None)
    if also is not None:
        made["alias"] = _both(made.get("alias"), also)
    made.pop("precision", None)
    return made


def _both(stated: pa.Array | None, found: pa.Array) -> pa.Array:
    if stated is None:
        return found
    return join_texts((stated, found), "; ")


def _present(record: Record, made: Mapping[str, pa.Array], rows: int) -> Flags:
    needed = ESSENTIAL[record.table]
    if not needed:
        return np.ones(rows, dtype=bool)
    mask = np.zeros(rows, dtype=bool)
    for name in needed:
        if name in made:
            mask |= np.asarray(made[name].is_valid())
    return mask


def _own_identifiers(record: Record, made: Mapping[str, pa.Array], rows: int) -> Iterable[Identifiers]:
    """The identifiers among a record's own columns."""
    if record.table == "object":
        yield from _identifiers(IDENTIFIER_OF[record.kind], record.role, made.get("value"), rows)
        yield from _identifiers("vin", record.role, made.get("vin"), rows)
        return
    for kind in IDENTIFIERS:
        if kind in record.fields and kind in made:
            yield from _identifiers(kind, "holder" if kind in PERSONAL else "subject", made[kind], rows)


def _stated(
    record: Record,
    columns: Mapping[str, pa.Array],
    *,
    rows: int,
    lists: Lists,
    cleaning: Cleaning,
    counts: dict[str, Count],
) -> Iterable[Identifiers]:
    """The identifiers that the mapping says a record states."""
    found: list[Identifiers] = []
    for rule in record.states:
        text = evaluate(rule.text, columns, rows, lists)
        if rule.when:
            text = pc.if_else(pa.array(holds(rule.when, columns, rows)), text, pa.scalar(None, pa.string()))
        cleaned = cleaning.clean(IDENTIFIERS[rule.kind], text)
        counts.setdefault(f"{rule.role} {rule.kind}".strip(), Count()).add(cleaned.count)
        found.extend(_identifiers(rule.kind, rule.role, cleaned.columns["value"], rows))
    return found


def _identifiers(kind: str, role: str, values: pa.Array | None, rows: int) -> Iterable[Identifiers]:
    if values is None:
        return
    valid = values.is_valid()
    places = np.flatnonzero(np.asarray(valid)).astype(np.int64)
    if len(places):
        yield Identifiers(kind, role, places, values if len(places) == rows else values.filter(valid))
