"""The API as a force's own program has it: a process that listens, a token, nothing else."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from acceptance.unit.conftest import Unit
from acceptance.unit.test_permitted_picture import a_number


def _free() -> str:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def served(unit_home: Unit) -> Iterator[str]:
    """Serve a unit for one test; give its address."""
    address = _free()
    command = [sys.executable, "-c", "from toex.wiring.main import main; raise SystemExit(main())"]
    its_own = {name: value for name, value in os.environ.items() if name != "TOEX_DATABASE"}
    running = subprocess.Popen([*command, "--home", str(unit_home.home), "serve", "--address", address], env=its_own)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(tuple(address.split(":")), timeout=1).close()  # type: ignore[arg-type]
            break
        except OSError:
            time.sleep(0.2)
    yield address
    running.terminate()
    running.wait(30)


def ask(address: str, path: str, token: str = "", body: Any = None) -> tuple[int, Any]:
    said = {"Authorization": f"Bearer {token}"} if token else {}
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(
        f"http://{address}/api/v1{path}", data=data, headers={**said, "Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read())


def test_a_program_finds_under_its_token_until_the_grant_ends(served: str, unit_home: Unit) -> None:
    number = a_number(unit_home.home)
    [grant] = unit_home.grants("lena")
    token = unit_home.answer("grants", "token", str(grant), "--label", "chart", by="lena")["token"]
    assert ask(served, "/me", token)[1]["username"] == "lena"
    assert ask(served, "/search/find", token, {"text": number})[1]["found"] > 0
    assert ask(served, "/search/find", "", {"text": number})[0] == 401
    [operation] = unit_home.answer("operations", "list", by="ruth")
    assert unit_home.run("operations", "close", operation, "--reason", "Done.", by="ruth").returncode == 0
    status, told = ask(served, "/search/find", token, {"text": number})
    assert status in (401, 403)
    assert number not in str(told)


def test_the_described_door_is_the_door(served: str) -> None:
    status, spec = ask(served, "/openapi.json")
    assert status == 200
    for path, methods in spec["paths"].items():
        for method, one in methods.items():
            assert {"200", "201", "202"} & set(one["responses"]), (path, method)
            assert "401" in one["responses"]


def test_nothing_is_written_beside_the_home_by_serving(served: str, unit_home: Unit) -> None:
    assert ask(served, "/openapi.json")[0] == 200
    assert not (Path.home() / ".gunicorn").exists() or not list((Path.home() / ".gunicorn").glob("*.ctl"))
