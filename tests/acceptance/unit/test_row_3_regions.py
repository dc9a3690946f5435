"""Row 3: teams in every region, forces and regions as dated facts, work that crosses them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from acceptance.unit.journey import AT, DAY, HOUR, People, join, look, organisation, stock, taken_on, working_days
from people import PASSWORD
from tasked import FORM, drafted, passed_on, terms_content
from toex.reference import load
from toex.work.access import actions as access
from toex.work.errors import NotAllowed, NotThere
from toex.work.operations.models import Operation
from toex.work.staff import actions as staff
from toex.work.staff.models import Organisation
from toex.work.staff.policies import TEAM
from toex.work.staff.queries import organisations, people_with, region_of, successor
from toex.work.tasking import actions, queries


def test_row_3_a_team_works_within_each_rocu(people: People) -> None:
    """ "Our teams are embedded within each of the ROCUs" """
    rocus = [o for o in organisations(AT.date()) if o.kind == "rocu"]
    assert len(rocus) >= 9
    for number, rocu in enumerate(rocus):
        join(people, f"di{number}", f"Inspector {number}", rocu.code, "manager", "DI")
        assert people[f"di{number}"] in people_with("manager", AT, organisation=rocu.code)
        served = [f for f in organisations(AT.date()).filter(kind="force") if region_of(f.code, AT.date()) == rocu]
        assert served, rocu.code  # each serves forces, and a force's request comes to its own


def test_row_3_each_role_of_the_team_is_held_from_a_day_until_a_day_at_an_organisation(people: People) -> None:
    """ "Each TOEX team has several roles to provide you and your force with the intelligence and analytical expertise" """
    assert set(load("roles").codes()) >= TEAM
    region = organisation("YHROCU")
    person = staff.enrol(username="new", name="Ivo Marl", home=region, password=PASSWORD, by=people["admin"], at=AT)
    for role in sorted(TEAM):
        held = staff.give_role(
            person=person, role=role, organisation=region, by=people["admin2"], at=AT, until=AT + 30 * DAY
        )
        assert [held.holds(at) for at in (AT - HOUR, AT, AT + 30 * DAY - HOUR, AT + 30 * DAY)] == [
            False,
            True,
            True,
            False,
        ]
        staff.end_role(held=held, by=people["admin"], at=AT + DAY)
        assert not held.holds(AT + DAY)
    with pytest.raises(NotAllowed):
        staff.give_role(person=people["admin"], role="manager", organisation=region, by=people["admin"], at=AT)


def test_row_3_it_is_seen_which_forces_hold_a_record_of_somebody(people: People, tmp_path: Path) -> None:
    """ "Organised forms of abuse and exploitation will cross police force boundaries and serious and serial
    offenders may abuse in multiple force areas." """
    folder = tmp_path / "in"
    folder.mkdir()
    stock(people, folder)
    grant = taken_on(people, datasets=("13-nominals", "30-nominals"))
    [subject] = look(people["analyst"], grant, AT + DAY, "Korrowane, Ilvane 02/03/1991").subjects
    assert {h.supplier: h.records for h in subject.holdings} == {"13": 1, "30": 1}
    assert subject.categories == ("victim",)  # one force says so: rule 10


def test_row_3_a_region_is_succeeded_and_requests_go_to_whoever_serves_the_force_on_the_day(people: People) -> None:
    """ "Our teams are embedded within each of the ROCUs" """
    on = date(2026, 9, 14)
    old, admin = organisation("YHROCU"), people["admin"]
    open_ = passed_on(people)
    new = staff.add_organisation(
        code="NORTHR", name="Northern Regional Unit", kind="rocu", gateway="Northern Gateway", since=on, by=admin, at=AT
    )
    staff.succeed(predecessors=[old], successor=new, on=on, by=admin, at=AT)
    before, after = region_of("13", on - timedelta(days=1)), region_of("13", on)
    assert (before, after) == (old, new)
    assert successor("YHROCU", on) == "NORTHR"
    assert old in organisations(on - timedelta(days=1))
    assert old not in organisations(on)

    assert drafted(people, FORM, AT + DAY).region == old
    assert drafted(people, FORM, AT + 8 * DAY).region == new
    assert Organisation.objects.get(code="YHROCU").name  # past facts keep their name
    actions.decline(request=open_, reason="Handed over anew.", by=people["manager"], at=AT + 8 * DAY)  # roles last


def test_row_3_two_regions_work_one_request_with_staff_of_both_in_its_terms(people: People, tmp_path: Path) -> None:
    """ "It is important that forces have mechanisms in place for the effective sharing of intelligence with
    other forces, their ROCU and with the NCA" """
    folder = tmp_path / "in"
    folder.mkdir()
    stock(people, folder)
    request = passed_on(people, replace(FORM, forces=("13", "30")))
    with pytest.raises(NotThere):  # the other region knows nothing of it before it is asked
        queries.find(request.reference, by=people["manager2"], at=AT)
    actions.ask_region(
        request=request, asked=organisation("EMSOU"), reason="Most victims live there.", by=people["manager"], at=AT
    )
    assert [q.asked_of_us for q in _waiting(people)] == [True]
    actions.answer_region(request=request, takes=True, words="We lead, with yours.", by=people["manager2"], at=AT)
    assert queries.find(request.reference, by=people["manager2"], at=AT).region_id == "EMSOU"

    answers = dict.fromkeys(load("suitability_questions").codes(), (True, "It does."))
    actions.weigh(request=request, answers=answers, by=people["manager2"], at=AT + HOUR)
    actions.accept(request=request, reason="Both regions have hours.", by=people["manager2"], at=AT + HOUR)
    both = (people["analyst"], people["analyst2"])
    content = terms_content(request, people, people=both, datasets=("13-nominals", "30-nominals"))
    terms = actions.draft_terms(request=request, content=content, by=people["manager2"], at=AT + HOUR)
    actions.sign(terms=terms, by=people["manager2"], at=AT + HOUR)
    assert actions.sign(terms=terms, by=people["sio"], at=AT + HOUR)
    grant = access.take_on(request=request, name="Operation Fenwater", by=people["manager2"], at=AT + HOUR)
    assert Operation.objects.get(request=request).region_id == "EMSOU"
    for analyst in both:
        assert {h.supplier for h in look(analyst, grant, AT + DAY).subjects[0].holdings} == {"13", "30"}


def _waiting(people: People) -> list[queries.Queued]:
    return queries.queue(by=people["manager2"], at=AT, within=working_days())
