from datetime import timedelta
from typing import Any

import pytest

from people import START
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.operations import actions
from toex.work.operations.policies import reference_of
from toex.work.operations.queries import (
    compartment_for,
    compartments_of,
    operation_for,
    readers_of,
    visible_operations,
)
from toex.work.staff.actions import end_role, give_role, retire
from unit_work import LATER, People, adopted, request, terms


def adopt(people: People, asked: Any, **changes: Any) -> Any:
    given = {
        "request": asked, "name": "Operation Larkmere", "region": people["manager"].home, "manager": people["manager"],
        "by": people["manager"], "at": START, **changes,
    }  # fmt: skip
    return actions.adopt(**given)


def names(people: People, who: str, at: Any = LATER) -> list[str]:
    return [o.reference for o in visible_operations(people[who], at)]


def test_a_request_is_adopted_once_both_sides_have_signed_its_terms(people: People) -> None:
    asked = request(people)
    signed = terms(asked, [people["analyst"]], ["13-nominals"], by=people["senior"], agreed=None)
    with pytest.raises(OutOfOrder):
        adopt(people, asked)
    signed.agreed = START
    signed.save()
    assert adopt(people, asked).reference == "larkmere"
    with pytest.raises(OutOfOrder):
        adopt(people, asked)


def test_proactive_work_is_adopted_without_a_force_s_form(people: People) -> None:
    assert adopt(people, request(people, kind="proactive")).reference == "larkmere"


def test_only_a_manager_adopts_and_only_for_a_manager(people: People) -> None:
    asked = request(people, kind="proactive")
    for changes in ({"by": people["analyst"]}, {"manager": people["analyst"]}, {"by": people["admin"]}):
        with pytest.raises(NotAllowed):
            adopt(people, asked, **changes)


def test_a_request_is_adopted_by_a_manager_of_the_region_that_has_it(people: People) -> None:
    asked = request(people, kind="proactive")
    elsewhere = people["manager2"]
    for region in (elsewhere.home, people["manager"].home):
        with pytest.raises(NotAllowed):
            adopt(people, asked, by=elsewhere, manager=elsewhere, region=region)


def test_two_operations_of_one_name_have_references_of_their_own(people: People) -> None:
    made = [adopted(people, number=n) for n in (1, 2, 3)]
    assert [o.reference for o in made] == ["larkmere", "larkmere-2", "larkmere-3"]


@pytest.mark.parametrize(
    ("name", "reference"),
    [("Operation Larkmere", "larkmere"), ("OPERATION Sèvre Bank", "sevre-bank"), ("Larkmere / 2", "larkmere-2")],
)
def test_a_reference_is_the_name_in_small_letters_digits_and_hyphens(name: str, reference: str) -> None:
    assert reference_of(name) == reference


def test_a_name_without_letters_is_refused() -> None:
    with pytest.raises(Incomplete):
        reference_of("Operation ...")


def test_staff_of_the_terms_its_manager_and_the_region_s_managers_know_of_an_operation(people: People) -> None:
    adopted(people)
    knowing = {name for name in people if names(people, name)}
    assert knowing == {"analyst", "manager"}
    give_role(person=people["senior"], role="manager", organisation=people["senior"].home, by=people["admin"], at=START)
    assert names(people, "senior") == ["larkmere"]


def test_who_is_left_out_of_a_variation_or_has_left_knows_of_it_no_more(people: People) -> None:
    made = adopted(people, ["analyst", "researcher"])
    terms(made.request, [people["researcher"]], ["13-nominals"], by=people["senior"], version=2, agreed=LATER)
    assert names(people, "analyst") == []
    assert names(people, "researcher") == ["larkmere"]
    retire(person=people["researcher"], by=people["admin"], at=LATER)
    people["researcher"].refresh_from_db()
    assert names(people, "researcher") == []


def test_an_operation_is_closed_by_who_runs_it_with_a_reason_and_once(people: People) -> None:
    made = adopted(people)
    for who in ("analyst", "manager2", "admin"):
        with pytest.raises(NotAllowed):
            actions.close(operation=made, by=people[who], at=LATER, reason="done")
    with pytest.raises(Incomplete):
        actions.close(operation=made, by=people["manager"], at=LATER, reason=" ")
    assert actions.close(operation=made, by=people["manager"], at=LATER, reason="done").closed == LATER
    with pytest.raises(OutOfOrder):
        actions.close(operation=made, by=people["manager"], at=LATER, reason="again")


def test_an_operation_is_handed_to_another_manager(people: People) -> None:
    made = adopted(people)
    with pytest.raises(NotAllowed):
        actions.hand_to(operation=made, manager=people["analyst"], by=people["manager"], at=LATER)
    actions.hand_to(operation=made, manager=people["manager2"], by=people["manager"], at=LATER)
    with pytest.raises(NotAllowed, match="themselves"):
        actions.hand_to(operation=made, manager=people["manager"], by=people["manager"], at=LATER)
    assert names(people, "manager2") == ["larkmere"]


@pytest.fixture
def kestrel(people: People) -> Any:
    return actions.open_compartment(
        code="kestrel", corruption=True, by=people["manager"], at=START, reason="Prison staff"
    )


def name_reader(people: People, kestrel: Any, who: str, by: str = "manager") -> Any:
    return actions.name_reader(compartment=kestrel, person=people[who], reason="Needed for it", by=people[by], at=START)


