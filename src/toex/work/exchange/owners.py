"""The lists that go back to a force: its own rows alone, what contradicts in them, what could not be read of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from toex.picture import Conflict, Duplicate, OwnRow, conflicts_of, duplicates_of
from toex.pole.values.marking import clean as read_marking
from toex.pole.values.marking import highest
from toex.publishing import Sheet
from toex.reference import load
from toex.store import View
from toex.work.access.delivered import datasets_shown
from toex.work.access.sitting import Standing
from toex.work.holdings.models import Dataset, QualityCount
from toex.work.holdings.queries import to_hand_back
from toex.work.staff.models import Organisation

_ROW = ("dataset", "file", "row", "your reference", "name", "born")
_TWO = (*(f"First: {one}" for one in _ROW), *(f"Second: {one}" for one in _ROW))


@dataclass(frozen=True, slots=True)
class Lists:
    """What goes back to one force, and the marking that it bears."""

    to: Organisation
    sheets: tuple[Sheet, ...]
    marking: str

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each list has."""
        return {sheet.name: len(sheet.rows) for sheet in self.sheets}


def suppliers_shown(standing: Standing) -> list[Organisation]:
    """List the forces whose datasets a grant shows, compartments left out."""
    found = {one.supplier_id: one.supplier for one in _open(standing)}
    return sorted(found.values(), key=lambda one: one.name)


def lists_for(to: Organisation, view: View, standing: Standing) -> Lists:
    """Work out the lists of one force's own rows, as far as the view shows them; no row of another's is in any."""
    own = [one for one in _open(standing) if one.supplier_id == to.code]
    sheets = (
        Sheet("Duplicates", (*_TWO, "Taken to be one by"), [_duplicate(one) for one in duplicates_of(view, to.code)]),
        Sheet(
            "Conflicting identifiers", ("What", "Kind", "First value", "Second value", *_TWO),
            [_conflict(one) for one in conflicts_of(view, to.code)],
        ),
        Sheet("Rows not loaded", ("Dataset", "File", "Row", "Column", "Reason"), _aside(own, view)),
        Sheet("Odd values", ("Dataset", "File", "Field and what is odd", "Values"), _odd(own)),
    )  # fmt: skip
    return Lists(to, sheets, _marking(own))


def _open(standing: Standing) -> list[Dataset]:
    return [one for one in datasets_shown(standing) if not one.compartment]


def _duplicate(one: Duplicate) -> tuple[str | int, ...]:
    return (
        *_row(one.one),
        *_row(one.other),
        "a named person's ruling" if one.ruled else "the workbench, by what both rows say",
    )


def _conflict(one: Conflict) -> tuple[str | int, ...]:
    kind = load("identifier_kinds").label(one.kind)
    return (one.what, kind, one.value, one.other_value, *_row(one.one), *_row(one.other))


def _row(one: OwnRow) -> tuple[str | int, ...]:
    return (one.dataset, one.file, one.row, one.key, one.name, f"{one.born:%d/%m/%Y}" if one.born else "")


def _aside(own: Sequence[Dataset], view: View) -> list[tuple[str | int, ...]]:
    return [
        (dataset.name, row.file, row.row, row.column, row.reason)
        for dataset in own
        for row in to_hand_back(dataset, view)
    ]


def _odd(own: Sequence[Dataset]) -> list[tuple[str | int, ...]]:
    rows = QualityCount.objects.filter(receipt__dataset__in=own, what="problem").select_related("receipt")
    return [(one.receipt.dataset_id, one.receipt.file, one.name, one.count) for one in rows.order_by("receipt", "name")]


def _marking(own: Sequence[Dataset]) -> str:
    marks = [m for m in (read_marking(one.marking) for one in own) if m.order >= 0]
    return highest(marks).value if marks else "OFFICIAL-SENSITIVE"
