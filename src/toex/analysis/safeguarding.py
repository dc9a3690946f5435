"""People for safeguarding review: who may be exploited, with the reasons, by how many of them are independent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from toex.analysis.facts import Node, Prompt
from toex.analysis.graph import kind_of
from toex.analysis.indicators import indicators
from toex.analysis.network import Fabric, connections, weave
from toex.analysis.nodes import describe
from toex.analysis.statements import View
from toex.pole import SUBJECTS, categories

BOUND = 1.0  # a bond with what bears another's indicator that is near enough to be a reason
_SUSPECT = SUBJECTS["suspect"] | SUBJECTS["convicted"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person should be looked at: reasons of one family rest on the same facts and count once."""

    family: str
    sentence: str
    source: str
    strong: bool
    at: datetime | None
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A person for safeguarding review. Suspicion beside it is shown, and takes nothing away from it (rule 10)."""

    node: Node
    reasons: tuple[Reason, ...]
    categories: tuple[str, ...]
    child: bool | None  # None where no date of birth is held

    @property
    def independent(self) -> int:
        """How many independent reasons there are: the order of the list, and never a label."""
        return len({reason.family for reason in self.reasons})

    @property
    def also_suspect(self) -> bool:
        """Whether a record names the same person as suspected or convicted: both are shown."""
        return bool({"suspect", "convicted"} & set(self.categories))


def people_for_review(
    view: View, prompts: Sequence[Prompt], *, today: date, fabric: Fabric | None = None
) -> tuple[AtRisk, ...]:
    """List people for safeguarding review, those with most independent reasons first.

    A person is listed for one strong indicator, or for two of different families. To go missing, alone, is none; to be
    recorded as a victim, or near what bears an indicator, adds a reason and lists nobody by itself.
    """
    woven = fabric or weave(view)
    reasons = _told(woven, prompts)
    people = {key: node for key, node in describe(view, reasons).items() if kind_of(key) == "person"}
    reasons = {key: held for key, held in reasons.items() if key in people}
    near = _near(woven, reasons, prompts)
    cited = _cited(view, near)
    found = []
    for key, node in people.items():
        told = reasons[key]
        held = [*told, *_as_victim(node), *_proximity(cited.get(key, ()), near.get(key, ()))]
        if any(r.strong for r in told) or len({r.family for r in told}) > 1:
            found.append(AtRisk(node, _ordered(held), categories(node.subject), _child(node, today)))
    return tuple(sorted(found, key=lambda p: (-p.independent, not p.child, p.node.key)))


def _told(woven: Fabric, prompts: Sequence[Prompt]) -> dict[str, list[Reason]]:
    told: dict[str, list[Reason]] = defaultdict(list)
    for prompt in prompts:
        indicator = indicators()[prompt.code]
        reason = Reason(
            indicator.family, prompt.sentence, prompt.source, indicator.weight == "strong", prompt.at, prompt.record_ids
        )
        subjects = {"node": (prompt.node,), "others": prompt.others, "nobody": ()}[indicator.at_risk]
        for person in _people_of(woven, subjects):
            told[person].append(reason)
    return told


def _people_of(woven: Fabric, nodes: Iterable[str]) -> set[str]:
    """Give the people among nodes and those who hold the objects among them, hubs left out."""
    people = set()
    for node in nodes:
        if kind_of(node) == "person":
            people.add(node)
        elif node not in woven.hubs:
            people.update(other for other in woven.around(node) if kind_of(other) == "person")
    return people


def _as_victim(node: Node) -> list[Reason]:
    if not node.subject & SUBJECTS["victim"]:
        return []
    said = "Recorded as a victim by a supplier."
    return [Reason("recorded as victim", said, "The record itself", False, None, node.record_ids)]


def _near(woven: Fabric, people: Mapping[str, object], prompts: Sequence[Prompt]) -> dict[str, list[str]]:
    """Give whom each of the people is bound to that bears an indicator of nobody's risk, such as a deal line."""
    bearing = {p.node for p in prompts if indicators()[p.code].at_risk == "nobody"}
    place = woven.bonds.place_of
    marked = {place[node] for node in bearing if node in place}
    near: dict[str, list[str]] = {}
    for person in people:
        if person in place:
            row = woven.bonds.strength[[place[person]]].tocoo()
            close = zip(row.col.tolist(), row.data.tolist(), strict=True)
            found = [woven.bonds.actors[at] for at, value in close if at in marked and value >= BOUND]
            near.update({person: sorted(found)} if found else {})
    return near


def _cited(view: View, near: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    keys = {*near, *(other for others in near.values() for other in others)}
    cited: dict[str, set[str]] = defaultdict(set)
    for connection in connections(view, keys) if keys else ():
        for one, other in ((connection.a, connection.b), (connection.b, connection.a)):
            if other in near.get(one, ()):
                cited[one].update(connection.record_ids)
    return {key: tuple(sorted(ids)) for key, ids in cited.items()}


def _proximity(cited: Sequence[str], others: Sequence[str]) -> list[Reason]:
    if not others or not cited:
        return []
    said = f"In repeated connection with {len(others)} other(s) that bear an indicator."
    return [Reason("proximity", said, "Workbench: stated connections", False, None, tuple(cited))]


def _ordered(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Put one reason of each family first, strong ones before, so that what is independent is read first."""
    best: dict[str, Reason] = {}
    for reason in sorted(reasons, key=lambda r: (not r.strong, r.family, r.sentence)):
        held = best.get(reason.family)
        best[reason.family] = _joined(held, reason) if held else reason
    return tuple(best.values())


def _joined(held: Reason, more: Reason) -> Reason:
    if more.sentence == held.sentence:
        return held
    ids = tuple(sorted({*held.record_ids, *more.record_ids}))
    return replace(held, sentence=f"{held.sentence} {more.sentence}", record_ids=ids)


def _child(node: Node, today: date) -> bool | None:
    if node.born is None:
        return None
    had = (today.month, today.day) >= (node.born.month, node.born.day)
    return today.year - node.born.year - (not had) < 18
