"""The command line of a unit home, run as one of its people within the test's own process."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from people import PASSWORD, START, furnish_people, make_unit_store
from rows import person
from seats import stock
from toex.wiring.main import main
from toex.work.access.models import Grant
from toex.work.operations.actions import open_compartment
from toex.work.staff.models import Person
from unit_work import DAY, adopted, dataset, operation_grant

NOW = START + 10 * DAY
A = person("A", dataset="13-nominals", supplier="13", subject=16, name="Bill Hoxley", surname="Hoxley", receipt="r")
SECRET = person("S", dataset="13-nominals", supplier="13", compartment="kestrel", subject=16)


class Stopped(datetime):
    """A clock that stands at the test's moment."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return NOW


@dataclass
class Unit:
    """Runs commands as somebody; gives the exit code and all that was said."""

    home: Path
    people: dict[str, Person]
    grant: Grant
    hidden: Grant  # of an operation in compartment kestrel
    capsys: pytest.CaptureFixture[str]

    def run(self, who: str, *words: str, grant: int | None = None) -> tuple[int, str]:
        self.capsys.readouterr()
        under = ["--grant", str(grant)] if grant is not None else []
        code = main(["--home", str(self.home), "--as", who, *under, *words])
        told = self.capsys.readouterr()
        return code, told.out + told.err


@pytest.fixture
def unit_line(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], db: None
) -> Unit:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    home = tmp_path / "unit"
    settings.TOEX_HOME = home
    settings.TOEX_KEYS, settings.TOEX_CHECKPOINTS = tmp_path / "unit.keys", tmp_path / "unit.checkpoints"
    make_unit_store(home)
    for module in ("toex.wiring.door", "toex.cli.desk"):
        monkeypatch.setattr(f"{module}.datetime", Stopped)
    monkeypatch.setenv("TOEX_PASSWORD", PASSWORD)
    people = furnish_people()
    stock(home, {"person": [A, SECRET]})
    grant = operation_grant(people, adopted(people, ["analyst", "researcher"], ["13-nominals"]))
    open_compartment(code="kestrel", corruption=True, by=people["manager"], at=START, reason="Prison staff")
    kite = adopted(people, ["developer"], ["13-nominals"], name="Operation Kite", number=2, compartment="kestrel")
    dataset("debrief", compartment="kestrel")
    dataset("handset-7", operation="larkmere")
    return Unit(home, people, grant, operation_grant(people, kite), capsys)
