"""Scored pairs with their standings written as a batch of ties, access columns and all."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toex.conflation.weights import Weights
from toex.pole import SCHEMAS, Batch, empty

STANDINGS = ("joined", "possible", "refused")


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is ruled of pairs, given by their place among the scored ones: standing and reason as numbers, who ruled."""

    row: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float64]
    standing: npt.NDArray[np.int8]  # places in STANDINGS
    reason: npt.NDArray[np.int16]  # places in `reasons`
    reasons: Sequence[str]
    by: Sequence[str]  # one a pair; "machine" or a person
    judgement: Sequence[str]


def write_ties(con: duckdb.DuckDBPyConnection, table: str, weights: Weights, verdicts: Verdicts) -> Batch:
    """Join verdicts with the scored pairs and both records' access columns: the stricter of each is the tie's."""
    con.register("verdict", pa.table({
        "place": pa.array(verdicts.row), "weight": pa.array(verdicts.weight), "standing": pa.array(verdicts.standing),
        "reason": pa.array(verdicts.reason),
        "by": _repeated(verdicts.by), "judgement": _repeated(verdicts.judgement),
    }))  # fmt: skip
    con.register("reason_code", pa.table({"number": range(len(verdicts.reasons)), "code": list(verdicts.reasons)}))
    con.register("standing_code", pa.table({"number": range(len(STANDINGS)), "code": list(STANDINGS)}))
    ties = con.execute(_SQL, {"table": table, "weights": weights.id}).to_arrow_table()
    for name in ("verdict", "reason_code", "standing_code"):
        con.unregister(name)
    return ties.select(SCHEMAS["tie"].names).cast(SCHEMAS["tie"])


def join_batches(parts: Sequence[Batch]) -> Batch:
    """Put batches of ties one after the other."""
    return pa.concat_tables(parts) if parts else empty("tie")


def count_standings(ties: Batch) -> list[tuple[str, str, int]]:
    """Count ties by table and standing."""
    counted = ties.group_by(["table", "standing"]).aggregate([([], "count_all")]).to_pylist()
    return sorted((row["table"], row["standing"], int(row["count_all"])) for row in counted)


def _repeated(texts: Sequence[str]) -> pa.Array:
    return pa.array(texts, pa.string())


_SQL = """
WITH placed AS (SELECT *, row_number() OVER (ORDER BY low, high) - 1 AS place FROM scored)
SELECT
    l.record_id AS record_id, r.record_id AS other_id, $table AS "table",
    standing_code.code AS standing, reason_code.code AS reason,
    v.weight::FLOAT AS weight, p.levels::TINYINT[] AS levels, $weights AS weights, v.by AS by, v.judgement AS judgement,
    CASE WHEN l.compartment = '' THEN l.dataset ELSE l.dataset || '+' || l.compartment END AS domain,
    CASE WHEN r.compartment = '' THEN r.dataset ELSE r.dataset || '+' || r.compartment END AS other_domain,
    l.dataset AS dataset, l.compartment AS compartment,
    -- an unknown marking or handling of either end denies the tie as it denies the record
    CASE WHEN l.marking IS NULL OR r.marking IS NULL THEN NULL ELSE greatest(l.marking, r.marking) END AS marking,
    CASE
        WHEN l.handling IS NULL OR r.handling IS NULL THEN NULL
        WHEN l.handling = r.handling THEN l.handling
        ELSE 'C'
    END AS handling,
    l.subject | r.subject AS subject
FROM verdict v
JOIN placed p ON p.place = v.place
JOIN feature l ON l.n = p.low
JOIN feature r ON r.n = p.high
JOIN reason_code ON reason_code.number = v.reason
JOIN standing_code ON standing_code.number = v.standing
ORDER BY p.low, p.high"""
