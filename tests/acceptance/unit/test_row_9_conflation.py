"""Row 9: files received, every row accounted for, conflated by a job; a named person's ruling, applied and undone."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from acceptance.unit.journey import (
    AT,
    DAY,
    HOUR,
    KORROWANE,
    ROWS,
    People,
    conflate,
    deliver,
    describe,
    look,
    seat,
    stock,
    taken_on,
    work,
)  # fmt: skip
from toex.work.access.models import Grant
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed
from toex.work.holdings.queries import quality, to_hand_back
from toex.work.jobs.models import Job
from toex.work.judgements.actions import Ruled, rule
from toex.work.judgements.queries import history
from toex.work.judgements.touching import touches

BOTH = ("13-nominals", "30-nominals")
WHO = "Korrowane, Ilvane 02/03/1991"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def test_row_9_of_every_delivery_rows_in_are_rows_loaded_and_rows_set_aside(people: People, folder: Path) -> None:
    """ "The teams are able to conflate a number of national, regional, and local datasets" """
    dataset = describe(people, "13-nominals")
    dirty = (
        *ROWS["13-nominals"],
        "N3,Dourforth,Emric,09/10/1999,07700 900105,4 Yew Road,LS1 4AS,,,,one cell too many",
        "",
    )
    first = deliver(people, dataset, folder, dirty)
    assert first.state == "loaded"
    assert (first.rows_in, first.rows_loaded, first.rows_set_aside) == (3, 2, 1)
    [(_, reason, count)] = quality([dataset])
    assert (bool(reason), count) == (True, 1)
    newer = deliver(
        people, dataset, folder, ("N4,Aldermoor,Tamsin,01/01/1970,07700 900107,5 Fir Road,LS1 4AT,witness",)
    )
    assert (newer.rows_in, newer.rows_loaded, newer.rows_set_aside) == (1, 1, 0)

    grant = taken_on(people, datasets=("13-nominals",))
    reader = seat(people["analyst"], grant, AT + HOUR)
    with reader.view() as view:
        held = view.query("SELECT count(*) AS n FROM person").to_pylist()[0]["n"]
        back = to_hand_back(dataset, view)
    assert held == 3
    assert [(row.file, row.row) for row in back] == [(first.file, 4)]  # its place, to tell the force; no value


def test_row_9_the_same_file_again_is_received_once(people: People, folder: Path) -> None:
    """ "Data Insights Analysts: Uniquely different to other intel roles within policing" """
    dataset = describe(people, "13-nominals")
    first = deliver(people, dataset, folder, ROWS["13-nominals"])
    again = deliver(people, dataset, folder, ROWS["13-nominals"], AT + DAY)
    assert (again.pk, again.received) == (first.pk, first.received)
    assert Job.objects.filter(kind="load").count() == 1


def test_row_9_records_of_two_forces_are_one_subject_until_a_named_person_parts_them_and_joins_them_again(
    people: People, folder: Path
) -> None:
    """ "The teams are able to conflate a number of national, regional, and local datasets, ensuring all available
    intelligence is recorded on the Police National Database, and use the data capability tools to build a picture of
    the offending and the people involved." """
    stock(people, folder)
    grant = taken_on(people, datasets=BOTH)
    [subject] = look(people["analyst"], grant, AT + HOUR, WHO).subjects
    one, other = subject.record_ids
    assert {h.supplier for h in subject.holdings} == {"13", "30"}

    reader = seat(people["analyst"], grant, AT + HOUR)
    foretold = touches(reader, one, other, ruling="different")
    assert (foretold.effect, [len(side.record_ids) for side in foretold.sides]) == ("parts", [1, 1])
    with pytest.raises(Incomplete):
        _rule(people, grant, (one, other), "different", "", AT + HOUR)
    made = _rule(people, grant, (one, other), "different", "Twins: the officer met both.", AT + HOUR)
    assert made.state == "being applied"
    assert len(look(people["analyst"], grant, AT + HOUR, WHO).subjects) == 1  # until the job has run
    work(AT + 2 * HOUR)
    assert len(look(people["analyst"], grant, AT + 2 * HOUR, WHO).subjects) == 2

    deliver(people, describe(people, "14-nominals"), folder, (f"S1,{KORROWANE},",), AT + 3 * HOUR)
    conflate(people, AT + 3 * HOUR)  # a later run, on more data, obeys it
    assert len(look(people["analyst"], grant, AT + 3 * HOUR, WHO).subjects) == 2

    _rule(people, grant, (one, other), "same", "Not twins after all: one set of prints.", AT + 4 * HOUR, "researcher")
    work(AT + 5 * HOUR)
    assert len(look(people["analyst"], grant, AT + 5 * HOUR, WHO).subjects) == 1
    told = [(j.ruling, j.by.username, j.reason) for j in history(one, other)]
    assert told == [
        ("different", "analyst", "Twins: the officer met both."),
        ("same", "researcher", "Not twins after all: one set of prints."),
    ]
    assert Entry.objects.filter(what="judgements.rule").count() == 2


def test_row_9_a_ruling_takes_a_grant_that_shows_both(people: People, folder: Path) -> None:
    """ "Intelligence Researchers: Support the Intelligence Analysts by interrogating numerous systems to research
    people, telephone numbers and vehicles registrations." """
    stock(people, folder)
    grant = taken_on(people, datasets=BOTH)
    [subject] = look(people["analyst"], grant, AT + HOUR, WHO).subjects
    duty = Grant.objects.get(duty="loading")
    with pytest.raises(NotAllowed):  # whoever loads reads no record
        _rule(people, duty, subject.record_ids, "different", "Twins.", AT + HOUR, "data")


def _rule(
    people: People, grant: Grant, pair: Sequence[str], ruling: str, reason: str, at: datetime, who: str = "analyst"
) -> Ruled:
    held = seat(people[who], grant, at)
    return rule(
        seat=held, record_id=pair[0], other_id=pair[1], ruling=ruling, reason=reason, by=held.person, at=at,
        explicit=("victim-and-suspect", "child-and-adult"),
    )  # fmt: skip
