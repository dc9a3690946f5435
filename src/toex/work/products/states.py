"""The road of a product's version as one table: what can be done, from where, by whom, and where it leads.

The rules (`policies`), the docs' diagram (`page`) and the tests all read this table; nothing else says it again.
`python -m toex.work.products.states` writes the page of the docs.
"""

from dataclasses import dataclass

from toex.work.errors import OutOfOrder


@dataclass(frozen=True, slots=True)
class State:
    """Where a version stands. `line` says what it waits for; an `end` is never left."""

    code: str
    label: str
    line: str
    end: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """What one act does: from which states (none: it begins the version) to which (empty: the state stays).

    `who` names relations of a person to the version (see `RELATIONS`), one of which is enough.
    """

    act: str
    sources: tuple[str, ...]
    target: str
    who: tuple[str, ...]
    label: str


_STATES = (
    State("drawing", "Being drawn", "The workbench is drawing it from the picture."),
    State("drafting", "Draft", "Being written. Nobody outside sees it."),
    State("assurance", "Quality assurance", "With another person, who assures its quality or returns it."),
    State("returned", "Returned", "Returned by quality assurance with reasons: mend it and submit it again."),
    State("assured", "Assured", "Assured by another person and frozen: it can be disseminated to its recipients."),
    State("disseminated", "Disseminated", "Given to its recipients."),
    State("superseded", "Superseded", "A later version was disseminated.", end=True),
    State("withdrawn", "Withdrawn", "Withdrawn, with the reason.", end=True),
)
STATES = {state.code: state for state in _STATES}
ENDS = frozenset(state.code for state in _STATES if state.end)
FROZEN = ("assured", "disseminated", "superseded")

RELATIONS = {
    "team": "somebody of the team under the operation's grant",
    "author": "whoever began or edited it",
    "assurer": "a Senior Intelligence Analyst who neither began nor edited it",
    "disseminator": "manager, Senior Intelligence Analyst or analyst under the operation's grant",
    "lead": "manager or Senior Intelligence Analyst under the operation's grant",
    "machine": "the worker that draws it",
}

_EDITED = ("drafting", "returned")
_UNDER_WAY = ("drawing", "drafting", "assurance", "returned")
_GIVEN = ("disseminated", "superseded", "withdrawn")
_TABLE = (
    Transition("begin", (), "drawing", ("team",), "Begin from the picture"),
    Transition("renew", (), "drawing", ("team",), "Begin the next version"),
    Transition("draw", ("drawing",), "drafting", ("machine",), "Drawn from the picture"),
    Transition("write", _EDITED, "", ("team",), "Write, reword, strike, reorder, cite"),
    Transition("mark", _EDITED, "", ("team",), "Raise the marking, set handling conditions"),
    Transition("own_risk", _EDITED, "", ("team",), "Name who owns the risk to a person"),
    Transition("address", (*_EDITED, "assurance", "assured", "disseminated"), "", ("team",), "Name recipients"),
    Transition("submit", _EDITED, "assurance", ("team",), "Submit for quality assurance"),
    Transition("comment", ("assurance",), "", ("assurer",), "Comment on a sentence"),
    Transition("answer", ("assurance", *_EDITED), "", ("team",), "Answer a comment"),
    Transition("resolve", ("assurance", *_EDITED), "", ("assurer",), "Resolve a comment"),
    Transition("give_back", ("assurance",), "returned", ("assurer",), "Return, with reasons"),
    Transition("assure", ("assurance",), "assured", ("assurer",), "Assure its quality"),
    Transition("issue", ("assured", "disseminated"), "", ("disseminator",), "Make the final PDF and Word files"),
    Transition("disseminate", ("assured", "disseminated"), "disseminated", ("disseminator",), "Disseminate"),
    Transition("exchange", ("disseminated",), "", ("disseminator",), "Make the signed bundle for another installation"),
    Transition("acknowledge", _GIVEN, "", ("team",), "Record that a recipient acknowledged it"),
    Transition("correct", _GIVEN, "", ("disseminator",), "Draw a correction notice, say what is right"),
    Transition("release", _GIVEN, "", ("lead",), "Release a correction notice that another wrote"),
    Transition("tell", _GIVEN, "", ("disseminator",), "Record that a correction notice was sent or acknowledged"),
    Transition("supersede", ("disseminated",), "superseded", ("machine",), "A later version is disseminated"),
    Transition("abandon", _UNDER_WAY, "withdrawn", ("author", "lead"), "Abandon a draft"),
    Transition("withdraw", ("assured", "disseminated"), "withdrawn", ("lead",), "Withdraw"),
)  # fmt: skip
TABLE = {transition.act: transition for transition in _TABLE}


def can(act: str, state: str) -> bool:
    """Say whether the table has the act from that state ("" before there is a version)."""
    found = TABLE[act]
    return state in found.sources if found.sources else state == ""


def check_can(act: str, state: str) -> None:
    """Raise OutOfOrder unless the table has the act from that state."""
    if not can(act, state):
        names = ", ".join(STATES[s].label.lower() for s in TABLE[act].sources) or "the beginning alone"
        stands = STATES[state].label.lower() if state else "not begun"
        raise OutOfOrder(f"The version is {stands}; this can be done from: {names}.")


def diagram() -> str:
    """Draw the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {s.code}: {s.label}" for s in _STATES]
    for found in _TABLE:
        if found.target:
            lines += [
                f"    {source} --> {found.target}: {found.label}"
                for source in found.sources or ("[*]",)
                if source != found.target
            ]
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
            "# The states of a product",
            "",
            "Generated from the table in `toex.work.products.states`; a test keeps this page in step with it.",
            "Each version of a product walks this road by itself.",
            "", "```mermaid", diagram().rstrip(), "```",
            "", "| Act | From | To | By |", "|---|---|---|---|", *acts,
            "", "| State | What it means |", "|---|---|", *lines, "",
        ]
    )  # fmt: skip


if __name__ == "__main__":
    print(page(), end="")
