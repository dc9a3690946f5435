"""The docs' pictures: twelve pages, light and dark, of a fictional unit; `make pictures` takes them anew into docs/pictures."""

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from e2e.conftest import ROOT, Workbench

ComeIn = Callable[..., Page]
PICTURES = ROOT / "docs" / "pictures"
DESK = "desk"  # the address of the operation's desk, whatever its grant's number is
TWELVE = (
    ("my-work", "lena", "/"), ("desk", "lena", f"{DESK}/"), ("search", "lena", f"{DESK}/search"),
    ("subject", "lena", "the first found"), ("review", "lena", f"{DESK}/review"),
    ("chart", "lena", "a chart of the first found"), ("grid", "noor", f"{DESK}/grids/new"),
    ("report", "lena", f"{DESK}/reports/new"), ("request", "priya", "/requests/2026/1"),
    ("terms", "ruth", "/requests/2026/1/terms"), ("capacity", "ruth", "/requests/capacity"), ("holdings", "theo", "/holdings"),
)  # fmt: skip


def go(page: Page, where: str, *, asked: str) -> None:
    """Go to a page; the search box is asked for the first subject of the request."""
    if where.startswith("/"):
        page.goto(where)
        return
    desk = str(page.get_by_role("link", name="Operation Larkmere").first.get_attribute("href")).rstrip("/")
    if desk.startswith("/operations"):
        desk = str(page.locator("a[href^='/desk/']").first.get_attribute("href")).rstrip("/")
    if where.startswith(DESK) and not where.endswith("/search"):
        page.goto(where.replace(DESK, desk, 1))
        if where.endswith("/reports/new"):
            page.get_by_role("button", name="Write a report").click()
        return
    page.goto(f"{desk}/search")
    page.locator("#search").fill(asked)
    page.locator("#search").press("Enter")
    page.wait_for_load_state("networkidle")
    if where.endswith("/search"):
        return
    page.locator(f"main a[href^='{desk}/subjects/']").first.click()
    page.wait_for_load_state("networkidle")
    if where.startswith("a chart"):
        page.get_by_role("button", name="chart").first.click()
        page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "who", "where"), TWELVE, ids=[name for name, _, _ in TWELVE])
def test_a_page_looks_as_the_docs_show_it(
    workbench: Workbench, come_in: ComeIn, tmp_path: Path, name: str, who: str, where: str, scheme: str
) -> None:
    """The picture is taken; whether it is handsome, a person sees at each release."""
    page = come_in(who, scheme=scheme, width=1280)
    asked = tomllib.loads((workbench.files / "request.toml").read_text(encoding="utf-8"))["subject"][0]["value"]
    go(page, where, asked=asked)
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("heading", level=1).is_visible()
    folder = PICTURES if os.environ.get("PICTURES") == "yes" else tmp_path
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}-{scheme}.png")
    assert (folder / f"{name}-{scheme}.png").stat().st_size > 10_000
