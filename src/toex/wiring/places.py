"""Where a unit home keeps what lies outside it: database, keys, checkpoints. Told by the environment, else by `unit.toml`."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one home. `database` is a PostgreSQL address, or empty: then it is SQLite in the home."""

    home: Path
    database: str
    keys: Path
    checkpoints: Path
    hosts: str

    @property
    def work_database(self) -> str | Path:
        """The work database, as the log's verifier takes it."""
        return self.database or self.home / "work.sqlite3"


def places(home: Path) -> Places:
    """Read the places of a home: TOEX_DATABASE, TOEX_KEYS, TOEX_CHECKPOINTS, TOEX_HOSTS, else what its file says.

    Keys and checkpoints lie beside the home unless told otherwise: never within what they protect.
    """
    whole = home.absolute()
    own = whole / "unit.toml"
    said = tomllib.loads(own.read_text(encoding="utf-8")) if own.exists() else {}

    def told(name: str, otherwise: str) -> str:
        return os.environ.get(f"TOEX_{name.upper()}") or str(said.get(name, otherwise))

    return Places(
        home=whole,
        database=told("database", ""),
        keys=Path(told("keys", str(whole.with_name(f"{whole.name}.keys")))),
        checkpoints=Path(told("checkpoints", str(whole.with_name(f"{whole.name}.checkpoints")))),
        hosts=told("hosts", "localhost,127.0.0.1,[::1],testserver"),
    )
