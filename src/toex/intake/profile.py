"""What a file is before anyone has said so: its format, the mapping that fits it best, and what that would give."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from toex.intake.checks import trimmed
from toex.intake.dialect import detect
from toex.intake.errors import MappingError
from toex.intake.mapping import FileMapping
from toex.intake.mapping_file import ready_mappings
from toex.intake.opening import TEXT, OpenedFile, Rows, format_of, open_delimited, open_file, open_sheets
from toex.intake.quality import QualitySheet
from toex.intake.reading import Reading
from toex.intake.sheets import Limits
from toex.intake.survey import survey
from toex.intake.tables import tables_of
from toex.pole import Batch, Delivery
from toex.pole.values import CLEANERS

SAMPLE = 1_000  # rows
_SURE = 0.8  # the share of valid cells from which a column is taken for a kind
_FEW = 5
_CELLS = 3
# Kinds with a form of their own, the strictest first; a mark or a name would take nearly any text.
_TELLING = (
    "iban", "pnc", "cro", "asn", "noms", "nino", "vin", "email", "imei", "iccid", "imsi", "postcode", "phone", "moment",
)  # fmt: skip
_DAY_MONTH = re.compile(r"^\s*(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping that may fit: the columns it would find, what share of its own and of the file's they are."""

    mapping: str
    columns: Mapping[str, str]
    share_of_mapping: float
    share_of_file: float

    @property
    def fit(self) -> float:
        """How well it fits, from 0 to 1: a mapping fits well that uses most of the file and finds most of its own."""
        return self.share_of_file * 0.7 + self.share_of_mapping * 0.3


@dataclass(frozen=True, slots=True)
class Profile:
    """A file's profile. `records` are the batches that the first rows would give, made by the importer itself."""

    format: str
    encoding: str
    dialect: str
    headers: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    kinds: Mapping[str, str]  # header -> the kind that its cells look like
    doubts: tuple[str, ...]
    mapping: str
    records: tuple[Mapping[str, Batch], ...]
    sheet: QualitySheet | None
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # header -> some of its different cells
    fault: str = ""  # why the mapping does not read the file


def profile(
    path: Path,
    *,
    delivery: Delivery,
    mapping: FileMapping | None = None,
    candidates: Iterable[FileMapping] | None = None,
    rows: int = SAMPLE,
    limits: Limits | None = None,
) -> Profile:
    """Say what a file is and what its first `rows` rows would give under `mapping`, or under the one that fits best.

    Raises an IntakeError where the file as a whole cannot be read.
    """
    offered = tuple(candidates or ready_mappings().values())
    form, seen = _seen(path, (mapping,) if mapping else offered, limits=limits)
    suggestions = _suggestions(seen, offered)
    chosen = mapping or _best(suggestions, offered)
    found = survey(path, encoding=chosen.encoding if chosen else "")
    sample = {header: column for one in seen for header, column in _sample(one, rows).items()}
    fault, reading, batches = _preview(path, chosen, delivery, rows=rows, limits=limits)
    return Profile(
        format=form,
        encoding=found.encoding,
        dialect=reading.sheet.dialect if reading else "",
        headers=tuple(header for one in seen for header in one.headers()),
        suggestions=suggestions,
        kinds={header: kind for header, column in sample.items() if (kind := _kind(column))},
        doubts=(*([found.doubt] if found.doubt else []), *_day_month_doubts(sample, chosen)),
        mapping=chosen.name if chosen else "",
        records=batches,
        sheet=reading.sheet if reading else None,
        cells={header: _shown(column) for header, column in sample.items()},
        fault=fault,
    )


def _seen(path: Path, offered: tuple[FileMapping, ...], *, limits: Limits | None) -> tuple[str, tuple[Rows, ...]]:
    """What kind of file it is, and every sheet of it under the header that the mappings on offer know best."""
    known = frozenset().union(*(one.known() for one in offered))
    found = survey(path)
    if found.kind == "parsed":
        sheets = open_sheets(path, known, limits=limits)
        return format_of(sheets), tuple(table for sheet in sheets for table in tables_of(sheet, known))
    return TEXT, (open_delimited(path, found, detect(path, found.encoding, known=known)),)


