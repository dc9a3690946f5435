"""A working hour by keyboard alone: no mouse is moved, and whoever looks always sees where the focus is."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from toex.cli.unit.larkmere import LOG_IN

ComeIn = Callable[..., Page]
SECONDS = 90_000
ADDED = re.compile(r"[1-9]\d* added")
LIST = "07700 900021\nAB12 CDE\n07700 900456"
# What tells that the focus is visible: an outline, a shadow or a border of its own, on what has it, within the window.
SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return 'nothing has the focus';
  const looks = getComputedStyle(one), at = one.getBoundingClientRect();
  const drawn = (looks.outlineStyle !== 'none' && parseFloat(looks.outlineWidth) >= 1) || looks.boxShadow !== 'none';
  const label = one.nextElementSibling ? getComputedStyle(one.nextElementSibling, '::before').boxShadow : 'none';
  if (!drawn && label === 'none') return 'not drawn: ' + one.outerHTML.slice(0, 160);
  return at.bottom < 0 || at.top > innerHeight ? 'out of the window: ' + one.outerHTML.slice(0, 160) : '';
}"""


def keys(page: Page, *pressed: str) -> None:
    """Press keys one after another."""
    for one in pressed:
        page.keyboard.press(one)


def seen(page: Page) -> None:
    """Hold that the focus is seen."""
    assert page.evaluate(SEEN) == ""


def tab_to(page: Page, wanted: Locator, *, most: int = 90) -> None:
    """Press Tab until something has the focus, which is seen at every step."""
    expect(wanted).to_be_attached(timeout=SECONDS)
    for _ in range(most):
        page.keyboard.press("Tab")
        seen(page)
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("Tab does not lead there.")


def headed(page: Page, words: str | re.Pattern[str]) -> None:
    """See that the page's heading is this."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=SECONDS)


def test_an_hour_of_work_needs_no_mouse(come_in: ComeIn) -> None:
    page = come_in("")
    logs_in(page)
    searches(page)
    rules(page)
    makes_a_grid(page)
    expands_on_a_chart(page)


def logs_in(page: Page) -> None:
    """Typed into two fields, and Enter."""
    page.goto("/log-in")
    tab_to(page, page.get_by_label("Log-in name"))
    page.keyboard.type("lena")
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(LOG_IN)
    keys(page, "Enter")
    headed(page, "My work")
    keys(page, "?")
    expect(page.locator("#keys")).to_be_visible()
    seen(page)
    keys(page, "Escape")
    expect(page.locator("#keys")).to_be_hidden()
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Operation Larkmere").first)
    keys(page, "Enter")
    expect(page.get_by_role("navigation", name="This desk")).to_be_visible(timeout=SECONDS)


def searches(page: Page) -> None:
    """`/` leads into the search box, `g s` to the page of searches; Enter opens a row."""
    keys(page, "g", "s")
    headed(page, "Search")
    keys(page, "/")
    seen(page)
    page.keyboard.type("smith")
    keys(page, "Enter")
    found = page.get_by_role("table", name="Subjects found").locator("tbody tr")
    expect(found.first).to_be_visible(timeout=SECONDS)
    keys(page, "j")
    expect(found.first).to_be_focused()
    seen(page)
    keys(page, "Enter")
    expect(page.get_by_role("heading", name="Who holds it")).to_be_visible(timeout=SECONDS)
    tab_to(page, page.get_by_role("navigation", name="On this page").get_by_role("link", name="Facts"))


def rules(page: Page) -> None:
    """j and k go from pair to pair, a figure gives the reason, h rules it unsure."""
    keys(page, "g", "m")
    headed(page, "or two?")
    first = page.locator("form.ruling").get_attribute("action") or ""
    keys(page, "j")
    expect(page.locator(f"form.ruling[action='{first}']")).to_have_count(0, timeout=SECONDS)
    headed(page, "or two?")
    keys(page, "k")
    expect(page.locator(f"form.ruling[action='{first}']")).to_have_count(1, timeout=SECONDS)
    keys(page, "1")
    expect(page.locator("#phrase-1")).to_be_checked()
    keys(page, "h")
    expect(page.locator("main")).to_contain_text("Ruled unsure", timeout=SECONDS)
    seen(page)


def makes_a_grid(page: Page) -> None:
    """A list is pasted; arrows go about in the grid, Enter opens a cell in the panel."""
    keys(page, "g", "r")
    headed(page, "Research grids")
    keys(page, "n")
    headed(page, "New research grid")
    tab_to(page, page.locator("textarea[name=pasted]"))
    page.keyboard.insert_text(LIST)
    tab_to(page, page.get_by_role("button", name="Make the grid"))
    keys(page, "Enter")
    cells = page.locator("[data-cell]")
    expect(cells.first).to_be_visible(timeout=SECONDS)
    expect(page.locator(".grid-table tbody tr")).to_have_count(3)
    tab_to(page, cells.first)
    keys(page, "ArrowDown", "ArrowRight")
    seen(page)
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 2
    keys(page, "Enter")
    expect(page.locator("#panel")).to_contain_text("AB12", timeout=SECONDS)


def expands_on_a_chart(page: Page) -> None:
    """n begins a chart; what is added is chosen, and e leads into the panel, where a kind is added by Enter."""
    keys(page, "Escape", "g", "c")
    headed(page, "Charts")
    keys(page, "n")
    headed(page, "New chart")
    tab_to(page, page.get_by_label("Add to the chart"))
    page.keyboard.type("07700 900021")
    keys(page, "Enter")
    expect(page.locator("#status")).to_contain_text(ADDED, timeout=SECONDS)
    tab_to(page, page.locator("#chart"))
    keys(page, "Escape")
    more = page.locator("#counts button").first
    told = page.locator("#counts button, #counts .muted").first
    for way in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):  # to one of what was added that has more to tell
        keys(page, way)
        expect(told).to_be_visible(timeout=SECONDS)
        page.wait_for_timeout(500)
        if more.is_visible():
            break
    keys(page, "e")
    tab_to(page, more)
    held = page.locator("#counts button").all_inner_texts()
    keys(page, "Enter")
    expect(page.locator("#counts")).not_to_contain_text(held[0], timeout=SECONDS)
    expect(page.locator("#status")).to_contain_text(ADDED)
