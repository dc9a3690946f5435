"""Composing a package: what the analyses say, in the order in which an inspector reads it, every fact with its records."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from toex import analysis
from toex.analysis import AtRisk as Review
from toex.analysis import Network, Prompt
from toex.conflation import Weights
from toex.picture.cast import Cast, cast_of
from toex.picture.drawing import chart
from toex.picture.enquiries import lines_of_enquiry, outside_checks, told
from toex.picture.outlook import Outlook
from toex.picture.request import Request
from toex.picture.sources import sources
from toex.picture.subjects import is_new, subject, timeline_rows
from toex.publishing import (
    AtRisk,
    Gap,
    Holding,
    Member,
    PlaceRow,
    Product,
    Section,
    Sentence,
    TimelineRow,
    cited,
)
from toex.reference import load
from toex.store import View

_SUBJECTS = 12
_TIMELINE = 60
_PLACES = 10
_OTHERS = 10
_CITED = 8


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of a package is being written, when, by whom, and the outlook of the version before."""

    version: int
    at: datetime
    prepared_by: str
    before: Outlook | None = None
    known: frozenset[str] | None = None  # the records of the version before


def compose(
    view: View, request: Request, outlook: Outlook, *, edition: Edition, weights: Mapping[str, Weights]
) -> Product:
    """Write the intelligence package of a request as a draft for quality assurance."""
    today = edition.at.date()
    near = near_network(outlook)
    known_people = edition.known
    cast = cast_of(outlook.network, near, today=today, known_before=known_people)
    product = Product(
        kind="intelligence package",
        operation=request.operation,
        title=f"{request.operation}: the picture of the offending",
        force=request.force_name,
        version=edition.version,
        at=edition.at,
        home="bench" if view.snapshot.kind == "bench" else "unit",
        customer=request.customer,
        prepared_by=edition.prepared_by,
        threats=request.threats,
        handling=("Intelligence for the named investigation only; check with the supplier before any further use.",),
        recipients=(request.force_name,),
        summary=tuple(_summary(request, outlook, cast, near)),
        at_risk=tuple(_at_risk(entry, cast, edition.known) for entry in near),
        since=edition.version - 1 if edition.before else None,
        news=tuple(_news(outlook, cast, edition)),
        checks=outside_checks(),
        gaps=tuple(_gaps(request, outlook, cast)),
        method=_method(view),
    )
    product = _with_network(product, view, outlook, cast=cast, edition=edition, weights=weights, today=today)
    return replace(product, sources=sources(view, cited(product)))


def near_network(outlook: Outlook) -> tuple[Review, ...]:
    """Give the people for safeguarding review who stand in or beside the operation's network."""
    if outlook.network is None:
        return ()
    near = {*(n.key for n in outlook.network.nodes), *outlook.network.edge_of_network}
    return tuple(entry for entry in outlook.review if entry.node.key in near)


def _summary(request: Request, outlook: Outlook, cast: Cast, near: Sequence[Review]) -> Iterable[Sentence]:
    network = outlook.network
    if network is None:
        yield Sentence("No candidate network was found around the subjects in this workbench.", basis="note")
        return
    suppliers = sorted(network.suppliers)
    links = tuple(dict.fromkeys(r for c in network.connections for r in c.record_ids))
    yield Sentence(
        f"Around the {len(request.subjects)} subjects that {request.force_name} named stand {len(network.subjects)} people, "
        f"linked by records of {len(suppliers)} suppliers.",
        links[:_CITED],
    )
    if near:
        children = sum(bool(e.child) for e in near)
        yield Sentence(
            f"{len(near)} people should be looked at for safeguarding first; {children} of them are children.",
            tuple(dict.fromkeys(r for e in near for r in e.reasons[0].record_ids))[:_CITED],
        )
    strong = [p for p in network.prompts if analysis.indicators()[p.code].weight == "strong"]
    for prompt in _first_of_each(strong)[:5]:
        yield Sentence(told(prompt, cast), prompt.record_ids[:_CITED])


