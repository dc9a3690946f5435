"""What a file would give if it were loaded: the importer's own first rows, told to a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toex import intake
from toex.intake import FileMapping, Limits, Profile
from toex.pole import Dataset, Delivery

_ROWS = 3
_HIDDEN = {
    "digest", "receipt", "version", "dataset", "compartment", "marking", "handling", "subject", "record_id", "from_id",
    "to_id", "other_domain", "supplier", "source_key",
    "name_key", "forename_key", "surname_key", "forename_root", "surname_sound", "address_key",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """The mapping that fits, what was noticed, the first records by table, and the profile that all of it was read from."""

    mapping: str
    lines: tuple[str, ...]
    samples: tuple[tuple[str, tuple[str, ...], tuple[tuple[object, ...], ...]], ...]
    found: Profile


def preview(
    path: Path, *, mapping: str | FileMapping = "", at: datetime, candidates: Iterable[FileMapping] | None = None,
    limits: Limits | None = None, dataset: Dataset | None = None,
) -> Preview:  # fmt: skip
    """Profile a file under a mapping, or under the one of the candidates that fits best. Nothing is kept."""
    chosen = intake.load_mapping(mapping) if isinstance(mapping, str) and mapping else mapping or None
    named = chosen.name if isinstance(chosen, FileMapping) else ""
    delivery = Delivery(dataset or Dataset("preview", "preview"), named, at, path.name)
    found = intake.profile(
        path, delivery=delivery, mapping=chosen if isinstance(chosen, FileMapping) else None, candidates=candidates,
        limits=limits,
    )  # fmt: skip
    return Preview(found.mapping, tuple(_lines(found)), tuple(_samples(found)), found)


def _lines(found: Profile) -> Iterator[str]:
    yield " · ".join(part for part in (found.format, found.encoding, found.dialect) if part)
    if not found.mapping:
        yield "No ready mapping fits; docs/reference/mapping.md says how one is written. Its columns look like this:"
        yield from (f"   {header}: {found.kinds.get(header, 'text')}" for header in found.headers)
    for suggestion in found.suggestions[:3]:
        chosen = "→" if suggestion.mapping == found.mapping else " "
        yield f"{chosen} {suggestion.mapping}: knows {suggestion.share_of_file:.0%} of the file's columns"
    yield from (f"Doubt: {doubt}" for doubt in found.doubts)
    if found.sheet:
        sheet = found.sheet
        yield f"Of the first {sheet.rows_in:,} rows {sheet.rows_loaded:,} would load and {sheet.rows_set_aside:,} be set aside."
        yield from (f"   {rows} set aside: {reason}" for reason, rows in sheet.reasons.items())


def _samples(found: Profile) -> Iterator[tuple[str, tuple[str, ...], tuple[tuple[object, ...], ...]]]:
    first = found.records[0] if found.records else {}
    for table, rows in first.items():
        listed = rows.slice(0, _ROWS).to_pylist()
        headers = tuple(
            n for n in rows.column_names if n not in _HIDDEN and any(r[n] not in (None, "") for r in listed)
        )
        yield table, headers, tuple(tuple(r[h] for h in headers) for r in listed)
