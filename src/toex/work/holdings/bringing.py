"""Files brought to the desk and not yet handed in: kept apart and private until they are received, refused or given up."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.db import transaction

from toex.work.audit.actions import record
from toex.work.errors import NotThere, OutOfOrder
from toex.work.holdings.actions import hashed, receive_file
from toex.work.holdings.models import Dataset, Receipt, Upload
from toex.work.holdings.policies import MOST_WAITING, check_known, check_receivable, check_size
from toex.work.staff.models import Person
from toex.work.staff.policies import check_may

NO_UPLOAD = "There is no such file waiting at this desk."
_LIES = timedelta(days=7)
_HEAD = 4 << 20  # bytes: of a large file its beginning is looked at while its columns are chosen
_ZIP = b"PK\x03\x04"


def bring(
    *, dataset: Dataset, path: Path, file: str, by: Person, at: datetime, grant: int,
    compartments: frozenset[str] = frozenset(),
) -> Upload:  # fmt: skip
    """Keep a file apart for whoever brought it, to be looked at; nothing of it is received yet.

    NotThere outside the dataset's compartment, OutOfOrder where nothing more is received of it or too much lies
    waiting, Incomplete for a file that is empty or too large. What lay for a week is given up.
    """
    check_may(by, "load", at)
    check_known(dataset.compartment, compartments)
    check_receivable(dataset, at.date())
    check_size(path.stat().st_size)
    known = hashed(path)
    if _left_waiting(by=by, at=at) >= MOST_WAITING:
        raise OutOfOrder("Too many files wait at your desk: receive them or give them up first.")
    kept = _copied(path)  # before the transaction: a large file takes its time
    with transaction.atomic():
        made = Upload.objects.create(
            dataset=dataset, file=file[:255], size=path.stat().st_size, sha256=known, grant=grant, by=by, at=at
        )
        kept.rename(brought(made))
        _record(made, "holdings.bring", by=by, at=at)
    _keep_head(made)
    return made


def hand_in(
    *, upload: Upload, mapping: str, by: Person, at: datetime, compartments: frozenset[str] = frozenset()
) -> Receipt:
    """Receive a file that was brought, under a mapping; its place apart is emptied. By every rule of `receive_file`."""
    _check_waits(upload, by)
    receipt = receive_file(  # a transaction of its own; after a crash between the two the same receipt is given again
        dataset=upload.dataset, path=brought(upload), mapping=mapping, by=by, at=at, grant=upload.grant,
        file=upload.file, compartments=compartments,
    )  # fmt: skip
    with transaction.atomic():
        upload.state, upload.ended, upload.receipt = "received", at, receipt
        upload.save(update_fields=["state", "ended", "receipt"])
        _record(upload, "holdings.hand_in", by=by, at=at)
    _empty(upload)
    return receipt


def give_up(*, upload: Upload, by: Person, at: datetime) -> Upload:
    """Give up a file that was brought: it was never received, and nothing of it stays but that it was here."""
    _check_waits(upload, by)
    return _ended(upload, "given_up", "", by=by, at=at)


def turn_away(*, upload: Upload, reason: str, by: Person, at: datetime) -> Upload:
    """Turn a file away that intake cannot or may not read; `reason` is intake's own, which holds no value out of it."""
    _check_waits(upload, by)
    return _ended(upload, "refused", reason, by=by, at=at)


def waiting(person: Person, grant: int) -> list[Upload]:
    """List the files that somebody brought under a grant and has not handed in, the oldest first."""
    found = Upload.objects.filter(by=person, grant=grant, state="waiting").select_related("dataset", "by")
    return list(found.order_by("at", "pk"))


def upload_for(person: Person, grant: int, number: int) -> Upload:
    """Give a file to whoever brought it, under the grant by which they did; NotThere for everybody else."""
    found = Upload.objects.filter(pk=number, by=person, grant=grant).select_related("dataset", "by").first()
    if found is None:
        raise NotThere(NO_UPLOAD)
    return found


def brought(upload: Upload) -> Path:
    """Give the path at which a file that was brought is kept."""
    return _place() / str(upload.pk)


def to_look_at(upload: Upload) -> tuple[Path, bool]:
    """Give the path of what is looked at while columns are chosen, and whether that is only the file's beginning."""
    head = _place() / f"{upload.pk}.head"
    return (head, True) if head.exists() else (brought(upload), False)


def _place() -> Path:
    return Path(settings.TOEX_HOME) / "brought"


def _copied(path: Path) -> Path:
    place = _place()
    place.mkdir(mode=0o700, exist_ok=True)
    with NamedTemporaryFile(dir=place, prefix=".", delete=False) as kept, path.open("rb") as stream:  # mode 0600
        shutil.copyfileobj(stream, kept)
    return Path(kept.name)


def _keep_head(upload: Upload) -> None:
    if upload.size <= _HEAD:
        return
    with brought(upload).open("rb") as stream:
        start = stream.read(_HEAD)
    if start.startswith(_ZIP):
        return
    whole = start.rfind(b"\n") + 1 if b"\0" not in start else 0
    head = _place() / f"{upload.pk}.head"
    head.write_bytes(start[: whole or len(start)])
    head.chmod(0o600)


def _empty(upload: Upload) -> None:
    for name in (str(upload.pk), f"{upload.pk}.head"):
        (_place() / name).unlink(missing_ok=True)


def _check_waits(upload: Upload, by: Person) -> None:
    if upload.by_id != by.pk:
        raise NotThere(NO_UPLOAD)
    if upload.state != "waiting":
        raise OutOfOrder("The file does not wait any more: it was received, refused or given up.")


def _ended(upload: Upload, state: str, reason: str, *, by: Person, at: datetime) -> Upload:
    with transaction.atomic():
        upload.state, upload.reason, upload.ended = state, reason, at
        upload.save(update_fields=["state", "reason", "ended"])
        _record(upload, f"holdings.{state}", by=by, at=at)
    _empty(upload)
    return upload


def _left_waiting(*, by: Person, at: datetime) -> int:
    """Count what waits for somebody, after two of those that they left lying were given up."""
    held = list(Upload.objects.filter(by=by, state="waiting").select_related("dataset").order_by("at"))
    left = [one for one in held if one.at < at - _LIES][:2]
    for one in left:
        _ended(one, "given_up", "", by=by, at=at)
    return len(held) - len(left)


def _record(upload: Upload, what: str, *, by: Person, at: datetime) -> None:
    dataset = upload.dataset
    record(
        "collection", what, by=by, at=at, grant=upload.grant, operation=dataset.operation, compartment=dataset.compartment,
        facts={"sha256": upload.sha256, "bytes": upload.size},
        objects=[f"holdings:upload:{upload.pk}", f"holdings:dataset:{dataset.name}"],
    )  # fmt: skip
