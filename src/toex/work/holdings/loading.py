"""The steps by which a received file becomes records: read and publish, settle; or refused, and nothing of it kept.

The wiring makes a job of them. Engine work and writing to the work database are kept apart: `read_and_publish` and
`sheet_of` touch the store alone, `settle` and `refuse` the database alone, and each may be run again.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from toex import picture
from toex.picture import Loaded, Seat
from toex.work.audit.actions import record
from toex.work.errors import OutOfOrder
from toex.work.holdings.actions import delivered
from toex.work.holdings.mappings import mapping_named
from toex.work.holdings.models import QualityCount, Receipt
from toex.work.holdings.policies import check_receivable
from toex.work.holdings.queries import delivery_of


def read_and_publish(receipt: Receipt, *, seat: Seat, at: datetime) -> Loaded:
    """Read a received file and publish its records whole; what it published once it does not publish again.

    IntakeError where the file as a whole is refused: nothing of it is in the store then; `refuse` says so on its receipt.
    """
    if receipt.state not in ("received", "loaded"):
        raise OutOfOrder("The delivery was refused or disposed of, so it is not loaded.")
    check_receivable(receipt.dataset, receipt.received.date())
    mapping = mapping_named(receipt.mapping)
    return picture.load(seat, delivered(receipt.kept), delivery=delivery_of(receipt), at=at, mapping=mapping)


def sheet_of(receipt: Receipt, *, seat: Seat) -> Mapping[str, Any]:
    """Read the quality sheet that intake wrote of a delivery; empty where it was not loaded."""
    with seat.view() as view:
        kept = view.kept(f"receipts/{receipt.sha256}.json")
    return json.loads(kept) if kept else {}


def settle(receipt: Receipt, loaded: Loaded, *, at: datetime, sheet: Mapping[str, Any] | None = None) -> Receipt:
    """Write what became of the rows on the receipt: rows in are rows loaded and rows set aside (rule 9).

    OutOfOrder where the two do not agree. Settling twice changes nothing.
    """
    if loaded.rows_in != loaded.rows_loaded + loaded.rows_set_aside:
        raise OutOfOrder("Rows in are not rows loaded and rows set aside, so the delivery is not taken as loaded.")
    with transaction.atomic():
        held = Receipt.objects.select_for_update().select_related("dataset", "received_by").get(pk=receipt.pk)
        if held.state == "loaded":
            return held
        held.state, held.settled, held.snapshot = "loaded", at, loaded.snapshot
        held.rows_in, held.rows_loaded, held.rows_set_aside = loaded.rows_in, loaded.rows_loaded, loaded.rows_set_aside
        held.sheet = dict(sheet or {})
        held.save()
        QualityCount.objects.bulk_create(_counts(held, loaded))
        facts = {"rows": loaded.rows_in, "loaded": loaded.rows_loaded, "set_aside": loaded.rows_set_aside}
        _record(held, "holdings.settle", at=at, facts={**facts, "snapshot": loaded.snapshot})
    return held


def refuse(receipt: Receipt, *, reason: str, at: datetime) -> Receipt:
    """Say on the receipt that intake refused the file, and why; the file stays as delivered until it is disposed of.

    `reason` is intake's own message, which holds no value out of the file.
    """
    with transaction.atomic():
        held = Receipt.objects.select_for_update().select_related("dataset", "received_by").get(pk=receipt.pk)
        if held.state != "received":
            return held
        held.state, held.reason, held.settled = "refused", reason, at
        held.save(update_fields=["state", "reason", "settled"])
        _record(held, "holdings.refuse", at=at, facts={"sha256": held.sha256}, outcome="refused")
    return held


def _counts(receipt: Receipt, loaded: Loaded) -> list[QualityCount]:
    counted = [("reason", name, count) for name, count in loaded.reasons.items()]
    counted += [("records", name, count) for name, count in loaded.records.items()]
    for name, told in receipt.sheet.get("fields", {}).items():
        counted += [("problem", f"{name}: {what}", count) for what, count in told.get("problems", {}).items()]
    return [QualityCount(receipt=receipt, what=what, name=name[:400], count=count) for what, name, count in counted]


def _record(
    receipt: Receipt, what: str, *, at: datetime, facts: Mapping[str, str | int], outcome: str = "done"
) -> None:
    dataset = receipt.dataset
    record(
        "collection", what, by=receipt.received_by, at=at, grant=receipt.grant, operation=dataset.operation,
        compartment=dataset.compartment, facts=facts, outcome=outcome,
        objects=[f"holdings:receipt:{receipt.pk}", f"holdings:dataset:{dataset.name}"],
    )  # fmt: skip
