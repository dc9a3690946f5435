"""A fictional unit served as people have it, and a real Chromium before it: no request may leave the machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from toex.cli.unit.larkmere import LOG_IN
from toex.wiring.main import main

CHROMIUM = "/usr/bin/chromium"
ROOT = Path(__file__).parents[2]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# --disable-3d-apis: an old virtual desktop draws without GPU and WebGL; the rest keeps the browser from calling out
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Workbench:
    """The served unit: people come in, each with a browser of their own."""

    address: str
    home: Path
    files: Path
    chromium: Browser
    seen: list[str] = field(default_factory=list)  # every address that was asked for
    faults: list[str] = field(default_factory=list)  # what the pages' scripts complained of
    open: list[BrowserContext] = field(default_factory=list)

    def of(self, who: str, *, scheme: str = "light", width: int = 1440) -> Page:
        """Let somebody log in; without a name nobody does."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, base_url=f"http://{self.address}"
        )  # type: ignore[arg-type]
        self.open.append(context)
        context.set_default_timeout(20_000)
        context.on("request", self._asked)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        if who:
            page.goto("/log-in")
            page.get_by_label("Log-in name").fill(who)
            page.get_by_label("Password").fill(LOG_IN)
            page.get_by_role("button", name="Log in").click()
            page.get_by_role("heading", name="My work").wait_for()
        return page

    def _asked(self, request: Request) -> None:
        self.seen.append(request.url)

    def strangers(self) -> list[str]:
        """Give every request that left the machine."""
        own = urlsplit(f"http://{self.address}").netloc
        return [url for url in self.seen if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != own]


def axe(page: Page, *rules: str) -> list[str]:
    """Ask axe what is seriously or critically wrong with a page for people who cannot see or point, by some rules or all."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: Any = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", list(rules) or TAGS
    )
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]} … {one['nodes'][0].get('failureSummary', '')[:300]}"
        for one in found["violations"] if one["impact"] in ("serious", "critical")
    ]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is missing: make e2e installs Debian's.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    assert main(["synth", str(folder), "--people", "1200", "--seed", "41"]) == 0
    return folder


def toex(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from toex.wiring.main import main; raise SystemExit(main())", "--home", str(home)]
    return subprocess.run([*command, *words], capture_output=True, text=True, check=False, env=_environment())


def _environment() -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if k != "TOEX_DATABASE"}, "TOEX_PASSWORD": LOG_IN}


@pytest.fixture(scope="session")
def workbench(files: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Workbench]:
    home = tmp_path_factory.mktemp("units") / "unit"
    done = toex(home, "unit-demo", str(files))
    assert done.returncode == 0, done.stderr
    with serving(home) as address:
        yield Workbench(address, home, files, chromium)


class serving:  # noqa: N801 -- reads as the verb it is
    """Serve a home on a free port, a worker beside it, until the block is left."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __enter__(self) -> str:
        with socket.socket() as held:
            held.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{held.getsockname()[1]}"
        command = [sys.executable, "-c", "from toex.wiring.main import main; raise SystemExit(main())"]
        self.running = subprocess.Popen(
            [*command, "--home", str(self.home), "serve", "--address", address], env=_environment()
        )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                socket.create_connection(tuple(address.split(":")), timeout=1).close()  # type: ignore[arg-type]
                return address
            except OSError:
                time.sleep(0.2)
        raise AssertionError("The workbench did not begin.")

    def __exit__(self, *caught: object) -> None:
        self.running.terminate()
        assert self.running.wait(60) == 0, "Ctrl-C ends it without a fault"


@pytest.fixture
def come_in(workbench: Workbench) -> Iterator[Callable[..., Page]]:
    """Let people in for one test; afterwards nothing has left the machine and no script has complained."""
    before, faults = len(workbench.open), len(workbench.faults)
    yield workbench.of
    for context in workbench.open[before:]:
        context.close()
    del workbench.open[before:]
    assert workbench.strangers() == [], "a request left the machine"
    unexpected = [
        fault for fault in workbench.faults[faults:] if "status of 4" not in fault
    ]  # a refusal that was tried
    assert unexpected == []
