"""Loads and purges leave every text indexed: the job's last step does it, and tells nothing of what others delivered."""

from pathlib import Path

from toex.store import Store
from toex.work.holdings.erasing import approve_erasure, ask_disposal
from toex.work.staff.models import Person

from .conftest import NOW, Delivered, Desks, carry_out


def test_a_load_makes_the_index_and_a_purge_takes_it_away(
    unit: Path, desks: Desks, delivered: Delivered, people: dict[str, Person]
) -> None:
    delivered()
    store = Store.open(unit)
    assert store.indexed == (1, 1)
    [index] = (unit / "index").iterdir()
    asked = ask_disposal(dataset=desks.dataset, ground="review", reason="Its time is over", by=people["data"], at=NOW)
    approve_erasure(erasure=asked, by=people["manager"], at=NOW)
    carry_out()
    assert not index.exists()
    assert store.indexed == (0, 0)