def test_a_compartment_is_there_for_its_named_readers_and_for_nobody_else(people: People, kestrel: Any) -> None:
    name_reader(people, kestrel, "analyst")
    assert {who for who in people if compartments_of(people[who], LATER)} == {"manager", "analyst"}
    assert [r.person.username for r in readers_of(kestrel, person=people["analyst"], at=LATER)] == [
        "manager",
        "analyst",
    ]
    for who in set(people) - {"manager", "analyst"}:
        with pytest.raises(NotThere) as hidden:
            compartment_for(people[who], "kestrel", LATER)
        with pytest.raises(NotThere) as absent:
            compartment_for(people[who], "no-such", LATER)
        assert str(hidden.value) == str(absent.value)


def test_only_the_owner_names_and_drops_readers_one_by_one_with_a_reason(people: People, kestrel: Any) -> None:
    name_reader(people, kestrel, "analyst")
    for who in ("analyst", "admin", "manager2", "auditor"):
        with pytest.raises(NotThere):
            name_reader(people, kestrel, "researcher", by=who)
    with pytest.raises(Incomplete):
        actions.name_reader(compartment=kestrel, person=people["researcher"], reason="", by=people["manager"], at=START)
    with pytest.raises(OutOfOrder):
        name_reader(people, kestrel, "analyst")
    actions.drop_reader(compartment=kestrel, person=people["analyst"], reason="Moved", by=people["manager"], at=LATER)
    assert compartments_of(people["analyst"], LATER - timedelta(seconds=1)) == {"kestrel"}
    assert compartments_of(people["analyst"], LATER) == frozenset()


def test_an_administrator_is_never_a_reader(people: People, kestrel: Any) -> None:
    with pytest.raises(NotAllowed):
        name_reader(people, kestrel, "admin")
    name_reader(people, kestrel, "analyst")
    give_role(
        person=people["analyst"], role="administrator", organisation=people["admin"].home, by=people["admin"], at=START
    )
    assert compartments_of(people["analyst"], LATER) == frozenset()


def test_a_reader_without_a_role_or_out_of_use_is_not_named(people: People, kestrel: Any) -> None:
    end_role(held=people["analyst"].roles.get(), by=people["admin"], at=START)
    with pytest.raises(NotAllowed):
        name_reader(people, kestrel, "analyst")


def test_a_closed_compartment_opens_to_nobody(people: People, kestrel: Any) -> None:
    actions.close_compartment(compartment=kestrel, reason="Over", by=people["manager"], at=LATER)
    assert compartments_of(people["manager"], LATER) == frozenset()


def test_the_owner_stays_a_reader_until_another_owns_it(people: People, kestrel: Any) -> None:
    with pytest.raises(NotAllowed):
        actions.drop_reader(compartment=kestrel, person=people["manager"], reason="x", by=people["manager"], at=LATER)
    with pytest.raises(NotAllowed):
        actions.hand_compartment_to(
            compartment=kestrel, owner=people["senior"], reason="x", by=people["manager"], at=LATER
        )
    name_reader(people, kestrel, "senior")
    actions.hand_compartment_to(compartment=kestrel, owner=people["senior"], reason="x", by=people["manager"], at=LATER)
    actions.drop_reader(compartment=kestrel, person=people["manager"], reason="x", by=people["senior"], at=LATER)
    assert compartments_of(people["manager"], LATER) == frozenset()


def test_an_operation_in_a_compartment_is_listed_and_counted_for_its_readers_only(people: People, kestrel: Any) -> None:
    made = adopted(people, ["analyst"], compartment="kestrel")
    give_role(person=people["senior"], role="manager", organisation=people["senior"].home, by=people["admin"], at=START)
    assert {who for who in people if visible_operations(people[who], LATER).count()} == {"manager"}
    name_reader(people, kestrel, "researcher")
    assert names(people, "researcher") == [made.reference] == ["kestrel-larkmere"]
    for who in ("analyst", "senior", "admin"):
        with pytest.raises(NotThere) as hidden:
            operation_for(people[who], made.reference, LATER)
        with pytest.raises(NotThere) as absent:
            operation_for(people[who], "no-such", LATER)
        assert str(hidden.value) == str(absent.value)
        with pytest.raises(NotThere):
            actions.close(operation=made, by=people[who], at=LATER, reason="x")


def test_an_open_operation_s_reference_tells_nothing_of_a_hidden_one_of_the_same_name(
    people: People, kestrel: Any
) -> None:
    adopted(people, compartment="kestrel")
    assert adopted(people, number=2).reference == "larkmere"


def test_every_act_of_a_compartment_is_in_the_log_under_its_name(people: People, kestrel: Any) -> None:
    name_reader(people, kestrel, "analyst")
    actions.drop_reader(compartment=kestrel, person=people["analyst"], reason="x", by=people["manager"], at=LATER)
    made = adopted(people, compartment="kestrel")
    actions.close(operation=made, by=people["manager"], at=LATER, reason="done")
    actions.close_compartment(compartment=kestrel, reason="Over", by=people["manager"], at=LATER)
    said = Entry.objects.filter(what__startswith="operations.").order_by("number").values_list("what", "compartment")
    told = ["open_compartment", "name_reader", "drop_reader", "adopt", "close", "close_compartment"]
    assert list(said) == [(f"operations.{what}", "kestrel") for what in told]


def test_a_code_is_a_word_and_is_given_once(people: People, kestrel: Any) -> None:
    for code in ("kestrel", "K", "a b c", "+++", "x" * 21):
        with pytest.raises(Incomplete):
            actions.open_compartment(code=code, corruption=False, by=people["manager"], at=START, reason="x")
    with pytest.raises(NotAllowed):
        actions.open_compartment(code="merlin", corruption=False, by=people["analyst"], at=START, reason="x")


def test_the_list_of_operations_asks_a_few_questions_however_many_there_are(
    people: People, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 13):
        adopted(people, number=number)
    with django_assert_max_num_queries(6):
        assert len(names(people, "analyst")) == 12
