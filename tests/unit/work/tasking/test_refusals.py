"""Every act against every state: what the table does not have is refused by the act itself, not by the table alone."""

from collections.abc import Callable
from typing import Any

import pytest

from tasked import AT, FORM, People, organisation, reach, terms_content
from toex.work.errors import NotAllowed, NotThere, OutOfOrder, WorkError
from toex.work.staff.models import Person
from toex.work.tasking import actions
from toex.work.tasking.models import Request
from toex.work.tasking.states import STATES, can

Act = Callable[..., Any]
ACTS: dict[str, tuple[str, Callable[[Request, People], dict[str, Any]]]] = {
    "save_draft": ("requester", lambda r, p: {"content": FORM}),
    "ask_advice": ("requester", lambda r, p: {}),
    "advise": ("advisor", lambda r, p: {"words": "Fine."}),
    "attach": ("requester", lambda r, p: {"name": "a", "content": b"a"}),
    "submit": ("requester", lambda r, p: {}),
    "withdraw": ("requester", lambda r, p: {"reason": "Solved."}),
    "begin_triage": ("gateway", lambda r, p: {}),
    "check": ("gateway", lambda r, p: {"answers": {"harm": "High."}}),
    "return_to_asker": ("gateway", lambda r, p: {"missing": "Dates."}),
    "redirect": ("gateway", lambda r, p: {"where": "GAIN", "reason": "Fraud."}),
    "reject": ("gateway", lambda r, p: {"reason": "No."}),
    "pass_on": ("gateway", lambda r, p: {"priority": "high", "reason": "Harm."}),
    "weigh": ("manager", lambda r, p: {"answers": {"adds": (True, "Yes.")}}),
    "ask_region": ("manager", lambda r, p: {"asked": organisation("EMSOU"), "reason": "There."}),
    "accept": ("manager", lambda r, p: {"reason": "Fits."}),
    "decline": ("manager", lambda r, p: {"reason": "No."}),
    "draft_terms": ("senior", lambda r, p: {"content": terms_content(r, p)}),
    "vary": ("senior", lambda r, p: {"content": terms_content(r, p, why="More data.")}),
    "add_objective": ("senior", lambda r, p: {"text": "Who rents the farms?"}),
    "develop": ("manager", lambda r, p: {}),
    "close": ("manager", lambda r, p: {"reason": "Done."}),
}


@pytest.mark.parametrize("state", STATES)
def test_an_act_that_the_table_does_not_have_from_a_state_changes_nothing(state: str, people: People) -> None:
    request = reach(state, people)
    for act, (who, told) in ACTS.items():
        if can(act, state):
            continue
        wrong = NotThere if state == "draft" and who in ("gateway", "manager", "senior") else OutOfOrder
        with pytest.raises(wrong):
            getattr(actions, act)(request=request, by=people[who], at=AT, **told(request, people))
        assert Request.objects.get(pk=request.pk).state == state, act


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_refused_to_whom_the_table_does_not_name(act: str, people: People) -> None:
    from toex.work.tasking.states import TABLE

    state = TABLE[act].sources[0]
    if state == "draft":
        state = "draft" if act != "withdraw" else "submitted"
    request = reach(state, people)
    told = ACTS[act][1](request, people)
    relation = {"senior": "senior", "requester": "requester", "advisor": "advisor", "sio": "sio", "gateway": "gateway",
                "manager": "manager"}  # fmt: skip
    outsiders: list[Person] = [p for u, p in people.items() if relation.get(u) not in TABLE[act].who]
    others = [p for p in outsiders if not (p.username in _TEAM and "team" in TABLE[act].who)]
    for person in others:
        with pytest.raises((NotAllowed, NotThere)):
            getattr(actions, act)(request=request, by=person, at=AT, **told)
    assert Request.objects.get(pk=request.pk).state == state


_TEAM = {"senior", "manager", "analyst", "developer", "researcher", "data"}


def test_a_refusal_says_no_personal_value(people: People) -> None:
    request = reach("rejected", people)
    for act, (who, told) in ACTS.items():
        with pytest.raises(WorkError) as error:
            getattr(actions, act)(request=request, by=people[who], at=AT, **told(request, people))
        assert not any(word in str(error.value) for word in ("Larkmere", "Denby", "900456", "Pryce", "AB12"))
