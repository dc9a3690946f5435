"""Three registered datasets, for tests that ask for grants over them."""

import pytest

from unit_work import People, dataset


@pytest.fixture
def registered(people: People) -> None:
    for name in ("13-nominals", "14-nominals", "42-stops"):
        dataset(name)
