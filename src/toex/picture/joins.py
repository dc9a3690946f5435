"""Why the records of a person were joined: the strongest tie of each, told field by field."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from toex import conflation
from toex.conflation import Explanation, Weights
from toex.publishing import Joining
from toex.store import View

_MOST = 6


def joinings(view: View, record_ids: Sequence[str], weights: Mapping[str, Weights]) -> tuple[Joining, ...]:
    """Give, for each record of an entity but one, the strongest of the ties that hold it, at most six."""
    sql = files("toex.picture").joinpath("sql/ties_within.sql").read_text(encoding="utf-8")
    ties = view.query(sql, {"ids": list(record_ids)}).to_pylist()
    return tuple(_joining(view, tie, weights) for tie in _spanning(ties)[:_MOST])


def _spanning(ties: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Keep the strongest ties that between them hold all the records together."""
    part: dict[str, set[str]] = {}
    kept = []
    for tie in ties:
        a, b = (part.setdefault(end, {end}) for end in (tie["record_id"], tie["other_id"]))
        if a is not b:
            kept.append(tie)
            a |= b
            part.update(dict.fromkeys(b, a))
    return kept


def _joining(view: View, tie: Mapping[str, Any], weights: Mapping[str, Weights]) -> Joining:
    told = conflation.explain(view, tie["record_id"], tie["other_id"], weights)
    ruled = tie["by"] not in (None, "", "machine")
    return Joining(
        refs=(tie["record_id"], tie["other_id"]),
        fields=tuple(line.sentence for line in told.lines if line.level != "unknown"),
        basis="ruling" if ruled else "identifier" if _confirmed(told) else "proposed",
        ruled_by=tie["by"] if ruled else "",
    )


def _confirmed(told: Explanation) -> bool:
    """Say whether a unique identifier is the same on both sides (mission, rule 5)."""
    return any(line.field == "identifier" and line.level == "same" for line in told.lines)
