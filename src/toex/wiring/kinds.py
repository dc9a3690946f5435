"""What a worker can do: the kinds of job, assembled from the rooms' steps."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from toex.intake import IntakeError
from toex.picture import Act, Loaded, lay_overlays
from toex.store import Store
from toex.work.audit.actions import record
from toex.work.holdings import loading
from toex.work.holdings.models import Receipt
from toex.work.jobs.kinds import Kind, Run, Settled, StepOf
from toex.work.judgements import conflating
from toex.work.judgements.seat import MachineSeat


def kinds() -> Mapping[str, Kind]:
    """Give every kind of job by its name."""
    every = (_load(), conflating.kind(_store), _overlay())
    return {kind.name: kind for kind in every}


def _store() -> Store:
    return Store.open(Path(settings.TOEX_HOME))


@dataclass(frozen=True, slots=True)
class LoadingSeat(MachineSeat):
    """Where the loading of one receipt is done: what it notes lies in the compartment of its dataset."""

    receipt: Receipt

    def note(self, act: Act, what: str, at: datetime, **facts: str | int) -> None:
        """Write what the road did to the log."""
        held = self.receipt
        with transaction.atomic():
            record(
                act, f"holdings.{what}", by=self.by, at=at, facts=facts, grant=held.grant,
                operation=held.dataset.operation, compartment=held.dataset.compartment,
                objects=[f"holdings:receipt:{held.pk}"],
            )  # fmt: skip


def _load() -> Kind:
    """Read a received file and publish it; then write on its receipt what became of it."""

    def read(run: Run) -> Mapping[str, Any]:
        receipt, at = _receipt(run), run.clock()
        seat = LoadingSeat(_store(), run.by, at, receipt)
        try:
            loaded = loading.read_and_publish(receipt, seat=seat, at=at)
        except IntakeError as error:
            return {"refused": str(error)}
        return {"loaded": asdict(loaded), "sheet": dict(loading.sheet_of(receipt, seat=seat))}

    def settle(run: Run) -> Settled:
        receipt, found = _receipt(run), run.results["read and publish"]
        if "refused" in found:
            return Settled(write=lambda: loading.refuse(receipt, reason=found["refused"], at=run.clock()))
        loaded = Loaded(**found["loaded"])
        return Settled(write=lambda: loading.settle(receipt, loaded, at=run.clock(), sheet=found["sheet"]))

    return Kind("load", (StepOf("read and publish", read), StepOf("settle", settle)))


def _overlay() -> Kind:
    """Lay the overlays of the operations that are live, and so take away that of one that has closed."""

    def lay(run: Run) -> None:
        at = run.clock()
        lay_overlays(MachineSeat(_store(), run.by, at), at=at)

    return Kind("overlay", (StepOf("lay", lay),))


def _receipt(run: Run) -> Receipt:
    return Receipt.objects.select_related("dataset", "received_by").get(pk=run.args["receipt"])
