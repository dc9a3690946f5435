"""The columns of a row that say how it is graded and who may read it, never laxer than its dataset says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.chunk import Flags
from toex.intake.cleaning import Cleaned, Cleaning, Count
from toex.intake.errors import RefusedFileError
from toex.intake.expression import join_texts, per_distinct
from toex.intake.suspicion import refuse_words
from toex.pole import SUBJECTS
from toex.pole.values import marking as markings
from toex.reference import load

_HANDLING = {"p": "P", "c": "C"}
_BASIS = {"f": "fact", "fact": "fact", "a": "assessment", "assessment": "assessment", "opinion": "assessment",
          "personal assessment": "assessment"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """A column for each of the grade's and the access's fields, one value a row."""

    columns: Mapping[str, pa.Array]
    subject: "np.ndarray[tuple[int], np.dtype[np.int16]]"
    counts: Mapping[str, Count]


@cache
def marking_order(text: str) -> int | None:
    """Give a marking's order (0 OFFICIAL, 1 OFFICIAL-SENSITIVE), None for one that is unknown or may not be held."""
    found = markings.clean(text)
    codes = load("markings").codes()
    return codes.index(found.classification) if found.classification in codes and not found.refused else None


def floor_of(text: str) -> int:
    """Give the order of a dataset's marking; raises RefusedFileError where it may not be held here."""
    order = marking_order(text)
    if order is None:
        raise RefusedFileError("The dataset's marking is unknown, or is SECRET or above, which may not be held here.")
    return order


def marking_faults(texts: pa.Array) -> Mapping[str, Flags]:
    """Say which rows may not be loaded for their marking, by reason (doctrine: refuse SECRET and above, log it)."""
    coded = texts.dictionary_encode()
    refuse_words(coded.dictionary.to_pylist(), place="the marking of a row")
    read = [markings.clean(text) for text in coded.dictionary.to_pylist()]
    refused = pa.array([found.refused for found in read], pa.bool_()).take(coded.indices)
    unread = [not found.refused and not found.classification for found in read]
    unknown = pa.array(unread, pa.bool_()).take(coded.indices)
    return {
        "The row is marked SECRET or above, or CONFIDENTIAL, which may not be held here.": _flags(refused),
        "The row's marking is not one that is known, so who may read it is not known.": _flags(unknown),
    }


def row_access(values: Mapping[str, pa.Array], rows: int, *, floor: int, cleaning: Cleaning) -> Access:
    """Give the access and grading columns of `rows` rows out of the row fields' texts."""
    counts: dict[str, Count] = {}

    def cleaned(field: str, kind: str) -> Cleaned:
        found = cleaning.clean(kind, values[field])
        counts[field] = found.count
        return found

    grade = cleaned("grade", "grade").columns if "grade" in values else {}
    source = _axis(values, "source_grade", grade.get("source"), rows)
    info = _axis(values, "info_grade", grade.get("info"), rows)
    columns = {
        "marking": _markings(values.get("marking"), rows, floor),
        "handling": _handling(values, grade.get("handling"), rows),
        "source_grade": source,
        "info_grade": info,
        "grade_as_given": _as_given(values, rows),
        "conditions": values.get("conditions", pa.nulls(rows, pa.string())),
        "basis": _basis(values.get("basis"), rows),
        "reported": cleaned("reported", "moment").columns["value"]
        if "reported" in values
        else pa.nulls(rows, pa.timestamp("us", tz="UTC")),
    }
    return Access(columns, subject_bits(values.get("subject"), rows), counts)


def subject_bits(texts: pa.Array | None, rows: int) -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    """Turn words for categories of data subject into bits; a word that is not known counts as `other`."""
    if texts is None:
        return np.zeros(rows, dtype=np.int16)
    coded = texts.dictionary_encode()
    bits = [_bits(text) for text in coded.dictionary.to_pylist()]
    found = pa.array(bits, pa.int16()).take(coded.indices)
    return np.asarray(pc.fill_null(found, 0).to_numpy(zero_copy_only=False), dtype=np.int16)


def _bits(text: str) -> int:
    total = 0
    for word in text.lower().replace(",", " ").split():
        total |= SUBJECTS.get(word, SUBJECTS["other"])
    return total


def _markings(texts: pa.Array | None, rows: int, floor: int) -> pa.Array:
    if texts is None:
        return pa.array(np.full(rows, floor, dtype=np.int8))
    coded = texts.dictionary_encode()
    orders = [marking_order(text) or 0 for text in coded.dictionary.to_pylist()]  # unknown ones are set aside before
    stated = pa.array([max(floor, order) for order in orders], pa.int8())
    return pc.fill_null(stated.take(coded.indices), floor)


def _handling(values: Mapping[str, pa.Array], graded: pa.Array | None, rows: int) -> pa.Array:
    """P or C: what cannot be read, and whatever states a condition in C's place, is C (unknown is never laxer)."""
    given = values.get("handling")
    stated = per_distinct(given, lambda text: _HANDLING.get(text.strip().lower(), "C")) if given is not None else None
    code = pc.coalesce(*[column for column in (stated, graded) if column is not None], pa.nulls(rows, pa.string()))
    if "grade" in values:
        code = pc.if_else(pc.and_(pc.is_null(code), pc.is_valid(values["grade"])), "C", code)
    return pc.fill_null(code, "P")


def _axis(values: Mapping[str, pa.Array], name: str, graded: pa.Array | None, rows: int) -> pa.Array:
    given = values.get(name)
    stated = pc.utf8_slice_codeunits(pc.utf8_upper(given), 0, 1) if given is not None else pa.nulls(rows, pa.string())
    return pc.coalesce(graded, stated) if graded is not None else stated


def _as_given(values: Mapping[str, pa.Array], rows: int) -> pa.Array:
    if "grade" in values:
        return values["grade"]
    axes = [values[name] for name in ("source_grade", "info_grade", "handling") if name in values]
    return join_texts(axes, "") if axes else pa.nulls(rows, pa.string())


def _basis(texts: pa.Array | None, rows: int) -> pa.Array:
    """Fact or assessment (DPA 2018 s.38(2)); empty where the row does not say."""
    if texts is None:
        return pa.repeat(pa.scalar("", pa.string()), rows)
    return pc.fill_null(per_distinct(texts, lambda text: _BASIS.get(text.strip().lower(), "")), "")


def _flags(column: pa.Array) -> Flags:
    return np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=bool)
