from dataclasses import replace
from datetime import timedelta

import pytest

from tasked import (
    AT,
    FORM,
    People,
    agreed,
    checked,
    drafted,
    organisation,
    passed_on,
    reach,
    scoped,
    submitted,
    weighed,
)
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.staff.actions import enrol, give_role
from toex.work.tasking import actions, queries
from toex.work.tasking.content import Held, Named
from toex.work.tasking.models import Attachment, Request
from toex.work.tasking.states import STATES


def test_a_request_goes_from_draft_to_development(people: People) -> None:
    request = agreed(people).request
    actions.develop(request=request, by=people["manager"], at=AT)
    walked = list(Request.objects.get(pk=request.pk).moves.values_list("now", flat=True))
    assert walked == [
        "draft", "submitted", "triage", "consideration", "scoping", "terms_agreed", "development",
    ]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_reached_by_acts_alone(state: str, people: People) -> None:
    assert Request.objects.get(pk=reach(state, people).pk).state == state


def test_a_reference_counts_within_its_year_and_names_nobody(people: People) -> None:
    first, second = drafted(people), drafted(people)
    later = drafted(people, at=AT.replace(year=2027))
    assert [first.reference, second.reference, later.reference] == ["REQ/2026/0001", "REQ/2026/0002", "REQ/2027/0001"]


def test_a_form_is_read_back_as_it_was_saved(people: People) -> None:
    content = replace(FORM, sio=people["sio"], no_data=False, data_held=(Held("Custody", "System"),))
    request = drafted(people, content)
    assert queries.content_of_form(Request.objects.get(pk=request.pk)) == content


def test_an_account_brings_its_name_and_rank(people: People) -> None:
    request = drafted(people, replace(FORM, sio=people["sio"], sio_name="", sio_rank=""))
    assert (request.form.sio_name, request.form.sio_rank) == ("Mark Denby", "DCI")


def test_an_incomplete_draft_is_saved_but_not_submitted(people: People) -> None:
    request = drafted(people, replace(FORM, safeguarding="", risk_owner="", objectives=()))
    with pytest.raises(Incomplete) as error:
        actions.submit(request=request, by=people["requester"], at=AT)
    assert set(error.value.fields) == {"safeguarding", "risk_owner", "objectives"}
    assert Request.objects.get(pk=request.pk).state == "draft"


@pytest.mark.parametrize(
    "gone",
    ["sio_name", "sio_rank", "sio_contact", "threat_areas", "wanted", "background", "strategy", "objectives",
     "data_held", "urgency", "safeguarding", "risk_owner", "risk_owner_at"],
)  # fmt: skip
def test_what_is_required_is_missed_by_its_name(gone: str, people: People) -> None:
    empty = () if isinstance(getattr(FORM, gone), tuple) else ""
    request = drafted(people, replace(FORM, **{gone: empty}))
    with pytest.raises(Incomplete) as error:
        actions.submit(request=request, by=people["requester"], at=AT)
    assert set(error.value.fields) == {"risk_owner" if gone == "risk_owner_at" else gone}


def test_no_data_held_is_said_not_left_blank(people: People) -> None:
    request = drafted(people, replace(FORM, data_held=(), no_data=True))
    actions.submit(request=request, by=people["requester"], at=AT)
    assert request.state == "submitted"


def test_a_request_without_the_advisor_is_submitted_with_a_warning(people: People) -> None:
    request = drafted(people)
    told = actions.submit(request=request, by=people["requester"], at=AT)
    assert [line for line in told if "Organised Crime Advisor" in line]


def test_the_advisors_advice_is_asked_for_given_and_ends_the_warning(people: People) -> None:
    request = drafted(people)
    asked = actions.ask_advice(request=request, by=people["requester"], at=AT)
    given = actions.advise(request=request, words="Ask for the chart first.", by=people["advisor"], at=AT)
    assert (given.pk, given.advised_by) == (asked.pk, people["advisor"])
    assert actions.submit(request=request, by=people["requester"], at=AT) == ()


def test_nobody_advises_on_their_own_request(people: People) -> None:
    request = drafted(people)
    give_role(person=people["requester"], role="advisor", organisation=organisation("13"), by=people["admin"], at=AT)
    with pytest.raises(NotAllowed):
        actions.advise(request=request, words="Fine.", by=people["requester"], at=AT)


def test_codes_outside_their_list_are_refused(people: People) -> None:
    for wrong in (
        {"threat_areas": ("XX",)}, {"wanted": ("magic",)}, {"forces": ("nowhere",)},
        {"subjects": (Named("ghost", "x"),)}, {"subjects": (Named("phone", "1", roles=("villain",)),)},
        {"sio": people["analyst"]}, {"bcu": "x" * 129}, {"objectives": ("a",), "data_held": (Held("x" * 300, "y"),)},
    ):  # fmt: skip
        with pytest.raises(Incomplete):
            drafted(people, replace(FORM, **wrong))


