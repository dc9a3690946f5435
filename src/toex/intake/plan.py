"""What the records of one reading share: their dataset, their provenance and access columns, their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from toex.intake.chunk import Positions
from toex.intake.frame import Frame
from toex.intake.mapping import SheetMapping
from toex.intake.part import Part

Bits = npt.NDArray[np.int16]
Texts = npt.NDArray[np.object_]
GRADED = ("source_grade", "info_grade", "grade_as_given", "conditions", "basis", "reported", "marking", "handling")


@dataclass(frozen=True, slots=True)
class Plan:
    """What every record of one reading shares."""

    mapping: SheetMapping
    dataset: str
    compartment: str
    supplier: str
    receipt: str
    sheet: str
    floor: int


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of a part's records, by record and (where a row has but one) by row."""

    part: Part
    ids: list[str]
    subject: Bits
    by_row: Texts = field(repr=False)


def bits_by_row(owner: Ids, rows: int) -> Bits:
    """Give the categories of subject of a part's records for each of a frame's rows."""
    bits = np.zeros(rows, dtype=np.int16)
    np.bitwise_or.at(bits, owner.part.rows, owner.subject)
    return bits


def shared_columns(
    rows: Positions,
    frame: Frame,
    plan: Plan,
    *,
    graded: Mapping[str, pa.Array],
    subject: Bits,
) -> dict[str, pa.Array]:
    """The columns of provenance and access of the records made of the rows given."""
    whole = len(rows) == len(frame) and bool((rows == np.arange(len(frame))).all())
    places = pa.array(rows)
    columns = {name: graded[name] if whole else graded[name].take(places) for name in GRADED}
    keys, digests = pa.array(frame.keys, pa.string()), pa.array(frame.digests, pa.string())
    columns |= {
        "source_key": keys if whole else keys.take(places),
        "digest": digests if whole else digests.take(places),
        "row": pa.array(frame.numbers[rows].astype(np.int32)),
        "subject": pa.array(subject),
        "version": pa.array(np.ones(len(rows), dtype=np.int32)),
    }
    constants = {
        "receipt": plan.receipt,
        "sheet": plan.sheet,
        "supplier": plan.supplier,
        "dataset": plan.dataset,
        "compartment": plan.compartment,
    }
    return columns | {name: filled(text, len(rows)) for name, text in constants.items()}


def filled(text: pa.Array | str, rows: int) -> pa.Array:
    """Give a column of one text, or the column itself."""
    return pa.repeat(pa.scalar(text, pa.string()), rows) if isinstance(text, str) else text
