"""Every page in light and dark, by who would open it: nothing serious or critical for axe, no script complains, nothing leaves."""

import re
from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page

from e2e.conftest import axe

ComeIn = Callable[..., Page]
OPENS = ("/", "/help")
TURNED = 250  # milliseconds, until the colours have turned
LISTED = "pnd|datasets|register|operations|lists|organisations|people|form|do|kinds|subjects|records"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_log_in_is_open_to_everybody(come_in: ComeIn, scheme: str) -> None:
    page = come_in("", scheme=scheme)
    page.goto("/log-in")
    assert axe(page) == []
    page.get_by_label("Log-in name").fill("lena")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("alert").wait_for()
    assert axe(page) == []


@pytest.mark.parametrize("who", ["lena", "ruth", "ines", "noor", "theo", "jo", "priya", "gil", "ada"])
def test_every_place_that_somebody_is_offered_is_open_to_who_cannot_see_or_point(come_in: ComeIn, who: str) -> None:
    """Walk from my work through the bar and every desk's side; each page is looked at once, in light and then in dark."""
    page = come_in(who)
    waiting, looked = list(OPENS), dict[str, list[str]]()
    while waiting:
        path = waiting.pop(0)
        if not _is_new(path, looked):
            continue
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        looked[path] = in_light_and_dark(page)
        found = page.eval_on_selector_all(
            ".bar nav a, .side a, main a", "links => links.map(one => one.getAttribute('href'))"
        )
        found = [str(one).partition("#")[0] for one in found if _is_a_page(one)]
        waiting += [one for one in dict.fromkeys(found) if one not in looked and one not in waiting]
    wrong = [f"{path}: {one}" for path, found in looked.items() for one in found]
    assert not wrong, "\n".join(wrong)
    assert {"/", "/requests", "/help"} <= set(looked), "the bar is offered to everybody"
    assert any(path.startswith("/desk/") for path in looked) == (who not in ("priya", "ada"))


def in_light_and_dark(page: Page) -> list[str]:
    """Ask axe of a page in light, then of the same page in dark, where only its colours differ."""
    light = axe(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(TURNED)
    dark = axe(page, "color-contrast")
    page.emulate_media(color_scheme="light")
    return [*light, *(f"dark: {one}" for one in dark)]


def _is_a_page(address: str | None) -> bool:
    return (
        bool(address)
        and str(address).startswith("/")
        and not re.search(
            r"\.(pdf|docx|xlsx|csv|svg|anx)$|/export|/download|/attachments/|/(pdf|word|file)$", str(address)
        )
    )


def _is_new(address: str, looked: Iterable[str]) -> bool:
    """Of pages that differ by a number, an id or the name of a listed thing alone, one is looked at."""
    return _shape(address) not in {_shape(one) for one in looked}


def _shape(address: str) -> str:
    path = re.sub(rf"/({LISTED})/[^/?]+", r"/\1/*", address.partition("?")[0])
    return re.sub(r"[0-9a-f]{8,}|\d+", "#", path)
