"""Links that rows state: between their parts, and to the records of rows elsewhere by the hash of their keys."""

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from toex.intake.chunk import Positions
from toex.intake.cleaning import Cleaning
from toex.intake.condition import holds
from toex.intake.expression import evaluate
from toex.intake.frame import Frame
from toex.intake.mapping import ANY, End, Link
from toex.intake.plan import Ids, Plan, Texts, bits_by_row, filled, shared_columns
from toex.pole import Batch, batch, domain, record_id

_OURS = {"start": "since", "finish": "until", "note": "link_note"}
_NAMED = re.compile(
    r"\s*(?P<table>person|organisation|object|place|event|text) (?P<id>[0-9a-f]{24}) (?P<domain>[\w+-]+)"
    r"(?: (?P<note>[^;]*))?"
)


def belonging(own: Ids, owner: Ids, *, frame: Frame, plan: Plan, graded: Mapping[str, pa.Array]) -> Batch:
    """The links from the part that records belong to, to those records."""
    part = own.part
    starts = owner.by_row[part.rows]
    held = np.array([start is not None for start in starts], dtype=bool)
    rows, kind = part.rows[held], part.record.role or "linked"
    ids = [one for one, keep in zip(own.ids, held.tolist(), strict=True) if keep]
    names = [f"{owner.part.record.part}:{kind}:{part.name_of(turn)}" for turn in part.turns[held].tolist()]
    bits = (own.subject | bits_by_row(owner, len(frame))[part.rows])[held]
    extra = {name: part.columns[ours].filter(pa.array(held)) for name, ours in _OURS.items() if ours in part.columns}
    shared = shared_columns(rows, frame, plan, graded=graded, subject=bits)
    ends: dict[str, object] = {"from_id": list(starts[held]), "to_id": ids}
    ends |= {"from_table": owner.part.record.table, "to_table": part.record.table}
    if part.record.table == "person" and owner.part.record.table != "person":  # links go from people to things
        ends = {"from_id": ids, "to_id": ends["from_id"]}
        ends |= {"from_table": "person", "to_table": owner.part.record.table}
    return _link_batch(kind, names, {**shared, **extra, **ends}, plan, [frame.keys[row] for row in rows.tolist()])


def stated_links(
    rule: Link, known: Mapping[str, Ids], *, frame: Frame, plan: Plan, cleaning: Cleaning
) -> Iterator[Batch]:
    """The links of one rule between parts of the row, or to a record of another row by the hash of its key."""
    if rule.start.records or rule.finish.records:
        yield from _to_named(rule, known, frame, plan)
        return
    start, finish = (_end_ids(end, known, frame, plan) for end in (rule.start, rule.finish))
    both = [a is not None and b is not None and a != b for a, b in zip(start, finish, strict=True)]
    held = holds(rule.when, frame.columns, len(frame)) & np.array(both, dtype=bool)
    rows: Positions = np.flatnonzero(held).astype(np.int64)
    if not len(rows):
        return
    ours = [bits_by_row(known[end.part], len(frame)) for end in (rule.start, rule.finish) if end.own]
    bits = np.bitwise_or.reduce(ours) if ours else frame.access.subject  # both ends elsewhere: as the row says
    extra = _link_fields(rule, frame, plan, cleaning, rows)
    far = next((end.dataset for end in (rule.start, rule.finish) if end.dataset), "")
    ends = {
        "from_id": list(start[held]),
        "to_id": list(finish[held]),
        "from_table": _end_tables(rule.start, known, frame, plan, rows),
        "to_table": _end_tables(rule.finish, known, frame, plan, rows),
        "other_domain": domain(_dataset(far, plan)) if far else "",
    }
    shared = shared_columns(rows, frame, plan, graded=frame.access.columns, subject=bits[rows])
    names = [f"{rule.start.part}:{rule.kind}:{rule.finish.part}"] * len(rows)
    yield _link_batch(rule.kind, names, {**shared, **extra, **ends}, plan, [frame.keys[row] for row in rows.tolist()])