def _first_of_each(prompts: Iterable[Prompt]) -> list[Prompt]:
    first: dict[str, Prompt] = {}
    for prompt in sorted(prompts, key=lambda p: (-len(p.record_ids), p.node)):
        first.setdefault(prompt.code, prompt)
    return list(first.values())


def _at_risk(entry: Review, cast: Cast, known: frozenset[str] | None) -> AtRisk:
    person = cast.people[entry.node.key]
    age = "a child" if entry.child else "age not recorded" if entry.child is None else "an adult"
    reasons = tuple(Sentence(r.sentence, r.record_ids[:_CITED], new=is_new(r.record_ids, known)) for r in entry.reasons)
    particulars = f"{age}; records held by {', '.join(entry.node.suppliers)}"
    return AtRisk(person, reasons, particulars, owner="", referral="not recorded in this workbench")


def _news(outlook: Outlook, cast: Cast, edition: Edition) -> Iterable[Sentence]:
    if edition.before is None or outlook.network is None:
        return
    nodes = {node.key: node for node in outlook.network.nodes}
    change = analysis.network_change(edition.before.network, outlook.network)
    for key in (k for k in change.came if k in nodes):
        yield Sentence(f"{cast.label(key)} is now in the candidate network.", nodes[key].record_ids[:_CITED], new=True)
    fresh = analysis.new_prompts(edition.before.prompts, outlook.prompts)
    for prompt in (p for p in fresh if p.node in nodes):
        yield Sentence(told(prompt, cast), prompt.record_ids[:_CITED], new=True)
    yield from _newly_at_risk(outlook, cast, edition.before)
    for key in change.left:
        yield Sentence(f"{cast.label(key)} no longer stands in the candidate network.", basis="note", new=True)


def _newly_at_risk(outlook: Outlook, cast: Cast, before: Outlook) -> Iterable[Sentence]:
    listed = {r for entry in before.review for r in entry.node.record_ids}
    for entry in near_network(outlook):
        if listed.isdisjoint(entry.node.record_ids):
            said = f"{cast.label(entry.node.key)} is now among the people for safeguarding review."
            yield Sentence(said, entry.reasons[0].record_ids[:_CITED], new=True)


def _with_network(
    product: Product, view: View, outlook: Outlook, *, cast: Cast, edition: Edition,
    weights: Mapping[str, Weights], today: date,
) -> Product:  # fmt: skip
    network = outlook.network
    if network is None:
        return product
    known = edition.known
    fresh = analysis.new_prompts(edition.before.prompts, network.prompts) if edition.before else ()
    people = [key for key in network.subjects if key in cast.people][:_SUBJECTS]
    return replace(
        product,
        chart=chart(network, cast, operation=product.operation, known=known),
        network=(_found_by(network),),
        members=tuple(_members(network, cast)),
        holdings=tuple(_holdings(network)),
        lines=lines_of_enquiry(network.prompts, cast, new=fresh),
        subjects=tuple(
            subject(view, key, cast=cast, network=network, weights=weights, today=today, known=known) for key in people
        ),
        timeline=_timeline(view, network, cast, known=known),
        places=tuple(_places(network, cast)),
        sections=_elsewhere(outlook),
    )


def _found_by(network: Network) -> Sentence:
    return Sentence(
        "The network was grown from the subjects through associations that records state, by how many independent sources "
        "state them; numbers and places that many unrelated people share were not passed through. It is a candidate: "
        "whether it is a group is for a person to assess.",
        basis="note",
    )


def _members(network: Network, cast: Cast) -> Iterable[Member]:
    hints: dict[str, list[str]] = defaultdict(list)
    for hint in network.hints:
        hints[hint.node].append(hint.sentence)
    for key in network.subjects:
        if key in cast.people:
            node = cast.nodes[key]
            yield Member(cast.people[key], tuple(hints[key]), node.suppliers, node.record_ids[:_CITED])