def test_a_subject_is_kept_as_written_and_cleaned(people: People) -> None:
    request = drafted(people)
    phone, vrm = request.subjects.all()
    assert (phone.written, phone.value, phone.roles) == ("07700 900456", "+447700900456", ["suspect"])
    assert (vrm.written, vrm.value) == ("AB12 CDE", "AB12CDE")


def test_an_objective_that_is_dropped_keeps_its_number(people: People) -> None:
    request = drafted(people)
    actions.save_draft(
        request=request, content=replace(FORM, objectives=("Only this?",)), by=people["requester"], at=AT
    )
    rows = list(request.objectives.values_list("number", "text", "retired"))
    assert rows == [(1, "Only this?", False), (2, "Where do wages go?", True)]


def test_an_attachment_is_kept_once_under_its_digest(people: People, unit: object, settings: object) -> None:
    request = drafted(people)
    one, two = (
        actions.attach(request=request, name=f"../{n}.pdf", content=b"strategy", by=people["requester"], at=AT)
        for n in ("a", "b")
    )
    assert (one.digest == two.digest, one.name, one.size) == (True, "a.pdf", 8)
    kept = list((settings.TOEX_HOME / "attachments").iterdir())  # type: ignore[attr-defined]
    assert [(f.name, f.read_bytes()) for f in kept] == [(one.digest, b"strategy")]
    with pytest.raises(Incomplete):
        actions.attach(request=request, name="empty", content=b"", by=people["requester"], at=AT)


def test_a_strategy_document_is_one_attached_to_this_request(people: People) -> None:
    other, request = drafted(people), drafted(people)
    file = actions.attach(request=other, name="s.pdf", content=b"s", by=people["requester"], at=AT)
    with pytest.raises(Incomplete):
        actions.save_draft(
            request=request, content=replace(FORM, strategy_document=file), by=people["requester"], at=AT
        )
    own = actions.attach(request=request, name="s.pdf", content=b"s", by=people["requester"], at=AT)
    content = replace(FORM, strategy="", strategy_document=own)
    actions.save_draft(request=request, content=content, by=people["requester"], at=AT)
    actions.submit(request=request, by=people["requester"], at=AT)
    assert Attachment.objects.count() == 2


def test_a_returned_request_is_completed_and_submitted_again(people: People) -> None:
    request = reach("returned", people)
    actions.save_draft(request=request, content=replace(FORM, urgency="Now."), by=people["requester"], at=AT)
    actions.submit(request=request, by=people["requester"], at=AT)
    assert request.state == "submitted"


def test_a_request_is_passed_on_only_with_its_sheet_filled_and_a_priority_of_the_list(people: People) -> None:
    request = submitted(people)
    actions.begin_triage(request=request, by=people["gateway"], at=AT)
    with pytest.raises(Incomplete) as error:
        actions.pass_on(request=request, priority="high", reason="Harm.", by=people["gateway"], at=AT)
    assert set(error.value.fields) == {"complete", "duplicate", "harm", "taker"}
    with pytest.raises(Incomplete):
        actions.pass_on(request=checked(people), priority="now!", reason="Harm.", by=people["gateway"], at=AT)


def test_ends_need_a_reason(people: People) -> None:
    request = checked(people)
    with pytest.raises(Incomplete):
        actions.reject(request=request, reason=" ", by=people["gateway"], at=AT)
    with pytest.raises(Incomplete):
        actions.redirect(request=request, where="", reason="Fraud.", by=people["gateway"], at=AT)


def test_a_request_is_accepted_only_after_every_question_of_suitability(people: People) -> None:
    request = passed_on(people)
    with pytest.raises(Incomplete) as error:
        actions.accept(request=request, reason="It fits.", by=people["manager"], at=AT)
    assert len(error.value.fields) == 5


def test_another_region_takes_a_request_only_when_its_manager_says_so(people: People) -> None:
    request = weighed(people)
    with pytest.raises(NotThere):
        queries.find(request.reference, by=people["manager2"], at=AT)
    actions.ask_region(
        request=request, asked=organisation("EMSOU"), reason="The farms are there.", by=people["manager"], at=AT
    )
    with pytest.raises(OutOfOrder):
        actions.accept(request=request, reason="Quick.", by=people["manager"], at=AT)
    seen = queries.find(request.reference, by=people["manager2"], at=AT)
    actions.answer_region(
        request=seen, takes=True, words="We take it.", by=people["manager2"], at=AT + timedelta(hours=1)
    )
    assert Request.objects.get(pk=request.pk).region_id == "EMSOU"
    with pytest.raises(Incomplete):  # suitability is answered where the work will be done
        actions.accept(request=seen, reason="Ours.", by=people["manager2"], at=AT + timedelta(hours=1))
    with pytest.raises(NotThere):
        actions.accept(request=request, reason="Mine.", by=people["manager"], at=AT + timedelta(hours=1))


