from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tasked import AT, FORM, People, agreed, drafted, organisation, proxy, register, scoped, terms_content, with_terms
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.staff.actions import give_role, set_capacity
from toex.work.tasking import actions, queries
from toex.work.tasking.content import Asked, Promised
from toex.work.tasking.models import Request, Terms

LATER = AT + timedelta(days=7)


def test_terms_are_read_back_as_they_were_drafted(people: People) -> None:
    register()
    terms = with_terms(people, datasets=("payroll",))
    content = terms_content(terms.request, people, datasets=("payroll",))
    read = queries.content_of(Terms.objects.get(pk=terms.pk))
    assert replace(read, people=frozenset(read.people)) == replace(content, people=frozenset(content.people))  # type: ignore[arg-type]


def test_what_does_not_hold_together_is_refused(people: People) -> None:
    request = scoped(people)
    foreign = drafted(people).objectives.get(number=1)
    first = request.objectives.get(number=1)
    for wrong in (
        {"purpose": " "}, {"ends": AT}, {"hours": Decimal(-1)}, {"marking": "SECRET"}, {"datasets": ("ghost",)},
        {"questions": (Asked("Who?", "fact", None),)}, {"questions": (Asked("Who?", "fact", foreign),)},
        {"questions": (Asked("Who?", "guess", first),)}, {"questions": (Asked(" ", "fact", first),)},
        {"products": (Promised("magic", AT.date()),)}, {"people": (people["sio"],)},
    ):  # fmt: skip
        with pytest.raises(Incomplete):
            actions.draft_terms(
                request=request, content=terms_content(request, people, **wrong), by=people["senior"], at=AT
            )
    assert not request.terms.exists()


def test_a_question_at_a_retired_objective_is_refused(people: People) -> None:
    request = scoped(people)
    second = request.objectives.get(number=2)
    request.objectives.filter(number=2).update(retired=True)
    content = terms_content(request, people, questions=(Asked("Wages?", "fact", second),))
    with pytest.raises(Incomplete):
        actions.draft_terms(request=request, content=content, by=people["senior"], at=AT)


def test_a_dataset_bound_elsewhere_or_in_a_compartment_reads_like_one_that_is_not_registered(people: People) -> None:
    register("handset", binding="operation", operation="kestrel")
    register("prison", compartment="corvid")
    register("old", closed=AT)
    request = scoped(people)
    told = set()
    for name in ("handset", "prison", "old", "ghost"):
        with pytest.raises(Incomplete) as error:
            actions.draft_terms(
                request=request, content=terms_content(request, people, datasets=(name,)), by=people["senior"], at=AT
            )
        told.add(str(error.value))
    assert len(told) == 1
    actions.draft_terms(
        request=request, content=terms_content(request, people, datasets=("handset", "prison")), by=people["senior"],
        at=AT, operation="kestrel", compartments=frozenset({"corvid"}),
    )  # fmt: skip


def test_terms_that_lack_what_both_rely_on_are_not_signed(people: People) -> None:
    for field, empty in (("support", ""), ("questions", ()), ("products", ()), ("people", ()), ("marking", ""),
                         ("review", None)):  # fmt: skip
        terms = with_terms(people, **{field: empty})
        with pytest.raises(Incomplete) as error:
            actions.sign(terms=terms, by=people["manager"], at=AT)
        assert set(error.value.fields) == {field}


