"""The log on PostgreSQL: entries committed by several at once, read by the verifier from outside."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from pytest_django import Settings

from people import START, System
from toex.work.audit.actions import record
from toex.work.audit.checkpoints import checkpoint
from toex.work.audit.verifying import Verdict, verify

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own"),
]


@pytest.fixture
def verdict(tmp_path: Path, settings: Settings) -> Callable[[], Verdict]:
    settings.TOEX_KEYS, settings.TOEX_CHECKPOINTS = tmp_path / "keys", tmp_path / "checkpoints"
    known = {k.lower(): v for k, v in connection.settings_dict.items() if k in {"USER", "PASSWORD", "HOST", "PORT"}}
    address = make_conninfo(dbname=connection.settings_dict["NAME"], **{k: v for k, v in known.items() if v})
    return lambda: verify(address, settings.TOEX_CHECKPOINTS, settings.TOEX_KEYS / "checkpoint.pub")


def write(times: int) -> None:
    try:
        for _ in range(times):
            record("collection", "test.note", by=System(), at=START, facts={"n": 1})
    finally:
        connection.close()


def test_several_at_once_write_one_chain(verdict: Callable[[], Verdict]) -> None:
    writers = [Thread(target=write, args=[25]) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    checkpoint(at=START)
    assert verdict() == Verdict(entries=100, checkpoints=1, signed=100, faults=())


def test_tampering_is_found(verdict: Callable[[], Verdict]) -> None:
    write(5)
    checkpoint(at=START)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE audit_entry SET operation = 'quiet' WHERE number = 2")
        cursor.execute("DELETE FROM audit_entry WHERE number = 5")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER ALL")
    assert verdict().faults == (
        "The columns of entry 2 no longer say what the entry says.",
        "The log was cut: checkpoint 5 covers entries that are no longer there.",
    )
