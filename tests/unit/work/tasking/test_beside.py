"""What lies beside the road: reasons that the asker reads, enquiries, attachments, BCUs, terms after their end."""

from datetime import timedelta

import pytest
from django.conf import settings

from tasked import AT, FORM, People, agreed, drafted, organisation, proxy, reach, register, submitted
from toex.work.audit.models import Entry
from toex.work.errors import NotThere, OutOfOrder
from toex.work.staff.actions import add_organisation, enrol, give_role
from toex.work.tasking import actions, queries
from toex.work.tasking.actions.risks import Told
from toex.work.tasking.models import ImmediateRisk, Terms


@pytest.mark.parametrize(
    ("state", "reason"),
    [("returned", "The dates."), ("redirected", "Fraud."), ("rejected", "No exploitation."),
     ("declined", "No capacity."), ("withdrawn", "Solved.")],
)  # fmt: skip
def test_the_asker_reads_why_it_was_turned_back_or_ended(state: str, reason: str, people: People) -> None:
    found = queries.told(reach(state, people))
    assert found is not None
    assert found.reason == reason
    assert queries.told(submitted(people)) is None


def test_where_a_request_was_redirected_is_named(people: People) -> None:
    found = queries.told(reach("redirected", people))
    assert found is not None
    assert found.where == "GAIN"


def test_enquiries_are_read_by_their_asker_and_the_regions_gateway(people: People) -> None:
    first = actions.enquire(words="Is it for you?", by=people["requester"], at=AT)
    second = actions.enquire(words="And this?", by=people["requester"], at=AT + timedelta(hours=1))
    actions.answer_enquiry(enquiry=first, words="Yes.", by=people["gateway"], at=AT + timedelta(hours=2))
    for username in ("requester", "gateway"):
        assert list(queries.enquiries(by=people[username], at=AT + timedelta(hours=3))) == [second, first]
    for username in ("manager2", "advisor", "admin"):
        assert not queries.enquiries(by=people[username], at=AT + timedelta(hours=3))


def test_an_attachment_is_opened_by_those_who_see_the_request_and_the_log_says_so(people: People) -> None:
    request = drafted(people)
    file = actions.attach(request=request, name="s.pdf", content=b"strategy", by=people["requester"], at=AT)
    assert actions.open_attachment(attachment=file, by=people["advisor"], at=AT) == b"strategy"
    entry = Entry.objects.order_by("-number").first()
    assert entry is not None
    assert (entry.act, entry.what, entry.by) == ("consultation", "tasking.open_attachment", "advisor")
    with pytest.raises(NotThere):
        actions.open_attachment(attachment=file, by=people["manager"], at=AT)


def test_an_attachment_that_was_changed_behind_our_back_is_not_shown(people: People) -> None:
    request = drafted(people)
    file = actions.attach(request=request, name="s.pdf", content=b"strategy", by=people["requester"], at=AT)
    (settings.TOEX_HOME / "attachments" / file.digest).write_bytes(b"another strategy")
    with pytest.raises(NotThere):
        actions.open_attachment(attachment=file, by=people["advisor"], at=AT)


def test_a_bcu_asks_through_its_force_and_its_own_advisor_advises(people: People) -> None:
    bcu = add_organisation(code="13-N", name="North", kind="bcu", within=organisation("13"), by=people["admin"], at=AT)
    made = {}
    for username, role in (("bcu", "requester"), ("oca", "advisor")):
        made[username] = enrol(
            username=username, name=f"Person {username}", rank="DC", home=bcu, password="x" * 20, by=people["admin"],
            at=AT,
        )  # fmt: skip
        give_role(person=made[username], role=role, organisation=bcu, by=people["admin2"], at=AT)
    request = actions.begin_draft(by=made["bcu"], at=AT)
    assert request.region_id == "YHROCU"
    actions.save_draft(request=request, content=FORM, by=made["bcu"], at=AT)
    with pytest.raises(NotThere):  # the force's advisor is not the BCU's
        actions.advise(request=request, words="Fine.", by=people["advisor"], at=AT)
    actions.advise(request=request, words="Fine.", by=made["oca"], at=AT)
    assert actions.submit(request=request, by=made["bcu"], at=AT) == ()


def test_nothing_is_signed_varied_or_added_once_it_is_closed(people: People) -> None:
    register()
    terms = agreed(people)
    theirs = proxy(terms, people)
    content = queries.content_of(terms)
    actions.close(request=terms.request, reason="Done.", by=people["manager"], at=AT)
    manager, senior = people["manager"], people["senior"]
    for act in (
        lambda: actions.sign(terms=terms, by=manager, at=AT),
        lambda: actions.sign_by_proxy(terms=terms, proxy=theirs, by=senior, at=AT),
        lambda: actions.amend_terms(terms=terms, content=content, by=senior, at=AT),
        lambda: actions.add_colleague(terms=terms, person=people["data"], reason="Late.", by=manager, at=AT),
        lambda: actions.add_dataset(terms=terms, dataset="payroll", reason="Late.", by=manager, at=AT),
        lambda: actions.add_objective(request=terms.request, text="Late?", by=senior, at=AT),
    ):
        with pytest.raises(OutOfOrder):
            act()


def test_a_stale_copy_of_a_closed_request_has_no_terms_in_force(people: People) -> None:
    stale = Terms.objects.select_related("request").get(pk=agreed(people).pk).request
    actions.close(request=type(stale).objects.get(pk=stale.pk), reason="Done.", by=people["manager"], at=AT)
    assert stale.state == "terms_agreed"
    assert queries.in_force(stale, AT) is None


def test_a_risk_that_another_force_takes_is_that_forces_to_accept(people: People) -> None:
    risk = actions.raise_risk(
        kind="child_at_risk", words="A girl.", force=organisation("14"), by=people["analyst2"], at=AT
    )
    assert risk.region_id == "EMSOU"  # reviewed where it was raised
    with pytest.raises(NotThere):
        queries.find_risk(risk.reference, by=people["duty"], at=AT)
    told = Told("Will Garth", organisation("13"), AT, by_voice=True, read_back=True)
    actions.hand_over(risk=risk, told=told, by=people["analyst2"], at=AT)
    fresh = ImmediateRisk.objects.get(pk=risk.pk)
    actions.accept_risk(risk=fresh, by=people["duty"], at=AT)
    assert ImmediateRisk.objects.get(pk=risk.pk).owner == "Will Garth"
