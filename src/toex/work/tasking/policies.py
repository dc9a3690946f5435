"""The pure rules of tasking: who stands how to a request, what a form lacks, who may sign what."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from toex.reference import load
from toex.work.errors import Incomplete, NotAllowed
from toex.work.staff.models import Organisation, Person
from toex.work.staff.policies import TEAM
from toex.work.staff.queries import REGIONS
from toex.work.tasking.models import Request
from toex.work.tasking.states import RELATIONS, TABLE, can

Posts = Mapping[str, frozenset[str]]
LEADS = frozenset({"manager", "senior_analyst"})
OUR_OWN = "TOEX"  # the programme's own organisation in the list: it never owns a risk


@dataclass(frozen=True, slots=True)
class Missing:
    """A field that a form lacks, and what the rule asks for."""

    field: str
    words: str


def posts(person: Person, at: datetime) -> dict[str, frozenset[str]]:
    """Give the roles that a person holds at a moment, by organisation."""
    held: dict[str, frozenset[str]] = {}
    for role in person.roles.all() if person.active else ():
        if role.holds(at):
            held[role.at_id] = held.get(role.at_id, frozenset()) | {role.role}
    return held


def relations(person: Person, request: Request, held: Posts) -> frozenset[str]:
    """Give how a person stands to a request, in the words of `states.RELATIONS`; `held` are their posts now."""
    asking = held.get(request.organisation_id, frozenset())
    regional = held.get(request.region_id or "", frozenset())
    found = {
        "asker": request.asked_by_id == person.pk and bool(asking),
        "requester": "requester" in asking,
        "advisor": "advisor" in asking,
        "sio": request.sio_id == person.pk and any("sio" in there for there in held.values()),
        "gateway": "gateway" in regional,
        "manager": "manager" in regional,
        "senior": "senior_analyst" in regional,
        "team": bool(regional & TEAM),
        "asked_manager": any("manager" in there for there in held.values())
        and any("manager" in held.get(ask.asked_id, ()) for ask in request.region_asks.all() if ask.answered is None),
    }
    return frozenset(name for name, holds in found.items() if holds)


def may_see(related: frozenset[str], request: Request, *, named: bool, compartments: frozenset[str]) -> bool:
    """Say whether somebody so related may know of a request; `named`: the terms of reference name them.

    In a compartment its readers alone decide (rule 12). TOEX sees a request only once it was submitted.
    """
    if request.compartment:
        return request.compartment in compartments
    if named or related & {"asker", "requester", "advisor", "sio"}:
        return True
    return request.submitted is not None and bool(related & {"gateway", "manager", "senior", "asked_manager"})


def check_related(act: str, related: frozenset[str]) -> None:
    """Raise NotAllowed unless one of the relations that the table asks for holds."""
    who = TABLE[act].who
    if not related & set(who):
        raise NotAllowed(f"This is done by: {'; '.join(RELATIONS[name] for name in who)}.")


def acts_open(related: frozenset[str], request: Request) -> tuple[str, ...]:
    """Give the acts that somebody so related may do now, in the order of the table; an act has rules of its own besides."""
    return tuple(
        act for act, row in TABLE.items()
        if row.sources and related & set(row.who) and can(act, request.state, request.kind)
    )  # fmt: skip


def completeness(request: Request) -> tuple[Missing, ...]:
    """Say what a form lacks before it can be submitted; nothing means complete."""
    return tuple(Missing(field, words) for field, words, there in _required(request) if not there)


def _required(request: Request) -> Iterator[tuple[str, str, bool]]:
    form = request.form
    yield "sio_name", "The SIO's name.", bool(form.sio_name)
    yield "sio_rank", "The SIO's rank.", bool(form.sio_rank)
    yield "sio_contact", "How the SIO is reached.", bool(form.sio_contact)
    yield "threat_areas", "At least one threat area.", bool(form.threat_areas)
    yield "wanted", "At least one product or kind of support.", bool(form.wanted)
    yield "background", "The background.", bool(form.background)
    yield "strategy", "The SIO's investigation strategy: words or a document.", _strategy(request)
    yield "objectives", "At least one objective of the strategy.", _objectives(request)
    yield "data_held", "What data the force holds and where, or that it holds none.", _data(request)
    yield "wanted_by", "The date by which it is wanted.", form.wanted_by is not None
    yield "urgency", "Why it is wanted by that date.", bool(form.urgency)
    yield "safeguarding", "What was done today to safeguard; if nothing is needed, say so.", bool(form.safeguarding)
    yield "risk_owner", "The risk owner, in the force: TOEX never owns the risk.", has_risk_owner(request)


def _strategy(request: Request) -> bool:
    return bool(request.form.strategy) or request.form.strategy_document_id is not None


def _objectives(request: Request) -> bool:
    return any(not objective.retired for objective in request.objectives.all())


def _data(request: Request) -> bool:
    return request.form.no_data or bool(request.data_held.all())


def has_risk_owner(request: Request) -> bool:
    """Say whether the request names who owns the risk, and where (rule 3)."""
    return bool(request.form.risk_owner and request.form.risk_owner_at_id)


def warnings(request: Request) -> tuple[str, ...]:
    """Say what does not bar a request but should be thought of before it is submitted."""
    told = []
    if not any(advice.advised for advice in request.advice.all()):
        told.append("The Organised Crime Advisor was not consulted: BCU teams should do so before they submit.")
    if not request.subjects.all():
        told.append("No subject is named, so crossings with other requests cannot be found.")
    return tuple(told)


def check_risk_owner(at: Organisation | None, account: Posts, *, asking: str) -> None:
    """Raise NotAllowed where the risk would be TOEX's: the programme's, a region's that did not ask, a team member's."""
    ours = at is not None and (at.code == OUR_OWN or (at.kind in REGIONS and at.code != asking))
    if ours or any(held & TEAM for held in account.values()):
        raise NotAllowed("TOEX never owns the risk: its owner is in the force or body that asks (rule 3).")


def check_codes(values: Iterable[str], *, of: str, field: str, on: date) -> None:
    """Raise Incomplete where a code is not in a reference list on a day."""
    known = load(of).at(on)
    if any(value not in known for value in values):
        raise Incomplete(f"{field} takes codes of the list {of}: {', '.join(known.codes())}.", {field: "not in list"})


def check_said(field: str, words: str) -> None:
    """Raise Incomplete where words are missing that the rule asks for."""
    if not words.strip():
        raise Incomplete(f"Words are needed: {field.replace('_', ' ')}.", {field: "missing"})


def same_person(left: str, right: str) -> bool:
    """Say whether two names as written are one, but for case and spaces."""
    return left.casefold().split() == right.casefold().split()
