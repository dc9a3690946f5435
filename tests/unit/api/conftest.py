"""A program with a token, and what it asks the door."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from rows import person, tie
from seats import NOW, seated, stock
from toex.pole.values import name
from toex.work.access.models import Grant
from toex.work.access.tokens import issue
from toex.work.staff.models import Person


def _person(key: str, dataset: str, forename: str, surname: str, row: int, subject: int = 16) -> dict[str, Any]:
    who = name.clean_parts(forename, "", surname)
    return person(
        key, dataset=dataset, supplier=dataset[:2], subject=subject, name=f"{forename} {surname}", forename=forename,
        surname=surname, forename_key=who.forename_key, surname_key=who.surname_key, forename_root=who.variant,
        surname_sound=who.surname_sound, receipt="r", row=row,
    )  # fmt: skip


A = _person("A", "13-nominals", "Bill", "Hoxley", 2, subject=5)  # suspect and victim
B = _person("B", "14-nominals", "Bill", "Hoxley", 3)
C = _person("C", "13-nominals", "Otto", "Brand", 4)
SECRET = person("S", dataset="13-nominals", supplier="13", compartment="kestrel", subject=16)
TIES = [tie(A, B, weight=20.0, reason=""), tie(A, C, standing="possible", weight=-2.0, reason="below")]


@dataclass
class Program:
    """Calls the door with a token, or without one."""

    people: dict[str, Person]
    grant: Grant
    token: str = ""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        said = {"HTTP_AUTHORIZATION": f"Bearer {self.token}"} if self.token else {}
        if isinstance(body, dict) and any(hasattr(v, "read") for v in body.values()):
            return Client().post(f"/api/v1{path}", body, **said, **headers)
        sent = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(Client(raise_request_exception=False), method)(f"/api/v1{path}", **sent, **said, **headers)

    def get(self, path: str) -> HttpResponse:
        return self.call("get", path)

    def post(self, path: str, body: Any = None) -> HttpResponse:
        return self.call("post", path, {} if body is None else body)

    def of(self, who: str) -> "Program":
        """The same door for somebody else of the operation."""
        ends = NOW + timedelta(days=1)
        made = issue(grant=self.grant, label="A test", ends=ends, by=self.people[who], at=NOW)
        return Program(self.people, self.grant, made)


@pytest.fixture
def program(unit: Path, people: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr("toex.api.callers.now", lambda: NOW)
    stock(unit, {"person": [A, B, C, SECRET], "tie": TIES})
    seat = seated(people, ["13-nominals", "14-nominals"])
    return Program(people, seat.grant).of("analyst")
