"""Loading: a delivered file is kept, read and published, or nothing of it is."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toex import intake
from toex.picture.notes import read_note
from toex.picture.organisations import keep_organisations
from toex.picture.receipts import keep, sheet_name
from toex.picture.seat import Seat
from toex.pole import Delivery

Progressed = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one delivered file."""

    file: str
    dataset: str
    supplier: str
    snapshot: int
    rows_in: int
    rows_loaded: int
    rows_set_aside: int
    reasons: dict[str, int]
    records: dict[str, int]
    already: bool = False


def load_folder(seat: Seat, folder: Path, *, at: datetime, progress: Progressed) -> list[Loaded]:
    """Load every delivery that a folder's note names, in its order, and keep the organisations that it names."""
    deliveries = read_note(folder)
    keep_organisations(seat.home, folder)
    done = []
    for place, one in enumerate(deliveries):
        progress("Loading the deliveries", place / len(deliveries))
        done.append(load(seat, one.path, delivery=one.delivery, at=at))
    progress("Loading the deliveries", 1.0)
    index(seat, progress=progress)
    return done


def index(seat: Seat, *, progress: Progressed) -> None:
    """Make the indexes by which texts are searched, where they are missing; until then texts are read through."""
    seat.store.index(lambda share: progress("Indexing the texts", share))


def load(
    seat: Seat, path: Path, *, delivery: Delivery, at: datetime, mapping: intake.FileMapping | None = None
) -> Loaded:
    """Load one delivered file, under the ready mapping that its delivery names or the one given.

    The same file under the same mapping, loaded again, changes nothing.
    """
    mapping = mapping or intake.load_mapping(delivery.mapping)
    reading = intake.read(path, mapping=mapping, delivery=delivery)
    step = f"{delivery.dataset.name}:{reading.receipt}:{mapping.fingerprint}"
    with seat.store.writer(job="load", step=step) as writer:
        if writer.done:
            return _loaded(delivery, seat.store.snapshot.number, reading.sheet, already=True)
        writer.register(delivery.dataset)
        for batches in reading:
            writer.add(batches)
        keep(seat.home, path, reading.receipt)  # after reading: of a file that is refused no copy may stay
        sheet = {"file": delivery.file, "received": delivery.received.isoformat(), **reading.sheet.as_dict()}
        writer.keep(sheet_name(reading.receipt), json.dumps(sheet, sort_keys=True).encode())
        seat.note(
            "collection", "load", at, dataset=delivery.dataset.name, receipt=reading.receipt,
            rows=reading.sheet.rows_in, set_aside=reading.sheet.rows_set_aside,
        )  # fmt: skip
        snapshot = writer.publish(at=at)
    return _loaded(delivery, snapshot.number, reading.sheet)


def _loaded(delivery: Delivery, snapshot: int, sheet: intake.QualitySheet, *, already: bool = False) -> Loaded:
    return Loaded(
        file=delivery.file,
        dataset=delivery.dataset.name,
        supplier=delivery.dataset.supplier,
        snapshot=snapshot,
        rows_in=sheet.rows_in,
        rows_loaded=sheet.rows_loaded,
        rows_set_aside=sheet.rows_set_aside,
        reasons=dict(sheet.reasons),
        records=dict(sheet.records),
        already=already,
    )
