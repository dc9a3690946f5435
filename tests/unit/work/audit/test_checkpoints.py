from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from people import START, System
from toex.work.audit.actions import record
from toex.work.audit.checkpoints import EVERY, OFTEN, checkpoint, due
from toex.work.audit.models import Checkpoint, Entry
from toex.work.errors import NotThere


def note(times: int = 1) -> None:
    for _ in range(times):
        record("collection", "test.note", by=System(), at=START)


def test_nothing_is_signed_where_nothing_was_added(unit: Path) -> None:
    assert checkpoint(at=START) is None
    note()
    first = checkpoint(at=START)
    assert first
    assert first.exists()
    assert checkpoint(at=START + OFTEN) is None
    assert [p.name for p in first.parent.iterdir()] == ["1.json"]


def test_a_checkpoint_lies_outside_the_home_and_its_key_is_its_owners_alone(unit: Path, settings: Settings) -> None:
    note()
    made = checkpoint(at=START)
    assert made
    assert not made.is_relative_to(unit)
    key: Path = settings.TOEX_KEYS / "checkpoint.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert not key.is_relative_to(unit)


def test_one_is_due_after_a_thousand_entries_or_ten_minutes_after_the_last(unit: Path) -> None:
    assert not due(at=START + OFTEN)
    note()
    assert not due(at=START)
    assert due(at=START + OFTEN)
    note(EVERY - 2)
    assert not due(at=START)
    note()
    assert due(at=START)
    checkpoint(at=START)
    assert not due(at=START + OFTEN)
    note()
    assert not due(at=START + OFTEN - timedelta(seconds=1))
    assert due(at=START + OFTEN)


def test_a_kill_between_the_row_and_its_file_is_made_good_by_the_next_call(unit: Path) -> None:
    note()
    made = checkpoint(at=START)
    assert made
    text = made.read_text(encoding="utf-8")
    made.unlink()
    assert checkpoint(at=START) is None
    assert made.read_text(encoding="utf-8") == text


def test_no_new_key_is_made_while_checkpoints_of_the_old_one_exist(unit: Path, settings: Settings) -> None:
    note()
    checkpoint(at=START)
    (settings.TOEX_KEYS / "checkpoint.key").unlink()
    note()
    with pytest.raises(NotThere):
        checkpoint(at=START)


@pytest.mark.parametrize("table", ["audit_entry", "audit_checkpoint"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET number = 7", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_the_log_or_take_from_it(unit: Path, table: str, statement: str) -> None:
    note()
    checkpoint(at=START)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert Entry.objects.count() == 1
    assert Checkpoint.objects.get().number == 1
