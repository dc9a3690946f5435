"""The register as one reads it: every dataset with its last delivery, what became of its rows, what is coming up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Sum

from toex.work.holdings.models import Dataset, Receipt

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was delivered of a dataset in all, and the last delivery."""

    files: int
    rows_loaded: int
    rows_set_aside: int
    last: Receipt

    @property
    def share(self) -> float:
        """Give the share of rows that were loaded, from 0 to 1."""
        whole = self.rows_loaded + self.rows_set_aside
        return self.rows_loaded / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One dataset of the register; `delivered` is empty where nothing came, or where its numbers are not shown."""

    dataset: Dataset
    delivered: Delivered | None
    shown: bool
    coming: tuple[tuple[str, date], ...]  # what comes up, and when


def entries(datasets: Sequence[Dataset], *, shown: Collection[str], on: date) -> list[Entry]:
    """Give the register's entries; numbers of deliveries are told of the datasets `shown` alone."""
    found = deliveries_of([one.name for one in datasets if one.name in shown])
    return [Entry(one, found.get(one.name), one.name in shown, coming(one, on)) for one in datasets]


def deliveries_of(names: Iterable[str]) -> Mapping[str, Delivered]:
    """Sum what was delivered of each dataset, in two questions however many there are."""
    rows = list(
        Receipt.objects.filter(dataset__in=list(names)).values("dataset_id").annotate(
            files=Count("pk"), loaded=Sum("rows_loaded"), aside=Sum("rows_set_aside"), last=Max("pk")
        )
    )  # fmt: skip
    last = Receipt.objects.in_bulk([row["last"] for row in rows])
    return {
        row["dataset_id"]: Delivered(row["files"], row["loaded"] or 0, row["aside"] or 0, last[row["last"]])
        for row in rows
    }


def coming(dataset: Dataset, on: date) -> tuple[tuple[str, date], ...]:
    """Say what comes up for a dataset within sixty days, or is past: its review, the end of its authority."""
    return tuple(_coming(dataset, on))


def _coming(dataset: Dataset, on: date) -> Iterable[tuple[str, date]]:
    if dataset.disposed or dataset.closed:
        return
    for what, day in (("authority ends", dataset.expiry), ("review", dataset.review_date)):
        if day is not None and day < on:
            yield f"{what}: past", day
        elif day is not None and day <= on + SOON:
            yield what, day
