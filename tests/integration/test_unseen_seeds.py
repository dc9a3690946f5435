"""Worlds that nobody looked at while building: what is found there, with false alarms counted and printed."""

from pathlib import Path

import pytest

from door import Toex

SEEDS = (70_001, 70_002, 70_003)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_the_planted_networks_and_the_people_at_risk_are_found(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, toex = tmp_path / "world", Toex(tmp_path / "home", capsys)
    assert toex.run("synth", str(world), "--people", "20000", "--seed", str(seed)) == 0
    assert toex.run("load", str(world / "week1")) == 0
    assert toex.run("load", str(world / "week2")) == 0
    assert toex.run("conflate") == 0
    words = ("evaluate", str(world / "truth"), "--request", str(world / "request.toml"))
    _, said = toex.said(*words)
    with capsys.disabled():
        print(f"\nseed {seed}\n{said}")
    scored = toex.answer(*words)["answer"]
    found = [n for n in scored["networks"] if n["held"] / max(n["people"], 1) >= 0.5]
    assert scored["conflation"]["ties"]["precision"] >= 0.995
    assert len(found) >= len(scored["networks"]) - 1
    assert scored["at_risk_found"] / scored["at_risk"] >= 0.7
    assert scored["false_alarms"] <= scored["reviewed"] * 0.6
