"""The steps of a purge: rewrite the store, cut the deliveries, prove both, write the certificate.

Each step may be run again after a kill: what is done is found done. The wiring makes a job of kind "purge" of them; the
engine's steps (`rewrite`, `redact`, `prove`) run outside any transaction, `certify` within one.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from toex import intake, picture
from toex.picture import Seat, chain
from toex.store import Proof, Purged, put
from toex.work.audit.actions import record
from toex.work.errors import OutOfOrder
from toex.work.holdings.actions import delivered
from toex.work.holdings.erasing import entomb
from toex.work.holdings.mappings import mapping_named
from toex.work.holdings.models import Dataset, Erasure, Receipt, Redaction
from toex.work.holdings.policies import check_follows
from toex.work.holdings.queries import delivery_of
from toex.work.holdings.retention import check_no_hold
from toex.work.staff.models import Person


def rewrite(erasure: Erasure, *, seat: Seat, at: datetime) -> Purged:
    """Take the erased records out of the store's files and out of weights cards that would still tell of them.

    OutOfOrder where the erasure is not approved, or where a hold was placed since: then nothing is rewritten.
    """
    if erasure.state != "approved":
        raise OutOfOrder(f"An erasure that is {erasure.state} is not purged.")
    check_no_hold(erasure.datasets, erasure.record_ids)
    entomb(erasure, store=seat.store)
    drop = [*picture.outworn_weights(seat), *_sheets(erasure)]
    return seat.store.purge(erasure.record_ids, at=at, drop=drop, datasets=_whole(erasure))


def redact(erasure: Erasure, *, at: datetime) -> list[Redaction]:
    """Replace every delivery that states an erased record.

    A delimited file by a copy with the same rows, the cells of the erased ones overwritten. A workbook, or a file turned
    on its side, by a marker that names it: rows cannot be cut out of it surely, so the delivery goes whole. The records
    that stay are not touched by either.
    """
    for kept in _deliveries(erasure):
        _redact_one(erasure, kept, at=at)
    for done in Redaction.objects.filter(erasure=erasure):
        delivered(done.old).unlink(missing_ok=True)  # again after a kill
    return list(Redaction.objects.filter(erasure=erasure).order_by("pk"))


def prove(erasure: Erasure, *, seat: Seat) -> Proof:
    """Read every file again, deliveries too; the proof names those that still state an erased record."""
    found = seat.store.prove(erasure.record_ids, datasets=_whole(erasure))
    still, read = [], 0
    for kept in _deliveries(erasure):
        read += 1
        if not _is_marker(delivered(kept)) and (erasure.whole or _rows_left(erasure, kept)):
            still.append(f"deliveries/{kept}")
    still += [f"deliveries/{r.old}" for r in erasure.redactions.all() if delivered(r.old).exists()]
    return Proof(found.files + read, found.rows, (*found.naming, *sorted(still)), found.waiting)


def certify(erasure: Erasure, *, purged: Mapping[str, Any], proof: Proof, at: datetime) -> Erasure:
    """Write the certificate: what went, who asked and approved, and the proof. OutOfOrder until the proof is clean.

    `purged` is what `told` gives of the rewriting. The certificate holds counts and hashes, no value and no id; it lies
    in the home's certificates and on the erasure's row.
    """
    if not proof.clean:
        raise OutOfOrder(
            "A file of the home still states an erased record, or is being written, so nothing is certified."
        )
    if erasure.state == "certified":
        return erasure
    check_follows(erasure, "certified")
    body, by = _certificate(erasure, purged, proof, at), _approver(erasure)
    put(certificate_of(erasure), chain.written(body).encode())
    with transaction.atomic():
        held = Erasure.objects.select_for_update().get(pk=erasure.pk)
        check_follows(held, "certified")
        held.state, held.certified, held.certificate, held.done = "certified", at, body, dict(purged)
        held.save()
        if held.whole:
            Dataset.objects.filter(name__in=held.datasets).update(disposed=at)
        record(
            "erasure", "holdings.certify", by=by, at=at, compartment=held.compartment, reason=held.ground,
            facts={"certificate": chain.hashed(chain.written(body)), "records": len(held.record_ids), "files": proof.files},
            objects=[f"holdings:erasure:{held.pk}", *(f"holdings:dataset:{name}" for name in held.datasets)],
        )  # fmt: skip
    return held


def told(purged: Purged) -> dict[str, Any]:
    """Give what a rewriting did as JSON, for the job's next steps; a rewriting found done tells nothing removed."""
    return {
        "snapshot": purged.snapshot, "files": purged.files, "removed": dict(purged.removed),
        "collected": purged.collected, "held": list(purged.held),
    }  # fmt: skip


def certificate_of(erasure: Erasure) -> Path:
    """Give the path of an erasure's certificate."""
    return delivered("x").parent.with_name("certificates") / f"{erasure.pk:06}.json"


def states_erased(receipt: Receipt, *, seat: Seat) -> frozenset[str]:
    """Give the erased records that a delivery brings again: a force may send what was erased here.

    To be asked after a load. What it names goes to `renew`.
    """
    erased = seat.store.erased
    if not erased:
        return frozenset()
    mapping = mapping_named(receipt.mapping)
    return intake.stated(delivered(receipt.kept), mapping=mapping, delivery=delivery_of(receipt)) & erased


def renew(receipt: Receipt, record_ids: frozenset[str], *, seat: Seat, at: datetime) -> int:
    """Purge again what a delivery brought back, out of the store and out of the delivery; give the number of erasures.

    No view has shown it: tombstones stay for ever.
    """
    seat.store.purge(record_ids, at=at)
    touched = [
        erasure for erasure in Erasure.objects.filter(state__in=("approved", "certified"), whole=False)
        if record_ids & frozenset(erasure.record_ids)
    ]  # fmt: skip
    for erasure in touched:
        _redact_one(erasure, Receipt.objects.get(pk=receipt.pk).kept, at=at)
    return len(touched)


