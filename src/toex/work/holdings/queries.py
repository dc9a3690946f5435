"""What is held, what was delivered, how well it was read, what hinders its going."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet, Sum

from toex.pole import Dataset as Described
from toex.pole import Delivery
from toex.store import View
from toex.work.holdings.models import Amendment, Dataset, Erasure, HeldRecord, Hold, QualityCount, Receipt
from toex.work.holdings.policies import is_quarantined


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not loaded, as it is handed back to the force that owns it: no value, its place and the reason."""

    file: str
    receipt: str
    sheet: str
    row: int
    column: str
    reason: str
    record_id: str

    @property
    def where(self) -> str | int:
        """Say where it stands as people find it: its row, and its sheet where the file has several."""
        return f"{self.sheet}, row {self.row}" if self.sheet else self.row


def described(dataset: Dataset) -> Described:
    """Give a registration as the data plane knows it."""
    return Described(
        name=dataset.name, supplier=dataset.supplier_id, title=dataset.title, lawful_basis=dataset.lawful_basis,
        agreement=dataset.agreement, marking=dataset.marking, retention_group=dataset.retention_group,
        review_date=dataset.review_date.isoformat(),
        binding="operation" if dataset.binding == "operation" else "standing", operation=dataset.operation,
        authority=dataset.authority, expiry=dataset.expiry.isoformat() if dataset.expiry else "",
        compartment=dataset.compartment,
    )  # fmt: skip


def delivery_of(receipt: Receipt) -> Delivery:
    """Give a receipt as the road takes it."""
    return Delivery(described(receipt.dataset), receipt.mapping, receipt.received, receipt.file)


def as_of(dataset: Dataset, moment: datetime) -> Mapping[str, object]:
    """Give the registration as it stood at a moment, empty before it was made."""
    stood = Amendment.objects.filter(dataset=dataset, at__lte=moment).order_by("-version").first()
    return dict(stood.facts) if stood else {}


def receipts_of(dataset: Dataset) -> QuerySet[Receipt]:
    """List what was delivered of a dataset, the newest first."""
    return Receipt.objects.filter(dataset=dataset).select_related("dataset", "received_by").order_by("-received", "-pk")


def open_datasets(operations: Collection[str], compartments: Collection[str]) -> list[Dataset]:
    """List what a grant may be asked for: standing datasets and those bound to these operations, a compartment's to its readers."""
    found = Dataset.objects.filter(
        operation__in=["", *operations], compartment__in=["", *compartments], closed=None, disposed=None
    )
    return list(found.select_related("supplier").order_by("operation", "supplier__name", "title", "name"))


def last_deliveries(names: Collection[str]) -> list[tuple[Dataset, datetime | None]]:
    """List datasets by supplier and title, each with the moment of its last delivery that was loaded."""
    loaded = Max("receipts__received", filter=Q(receipts__state="loaded"))
    found = Dataset.objects.filter(name__in=names).select_related("supplier").annotate(delivered=loaded)
    return [(one, one.delivered) for one in found.order_by("supplier__name", "title", "name")]


def quality(datasets: Sequence[Dataset], what: str = "reason") -> list[tuple[str, str, int]]:
    """Count reasons, problems or records (dataset, name, rows) over all deliveries of some datasets, the most first."""
    rows = QualityCount.objects.filter(receipt__dataset__in=datasets, what=what)
    counted = rows.values("receipt__dataset_id", "name").annotate(rows=Sum("count")).order_by("-rows", "name")
    return [(row["receipt__dataset_id"], row["name"], row["rows"]) for row in counted]


def to_hand_back(dataset: Dataset, view: View) -> list[SetAside]:
    """List the rows of a dataset that were set aside, as far as the view shows them, to return to the owning force."""
    sql = 'SELECT receipt, sheet, "row", "column", reason, record_id FROM set_aside WHERE dataset = ? ORDER BY 1, 2, 3'
    files = dict(Receipt.objects.filter(dataset=dataset).values_list("sha256", "file"))
    return [SetAside(files.get(row["receipt"], ""), **row) for row in view.query(sql, [dataset.name]).to_pylist()]


def standing_holds(datasets: Iterable[str], record_ids: Sequence[str] = ()) -> list[Hold]:
    """List the holds that stand on datasets as wholes, or on the records; without records, every hold within them."""
    open_holds = list(Hold.objects.filter(dataset_id__in=list(datasets), released=None).order_by("pk"))
    if not record_ids:
        return open_holds
    wanted = set(record_ids)  # held records are few, records may be many: all of them are read in one question
    named = HeldRecord.objects.filter(hold__in=open_holds).values_list("hold_id", "record_id")
    on_records = {hold for hold, record in named if record in wanted}
    return [hold for hold in open_holds if hold.whole or hold.pk in on_records]


def open_erasures(*, compartments: Collection[str] = ()) -> QuerySet[Erasure]:
    """List the erasures that wait for a decision or for their proof, the oldest first; a compartment's for its readers."""
    waiting = Erasure.objects.filter(state__in=("asked", "approved"), compartment__in=["", *compartments])
    return waiting.select_related("asked_by", "decided_by").order_by("asked", "pk")


def live_names(day: date, *, operation: str = "") -> list[str]:
    """Name the datasets that may be read on a day: the standing ones and those bound to one operation."""
    from_binding = Q(binding="standing") | (Q(binding="operation", operation=operation) if operation else Q(pk=None))
    within = Q(expiry=None) | Q(expiry__gte=day)
    found = Dataset.objects.filter(from_binding & within, closed=None, disposed=None).order_by("name")
    return [dataset.name for dataset in found if not is_quarantined(dataset)]
