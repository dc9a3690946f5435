"""Files that are made to harm: each is refused in plain words or read without harm, within a gigabyte and a minute."""

import socket
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.hostile import Hostile, hostile
from toex.intake import IntakeError, Limits, load_mapping, read, sheets
from toex.pole import Dataset, Delivery

DELIVERY = Delivery(Dataset("wyp-sent", "13"), "", datetime(2026, 11, 2, tzinfo=UTC), "as sent")
SMALL = 64 << 20  # bytes that may be unpacked: the bombs of the default suite are 80 MB
NAMES = [one.name for one in hostile(1 << 20)]
SLIPPED = Path("/tmp/toex-slip.txt")


@cache
def files(size: int) -> dict[str, Hostile]:
    return {one.name: one for one in hostile(size)}


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands of the processes that are begun to read."""
    commands, begin = list[list[str]](), subprocess.Popen

    def told(command: list[str], **said: Any) -> Any:
        commands.append(command)
        return begin(command, **said)

    monkeypatch.setattr(sheets.subprocess, "Popen", told)
    return commands


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection is opened from here; the child has no other way out than this machine's own."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def opened(one: Hostile, folder: Path, limits: Limits) -> str:
    """Read a file to its end; give why it was refused, if it was."""
    path = folder / one.name
    path.write_bytes(one.data)
    try:
        reading = read(path, mapping=load_mapping(one.mapping), delivery=DELIVERY, limits=limits)
        for _ in reading:
            pass
    except IntakeError as refusal:
        return str(refusal)
    assert reading.sheet.conserved
    return ""


def contained(one: Hostile, folder: Path, limits: Limits, begun: list[list[str]]) -> None:
    why = opened(one, folder, limits)
    readers = [command[-3:] for command in begun if "toex.parsers" in command]
    for memory, seconds, _ in (map(int, numbers) for numbers in readers):  # the child binds itself to them first of all
        assert memory <= (1 << 30) + 24 * len(one.data)
        assert seconds <= 60 + 3 * (len(one.data) >> 20)
    assert bool(why) == one.refused, why
    assert not SLIPPED.exists()
    assert "root:" not in why, "a refusal holds nothing of the machine"


def test_there_are_forty_hostile_files_and_more() -> None:
    assert len(set(NAMES)) == len(NAMES) >= 40


def test_what_a_file_may_use_grows_by_what_was_really_sent_alone() -> None:
    assert Limits.of(0) == Limits(memory=1 << 30, processor=60, wall=60, unpacked=512 << 20)
    assert Limits.of(1 << 20).unpacked == (512 + 40) << 20
    assert Limits.of(10 << 30).memory == 4 << 30


@pytest.mark.usefixtures("cut_off")
@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_file_is_refused_or_read_without_harm(name: str, tmp_path: Path, begun: list[list[str]]) -> None:
    contained(files(80 << 20)[name], tmp_path, Limits(unpacked=SMALL), begun)


@pytest.mark.slow
@pytest.mark.usefixtures("cut_off")
@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_of_seven_hundred_megabytes_is_contained_by_the_limits_that_hold(
    name: str, tmp_path: Path, begun: list[list[str]]
) -> None:
    one = files(700 << 20)[name]
    contained(one, tmp_path, Limits.of(len(one.data)), begun)


def test_after_all_of_them_a_plain_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("Nominal Ref,Surname\nN1,KESTRELBY\n")
    reading = read(path, mapping=load_mapping("nominals"), delivery=DELIVERY)
    assert sum(batches["person"].num_rows for batches in reading) == 1
