"""When a part of a mapping applies to a row: `victim`, `not victim`, `type is SMS, Text`, `keeper is a company`.

`label reads as phone` asks whether the cleaner of that kind makes a value of the cell.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.chunk import Flags
from toex.intake.errors import MappingError
from toex.pole.values import CLEANERS

_FORM = re.compile(
    r"(?P<negated>not )?(?P<column>[A-Za-z_]\w*)(?: is (?P<unlike>not )?(?P<values>.+)| reads as (?P<kind>\w+))?"
)
_COMPANY = (
    r"(?i)\b(limited|ltd|plc|llp|llc|lp|inc|gmbh|s\.?r\.?l|sp z ?o ?o|company|co|council|borough|trust|"
    r"holdings?|group|services|solutions|properties|lettings|estates?|logistics|recruitment|agency|"
    r"association|partnership|enterprises?|trading|motors|hire|leasing|rentals?|homes|housing|foods?|farms?)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One question about one column."""

    column: str
    asks: Literal["filled", "one of", "company", "reads"]
    values: tuple[str, ...] = ()
    negated: bool = False


Condition = tuple[Clause, ...]


def parse_condition(text: str) -> Condition:
    """Read clauses joined by ` and `; no text is no condition. Raises MappingError where it is not one."""
    return tuple(_clause(part.strip()) for part in text.split(" and ")) if text.strip() else ()


def _clause(text: str) -> Clause:
    found = _FORM.fullmatch(text)
    if not found:
        raise MappingError(f"The condition {text!r} is not of the form 'column', 'not column' or 'column is value'.")
    negated = bool(found["negated"]) != bool(found["unlike"])
    if found["kind"] is not None:
        return _reads(found["column"], found["kind"], negated=negated)
    if found["values"] is None:
        return Clause(found["column"], "filled", negated=negated)
    if found["values"] in ("a company", "a person"):
        return Clause(found["column"], "company", negated=negated != (found["values"] == "a person"))
    values = tuple(value.strip().lower() for value in found["values"].split(","))
    return Clause(found["column"], "one of", values, negated)


def _reads(column: str, kind: str, *, negated: bool) -> Clause:
    if kind not in CLEANERS:
        raise MappingError(f"No cell can be read as {kind!r}: the kinds are {', '.join(sorted(CLEANERS))}.")
    return Clause(column, "reads", (kind,), negated)


def holds(condition: Condition, columns: Mapping[str, pa.Array], rows: int) -> Flags:
    """Say for every row whether all clauses hold; an empty cell is neither a company nor a person."""
    mask = np.ones(rows, dtype=bool)
    for clause in condition:
        mask &= _answer(clause, columns.get(clause.column), rows)
    return mask


def _answer(clause: Clause, column: pa.Array | None, rows: int) -> Flags:
    if column is None:
        filled = np.zeros(rows, dtype=bool)
        return ~filled if clause.negated and clause.asks != "company" else filled
    filled = flags(column.is_valid())
    if clause.asks == "filled":
        return np.not_equal(filled, clause.negated)
    if clause.asks == "company":
        return filled & np.not_equal(flags(pc.match_substring_regex(column, _COMPANY)), clause.negated)
    if clause.asks == "reads":
        return np.not_equal(_readable(column, clause.values[0]), clause.negated)
    listed = pc.is_in(pc.utf8_lower(column), value_set=pa.array(clause.values, pa.string()))
    return np.not_equal(flags(listed), clause.negated)


def _readable(column: pa.Array, kind: str) -> Flags:
    """Say of every cell whether its kind's cleaner makes a value of it, as the record that holds it would have."""
    coded = column.dictionary_encode()
    read: list[bool] = [bool(CLEANERS[kind](text).value) for text in coded.dictionary.to_pylist()]
    return flags(pa.array(read, pa.bool_()).take(coded.indices))


def flags(column: pa.Array) -> Flags:
    """Give a column of truths as an array, null as false."""
    return np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=bool)
