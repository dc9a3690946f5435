"""One small fictional operation, loaded and conflated once, for every journey."""

from pathlib import Path

import pytest

from door import Toex
from toex.wiring.main import main


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    assert main(["synth", str(folder), "--people", "1200", "--seed", "41"]) == 0
    return folder


@pytest.fixture(scope="session")
def loaded(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("homes") / "home"
    assert main(["--home", str(home), "load", str(world / "week1")]) == 0
    assert main(["--home", str(home), "conflate"]) == 0
    return home


@pytest.fixture
def toex(loaded: Path, capsys: pytest.CaptureFixture[str]) -> Toex:
    return Toex(loaded, capsys)
