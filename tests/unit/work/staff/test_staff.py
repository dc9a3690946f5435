from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from people import PASSWORD, START
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, OutOfOrder
from toex.work.staff import actions
from toex.work.staff.models import Membership, Organisation, Person, RoleHeld
from toex.work.staff.policies import MAY, check_may, may, roles
from toex.work.staff.queries import hours_of, organisations, people_with, region_of, successor

People = dict[str, Person]
LATER = START + timedelta(days=30)


def organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def region_code(code: str, day: date) -> str:
    found = region_of(code, day)
    return found.code if found else ""


def test_a_role_counts_from_its_first_moment_and_no_longer_at_its_end(people: People) -> None:
    held = RoleHeld.objects.get(person=people["data"])
    actions.end_role(held=held, by=people["admin"], at=LATER)
    data = Person.objects.get(pk=people["data"].pk)
    assert roles(data, START - timedelta(seconds=1)) == frozenset()
    assert roles(data, LATER - timedelta(seconds=1)) == {"data_analyst"}
    assert roles(data, LATER) == frozenset()


def test_a_role_at_one_organisation_says_nothing_of_another(people: People) -> None:
    assert may(people["manager"], "approve a grant", START, organisation="YHROCU")
    assert not may(people["manager"], "approve a grant", START, organisation="EMSOU")


def test_a_log_in_is_given_once(people: People) -> None:
    actions.retire(person=people["analyst"], by=people["admin"], at=START)
    with pytest.raises(OutOfOrder):
        actions.enrol(
            username="analyst",
            name="Another",
            home=people["admin"].home,
            password=PASSWORD,
            by=people["admin"],
            at=LATER,
        )


def test_nobody_gives_a_role_to_themselves(people: People) -> None:
    with pytest.raises(NotAllowed):
        actions.give_role(
            person=people["admin"], role="manager", organisation=organisation("YHROCU"), by=people["admin"], at=START
        )


def test_only_an_administrator_administers(people: People) -> None:
    for username in people:
        if username not in ("admin", "admin2"):
            with pytest.raises(NotAllowed):
                check_may(people[username], "administer", START)


def test_a_role_that_the_list_does_not_have_is_refused(people: People) -> None:
    with pytest.raises(Incomplete):
        actions.give_role(
            person=people["data"], role="wizard", organisation=organisation("YHROCU"), by=people["admin"], at=START
        )


def test_every_role_of_the_table_is_a_role_of_the_list() -> None:
    from toex.reference import load

    assert {role for held in MAY.values() for role in held} <= set(load("roles").codes())


def test_a_short_or_common_password_is_refused_without_being_told(people: People) -> None:
    for password in ("brief", "password1234"):
        with pytest.raises(Incomplete) as error:
            actions.enrol(
                username="new", name="New", home=organisation("13"), password=password, by=people["admin"], at=START
            )
        assert password not in str(error.value)


def test_a_force_moves_with_its_region_when_the_region_is_taken_over(people: People) -> None:
    on = date(2027, 4, 1)
    new = actions.add_organisation(
        code="NPS-N", name="National Police Service North", kind="region", by=people["admin"], at=START
    )
    actions.succeed(predecessors=[organisation("YHROCU")], successor=new, on=on, by=people["admin"], at=START)
    assert region_code("13", date(2027, 3, 31)) == "YHROCU"
    assert region_code("13", on) == "NPS-N"
    assert successor("YHROCU", date(2027, 3, 31)) == "YHROCU"
    assert successor("YHROCU", on) == "NPS-N"
    assert "YHROCU" not in organisations(on).values_list("code", flat=True)


def test_a_bcu_belongs_to_the_region_of_its_force(people: People) -> None:
    actions.add_organisation(
        code="13-LEEDS", name="Leeds District", kind="bcu", within=organisation("13"), by=people["admin"], at=START
    )
    assert region_code("13-LEEDS", START.date()) == "YHROCU"


def test_an_organisation_outside_every_region_has_none(people: People) -> None:
    assert region_code("91", START.date()) == ""


def test_a_force_that_changes_region_is_in_one_at_a_time(people: People) -> None:
    actions.join_region(
        organisation=organisation("13"), within=organisation("EMSOU"), since=LATER.date(), by=people["admin"], at=START
    )
    for day in (START.date(), LATER.date() - timedelta(days=1), LATER.date()):
        open_ = [
            m
            for m in Membership.objects.filter(organisation="13")
            if (m.since is None or m.since <= day) and (m.until is None or day < m.until)
        ]
        assert len(open_) == 1


def test_london_names_its_gateway_and_a_region_renames_its_own(people: People) -> None:
    assert organisation("LONDON").gateway == "SCTAC"
    actions.name_gateway(
        organisation=organisation("YHROCU"), gateway="Regional Tasking Desk", by=people["admin"], at=START
    )
    assert organisation("YHROCU").gateway == "Regional Tasking Desk"


def test_an_absence_overrules_the_standing_hours_while_it_lasts(people: People) -> None:
    who, day = people["analyst"], START.date()
    actions.set_capacity(person=who, hours=37, since=day, by=who, at=START)
    actions.set_capacity(
        person=who, hours=0, since=day + timedelta(7), until=day + timedelta(14), why="leave", by=who, at=START
    )
    assert [hours_of([who], day + timedelta(n))[who.pk] for n in (0, 7, 13, 14)] == [37, 0, 0, 37]


def test_people_with_a_role_are_found_in_one_question_for_them_and_one_for_their_roles(
    people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        found = people_with("analyst", START)
        assert [roles(p, START) for p in found] == [{"analyst"}] * 2


def test_every_act_of_administration_is_one_entry(people: People) -> None:
    before = Entry.objects.count()
    actions.name_gateway(organisation=organisation("EMSOU"), gateway="Desk", by=people["admin"], at=START)
    actions.retire(person=people["analyst2"], by=people["admin"], at=START)
    assert Entry.objects.count() == before + 2
    assert PASSWORD not in "".join(Entry.objects.values_list("body", flat=True))