def _suggestions(seen: tuple[Rows, ...], offered: tuple[FileMapping, ...]) -> tuple[Suggestion, ...]:
    headers = tuple(header for one in seen for header in one.headers())
    made = [_suggestion(mapping, headers) for mapping in offered]
    return tuple(sorted((one for one in made if one.columns), key=lambda one: (-one.fit, one.mapping))[:_FEW])


def _suggestion(mapping: FileMapping, headers: tuple[str, ...]) -> Suggestion:
    bound = {name: header for sheet in mapping.sheets for name, header in sheet.bind(headers).items()}
    own = sum(len(sheet.columns) for sheet in mapping.sheets)
    keyed = all(sheet.key_columns() <= set(bound) for sheet in mapping.sheets if not sheet.turn)
    used = len(set(bound.values()))
    if not keyed:
        return Suggestion(mapping.name, {}, 0.0, 0.0)
    return Suggestion(mapping.name, bound, len(bound) / max(1, own), used / max(1, len(headers)))


def _best(suggestions: tuple[Suggestion, ...], offered: tuple[FileMapping, ...]) -> FileMapping | None:
    if not suggestions or suggestions[0].share_of_file < 1 / 2:
        return None
    return next(mapping for mapping in offered if mapping.name == suggestions[0].mapping)


def _preview(
    path: Path, mapping: FileMapping | None, delivery: Delivery, *, rows: int, limits: Limits | None
) -> tuple[str, Reading | None, tuple[Mapping[str, Batch], ...]]:
    """The importer itself, stopped after the first rows; where the mapping does not fit, why."""
    if mapping is None:
        return "", None, ()
    try:
        file: OpenedFile = open_file(path, mapping, limits=limits)
    except MappingError as error:
        return str(error), None, ()
    reading = Reading(file, mapping=mapping, delivery=delivery, rows=rows)
    return "", reading, tuple(reading)


def _sample(rows: Rows, size: int) -> dict[str, pa.Array]:
    chunk = next(rows.chunks(size=size), None)
    return {} if chunk is None else {h: trimmed(c) for h, c in zip(chunk.headers, chunk.columns, strict=True)}


def _shown(column: pa.Array) -> tuple[str, ...]:
    return tuple(pc.unique(column.drop_null()).slice(0, _CELLS).to_pylist())


def _kind(column: pa.Array) -> str:
    """The first telling kind for which most of the distinct cells are valid."""
    texts = pc.unique(column.drop_null()).to_pylist()[:200]
    if len(texts) < _FEW:
        return ""
    for kind in _TELLING:
        valid = sum(1 for text in texts if _is(kind, CLEANERS[kind](text).value))
        if valid >= _SURE * len(texts):
            return "date or time" if kind == "moment" else kind
    return ""


def _is(kind: str, value: str) -> bool:
    return value.startswith("+") if kind == "phone" else bool(value)  # a sender's name would be any word


def _day_month_doubts(sample: Mapping[str, pa.Array], mapping: FileMapping | None) -> Iterable[str]:
    """Whether the dates themselves show their order; it is never guessed, only said."""
    for header, column in sample.items():
        found = [_DAY_MONTH.match(text) for text in column.drop_null().to_pylist()]
        pairs = [(int(match[1]), int(match[2])) for match in found if match]
        if not pairs:
            continue
        first = any(day > 12 for day, _ in pairs)
        second = any(month > 12 for _, month in pairs)
        if first == second:
            yield f"{header}: the dates do not show whether day or month comes first."
        elif second and (mapping is None or mapping.dates != "month-first"):
            yield f"{header}: the dates look month-first."
