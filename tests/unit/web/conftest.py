"""A browser without a screen: somebody logged in, what they ask for, and what holds of every page they get."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from few_queries import taken
from pages import Page, check
from seats import NOW
from toex.work.staff.models import Person

MOST = 15  # questions to the database a page; the session's own are not counted


@dataclass
class Browser:
    """Asks for pages as somebody, and reads each by what holds of all."""

    person: Person | None = None
    client: Client = field(default_factory=Client)
    asked: int = 0  # questions of the last page
    last: HttpResponse | None = None

    def __post_init__(self) -> None:
        if self.person is not None:
            self.client.force_login(self.person, backend="toex.work.staff.log_in.Passwords")

    def get(self, path: str, *, status: int = 200, most: int = MOST, **headers: str) -> Page:
        """Get a page (or with HX_Request="true" a piece)."""
        return self._read(lambda: self.client.get(path, headers=_named(headers)), status, most, bool(headers))

    def post(self, path: str, sent: Any = None, *, status: int = 302, most: int = MOST, **headers: str) -> Page:
        """Send a form; by default it must lead on."""
        return self._read(
            lambda: self.client.post(path, sent or {}, headers=_named(headers)), status, most, bool(headers)
        )

    def follow(self) -> Page:
        """Go where the last answer led."""
        assert self.last is not None
        return self.get(self.last["Location"])

    def _read(self, ask: Callable[[], HttpResponse], status: int, most: int, piece: bool) -> Page:
        got: list[HttpResponse] = []
        self.asked = taken(lambda: got.append(ask())) - 3  # the session read, its person, the session kept
        self.last = got[0]
        assert self.last.status_code == status, self.last.content.decode(errors="replace")[:2000]
        assert self.asked <= most, f"{self.asked} questions to the database"
        kind = self.last.headers.get("Content-Type", "")
        if not kind.startswith("text/html") or status in (301, 302) or not self.last.content:
            return Page("")
        return check(self.last.content.decode(), whole=not piece)


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("toex.web.visits.now", lambda: NOW)
    return NOW


@pytest.fixture
def browser(unit: Path, people: dict[str, Person], clock: datetime) -> Callable[[str], Browser]:
    """Give a browser of anybody of the cast by their log-in; of nobody for an empty one."""
    return lambda who: Browser(people[who] if who else None)
