"""Row 26, first cut: what crosses two regions is told by whom to call, to both, and nothing else."""

from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest

from acceptance.unit.journey import AT, DAY, FORM, HOUR, People, describe, join, organisation, stock
from tasked import submitted
from toex.work.access import actions as access
from toex.work.access.asking import pointers
from toex.work.access.models import Grant
from toex.work.access.sitting import Sitting, sit
from toex.work.access.tokens import issue
from toex.work.audit.models import Entry
from toex.work.errors import NotAllowed, NotThere
from toex.work.operations import actions as operations
from toex.work.operations.queries import compartments_of
from toex.work.tasking import actions, queries
from toex.work.tasking.content import Named
from toex.work.tasking.models import Request
from unit.api.conftest import Program

SECRETS = ("Larkmere", "Fenwater", "900456", "suspect", "victim", "Hill", "Denby", "Brandt")


def fenwater(people: People) -> Request:
    """Derbyshire asks its own region about a victim who uses the number that West Yorkshire suspects."""
    join(people, "gateway2", "Lou Penn", "EMSOU", "gateway")
    asker = join(people, "requester2", "Max Dell", "30", "requester", "DS")
    request = actions.begin_draft(by=asker, at=AT + HOUR)
    content = replace(
        FORM, name="Operation Fenwater", sio_name="Ola Brandt", risk_owner_at="30",
        subjects=(Named("phone", "+44 7700 900456", roles=("victim",)),),
    )  # fmt: skip
    actions.save_draft(request=request, content=content, by=asker, at=AT + HOUR)
    actions.submit(request=request, by=asker, at=AT + HOUR)
    return request


def test_row_26_two_regions_with_one_subject_each_learn_whom_to_call_and_nothing_else(people: People) -> None:
    """ "It is important that forces have mechanisms in place for the effective sharing of intelligence with other forces,
    their ROCU and with the NCA, including through programmes such as the Tackling Organised Exploitation Programme" """
    pair = {"gateway": submitted(people), "gateway2": fenwater(people)}
    for who, request in pair.items():
        actions.begin_triage(request=request, by=people[who], at=AT + 2 * HOUR)
    told = {
        who: actions.likely_duplicates(request=request, by=people[who], at=AT + 2 * HOUR)
        for who, request in pair.items()
    }
    assert [(p.reference, p.force) for p in told["gateway"]] == [
        (pair["gateway2"].reference, "Derbyshire Constabulary")
    ]
    assert [(p.reference, p.force) for p in told["gateway2"]] == [(pair["gateway"].reference, "West Yorkshire Police")]
    for who, other in (("gateway", "gateway2"), ("gateway2", "gateway")):
        said = " ".join(str(value) for pointer in told[who] for value in asdict(pointer).values())
        assert [secret for secret in SECRETS if secret in said] == []
        with pytest.raises(NotThere):  # the pointer opens nothing
            queries.find(pair[other].reference, by=people[who], at=AT + 2 * HOUR)
    asked = Entry.objects.filter(what="tasking.likely_duplicates")
    assert asked.count() == 2
    assert [secret for entry in asked for secret in SECRETS if secret in str(entry.body)] == []


def test_row_26_a_request_in_a_compartment_crosses_in_silence(people: People) -> None:
    """ "so that the scale and nature of the threat can be robustly understood and addressed, and victims appropriately
    supported." """
    by = people["manager"]
    held = operations.open_compartment(code="kestrel", corruption=True, by=by, at=AT, reason="An officer is named.")
    operations.name_reader(compartment=held, person=people["requester"], by=by, at=AT, reason="Asks for it.")
    mine = compartments_of(people["requester"], AT)
    hidden = actions.begin_draft(by=people["requester"], at=AT, compartment="kestrel", compartments=mine)
    actions.save_draft(request=hidden, content=FORM, by=people["requester"], at=AT, compartments=mine)
    actions.submit(request=hidden, by=people["requester"], at=AT, compartments=mine)
    request = fenwater(people)
    actions.begin_triage(request=request, by=people["gateway2"], at=AT + 2 * HOUR)
    assert actions.likely_duplicates(request=request, by=people["gateway2"], at=AT + 2 * HOUR) == ()


@pytest.fixture
def triage(people: People, tmp_path: Path) -> Grant:
    """The gateway's duty of triage over what two forces delivered: approved by another, showing pointers alone."""
    folder = tmp_path / "in"
    folder.mkdir()
    stock(people, folder)
    asked = access.ask(
        kind="duty", duty="triage", purpose="Triage checks.", people=[people["gateway"]], ends=AT + 30 * DAY,
        datasets=("13-nominals", "30-nominals"), by=people["gateway"], at=AT,
    )  # fmt: skip
    return access.approve(grant=asked, by=people["manager"], at=AT)


def test_row_26_what_is_held_on_a_subject_is_told_the_gateway_by_whom_to_call(people: People, triage: Grant) -> None:
    """ "Intelligence development, including deconfliction and coordination, to understand the threat fully" """
    sitting = sit(person=people["gateway"], grant=triage.pk, at=AT + HOUR)
    told = pointers(sitting, "07700 900101", at=AT + HOUR)
    assert asdict(told) == {"held": True, "suppliers": ("13", "30")}
    assert asdict(pointers(sitting, "07700 900999", at=AT + HOUR)) == {"held": False, "suppliers": ()}
    assert {organisation(code).kind for code in told.suppliers} == {"force"}
    with pytest.raises(NotAllowed):
        Sitting(people["gateway"], triage, AT + HOUR).view()
    assert "900101" not in str([entry.body for entry in Entry.objects.all()])


def test_row_26_nor_does_the_door_for_programs_tell_the_gateway_more(
    people: People, triage: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ "Support for the correct ownership of the threat" """
    describe(people, "14-nominals")
    now = AT + timedelta(hours=1)
    monkeypatch.setattr("toex.api.callers.now", lambda: now)
    token = issue(grant=triage, label="A test", ends=now + DAY, by=people["gateway"], at=now)
    program = Program(people, triage, token)
    for path, body in (("/search/find", {"text": "07700 900101"}), ("/search/wash", {"text": "07700 900101"})):
        refused = program.post(path, body)
        assert refused.status_code == 403
        assert b"Korrowane" not in refused.content
    request = submitted(people)
    queue = program.get("/tasking/requests").json()
    assert [row["reference"] for row in queue] == [request.reference]
    assert not {"name", "subjects", "background"} & set(queue[0])
