"""Signed checkpoints: what makes a cut tail or a log that was hashed anew stand out (a chain alone cannot).

Each is written to a folder outside the home, and told to the database too, so that a removed file is noticed.
"""

from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction

from toex.picture import chain
from toex.store import put
from toex.work.audit.actions import LOCK
from toex.work.audit.models import Checkpoint, Entry
from toex.work.audit.signing import Statement, make_key, public_of, signed, signing_key
from toex.work.errors import NotThere

EVERY = 1000  # entries
OFTEN = timedelta(minutes=10)


def due(*, at: datetime) -> bool:
    """Say whether a checkpoint should be signed: a thousand entries since the last, or one and ten minutes."""
    last = Checkpoint.objects.order_by("-number").first()
    fresh = Entry.objects.filter(number__gt=last.number if last else 0).order_by("number")
    first = fresh.first()
    if first is None:
        return False
    return at - (last.at if last else first.at) >= OFTEN or fresh[EVERY - 1 : EVERY].exists()


def checkpoint(*, at: datetime) -> Path | None:
    """Sign how far the log has come and give the file; None where nothing was added since the last.

    The key is made on first use. NotThere where checkpoints exist and their key is gone: with a new one the old could
    no longer be checked.
    """
    key = _key(settings.TOEX_KEYS / "checkpoint.key")
    made = _make(at, key)
    last = made or Checkpoint.objects.order_by("-number").first()
    if last and not _file(last).exists():  # also where a worker was killed between the row and its file
        put(_file(last), last.text.encode())
    return _file(made) if made else None


def _make(at: datetime, key: Ed25519PrivateKey) -> Checkpoint | None:
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = Checkpoint.objects.order_by("-number").first()
        newest = Entry.objects.order_by("-number").first()
        if newest is None or (last and last.number >= newest.number):
            return None
        statement = Statement(newest.number, newest.hash, at.isoformat(), last.digest if last else chain.FIRST)
        text = signed(statement, key)
        return Checkpoint.objects.create(number=newest.number, at=at, text=text, digest=chain.hashed(text))


def _file(made: Checkpoint) -> Path:
    folder: Path = settings.TOEX_CHECKPOINTS
    return folder / f"{made.number}.json"


def _key(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        if Checkpoint.objects.exists():
            raise NotThere("The key that signs checkpoints is gone: bring it back from its copy.")
        make_key(path)
    key = signing_key(path)
    if not path.with_suffix(".pub").exists():
        put(path.with_suffix(".pub"), public_of(key))
    return key
