"""Composing a package: what the analyses say, in the order in which an inspector reads it, every fact with its records."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from toex import analysis
from toex.analysis import AtRisk as Review
from toex.analysis import Entry, Network, Prompt
from toex.conflation import Weights
from toex.picture.cast import Cast, cast_of
from toex.picture.chronicle import journeys, network_rows, shared_objects
from toex.picture.drawing import chart
from toex.picture.enquiries import gaps, lines_of_enquiry, outside_checks, told
from toex.picture.hushing import Hush, hush_of
from toex.picture.joins import POSSIBLE, candidates, possible_joins
from toex.picture.news import fresh_prompts, news
from toex.picture.outlook import Outlook
from toex.picture.paring import pared
from toex.picture.phrases import counted, listed
from toex.picture.request import Request
from toex.picture.reviewing import at_risk, near_network
from toex.picture.sources import sources
from toex.picture.subjects import Known, subject
from toex.picture.unnaming import unnamed
from toex.publishing import Holding, Member, PlaceRow, Product, Section, Sentence, cited
from toex.reference import CodeList, load
from toex.store import View

_SUBJECTS = 12
_PLACES = 10
_OTHERS = 10
_PERIPHERY = "periphery"  # true of most, so it says nothing of anyone


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of a package is being written, when, by whom, and the outlook of the version before."""

    version: int
    at: datetime
    prepared_by: str
    before: Outlook | None = None
    known: frozenset[str] | None = None  # the records of the version before
    organisations: CodeList = field(default_factory=lambda: load("organisations"))
    refs: Mapping[str, str] = field(default_factory=dict)  # people's references in that version, by a record of each


def compose(
    view: View, request: Request, outlook: Outlook, *, edition: Edition, weights: Mapping[str, Weights]
) -> Product:
    """Write the intelligence package of a request as a draft for quality assurance."""
    return compose_with_cast(view, request, outlook, edition=edition, weights=weights)[0]


def compose_with_cast(
    view: View, request: Request, outlook: Outlook, *, edition: Edition, weights: Mapping[str, Weights]
) -> tuple[Product, Cast]:
    """Write it, and give beside it the people whom it tells of with all their records."""
    near = near_network(outlook)
    cast = cast_of(
        outlook.network, near, today=edition.at.date(), known_before=_told_before(edition.before),
        organisations=edition.organisations, refs=edition.refs,
    )  # fmt: skip
    known = _known(view, outlook.network, cast, edition=edition, weights=weights)
    product = replace(
        _cover(view, request, edition),
        summary=tuple(_summary(request, outlook, cast, near)),
        at_risk=at_risk(near, outlook.prompts, cast, known=edition.known),
        checks=outside_checks(),
        gaps=tuple(gaps(request.questions, outlook.network, cast)),
    )
    if known is not None:
        product = _with_network(product, view, outlook, known=known, edition=edition)
    bare = unnamed(product, _hush(view, cast))
    return pared(bare, sources(view, cited(bare), edition.organisations), known=edition.known), cast


def _hush(view: View, cast: Cast) -> Hush:
    """Read every name that records give the children of the cast, so that no text of a record tells one (decision 16)."""
    children = {r: p.label() for key, p in cast.people.items() if p.child for r in cast.nodes[key].record_ids}
    return hush_of(view, children, spared=[p.name for p in cast.people.values() if not p.child])


def _told_before(before: Outlook | None) -> frozenset[str] | None:
    if before is None:
        return None
    nodes = [*(before.network.nodes if before.network else ()), *(entry.node for entry in near_network(before))]
    return frozenset(r for node in nodes for r in node.record_ids)


def _cover(view: View, request: Request, edition: Edition) -> Product:
    return Product(
        kind="intelligence package",
        operation=request.operation.removeprefix("Operation ").strip(),
        title="The picture of the offending",
        force=request.force_name,
        version=edition.version,
        at=edition.at,
        home="bench" if view.snapshot.kind == "bench" else "unit",
        customer=request.customer,
        prepared_by=edition.prepared_by,
        threats=request.threats,
        handling=("Intelligence for the named investigation only; check with the supplier before any further use.",),
        recipients=(request.force_name,),
        since=edition.version - 1 if edition.before else None,
        method=_method(view),
    )


