"""A unit home and its people, for every room of work."""

from pathlib import Path

import pytest
from pytest_django import Settings

from people import furnish_people, make_unit_store
from toex.work.staff.models import Person


@pytest.fixture
def unit(tmp_path: Path, settings: Settings, db: None) -> Path:
    home = tmp_path / "unit"
    make_unit_store(home)
    settings.TOEX_HOME = home
    settings.TOEX_KEYS = tmp_path / "unit.keys"
    settings.TOEX_CHECKPOINTS = tmp_path / "unit.checkpoints"
    return home


@pytest.fixture
def people(unit: Path) -> dict[str, Person]:
    return furnish_people()
