"""What was accepted that texts name at the load desk: how many texts wait, taken in with one button."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from seats import seated, stock
from storied import DATASETS, Story
from toex.work.holdings.models import Receipt
from toex.work.judgements.seat import UnitSeat
from toex.work.operations.models import Operation
from toex.work.research.actions.mentions import rule_mention
from toex.work.staff.models import Organisation, Person
from unit_work import add

from .conftest import carry_out, registered

pytestmark = pytest.mark.django_db
Browsers = Callable[[str], Any]
OWN = "yh-mentions"


@pytest.fixture
def seat(unit: Path, people: dict[str, Person]) -> UnitSeat:
    story = Story()
    stock(unit, dict(story.rows))
    made = seated(people, DATASETS)
    registered(
        people, OWN, kind="own_mentions", supplier=Organisation.objects.get(code="YHROCU"), title="What texts name",
        policy_document="APD 4", binding="operation", operation=made.operation, review_date=date(2027, 9, 1),
    )  # fmt: skip
    add(people, Operation.objects.get(), dataset=OWN)
    rule_mention(
        seat=made, text=story.report, kind="person", value="ANA RESTOV", ruling="accepted", by=made.person, at=made.at
    )
    return made


def test_they_wait_at_the_operations_own_load_desk_and_go_in_with_one_button(
    browser: Browsers, seat: UnitSeat, people: dict[str, Person]
) -> None:
    mine, place = browser("data"), f"/desk/{seat.grant.pk}/load"
    page = mine.get(place)
    assert "What texts name, accepted here, to be loaded" in page.said
    assert "What texts name: 1 text since" in page.said
    assert "Restov" not in page.said
    mine.post(f"{place}/mentions", most=60)
    assert "Taken in for What texts name, with its receipt" in mine.follow().said
    assert "to be loaded" not in mine.get(place).said
    carry_out()
    assert [(r.file, r.state, r.rows_loaded) for r in Receipt.objects.all()] == [(f"{OWN}.csv", "loaded", 1)]
    browser("analyst").post(f"{place}/mentions", status=403)
