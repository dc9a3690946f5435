"""Row 4: the tasking request form, the Organised Crime Advisor, the status that the requester sees."""

from dataclasses import replace

import pytest

from acceptance.unit.journey import AT, DAY, FORM, HOUR, People, join, working_days
from toex.reference import load
from toex.work.audit.models import Entry
from toex.work.errors import Incomplete, NotAllowed, NotThere, OutOfOrder
from toex.work.tasking import actions, queries
from toex.work.tasking.content import FormContent
from toex.work.tasking.models import Request

THIN = FormContent(name="Operation Larkmere", background="Workers moved between three farms.", threat_areas=("MSHT",))


def line(request: Request) -> str:
    """What the requester reads of it."""
    return queries.status(Request.objects.get(pk=request.pk), at=AT + HOUR, within=working_days()).line


def test_row_4_a_request_is_drafted_advised_on_by_the_oca_and_submitted(people: People) -> None:
    """ "Colleagues can make a bid for TOEX support via SCTAC using a tasking request form asking for assistance." """
    asker, advisor = people["requester"], people["advisor"]
    request = actions.begin_draft(by=asker, at=AT)
    actions.save_draft(request=request, content=THIN, by=asker, at=AT)  # a draft may be thin
    strategy = actions.attach(request=request, name="strategy.pdf", content=b"%PDF-1.7 ...", by=asker, at=AT)
    whole = replace(FORM, sio=people["sio"], strategy_document=strategy)
    actions.save_draft(request=request, content=whole, by=asker, at=AT)
    with pytest.raises(NotThere):  # nobody at TOEX sees it yet
        queries.find(request.reference, by=people["gateway"], at=AT)
    assert line(request).startswith("Your draft")

    actions.ask_advice(request=request, by=asker, at=AT)
    actions.advise(request=request, words="Beyond one force: ask TOEX.", by=advisor, at=AT + HOUR)
    assert actions.submit(request=request, by=asker, at=AT + HOUR) == ()
    seen = queries.find(request.reference, by=people["gateway"], at=AT + HOUR)
    assert queries.content_of_form(seen).objectives == FORM.objectives
    opened = actions.open_attachment(attachment=strategy, by=people["gateway"], at=AT + HOUR)
    assert opened.startswith(b"%PDF")
    assert line(request) == "Submitted: waiting for the gateway to begin triage."


def test_row_4_it_is_said_where_the_oca_was_not_consulted_and_does_not_bar_the_request(people: People) -> None:
    """ "BCU teams should consult their BCU OCA (Organised Crime Advisor) prior to submitting a formal tasking request." """
    asker = people["requester"]
    request = actions.begin_draft(by=asker, at=AT)
    actions.save_draft(request=request, content=FORM, by=asker, at=AT)
    actions.ask_advice(request=request, by=asker, at=AT)  # asked is not consulted: nobody has advised
    [told] = actions.submit(request=request, by=asker, at=AT)
    assert told.startswith("The Organised Crime Advisor was not consulted")
    assert Entry.objects.filter(what="tasking.submit").count() == 1

    actions.advise(request=request, words="Seen late, and right.", by=people["advisor"], at=AT + HOUR)
    assert request.advice.get().advised == AT + HOUR
    both = join(people, "oca2", "Ann Lorr", "13", "advisor")
    own = actions.begin_draft(by=asker, at=AT)
    with pytest.raises(NotAllowed):
        actions.advise(request=own, words="I advise myself.", by=asker, at=AT)
    actions.advise(request=own, words="Another looked.", by=both, at=AT)


def test_row_4_a_thin_request_is_told_what_is_missing_before_and_returned_after_submission(people: People) -> None:
    """ "Colleagues can make a bid for TOEX support via SCTAC using a tasking request form asking for assistance." """
    asker, gateway = people["requester"], people["gateway"]
    request = actions.begin_draft(by=asker, at=AT)
    actions.save_draft(request=request, content=THIN, by=asker, at=AT)
    with pytest.raises(Incomplete) as missing:
        actions.submit(request=request, by=asker, at=AT)
    assert {"sio_name", "safeguarding", "risk_owner", "objectives", "wanted_by"} <= set(missing.value.fields)
    assert not {"background", "threat_areas"} & set(missing.value.fields)

    actions.save_draft(request=request, content=FORM, by=asker, at=AT)
    actions.submit(request=request, by=asker, at=AT)
    actions.begin_triage(request=request, by=gateway, at=AT + HOUR)
    actions.return_to_asker(request=request, missing="Which farms, and since when?", by=gateway, at=AT + HOUR)
    told = queries.told(Request.objects.get(pk=request.pk))
    assert told is not None
    assert (told.reason, told.by) == ("Which farms, and since when?", gateway)
    assert line(request).startswith("Returned to you")
    with pytest.raises(OutOfOrder):  # it is the requester's turn
        actions.pass_on(request=request, priority="high", reason="Anyway.", by=gateway, at=AT + HOUR)

    longer = replace(FORM, background=f"{FORM.background} Hill, Moor and Lane Farm, since May.")
    actions.save_draft(request=request, content=longer, by=asker, at=AT + DAY)
    actions.submit(request=request, by=asker, at=AT + DAY)
    actions.begin_triage(request=request, by=gateway, at=AT + DAY)
    seen = queries.find(request.reference, by=gateway, at=AT + DAY)
    assert "Moor" in queries.content_of_form(seen).background
    assert [move.act for move in request.moves.all()] == [
        "begin_draft", "submit", "begin_triage", "return_to_asker", "submit", "begin_triage",
    ]  # fmt: skip


def test_row_4_the_requester_reads_one_line_at_every_step_and_another_force_reads_nothing(people: People) -> None:
    """ "The request is triaged by the SCTAC team and then sent to TOEX managers for consideration." """
    asker, gateway, manager = people["requester"], people["gateway"], people["manager"]
    other = join(people, "other", "Cara Flint", "14", "requester")
    request = actions.begin_draft(by=asker, at=AT)
    actions.save_draft(request=request, content=FORM, by=asker, at=AT)
    said = [line(request)]
    actions.submit(request=request, by=asker, at=AT)
    said.append(line(request))
    actions.begin_triage(request=request, by=gateway, at=AT)
    said.append(line(request))
    answers = dict.fromkeys(load("triage_checks").codes(), "Looked at.")
    actions.check(request=request, answers=answers, by=gateway, at=AT)
    actions.pass_on(request=request, priority="medium", reason="Within the areas.", by=gateway, at=AT)
    said.append(line(request))
    actions.decline(request=request, reason="The force has what is needed.", by=manager, at=AT)
    said.append(line(request))
    words = ("Your draft", "Submitted", "In triage", "With the TOEX manager", "Declined by the TOEX manager")
    assert [one.startswith(word) for one, word in zip(said, words, strict=True)] == [True] * 5
    assert list(queries.visible(asker, AT)) == [request]
    assert list(queries.visible(other, AT)) == []


def test_row_4_a_question_is_asked_before_there_is_a_form(people: People) -> None:
    """ "The TOEX London team welcome contact from police officers and staff, should you have any questions." """
    asked = actions.enquire(words="Is a single brothel for you?", by=people["requester"], at=AT)
    assert list(queries.enquiries(by=people["gateway"], at=AT)) == [asked]
    actions.answer_enquiry(enquiry=asked, words="If it is organised, yes.", by=people["gateway"], at=AT + HOUR)
    assert queries.enquiries(by=people["requester"], at=AT + HOUR).get().answer == "If it is organised, yes."
