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
from toex.work.access.delivered import dataset_shown, datasets_shown
from toex.work.holdings.actions import receive_file
from toex.work.holdings.models import Dataset, Receipt
from toex.work.holdings.policies import check_size
from toex.work.holdings.queries import receipts_of

router = Router(tags=["holdings"])
_NAME = Path(..., pattern=DATASET)


@router.get("/datasets", response=answers(list[DatasetOut]), operation_id="datasets")
def datasets(request: HttpRequest) -> list[DatasetOut]:
    """List the datasets that the grant names."""
    _, standing = standing_of(request)
    return [_told(one) for one in datasets_shown(standing)]


@router.post("/datasets/{name}/files", response=answers(ReceiptOut, 202), operation_id="receive")
def receive(
    request: HttpRequest,
    name: str = _NAME,
    mapping: str = Form(..., min_length=1, max_length=128, pattern=r"^[A-Za-z0-9_-]+(?:\.v\d+)?$"),
    file: UploadedFile = Upload(...),  # noqa: B008
) -> Status[ReceiptOut]:
    """Take a delivered file in: it is kept under its hash, and a job loads it. The same file again changes nothing."""
    seat, standing = standing_of(request)
    dataset = dataset_shown(standing, name)
    check_size(file.size or 0)
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
    return [_receipt(one) for one in receipts_of(dataset_shown(standing, name))[:200]]


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
