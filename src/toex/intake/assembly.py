"""A chunk of rows turned into the batches of every table: records, their links and their identifiers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toex.intake.access import row_access, subject_bits
from toex.intake.chunk import Flags
from toex.intake.cleaning import Cleaning, Count
from toex.intake.expression import evaluate
from toex.intake.frame import Frame
from toex.intake.links import belonging, stated_links
from toex.intake.mapping import Record
from toex.intake.part import Part, make_part
from toex.intake.plan import Bits, Ids, Plan, bits_by_row, filled, shared_columns
from toex.pole import Batch, batch, record_id

_ACCESS = ("dataset", "compartment", "marking", "handling", "subject")


@dataclass(frozen=True, slots=True)
class Assembled:
    """The batches that a frame became, which of its rows gave a record or a link, and how the fields' cells fared."""

    batches: Mapping[str, Batch]
    made: Flags
    counts: Mapping[str, Count]


def assemble(frame: Frame, plan: Plan, cleaning: Cleaning) -> Assembled:
    """Make every table's batch of a frame's rows."""
    parts = [make_part(rule, frame, lists=plan.mapping.lists, cleaning=cleaning) for rule in plan.mapping.records]
    known = _identified(parts, frame, plan)
    batches: dict[str, list[Batch]] = {}
    made = np.zeros(len(frame), dtype=bool)
    counts: dict[str, Count] = {f"row: {name}": count for name, count in frame.access.counts.items()}
    for own in known.values():
        counts.update({f"{own.part.record.part}: {name}": count for name, count in own.part.counts.items()})
        made[own.part.rows] = True
        if len(own.ids):
            for table, rows in _record_batches(own, known, frame, plan, cleaning):
                batches.setdefault(table, []).append(rows)
    for rule in plan.mapping.links:
        links = list(stated_links(rule, known, frame=frame, plan=plan, cleaning=cleaning))
        batches.setdefault("link", []).extend(links)
        for one in links:  # a row may say nothing but that two records elsewhere are linked
            made |= np.isin(frame.numbers, one["row"].to_numpy())
    whole = {table: pa.concat_tables(parts) for table, parts in batches.items() if parts}
    return Assembled({t: rows for t, rows in whole.items() if rows.num_rows}, made, counts)


def _identified(parts: Iterable[Part], frame: Frame, plan: Plan) -> dict[str, Ids]:
    """Give every part its ids and its categories of subject: its own, or those of what it belongs to, or the row's."""
    found: dict[str, Ids] = {}
    of_row = frame.access.subject.copy()
    waiting = list(parts)
    for part in waiting:
        if part.record.table == "person" or "subject" in part.record.row:
            bits = _stated_subject(part, frame, plan)
            found[part.record.part] = _ids(part, bits, frame, plan)
            np.bitwise_or.at(of_row, part.rows, bits)
    for part in waiting:
        if part.record.part not in found:
            owner = found.get(part.record.of)
            bits = of_row[part.rows] if owner is None else bits_by_row(owner, len(frame))[part.rows]
            found[part.record.part] = _ids(part, bits, frame, plan)
    return {part.record.part: found[part.record.part] for part in waiting}


def _stated_subject(part: Part, frame: Frame, plan: Plan) -> Bits:
    rule = part.record.row.get("subject")
    if rule is None:
        return frame.access.subject[part.rows]
    return subject_bits(evaluate(rule, frame.columns, len(frame), plan.mapping.lists), len(frame))[part.rows]


def _ids(part: Part, bits: Bits, frame: Frame, plan: Plan) -> Ids:
    keys, dataset, plain = frame.keys, plan.dataset, part.record.part
    if part.record.each or part.record.split:
        turned = zip(part.rows.tolist(), part.turns.tolist(), strict=True)
        ids = [record_id(dataset, keys[row], part.name_of(turn)) for row, turn in turned]
    elif len(part) == len(frame):
        ids = [record_id(dataset, key, plain) for key in keys]
    else:
        ids = [record_id(dataset, keys[row], plain) for row in part.rows.tolist()]
    by_row = np.full(len(frame), None, dtype=object)
    by_row[part.rows] = ids
    return Ids(part, ids, bits, by_row)


def _record_batches(
    own: Ids, known: Mapping[str, Ids], frame: Frame, plan: Plan, cleaning: Cleaning
) -> Iterator[tuple[str, Batch]]:
    record, part = own.part.record, own.part
    graded = _graded(record, frame, plan, cleaning)
    names: pa.Array | str = record.part
    if record.each or record.split:
        names = pa.array([part.name_of(turn) for turn in part.turns.tolist()], pa.string())
    shared = shared_columns(part.rows, frame, plan, graded=graded, subject=own.subject)
    columns = {**shared, **_constants(record, part), "record_id": own.ids, "part": filled(names, len(part))}
    for dropped in ("since", "until", "link_note"):
        columns.pop(dropped, None)
    yield record.table, batch(record.table, columns, len(part))
    yield from ((("identifier"), rows) for rows in _identifier_batches(own, shared, plan))
    if record.of:
        yield "link", belonging(own, known[record.of], frame=frame, plan=plan, graded=graded)


def _constants(record: Record, part: Part) -> dict[str, pa.Array]:
    kind = {"kind": filled(record.kind, len(part))} if record.kind else {}
    return {**kind, **part.columns}


def _graded(record: Record, frame: Frame, plan: Plan, cleaning: Cleaning) -> Mapping[str, pa.Array]:
    """The row's grade and access, or the record's own where it states them (items are graded one by one)."""
    rules = {**plan.mapping.row, **record.row}
    if not set(record.row) - {"subject"}:
        return frame.access.columns
    values = {name: evaluate(rule, frame.columns, len(frame), plan.mapping.lists) for name, rule in rules.items()}
    return row_access(values, len(frame), floor=plan.floor, cleaning=cleaning).columns


def _identifier_batches(own: Ids, shared: Mapping[str, pa.Array], plan: Plan) -> Iterator[Batch]:
    table = own.part.record.table
    when = own.part.columns.get("start", own.part.columns.get("written"))
    ids = pa.array(own.ids, pa.string())
    for found in own.part.identifiers:
        rows = len(found.records)
        places = None if rows == len(own.ids) else pa.array(found.records)
        columns = {name: _at(shared[name], places) for name in _ACCESS}
        columns |= {"value": found.values, "record_id": _at(ids, places)}
        columns |= {"kind": filled(found.kind, rows), "role": filled(found.role, rows), "table": filled(table, rows)}
        if when is not None:
            columns["at"] = _at(when, places)
        yield batch("identifier", columns, rows)


def _at(column: pa.Array, places: pa.Array | None) -> pa.Array:
    return column if places is None else column.take(places)
