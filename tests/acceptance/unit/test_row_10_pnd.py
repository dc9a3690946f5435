"""Row 10: how every record stands towards the Police National Database; no link to it is claimed."""

from pathlib import Path

import pytest

from acceptance.unit.journey import AT, DAY, HOUR, ROWS, People, deliver, describe, seat, taken_on
from toex.work.errors import Incomplete, NotAllowed
from toex.work.holdings.models import Dataset, PndItem
from toex.work.holdings.pnd import missing, pnd_state, set_pnd, submission_rows

ON = AT.date()


@pytest.fixture
def loaded(people: People, tmp_path: Path) -> Dataset:
    folder = tmp_path / "in"
    folder.mkdir()
    dataset = describe(people, "13-nominals")
    more = tuple(f"M{n},Stane{n}bury,Bodan,05/06/198{n},,," + "," for n in range(4))
    deliver(people, dataset, folder, (*ROWS["13-nominals"], *more))
    return dataset


def test_row_10_every_record_stands_as_its_dataset_does_until_an_exception_is_said(
    people: People, loaded: Dataset
) -> None:
    """ "ensuring all available intelligence is recorded on the Police National Database" """
    grant = taken_on(people, datasets=(loaded.name,))
    with seat(people["analyst"], grant, AT + HOUR).view() as view:
        ids = [r["record_id"] for r in view.query("SELECT record_id FROM person ORDER BY source_key").to_pylist()]
    assert len(ids) == 6
    assert {pnd_state(one, dataset=loaded).state for one in ids} == {"due"}
    assert PndItem.objects.count() == 0  # nothing is typed for what the dataset says already
    assert missing(loaded, ids) == sorted(ids)

    with pytest.raises(Incomplete) as lacks:
        set_pnd(ids[:2], dataset=loaded, state="recorded", by=people["analyst"], at=AT + HOUR)
    assert set(lacks.value.fields) == {"urn", "on"}
    with pytest.raises(NotAllowed):
        set_pnd(ids, dataset=loaded, state="due", by=people["requester"], at=AT + HOUR)
    told = {"urn": "13/IR/26/4711", "on": ON}
    assert set_pnd(ids[:2], dataset=loaded, state="recorded", by=people["analyst"], at=AT + HOUR, **told) == 2
    set_pnd(ids[2:3], dataset=loaded, state="submitted", on=ON, by=people["analyst"], at=AT + HOUR)
    set_pnd(ids[3:4], dataset=loaded, state="not_for_pnd", why="A partner's own staff.", by=people["analyst"], at=AT)

    stands = pnd_state(ids[0], dataset=loaded)
    assert (stands.state, stands.urn, stands.on, stands.own) == ("recorded", "13/IR/26/4711", ON, True)
    assert missing(loaded, ids) == sorted(ids[4:])
    with seat(people["analyst"], grant, AT + DAY).view() as view:
        rows = submission_rows(loaded, view, table="person")
    assert sorted(str(row["record_id"]) for row in rows) == sorted(ids[4:])
    assert {row["supplier"] for row in rows} == {"13"}


def test_row_10_a_dataset_that_is_not_for_pnd_says_why_once_for_all_of_it(people: People) -> None:
    """ "ensuring all available intelligence is recorded on the Police National Database" """
    with pytest.raises(Incomplete):
        describe(people, "30-adverts", kind="adverts", pnd_state="not_for_pnd")
    adverts = describe(people, "30-adverts", kind="adverts", pnd_state="not_for_pnd", pnd_why="Public adverts.")
    ids = ["a", "b"]
    assert missing(adverts, ids) == []
    assert pnd_state("a", dataset=adverts).why == "Public adverts."
    set_pnd(["b"], dataset=adverts, state="due", by=people["analyst"], at=AT)  # one is intelligence after all
    assert missing(adverts, ids) == ["b"]
