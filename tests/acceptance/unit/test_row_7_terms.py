"""Row 7: terms of reference, signed by both sides, varied; what they open is seen by reading."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from acceptance.unit.journey import AT, DAY, HOUR, People, describe, look, seat, stock, taken_on, working_days
from tasked import organisation, proxy, scoped, terms_content
from toex.work.access import actions as access
from toex.work.access.queries import grants_of
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.judgements.seat import UnitSeat
from toex.work.tasking import actions, queries
from toex.work.tasking.content import Asked
from toex.work.tasking.models import Objective, Request

BOTH = ("13-nominals", "30-nominals")


@pytest.fixture
def held(people: People, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    stock(people, folder)


def test_row_7_both_sides_agree_the_same_version_and_none_under_signature_is_changed(
    people: People, held: None
) -> None:
    """ "The TOEX management then works with the Senior Investigating Officer (SIO) to agree a terms of reference –
    this establishes what support TOEX will provide, the timeline and product anticipated" """
    request = scoped(people)
    content = terms_content(request, people, datasets=BOTH)
    first = actions.draft_terms(request=request, content=content, by=people["senior"], at=AT)
    longer = replace(content, support="Research, a network chart and a briefing.")
    actions.amend_terms(terms=first, content=longer, by=people["senior"], at=AT)  # nobody has signed
    actions.sign(terms=first, by=people["manager"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.amend_terms(terms=first, content=content, by=people["senior"], at=AT)

    second = actions.draft_terms(request=request, content=content, by=people["senior"], at=AT + HOUR)
    assert (first.version, second.version) == (1, 2)
    with pytest.raises(OutOfOrder):  # the newest is the one to sign
        actions.sign(terms=first, by=people["sio"], at=AT + HOUR)
    assert not actions.sign(terms=second, by=people["manager"], at=AT + HOUR)
    assert queries.in_force(request, AT + HOUR) is None
    assert actions.sign(terms=second, by=people["sio"], at=AT + HOUR)
    assert queries.in_force(request, AT + HOUR) == second
    stands = queries.status(Request.objects.get(pk=request.pk), at=AT + HOUR, within=working_days())
    assert stands.line == "Terms of reference signed by both sides: work can begin."


def test_row_7_every_question_points_at_an_objective_of_the_sios_strategy(people: People) -> None:
    """ "working to the SIO investigation strategy" """
    request = scoped(people)
    foreign = Objective(request=request, number=99, text="Not of this strategy")
    for objective in (None, foreign):
        content = terms_content(request, people, questions=(Asked("Who pays?", "fact", objective),))
        with pytest.raises(Incomplete) as refused:
            actions.draft_terms(request=request, content=content, by=people["senior"], at=AT)
        assert set(refused.value.fields) == {"questions"}
    added = actions.add_objective(request=request, text="Who pays the drivers?", by=people["sio"], at=AT)
    content = terms_content(request, people, questions=(Asked("Who pays?", "fact", added),))
    terms = actions.draft_terms(request=request, content=content, by=people["senior"], at=AT)
    assert terms.questions.get().objective == added


def test_row_7_an_sio_without_an_account_signs_by_recorded_proxy(people: People) -> None:
    """ "The TOEX management then works with the Senior Investigating Officer (SIO) to agree a terms of reference" """
    request = scoped(people)
    terms = actions.draft_terms(request=request, content=terms_content(request, people), by=people["senior"], at=AT)
    whole = proxy(terms, people)
    with pytest.raises(Incomplete):
        actions.sign_by_proxy(terms=terms, proxy=replace(whole, message=None), by=people["requester"], at=AT)
    with pytest.raises(NotAllowed):  # TOEX does not sign for its customer
        actions.sign_by_proxy(
            terms=terms, proxy=replace(whole, organisation=organisation("YHROCU")), by=people["requester"], at=AT
        )
    actions.sign_by_proxy(terms=terms, proxy=whole, by=people["requester"], at=AT)
    signed = terms.signatures.get()
    assert (signed.name, signed.rank, signed.person, signed.entered_by) == (
        "Mark Denby",
        "DCI",
        None,
        people["requester"],
    )
    assert signed.message == whole.message
    with pytest.raises(NotThere):  # the other region's inspector
        actions.sign(terms=terms, by=people["manager2"], at=AT)
    assert actions.sign(terms=terms, by=people["manager"], at=AT)


def test_row_7_what_the_terms_name_is_what_is_read_by_whom_and_until_when(people: People, held: None) -> None:
    """ "this establishes what support TOEX will provide, the timeline and product anticipated" """
    grant = taken_on(people, datasets=BOTH)
    analyst, ends = people["analyst"], AT + 90 * DAY
    assert look(analyst, grant, AT + HOUR).found == 4  # two people, two telephones
    for who in ("developer", "data", "senior", "analyst2", "admin", "requester", "auditor"):
        with pytest.raises(NotThere):
            look(people[who], grant, AT + HOUR)
        assert grant not in grants_of(people[who], AT + HOUR)
    sitting = seat(analyst, grant, ends - timedelta(seconds=1))
    sitting.view().close()
    with pytest.raises(NotAllowed):
        UnitSeat(analyst, grant, ends).view()


def test_row_7_a_variation_opens_at_once_with_the_second_signature_and_not_before(people: People, held: None) -> None:
    """ "There were ongoing intel refreshes that made a massive difference to the development & enforcement!" """
    grant = taken_on(people, datasets=("13-nominals",))
    request = Request.objects.get(pk=grant.request_id)
    analyst, developer = people["analyst"], people["developer"]
    assert suppliers(analyst, grant, AT + HOUR) == {"13"}
    content = replace(
        queries.content_of(request.terms.get()), datasets=BOTH, people=(analyst, developer), ends=AT + 120 * DAY,
        why="Victims were moved to Derby.",
    )  # fmt: skip
    with pytest.raises(Incomplete):
        actions.vary(request=request, content=replace(content, why=""), by=people["senior"], at=AT + DAY)
    terms = actions.vary(request=request, content=content, by=people["senior"], at=AT + DAY)
    actions.sign(terms=terms, by=people["sio"], at=AT + DAY)
    assert suppliers(analyst, grant, AT + DAY) == {"13"}
    with pytest.raises(NotThere):
        seat(developer, grant, AT + DAY)

    actions.sign(terms=terms, by=people["manager"], at=AT + DAY)
    for who in (analyst, developer):
        assert suppliers(who, grant, AT + DAY) == {"13", "30"}
    with pytest.raises(NotThere):  # the variation no longer names the researcher
        seat(people["researcher"], grant, AT + DAY)
    assert suppliers(developer, grant, AT + 119 * DAY) == {"13", "30"}
    with pytest.raises(NotAllowed):
        UnitSeat(developer, grant, AT + 120 * DAY).view()


def test_row_7_one_act_of_the_inspector_adds_a_colleague_or_a_like_dataset(people: People, held: None) -> None:
    """ "Detective Inspectors: Lead and direct the dedicated team within the ROCU." """
    grant = taken_on(people, datasets=("13-nominals",))
    terms = Request.objects.get(pk=grant.request_id).terms.get()
    by = people["manager"]
    actions.add_colleague(terms=terms, person=people["developer"], reason="Sensitive material.", by=by, at=AT + DAY)
    actions.add_dataset(terms=terms, dataset="30-nominals", reason="The same in Derby.", by=by, at=AT + DAY)
    assert suppliers(people["developer"], grant, AT + DAY) == {"13", "30"}
    describe(people, "14-reports", kind="intelligence", policy_document="APD/1")
    with pytest.raises(NotAllowed):  # not like what the terms name: that is a variation
        actions.add_dataset(terms=terms, dataset="14-reports", reason="Reports too.", by=by, at=AT + DAY)


def test_row_7_closing_the_work_closes_what_was_open_while_somebody_still_sits_there(
    people: People, held: None
) -> None:
    """ "Upon completion of this intelligence and analytical work, the threat is reassessed by TOEX" """
    grant = taken_on(people, datasets=BOTH)
    sitting = UnitSeat(people["analyst"], grant, AT + DAY)
    sitting.view().close()
    assert grant.operation is not None
    access.close_operation(operation=grant.operation, by=people["manager"], at=AT + DAY, reason="Handed to the force.")
    with pytest.raises(NotAllowed):
        sitting.view()
    with pytest.raises(NotThere):
        seat(people["manager"], grant, AT + DAY)


def suppliers(person: object, grant: object, at: object) -> set[str]:
    return {h.supplier for s in look(person, grant, at).subjects for h in s.holdings}  # type: ignore[arg-type]
