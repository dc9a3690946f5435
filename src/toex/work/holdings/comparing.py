"""What a delivery's quality sheet says beside the delivery before it: rows, columns, reasons, how full its fields are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toex.work.holdings.models import Receipt

_TELLING = 0.05  # a share of filled cells that moves by less is not told


@dataclass(frozen=True, slots=True)
class Fullness:
    """How the cells of a field fared: filled, valid, taken for a default, and what was odd about the others."""

    name: str
    filled: int
    valid: int
    defaults: int
    of: int
    problems: Mapping[str, int]
    doubts: Mapping[str, int]

    @property
    def share_filled(self) -> float:
        """Give the share of records in which the field is filled."""
        return min(1.0, self.filled / self.of) if self.of else 0.0

    @property
    def share_valid(self) -> float:
        """Give the share of filled cells that could be read."""
        return self.valid / self.filled if self.filled else 1.0


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was in the delivery before; `worse` where somebody should look at it."""

    what: str
    before: str
    now: str
    worse: bool = False


def before(receipt: Receipt) -> Receipt | None:
    """Give the last delivery of the dataset that was loaded before this one."""
    earlier = Receipt.objects.filter(dataset=receipt.dataset_id, state="loaded", pk__lt=receipt.pk)
    return earlier.order_by("-pk").first()


def fullness(sheet: Mapping[str, Any], rows: int) -> list[Fullness]:
    """List the fields of a sheet in the order of their parts, each against the rows that were loaded."""
    return [
        Fullness(
            name, told.get("filled", 0), told.get("valid", 0), told.get("defaults", 0), max(rows, told.get("filled", 0)),
            told.get("problems", {}), told.get("doubts", {}),
        )
        for name, told in sheet.get("fields", {}).items()
    ]  # fmt: skip


def differences(now: Receipt, earlier: Receipt) -> list[Difference]:
    """List what differs between two deliveries of a dataset."""
    return [*_rows(now, earlier), *_columns(now.sheet, earlier.sheet), *_reasons(now, earlier), *_fields(now, earlier)]


def _rows(now: Receipt, earlier: Receipt) -> Iterator[Difference]:
    came, came_before = now.rows_in or 0, earlier.rows_in or 0
    if came != came_before:
        yield Difference("rows in", f"{came_before:,}", f"{came:,}", worse=came * 2 < came_before)
    if now.mapping != earlier.mapping:
        yield Difference("mapping", earlier.mapping, now.mapping)
    for name in ("encoding", "dialect"):
        if now.sheet.get(name) != earlier.sheet.get(name):
            yield Difference(name, earlier.sheet.get(name, ""), now.sheet.get(name, ""))


def _columns(now: Mapping[str, Any], earlier: Mapping[str, Any]) -> Iterator[Difference]:
    have, had = _headers(now), _headers(earlier)
    for gone in sorted(had - have):
        yield Difference(f"column {gone}", "there", "gone", worse=True)
    for fresh in sorted(have - had):
        yield Difference(f"column {fresh}", "not there", "new")


def _headers(sheet: Mapping[str, Any]) -> set[str]:
    bound = {header for columns in sheet.get("columns", {}).values() for header in columns.values()}
    return bound | {header for unused in sheet.get("unused", {}).values() for header in unused}


def _reasons(now: Receipt, earlier: Receipt) -> Iterator[Difference]:
    have, had = now.sheet.get("reasons", {}), earlier.sheet.get("reasons", {})
    for reason in sorted({*have, *had}):
        if have.get(reason, 0) != had.get(reason, 0):
            more = have.get(reason, 0) > had.get(reason, 0)
            yield Difference(f"set aside: {reason}", f"{had.get(reason, 0):,}", f"{have.get(reason, 0):,}", worse=more)


def _fields(now: Receipt, earlier: Receipt) -> Iterator[Difference]:
    had = {one.name: one for one in fullness(earlier.sheet, earlier.rows_loaded or 0)}
    for one in fullness(now.sheet, now.rows_loaded or 0):
        was = had.get(one.name)
        if was is not None and abs(one.share_filled - was.share_filled) >= _TELLING:
            less = one.share_filled < was.share_filled
            yield Difference(f"{one.name}, filled", f"{was.share_filled:.0%}", f"{one.share_filled:.0%}", worse=less)
