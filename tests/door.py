"""The command line as a user has it, in one home."""

import json
from pathlib import Path
from typing import Any

import pytest

from toex.wiring.main import main


class Toex:
    """Runs commands in a home, and reads what they say."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str] | None = None) -> None:
        self.home, self.capsys = home, capsys

    def run(self, *words: str) -> int:
        return main(["--home", str(self.home), *words])

    def said(self, *words: str) -> tuple[int, str]:
        assert self.capsys
        self.capsys.readouterr()
        code = self.run(*words)
        return code, self.capsys.readouterr().out

    def answer(self, *words: str) -> Any:
        assert self.capsys
        self.capsys.readouterr()
        main(["--home", str(self.home), "--json", *words])
        return json.loads(self.capsys.readouterr().out)