def test_own_work_is_not_signed_for_before_somebody_in_a_force_owns_the_risk(people: People) -> None:
    own = actions.begin_own(
        region=organisation("YHROCU"), name="Larkmere", background="Adverts.", by=people["analyst"], at=AT
    )
    without = replace(FORM, sio=people["sio"], risk_owner="", risk_owner_at="")
    actions.set_out(request=own, content=without, by=people["manager"], at=AT)
    answers = dict.fromkeys(("organised", "exploitation", "adds", "lawful", "capacity"), (True, "Yes."))
    actions.weigh(request=own, answers=answers, by=people["manager"], at=AT)
    actions.accept(request=own, reason="Ours.", by=people["manager"], at=AT)
    terms = actions.draft_terms(request=own, content=terms_content(own, people), by=people["senior"], at=AT)
    with pytest.raises(Incomplete) as error:
        actions.sign(terms=terms, by=people["manager"], at=AT)
    assert set(error.value.fields) == {"risk_owner"}
    actions.set_out(request=own, content=replace(FORM, sio=people["sio"]), by=people["manager"], at=AT)
    fresh = Terms.objects.get(pk=terms.pk)
    actions.sign(terms=fresh, by=people["manager"], at=AT)
    assert actions.sign(terms=fresh, by=people["sio"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.set_out(request=own, content=FORM, by=people["manager"], at=AT)


def test_an_unsigned_version_is_amended_and_a_signed_one_is_not(people: People) -> None:
    terms = with_terms(people)
    request = terms.request
    actions.amend_terms(
        terms=terms, content=terms_content(request, people, support="Charts only."), by=people["senior"], at=AT
    )
    assert (terms.version, terms.questions.count(), terms.products.count()) == (1, 1, 1)
    with pytest.raises(OutOfOrder):
        actions.draft_terms(request=request, content=terms_content(request, people), by=people["senior"], at=AT)
    actions.sign(terms=terms, by=people["manager"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.amend_terms(terms=terms, content=terms_content(request, people), by=people["senior"], at=AT)
    second = actions.draft_terms(request=request, content=terms_content(request, people), by=people["senior"], at=AT)
    assert second.version == 2
    with pytest.raises(OutOfOrder):  # the half-signed one is past
        actions.sign(terms=terms, by=people["sio"], at=AT)


def test_a_variation_needs_its_why_and_both_signatures_and_the_old_one_stays_until_then(people: People) -> None:
    register()
    terms = agreed(people)
    request = terms.request
    content = replace(queries.content_of(terms), datasets=("payroll",), why="The payroll came.")
    with pytest.raises(Incomplete):
        actions.vary(request=request, content=replace(content, why=""), by=people["senior"], at=LATER)
    second = actions.vary(request=request, content=content, by=people["senior"], at=LATER)
    actions.sign(terms=second, by=people["sio"], at=LATER)
    assert queries.in_force(request, LATER) == terms
    assert actions.sign(terms=second, by=people["manager"], at=LATER)
    assert queries.in_force(request, LATER) == second
    assert queries.in_force(request, LATER - timedelta(seconds=1)) == terms
    assert Request.objects.get(pk=request.pk).state == "terms_agreed"


def test_nothing_is_in_force_before_the_second_signature_nor_once_it_is_closed(people: People) -> None:
    terms = with_terms(people)
    actions.sign(terms=terms, by=people["manager"], at=AT)
    assert queries.in_force(terms.request, LATER) is None
    actions.sign(terms=terms, by=people["sio"], at=LATER)
    assert queries.in_force(terms.request, LATER) == terms
    end = LATER + timedelta(days=1)
    actions.close(request=terms.request, reason="Done.", by=people["manager"], at=end)
    assert queries.in_force(terms.request, end) is None
    assert queries.in_force(terms.request, end - timedelta(seconds=1)) == terms
    assert queries.last_agreed(terms.request, end) == terms


def test_a_side_signs_a_version_once(people: People) -> None:
    terms = with_terms(people)
    actions.sign(terms=terms, by=people["manager"], at=AT)
    with pytest.raises(OutOfOrder):
        actions.sign(terms=terms, by=people["manager"], at=AT)


def test_a_proxys_signature_agrees_terms_and_the_log_says_on_whose_behalf(people: People) -> None:
    terms = with_terms(people)
    actions.sign(terms=terms, by=people["manager"], at=AT)
    assert actions.sign_by_proxy(terms=terms, proxy=proxy(terms, people), by=people["senior"], at=AT)
    entry = Entry.objects.order_by("-number").first()
    assert entry is not None
    assert '"behalf": "DCI at 13"' in entry.body
    assert "Denby" not in entry.body
    made = terms.signatures.get(side="customer")
    assert (made.person, made.entered_by, made.name) == (None, people["senior"], "Mark Denby")


def test_a_proxys_message_is_no_older_than_the_text_it_signs(people: People) -> None:
    terms = with_terms(people)
    content = terms_content(terms.request, people, support="Other.")
    actions.amend_terms(terms=terms, content=content, by=people["senior"], at=LATER)
    for moment in (AT, LATER + timedelta(days=1)):
        with pytest.raises(Incomplete):
            actions.sign_by_proxy(terms=terms, proxy=proxy(terms, people, signed=moment), by=people["senior"], at=LATER)


def test_a_proxys_message_of_the_very_minute_in_which_the_text_was_written_signs_it(people: People) -> None:
    terms = with_terms(people)
    content = terms_content(terms.request, people, support="Other.")
    written = LATER + timedelta(seconds=20)
    actions.amend_terms(terms=terms, content=content, by=people["senior"], at=written)
    actions.sign_by_proxy(
        terms=terms, proxy=proxy(terms, people, signed=LATER.replace(second=0)), by=people["senior"],
        at=written + timedelta(seconds=9),
    )  # fmt: skip
    assert terms.signatures.filter(side="customer").exists()


def test_a_colleague_and_a_like_dataset_are_one_act_of_the_manager(people: People) -> None:
    for name, supplier, more in (
        ("payroll", "13", {}), ("payroll-14", "14", {}), ("tenancies", "GLAA", {}),
        ("handset", "13", {"binding": "operation", "operation": "larkmere"}),
        ("higher", "14", {"marking": "OFFICIAL-SENSITIVE - WYP ONLY"}), ("lower", "14", {"marking": "OFFICIAL"}),
    ):  # fmt: skip
        register(name, supplier, **more)
    terms = agreed(people, datasets=("payroll",))
    told = {"terms": terms, "reason": "The second force joins.", "by": people["manager"], "at": LATER}
    actions.add_colleague(person=people["developer"], **told)
    actions.add_dataset(dataset="payroll-14", **told)
    assert queries.datasets_of(terms) == ("payroll", "payroll-14")
    assert {p.username for p in queries.people_of(terms)} == {"analyst", "researcher", "developer"}
    for unlike in ("tenancies", "handset", "higher"):
        with pytest.raises(NotAllowed):
            actions.add_dataset(dataset=unlike, operation="larkmere", **told)
    with pytest.raises(Incomplete):
        actions.add_colleague(person=people["sio"], **told)
    with pytest.raises(OutOfOrder):
        actions.add_colleague(person=people["analyst"], **told)
    with pytest.raises(NotAllowed):
        actions.add_colleague(person=people["data"], **{**told, "by": people["senior"]})
    actions.add_dataset(dataset="lower", **told)
    content = queries.content_of(terms)
    assert content.datasets == ("lower", "payroll", "payroll-14")
    assert people["developer"] in content.people


def test_terms_that_have_ended_or_were_varied_are_not_added_to(people: People) -> None:
    terms = agreed(people)
    with pytest.raises(OutOfOrder):
        actions.add_colleague(
            terms=terms, person=people["developer"], reason="Late.", by=people["manager"], at=AT + timedelta(days=91)
        )


def test_an_objective_that_came_up_since_is_added_and_asked_about(people: People) -> None:
    terms = agreed(people)
    third = actions.add_objective(request=terms.request, text="Who rents the farms?", by=people["sio"], at=LATER)
    assert third.number == 3
    content = replace(
        queries.content_of(terms), questions=(Asked("Who rents?", "fact", third),), why="A third objective."
    )
    assert actions.vary(request=terms.request, content=content, by=people["senior"], at=LATER).questions.count() == 1


def test_the_caseload_sets_promised_hours_against_the_teams(
    people: People, django_assert_max_num_queries: object
) -> None:
    region = organisation("YHROCU")
    for username in ("analyst", "researcher"):
        set_capacity(person=people[username], hours=37, since=AT.date(), by=people[username], at=AT)
    set_capacity(person=people["analyst2"], hours=37, since=AT.date(), by=people["analyst2"], at=AT)  # EMSOU's
    terms = agreed(people)
    agreed(people, hours=Decimal(20))
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        found = queries.caseload(region, at=LATER)
    assert (found.available, found.promised, found.requests, found.free) == (74, 60, 2, 14)
    content = replace(queries.content_of(terms), hours=Decimal(10), why="Less.")
    second = actions.vary(request=terms.request, content=content, by=people["senior"], at=LATER)
    assert queries.caseload(region, at=LATER).promised == 60
    for who in ("manager", "sio"):
        actions.sign(terms=second, by=people[who], at=LATER)
    assert queries.caseload(region, at=LATER).promised == 30
    actions.close(request=terms.request, reason="Done.", by=people["manager"], at=LATER)
    assert queries.caseload(region, at=LATER).promised == 20


def test_who_is_both_manager_and_sio_signs_neither_side(people: People) -> None:
    terms = with_terms(people)
    give_role(person=people["sio"], role="manager", organisation=organisation("YHROCU"), by=people["admin"], at=AT)
    with pytest.raises(NotAllowed):
        actions.sign(terms=terms, by=people["sio"], at=AT)


def test_a_version_is_found_only_by_those_who_may_see_its_request(people: People) -> None:
    terms = with_terms(people)
    assert queries.find_terms(terms.request.reference, 1, by=people["analyst"], at=AT) == terms
    for who, version in (("developer", 1), ("analyst", 2)):
        with pytest.raises(NotThere):
            queries.find_terms(terms.request.reference, version, by=people[who], at=AT)
