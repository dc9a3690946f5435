"""Scored pairs with their standings written as a batch of ties, access columns and all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from toex.conflation.backends.port import Scored
from toex.conflation.weights import Weights
from toex.pole import Batch, batch, empty

STANDINGS = ("joined", "possible", "refused")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is ruled of pairs, given by their place among the scored ones: standing and reason as numbers, who ruled."""

    row: npt.NDArray[np.int64]
    standing: npt.NDArray[np.int8]  # places in STANDINGS
    reason: npt.NDArray[np.int16]  # places in `reasons`
    reasons: Sequence[str]
    by: Sequence[str]  # one a pair; "machine" or a person
    judgement: Sequence[str]


def write_ties(ends: Batch, scored: Scored, table: str, *, weights: Weights, verdicts: Verdicts) -> Batch:
    """Write ties with the access columns of both records (`ends`, in order of number): the stricter is the tie's.

    An unknown marking, handling or subject of either end is unknown of the tie, and so denies it as it denies the record.
    """
    row, count = verdicts.row, len(verdicts.row)
    one, other = ends.take(pa.array(scored.low[row])), ends.take(pa.array(scored.high[row]))
    columns = {
        "record_id": one["record_id"], "other_id": other["record_id"], "table": pa.repeat(table, count),
        "standing": _named(STANDINGS, verdicts.standing), "reason": _named(verdicts.reasons, verdicts.reason),
        "weight": pa.array(scored.weight[row], pa.float32()), "levels": _lists(scored.levels[row]),
        "weights": pa.repeat(weights.id, count), "by": pa.array(verdicts.by, pa.string()),
        "judgement": pa.array(verdicts.judgement, pa.string()), "domain": _domain(one), "other_domain": _domain(other),
        "dataset": one["dataset"], "compartment": one["compartment"],
        "marking": pc.max_element_wise(one["marking"], other["marking"], skip_nulls=False),
        "handling": pc.if_else(pc.equal(one["handling"], other["handling"]), one["handling"], "C"),
        "subject": pc.bit_wise_or(one["subject"], other["subject"]),
    }  # fmt: skip
    return batch("tie", columns, count)


def _named(names: Sequence[str], places: npt.NDArray[Any]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), pa.array(names, pa.string())).cast(
        pa.string()
    )


def _lists(levels: npt.NDArray[np.int8]) -> pa.Array:
    rows, fields = levels.shape
    return pa.ListArray.from_arrays(
        pa.array(np.arange(rows + 1, dtype=np.int32) * fields), pa.array(levels.reshape(-1))
    )


def _domain(end: Batch) -> pa.ChunkedArray:
    plain = pc.equal(end["compartment"], "")
    return pc.if_else(plain, end["dataset"], pc.binary_join_element_wise(end["dataset"], end["compartment"], "+"))


def join_batches(parts: Sequence[Batch]) -> Batch:
    """Put batches of ties one after the other."""
    return pa.concat_tables(parts) if parts else empty("tie")


def count_standings(ties: Batch) -> list[tuple[str, str, int]]:
    """Count ties by table and standing."""
    counted = ties.group_by(["table", "standing"]).aggregate([([], "count_all")]).to_pylist()
    return sorted((row["table"], row["standing"], int(row["count_all"])) for row in counted)
