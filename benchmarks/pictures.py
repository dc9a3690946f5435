"""Chart, timeline and map in a real Chromium without 3D: processor time a frame while somebody drags, on the built scripts.

The page is the shipped one's island with made-up answers, served from a folder. Processor time is that of every process
of the browser (the page's, the painter's, the rest), so that what is saved in one is not hidden in another.
"""

import functools
import json
import math
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parents[1] / "src" / "toex" / "web" / "static"
CHROMIUM = os.environ.get("TOEX_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
BARS = {"chart pan": 16.0, "timeline drag": 12.0, "map drag": 20.0}  # ms of processor time a frame
KINDS = ("person", "phone", "vehicle", "place", "account", "organisation", "device", "event")
LANES = (
    "Calls",
    "Messages",
    "Data sessions",
    "Cameras",
    "Intelligence",
    "Crime",
    "Missing",
    "Custody",
    "Payments",
    "Stops",
)

_PAGE = """<!doctype html><html class="govuk-template" data-theme="light">
<head><link rel="stylesheet" href="{style}"><script type="module" src="{script}"></script></head>
<body class="govuk-template__body"><div class="frame frame--panel"><main class="main">
<div class="picture" data-island="picture" data-desk="/desk/" data-most="1000" data-warn="500">
<script type="application/json" id="given">{given}</script>
<h1 id="title"></h1><p id="saved"></p><form id="adding"><input id="find"></form><p id="status"></p>
<div class="tabs">{tabs}</div>{views}</div></main><aside class="panel" id="panel"></aside></div></body></html>"""


def run(small: bool) -> dict[str, object]:
    """Measure a chart of 1,000 elements, a timeline of 100,000 events and the map under 5,000 places."""
    from playwright.sync_api import sync_playwright

    size = 10 if small else 1
    folder = Path(tempfile.mkdtemp(prefix="toex-bench-"))
    (folder / "page.html").write_text(_page(_chart(1000 // size)), encoding="utf-8")
    answers = {"picture/events": _events(100_000 // size), "picture/places": _places(5000 // size)}
    with _served(folder, answers) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        began = _spent(browser)
        page.goto(f"{address}/page.html")
        page.wait_for_function("document.querySelector('#status').textContent.includes('elements')")
        page.wait_for_timeout(3000)
        figures: dict[str, Any] = {"chart, load and first picture, s": round(_spent(browser) - began, 2)}
        figures["chart pan"] = _drag(page, browser, "#chart")
        for tab, name, place in (
            ("timeline", "timeline drag", "#view-timeline canvas"),
            ("map", "map drag", "#view-map"),
        ):
            page.click(f"#tab-{tab}")
            page.wait_for_timeout(4000)
            figures[name] = _drag(page, browser, place)
        shot = os.environ.get("TOEX_SHOTS")
        if shot:
            for tab in ("chart", "timeline", "map"):
                page.click(f"#tab-{tab}")
                page.wait_for_timeout(1500)
                page.screenshot(path=f"{shot}/bench-{tab}.png")
        browser.close()
    met = {name: figures[name]["ms a frame"] <= bar for name, bar in BARS.items()}
    return {**figures, "bars, ms a frame": BARS, "met": met}


def _drag(page: Any, browser: Any, place: str) -> dict[str, float]:
    """Drag the empty ground of a view to and fro for three seconds, and give processor time a frame."""
    box = page.locator(place).first.bounding_box()
    x, y = box["x"] + box["width"] - 30, box["y"] + box["height"] * 0.5
    page.evaluate(
        "window.frames_ ??= (requestAnimationFrame(function f() { window.frames_ += 1; requestAnimationFrame(f); }), 0)"
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 12, y)
    frames, spent, began, step = page.evaluate("window.frames_"), _spent(browser), time.perf_counter(), 0
    while time.perf_counter() - began < 3:
        step += 1
        page.mouse.move(x - 150 + 140 * math.cos(step / 18), y + 60 * math.sin(step / 18))
        page.wait_for_timeout(8)
    frames, spent = page.evaluate("window.frames_") - frames, _spent(browser) - spent
    page.mouse.up()
    return {
        "ms a frame": round(1000 * spent / max(frames, 1), 1),
        "frames a second": round(frames / (time.perf_counter() - began), 1),
    }


def _spent(browser: Any) -> float:
    """Give the processor seconds of every process of the browser: those below this program that are Chromium's."""
    parents, times = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        parents[int(folder.name)] = int(fields[1])
        if "chrom" in name:
            times[int(folder.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return sum(spent for pid, spent in times.items() if os.getpid() in _above(pid, parents))


def _above(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while pid in parents:
        pid = parents[pid]
        yield pid


def _chart(size: int) -> dict[str, object]:
    rng = random.Random(7)
    side = math.ceil(math.sqrt(size))
    ids = [f"{KINDS[n % len(KINDS)]}:{n}" for n in range(size)]
    signs = [
        {
            "id": id, "kind": KINDS[n % len(KINDS)], "label": f"Element {n}", "ref": "", "child": False, "grade": "2BP",
            "categories": ["victim"] if n % 40 == 0 else [], "suppliers": ["WYP"], "records": [f"r{n}"], "hub": "", "at": None,
        }
        for n, id in enumerate(ids)
    ]  # fmt: skip
    lines = [
        {
            "a": ids[n], "b": ids[min(size - 1, max(0, n + rng.randint(-2 * side, 2 * side)))],
            "label": f"{rng.randint(1, 60)} contacts",
            "sources": rng.randint(1, 4), "contacts": 1, "confirmed": n % 9 != 0, "grade": "", "records": [], "first": None,
            "last": None,
        }
        for n in range(size) for _ in range(2 if n % 5 else 1)
    ]  # fmt: skip
    elements = [
        {
            "id": id, "records": [f"r{n}"], "x": 110.0 * (n % side) + rng.randint(-25, 25),
            "y": 100.0 * (n // side) + rng.randint(-20, 20), "pinned": False, "hidden": False, "group": "",
        }
        for n, id in enumerate(ids)
    ]  # fmt: skip
    return {
        "chart": {"number": 1, "title": "Bench", "version": 1, "newest": 1},
        "document": {
            "elements": elements,
            "groups": [],
            "view": {"x": 20, "y": 20, "zoom": 0.18 if size > 500 else 0.7},
        },
        "drawing": {
            "signs": signs,
            "lines": [x for x in lines if x["a"] != x["b"]],
            "left_out": 0,
            "marking": "OFFICIAL",
        },
        "drawn": [],
    }


def _events(size: int) -> dict[str, object]:
    rng = random.Random(11)
    stamps = sorted(rng.uniform(1_735_689_600, 1_790_000_000) for _ in range(size))
    rows = [
        {
            "id": f"person:{n % 100 * 8}", "at": _iso(at), "until": _iso(at), "lane": LANES[rng.randrange(len(LANES))],
            "text": f"Event {n}", "place": "", "supplier": "WYP", "count": 1, "records": [],
        }
        for n, at in enumerate(stamps)
    ]  # fmt: skip
    return {"happenings": rows, "gaps": [], "left_out": 0}


def _places(size: int) -> dict[str, object]:
    rng = random.Random(13)
    pins = [
        {
            "lat": 51.2 + rng.random() * 4, "lon": -3.2 + rng.random() * 3.4, "postcode": "", "kind": LANES[n % len(LANES)],
            "place": f"Place {n}", "ids": [f"person:{n % 100 * 8}"], "count": rng.randint(1, 40), "records": [],
            "precision_m": None, "first": None, "last": None,
        }
        for n in range(size)
    ]  # fmt: skip
    return {"pins": pins}


def _iso(at: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def _page(given: dict[str, object]) -> str:
    built = json.loads((STATIC / "toex" / "manifest.json").read_text(encoding="utf-8"))
    script, style = (f"/static/toex/{built[s]['file']}" for s in ("src/main.ts", "src/styles/main.scss"))
    views = "".join(
        f'<div class="picture__view" id="view-{v}"{"" if v == "chart" else " hidden"}>'
        + ('<p id="empty" hidden></p><div class="picture__canvas" id="chart" tabindex="0"></div>' if v == "chart" else "")
        + ('<div id="tables"></div>' if v == "table" else "") + "</div>"
        for v in ("chart", "timeline", "map", "table")
    )  # fmt: skip
    tabs = "".join(f'<button type="button" id="tab-{v}">{v}</button>' for v in ("chart", "timeline", "map", "table"))
    return _PAGE.format(script=script, style=style, given=json.dumps(given), tabs=tabs, views=views)


class _Door(SimpleHTTPRequestHandler):
    """Serves the page, the built scripts and the made-up answers."""

    def __init__(self, *args: Any, folder: Path, answers: dict[str, object], **words: Any) -> None:
        self.folder, self.answers = folder, answers
        super().__init__(*args, **words)

    def translate_path(self, path: str) -> str:
        inside = path.split("?")[0].lstrip("/")
        return str(STATIC.parent / inside if inside.startswith("static/") else self.folder / inside)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps(self.answers.get(self.path.removeprefix("/desk/"), {"counts": []})).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def _served(folder: Path, answers: dict[str, object]) -> Iterator[str]:
    door: Callable[..., Any] = functools.partial(_Door, folder=folder, answers=answers)
    server = ThreadingHTTPServer(("127.0.0.1", 0), door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
