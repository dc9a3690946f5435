"""A weights card learned once for all tests of conflation."""

from collections.abc import Mapping
from datetime import date

import pytest

from toex.conflation import Outcome, Weights, conflate
from unit.conflation.people import deliver
from unit.conflation.views import DatasetView

AT = date(2026, 11, 1)


@pytest.fixture(scope="session")
def delivered():
    return deliver(2500, seed=5)


@pytest.fixture(scope="session")
def learned(delivered) -> Outcome:
    return conflate(DatasetView({"person": delivered[0]}), at=AT, tables=("person",))


@pytest.fixture(scope="session")
def cards(learned: Outcome) -> Mapping[str, Weights]:
    return learned.weights
