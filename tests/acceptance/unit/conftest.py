"""Two kinds of journey: through the rooms with the brochure's people, and on the command line of a whole fictional unit."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from toex.cli.unit.larkmere import LOG_IN


@dataclass
class Unit:
    """A unit home as people have it: each command is a process of its own, run as somebody."""

    home: Path

    def run(self, *words: str, by: str = "", grant: int | None = None) -> subprocess.CompletedProcess[str]:
        who = [*(("--as", by) if by else ()), *(("--grant", str(grant)) if grant else ())]
        command = [sys.executable, "-c", "from toex.wiring.main import main; raise SystemExit(main())"]
        kept = {k: v for k, v in os.environ.items() if k != "TOEX_DATABASE"}
        return subprocess.run(
            [*command, "--home", str(self.home), *who, *words],
            capture_output=True, text=True, check=False, env={**kept, "TOEX_PASSWORD": LOG_IN},
        )  # fmt: skip

    def answer(self, *words: str, by: str, grant: int | None = None) -> Any:
        done = self.run("--json", *words, by=by, grant=grant)
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout)["answer"]

    def grants(self, by: str) -> list[int]:
        return list(self.answer("grants", "list", by=by)["yours"])


@pytest.fixture(scope="session")
def made_unit(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("units") / "unit"
    done = Unit(home).run("unit-demo", str(world))
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def unit_home(made_unit: Path, tmp_path: Path) -> Unit:
    """A copy, since what one journey closes another needs open."""
    for name in ("", ".keys", ".checkpoints"):
        shutil.copytree(made_unit.with_name(f"unit{name}"), tmp_path / f"unit{name}")
    return Unit(tmp_path / "unit")
