"""The road of a request as one table: what can be done, from where, by whom, and where it leads.

The rules (`policies`), the docs' diagram (`diagram`) and the tests all read this table; nothing else says it again.
`python -m toex.work.tasking.states` writes the page of the docs.
"""

from dataclasses import dataclass

from toex.work.errors import OutOfOrder


@dataclass(frozen=True, slots=True)
class State:
    """Where a request stands. `line` is what its asker reads; an `end` is never left."""

    code: str
    label: str
    line: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """What one act does: from which states (none: it begins the request) to which (empty: the state stays).

    `who` names relations of a person to the request (see `RELATIONS`), one of which is enough. `kinds` names the kinds
    of entry that it is for; empty means all.
    """

    act: str
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    label: str
    kinds: tuple[str, ...] = ()


_STATES = (
    State("draft", "Draft", "Your draft: nobody at TOEX sees it until you submit it."),
    State("submitted", "Submitted", "Submitted: waiting for the gateway to begin triage."),
    State("triage", "Triage", "In triage: the gateway checks it and decides who should take it."),
    State("returned", "Returned", "Returned to you: something is missing. Complete it and submit it again."),
    State("consideration", "Consideration", "With the TOEX manager, who weighs suitability and capacity."),
    State("scoping", "Scoping", "Accepted: the terms of reference are being agreed with the SIO."),
    State("terms_agreed", "Terms of reference agreed", "Terms of reference signed by both sides: work can begin."),
    State("development", "Development", "In development: TOEX is working to the terms of reference."),
    State("closed", "Closed", "Closed.", end=True),
    State("redirected", "Redirected", "Redirected: another body is better placed; the reason names it.", end=True),
    State("rejected", "Rejected", "Rejected at triage, with the reason.", end=True),
    State("declined", "Declined", "Declined by the TOEX manager, with the reason.", end=True),
    State("withdrawn", "Withdrawn", "Withdrawn by those who asked.", end=True),
)
STATES = {state.code: state for state in _STATES}
ENDS = frozenset(state.code for state in _STATES if state.end)
OPEN = tuple(state.code for state in _STATES if not state.end)

KINDS = {
    "request": "A force's tasking request form",
    "proactive": "TOEX's own proactive work",
    "referral": "A third-sector tip or an industry referral",
}

RELATIONS = {
    "requester": "requester of the asking organisation",
    "asker": "whoever asked, in post",
    "advisor": "Organised Crime Advisor of the asking organisation",
    "sio": "the SIO named",
    "gateway": "gateway of the region",
    "manager": "manager of the region",
    "senior": "Senior Intelligence Analyst of the region",
    "team": "TOEX team of the region",
    "asked_manager": "manager of the region that was asked",
    "both_sides": "the second of the two signatures",
}

