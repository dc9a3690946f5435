"""What a worker can do: the kinds of job, assembled from the rooms' steps."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from toex.intake import IntakeError
from toex.picture import Act, Loaded, Restated, restated
from toex.pole import domain
from toex.store import Store
from toex.work.access import sessions
from toex.work.audit.actions import record
from toex.work.citations.actions import erase_copies, tell
from toex.work.citations.queries import records_cited_of
from toex.work.exchange.actions import let_go
from toex.work.holdings import loading, purging
from toex.work.holdings.models import Erasure, Receipt
from toex.work.jobs.kinds import Kind, Run, Settled, StepOf
from toex.work.judgements import conflating
from toex.work.judgements.seat import MachineSeat
from toex.work.products import drawing_job
from toex.work.research.actions.mentions import forget_mentions


def kinds() -> Mapping[str, Kind]:
    """Give every kind of job by its name."""
    every = (_load(), conflating.kind(_store), conflating.removal(_store), _purge(), drawing_job.kind())
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
    """Read a received file and publish it; write on its receipt what became of it; tell whoever rests on what it changed."""

    def begin(_: Run) -> Mapping[str, Any]:
        return {"snapshot": _store().snapshot.number}

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

    def renew(run: Run) -> Mapping[str, Any]:
        receipt, at = _receipt(run), run.clock()
        seat = LoadingSeat(_store(), run.by, at, receipt)
        again = _brought_back(receipt, seat)
        return {"erased again": purging.renew(receipt, again, seat=seat, at=at) if again else 0}

    def inform(run: Run) -> Settled:
        found = _restated(_receipt(run), run)
        return Settled({"corrected": len(found.corrected), "regraded": len(found.regraded)}, lambda: _tell(found, run))

    steps = (
        StepOf("begin", begin), StepOf("read and publish", read), StepOf("settle", settle),
        StepOf("renew erasures", renew), StepOf("tell", inform), StepOf("index", _index),
    )  # fmt: skip
    return Kind("load", steps)


def _index(run: Run) -> None:
    """Make the indexes of texts that are missing. It tells nothing of them: others' deliveries may be among them."""
    _store().index(run.progress)


def _restated(receipt: Receipt, run: Run) -> Restated:
    """Say which records that somebody rests on a delivery stated otherwise than before, or states no more."""
    dataset = receipt.dataset
    cited = records_cited_of(dataset.name) if receipt.state == "loaded" else frozenset()
    if not cited:
        return Restated((), ())
    seat, own = MachineSeat(_store(), run.by, run.clock()), frozenset({domain(dataset.name, dataset.compartment)})
    with seat.seen(own, run.results["begin"]["snapshot"]) as before, seat.seen(own) as after:
        return restated(before, after, cited)


def _tell(found: Restated, run: Run) -> None:
    for why, records in (("corrected", found.corrected), ("regraded", found.regraded)):
        if records:
            tell(record_ids=records, why=why, by=run.by, at=run.clock())


def _brought_back(receipt: Receipt, seat: LoadingSeat) -> frozenset[str]:
    """Name the erased records that a loaded delivery brought back."""
    return purging.states_erased(receipt, seat=seat) if receipt.state == "loaded" else frozenset()


def _purge() -> Kind:
    """Rewrite the store, cut the deliveries, prove both, certify; then the sealed copies go and their owners are told."""

    def rewrite(run: Run) -> Mapping[str, Any]:
        at = run.clock()
        sessions.let_go(Path(settings.TOEX_HOME))
        return purging.told(purging.rewrite(_erasure(run), seat=MachineSeat(_store(), run.by, at), at=at))

    def redact(run: Run) -> Mapping[str, Any]:
        return {"deliveries": len(purging.redact(_erasure(run), at=run.clock()))}

    def prove(run: Run) -> Settled:
        erasure, at = _erasure(run), run.clock()
        proof = purging.prove(erasure, seat=MachineSeat(_store(), run.by, at))

        purging.certify(erasure, purged=run.results["rewrite"], proof=proof, at=at)

        def inform() -> None:
            erase_copies(record_ids=erasure.record_ids, by=run.by, at=at)
            tell(record_ids=erasure.record_ids, why="erased", by=run.by, at=at)
            gone = erasure.datasets if erasure.whole else ()
            let_go(record_ids=erasure.record_ids, datasets=gone, by=run.by, at=at)
            forget_mentions(record_ids=erasure.record_ids, by=run.by, at=at)

        return Settled(write=inform)

    return Kind(
        "purge", (StepOf("rewrite", rewrite), StepOf("redact", redact), StepOf("prove", prove), StepOf("index", _index))
    )


def _erasure(run: Run) -> Erasure:
    return Erasure.objects.select_related("asked_by", "decided_by").get(pk=run.args["erasure"])


def _receipt(run: Run) -> Receipt:
    return Receipt.objects.select_related("dataset", "received_by").get(pk=run.args["receipt"])