def _known(
    view: View, network: Network | None, cast: Cast, *, edition: Edition, weights: Mapping[str, Weights]
) -> Known | None:
    if network is None:
        return None
    people = list(cast.people)
    entries: dict[str, list[Entry]] = defaultdict(list)
    everything = analysis.timeline(view, people)
    for entry in everything:
        entries[entry.node].append(entry)
    held = analysis.holdings(view, _told_of(network, cast), today=edition.at.date())
    shared = shared_objects(everything)
    return Known(cast, network, entries, {h.node.key: h for h in held}, weights, shared, edition.known)


def _told_of(network: Network, cast: Cast) -> list[str]:
    """Choose whom to tell one by one: the subjects, then victims, children and suspects, then others, best bound first."""
    bound: Counter[str] = Counter()
    for c in network.connections:
        bound.update({c.a: c.sources, c.b: c.sources})
    people = [key for key in dict.fromkeys((*network.seeds, *network.subjects)) if key in cast.people]
    held = {key: len(cast.nodes[key].record_ids) > 1 for key in people}  # one record alone has little to tell
    ranked = sorted(people, key=lambda k: (k not in network.seeds, not held[k], not _telling(cast, k), -bound[k], k))
    return ranked[:_SUBJECTS]


def _telling(cast: Cast, key: str) -> bool:
    return cast.people[key].child or bool({"victim", "suspect"} & set(cast.people[key].categories))


def _summary(request: Request, outlook: Outlook, cast: Cast, near: Sequence[Review]) -> Iterable[Sentence]:
    network = outlook.network
    if network is None:
        yield Sentence("No candidate network was found around the subjects in this workbench.", basis="note")
        return
    links = tuple(dict.fromkeys(r for c in network.connections for r in c.record_ids))
    rests = links or tuple(r for key in network.subjects if key in cast.nodes for r in cast.nodes[key].record_ids)
    yield Sentence(f"{_around(request, network)}{_by_whom(network, cast)}.", rests, basis="fact" if rests else "note")
    if near:
        children = sum(bool(e.child) for e in near)
        yield Sentence(
            f"{counted(len(near), 'person', 'people')} should be looked at for safeguarding first; "
            f"{children} of them {'is a child' if children == 1 else 'are children'}.",
            tuple(dict.fromkeys(r for e in near for r in e.reasons[0].record_ids)),
        )
    strong = [p for p in network.prompts if analysis.indicators()[p.code].weight == "strong"]
    for prompt in _first_of_each(strong)[:5]:
        yield Sentence(told(prompt, cast), prompt.record_ids)


def _around(request: Request, network: Network) -> str:
    named = f"the {counted(len(request.subjects), 'subject')} that {request.force_name} named"
    if not network.connections:
        return f"No record links {named} to anybody else; records are held by "
    people = counted(len(network.subjects), "person", "people")
    return f"Around {named} stand {people}, linked by records of "


def _by_whom(network: Network, cast: Cast) -> str:
    kinds = Counter(_kind(cast, code) for code in network.suppliers)
    forces = f", {kinds['police']} of them police forces or regional and national units" if kinds["police"] else ""
    return f"{counted(len(network.suppliers), 'supplier')}{forces}"


def _kind(cast: Cast, code: str) -> str:
    entry = cast.organisations.get(code)
    kind = entry.attribute("kind") if entry else ""
    return "police" if kind in ("force", "rocu", "national") else kind


def _first_of_each(prompts: Iterable[Prompt]) -> list[Prompt]:
    first: dict[str, Prompt] = {}
    for prompt in sorted(prompts, key=lambda p: (-len(p.record_ids), p.node)):
        first.setdefault(prompt.code, prompt)
    return list(first.values())


def _with_network(product: Product, view: View, outlook: Outlook, *, known: Known, edition: Edition) -> Product:
    network, cast = known.network, known.cast
    fresh = fresh_prompts(edition.before, network, edition.known or frozenset()) if edition.before else ()
    doubts = candidates(view, cast)
    marks = {key.partition(":")[2] for key in cast.nodes if key.startswith("vehicle:")}
    everything = [entry for held in known.entries.values() for entry in held]
    return replace(
        product,
        chart=chart(network, cast, operation=product.operation, known=edition.known, possible=doubts),
        network=(_found_by(),),
        members=tuple(_members(network, cast)),
        holdings=tuple(_holdings(network, cast)),
        news=news(outlook, edition.before, known, doubts),
        possible=possible_joins(view, doubts, cast, known.weights, known=edition.known),
        possible_left=max(len(doubts) - POSSIBLE, 0),
        lines=lines_of_enquiry(network.prompts, cast, new=fresh),
        subjects=tuple(subject(view, key, known) for key in _told_of(network, cast)),
        timeline=network_rows(everything, journeys(view, marks), network.prompts, cast=cast, known=edition.known),
        places=tuple(_places(network, cast)),
        sections=_elsewhere(outlook, cast),
    )