_FORM = ("draft", "returned")
_BEFORE_TERMS = ("draft", "submitted", "triage", "returned", "consideration", "scoping")
_WORK = ("terms_agreed", "development")
_LEADS = ("manager", "senior")
_TABLE = (
    Transition("begin_draft", (), "draft", ("requester",), "Begin a draft", ("request",)),
    Transition("begin_own", (), "consideration", ("team",), "Begin own proactive work", ("proactive",)),
    Transition("refer", (), "triage", ("team", "gateway"), "Take a referral in", ("referral",)),
    Transition("save_draft", _FORM, "", ("asker", "requester"), "Save the form"),
    Transition("set_out", ("triage", "consideration", "scoping"), "", (*_LEADS, "gateway"), "Set out what has no form",
               ("proactive", "referral")),
    Transition("ask_advice", ("draft", "returned", "submitted", "triage"), "", ("asker", "requester", "gateway"),
               "Ask the OCA for advice"),
    Transition("advise", ("draft", "returned", "submitted", "triage"), "", ("advisor",), "Advise"),
    Transition("attach", (*_BEFORE_TERMS, *_WORK), "",
               ("asker", "requester", "advisor", "sio", "gateway", "manager", "senior", "team"), "Attach a file"),
    Transition("submit", _FORM, "submitted", ("asker", "requester"), "Submit"),
    Transition("withdraw", _BEFORE_TERMS, "withdrawn", ("asker", "requester", "sio"), "Withdraw"),
    Transition("begin_triage", ("submitted",), "triage", ("gateway",), "Begin triage"),
    Transition("check", ("triage",), "", ("gateway",), "Fill the triage sheet"),
    Transition("look_across", ("triage", "consideration", "scoping", *_WORK), "", ("gateway", *_LEADS),
               "Look for other requests on the same subjects"),
    Transition("return_to_asker", ("triage",), "returned", ("gateway",), "Return: something is missing", ("request",)),
    Transition("redirect", ("triage",), "redirected", ("gateway",), "Redirect to another body"),
    Transition("reject", ("triage",), "rejected", ("gateway",), "Reject"),
    Transition("pass_on", ("triage",), "consideration", ("gateway",), "Pass on, with priority"),
    Transition("weigh", ("consideration",), "", ("manager",), "Answer the questions of suitability"),
    Transition("ask_region", ("consideration",), "", ("manager",), "Ask another region to take it"),
    Transition("answer_region", ("consideration",), "", ("asked_manager",), "Answer for the region asked"),
    Transition("accept", ("consideration",), "scoping", ("manager",), "Accept"),
    Transition("decline", ("consideration", "scoping"), "declined", ("manager",), "Decline"),
    Transition("draft_terms", ("scoping",), "", _LEADS, "Draft terms of reference"),
    Transition("amend_terms", ("scoping", *_WORK), "", _LEADS, "Amend terms that nobody has signed"),
    Transition("sign", ("scoping", *_WORK), "", ("manager", "sio"), "Sign"),
    Transition("sign_by_proxy", ("scoping", *_WORK), "", ("team", "gateway", "asker", "requester"),
               "Record a signature from outside"),
    Transition("agree", ("scoping",), "terms_agreed", ("both_sides",), "Both sides have signed"),
    Transition("add_objective", ("scoping", *_WORK), "", (*_LEADS, "sio"), "Add an objective of the strategy"),
    Transition("develop", ("terms_agreed",), "development", ("manager",), "Adopt: begin development"),
    Transition("vary", _WORK, "", _LEADS, "Draft a variation"),
    Transition("add_colleague", _WORK, "", ("manager",), "Add a named colleague"),
    Transition("add_dataset", _WORK, "", ("manager",), "Add a like dataset"),
    Transition("close", _WORK, "closed", ("manager",), "Close"),
)  # fmt: skip
TABLE = {transition.act: transition for transition in _TABLE}


def can(act: str, state: str, kind: str = "request") -> bool:
    """Say whether the table has the act from that state ("" before there is a request) for that kind of entry."""
    found = TABLE[act]
    fits = state in found.sources if found.sources else state == ""
    return fits and (not found.kinds or kind in found.kinds)


def check_can(act: str, state: str, kind: str = "request") -> None:
    """Raise OutOfOrder unless the table has the act from that state."""
    if not can(act, state, kind):
        found = TABLE[act]
        names = ", ".join(STATES[s].label.lower() for s in found.sources) or "the beginning alone"
        stands = STATES[state].label.lower() if state else "not begun"
        kinds = f", for: {', '.join(KINDS[k].lower() for k in found.kinds)}" if found.kinds else ""
        raise OutOfOrder(f"It is {stands}; this can be done from: {names}{kinds}.")


def diagram() -> str:
    """Draw the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {s.code}: {s.label}" for s in _STATES]
    for found in _TABLE:
        if found.target:
            lines += [f"    {source} --> {found.target}: {found.label}" for source in found.sources or ("[*]",)]
    lines += [f"    {s.code} --> [*]" for s in _STATES if s.end]
    return "\n".join(lines) + "\n"


def page() -> str:
    """Write the page of the docs: the diagram, then every act with its states and people."""
    acts = [
        f"| {t.label} | {', '.join(STATES[s].label for s in t.sources) or 'begins it'} "
        f"| {STATES[t.target].label if t.target else 'stays'} | {'; '.join(RELATIONS[w] for w in t.who)} |"
        for t in _TABLE
    ]
    lines = [f"| {s.label} | {s.line} |" for s in _STATES]
    return "\n".join(
        [
            "# The states of a request",
            "",
            "Generated from the table in `toex.work.tasking.states`; a test keeps this page in step with it.",
            "An immediate risk can be raised from any state, or without a request, and changes none of them.",
            "", "```mermaid", diagram().rstrip(), "```",
            "", "| Act | From | To | By |", "|---|---|---|---|", *acts,
            "", "| State | What the asker reads |", "|---|---|", *lines, "",
        ]
    )  # fmt: skip


if __name__ == "__main__":
    print(page(), end="")
