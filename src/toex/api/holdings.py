"""What is held: the datasets that the grant names, files delivered to them, and what became of their rows."""

from pathlib import Path as File
from tempfile import TemporaryDirectory

from django.http import HttpRequest
from ninja import Router, Status
from ninja.files import UploadedFile
from ninja.params.functions import File as Upload
from ninja.params.functions import Form, Path

from toex.api.callers import standing_of
from toex.api.refusals import answers
from toex.api.shapes import DATASET, DatasetOut, ReceiptOut
from toex.pole import domain
from toex.work.access.sitting import Standing
from toex.work.errors import Incomplete, NotAllowed, NotThere
from toex.work.holdings.actions import receive_file
from toex.work.holdings.models import Dataset, Receipt
from toex.work.holdings.policies import NO_DATASET
from toex.work.holdings.queries import receipts_of

router = Router(tags=["holdings"])
LARGEST = 2 * 1024**3  # bytes
_NAME = Path(..., pattern=DATASET)


@router.get("/datasets", response=answers(list[DatasetOut]), operation_id="datasets")
def datasets(request: HttpRequest) -> list[DatasetOut]:
    """List the datasets that the grant names."""
    _, standing = standing_of(request)
    return [_told(one) for one in _named(standing)]


@router.post("/datasets/{name}/files", response=answers(ReceiptOut, 202), operation_id="receive")
def receive(
    request: HttpRequest,
    name: str = _NAME,
    mapping: str = Form(..., min_length=1, max_length=128, pattern=r"^[A-Za-z0-9._-]+$"),
    file: UploadedFile = Upload(...),  # noqa: B008
) -> Status[ReceiptOut]:
    """Take a delivered file in: it is kept under its hash, and a job loads it. The same file again changes nothing."""
    seat, standing = standing_of(request)
    dataset = _one(standing, name)
    if (file.size or 0) > LARGEST:
        raise Incomplete("A delivered file has two gigabytes at most.", {"file": "size"})
    with TemporaryDirectory() as folder:
        path = File(folder) / "delivery"
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        receipt = receive_file(
            dataset=dataset, path=path, mapping=mapping, by=seat.person, at=seat.at, grant=seat.grant.pk,
            file=File(file.name or "delivery").name[:255], compartments=standing.person.compartments,
        )  # fmt: skip
    return Status(202, _receipt(receipt))


@router.get("/datasets/{name}/receipts", response=answers(list[ReceiptOut]), operation_id="receipts")
def receipts(request: HttpRequest, name: str = _NAME) -> list[ReceiptOut]:
    """List what was delivered of a dataset, the newest first, each with its quality sheet."""
    _, standing = standing_of(request)
    return [_receipt(one) for one in receipts_of(_one(standing, name))[:200]]


def _named(standing: Standing) -> list[Dataset]:
    """A quality sheet tells numbers: it is for whoever reads the records or loads them, not for pointers and counts."""
    if standing.kind.shows != "records" and standing.kind.duty != "loading":
        raise NotAllowed("This grant shows no deliveries: a grant shows the least it needs (rule 1).")
    shown = standing.scope.domains or frozenset()
    found = Dataset.objects.filter(name__in=[d.name for d in standing.facts.datasets]).order_by("name")
    return [one for one in found if domain(one.name, one.compartment) in shown]


def _one(standing: Standing, name: str) -> Dataset:
    found = next((one for one in _named(standing) if one.name == name), None)
    if found is None:
        raise NotThere(NO_DATASET)
    return found


def _told(one: Dataset) -> DatasetOut:
    return DatasetOut(
        name=one.name, title=one.title, supplier=one.supplier_id, marking=one.marking, binding=one.binding,
        operation=one.operation, lawful_basis=one.lawful_basis, review_date=one.review_date,
    )  # fmt: skip


def _receipt(one: Receipt) -> ReceiptOut:
    return ReceiptOut(
        number=one.pk, dataset=one.dataset_id, file=one.file, sha256=one.sha256, received=one.received, state=one.state,
        reason=one.reason, rows_in=one.rows_in, rows_loaded=one.rows_loaded, rows_set_aside=one.rows_set_aside,
        sheet=one.sheet, job=one.job,
    )  # fmt: skip
