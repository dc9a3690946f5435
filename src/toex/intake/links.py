"""Links that rows state: between their parts, and to the records of rows elsewhere by the hash of their keys."""

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from toex.intake.chunk import Positions
from toex.intake.cleaning import Cleaning
from toex.intake.condition import holds
from toex.intake.expression import evaluate
from toex.intake.frame import Frame
from toex.intake.mapping import End, Link
from toex.intake.plan import Ids, Plan, Texts, bits_by_row, filled, shared_columns
from toex.pole import Batch, batch, domain, record_id

_OURS = {"start": "since", "finish": "until", "note": "link_note"}


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
    start, finish = (_end_ids(end, known, frame, plan) for end in (rule.start, rule.finish))
    both = [a is not None and b is not None and a != b for a, b in zip(start, finish, strict=True)]
    held = holds(rule.when, frame.columns, len(frame)) & np.array(both, dtype=bool)
    rows: Positions = np.flatnonzero(held).astype(np.int64)
    if not len(rows):
        return
    bits = np.zeros(len(frame), dtype=np.int16)
    for end in (rule.start, rule.finish):
        if not end.key:
            bits |= bits_by_row(known[end.part], len(frame))
    extra = _link_fields(rule, frame, plan, cleaning, rows)
    far = next((end.dataset for end in (rule.start, rule.finish) if end.dataset), "")
    ends = {
        "from_id": list(start[held]),
        "to_id": list(finish[held]),
        "from_table": _end_table(rule.start, known),
        "to_table": _end_table(rule.finish, known),
        "other_domain": domain(_dataset(far, plan)) if far else "",
    }
    shared = shared_columns(rows, frame, plan, graded=frame.access.columns, subject=bits[rows])
    names = [f"{rule.start.part}:{rule.kind}:{rule.finish.part}"] * len(rows)
    yield _link_batch(rule.kind, names, {**shared, **extra, **ends}, plan, [frame.keys[row] for row in rows.tolist()])


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
    dataset = _dataset(end.dataset, plan)
    found = np.full(len(frame), None, dtype=object)
    for place, parts in enumerate(zip(*texts, strict=True)):
        if all(part is not None for part in parts):
            found[place] = record_id(dataset, "|".join(parts), end.part)
    return found


def _end_table(end: End, known: Mapping[str, Ids]) -> str:
    return end.table if end.key else known[end.part].part.record.table


def _dataset(written: str, plan: Plan) -> str:
    """A dataset as a mapping writes it: `*` stands for what this dataset's name has before its first hyphen."""
    return written.replace("*", plan.dataset.split("-")[0]) if written else plan.dataset


def _link_batch(kind: str, names: list[str], columns: Mapping[str, object], plan: Plan, keys: list[str]) -> Batch:
    rows = len(names)
    made = dict(columns)
    own = domain(plan.dataset, plan.compartment)
    made["other_domain"] = made.get("other_domain") or own
    for name in ("from_table", "to_table", "other_domain"):
        made[name] = filled(str(made[name]), rows)
    made["record_id"] = [record_id(plan.dataset, key, name) for key, name in zip(keys, names, strict=True)]
    made["part"], made["kind"] = names, filled(kind, rows)
    return batch("link", made, rows)
