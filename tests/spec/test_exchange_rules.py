"""Exchange between installations, rule by rule: what leaves, what is believed, what is told to whom."""

import json
from pathlib import Path

import pytest

from exchanged import HERE, NAME, THERE, Carried, given_to, named, received, registered, sent, trusted
from products_made import Shop
from toex.work.access.models import Grant
from toex.work.audit.models import Entry
from toex.work.errors import NotAllowed, NotThere, OutOfOrder
from toex.work.exchange import actions
from toex.work.judgements.seat import UnitSeat
from toex.work.staff.models import Organisation, Person
from unit_work import granted

pytestmark = pytest.mark.django_db
People = dict[str, Person]


def test_no_bundle_leaves_before_somebody_there_was_given_the_product_and_none_under_a_duty(
    unit: Path, people: People
) -> None:
    """Rules 1, 2 and 8: nothing leaves but to a recipient, by whoever may give it out, and each giving is in the log."""
    named(people, HERE)
    shop = Shop(unit, people)
    version, there = shop.assured(), Organisation.objects.get(code=THERE)
    with pytest.raises(OutOfOrder):
        shop.do(actions.send, "senior", version=version, to=there)
    version = given_to(shop, version)
    with pytest.raises(OutOfOrder, match="Nobody there was given"):
        shop.do(actions.send, "senior", version=version, to=Organisation.objects.get(code="14"))
    with pytest.raises(NotAllowed):
        shop.do(actions.send, "researcher", version=version, to=there)
    duty = granted(people, "duty", "analyst", duty="match_review", datasets=("13-nominals",), at=shop.at())
    seat = UnitSeat(people["analyst"], Grant.objects.get(pk=duty.pk), shop.at())
    with pytest.raises((NotAllowed, NotThere)):
        shop.do(actions.send, version=version, to=there, seat=seat)
    assert sent(shop, version) == sent(shop, version)
    entries = list(Entry.objects.filter(what="exchange.send").order_by("number"))
    assert [e.act for e in entries] == ["disclosure", "collection", "disclosure"]
    every = " ".join(str(e.body) for e in Entry.objects.filter(what__startswith="exchange."))
    assert [name for name in ("Quillane", "Valdane", "Denby", "07700") if name in every] == []


def test_what_comes_in_is_a_delivery_with_its_receipt_and_rows_in_are_rows_loaded_and_set_aside(
    unit: Path, people: People, carried: Carried
) -> None:
    """Rules 8 and 9."""
    named(people, THERE)
    trusted(people, carried)
    registered(people)
    made = received(people, carried.bundles[0])
    receipt = made.receipt
    receipt.refresh_from_db()
    assert receipt.rows_in == receipt.rows_loaded + receipt.rows_set_aside == made.records.count()
    assert receipt.dataset_id == NAME
    entry = Entry.objects.get(what="exchange.receive")
    assert (entry.act, json.loads(entry.body)["facts"]["sha256"]) == ("collection", made.sha256)
