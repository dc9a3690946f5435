"""Small made-up batches for tests: people, ties and links with their access columns filled in."""

from collections.abc import Sequence
from typing import Any

from toex.pole import Batch, batch, record_id

ACCESS: dict[str, Any] = {"dataset": "nominals-13", "compartment": "", "marking": 1, "handling": "P", "subject": 0}


def table(name: str, rows: Sequence[dict[str, Any]]) -> Batch:
    """Make a batch of rows given as dicts; access columns default to an ordinary row of nominals-13."""
    full = [{**ACCESS, **row} for row in rows]
    columns = sorted({key for row in full for key in row})
    return batch(name, {c: [row.get(c) for row in full] for c in columns}, len(full))


def person(key: str, **columns: Any) -> dict[str, Any]:
    """Give one person's row."""
    dataset = columns.get("dataset", ACCESS["dataset"])
    base = {
        "record_id": record_id(dataset, key, "person"),
        "source_key": key,
        "part": "person",
        "digest": columns.get("name", "A"),
        "version": 1,
        "name": "A",
    }
    return {**base, **columns}


def phone_of(row: dict[str, Any], value: str, **columns: Any) -> dict[str, Any]:
    """Give the identifier row of a phone that a person's row states."""
    access = {key: row[key] for key in ACCESS if key in row}
    return {
        "value": value,
        "kind": "phone",
        "role": "holder",
        "record_id": row["record_id"],
        "table": "person",
        **access,
        **columns,
    }


def tie(a: dict[str, Any], b: dict[str, Any], *, standing: str = "joined", **columns: Any) -> dict[str, Any]:
    """Give the tie of two people's rows, with the stricter of their access columns."""
    low, high = sorted(({**ACCESS, **a}, {**ACCESS, **b}), key=lambda row: row["record_id"])
    named = [r["dataset"] + (f"+{r['compartment']}" if r["compartment"] else "") for r in (low, high)]
    return {
        "record_id": low["record_id"],
        "other_id": high["record_id"],
        "table": "person",
        "standing": standing,
        "weight": 9.0,
        "by": "machine",
        "domain": named[0],
        "other_domain": named[1],
        "dataset": low["dataset"],
        "compartment": low["compartment"],
        "marking": max(low["marking"], high["marking"]),
        "handling": max((low["handling"], high["handling"]), key="PC".index),
        "subject": low["subject"] | high["subject"],
        **columns,
    }
