"""Registering datasets and receiving files: what is held, on what basis, and proof that it came."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from toex.store import keep_file
from toex.work.audit.actions import one_act, record
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.holdings.models import Amendment, Dataset, Receipt
from toex.work.holdings.policies import (
    Registration,
    check_known,
    check_not_registrar,
    check_receivable,
    check_registration,
    check_said,
    is_quarantined,
)  # fmt: skip
from toex.work.jobs.actions import enqueue
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import check_may

_FIXED = frozenset({"name", "supplier", "binding", "operation", "kind", "compartment"})


def register(
    *, name: str, title: str, supplier: Organisation, lawful_basis: str, agreement: str, marking: str,
    retention_group: str, review_date: date | None, by: Person, at: datetime, binding: str = "standing",
    operation: str = "", kind: str = "", authority: str = "", expiry: date | None = None, policy_document: str = "",
    details: Mapping[str, str] | None = None, pnd_state: str = "due", pnd_why: str = "", compartment: str = "",
    compartments: Collection[str] = (),
) -> Dataset:  # fmt: skip
    """Register a dataset before anything of it is received (mission row 9; DPA 2018 s.61).

    `details` are what its kind requires (reference lists "dataset_kinds" and "dataset_facts"); `compartments` are those
    that the person reads. NotAllowed for data that is not held here at all, NotThere for a compartment that they do not
    read, Incomplete with every field that lacks something, OutOfOrder where the name was used before.
    """
    check_may(by, "register a dataset", at)
    check_known(compartment, compartments)
    said = Registration(
        name, title, supplier.code, lawful_basis, agreement, marking, retention_group, review_date, binding, operation,
        kind or "other", authority, expiry, policy_document, dict(details or {}), pnd_state, pnd_why, compartment,
    )  # fmt: skip
    check_registration(said, on=at.date())
    if Dataset.objects.filter(name=name).exists():
        raise OutOfOrder("A dataset of that name is registered, or was: a name is used once.")
    with transaction.atomic():
        made = Dataset.objects.create(**_columns(said), registered_by=by.username, registered=at)
        _keep_version(made, said, by=by, at=at, reason="registered")
        _record(made, "collection", "holdings.register", by=by, at=at)
    return made


def amend(*, dataset: Dataset, changes: Mapping[str, Any], reason: str, by: Person, at: datetime) -> Dataset:
    """Change a registration from now on; how it stood before stays as a dated version.

    Whose data it is, its kind and what it is bound to are not changed: that is another dataset.
    """
    check_may(by, "register a dataset", at)
    check_said(reason=reason)
    wrong = set(changes) & _FIXED | set(changes) - {one.name for one in fields(Registration)}
    if wrong:
        raise NotAllowed(f"Not changed by an amendment: {', '.join(sorted(wrong))}. Register another dataset instead.")
    with transaction.atomic():
        held = _held(dataset)
        if held.closed or held.disposed:
            raise OutOfOrder("The dataset is closed, so its registration stands as it is.")
        said = replace(said_of(held), **changes)
        if is_quarantined(held) and said.details.get("privilege") != "quarantined":
            check_may(by, "release privileged material", at)
            check_not_registrar(held, by)
        check_registration(said, on=at.date())
        for name, value in _columns(said).items():
            setattr(held, name, value)
        held.version += 1
        held.save()
        _keep_version(held, said, by=by, at=at, reason=reason)
        _record(held, "alteration", "holdings.amend", by=by, at=at, reason=reason)
    return held


def close(*, dataset: Dataset, reason: str, by: Person, at: datetime) -> Dataset:
    """Close a dataset: nothing more is received, and nobody reads it from now on. What is held waits for its disposal."""
    check_may(by, "register a dataset", at)
    check_said(reason=reason)
    with transaction.atomic():
        held = _held(dataset)
        if held.closed:
            raise OutOfOrder("The dataset is closed already.")
        held.closed = at
        held.save(update_fields=["closed"])
        _record(held, "alteration", "holdings.close", by=by, at=at, reason=reason)
    return held


def receive_file(
    *, dataset: Dataset, path: Path, mapping: str, by: Person, at: datetime, grant: int | None = None, file: str = "",
    compartments: Collection[str] = (),
) -> Receipt:  # fmt: skip
    """Keep a delivered file under its SHA-256, give its receipt, and queue its loading (mission row 9, rule 9).

    The same file again, under the same mapping, gives the receipt that it has: nothing is queued twice, and `received`
    tells when it came. `file` is its name where `path` is a temporary one. NotThere where the dataset lies in a
    compartment that the person does not read (`compartments`), OutOfOrder after the authority's last day, where the
    dataset is closed, and for a file out of which records were erased.
    """
    check_may(by, "load", at)
    check_known(dataset.compartment, compartments)
    check_receivable(dataset, at.date())
    known = hashed(path)
    everywhere = list(Receipt.objects.filter(sha256=known).order_by("pk"))
    _check_not_redacted(everywhere)
    before = [one for one in everywhere if one.dataset_id == dataset.pk]
    if any(one.state == "disposed" for one in before):
        raise OutOfOrder("This very file was disposed of, so it is not received again.")
    again = next((one for one in before if one.mapping == mapping), None)
    if again:
        return again
    keep_file(path, delivered(known))  # before the transaction: a receipt never stands for a file that is not there
    with one_act():
        receipt, fresh = Receipt.objects.get_or_create(
            dataset=dataset, sha256=known, mapping=mapping,
            defaults={
                "kept": known, "file": file or path.name, "size": path.stat().st_size, "received": at, "received_by": by,
                "grant": grant,
            },
        )  # fmt: skip
        if not fresh:
            return receipt
        job = enqueue(
            kind="load", args={"receipt": receipt.pk}, by=by, at=at, title=f"Load a file of {dataset.name}",
            grant=grant, operation=dataset.operation, compartment=dataset.compartment,
        )  # fmt: skip
        receipt.job = job.pk
        receipt.save(update_fields=["job"])
        record(
            "collection", "holdings.receive_file", by=by, at=at, grant=grant, operation=dataset.operation,
            compartment=dataset.compartment, facts={"sha256": known, "bytes": receipt.size},
            objects=[f"holdings:receipt:{receipt.pk}", f"holdings:dataset:{dataset.name}"],
        )  # fmt: skip
    return receipt


def dispose_delivery(*, receipt: Receipt, reason: str, by: Person, at: datetime) -> Receipt:
    """Dispose of the file of a refused delivery: a recorded disposal is the one way in which a delivery goes (rule 9)."""
    check_may(by, "approve an erasure", at)
    check_said(reason=reason)
    with transaction.atomic():
        held = Receipt.objects.select_related("dataset").get(pk=receipt.pk)
        if held.state != "refused":
            raise OutOfOrder("Only a delivery that was refused is disposed of so; records are erased with their proof.")
        held.state, held.reason, held.settled = "disposed", reason, at
        held.save(update_fields=["state", "reason", "settled"])
        objects = [f"holdings:receipt:{held.pk}"]
        record(
            "erasure", "holdings.dispose_delivery", by=by, at=at, objects=objects, reason=reason,
            facts={"sha256": held.sha256}, operation=held.dataset.operation, compartment=held.dataset.compartment,
        )  # fmt: skip
    if not Receipt.objects.filter(kept=held.kept).exclude(state="disposed").exists():
        delivered(held.kept).unlink(missing_ok=True)
    return held


def said_of(dataset: Dataset) -> Registration:
    """Give a registration as it stands."""
    values = {one.name: getattr(dataset, one.name) for one in fields(Registration) if one.name != "supplier"}
    return Registration(supplier=dataset.supplier_id, **values)


def delivered(name: str) -> Path:
    """Give the path at which a delivered file is kept."""
    return Path(settings.TOEX_HOME) / "deliveries" / name


def hashed(path: Path) -> str:
    """Give a file's SHA-256; Incomplete where it is empty or cannot be opened."""
    try:
        with path.open("rb") as stream:
            known = hashlib.file_digest(stream, "sha256").hexdigest()
            if not stream.tell():
                raise Incomplete("The file is empty.", {"path": "empty"})
    except OSError:
        raise Incomplete("The file cannot be opened.", {"path": "cannot be opened"}) from None
    return known


def _held(dataset: Dataset) -> Dataset:
    held = Dataset.objects.select_for_update().filter(pk=dataset.pk).first()
    if held is None:
        raise NotThere("There is no dataset of that name.")
    return held


def _columns(said: Registration) -> dict[str, Any]:
    values = {one.name: getattr(said, one.name) for one in fields(Registration) if one.name != "supplier"}
    return {**values, "supplier_id": said.supplier}


def _keep_version(dataset: Dataset, said: Registration, *, by: Person, at: datetime, reason: str) -> None:
    Amendment.objects.create(
        dataset=dataset, version=dataset.version, facts=said.as_json(), reason=reason, by=by.username, at=at
    )


def _check_not_redacted(receipts: Sequence[Receipt]) -> None:
    if any(one.kept != one.sha256 for one in receipts):
        raise OutOfOrder(
            "Records were erased out of this very file, so it is not received again; its certificate says so."
        )


def _record(dataset: Dataset, act: Any, what: str, *, by: Person, at: datetime, reason: str = "") -> None:
    record(
        act, what, by=by, at=at, objects=[f"holdings:dataset:{dataset.name}"], facts={"version": dataset.version},
        operation=dataset.operation, compartment=dataset.compartment, reason=reason,
    )  # fmt: skip