def _holdings(network: Network) -> Iterable[Holding]:
    names = load("organisations")
    nodes = {node.key: node for node in network.nodes}
    for supplier, keys in network.suppliers.items():
        people = [k for k in keys if nodes[k].kind == "person"]
        records = len({r for k in keys for r in nodes[k].record_ids})
        yield Holding(names.label(supplier), records, len(people), f"the intelligence desk of {names.label(supplier)}")


def _timeline(view: View, network: Network, cast: Cast, *, known: frozenset[str] | None) -> tuple[TimelineRow, ...]:
    keys = [key for key in (*network.seeds, *network.subjects) if key in cast.nodes]
    entries = analysis.timeline(view, keys)
    telling = [e for e in entries if e.kind not in ("call", "sms", "message", "anpr", "transaction")]
    busiest = sorted((e for e in entries if e not in telling), key=lambda e: -e.count)[
        : max(_TIMELINE - len(telling), 15)
    ]
    chosen = sorted([*telling[-_TIMELINE:], *busiest], key=lambda e: (e.at, e.node))
    return timeline_rows(chosen, cast, known=known)


def _places(network: Network, cast: Cast) -> Iterable[PlaceRow]:
    homes = [n for n in network.nodes if n.kind in ("address", "place")]
    for node in homes[:_PLACES]:
        ties = [c for c in network.connections if node.key in (c.a, c.b)]
        others = [c.b if c.a == node.key else c.a for c in ties]
        refs = tuple(dict.fromkeys(r for c in ties for r in c.record_ids)) or node.record_ids
        people = tuple(cast.people[o].ref for o in others if o in cast.people)
        why = f"{len(people)} people of the network are recorded here." + (f" {node.hub}" if node.hub else "")
        yield PlaceRow(node.label, "address", Sentence(why, refs[:_CITED]), people)


def _elsewhere(outlook: Outlook) -> tuple[Section, ...]:
    """Tell of other candidate networks without naming anybody: they are other people's business."""
    network = outlook.network
    mine = {r for n in network.nodes for r in n.record_ids} if network else set()
    others = [n for n in outlook.others if mine.isdisjoint(chain.from_iterable(x.record_ids for x in n.nodes))]
    told_of = [
        Sentence(
            f"{len(n.subjects)} people known to {', '.join(sorted(n.suppliers))}; indicators: "
            f"{', '.join(sorted({analysis.indicators()[p.code].family for p in n.prompts}))}.",
            tuple(dict.fromkeys(r for p in n.prompts for r in p.record_ids))[:_CITED],
        )
        for n in others[:_OTHERS]
    ]
    return (Section("Other candidate networks in this workbench", tuple(told_of)),) if told_of else ()


def _gaps(request: Request, outlook: Outlook, cast: Cast) -> Iterable[Gap]:
    for question in request.questions:
        yield Gap(question, "asked by the request; for the analyst to answer from the lines of enquiry")
    if outlook.network is None:
        return
    for node in outlook.network.nodes:
        if node.kind == "person" and node.born is None and node.key in cast.people:
            yield Gap(f"The date of birth of {cast.label(node.key)} is not recorded.", "custody, PNC, school or GP")
        if node.kind == "phone" and not _has_holder(node.key, outlook.network, cast):
            yield Gap(f"Nobody is recorded as the holder of {node.label}.", "subscriber check, top-ups, handset data")


def _has_holder(key: str, network: Network, cast: Cast) -> bool:
    ends = [(c.b if c.a == key else c.a) for c in network.connections if key in (c.a, c.b) and "holder" in c.kinds]
    return any(end in cast.people for end in ends)


def _method(view: View) -> tuple[Sentence, ...]:
    held = len(view.datasets)
    return (
        Sentence(f"Drawn from {held} datasets as held at state {view.snapshot.number} of the workbench.", basis="note"),
        Sentence(
            "Records were joined only where that is precise, or where a named person ruled so; possible joins are not used.",
            basis="note",
        ),
        Sentence("Items of one origin count once. Indicators are prompts to look, never findings.", basis="note"),
    )
