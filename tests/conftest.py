"""What every test of the work plane shares: a unit home, its people, passwords hashed quickly, few queries an act."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as in_force
from django.test import override_settings
from pytest_django import Settings

import few_queries
from exchanged import Carried, carry
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


@pytest.fixture(scope="session")
def carried(
    tmp_path_factory: pytest.TempPathFactory, quick_passwords: None, django_db_setup: None, django_db_blocker: Any
) -> Carried:
    """What one installation made for others; its database is gone, its files are in nobody's way."""
    with django_db_blocker.unblock():
        return carry(tmp_path_factory.mktemp("first") / "unit", in_force)
