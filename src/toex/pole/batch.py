"""The Arrow columns in which records cross the floors: one schema a table, the same columns of provenance in each."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import pyarrow as pa

Batch: TypeAlias = pa.Table

_TIME = pa.timestamp("us", tz="UTC")

# What every row carries about where it comes from and who may read it. `marking`, `handling` and `subject` are
# what the policy reads; a NULL in any of them denies.
ACCESS = (
    ("dataset", pa.string()),
    ("compartment", pa.string()),  # "" = none
    ("marking", pa.int8()),  # order of reference list "markings": 0 OFFICIAL, 1 OFFICIAL-SENSITIVE
    ("handling", pa.string()),  # P or C (3x5x2)
    ("subject", pa.int16()),  # bits of pole.SUBJECTS
)
PROVENANCE = (
    ("record_id", pa.string()),
    ("source_key", pa.string()),
    ("part", pa.string()),
    ("digest", pa.string()),  # of the row's values: an unchanged row of a re-delivery keeps its version
    ("version", pa.int32()),
    ("receipt", pa.string()),  # SHA-256 of the delivered file
    ("sheet", pa.string()),  # of a workbook, or the table that a reader made; "" where the file is one table
    ("row", pa.int32()),  # as a person counts in the sheet or file: the header is row 1 where it is the first line
    ("supplier", pa.string()),  # organisation code
    ("source_grade", pa.string()),
    ("info_grade", pa.string()),
    ("grade_as_given", pa.string()),
    ("conditions", pa.string()),
    ("basis", pa.string()),  # fact | assessment | "" (DPA 2018 s.38(2))
    ("reported", _TIME),
)
CORE = PROVENANCE + ACCESS

_PLACE = (("place_name", pa.string()), ("address", pa.string()), ("address_key", pa.string()))
_POINT = (("postcode", pa.string()), ("lat", pa.float64()), ("lon", pa.float64()), ("precision_m", pa.float32()))

_COLUMNS: dict[str, tuple[tuple[str, pa.DataType], ...]] = {
    "person": (
        *CORE,
        ("name", pa.string()),  # as given
        ("forename", pa.string()),
        ("middle", pa.string()),
        ("surname", pa.string()),
        ("forename_key", pa.string()),  # A-Z only
        ("surname_key", pa.string()),
        ("forename_root", pa.string()),  # head of the nickname or spelling group
        ("surname_sound", pa.string()),
        ("alias", pa.string()),
        ("dob", pa.date32()),
        ("dob_precision", pa.string()),  # day | month | year | ""
        ("dob_swapped", pa.date32()),
        ("dob_default", pa.bool_()),
        ("sex", pa.string()),  # 0 1 2 9
        ("ethnicity", pa.string()),
        ("nationality", pa.string()),
        ("occupation", pa.string()),
        ("address", pa.string()),
        ("address_key", pa.string()),
        ("postcode", pa.string()),
        ("phone", pa.string()),
        ("email", pa.string()),
        ("pnc", pa.string()),
        ("cro", pa.string()),
        ("noms", pa.string()),
        ("nino", pa.string()),
        ("driver", pa.string()),
        ("passport", pa.string()),
        ("note", pa.string()),
    ),
    "organisation": (
        *CORE,
        ("name", pa.string()),
        ("name_key", pa.string()),
        ("kind", pa.string()),
        ("number", pa.string()),  # company number
        ("address", pa.string()),
        ("address_key", pa.string()),
        ("postcode", pa.string()),
        ("phone", pa.string()),
    ),
    "object": (
        *CORE,
        ("kind", pa.string()),  # phone | device | sim | vehicle | account | document | username
        ("value", pa.string()),  # canonical
        ("raw", pa.string()),
        ("make", pa.string()),
        ("model", pa.string()),
        ("colour", pa.string()),
        ("vin", pa.string()),
        ("issuer", pa.string()),  # bank, operator, country
        ("note", pa.string()),
    ),
    "place": (*CORE, ("kind", pa.string()), *_PLACE, ("town", pa.string()), *_POINT),
    "event": (
        *CORE,
        ("kind", pa.string()),  # crime custody missing stop anpr call message transaction visit referral advert ...
        ("reference", pa.string()),
        ("start", _TIME),
        ("finish", _TIME),
        ("time_precision", pa.string()),  # second | minute | day | month | ""
        ("summary", pa.string()),
        ("status", pa.string()),
        ("direction", pa.string()),
        ("duration_s", pa.int32()),
        ("amount", pa.float64()),
        ("currency", pa.string()),
        *_PLACE,
        *_POINT,
    ),
    "text": (
        *CORE,
        ("kind", pa.string()),  # intelligence | message | narrative | advert
        ("reference", pa.string()),  # URN of the report
        ("item", pa.int32()),  # of a report; the paragraph of a document
        ("page", pa.int32()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("written", _TIME),
        ("origin", pa.string()),  # what makes two items one origin: the report's own reference
        ("thread", pa.string()),
        ("deleted", pa.bool_()),
    ),
    "link": (
        *CORE,
        ("kind", pa.string()),
        ("from_id", pa.string()),
        ("from_table", pa.string()),
        ("to_id", pa.string()),
        ("to_table", pa.string()),
        ("other_domain", pa.string()),  # the domain of the end that lies in another dataset, else the link's own
        ("start", _TIME),
        ("finish", _TIME),
        ("note", pa.string()),
    ),
    # Sorted by value, so that a number is found among ten million in milliseconds.
    "identifier": (
        ("value", pa.string()),
        ("kind", pa.string()),
        ("record_id", pa.string()),
        ("table", pa.string()),
        ("role", pa.string()),
        ("at", _TIME),
        *ACCESS,
    ),
    "set_aside": (
        ("receipt", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int32()),
        ("column", pa.string()),
        ("reason", pa.string()),  # a fact and a rule, never the value
        ("record_id", pa.string()),
        *ACCESS,
    ),
    "tie": (
        ("record_id", pa.string()),  # a < b
        ("other_id", pa.string()),
        ("table", pa.string()),
        ("standing", pa.string()),  # joined | possible | refused
        ("reason", pa.string()),  # why refused or joined when not by weight alone: code of conflation.guards
        ("weight", pa.float32()),
        ("levels", pa.list_(pa.int8())),  # one comparison level a field, in the order of the weights card
        ("weights", pa.string()),  # id of the weights card
        ("by", pa.string()),  # "machine" or the person who judged
        ("judgement", pa.string()),
        ("domain", pa.string()),
        ("other_domain", pa.string()),
        *ACCESS,
    ),
}

SCHEMAS: Mapping[str, pa.Schema] = {table: pa.schema(list(columns)) for table, columns in _COLUMNS.items()}
ENTITIES = ("person", "organisation", "object", "place")

# How a table's files are sorted, so that a look-up reads little of them. A sound sorts before the name that has it:
# both are found by it. What is read whole or by its row (events, texts, links) is left as it came: sorting ids would
# cost more than reading the delivery.
SORTED_BY: Mapping[str, tuple[str, ...]] = {
    "identifier": ("value", "kind"),
    "person": ("surname_sound", "surname_key"),
    "organisation": ("name_key",),
    "object": ("value", "kind"),
    "place": ("address_key",),
    "tie": ("record_id", "other_id"),
}


def sort_keys(table: str) -> tuple[str, ...]:
    """Name the columns by which a table's files are sorted; none where the order does not matter."""
    return SORTED_BY.get(table, ())


def batch(table: str, columns: Mapping[str, Sequence[Any] | pa.Array | pa.ChunkedArray], rows: int) -> Batch:
    """Make a batch of `rows` rows in the table's schema; columns that are not given are null."""
    schema = SCHEMAS[table]
    unknown = set(columns) - set(schema.names)
    if unknown:
        raise KeyError(f"The table {table} has no column {', '.join(sorted(unknown))}.")
    arrays = [_array(columns.get(field.name), field.type, rows) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def empty(table: str) -> Batch:
    """Make a batch of no rows."""
    return SCHEMAS[table].empty_table()


def _array(values: Any, kind: pa.DataType, rows: int) -> pa.Array | pa.ChunkedArray:
    if values is None:
        return pa.nulls(rows, kind)
    if isinstance(values, pa.Array | pa.ChunkedArray):
        return values if values.type == kind else values.cast(kind)
    return pa.array(values, type=kind)
