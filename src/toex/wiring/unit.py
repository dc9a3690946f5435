"""A unit home: made once, opened for Django by every door."""

import os
import secrets
from datetime import datetime
from pathlib import Path

from toex.reference import open_lists
from toex.store import Store, StoreError
from toex.wiring.places import places


def is_unit(home: Path) -> bool:
    """Say whether a home is a unit's."""
    try:
        return Store.open(home).snapshot.kind == "unit"
    except StoreError:  # none there, or one that cannot be opened: whoever opens it says why
        return False


def create_unit(home: Path, *, name: str, at: datetime, database: str = "") -> Store:
    """Make a unit home in an empty place: its store, keys, work database. HomeExists where there is one.

    `database` is a PostgreSQL address; without it the work database is SQLite in the home.
    """
    store = Store.create(home, kind="unit", user=name, at=at)
    if database:
        (home / "unit.toml").write_text(f"database = '{database}'\n", encoding="utf-8")
    home.chmod(0o700)
    keys = places(home).keys
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    (keys / "secret").touch(mode=0o600)
    (keys / "secret").write_text(secrets.token_urlsafe(50), encoding="utf-8")
    connect(home)
    migrate()
    _make_exchange_key()
    return store


def _make_exchange_key() -> None:
    """Make the key that signs this unit's bundles, beside the one of the checkpoints."""
    from toex.work.exchange.keys import own_key

    own_key()


def connect(home: Path) -> None:
    """Set Django up for a home. Where it is set up already (in tests), only the home changes."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toex.wiring.settings")
    open_lists(home.absolute() / "reference")
    if settings.configured:
        if home.absolute() != settings.TOEX_HOME:
            settings.TOEX_HOME = home.absolute()
            settings.TOEX_KEYS, settings.TOEX_CHECKPOINTS = places(home).keys, places(home).checkpoints
        return
    os.environ["TOEX_HOME"] = str(home)
    django.setup()


def migrate() -> None:
    """Bring the work database to this version's tables."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
