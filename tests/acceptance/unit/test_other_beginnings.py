"""Work that starts without a force's form: TOEX's own, a tip from the third sector; and what is read after the end."""

from dataclasses import replace
from pathlib import Path

import pytest

from acceptance.unit.journey import AT, DAY, FORM, HOUR, People, look, organisation, seat, stock, taken_on, work
from tasked import terms_content
from toex.reference import load
from toex.work.access import actions as access
from toex.work.access.models import Grant
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.judgements.actions import rule
from toex.work.operations import actions as operations
from toex.work.operations.models import Operation
from toex.work.tasking import actions, queries
from toex.work.tasking.models import Request

BOTH = ("13-nominals", "30-nominals")


@pytest.fixture
def held(people: People, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    stock(people, folder)


def decided(people: People, request: Request) -> None:
    """The manager weighs it and accepts it."""
    answers = dict.fromkeys(load("suitability_questions").codes(), (True, "It does."))
    actions.weigh(request=request, answers=answers, by=people["manager"], at=AT)
    actions.accept(request=request, reason="Within the areas.", by=people["manager"], at=AT)


def test_work_that_toex_begins_itself_comes_to_signed_terms_and_an_open_grant(people: People, held: None) -> None:
    """ "Operation Booker identified a new OCG trafficking people from Romania for labour exploitation." """
    with pytest.raises(NotAllowed):  # of the team of that region
        actions.begin_own(
            region=organisation("EMSOU"), name="Operation Sedge", background="Adverts.", by=people["analyst"], at=AT
        )
    request = actions.begin_own(
        region=organisation("YHROCU"), name="Operation Sedge", background="One number stands in forty adverts.",
        by=people["analyst"], at=AT, priority="medium",
    )  # fmt: skip
    assert (request.state, request.kind) == ("consideration", "proactive")  # no form, no gateway
    decided(people, request)
    with pytest.raises(Incomplete):  # there is no customer, no risk owner and no strategy to point at yet
        terms = actions.draft_terms(
            request=request, content=terms_content(request, people, datasets=BOTH), by=people["senior"], at=AT
        )
    whole = replace(FORM, name="Operation Sedge", sio=people["sio"])
    actions.set_out(request=request, content=whole, by=people["senior"], at=AT)
    terms = actions.draft_terms(
        request=request, content=terms_content(request, people, datasets=BOTH), by=people["senior"], at=AT
    )
    actions.sign(terms=terms, by=people["manager"], at=AT)
    operation = _adopted(people, request)
    with pytest.raises(OutOfOrder):  # not before both have signed
        access.open_operation(operation=operation, by=people["manager"], at=AT)
    actions.sign(terms=terms, by=people["sio"], at=AT + HOUR)
    grant = access.open_operation(operation=operation, by=people["manager"], at=AT + HOUR)
    assert look(people["analyst"], grant, AT + 2 * HOUR).found == 4


def _adopted(people: People, request: Request) -> Operation:
    return operations.adopt(
        request=request, name="Operation Sedge", region=organisation("YHROCU"), manager=people["manager"],
        by=people["manager"], at=AT,
    )  # fmt: skip


def test_a_tip_from_the_third_sector_has_a_named_receiver_and_is_triaged_without_a_form(people: People) -> None:
    """ "Victims of abuse may be vulnerable to trafficking across force boundaries or may go missing from one force
    area and be abused in another." """
    with pytest.raises(NotAllowed):
        actions.refer(
            region=organisation("YHROCU"), origin="third_sector", background="A tip.", by=people["requester"], at=AT
        )
    request = actions.refer(
        region=organisation("YHROCU"), origin="third_sector", background="A shelter heard of a house with no door handles.",
        by=people["gateway"], at=AT,
    )  # fmt: skip
    assert (request.state, request.asked_by, request.origin) == ("triage", people["gateway"], "third_sector")
    with pytest.raises(OutOfOrder):  # there is no asker to return it to
        actions.return_to_asker(request=request, missing="Where?", by=people["gateway"], at=AT)
    answers = dict.fromkeys(load("triage_checks").codes(), "Looked at.")
    actions.check(request=request, answers=answers, by=people["gateway"], at=AT)
    actions.pass_on(request=request, priority="high", reason="People are held.", by=people["gateway"], at=AT)
    decided(people, request)
    assert queries.find(request.reference, by=people["manager"], at=AT).state == "scoping"
    assert request.form.safeguarding == ""  # nothing was made up for whoever gave the tip
    with pytest.raises(NotThere):
        queries.find(request.reference, by=people["requester"], at=AT)


def test_after_closure_what_was_read_is_read_again_for_disclosure_and_ruled_on_no_more(
    people: People, held: None
) -> None:
    """ "TOEX identified individuals at risk of exploitation, supported the prosecution of offenders, and helped secure
    Sexual Risk Orders for multiple perpetrators." """
    grant = taken_on(people, datasets=BOTH)
    before = look(people["analyst"], grant, AT + HOUR)
    operation = grant.operation
    assert operation is not None

    def ask() -> Grant:
        return access.ask(
            kind="disclosure", purpose="Disclosure for the trial.", people=[people["analyst"]], operation=operation,
            ends=AT + 60 * DAY, by=people["senior"], at=AT + 2 * DAY,
        )  # fmt: skip

    with pytest.raises(Incomplete):  # an open operation has its own grant
        ask()
    access.close_operation(operation=operation, by=people["manager"], at=AT + DAY, reason="Charged.")
    work(AT + DAY)
    asked = ask()
    with pytest.raises(NotThere):
        look(people["analyst"], asked, AT + 3 * DAY)
    for own in ("senior", "analyst"):
        with pytest.raises(NotAllowed):
            access.approve(grant=asked, by=people[own], at=AT + 3 * DAY)
    opened = access.approve(grant=asked, by=people["manager2"], at=AT + 3 * DAY)
    after = look(people["analyst"], opened, AT + 3 * DAY)
    assert [s.record_ids for s in after.subjects] == [s.record_ids for s in before.subjects]
    with pytest.raises(NotThere):
        look(people["researcher"], opened, AT + 3 * DAY)
    one, other = after.subjects[0].record_ids[:2]
    reader = seat(people["analyst"], opened, AT + 3 * DAY)
    with pytest.raises(NotAllowed):  # read, and nothing else
        rule(
            seat=reader, record_id=one, other_id=other, ruling="different", reason="After the end.", by=reader.person,
            at=reader.at,
        )  # fmt: skip
