"""Receiving a bundle: checked, then a delivery by the ordinary road, under a loading duty for its dataset."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from toex.store import put
from toex.work.access.delivered import dataset_shown
from toex.work.access.sitting import Sitting, Standing
from toex.work.audit.actions import one_act, record
from toex.work.errors import NotAllowed, OutOfOrder
from toex.work.exchange.data import Data, Record, read_data
from toex.work.exchange.delivery import MAPPING, here, write
from toex.work.exchange.models import ReceivedBundle, ReceivedRecord, TrustedSender
from toex.work.exchange.packing import Manifest, Opened, unpack
from toex.work.exchange.policies import (
    check_addressed,
    check_corrects,
    check_dataset,
    check_fresh,
    check_made,
    check_named,
    check_sender,
)
from toex.work.exchange.queries import (
    installation,
    kept_bundle,
    key_by,
    received_before,
    received_records,
    trusted_by,
)
from toex.work.holdings.actions import receive_file
from toex.work.holdings.models import Dataset, Receipt
from toex.work.holdings.policies import check_marking
from toex.work.products.files import digest_of
from toex.work.staff.models import Person

_CHUNK = 500


def receive(*, content: bytes, dataset: str, seat: Sitting, by: Person, at: datetime) -> ReceivedBundle:
    """Check a bundle and make it a delivery of a dataset: its records go in with their grades, handling and first origin.

    By every rule of `receive_file`, which keeps the file, gives the receipt and queues the loading. NotAllowed where it was
    changed, where nobody trusted signed it, or where it is addressed elsewhere; OutOfOrder where it came before, is older
    than what came, or corrects what never came. Nothing of a refused bundle is kept.
    """
    standing = seat.standing()
    if seat.person.pk != by.pk or standing.kind.read_only:
        raise NotAllowed("Bundles are received from one's own seat, under a loading duty (rule 1).")
    chosen, sha256 = dataset_shown(standing, dataset), digest_of(content)
    opened = unpack(content, key_of=key_by)
    sender = _checked(opened, chosen, sha256, at=at)
    data = read_data(opened.members["data.json"])
    fresh = _fresh(data, chosen, sender)
    receipt = _received(fresh, chosen, sender, standing, opened.manifest, by=by, at=at, grant=seat.grant.pk)
    put(kept_bundle(sha256), content)  # before the transaction: a row never stands for a file that is not there
    return _kept(opened.manifest, data, fresh, sha256, sender=sender, receipt=receipt, seat=seat, by=by, at=at)


def _checked(opened: Opened, dataset: Dataset, sha256: str, *, at: datetime) -> TrustedSender:
    manifest, sender, own = opened.manifest, trusted_by(opened.key), check_named(installation())
    if sender is None:
        raise NotAllowed("The key that signed this bundle is not trusted any more.")
    check_sender(manifest, sender)
    check_addressed(manifest, own)
    check_made(manifest, at)
    check_marking(manifest.marking)
    check_dataset(dataset, sender)
    held = received_before(manifest.installation, manifest.reference)
    check_fresh(manifest, held, sha256)
    check_corrects(manifest, held, dataset)
    return sender


def _fresh(data: Data, dataset: Dataset, sender: TrustedSender) -> dict[str, tuple[Record, ReceivedRecord | None]]:
    """Choose what is told later than what is held; what a correction takes back must be held."""
    held = received_records(dataset.name, sender.installation, (one.record for one in data.records))
    return {
        one.record: (one, held.get(one.record))
        for one in data.records
        if ((was := held.get(one.record)) is None and not one.gone) or (was is not None and was.told <= one.told)
    }


def _received(
    fresh: dict[str, tuple[Record, ReceivedRecord | None]], dataset: Dataset, sender: TrustedSender, standing: Standing,
    manifest: Manifest, *, by: Person, at: datetime, grant: int,
) -> Receipt:  # fmt: skip
    if not fresh:
        raise OutOfOrder("Nothing in this bundle is newer than what was received already.")
    ends = {start for one, _ in fresh.values() for _, start, _ in one.said.get("links", ())}
    held = received_records(dataset.name, sender.installation, ends)
    known = {name: (row.here, row.table) for name, row in held.items() if not row.taken_back}
    for name, (one, _) in fresh.items():
        known.pop(name, None)
        if not one.gone:
            known[name] = (here(dataset.name, sender.installation, name, one.kind), one.table)
    with TemporaryDirectory() as folder:
        path = Path(folder) / _file_name(manifest)
        write(path, [one for one, _ in fresh.values()], dataset=dataset, installation=sender.installation, known=known)
        return receive_file(  # a transaction of its own; after a crash before the next the same receipt is given again
            dataset=dataset, path=path, mapping=MAPPING, by=by, at=at, grant=grant, file=path.name,
            compartments=standing.person.compartments,
        )  # fmt: skip


def _file_name(manifest: Manifest) -> str:
    reference = "".join(c if c.isalnum() else "-" for c in manifest.reference)
    return f"{reference}-v{manifest.version}-{manifest.kind}-{manifest.turn}.csv"


def _kept(
    manifest: Manifest, data: Data, fresh: dict[str, tuple[Record, ReceivedRecord | None]], sha256: str, *,
    sender: TrustedSender, receipt: Receipt, seat: Sitting, by: Person, at: datetime,
) -> ReceivedBundle:  # fmt: skip
    with one_act():
        made = ReceivedBundle.objects.create(
            sender=sender, number=manifest.number, kind=manifest.kind, reference=manifest.reference,
            version=manifest.version, turn=manifest.turn, title=manifest.title, marking=manifest.marking,
            handling=manifest.handling, recipients=manifest.recipients, notice=dict(data.notice), sha256=sha256,
            made=manifest.made_at, dataset=receipt.dataset, receipt=receipt, grant=seat.grant, by=by, at=at,
        )  # fmt: skip
        rows = [_row(one, was, made) for one, was in fresh.values()]
        ReceivedRecord.objects.bulk_create([row for row in rows if row.pk is None], batch_size=_CHUNK)
        changed = ("here", "table", "told", "bundle", "supplier", "supplier_dataset", "supplier_file", "supplier_row")
        known = [row for row in rows if row.pk is not None]
        ReceivedRecord.objects.bulk_update(known, [*changed, "taken_back"], batch_size=_CHUNK)
        record(
            "collection", "exchange.receive", by=by, at=at, grant=seat.grant.pk, operation=receipt.dataset.operation,
            compartment=receipt.dataset.compartment, facts={"sha256": sha256, "records": len(rows), "kind": manifest.kind},
            objects=[f"exchange:received:{made.pk}", f"holdings:receipt:{receipt.pk}"],
        )  # fmt: skip
    return made


def _row(one: Record, was: ReceivedRecord | None, bundle: ReceivedBundle) -> ReceivedRecord:
    row = was or ReceivedRecord(
        dataset=bundle.dataset, installation=bundle.sender.installation, record=one.record, table=one.table
    )
    row.told, row.bundle, row.taken_back = one.told, bundle, bool(one.gone)
    if not one.gone:
        row.here, row.table = here(bundle.dataset_id, row.installation, one.record, one.kind), one.table
        row.supplier, row.supplier_dataset = one.said["supplier"][:128], one.said["dataset"][:63]
        row.supplier_file, row.supplier_row = one.said["file"][:255], one.said["row"]
    return row