def _redact_one(erasure: Erasure, kept: str, *, at: datetime) -> None:
    """Write what stands in the delivery's place, name it on the receipts, and only then let the delivery go."""
    receipts = list(Receipt.objects.filter(kept=kept).select_related("dataset").order_by("pk"))
    path, made = delivered(kept), delivered(f".{kept}.redacted")
    if not path.exists() or _is_marker(path):
        return
    rows, whole = _write_instead(erasure, path, made, receipts, at=at)
    if not rows and not whole:
        made.unlink(missing_ok=True)
        return
    new = hashlib.sha256(made.read_bytes()).hexdigest()
    put(delivered(new), made.read_bytes())
    made.unlink()
    by = _approver(erasure)
    with transaction.atomic():
        done, _ = Redaction.objects.get_or_create(
            erasure=erasure, old=kept, defaults={"new": new, "rows": rows, "whole": whole, "at": at}
        )
        Receipt.objects.filter(kept=kept).update(kept=done.new)
        record(
            "erasure", "holdings.redact", by=by, at=at, compartment=erasure.compartment,
            facts={"old": kept, "new": done.new, "rows": rows},
            objects=[f"holdings:erasure:{erasure.pk}", *(f"holdings:receipt:{receipt.pk}" for receipt in receipts)],
        )  # fmt: skip
    path.unlink(missing_ok=True)


def _write_instead(
    erasure: Erasure, path: Path, made: Path, receipts: list[Receipt], *, at: datetime
) -> tuple[int, bool]:
    """Write the redacted copy, or the marker; say how many rows were overwritten and whether the whole had to go."""
    if not erasure.whole:
        try:
            return _cut(erasure, path, made, receipts), False
        except intake.IntakeError:
            if not _states(erasure, path, receipts):
                return 0, False
    marker = {
        "disposed": receipts[0].sha256, "certificate": erasure.pk, "at": at.isoformat(),
        "why": "The delivery was erased whole." if erasure.whole else
               "Records were erased, and rows cannot be cut out of a file of this form surely.",
    }  # fmt: skip
    made.write_text(_MARK + json.dumps(marker, sort_keys=True), encoding="utf-8")
    return 0, True


_MARK = "toex: this delivery is gone\n"


def _is_marker(path: Path) -> bool:
    if not path.exists():
        return True
    with path.open("rb") as stream:
        return stream.read(len(_MARK)) == _MARK.encode()


def _cut(erasure: Erasure, path: Path, made: Path, receipts: list[Receipt]) -> int:
    """Overwrite the rows, under every mapping by which the file was read."""
    ids, rows, source = frozenset(erasure.record_ids), 0, path
    for receipt in receipts:
        mapping = mapping_named(receipt.mapping)
        rows += intake.redact(
            source, made, mapping=mapping, delivery=delivery_of(receipt), record_ids=ids, receipt=receipt.sha256
        )
        if len(receipts) > 1:
            source = made.with_suffix(".before")
            shutil.copyfile(made, source)
    made.with_suffix(".before").unlink(missing_ok=True)
    return rows


def _states(erasure: Erasure, path: Path, receipts: list[Receipt]) -> bool:
    """Whether a file states an erased record; one that cannot be read any more is taken to."""
    ids = frozenset(erasure.record_ids)
    try:
        return any(
            intake.rows_of(
                path, mapping=mapping_named(r.mapping), delivery=delivery_of(r), record_ids=ids, receipt=r.sha256
            )
            for r in receipts
        )
    except intake.IntakeError:
        return any(receipt.state == "loaded" for receipt in receipts)


def _rows_left(erasure: Erasure, kept: str) -> bool:
    return _states(erasure, delivered(kept), list(Receipt.objects.filter(kept=kept).select_related("dataset")))


def _deliveries(erasure: Erasure) -> list[str]:
    """Name the kept files of the datasets concerned, each once."""
    return sorted(set(Receipt.objects.filter(dataset__in=erasure.datasets).values_list("kept", flat=True)))


def _whole(erasure: Erasure) -> list[str]:
    return list(erasure.datasets) if erasure.whole else []


def _sheets(erasure: Erasure) -> list[str]:
    """Name the quality sheets that go with a dataset; its receipts' rows keep the counts."""
    if not erasure.whole:
        return []
    return [
        f"receipts/{r}.json"
        for r in Receipt.objects.filter(dataset__in=erasure.datasets).values_list("sha256", flat=True)
    ]


def _approver(erasure: Erasure) -> Person:
    if erasure.decided_by is None:
        raise OutOfOrder("The erasure was not approved.")
    return erasure.decided_by


def _certificate(erasure: Erasure, purged: Mapping[str, Any], proof: Proof, at: datetime) -> dict[str, Any]:
    return {
        "erasure": erasure.pk, "ground": erasure.ground, "datasets": list(erasure.datasets), "whole": erasure.whole,
        "records": len(erasure.record_ids), "ids": chain.digest(erasure.record_ids),
        "asked_by": erasure.asked_by.username, "asked": erasure.asked.isoformat(),
        "approved_by": _approver(erasure).username, "approved": erasure.decided.isoformat() if erasure.decided else "",
        "certified": at.isoformat(), "purged": dict(purged),
        "deliveries": [
            {"old": r.old, "new": r.new, "rows": r.rows, "whole": r.whole} for r in erasure.redactions.order_by("pk")
        ],
        "proof": {"files": proof.files, "rows": proof.rows, "naming": 0},
    }  # fmt: skip