def _found_by() -> Sentence:
    return Sentence(
        "The network was grown from the subjects through associations that records state, by how many independent sources "
        "state them; numbers and places that many unrelated people share were not passed through. It is a candidate: "
        "whether it is a group is for a person to assess.",
        basis="note",
    )


def _members(network: Network, cast: Cast) -> Iterable[Member]:
    hints: dict[str, list[str]] = defaultdict(list)
    for hint in network.hints:
        if hint.measure != _PERIPHERY:
            hints[hint.node].append(hint.sentence)
    for key in network.subjects:
        if key in cast.people:
            node = cast.nodes[key]
            yield Member(cast.people[key], tuple(hints[key]), cast.suppliers(node.suppliers), node.record_ids)


def _holdings(network: Network, cast: Cast) -> Iterable[Holding]:
    nodes = {node.key: node for node in network.nodes}
    found = []
    for supplier, keys in network.suppliers.items():
        entry = cast.organisations.get(supplier)
        label = entry.label if entry else supplier
        people = sum(nodes[k].kind == "person" for k in keys)
        records = len({r for k in keys for r in nodes[k].record_ids})
        desk = "its intelligence desk" if _kind(cast, supplier) == "police" else "through its agreement"
        found.append(Holding(label, records, people, desk))
    yield from sorted(found, key=lambda h: (-h.people, -h.records, h.force))


def _places(network: Network, cast: Cast) -> Iterable[PlaceRow]:
    """Tell each address once: two ways of writing one are one place to a reader."""
    homes: dict[str, list[analysis.Node]] = defaultdict(list)
    for node in network.nodes:
        if node.kind in ("address", "place"):
            homes[node.label].append(node)
    for label, nodes in list(homes.items())[:_PLACES]:
        keys = {node.key for node in nodes}
        ties = [c for c in network.connections if keys & {c.a, c.b}]
        others = dict.fromkeys(c.b if c.a in keys else c.a for c in ties)
        refs = tuple(dict.fromkeys(r for c in ties for r in c.record_ids)) or nodes[0].record_ids
        people = tuple(cast.people[o].ref for o in others if o in cast.people)
        here = f"{counted(len(people), 'person', 'people')} of the network {'is' if len(people) == 1 else 'are'} recorded here."
        hub = next((f" It {node.hub}." for node in nodes if node.hub), "")
        yield PlaceRow(label, "address", Sentence(here + hub, refs), people)


def _elsewhere(outlook: Outlook, cast: Cast) -> tuple[Section, ...]:
    """Tell of other candidate networks without naming anybody: they are other people's business."""
    network = outlook.network
    mine = {r for n in network.nodes for r in n.record_ids} if network else set()
    others = [n for n in outlook.others if mine.isdisjoint(chain.from_iterable(x.record_ids for x in n.nodes))]
    told_of = [
        Sentence(
            f"{counted(len(n.subjects), 'person', 'people')} known to {listed(cast.suppliers(n.suppliers))}; indicators: "
            f"{', '.join(sorted({analysis.indicators()[p.code].family for p in n.prompts}))}.",
            tuple(dict.fromkeys(r for p in n.prompts for r in p.record_ids)),
        )
        for n in others[:_OTHERS]
    ]
    return (Section("Other candidate networks in this workbench", tuple(told_of)),) if told_of else ()


def _method(view: View) -> tuple[Sentence, ...]:
    held = counted(len(view.datasets), "dataset")
    return (
        Sentence(f"Drawn from {held} as held at state {view.snapshot.number} of the workbench.", basis="note"),
        Sentence(
            "Records were joined only where that is precise, or where a named person ruled so; possible joins are not used.",
            basis="note",
        ),
        Sentence("Items of one origin count once. Indicators are prompts to look, never findings.", basis="note"),
        Sentence("A sentence cites at most three records: the most independent, then the best graded.", basis="note"),
    )
