"""What every test of the work plane shares: a unit home, its people, passwords hashed quickly, few queries an act."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import Settings

import few_queries
from people import furnish_people, make_unit_store
from toex.work.staff.models import Person

few_queries.watch()  # before any test imports an act by its name


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Hashing seventeen passwords a test as in earnest takes most of its time and shows nothing."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def real_passwords(settings: Settings) -> None:
    """Hash as in earnest, where passwords are what a test is about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


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
