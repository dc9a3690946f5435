"""The road of an intelligence report as one table: what can be done, from where, by whom, and where it leads.

`python -m toex.work.research.report_states` writes the page of the docs.
"""

from dataclasses import dataclass

from toex.work.errors import NotAllowed, OutOfOrder


@dataclass(frozen=True, slots=True)
class State:
    """Where a report stands. `line` says what comes next; an `end` is never left."""

    code: str
    label: str
    line: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """What one act does: from which states (none: it begins the report) to which (empty: the state stays), and by whom."""

    act: str
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    label: str


_STATES = (
    State("draft", "Draft", "The author writes and grades the items one by one; nobody else reads it."),
    State("submitted", "Waiting for sanitising", "A second person reads the original and writes what others may read."),
    State("returned", "Returned", "The second person gave it back with a reason: the author mends it."),
    State("sanitised", "Sanitised", "Everybody under the operation's grant reads it; send it to the owning force."),
    State("sent", "Sent", "With the owning force: record the URN under which it is held there."),
    State("registered", "URN recorded", "The owning force holds it under its URN. PND state is kept here."),
    State("withdrawn", "Withdrawn", "Withdrawn by its author before it was released.", end=True),
)
STATES = {state.code: state for state in _STATES}
ENDS = frozenset(state.code for state in _STATES if state.end)
RELEASED = frozenset({"sanitised", "sent", "registered"})

RELATIONS = {
    "author": "its author",
    "second": "a second person who may sanitise, never the author",
    "team": "the TOEX team under the same grant",
}

_OWN = ("draft", "returned")
_TABLE = (
    Transition("begin", (), "draft", ("team",), "Begin a report"),
    Transition("save", _OWN, "", ("author",), "Save what was written"),
    Transition("link", _OWN, "", ("author",), "Link a subject, or take a link away"),
    Transition("submit", _OWN, "submitted", ("author",), "Submit for sanitising"),
    Transition("withdraw", (*_OWN, "submitted"), "withdrawn", ("author",), "Withdraw"),
    Transition("sanitise", ("submitted",), "sanitised", ("second",), "Sanitise"),
    Transition("send_back", ("submitted", "sanitised"), "returned", ("second",), "Return to the author"),
    Transition("send", ("sanitised",), "sent", ("team",), "Send to the owning force"),
    Transition("correct", ("sent", "registered"), "", ("second",), "Correct what was sent"),
    Transition("record_urn", ("sent",), "registered", ("team",), "Record the URN"),
    Transition("record_pnd", ("sanitised", "sent", "registered"), "", ("team",), "Record the PND state"),
)
TABLE = {transition.act: transition for transition in _TABLE}


def can(act: str, state: str) -> bool:
    """Say whether the table has the act from that state ("" before there is a report)."""
    found = TABLE[act]
    return state in found.sources if found.sources else state == ""


def check_can(act: str, state: str) -> None:
    """Raise OutOfOrder unless the table has the act from that state."""
    if not can(act, state):
        names = ", ".join(STATES[s].label.lower() for s in TABLE[act].sources) or "the beginning alone"
        stands = STATES[state].label.lower() if state else "not begun"
        raise OutOfOrder(f"The report is {stands}; this can be done from: {names}.")


def check_who(act: str, related: frozenset[str]) -> None:
    """Raise NotAllowed unless one of the relations that the table asks for holds."""
    who = TABLE[act].who
    if not related & set(who):
        raise NotAllowed(f"This is done by: {'; '.join(RELATIONS[name] for name in who)}.")


def page() -> str:
    """Write the page of the docs: the diagram, then every act with its states and people."""
    arrows = [f"    {source} --> {t.target}: {t.label}" for t in _TABLE if t.target for source in t.sources or ("[*]",)]
    drawn = ["stateDiagram-v2", *(f"    {s.code}: {s.label}" for s in _STATES), *arrows]
    drawn += [f"    {s.code} --> [*]" for s in _STATES if s.end]
    acts = [
        f"| {t.label} | {', '.join(STATES[s].label for s in t.sources) or 'begins it'} "
        f"| {STATES[t.target].label if t.target else 'stays'} | {'; '.join(RELATIONS[w] for w in t.who)} |"
        for t in _TABLE
    ]
    return "\n".join(
        [
            "# The states of an intelligence report",
            "",
            "Generated from the table in `toex.work.research.report_states`; a test keeps this page in step with it.",
            "", "```mermaid", *drawn, "```",
            "", "| Act | From | To | By |", "|---|---|---|---|", *acts,
            "", "| State | What comes next |", "|---|---|", *(f"| {s.label} | {s.line} |" for s in _STATES), "",
        ]
    )  # fmt: skip


if __name__ == "__main__":
    print(page(), end="")