def _to_named(rule: Link, known: Mapping[str, Ids], frame: Frame, plan: Plan) -> Iterator[Batch]:
    """The links from a part of the row to the records that a cell of it names, or from them to it.

    A piece of the cell says table, record id and access domain, then perhaps the record's part in it: `person 0a1b...
    13-nominals victim`, pieces divided by semicolons. A piece of another form names nothing. Where the rule's kind is
    `*`, that part is the kind of the link.
    """
    forward = rule.finish.records is not None
    own, far = (rule.start, rule.finish) if forward else (rule.finish, rule.start)
    cells = evaluate(far.records, frame.columns, len(frame), plan.mapping.lists).to_pylist() if far.records else []
    ids, held = known[own.part].by_row, holds(rule.when, frame.columns, len(frame))
    found = [
        (row, named)
        for row, cell in enumerate(cells)
        if held[row] and ids[row] is not None
        for named in _pieces(cell, by_kind=rule.kind == ANY)
    ]
    if not found:
        return
    rows: Positions = np.array([row for row, _ in found], dtype=np.int64)
    ours, theirs = [ids[row] for row in rows.tolist()], [named["id"] for _, named in found]
    tables = pa.array([named["table"] for _, named in found], pa.string())
    table, bits = _end_table(own, known), bits_by_row(known[own.part], len(frame))[rows]
    ends: dict[str, object] = {"from_id": ours, "to_id": theirs, "from_table": table, "to_table": tables}
    if not forward:
        ends = {"from_id": theirs, "to_id": ours, "from_table": tables, "to_table": table}
    ends["other_domain"] = pa.array([named["domain"] for _, named in found], pa.string())
    said = [named["note"] or None for _, named in found]
    kinds = [one or "linked" for one in said] if rule.kind == ANY else [rule.kind] * len(said)
    ends["note"] = pa.array([None if rule.kind == ANY else one for one in said], pa.string())
    shared = shared_columns(rows, frame, plan, graded=frame.access.columns, subject=bits)
    names = [f"{own.part}:{kind}:{one}" for kind, one in zip(kinds, theirs, strict=True)]
    keys = [frame.keys[row] for row in rows.tolist()]
    yield _link_batch(pa.array(kinds, pa.string()), names, {**shared, **ends}, plan, keys)


def _pieces(cell: str | None, *, by_kind: bool) -> list[re.Match[str]]:
    found = [m for m in map(_NAMED.fullmatch, (cell or "").split(";")) if m]
    return list({(m["id"], m["note"] if by_kind else ""): m for m in found}.values())


def _link_fields(rule: Link, frame: Frame, plan: Plan, cleaning: Cleaning, rows: Positions) -> dict[str, pa.Array]:
    made = {}
    for name, expression in rule.fields.items():
        texts = evaluate(expression, frame.columns, len(frame), plan.mapping.lists).take(pa.array(rows))
        made[name] = cleaning.clean("text" if name == "note" else "moment", texts).columns["value"]
    return made


def _end_ids(end: End, known: Mapping[str, Ids], frame: Frame, plan: Plan) -> Texts:
    if not end.key:
        return known[end.part].by_row
    texts = [evaluate(part, frame.columns, len(frame), plan.mapping.lists).to_pylist() for part in end.key]
    dataset, parts = _dataset(end.dataset, plan), _end_parts(end, frame, plan)
    found = np.full(len(frame), None, dtype=object)
    for place, (part, *keys) in enumerate(zip(parts, *texts, strict=True)):
        if part is not None and all(key is not None for key in keys):
            found[place] = record_id(dataset, "|".join(keys), part)
    return found


def _end_parts(end: End, frame: Frame, plan: Plan) -> list[str | None]:
    """Give the part at an end for every row: the one that is named, or the one that a cell says, where there is such a part."""
    if end.one_of is None:
        return [end.part] * len(frame)
    said = evaluate(end.one_of, frame.columns, len(frame), plan.mapping.lists).to_pylist()
    return [part if part in end.tables else None for part in said]


def _end_tables(end: End, known: Mapping[str, Ids], frame: Frame, plan: Plan, rows: Positions) -> pa.Array | str:
    if end.one_of is None:
        return _end_table(end, known)
    parts = _end_parts(end, frame, plan)
    return pa.array([end.tables[parts[row] or ""] for row in rows.tolist()], pa.string())


def _end_table(end: End, known: Mapping[str, Ids]) -> str:
    return end.table if end.key else known[end.part].part.record.table


def _dataset(written: str, plan: Plan) -> str:
    """A dataset as a mapping writes it: `*` stands for what this dataset's name has before its first hyphen."""
    return written.replace("*", plan.dataset.split("-")[0]) if written else plan.dataset


def _link_batch(
    kind: str | pa.Array, names: list[str], columns: Mapping[str, object], plan: Plan, keys: list[str]
) -> Batch:
    rows = len(names)
    made = dict(columns)
    own = domain(plan.dataset, plan.compartment)
    made["other_domain"] = made.get("other_domain") or own
    for name in ("from_table", "to_table", "other_domain"):
        made[name] = filled(made[name] if isinstance(made[name], pa.Array) else str(made[name]), rows)
    made["record_id"] = [record_id(plan.dataset, key, name) for key, name in zip(keys, names, strict=True)]
    made["part"], made["kind"] = names, filled(kind, rows)
    return batch("link", made, rows)
