"""Views over made-up records, for the tests of conflation."""

from collections.abc import Mapping

from fake_view import FakeView
from toex import pole


class DatasetView(FakeView):
    """A fake view that knows its datasets."""

    def __init__(self, tables: Mapping[str, pole.Batch], datasets: Mapping[str, pole.Dataset] | None = None) -> None:
        super().__init__(tables)
        self.datasets = dict(datasets or {})


def rows_of(table: str, rows: list[dict[str, object]]) -> pole.Batch:
    """Make a batch of rows given as mappings; what every record needs is filled in."""
    filled = [
        {"part": table, "compartment": "", "marking": 1, "handling": "P", "subject": 0, "dataset": "one", **row}
        for row in rows
    ]
    names = {name for row in filled for name in row}
    return pole.batch(table, {name: [row.get(name) for row in filled] for name in names}, len(filled))
