"""A registered dataset, a delivered file, and a seat that sees all of a unit's store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from people import START
from toex.picture import Act
from toex.pole import Judgement, Scope, bench_scope
from toex.store import Store, View
from toex.work.holdings.actions import receive_file, register
from toex.work.holdings.loading import read_and_publish, settle, sheet_of
from toex.work.holdings.models import Dataset, Receipt
from toex.work.staff.models import Organisation, Person

AT = START + timedelta(days=1)
NEXT_YEAR = date(2027, 9, 1)
HEAD = "Nominal Ref,Surname,Forename 1,DOB,Telephone,Address,Postcode,PNC ID"
ROWS = (
    "N1,Korrowane,Ilvane,02/03/1991,07700 900101,1 Elm Road,LS1 4AP,",
    "N2,Stanebury,Bodan,05/06/1987,07700 900102,2 Oak Road,LS1 4AQ,",
    "N3,Marlowick,Cyrene,07/08/1979,07700 900103,3 Ash Road,LS1 4AR,",
    "N1,Korrowane,Ilvana,02/03/1991,07700 900104,1 Elm Road,LS1 4AP,",
    "N4,Dourforth,Emric,09/10/1999,07700 900105,4 Yew Road,LS1 4AS,",
)


@dataclass
class Everything:
    """A seat with all of a store in scope; it notes what it is told to."""

    store: Store
    user: str = "data"
    notice: str = ""
    scope: Scope = field(default_factory=bench_scope)
    noted: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.store.home

    @property
    def shelf(self) -> Path:
        return self.home / "packages"

    def view(self, number: int | None = None) -> View:
        return self.store.view(self.scope, number=number)

    def note(self, act: Act, what: str, at: datetime, **facts: str | int) -> None:
        self.noted.append(what)

    def digest(self, text: str) -> str:
        return text[:0]

    def rulings(self) -> Sequence[Judgement]:
        return ()

    def rule(self, judgement: Judgement) -> None:
        raise AssertionError

    def across(self, domains: frozenset[str]) -> View:
        return self.store.view(bench_scope())

    def operations(self) -> Sequence[str]:
        return ()


@pytest.fixture
def seat(unit: Path) -> Everything:
    return Everything(Store.open(unit))


@pytest.fixture
def facts(people: dict[str, Person]) -> dict[str, Any]:
    """What an ordinary registration says."""
    return {
        "name": "13-nominals", "title": "Nominals", "supplier": Organisation.objects.get(code="13"),
        "lawful_basis": "Data Protection Act 2018 s.35(2)(b)", "agreement": "ISA/2026/13", "marking": "OFFICIAL-SENSITIVE",
        "retention_group": "3", "review_date": NEXT_YEAR, "kind": "nominals", "by": people["data"], "at": AT,
    }  # fmt: skip


@pytest.fixture
def dataset(facts: dict[str, Any]) -> Dataset:
    return register(**facts)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "nominals.csv", ROWS)


def written(path: Path, rows: Sequence[str]) -> Path:
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


Load = Callable[..., Receipt]


@pytest.fixture
def load(people: dict[str, Person], seat: Everything) -> Load:
    """Receive a file and take it through the steps of its job."""

    def loaded(dataset: Dataset, path: Path, mapping: str = "nominals", at: datetime = AT) -> Receipt:
        receipt = receive_file(dataset=dataset, path=path, mapping=mapping, by=people["data"], at=at)
        done = read_and_publish(receipt, seat=seat, at=at)
        return settle(receipt, done, at=at, sheet=sheet_of(receipt, seat=seat))

    return loaded
