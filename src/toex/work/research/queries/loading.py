"""Which reports that were sent wait at a load desk, and for which of its datasets."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from toex.work.holdings.models import Dataset
from toex.work.research.models import Report
from toex.work.research.policies import is_open_to

KIND = "own_reports"  # of list "dataset_kinds"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits, and the dataset in which its items will be records."""

    report: Report
    dataset: Dataset


def takes_report(dataset: Dataset, report: Report) -> bool:
    """Say whether a dataset takes a report's items: the one that has them already, else one of its compartment and work.

    Records lie in one compartment: a report that lies in two is taken by no dataset, and stays what it is here.
    """
    if report.dataset_id:
        return bool(report.dataset_id == dataset.pk)
    own = dataset.kind == KIND and dataset.operation in ("", report.operation)
    return own and dataset.compartment == report.compartment


def reports_to_load(datasets: Sequence[Dataset], *, compartments: Set[str]) -> list[Waiting]:
    """List the reports that wait for one of these datasets, as far as their reader may know of them, the oldest first."""
    own = [one for one in datasets if one.kind == KIND]
    if not own:
        return []
    first = sorted(own, key=lambda one: (not one.operation, one.name))  # an operation's own before a standing one
    waiting = Report.objects.filter(to_load__isnull=False).order_by("to_load", "pk")
    return [
        Waiting(report, dataset)
        for report in waiting
        if is_open_to(report.compartment, compartments)
        and (dataset := next((one for one in first if takes_report(one, report)), None))
    ]


def dataset_for(report: Report, *, compartments: Set[str]) -> Dataset | None:
    """Give the dataset in which a report's items are records or will be; none where no fitting one is registered."""
    if report.dataset:
        return report.dataset
    open_ones = Dataset.objects.filter(kind=KIND, compartment=report.compartment, closed=None, disposed=None)
    known = [one for one in open_ones.order_by("-operation", "name") if is_open_to(one.compartment, compartments)]
    return next((one for one in known if takes_report(one, report)), None)