def test_a_region_that_says_no_leaves_the_request_where_it_is(people: People) -> None:
    request = weighed(people)
    actions.ask_region(request=request, asked=organisation("EMSOU"), reason="?", by=people["manager"], at=AT)
    actions.answer_region(request=request, takes=False, words="No capacity.", by=people["manager2"], at=AT)
    actions.accept(request=request, reason="Ours then.", by=people["manager"], at=AT)
    assert request.state == "scoping"
    with pytest.raises(NotThere):
        queries.find(request.reference, by=people["manager2"], at=AT)


def test_a_region_that_was_asked_sees_nothing_any_more_once_the_request_ended(people: People) -> None:
    request = weighed(people)
    actions.ask_region(request=request, asked=organisation("EMSOU"), reason="There.", by=people["manager"], at=AT)
    actions.decline(request=request, reason="No capacity.", by=people["manager"], at=AT)
    with pytest.raises(NotThere):
        queries.find(request.reference, by=people["manager2"], at=AT)
    assert not request.region_asks.filter(answered=None).exists()


def test_own_work_starts_at_consideration_and_a_referral_at_triage_with_a_named_receiver(people: People) -> None:
    region = organisation("YHROCU")
    own = actions.begin_own(region=region, name="Larkmere", background="Adverts.", by=people["analyst"], at=AT)
    tip = actions.refer(region=region, origin="third_sector", background="A shelter.", by=people["gateway"], at=AT)
    assert (own.kind, own.state, own.form.background) == ("proactive", "consideration", "Adverts.")
    assert (tip.kind, tip.state, tip.asked_by) == ("referral", "triage", people["gateway"])
    with pytest.raises(Incomplete):
        actions.refer(region=region, origin="gossip", background="?", by=people["gateway"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.return_to_asker(request=tip, missing="A form.", by=people["gateway"], at=AT)


def test_what_came_without_a_form_is_set_out_by_those_who_took_it(people: People) -> None:
    own = actions.begin_own(
        region=organisation("YHROCU"), name="Larkmere", background="Adverts.", by=people["analyst"], at=AT
    )
    actions.set_out(request=own, content=replace(FORM, sio=people["sio"]), by=people["manager"], at=AT)
    assert (own.sio, own.objectives.count()) == (people["sio"], 2)
    with pytest.raises(OutOfOrder):  # a force's own form is not written by others
        actions.set_out(request=passed_on(people), content=FORM, by=people["manager"], at=AT)


def test_who_was_quicker_wins_and_the_other_is_told(people: People) -> None:
    request = checked(people)
    stale = Request.objects.get(pk=request.pk)
    actions.reject(request=request, reason="No exploitation.", by=people["gateway"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.pass_on(request=stale, priority="high", reason="Harm.", by=people["gateway"], at=AT)


def test_an_enquiry_is_answered_by_the_regions_gateway_once(people: People) -> None:
    enquiry = actions.enquire(words="Is this for you?", by=people["requester"], at=AT)
    assert enquiry.region_id == "YHROCU"
    with pytest.raises(NotThere):
        actions.answer_enquiry(enquiry=enquiry, words="Yes.", by=people["manager2"], at=AT)
    actions.answer_enquiry(enquiry=enquiry, words="Yes.", by=people["gateway"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.answer_enquiry(enquiry=enquiry, words="No.", by=people["gateway"], at=AT)


def test_a_national_body_names_the_region(people: People) -> None:
    home = organisation("91")
    person = enrol(
        username="officer", name="Ivo Grant", rank="", home=home, password="x" * 20, by=people["admin"], at=AT
    )
    give_role(person=person, role="requester", organisation=home, by=people["admin2"], at=AT)
    with pytest.raises(Incomplete):
        actions.begin_draft(by=person, at=AT)
    made = actions.begin_draft(by=person, at=AT, region=organisation("EMSOU"))
    assert made.region_id == "EMSOU"


def test_every_act_leaves_one_entry_and_no_word_of_the_form(people: People) -> None:
    before = Entry.objects.count()
    scoped(people)
    entries = list(Entry.objects.filter(number__gt=before).order_by("number"))
    assert [e.what for e in entries] == [
        f"tasking.{act}"
        for act in ("begin_draft", "save_draft", "submit", "begin_triage", "check", "pass_on", "weigh", "accept")
    ]
    text = "".join(e.body for e in entries)
    assert not any(word in text for word in ("Larkmere", "Denby", "900456", "farms", "near"))
