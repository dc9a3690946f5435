"""Taking in the reports that were written here and sent: a delivery like any other, by whoever has a loading duty for it."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from toex.work.access.delivered import dataset_shown
from toex.work.access.sitting import Sitting, Standing
from toex.work.audit.actions import one_act, record
from toex.work.citations.queries import citations_of
from toex.work.errors import NotAllowed, NotThere, OutOfOrder
from toex.work.holdings.actions import receive_file
from toex.work.holdings.models import Receipt
from toex.work.holdings.pnd import set_pnd
from toex.work.research.models import Report, ReportItem
from toex.work.research.policies import is_open_to
from toex.work.research.queries.loading import takes_report
from toex.work.research.report_delivery import MAPPING, delivered_items, file_name, item_records, picked, write
from toex.work.staff.models import Person

_DUE = "due"  # as every record stands until something else is said


def take_in(*, seat: Sitting, report: int, dataset: str, by: Person, at: datetime) -> Receipt:
    """Take in a report that was sent: its sanitised items become a delivery of a dataset of the unit's own reports.

    By every rule of `receive_file`, which keeps the file, gives the receipt and queues the loading. Again after its URN
    came back or a correction: each item's record has another version then. NotAllowed under a grant to read by, NotThere
    where the grant does not load that dataset or the report is none of it, OutOfOrder where nothing of it waits.
    """
    standing = seat.standing()
    if seat.person.pk != by.pk or standing.kind.read_only:
        raise NotAllowed("Reports are taken in from one's own seat, under a loading duty (rule 1).")
    chosen = dataset_shown(standing, dataset)
    held = _waiting(report, standing)
    if not takes_report(chosen, held):
        raise NotThere("There is no such report for this dataset.")
    items = list(held.items.select_related("cell__line"))
    with TemporaryDirectory() as folder:
        path = Path(folder) / file_name(held)
        _write(path, held, items)
        receipt = receive_file(  # a transaction of its own; after a crash between the two the same receipt is given again
            dataset=chosen, path=path, mapping=MAPPING, by=by, at=at, grant=seat.grant.pk, file=path.name,
            compartments=standing.person.compartments,
        )  # fmt: skip
    return _taken(held, items, receipt, by=by, at=at, grant=seat.grant.pk)


def say_pnd(*, report: Report, by: Person, at: datetime) -> None:
    """Say of a report's records how the report stands towards PND, where they are loaded: nothing is typed twice."""
    if report.dataset is None:
        return
    ids = item_records(report, report.items.filter(delivered=True), report.dataset.name)
    if ids:
        set_pnd(
            ids, dataset=report.dataset, state=report.pnd_state, by=by, at=at, urn=report.pnd_urn, on=report.pnd_on,
            why=report.pnd_why,
        )  # fmt: skip


def _waiting(number: int, standing: Standing) -> Report:
    found = Report.objects.select_related("dataset").filter(pk=number).first()
    if found is None or not is_open_to(found.compartment, standing.person.compartments):
        raise NotThere("There is no such report for this dataset.")
    if found.to_load is None:
        raise OutOfOrder("Nothing of this report waits to be loaded.")
    return found


def _write(path: Path, report: Report, items: list[ReportItem]) -> None:
    sealed = {one.record_id: one.sealed for one in citations_of("research", f"report:{report.pk}")}
    corrections = report.moves.filter(act="correct").count()
    write(path, report, items, about=picked(report.subjects.all(), sealed), corrections=corrections)


def _taken(
    report: Report, items: list[ReportItem], receipt: Receipt, *, by: Person, at: datetime, grant: int
) -> Receipt:
    """Keep which delivery a report went in; what changed while it was taken in waits on."""
    went = [item.pk for item in delivered_items(items)]
    first = report.dataset is None
    with one_act():
        Report.objects.filter(pk=report.pk).update(dataset=receipt.dataset, receipt=receipt)
        Report.objects.filter(pk=report.pk, to_load=report.to_load).update(to_load=None)
        ReportItem.objects.filter(pk__in=went).update(delivered=True)
        report.dataset = receipt.dataset
        if first and report.pnd_state != _DUE:
            say_pnd(report=report, by=by, at=at)
        record(
            "collection", "research.take_in_report", by=by, at=at, facts={"items": len(went), "receipt": receipt.pk},
            objects=[f"research:report:{report.pk}", f"holdings:receipt:{receipt.pk}"], grant=grant,
            operation=report.operation, compartment=report.compartment,
        )  # fmt: skip
    return receipt
