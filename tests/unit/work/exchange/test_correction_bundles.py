"""A corrects, B gets the correction: the record there is superseded, and whoever rests on it there is told."""

from typing import Any

import pytest

from exchanged import HERE, NAME, THERE, Carried, desk, loaded, named, received, registered, trusted
from people import START
from seats import seated
from toex.picture import sealed_copies
from toex.work.audit.models import Entry
from toex.work.citations.actions import cite
from toex.work.citations.models import Notice
from toex.work.errors import NotAllowed, OutOfOrder
from toex.work.exchange.actions import let_go
from toex.work.exchange.models import ReceivedBundle, ReceivedRecord
from toex.work.exchange.queries import kept_bundle
from toex.work.holdings.erasing import approve_erasure, ask_erasure
from toex.work.holdings.models import Receipt
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Person

pytestmark = pytest.mark.django_db
People = dict[str, Person]


@pytest.fixture
def there(unit: Any, people: People, carried: Carried) -> People:
    named(people, THERE)
    trusted(people, carried)
    registered(people)
    return people


def resting_on(seat: UnitSeat, records: list[str]) -> None:
    """Somebody there writes something that rests on what came."""
    with seat.view() as view:
        copies = sealed_copies(seat.home, view, records)
    assert set(copies) == set(records)
    cite(record_ids=records, room="research", object="chart:1", sealed=copies, by=seat.person, at=seat.at)


def test_a_correction_supersedes_the_record_takes_back_the_other_and_tells_whoever_rests_on_them(
    there: People, carried: Carried
) -> None:
    first = desk(there)
    received(there, carried.bundles[0], seat=first)
    seat = seated(there, [NAME])
    here = dict(ReceivedRecord.objects.values_list("record", "here"))
    man, text = here[carried.persons[4]], here[carried.text]
    other = here[carried.persons[2]]
    resting_on(seat, [man, text, other])
    made = received(there, carried.bundles[2], seat=desk(there, days=3))
    assert (made.kind, made.notice["words"]) == ("correction", "His name is spelt otherwise.")
    assert any("corrected by its supplier" in line["now"] for line in made.notice["lines"])
    with seat.view() as view:
        [row] = view.query("SELECT name, source_grade, version FROM person WHERE record_id = ?", [man]).to_pylist()
        assert row == {"name": "Tom Quillain", "source_grade": "3", "version": 2}
        assert view.query("SELECT 1 FROM text WHERE record_id = ?", [text]).num_rows == 0
        [gone] = view.query("SELECT text FROM text WHERE kind = 'taken back'").to_pylist()
    assert gone["text"].startswith("Taken back by whoever sent it")
    [notice] = Notice.objects.filter(room="research", object="chart:1", why="corrected")
    assert set(notice.records) == {man, text}  # and not of the one that stands as it was
    assert ReceivedRecord.objects.get(here=text).taken_back
    assert Receipt.objects.filter(state="loaded").count() == 2


def test_a_correction_to_what_never_came_and_one_that_came_before_are_refused(there: People, carried: Carried) -> None:
    seat = desk(there)
    with pytest.raises(OutOfOrder, match="no bundle was received"):
        received(there, carried.bundles[2], seat=seat)
    received(there, carried.bundles[0], seat=seat)
    received(there, carried.bundles[2], seat=seat)
    with pytest.raises(OutOfOrder, match="received already"):
        received(there, carried.bundles[2], seat=seat)
    assert ReceivedBundle.objects.count() == 2


def test_an_older_bundle_of_a_product_is_refused(there: People, carried: Carried) -> None:
    received(there, carried.bundles[0])
    ReceivedBundle.objects.update(version=2, sha256="another", number="another")
    with pytest.raises(OutOfOrder, match="later bundle"):
        received(there, carried.bundles[0])


def test_a_bundle_that_names_another_sender_than_its_keys_is_refused(there: People, carried: Carried) -> None:
    from toex.work.exchange.models import TrustedSender

    TrustedSender.objects.update(installation="0" * 16)
    with pytest.raises(NotAllowed, match="another organisation sent it"):
        received(there, carried.bundles[0])
    assert HERE != THERE


def test_an_erasure_here_lets_the_whole_signed_file_go_and_keeps_its_hash(there: People, carried: Carried) -> None:
    made = received(there, carried.bundles[0])
    man = ReceivedRecord.objects.get(record=carried.persons[4]).here
    assert kept_bundle(made.sha256).exists()
    assert let_go(record_ids=["0" * 24], datasets=["another"], by=there["manager"], at=START) == 0
    asked = ask_erasure(
        record_ids=[man], seat=seated(there, [NAME], who="data"), ground="request", reason="Asked.", by=there["data"],
        at=START,
    )  # fmt: skip
    approve_erasure(erasure=asked, by=there["manager"], at=START)
    loaded(desk(there, days=4))
    assert not kept_bundle(made.sha256).exists()
    made.refresh_from_db()
    assert made.erased is not None
    assert made.sha256 in Entry.objects.get(what="exchange.receive").body
